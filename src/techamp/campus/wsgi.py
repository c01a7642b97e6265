"""The WSGI entry that the server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "techamp.campus.settings")
application = get_wsgi_application()
