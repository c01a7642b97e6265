"""The WSGI entry that the server calls. A process warms up beside its first requests."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "techamp.campus.settings")
application = get_wsgi_application()

from techamp.campus.warm import warm_up_beside  # noqa: E402 — needs the settings

warm_up_beside(application)
