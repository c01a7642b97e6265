"""The WSGI entry that the server calls. A process loads its kernels before its first request, the rest beside it."""

import os
from contextlib import suppress

from django.core.wsgi import get_wsgi_application

from techamp.contract import registry

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "techamp.campus.settings")
application = get_wsgi_application()

from techamp.campus.warm import warm_up_beside  # noqa: E402 — needs the settings

with suppress(Exception):  # what fails here fails again, and is told, where a person asks for it
    registry.warm_up()
warm_up_beside(application)
