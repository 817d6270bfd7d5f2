"""A counter per place and act: cheap, before any costly work; it forgets when the cache is away."""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest

from portal.web.errors import Throttled


def slow_down(request: HttpRequest, act: str, *, limit: int, window_seconds: int, who: str = "") -> None:
    """Count one act of this address, or of `who` wherever they call from.

    Raises Throttled beyond `limit` in `window_seconds`.
    """
    place = hashlib.sha256((who or request.META.get("REMOTE_ADDR", "")).encode()).hexdigest()[:16]
    key = f"throttle:{act}:{place}"
    cache.add(key, 0, timeout=window_seconds)
    try:
        count = cache.incr(key)
    except ValueError:  # expired between the two calls
        return
    if count > limit:
        raise Throttled(window_seconds)
