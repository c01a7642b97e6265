"""The campus's settings with a data folder of its own for each test process, and passwords that are cheap to hash."""

import os
import tempfile

_home = tempfile.TemporaryDirectory(prefix="techamp-tests-")
os.environ["TECHAMP_HOME"] = _home.name
for name in ("TECHAMP_DEMO", "TECHAMP_DEBUG", "TECHAMP_AUTHOR", "TECHAMP_HASHED_STATIC", "TECHAMP_HTTPS"):
    os.environ.pop(name, None)  # what a developer has set must not reach the tests

from techamp.campus.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
