"""The words of every choice that is known beforehand, made once per language and version of the words."""

from functools import lru_cache

from django.utils.translation import gettext as _

from courses.enums import Audience
from courses.search.facets import FIXED_CHOICES, Facet
from courses.search.lexicon import Lexicon

# `language` is that of the words made: those of the reader at the moment of the call
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


@lru_cache(maxsize=10)
def downloads(language: str | None) -> Pairs:
    """(route, words) of each way to follow a search or to take it away."""
    return (
        ("courses:search_atom", _("Suivre cette recherche (flux Atom)")),
        ("courses:search_calendar", _("Les dates dans mon agenda (ICS)")),
        ("courses:search_csv", _("La liste en CSV")),
        ("courses:search_xlsx", _("La liste pour tableur (XLSX)")),
    )
