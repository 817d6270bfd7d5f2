"""The tests: a fixed day, real stores, a fast password hasher, static files without a manifest."""

import datetime

from portal.settings.base import CAMINS_VAR, DATABASES, STORAGES
from portal.settings.demo import *  # noqa: F403

CAMINS_TODAY = datetime.date(2027, 1, 15)
SECRET_KEY = "tests only, as public as the tests"
CAMINS_MAIL_FOLDER = CAMINS_VAR / "test-mail"
# none is there: a test that wants one makes it
CAMINS_SNAPSHOT_DIR = CAMINS_VAR / "test-snapshot"
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
DATABASES["default"]["CONN_MAX_AGE"] = 0
CELERY_TASK_ALWAYS_EAGER = True
ACCOUNT_RATE_LIMITS = False
