"""What a person asked, in words: the three lines over the results, for them and for the counsellor who reads on."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.enums import Audience
from jobs.answers import REMOTE_NO, REMOTE_ONLY, Answers
from portal.reference.enums import Level
from portal.web.templatetags.camins import day, euros, km


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One of the three questions with its answers; `step` is where to change them."""

    title: str
    said: tuple[str, ...]
    step: int
    change: str


def asked_in_words(answers: Answers) -> list[AskedLine]:
    return [
        AskedLine(_("But"), (answers.goal_name or _("Aucun métier choisi"),), 1, _("Changer mon but")),
        AskedLine(_("Savoir-faire"), tuple(_known(answers)), 2, _("Changer ce que je sais")),
        AskedLine(_("Conditions"), tuple(_limits(answers)), 3, _("Changer mes conditions")),
    ]


def _known(answers: Answers) -> list[str]:
    said = [_("Métier d’aujourd’hui : %(job)s") % {"job": answers.former.label}] if answers.former else []
    count = sum(1 for _code, level in answers.held if level)
    if count:
        said.append(ngettext("%(n)d compétence déclarée", "%(n)d compétences déclarées", count) % {"n": count})
    else:
        said.append(_("Aucune compétence déclarée"))
    return said


def _limits(answers: Answers) -> list[str]:
    """Only what was said, and the audience, which always counts."""
    said = []
    if answers.commune:
        reach = _("à %(far)s au plus") % {"far": km(answers.reach_km)} if answers.reach_km else ""
        said.append(", ".join(filter(None, (answers.commune.full_name, reach))))
    said.append(str(capfirst(Audience(answers.audience).label)))
    if answers.remote == REMOTE_NO:
        said.append(_("Sur place seulement"))
    elif answers.remote == REMOTE_ONLY:
        said.append(_("À distance seulement"))
    if answers.starts_after:
        said.append(_("Début à partir du %(day)s") % {"day": day(answers.starts_after)})
    if answers.starts_before:
        said.append(_("Début au plus tard le %(day)s") % {"day": day(answers.starts_before)})
    if answers.level is not None:
        said.append(_("Diplôme : %(level)s") % {"level": Level(answers.level).label})
    if answers.ends_by:
        said.append(_("Parcours fini au plus tard le %(day)s") % {"day": day(answers.ends_by)})
    if answers.hours:
        said.append(_("Parcours de %(n)d heures au plus") % {"n": answers.hours})
    if answers.steps:
        said.append(
            ngettext("Parcours de %(n)d formation au plus", "Parcours de %(n)d formations au plus", answers.steps)
            % {"n": answers.steps}
        )
    if answers.budget_euros is not None:
        said.append(_("%(amount)s au plus de ma poche") % {"amount": euros(answers.budget_euros * 100)})
    return said
