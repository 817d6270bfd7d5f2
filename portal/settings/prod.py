"""Production: secrets from the environment or from files, https only, mail through a relay."""

from portal.env import env, env_bool, env_secret
from portal.settings.base import *  # noqa: F403

SECRET_KEY = env_secret("CAMINS_SECRET_KEY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": env.str("CAMINS_SMTP_HOST", default="localhost"),
            "port": env.int("CAMINS_SMTP_PORT", default=25),
            "username": env.str("CAMINS_SMTP_USER", default=""),
            "password": env.str("CAMINS_SMTP_PASSWORD", default=""),
            "use_tls": env_bool("CAMINS_SMTP_TLS", default=False),
            "timeout": 10,
        },
    }
}
