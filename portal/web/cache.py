"""A cache that can be away: a page is slower without it, never broken."""

import logging
import time
from functools import wraps

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

# a cache that hangs costs its time-out once in so long, not at each of the calls of a page
QUIET_SECONDS = 5
# servers → the monotonic instant before which nobody asks them again
_away_until: dict[str, float] = {}


def _forgiving(name: str, answer):
    method = getattr(RedisCache, name)

    @wraps(method)
    def call(self, *args, **kwargs):
        servers = ",".join(self._servers)
        if time.monotonic() < _away_until.get(servers, 0):
            return answer(*args, **kwargs)
        try:
            return method(self, *args, **kwargs)
        except (RedisError, OSError) as away:
            _away_until[servers] = time.monotonic() + QUIET_SECONDS
            log.warning("cache away in %s: %s", name, away)
            return answer(*args, **kwargs)

    return call


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache whose every call gives the answer of an empty cache while Redis is away or hangs."""

    get = _forgiving("get", lambda key, default=None, version=None: default)
    get_many = _forgiving("get_many", lambda *args, **kwargs: {})
    set = _forgiving("set", lambda *args, **kwargs: None)
    set_many = _forgiving("set_many", lambda *args, **kwargs: [])
    add = _forgiving("add", lambda *args, **kwargs: True)
    delete = _forgiving("delete", lambda *args, **kwargs: False)
    delete_many = _forgiving("delete_many", lambda *args, **kwargs: None)
    has_key = _forgiving("has_key", lambda *args, **kwargs: False)
    touch = _forgiving("touch", lambda *args, **kwargs: False)
    incr = _forgiving("incr", lambda key, delta=1, version=None: delta)
    clear = _forgiving("clear", lambda *args, **kwargs: None)
