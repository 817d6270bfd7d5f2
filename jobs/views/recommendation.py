"""The recommendation: ranked courses with the reasons of each, what they leave, and what was set aside and why."""

import datetime
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.counts import count_recommended
from courses.forms import place_text
from courses.models import Offering
from courses.search.cards import Shown, cards_of
from courses.search.question import CourseQuestion, Home, Sort
from jobs import replay
from jobs.answers import Answers, request_of
from jobs.forms import NamedForm, OrientationForm
from jobs.gap import gap_of, step_of
from jobs.highlights import highlights
from jobs.matching.criteria import CRITERIA
from jobs.matching.engine import COST_COLUMN, COVERAGE_COLUMN, DATE_COLUMN, DISTANCE_COLUMN, change_between
from jobs.matching.facts import Answer, Ranking
from jobs.matching.recommendation import Recommendation, Request, recommend
from jobs.named import named
from jobs.news import news_of
from jobs.reasons import CRITERION_LABELS, WEIGHTS, exclusion_detail, exclusion_sentence, reason_of
from jobs.request_words import asked_in_words
from jobs.snapshot.ranking import ReadRanking
from jobs.views.orientation import frame, place_links, step_address, without_empty
from portal.web.clock import today
from portal.web.page import PUBLIC, page
from portal.web.robots import is_robot

PER_PAGE = 10
MOST_NAMED = 30
# the criterion that comes with one term per skill
COVERAGE = "coverage"
POINTS_MAX = sum(rule.weight for rule in CRITERIA if rule.weight > 0)
# column → its name in the list of columns, and over the answers that it sorts
SORTS = {
    "": (gettext_lazy("points"), gettext_lazy("Les plus utiles d’abord")),
    COVERAGE_COLUMN: (
        gettext_lazy("compétences apportées"),
        gettext_lazy("Les plus formatrices d’abord"),
    ),
    DATE_COLUMN: (gettext_lazy("date de début"), gettext_lazy("Les premières à commencer d’abord")),
    DISTANCE_COLUMN: (gettext_lazy("distance"), gettext_lazy("Les plus proches d’abord")),
    COST_COLUMN: (gettext_lazy("reste à charge"), gettext_lazy("Les moins chères pour vous d’abord")),
}


@page(who=PUBLIC, reads={"GET", "POST"})
def recommendation(request: HttpRequest) -> HttpResponse:
    """A need for an accessible place comes by POST: no address, log or count holds it."""
    needs_access = request.method == "POST"
    if not needs_access and "" in (value for _name, values in request.GET.lists() for value in values):
        return redirect(without_empty(request, reverse("jobs:recommendation")))
    form = OrientationForm(request.GET)
    form.is_valid()
    answers, day = form.answers(), today()
    asked = request_of(answers)
    found = recommend(asked, day=day, only_accessible=needs_access)
    ranking = found.ranking
    shown = Paginator(ranking.answers, PER_PAGE).get_page(
        (request.POST if needs_access else request.GET).get("page", "1")[:6]
    )
    if not needs_access:
        replay.write(found, asked, list(shown.object_list), max(0, shown.start_index() - 1))
        _count(request, answers, shown, day)
    context = {
        **frame(form, answers, 4),
        "goal_name": answers.goal_name,
        "total": len(ranking.answers),
        "page": shown,
        "query": answers.query(),
        "news": news_of(request.GET),
        "results": _results(ranking, shown, answers, day, needs_access=needs_access),
        **({"needs_access": True} if needs_access else _naming(request, asked, found)),
        "not_accessible": found.not_accessible[:MOST_NAMED],
        "not_accessible_count": len(found.not_accessible),
        "gap": gap_of(found.seeker, ranking, found.goal.levels),
        "asked": [(line, step_address(line.step, answers)) for line in asked_in_words(answers)],
        **_excluded(ranking),
        "places": place_links(form, answers, reverse("jobs:recommendation") + "?"),
        "wider": f"{reverse('jobs:recommendation')}?{_without_limits(answers).query()}",
        "edit_goal": step_address(1, answers),
        "paths": f"{reverse('jobs:paths')}?{answers.query()}" if found.seeker.missing else "",
        "heading": SORTS[answers.sort][1],
        "columns": _columns(answers),
        "by_duration": _by_duration(answers),
        "contact": settings.CAMINS_CONTACT_EMAIL,
        "points_max": POINTS_MAX,
        "address": request.build_absolute_uri(f"{reverse('jobs:recommendation')}?{answers.query()}"),
        "day": day,
        "breadcrumb": [{"title": _("M’orienter"), "url": step_address(1, answers)}, {"title": _("Mes résultats")}],
    }
    return render(request, "jobs/recommendation.html", context)


def _count(request: HttpRequest, answers: Answers, shown: Page, day: datetime.date) -> None:
    """For the bodies: which courses were on a page of this job, and on which day. No visitor."""
    if answers.profile and request.method == "GET" and not is_robot(request):
        count_recommended(answers.profile.pk, [answer.course.pk for answer in shown.object_list], day)


def _naming(request: HttpRequest, asked: Request, found: Recommendation) -> dict:
    """The form that names an expected course, and what became of those it may mean."""
    form = NamedForm(request.GET)
    name = form.cleaned_data["formation"] if form.is_valid() else ""
    return {"naming": form, "named": named(name, asked, found, per_page=PER_PAGE) if name else []}


def _excluded(ranking: Ranking | ReadRanking) -> dict:
    return {
        "excluded": [exclusion_sentence(reason, count) for reason, count in ranking.exclusion_counts],
        "excluded_count": len(ranking.excluded),
        "excluded_details": [(left, exclusion_detail(left)) for left in ranking.excluded[:MOST_NAMED]],
        "excluded_more": max(0, len(ranking.excluded) - MOST_NAMED),
    }


def _columns(answers: Answers) -> list[dict]:
    """What the answers may be sorted by: [{"label", "url", "is_current"}]; a distance needs a place."""
    return [
        {
            "label": label,
            "url": f"{reverse('jobs:recommendation')}?{answers.query(sort=column)}#reponses",
            "is_current": column == answers.sort,
        }
        for column, (label, _heading) in SORTS.items()
        if answers.commune or column != DISTANCE_COLUMN
    ]


def _by_duration(answers: Answers) -> str:
    """The same job in the search, which knows how long courses last; empty without a job."""
    if answers.profile is None:
        return ""
    said = {"metier": answers.profile.slug, "public": answers.audience, "tri": Sort.DURATION.value}
    if answers.commune:
        said["lieu"] = place_text(answers.commune, [answers.commune])
    return f"{reverse('courses:search')}?{urlencode(said)}"


def _results(ranking: Ranking | ReadRanking, shown, answers: Answers, day, *, needs_access: bool = False) -> list[dict]:
    """The cards of one page, each with its points, its reasons and what it leaves uncovered."""
    question = CourseQuestion(
        day=day, home=Home.of(answers.commune) if answers.commune else None, audience=answers.audience
    )
    found: list[Answer] = list(shown.object_list)
    rows = [Shown(each.course.pk, each.course.offering_pk or None, each.course.distance_km) for each in found]
    cards = {card.url.rstrip("/").rpartition("-")[2]: card for card in cards_of(rows, question)}
    access = _access(found) if needs_access else {}
    results = []
    first = max(0, shown.start_index() - 1)
    ahead: Answer | None = None
    # an edit may have taken it away a moment ago
    with suppress(IndexError):
        ahead = ranking.answers[first - 1] if first else None
    for answer, before in zip(found, [ahead, *found[:-1]], strict=False):
        card = cards.get(str(answer.course.pk))
        if card is None:
            continue
        # by another column, what comes before may have fewer points
        change = change_between(before, answer) if before and not answers.sort else None
        step = step_of(answer)
        results.append(
            {
                "card": card,
                "gains": [reason_of(term) for term in answer.terms if term.criterion == COVERAGE],
                "gains_points": answer.coverage,
                "gains_points_max": WEIGHTS[COVERAGE],
                "reasons": [reason_of(term) for term in answer.terms if term.criterion != COVERAGE],
                "score": answer.score,
                "step": step,
                "highlights": highlights(answer, step),
                "leaves": answer.leaves,
                "points_behind": change.points_behind if change else None,
                "behind_on": [(CRITERION_LABELS[code], points) for code, points in change.loses] if change else [],
                "access": access.get(answer.course.offering_pk, (None, "")) if needs_access else None,
            }
        )
    return results


def _access(answers: list[Answer]) -> dict[int, tuple[bool | None, str]]:
    """Offering → whether it says that its place is accessible, and in what words."""
    offerings = Offering.objects.filter(pk__in=[answer.course.offering_pk for answer in answers])
    return {pk: (said, note) for pk, said, note in offerings.values_list("pk", "is_accessible", "accessibility_note")}


def _without_limits(answers: Answers) -> Answers:
    return replace(
        answers, reach_km=None, remote="oui", starts_after=None, starts_before=None, budget_euros=None, level=None
    )
