"""Counters of one Paris day in the cache, stored in the database later by a task.

A page only adds one to a number in Redis. Where the number holds the whole day, storing it twice changes nothing, and
counting starts again from what was stored when Redis forgets; sums of a page's many courses are taken instead.
"""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache import cache

# a day can still be stored long after it ended
KEPT_SECONDS = 3 * 24 * 3_600
BATCH = 500
# with the verbs of portal.web.cache, which Django's own type does not know
_redis: Any = cache


class DayCounters:
    """Counters of one kind, told apart by a short text. `stored(what, day)`: what the database already holds."""

    def __init__(self, kind: str, stored: Callable[[str, datetime.date], int]):
        self.kind, self.stored = kind, stored

    def add(self, what: str, day: datetime.date) -> None:
        """Add one. One call to the cache, and one read of the base for the first of a day."""
        key = self._key(what, day)
        try:
            cache.incr(key)
            return
        except ValueError:  # first of the day, or the cache was emptied
            before = self.stored(what, day)
        if cache.add(key, before, timeout=KEPT_SECONDS):
            cache.add(self._place_key(day), 0, timeout=KEPT_SECONDS)
            place = cache.incr(self._place_key(day))
            cache.set(self._place_key(day, place), what, timeout=KEPT_SECONDS)
        cache.incr(key)

    def of(self, day: datetime.date) -> dict[str, int]:
        """What was counted → how often on `day`, since the cache last forgot."""
        length = int(cache.get(self._place_key(day)) or 0)
        seen = {str(each) for each in _many([self._place_key(day, place) for place in range(1, length + 1)]).values()}
        keys = {self._key(what, day): what for what in seen}
        return {keys[key]: int(count) for key, count in _many(list(keys)).items()}

    def _key(self, what: str, day: datetime.date) -> str:
        return f"{self.kind}:{day:%Y%m%d}:{what}"

    def _place_key(self, day: datetime.date, place: int | str = "length") -> str:
        """The list of what was counted on `day`: its length, and what stands at each place."""
        return f"{self.kind}-seen:{day:%Y%m%d}:{place}"


class DaySums:
    """Sums of one kind that a page adds to all at once, whatever their number; `take` gives them once, then forgets.

    What is taken and cannot be stored is lost: a number too small is a lesser fault than the same visit told twice.
    """

    def __init__(self, kind: str):
        self.kind = kind

    def add(self, what: Iterable[str], day: datetime.date) -> None:
        """Add one to each. One call to the cache."""
        _redis.add_up(self._key(day), what, KEPT_SECONDS)

    def take(self, day: datetime.date) -> dict[str, int]:
        return _redis.take_sums(self._key(day))

    def _key(self, day: datetime.date) -> str:
        return f"{self.kind}-sums:{day:%Y%m%d}"


def _many(keys: list[str]) -> dict:
    found: dict = {}
    for start in range(0, len(keys), BATCH):
        found |= cache.get_many(keys[start : start + BATCH])
    return found
