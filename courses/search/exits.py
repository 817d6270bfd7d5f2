"""Ways on when a search gives little: what lies just beyond the distance, and what to let go of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Course
from courses.search import facets
from courses.search.address import SearchAddress
from courses.search.cards import CourseCard, Shown, cards_of
from courses.search.question import WHOLE_REGION, Sort
from courses.search.results import Matching, Results, ranked
from courses.search.text import TextMatch, nearest_name, understand

FEW = 5
MOST_FURTHER = 3
EXITS = 3


@dataclass(frozen=True)
class Exit:
    """The context of one way out in the empty state."""

    label: str
    url: str
    hint: str = ""


@dataclass(frozen=True)
class Further:
    """A course beyond the distance asked, and how many kilometres beyond."""

    card: CourseCard
    more_km: float


def further_away(results: Results) -> list[Further]:
    """The nearest courses outside the distance asked, when few lie inside: nothing disappears at a border."""
    question = results.question
    if not question.has_reach or results.total >= FEW or results.page.number > 1:
        return []
    radius = float(question.radius_km or 0)
    inside = Matching(question, results.text).courses().values("pk")
    wider = replace(question, radius_km=None, sort=Sort.DISTANCE)
    rows = ranked(Matching(wider, results.text)).filter(shown_km__gt=radius).exclude(pk__in=inside)[:MOST_FURTHER]
    shown = [Shown(*row) for row in rows]
    beyond = {row.course_id: (row.distance_km or radius) - radius for row in shown}
    return [Further(card, beyond[row.course_id]) for row, card in zip(shown, cards_of(shown, question), strict=True)]


def exits_for(results: Results, address: SearchAddress, names: Mapping[tuple[str, str], str]) -> list[Exit]:
    """Three ways out of an empty answer: further, with one condition less, or another way to ask.

    `names`: (parameter, value) → its words.
    """
    matching = Matching(results.question, results.text)
    found = [_mend(results, address), _widen(results, address), _let_go(matching, address, names), _orientation()]
    exits = [each for each in found if each is not None]
    if len(exits) > EXITS:
        exits = [*exits[: EXITS - 1], exits[-1]]
    if len(exits) < EXITS:
        total = Course.objects.published().count()
        exits.insert(-1, Exit(_("Voir toutes les formations"), reverse("courses:search"), _formations(total)))
    return exits


def _mend(results: Results, address: SearchAddress) -> Exit | None:
    """The word that may have been meant, with what it gives when everything else stays."""
    text = results.question.text
    meant = nearest_name(text) if text else None
    if meant is None:
        return None
    asked = replace(results.question, text=meant)
    count = Matching(asked, understand(meant)).courses().count()
    label = _("Chercher « %(words)s »") % {"words": meant}
    return Exit(label, address.having("q", meant).url, _formations(count)) if count else None


def _widen(results: Results, address: SearchAddress) -> Exit | None:
    question = results.question
    if not question.has_reach:
        return None
    for radius, count in results.counts.get(facets.RADIUS.field, {}).items():
        if count and (radius == WHOLE_REGION or int(radius) > int(question.radius_km or 0)):
            whole = _("Chercher dans toute l’Occitanie")
            label = whole if radius == WHOLE_REGION else _("Chercher jusqu’à %(km)s km") % {"km": radius}
            return Exit(label, address.having("rayon", radius).url, _formations(count))
    return None


def _let_go(matching: Matching, address: SearchAddress, names: Mapping[tuple[str, str], str]) -> Exit | None:
    """Without the condition that keeps most courses away."""
    question = matching.question
    best: tuple[int, str, SearchAddress] = (0, "", address)
    for facet in facets.FACETS:
        values = facet.asked(question)
        if not values or facet is facets.RADIUS:
            continue
        count = matching.courses(without=facet).count()
        if count > best[0]:
            words = ", ".join(names.get((facet.name, value), value) for value in values)
            best = (count, _("Retirer « %(words)s »") % {"words": words}, address.without(facet.name))
    if question.text:
        count = Matching(question.without("text"), TextMatch("")).courses().count()
        if count > best[0]:
            label = _("Retirer les mots « %(words)s »") % {"words": question.text}
            best = (count, label, address.without("q"))
    count, label, changed = best
    return Exit(label, changed.url, _formations(count)) if count else None


def _orientation() -> Exit:
    hint = _("Trois questions, et des formations qui correspondent à votre projet.")
    return Exit(_("Me laisser guider"), reverse("jobs:orientation"), hint)


def _formations(count: int) -> str:
    return ngettext("%(n)d formation", "%(n)d formations", count) % {"n": count}
