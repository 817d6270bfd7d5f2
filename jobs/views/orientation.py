"""Orientation: three questions, each may be skipped; the address is the only memory. Then the recommendation."""

from dataclasses import asdict, replace

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.search.cards import Shown, cards_of
from courses.search.question import CourseQuestion, Home
from jobs.answers import REMOTE_NO, REMOTE_ONLY, Answers
from jobs.forms import OrientationForm
from jobs.matching.candidates import Here, goal_of
from jobs.matching.criteria import CRITERIA
from jobs.matching.engine import what_would_change
from jobs.matching.facts import Answer, Ranking, SeekerFacts
from jobs.matching.goals import understand
from jobs.matching.recommendation import Request, recommend
from jobs.reasons import exclusion_detail, exclusion_sentence, reason_of
from jobs.skills_asked import FormerSkills, asked_skills, former_proposals, former_skills
from portal.reference.models import JobProfile
from portal.web.clock import today
from portal.web.page import PUBLIC, page

PER_PAGE = 10
LAST_PAGE = 40
POINTS_MAX = sum(rule.weight for rule in CRITERIA if rule.weight > 0)
TITLES = {1: gettext_lazy("Mon but"), 2: gettext_lazy("Ce que je sais faire"), 3: gettext_lazy("Mes conditions")}


def _step(request: HttpRequest) -> int:
    raw = request.GET.get("etape", "1")
    return int(raw) if raw in ("1", "2", "3") else 1


def _steps(step: int, answers: Answers) -> list[dict]:
    query = answers.query()
    return [
        {
            "title": title,
            "state": "done" if number < step else ("current" if number == step else "todo"),
            "url": f"{reverse('jobs:orientation')}?etape={number}&{query}",
        }
        for number, title in TITLES.items()
    ]


def _frame(form: OrientationForm, answers: Answers, step: int) -> dict:
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
        base = replace(base, former=heard.former or base.former, commune=heard.commune or base.commune)
    proposals = [
        {
            "title": found.label,
            "why": found.why,
            "summary": found.summary,
            "url": f"{reverse('jobs:orientation')}?etape=2&{base.query(**found.target())}",
        }
        for found in (heard.goals if heard else [])
    ]
    context = {
        **_frame(form, answers, 1),
        "heard": heard,
        "proposals": proposals,
        "profiles": JobProfile.objects.shown().only("slug", "name", "summary"),
        "onward": base.query(goal_text=""),
        "skip": f"{reverse('jobs:orientation')}?etape=2&{base.query()}",
    }
    return render(request, "jobs/orientation_goal.html", context)


def _skills_page(request: HttpRequest, form: OrientationForm, answers: Answers) -> HttpResponse:
    """What the goal asks for, to tick; a former job only pre-fills the list, as a question."""
    former = former_skills(answers.former) if answers.former else FormerSkills.none()
    asked = _asked(answers)
    goal = goal_of(asked.profiles, asked.occupations)
    context = {
        **_frame(form, answers, 2),
        "asked": asked_skills(goal.needs, held=dict(answers.held), usual=former.levels),
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
        **_frame(form, answers, 3),
        "fields": [form[name] for name in OrientationForm.STEPS[3]],
        "places": _place_links(form, answers, reverse("jobs:orientation") + "?etape=3&"),
        "skip": f"{reverse('jobs:recommendation')}?{answers.query()}",
    }
    return render(request, "jobs/orientation_conditions.html", context)


@page(who=PUBLIC, reads={"GET"})
def recommendation(request: HttpRequest) -> HttpResponse:
    """Ranked courses with the reasons of each, what they leave uncovered, and what was set aside and why."""
    form = OrientationForm(request.GET)
    form.is_valid()
    answers = form.answers()
    day = today()
    found = recommend(_asked(answers), day=day)
    seeker, ranking = found.seeker, found.ranking
    pages = Paginator(ranking.answers, PER_PAGE)
    shown = pages.get_page(request.GET.get("page", "1")[:6])
    context = {
        **_frame(form, answers, 4),
        "goal_name": answers.goal_name,
        "total": len(ranking.answers),
        "page": shown,
        "query": answers.query(),
        "results": _results(ranking, shown, answers, day),
        "gap": _gap(seeker, ranking),
        "held_count": len(seeker.needs) - len(seeker.missing),
        "excluded": [exclusion_sentence(reason, count) for reason, count in ranking.exclusion_counts],
        "excluded_details": [(left, exclusion_detail(left)) for left in ranking.excluded[:30]],
        "places": _place_links(form, answers, reverse("jobs:recommendation") + "?"),
        "wider": f"{reverse('jobs:recommendation')}?{_without_limits(answers).query()}",
        "edit": {number: f"{reverse('jobs:orientation')}?etape={number}&{answers.query()}" for number in TITLES},
        "points_max": POINTS_MAX,
        "day": day,
    }
    return render(request, "jobs/recommendation.html", context)


def _asked(answers: Answers) -> Request:
    """The answers as codes and numbers: no free text goes further."""
    home = answers.commune
    here = None
    if home is not None and home.latitude is not None and home.longitude is not None:
        here = Here(home.latitude, home.longitude)
    return Request(
        profiles=(answers.profile.slug,) if answers.profile else (),
        occupations=(answers.occupation.code,) if answers.occupation else (),
        held=answers.held,
        here=here,
        reach_km=answers.reach_km,
        accepts_remote=answers.remote != REMOTE_NO,
        only_remote=answers.remote == REMOTE_ONLY,
        starts_after=answers.starts_after,
        starts_before=answers.starts_before,
        entry_level=answers.level,
        budget_cents=None if answers.budget_euros is None else answers.budget_euros * 100,
        audience=answers.audience,
    )


def _results(ranking: Ranking, shown, answers: Answers, day) -> list[dict]:
    """The cards of one page, each with its points, its reasons and what it leaves uncovered."""
    question = CourseQuestion(
        day=day, home=Home.of(answers.commune) if answers.commune else None, audience=answers.audience
    )
    found: list[Answer] = list(shown.object_list)
    rows = [Shown(each.course.pk, each.course.offering_pk or None, each.course.distance_km) for each in found]
    cards = {card.url.rstrip("/").rpartition("-")[2]: card for card in cards_of(rows, question)}
    results = []
    for index, answer in enumerate(found, start=shown.start_index() - 1):
        card = cards.get(str(answer.course.pk))
        if card is None:
            continue
        change = what_would_change(ranking, index)
        results.append(
            {
                "card": {
                    **asdict(card),
                    "covered": [gain.label for gain in answer.gains],
                    "missing": [left.label for left in answer.leaves[:6]],
                    "points": answer.score,
                    "points_max": POINTS_MAX,
                },
                "reasons": [reason_of(term) for term in answer.terms],
                "score": answer.score,
                "leaves": answer.leaves,
                "to_check": len(answer.unknowns),
                "points_behind": change.points_behind if change else None,
            }
        )
    return results


def _gap(seeker: SeekerFacts, ranking: Ranking) -> list[dict]:
    """Each missing skill: wanted, held, and how many of the answers bring it."""
    bringing: dict[str, int] = {}
    for answer in ranking.answers:
        for gain in answer.gains:
            bringing[gain.code] = bringing.get(gain.code, 0) + 1
    held = seeker.held_levels
    return [
        {
            "label": need.label,
            "wanted": need.level,
            "held": held.get(need.code, 0),
            "essential": need.weight >= 3,
            "courses": bringing.get(need.code, 0),
        }
        for need in seeker.missing
    ]


def _place_links(form: OrientationForm, answers: Answers, start: str) -> list[dict]:
    """Communes to choose from when the place is unclear: nothing is guessed."""
    return [
        {"label": name, "url": f"{start}{answers.query(commune=None)}&lieu={written}"}
        for name, written in form.places_to_choose()
    ]


def _without_limits(answers: Answers) -> Answers:
    return replace(
        answers, reach_km=None, remote="oui", starts_after=None, starts_before=None, budget_euros=None, level=None
    )
