"""Ways on when a search gives nothing: another distance, one condition less, or another way to ask."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.search import facets
from courses.search.address import SearchAddress
from courses.search.engine import Found, find
from courses.search.lexicon import State
from courses.search.question import WHOLE_REGION, CourseQuestion

EXITS = 3


@dataclass(frozen=True)
class Exit:
    """The context of one way out in the empty state."""

    label: str
    url: str
    hint: str = ""


def exits_for(found: Found, address: SearchAddress, names: Mapping[tuple[str, str], str], state: State) -> list[Exit]:
    """Three ways out of an empty answer, each with what it gives.

    `names`: (parameter, value) → its words.
    """
    proposed = [_widen(found, address), _let_go(found, address, names), _let_words_go(found, address, state)]
    exits = [each for each in proposed if each is not None][: EXITS - 1]
    if len(exits) < EXITS - 1:
        every = find(CourseQuestion(day=found.question.day), {}, state=state).total
        exits.append(Exit(_("Voir toutes les formations"), reverse("courses:search"), _formations(every)))
    return [*exits, _orientation()]


def _widen(found: Found, address: SearchAddress) -> Exit | None:
    question = found.question
    if not question.has_reach:
        return None
    for radius, count in found.counts.get(facets.RADIUS.field, {}).items():
        if count and (radius == WHOLE_REGION or int(radius) > int(question.radius_km or 0)):
            whole = _("Chercher dans toute l’Occitanie")
            label = whole if radius == WHOLE_REGION else _("Chercher jusqu’à %(km)s km") % {"km": radius}
            return Exit(label, address.having("rayon", radius).url, _formations(count))
    return None


def _let_go(found: Found, address: SearchAddress, names: Mapping[tuple[str, str], str]) -> Exit | None:
    """Without the filter that keeps most courses away."""
    best: tuple[int, str, SearchAddress] = (0, "", address)
    for facet in facets.FACETS:
        count = found.without.get(facet.field, 0)
        if facet is not facets.RADIUS and count > best[0]:
            words = ", ".join(names.get((facet.name, value), value) for value in facet.asked(found.question))
            best = (count, _("Retirer « %(words)s »") % {"words": words}, address.without(facet.name))
    count, label, changed = best
    return Exit(label, changed.url, _formations(count)) if count else None


def _let_words_go(found: Found, address: SearchAddress, state: State) -> Exit | None:
    question = found.question
    if not question.text or not any(facet.asked(question) for facet in facets.FACETS):
        return None
    count = find(question.without("text"), {}, state=state).total
    label = _("Retirer les mots « %(words)s »") % {"words": question.text}
    return Exit(label, address.without("q").url, _formations(count)) if count else None


def _orientation() -> Exit:
    hint = _("Trois questions, et des formations qui correspondent à votre projet.")
    return Exit(_("Me laisser guider"), reverse("jobs:orientation"), hint)


def _formations(count: int) -> str:
    return ngettext("%(n)d formation", "%(n)d formations", count) % {"n": count}
