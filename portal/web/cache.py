"""A cache that can be away: a page is slower without it, never broken."""

import logging
import time
from collections.abc import Iterable
from functools import wraps
from itertools import batched
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

# a cache that hangs costs its time-out once in so long, not at each of the calls of a page
QUIET_SECONDS = 5
# servers → the monotonic instant before which nobody asks them again
_away_until: dict[str, float] = {}


def _forgiving(name: str, answer):
    method = getattr(CountingRedisCache, name)

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


# Django's own asks whether the key is there, then adds: two journeys, and two visitors may pass between
INCREASE = "if redis.call('exists', KEYS[1]) == 1 then return redis.call('incrby', KEYS[1], ARGV[1]) end"

# one journey for all that a page counts; the first argument is how many seconds the sums are kept
ADD_UP = """
for place = 2, #ARGV do redis.call('hincrby', KEYS[1], ARGV[place], 1) end
redis.call('expire', KEYS[1], ARGV[1])
"""
# nothing is added between the reading and the forgetting
TAKE = "local told = redis.call('hgetall', KEYS[1]) redis.call('del', KEYS[1]) return told"


class KeptClient(RedisCacheClient):
    """Django's own makes a client for each call, which costs more than the call: one for reading, one for writing."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.clients: dict[bool, Any] = {}

    def get_client(self, key=None, *, write=False):
        if write not in self.clients:
            self.clients[write] = super().get_client(key, write=write)
        return self.clients[write]


class CountingRedisCache(RedisCache):
    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = KeptClient

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number that is there; ValueError when it is not. One journey to Redis."""
        key = self.make_and_validate_key(key, version=version)
        found = self._cache.get_client(key, write=True).eval(INCREASE, 1, key, delta)
        if found is None:
            raise ValueError(f"Key {key!r} not found.")
        return found

    def add_up(self, key: str, names: Iterable[str], timeout: int) -> None:
        """Add one to the sum of each of `names` under `key`. One journey to Redis."""
        key = self.make_and_validate_key(key)
        self._cache.get_client(key, write=True).eval(ADD_UP, 1, key, timeout, *names)

    def take_sums(self, key: str) -> dict[str, int]:
        """Name → sum of what was added under `key`, which is forgotten: two who ask at once never get the same."""
        key = self.make_and_validate_key(key)
        told = self._cache.get_client(key, write=True).eval(TAKE, 1, key)
        return {name.decode(): int(count) for name, count in batched(told, 2)}


class ForgivingRedisCache(CountingRedisCache):
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
    add_up = _forgiving("add_up", lambda *args, **kwargs: None)
    take_sums = _forgiving("take_sums", lambda *args, **kwargs: {})
    clear = _forgiving("clear", lambda *args, **kwargs: None)
