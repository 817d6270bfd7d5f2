"""The address of a search: its cleaned parameters in a fixed order, and the same with one thing changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from urllib.parse import urlencode

from django.urls import get_urlconf, reverse


@dataclass(frozen=True)
class SearchAddress:
    """Pairs (parameter, value), defaults left out; equal questions have equal addresses."""

    pairs: tuple[tuple[str, str], ...] = ()
    route: str = "courses:search"

    @classmethod
    def of(cls, values: Mapping[str, Iterable[str]], route: str = "courses:search") -> "SearchAddress":
        return cls(tuple((name, value) for name, many in values.items() for value in many), route)

    def without(self, name: str, value: str | None = None) -> "SearchAddress":
        """One value removed, or all the values of `name`; a changed search starts again at its first page."""
        gone = [(name, value)] if value is not None else [pair for pair in self.pairs if pair[0] == name]
        kept = tuple(pair for pair in self.pairs if pair not in gone and pair[0] != "page")
        return replace(self, pairs=kept)

    def having(self, name: str, value: str) -> "SearchAddress":
        """`name` set to this value only."""
        return replace(self, pairs=(*self.without(name).pairs, (name, value)))

    @cached_property
    def query(self) -> str:
        """The encoded parameters, without "?"; empty when nothing is asked."""
        return urlencode(self.pairs)

    @property
    def query_without_page(self) -> str:
        return self.without("page").query

    @property
    def url(self) -> str:
        path = _path(self.route, get_urlconf())
        return f"{path}?{self.query}" if self.pairs else path

    def on(self, route: str) -> "SearchAddress":
        """The same search on another page."""
        return replace(self, route=route)


@lru_cache
def _path(route: str, urlconf: str | None) -> str:
    """A page writes dozens of these addresses, and they never change."""
    return reverse(route, urlconf=urlconf)
