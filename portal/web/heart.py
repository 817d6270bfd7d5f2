"""The worker's heartbeat, written by the schedule and read by /sante/."""

import datetime

from django.core.cache import cache
from django.utils import timezone

KEY = "worker-heartbeat"


def beat() -> None:
    cache.set(KEY, timezone.now().isoformat(), timeout=3_600)


def last_beat() -> datetime.datetime | None:
    """When a worker last ran a scheduled task, or None if unknown (never, or the cache is away)."""
    raw = cache.get(KEY)
    return datetime.datetime.fromisoformat(raw) if raw else None
