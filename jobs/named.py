"""A course that somebody expected: its place among the answers, or why it is not there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.search.cards import course_path, facts_of
from courses.search.engine import find
from courses.search.question import CourseQuestion
from jobs.matching.engine import OFF_GOAL
from jobs.matching.facts import Excluded
from jobs.matching.recommendation import Recommendation, Request, why_not
from jobs.reasons import exclusion_detail

MOST = 5
# the number that ends the address of a course
NUMBER = re.compile(r"(?:^|-)([0-9]{1,9})/?(?:[?#].*)?$")


@dataclass(frozen=True, slots=True)
class Named:
    """A course that may be meant; `page` of the answers it is on, None where it is on none."""

    title: str
    provider: str
    url: str
    sentence: str
    page: int | None = None


def named(text: str, request: Request, found: Recommendation, *, per_page: int) -> list[Named]:
    """The courses that `text`, a title or an address, may mean, and what became of each."""
    number = NUMBER.search(text)
    if number:
        wanted = [int(number[1])]
    else:
        wanted = [hit.course_id for hit in find(CourseQuestion(day=found.seeker.day, text=text), {}, most=MOST).hits]
    shown = facts_of(wanted)
    reasons = why_not(request, found, [pk for pk in wanted if pk in shown])
    return [_named(pk, shown[pk], reasons[pk], found, per_page) for pk in wanted if pk in reasons]


def _named(pk: int, shown: Mapping[str, Any], reason: Excluded | None, found: Recommendation, per_page: int) -> Named:
    place = found.ranking.place_of(pk) if reason is None else None
    page = None if place is None else place // per_page + 1
    return Named(shown["title"], shown["provider"], course_path(pk, shown), _sentence(reason, place, found), page)


def _sentence(reason: Excluded | None, place: int | None, found: Recommendation) -> str:
    if reason is None and place is None:
        return _("Elle vient de changer : rechargez la page.")
    if reason is None:
        told = {"rank": (place or 0) + 1, "total": len(found.ranking.answers)}
        return _("Elle est au rang %(rank)s sur %(total)s.") % told
    if reason.reason == OFF_GOAL:
        return _(
            "Rien ne la relie à ce but : elle n’apporte aucune des compétences qui vous manquent, et ni ses codes ni "
            "son intitulé ne parlent de ce métier."
        )
    sentence = _("Vos conditions l’écartent : %(why)s.") % {"why": exclusion_detail(reason)}
    others = len(reason.also)
    if others:
        sentence += " " + ngettext(
            "Une autre de vos conditions l’écarterait aussi.",
            "%(n)d autres de vos conditions l’écarteraient aussi.",
            others,
        ) % {"n": others}
    return sentence
