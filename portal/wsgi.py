"""The door for granian (or gunicorn): `portal.wsgi:application`."""

import os

# Read by the settings: the web gets short database time-outs, commands and workers long ones.
os.environ.setdefault("CAMINS_PROCESS", "web")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.prod")

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from portal.env import env

# Behind a proxy every visitor would look like the proxy, and throttling one would throttle all. Only proxies named
# here are believed about the visitor's address; with none, X-Forwarded-For is anybody's word and is ignored.
application = wrap_wsgi_with_proxy_headers(
    get_wsgi_application(), trusted_hosts=env.list("CAMINS_TRUSTED_PROXIES", default=[])
)
