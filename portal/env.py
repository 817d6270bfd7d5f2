"""Reading the environment: what django-environ lacks, so that an odd value stops the start with a sentence."""

import datetime
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def env_bool(name: str, *, default: bool) -> bool:
    """True or False, written so. Raises ImproperlyConfigured on any other word."""
    raw = env.str(name, default=str(default))
    if raw not in ("True", "False"):
        raise ImproperlyConfigured(f"{name}={raw!r}: write True or False")
    return bool(raw == "True")


def env_one_of(name: str, allowed: tuple[str, ...], *, default: str) -> str:
    """One of these words. Raises ImproperlyConfigured on any other."""
    raw: str = env.str(name, default=default)
    if raw not in allowed:
        raise ImproperlyConfigured(f"{name}={raw!r}: write one of {', '.join(map(repr, allowed))}")
    return raw


def env_secret(name: str) -> str:
    """A secret of at least 40 characters, from NAME or from the file that NAME_FILE points at."""
    path = env.str(f"{name}_FILE", default="")
    secret = Path(path).read_text().strip() if path else env.str(name, default="")
    if len(secret) < 40:
        raise ImproperlyConfigured(f"{name}: give at least 40 characters, or a file in {name}_FILE")
    return secret


def env_day(name: str) -> datetime.date | None:
    """A day written YYYY-MM-DD, or None where the variable is absent."""
    raw = env.str(name, default="")
    if not raw:
        return None
    try:
        return datetime.date.fromisoformat(raw)
    except ValueError as odd:
        raise ImproperlyConfigured(f"{name}={raw!r}: write a day as YYYY-MM-DD") from odd


def database_from(url: str) -> dict[str, Any]:
    """Django's settings for a PostgreSQL URL; `?host=/folder` names the folder of a Unix socket."""
    database: dict[str, Any] = env.db_url_config(url)
    if database.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL: Camins runs on PostgreSQL only (postgres://...)")
    host = database.get("OPTIONS", {}).pop("host", None)
    if host:
        database["HOST"] = host
    return database


def redis_urls(url: str) -> tuple[str, str]:
    """(Celery broker URL, Django cache URL) for a redis:// or unix:// address: database 0 and database 1."""
    if url.startswith("unix://"):
        path = url.removeprefix("unix://").partition("?")[0]
        return f"redis+socket://{path}?virtual_host=0", f"unix://{path}?db=1"
    base = url.rstrip("/")
    if base.rpartition("/")[2].isdigit() and base.count("/") == 3:
        base = base.rpartition("/")[0]
    return f"{base}/0", f"{base}/1"
