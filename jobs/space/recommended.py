"""Where a course stands among the recommendations for a job, in words."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import Course
from courses.search.cards import facts_of
from jobs.answers import Answers, request_of
from jobs.matching.criteria import CRITERIA
from jobs.matching.engine import OFF_GOAL
from jobs.matching.facts import Answer
from jobs.matching.standing import Standing, standing_of
from jobs.reasons import CRITERION_LABELS, exclusion_detail, reason_of
from jobs.space.lines import Row, Table, form_part, neighbours
from portal.web.clock import today

# criterion → what would move it, and the part of the form
ADVICE = {
    "coverage": (
        gettext_lazy("Dites ses compétences avec leur niveau, et décidez de celles qui sont proposées."),
        "skill_links",
    ),
    "link": (gettext_lazy("Dites les métiers visés, un Formacode et un code ROME."), "profile_links"),
    "title": (gettext_lazy("Un intitulé qui nomme le métier compte un peu."), "title"),
    "place": (gettext_lazy("Une action plus proche de ce lieu, ou à distance, compterait davantage."), "offerings"),
    "date": (gettext_lazy("Ajoutez une date plus proche, ou dites que l’on entre toute l’année."), "sessions"),
    "cost": (
        gettext_lazy("Dites le reste à charge d’un demandeur d’emploi ; moins il est élevé, plus il compte."),
        "offerings",
    ),
    "demand": (gettext_lazy("Cela dépend des postes que publient les employeurs, non de la fiche."), ""),
    "prerequisite": (
        gettext_lazy("Chaque compétence demandée à l’entrée retire des points à qui n’en dit rien."),
        "skill_links",
    ),
}
MOST_NAMED = 8


def recommended(course: Course, answers: Answers) -> Table:
    """The standing of a published course among the recommendations for a job, from a town."""
    standing = standing_of(course.pk, request_of(answers), day=today())
    url = f"{reverse('jobs:recommendation')}?{answers.query()}"
    if standing.own is None:
        return Table(standing.total, reasons=_reasons(standing), url=url)
    nearest_first = standing.above[::-1]
    shown = [(answer.course.pk, answer.score) for answer in nearest_first]
    return Table(
        total=standing.total,
        rank=(standing.place or 0) + 1,
        points=standing.own.score,
        rows=_rows(course, standing.own, nearest_first),
        above=neighbours(facts_of(pk for pk, _points in shown), shown),
        told=[reason_of(term).sentence for term in standing.own.terms],
        url=url,
    )


def _rows(course: Course, own: Answer, above: Sequence[Answer]) -> list[Row]:
    columns = (own, *above)
    criteria_met = {term.criterion for answer in columns for term in answer.terms}
    return [
        _row(course, own, rule.code, rule.weight, tuple(answer.points_of(rule.code) for answer in columns))
        for rule in CRITERIA
        if rule.code in criteria_met
    ]


def _row(course: Course, own: Answer, code: str, weight: int, cells: tuple[int, ...]) -> Row:
    most = max(weight, 0)
    advice, where = ADVICE.get(code, ("", ""))
    said = str(advice) if cells[0] < most else ""
    if said and code == "coverage" and own.leaves:
        names = ", ".join(each.label for each in own.leaves[:MOST_NAMED])
        said += " " + _("Le métier demande aussi : %(names)s.") % {"names": names}
    url = form_part(course.pk, where) if where else ""
    return Row(str(CRITERION_LABELS[code]), cells, most, said, url)


def _reasons(standing: Standing) -> list[str]:
    reason = standing.reason
    if reason is None:
        return [_("Elle vient de changer : rechargez la page.")]
    if reason.reason == OFF_GOAL:
        return [
            _(
                "Rien ne la relie à ce métier : elle ne dit aucune des compétences qu’il demande, et ni ses codes, ni "
                "ses métiers visés, ni son intitulé n’en parlent."
            )
        ]
    return [_("Une condition l’écarte : %(why)s.") % {"why": exclusion_detail(reason)}]
