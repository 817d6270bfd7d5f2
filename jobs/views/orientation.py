"""Orientation: three questions, each may be skipped; the address is the only memory. Then the recommendation."""

from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.forms import place_text
from courses.search.cards import Shown, cards_of
from courses.search.question import CourseQuestion, Home, Sort
from jobs import replay
from jobs.answers import Answers, request_of
from jobs.families import by_family
from jobs.forms import OrientationForm
from jobs.gap import gap_of, step_of
from jobs.highlights import highlights
from jobs.matching.candidates import goal_of
from jobs.matching.criteria import CRITERIA
from jobs.matching.engine import change_between
from jobs.matching.facts import Answer, Ranking
from jobs.matching.goals import Heard, understand
from jobs.matching.recommendation import recommend
from jobs.news import news_of
from jobs.reasons import WEIGHTS, exclusion_detail, exclusion_sentence, reason_of
from jobs.request_words import asked_in_words
from jobs.skills_asked import FormerSkills, asked_skills, former_proposals, former_skills
from jobs.snapshot.ranking import ReadRanking
from portal.reference.enums import Level
from portal.reference.models import JobProfile
from portal.web.clock import today
from portal.web.page import PUBLIC, page
from portal.web.templatetags.camins import day as civil_day
from portal.web.templatetags.camins import euros

PER_PAGE = 10
MOST_NAMED = 30
# the criterion that comes with one term per skill
COVERAGE = "coverage"
POINTS_MAX = sum(rule.weight for rule in CRITERIA if rule.weight > 0)
CONDITIONS = (
    (gettext_lazy("Lieu"), ("lieu", "rayon", "distance")),
    (gettext_lazy("Dates"), ("apres", "avant")),
    (gettext_lazy("Situation et budget"), ("public", "budget", "niveau")),
)
TITLES = {1: gettext_lazy("Mon but"), 2: gettext_lazy("Ce que je sais faire"), 3: gettext_lazy("Mes conditions")}


def _step(request: HttpRequest) -> int:
    raw = request.GET.get("etape", "1")
    return int(raw) if raw in ("1", "2", "3") else 1


def _steps(step: int, answers: Answers) -> list[dict]:
    return [
        {
            "title": title,
            "state": "done" if number < step else ("current" if number == step else "todo"),
            "url": step_address(number, answers),
        }
        for number, title in TITLES.items()
    ]


def frame(form: OrientationForm, answers: Answers, step: int) -> dict:
    own = set(OrientationForm.STEPS.get(step, ())) | ({"sais"} if step == 2 else set())
    return {
        "form": form,
        "answers": answers,
        "step": step,
        "steps": _steps(step, answers),
        "carried": [(name, value) for name, value in answers.pairs() if name not in own],
        "breadcrumb": [{"title": _("M’orienter")}],
    }


@page(who=PUBLIC, reads={"GET"})
def question(request: HttpRequest) -> HttpResponse:
    """One question per page; each form leads to the next with everything said so far in the address."""
    form = OrientationForm(request.GET)
    form.is_valid()
    answers = form.answers()
    step = _step(request)
    return {1: _goal_page, 2: _skills_page, 3: _conditions_page}[step](request, form, answers)


def _goal_page(request: HttpRequest, form: OrientationForm, answers: Answers) -> HttpResponse:
    """The goal in free words → proposals to confirm, with what else the sentence may have said."""
    heard = understand(answers.goal_text, day=today()) if answers.goal_text else None
    base = replace(answers, profile=None, occupation=None)
    if heard:
        base = _with_heard(base, heard)
    onward = f"{reverse('jobs:orientation')}?etape=2&"
    context = {
        **frame(form, answers, 1),
        "heard": heard,
        "understood": _understood(base) if heard else [],
        "proposals": [
            {
                "title": found.label,
                "why": found.why,
                "summary": found.summary,
                "usual_level": found.profile.usual_level if found.profile else None,
                "url": onward + base.query(**found.target()),
            }
            for found in (heard.goals if heard else [])
        ],
        "families": [
            (
                family,
                [{"name": row.name, "url": onward + base.query(profile=row, goal_text="")} for row in rows],
            )
            for family, rows in by_family(JobProfile.objects.shown().only("slug", "name", "family"))
        ],
        "skip": onward + base.query(),
    }
    return render(request, "jobs/orientation_goal.html", context)


def _with_heard(answers: Answers, heard: Heard) -> Answers:
    """What the sentence may also have said, kept for the next questions, where each can be corrected."""
    said = heard.said
    return replace(
        answers,
        former=heard.former or answers.former,
        commune=heard.commune or answers.commune,
        level=answers.level if said.level is None else said.level,
        budget_euros=answers.budget_euros if said.budget_euros is None else said.budget_euros,
        starts_after=said.starts_after or answers.starts_after,
    )


def _understood(answers: Answers) -> list[dict]:
    """What the next questions will find already filled: [{"icon", "text"}]."""
    told = []
    if answers.former:
        told.append(("briefcase", _("Votre métier : %(job)s") % {"job": answers.former.label}))
    if answers.commune:
        told.append(("pin", _("Votre ville : %(town)s") % {"town": answers.commune.full_name}))
    if answers.level is not None:
        told.append(("school", _("Votre diplôme : %(level)s") % {"level": Level(answers.level).label}))
    if answers.budget_euros is not None:
        told.append(("euro", _("Au plus %(n)s de votre poche") % {"n": euros(answers.budget_euros * 100)}))
    if answers.starts_after:
        told.append(("calendar", _("À partir du %(day)s") % {"day": civil_day(answers.starts_after)}))
    return [{"icon": icon, "text": text} for icon, text in told]


def _skills_page(request: HttpRequest, form: OrientationForm, answers: Answers) -> HttpResponse:
    """What the goal asks for, to tick; a former job only pre-fills the list, as a question."""
    former = former_skills(answers.former) if answers.former else FormerSkills.none()
    asked = request_of(answers)
    goal = goal_of(asked.profiles, asked.occupations)
    lines = asked_skills(goal.needs, held=dict(answers.held), usual=former.levels, levels=goal.levels)
    groups = [
        (_("Indispensables dans ce métier"), [line for line in lines if line.is_essential]),
        (_("Souhaitées"), [line for line in lines if not line.is_essential]),
    ]
    context = {
        **frame(form, answers, 2),
        "groups": [group for group in groups if group[1]],
        "has_suggestions": any(line.is_suggested for line in lines),
        "former_extra": former.outside({need.code for need in goal.needs}),
        "former_proposals": [
            {"label": job.label, "url": f"{reverse('jobs:orientation')}?etape=2&{answers.query(former=job)}"}
            for job in (former_proposals(answers.former_text) if answers.former_text and not answers.former else [])
        ],
        "without_former": f"{reverse('jobs:orientation')}?etape=2&{answers.query(former=None, former_text='')}",
        "skip": f"{reverse('jobs:orientation')}?etape=3&{answers.query()}",
    }
    return render(request, "jobs/orientation_skills.html", context)


def _conditions_page(request: HttpRequest, form: OrientationForm, answers: Answers) -> HttpResponse:
    context = {
        **frame(form, answers, 3),
        "groups": [(title, [form[name] for name in names]) for title, names in CONDITIONS],
        "places": place_links(form, answers, reverse("jobs:orientation") + "?etape=3&"),
        "skip": f"{reverse('jobs:recommendation')}?{answers.query()}",
    }
    return render(request, "jobs/orientation_conditions.html", context)


@page(who=PUBLIC, reads={"GET"})
def recommendation(request: HttpRequest) -> HttpResponse:
    """Ranked courses with the reasons of each, what they leave uncovered, and what was set aside and why."""
    if "" in (value for _name, values in request.GET.lists() for value in values):
        return redirect(without_empty(request, reverse("jobs:recommendation")))
    form = OrientationForm(request.GET)
    form.is_valid()
    answers = form.answers()
    day = today()
    asked = request_of(answers)
    found = recommend(asked, day=day)
    seeker, ranking = found.seeker, found.ranking
    pages = Paginator(ranking.answers, PER_PAGE)
    shown = pages.get_page(request.GET.get("page", "1")[:6])
    replay.write(found, asked, list(shown.object_list), max(0, shown.start_index() - 1))
    address = f"{reverse('jobs:recommendation')}?{answers.query()}"
    context = {
        **frame(form, answers, 4),
        "goal_name": answers.goal_name,
        "total": len(ranking.answers),
        "page": shown,
        "query": answers.query(),
        "news": news_of(request.GET),
        "results": _results(ranking, shown, answers, day),
        "gap": gap_of(seeker, ranking, found.goal.levels),
        "asked": [(line, step_address(line.step, answers)) for line in asked_in_words(answers)],
        "excluded": [exclusion_sentence(reason, count) for reason, count in ranking.exclusion_counts],
        "excluded_count": len(ranking.excluded),
        "excluded_details": [(left, exclusion_detail(left)) for left in ranking.excluded[:MOST_NAMED]],
        "excluded_more": max(0, len(ranking.excluded) - MOST_NAMED),
        "places": place_links(form, answers, reverse("jobs:recommendation") + "?"),
        "wider": f"{reverse('jobs:recommendation')}?{_without_limits(answers).query()}",
        "edit_goal": step_address(1, answers),
        "paths": f"{reverse('jobs:paths')}?{answers.query()}" if seeker.missing else "",
        "sorted_by": _sorted_by(answers),
        "contact": settings.CAMINS_CONTACT_EMAIL,
        "points_max": POINTS_MAX,
        "address": request.build_absolute_uri(address),
        "day": day,
        "breadcrumb": [{"title": _("M’orienter"), "url": step_address(1, answers)}, {"title": _("Mes résultats")}],
    }
    return render(request, "jobs/recommendation.html", context)


def _sorted_by(answers: Answers) -> list[dict]:
    """The same job in the search, which sorts by each column: [{"label", "url"}]."""
    if answers.profile is None:
        return []
    said = {"metier": answers.profile.slug, "public": answers.audience}
    if answers.commune:
        said["lieu"] = place_text(answers.commune, [answers.commune])
    columns = [each for each in Sort if each != Sort.RELEVANCE and (answers.commune or each != Sort.DISTANCE)]
    return [
        {"label": each.label, "url": f"{reverse('courses:search')}?{urlencode({**said, 'tri': each.value})}"}
        for each in columns
    ]


def without_empty(request: HttpRequest, address: str) -> str:
    """The same address without the fields left empty: short enough to copy, send and print."""
    said = [(name, value) for name, values in request.GET.lists() for value in values if value]
    return f"{address}?{urlencode(said)}" if said else address


def step_address(step: int, answers: Answers) -> str:
    return f"{reverse('jobs:orientation')}?etape={step}&{answers.query()}"


def _results(ranking: Ranking | ReadRanking, shown, answers: Answers, day) -> list[dict]:
    """The cards of one page, each with its points, its reasons and what it leaves uncovered."""
    question = CourseQuestion(
        day=day, home=Home.of(answers.commune) if answers.commune else None, audience=answers.audience
    )
    found: list[Answer] = list(shown.object_list)
    rows = [Shown(each.course.pk, each.course.offering_pk or None, each.course.distance_km) for each in found]
    cards = {card.url.rstrip("/").rpartition("-")[2]: card for card in cards_of(rows, question)}
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
        change = change_between(before, answer) if before else None
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
            }
        )
    return results


def place_links(form: OrientationForm, answers: Answers, start: str) -> list[dict]:
    """Communes to choose from when the place is unclear: nothing is guessed."""
    return [
        {"label": name, "url": f"{start}{answers.query(commune=None)}&{urlencode({'lieu': written})}"}
        for name, written in form.places_to_choose()
    ]


def _without_limits(answers: Answers) -> Answers:
    return replace(
        answers, reach_km=None, remote="oui", starts_after=None, starts_before=None, budget_euros=None, level=None
    )
