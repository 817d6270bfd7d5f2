"""A developer's machine: error pages with details, static files straight from their folders."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import STORAGES

DEBUG = True
SECRET_KEY = "development only, never used where anybody else can reach it"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
