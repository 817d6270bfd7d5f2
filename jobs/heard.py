"""What a sentence says besides the job it aims at, as values for the next questions, where each can be corrected."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from jobs.answers import Answers
from jobs.matching.goals import Heard
from portal.reference.enums import Level
from portal.web.templatetags.camins import day as civil_day
from portal.web.templatetags.camins import euros


@dataclass(frozen=True, slots=True)
class AlsoSaid:
    """A parameter of the orientation, the value it would take, and a sentence to confirm it with."""

    name: str
    value: str
    sentence: str


def with_heard(answers: Answers, heard: Heard) -> Answers:
    """These answers with what a sentence also says; not its goal, which somebody has to choose."""
    said = heard.said
    return replace(
        answers,
        former=heard.former or answers.former,
        commune=heard.commune or answers.commune,
        level=answers.level if said.level is None else said.level,
        budget_euros=answers.budget_euros if said.budget_euros is None else said.budget_euros,
        starts_after=said.starts_after or answers.starts_after,
    )


def also_said(answers: Answers) -> list[AlsoSaid]:
    """What these answers hold besides a goal, in words."""
    sentences = {}
    if answers.former:
        sentences["ancien"] = _("Votre métier : %(job)s") % {"job": answers.former.label}
    if answers.commune:
        sentences["lieu"] = _("Votre ville : %(town)s") % {"town": answers.commune.full_name}
    if answers.level is not None:
        sentences["niveau"] = _("Votre diplôme : %(level)s") % {"level": Level(answers.level).label}
    if answers.budget_euros is not None:
        sentences["budget"] = _("Au plus %(n)s de votre poche") % {"n": euros(answers.budget_euros * 100)}
    if answers.starts_after:
        sentences["apres"] = _("À partir du %(day)s") % {"day": civil_day(answers.starts_after)}
    return [AlsoSaid(name, value, sentences[name]) for name, value in answers.pairs() if name in sentences]
