"""How the content of a course is told to the person who decides: its offerings and certifications, named."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from portal.reference.models import Certification

# beside an offering's content: which one it is, for two contents to be compared
IDENTITY = "_identity"


def places_of(offerings: Any) -> dict[str, str]:
    """How each offering of a course is named, by its identity: where it is, with its rank there from the second on."""
    places: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for offering in offerings.select_related("commune"):
        where = offering.where
        seen[where] += 1
        places[offering.identity] = where if seen[where] == 1 else f"{where} ({seen[where]})"
    return places


def offering_lines(offerings: Any, contents: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    """(name, text) of offerings as an approval kept them, named as today's of the same identity.

    One of a content without identity, which is an old one, is named as today's of its rank.
    """
    places = places_of(offerings)
    by_rank = dict(enumerate(places.values(), start=1))
    lines = []
    for number, kept in enumerate(contents, start=1):
        gone = _("action de formation %(number)d, retirée") % {"number": number}
        name = places.get(kept[IDENTITY], gone) if IDENTITY in kept else by_rank.get(number, gone)
        lines += [(f"{name} – {label}", text) for label, text in offerings.model().content_lines(kept)]
    return lines


def named(certifications: Iterable[Certification]) -> str:
    return ", ".join(str(each) for each in certifications) or "–"
