"""The campus's settings with a data folder of its own for each test process, and passwords that are cheap to hash."""

import os
import tempfile

_home = tempfile.TemporaryDirectory(prefix="techamp-tests-")
os.environ["TECHAMP_HOME"] = _home.name

from techamp.campus.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
