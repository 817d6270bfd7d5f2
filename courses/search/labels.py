"""The words of every choice that is known beforehand, made once per language and version of the words."""

from functools import lru_cache

from courses.enums import Audience
from courses.search.facets import FIXED_CHOICES, Facet
from courses.search.lexicon import Lexicon

Pairs = tuple[tuple[str, str], ...]


def of(facet: Facet, lexicon: Lexicon, language: str | None) -> Pairs:
    """(value, words) of a facet whose choices are known, in their order."""
    if facet.of == "place":
        return lexicon.departments
    return lexicon.profiles if facet.of == "profile" else _fixed(facet.field, language)


@lru_cache(maxsize=100)
def title(facet: Facet, language: str | None) -> str:
    return str(facet.title)


@lru_cache(maxsize=100)
def _fixed(field: str, language: str | None) -> Pairs:
    return tuple((str(value), str(label)) for value, label in FIXED_CHOICES[field])  # type: ignore[attr-defined]


@lru_cache(maxsize=10)
def audiences(language: str | None) -> Pairs:
    return tuple((str(value), str(label)) for value, label in Audience.choices)
