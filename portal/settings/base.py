"""What every place shares. Each setting is read once, typed and explained; an odd value stops the start."""

from pathlib import Path
from typing import Any

import pghistory
from celery.schedules import crontab
from django.utils.csp import CSP

from portal.env import database_from, env, env_day, env_one_of, redis_urls

BASE_DIR = Path(__file__).resolve().parents[2]
# What the portal writes by itself (embedded stores, demo mails, built fonts): never committed.
CAMINS_VAR = Path(env.str("CAMINS_VAR", default=str(BASE_DIR / ".var")))
# The catalogue as arrays, made by `manage.py snapshot`, read by every web process and worker of this machine.
CAMINS_SNAPSHOT_DIR = Path(env.str("CAMINS_SNAPSHOT_DIR", default=str(CAMINS_VAR / "snapshot")))
# Which process this is: the web gets short time-outs, commands and workers long ones.
CAMINS_PROCESS = env.str("CAMINS_PROCESS", default="command")
# A fixed civil day for demonstrations and tests; None reads the clock.
CAMINS_TODAY = env_day("CAMINS_TODAY")
CAMINS_DEMO = False
# "non conforme" until an audit exists (RGAA): shown in the footer and in the statement.
CAMINS_ACCESSIBILITY_STATUS = "non conforme"
CAMINS_SITE_URL = env.str("CAMINS_SITE_URL", default="http://localhost:8000")
CAMINS_CONTACT_EMAIL = env.str("CAMINS_CONTACT_EMAIL", default="contact@camins.example")
# Key of the hashes that tell a struck-off organisation again; empty: SECRET_KEY. Changed, it recognises nobody.
CAMINS_TOMBSTONE_KEY = env.str("CAMINS_TOMBSTONE_KEY", default="")
# Who is asked whether a SIRET exists: "" (nobody: agents check), "demo" (fictional), or "public" (the open service
# "Recherche d'entreprises" of the State, called by the portal; three seconds, and a failure blocks nobody).
CAMINS_COMPANY_REGISTER = env_one_of("CAMINS_COMPANY_REGISTER", ("", "demo", "public"), default="")

DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("CAMINS_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

INSTALLED_APPS = [
    "portal",
    "portal.web",
    "portal.reference",
    "portal.mail",
    "portal.moderation",
    "portal.accounts",
    "portal.pages",
    "courses",
    "jobs",
    "portal.web.apps.GestionAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "pghistory",
    "pgtrigger",
]

MIDDLEWARE = [
    # headers first: a refusal carries them too
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "portal.web.middleware.refuse_unreadable_input",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.web.middleware.answer_when_the_database_is_away",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "portal.web.middleware.show_gone_and_throttled_pages",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.web.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "portal.web.templatetags.camins",
                "portal.web.templatetags.kept",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- database: PostgreSQL 15 or later; short leash for the web, long for commands, workers and migrations
DATABASE_URL = env.str("DATABASE_URL", default="postgres://localhost/camins")
STATEMENT_TIMEOUT_MS = 3_000 if CAMINS_PROCESS == "web" else 300_000
LOCK_TIMEOUT_MS = 2_000 if CAMINS_PROCESS == "web" else 10_000
DATABASES = {"default": database_from(DATABASE_URL)}
DATABASES["default"].update(CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True)
DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
    # short queries with many filters cost more to compile than to run
    f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout={LOCK_TIMEOUT_MS} -c jit=off"
)
# plans are kept for `portal.prepared` only: the ORM writes its values into its statements
DATABASES["default"]["OPTIONS"]["prepare_threshold"] = 5 if env.bool("CAMINS_PREPARE", default=True) else None

# history by database triggers: bulk updates and SQL cannot escape it
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())

# --- cache and queue
REDIS_URL = env.str("REDIS_URL", default="redis://localhost:6379")
CELERY_BROKER_URL, CACHE_URL = redis_urls(REDIS_URL)
CACHES = {
    "default": {
        "BACKEND": "portal.web.cache.ForgivingRedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "camins",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    },
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3_600, "socket_timeout": 5}
CELERY_BEAT_SCHEDULE_FILENAME = str(CAMINS_VAR / "beat" / "schedule")
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "portal.web.tasks.beat_heart", "schedule": 30},
    "waiting mail": {"task": "portal.mail.tasks.send_waiting_mail", "schedule": 60},
    "decisions to tell": {"task": "portal.moderation.tasks.tell_decisions", "schedule": 60},
    "texts to check": {"task": "portal.moderation.tasks.check_texts", "schedule": 60},
    "waiting imports": {"task": "courses.tasks.carry_imports", "schedule": 60},
    "feeds of sources": {"task": "courses.tasks.pull_feeds", "schedule": crontab(hour=1, minute=30)},
    "old imports": {"task": "courses.tasks.forget_old_imports", "schedule": crontab(hour=3, minute=40)},
    "course counters": {"task": "courses.tasks.store_daily_counts", "schedule": 60},
    # at 00:05, then every five minutes: a worker that was away at midnight catches up
    "day of the search": {"task": "courses.tasks.follow_the_day", "schedule": crontab(minute="5-59/5")},
    "cards of the search": {"task": "courses.tasks.render_waiting_cards", "schedule": 30},
    "counts of the search": {"task": "courses.tasks.tidy_search", "schedule": crontab(hour=0, minute=35)},
    "demand on courses": {"task": "jobs.tasks.write_demand_on_courses", "schedule": crontab(hour=0, minute=20)},
    "pooled needs": {"task": "jobs.tasks.follow_pooled_needs", "schedule": crontab(hour=0, minute=25)},
    "demand by skill": {"task": "jobs.tasks.count_skill_demand", "schedule": crontab(hour=0, minute=45)},
    "codes asked for": {"task": "courses.tasks.answer_asked_suggestions", "schedule": 20},
    "freshness": {"task": "courses.tasks.follow_freshness", "schedule": crontab(hour=5, minute=30)},
    "links of listings": {"task": "courses.tasks.open_links", "schedule": crontab(minute="*/15")},
    "proposed codes": {"task": "courses.tasks.renew_code_suggestions", "schedule": crontab(hour=2, minute=20)},
    "best courses of projects": {"task": "jobs.tasks.find_best_for_projects", "schedule": crontab(hour=4, minute=0)},
    "Qualiopi certificates": {"task": "courses.tasks.renew_qualiopi", "schedule": crontab(hour=3, minute=40)},
    "expired certifications": {"task": "courses.tasks.follow_certifications", "schedule": crontab(hour=3, minute=45)},
    "old claims": {"task": "courses.tasks.tidy_claims", "schedule": crontab(hour=3, minute=50)},
    "needs of employers": {"task": "jobs.tasks.follow_needs", "schedule": crontab(hour=5, minute=45)},
    "expired projects": {"task": "jobs.tasks.forget_expired_projects", "schedule": crontab(hour=3, minute=10)},
}

# --- time, language
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# --- static files: ours, and the front-end parts of installed packages
STATIC_URL = "/static/"
STATIC_ROOT = CAMINS_VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "portal.web.fonts.FontFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- security
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3_600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.web.errors.csrf_failed"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- accounts: e-mail and password, then a second factor for everyone who works in a back-office
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
# a first password is chosen by a link that came by mail, which verifies the address
ACCOUNT_FORMS = {"reset_password_from_key": "portal.accounts.forms.PasswordFromLinkForm"}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Camins] "
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Camins"

# --- the public API: JSON only, knows nobody; reads only, save one door that looks for a key itself
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_THROTTLE_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "courses.api.errors.answer_to",
}
SPECTACULAR_SETTINGS = {
    # the first that says "or null" of a list of values
    "OAS_VERSION": "3.1.1",
    "TITLE": "Camins",
    "VERSION": "1",
    "DESCRIPTION": "Les formations à l’intelligence artificielle en Occitanie. Ce qui n’est pas connu vaut null.",
    "LICENSE": {
        "name": "Licence Ouverte 2.0",
        "url": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    },
    "SERVERS": [{"url": CAMINS_SITE_URL}],
    # in the order of the search page
    "SORT_OPERATION_PARAMETERS": False,
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": [],
    "SERVE_AUTHENTICATION": [],
    "APPEND_COMPONENTS": {"securitySchemes": {"cle": {"type": "http", "scheme": "bearer"}}},
    "ENUM_NAME_OVERRIDES": {"NiveauEuropeen": "portal.reference.enums.Level"},
}

# --- mail
DEFAULT_FROM_EMAIL = env.str("CAMINS_FROM_EMAIL", default="Camins <ne-pas-repondre@camins.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAILERS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("CAMINS_LOG_LEVEL", default="INFO")},
    "loggers": {"fontTools": {"level": "WARNING"}},
}
