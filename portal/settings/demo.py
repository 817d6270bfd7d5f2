"""The demonstration: production's rules on one machine, over plain http, with fictional data and visible mail."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import CAMINS_VAR, INSTALLED_APPS, env

CAMINS_DEMO = True
CAMINS_COMPANY_REGISTER = "demo"
INSTALLED_APPS = [*INSTALLED_APPS, "portal.demo"]
SECRET_KEY = env.str("CAMINS_SECRET_KEY", default="demonstration only: the data is fictional and the key is public")
CAMINS_MAIL_FOLDER = CAMINS_VAR / "mail"
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(CAMINS_MAIL_FOLDER)},
    }
}
