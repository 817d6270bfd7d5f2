"""The door for granian (or gunicorn): `portal.wsgi:application`."""

import os

# Read by the settings: the web gets short database time-outs, commands and workers long ones.
os.environ.setdefault("CAMINS_PROCESS", "web")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.prod")

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
