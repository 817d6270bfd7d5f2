"""Orientation: three questions, each may be skipped; the address is the only memory."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs.answers import Answers, request_of
from jobs.families import by_family
from jobs.forms import OrientationForm
from jobs.heard import also_said, with_heard
from jobs.matching.candidates import goal_of
from jobs.matching.goals import understand
from jobs.skills_asked import FormerSkills, asked_skills, former_proposals, former_skills
from portal.reference.models import JobProfile
from portal.web.clock import today
from portal.web.page import PUBLIC, page

CONDITIONS = (
    (gettext_lazy("Lieu"), ("lieu", "rayon", "distance")),
    (gettext_lazy("Dates"), ("apres", "avant")),
    (gettext_lazy("Situation et budget"), ("public", "budget", "niveau")),
)
# of what a sentence also says
ICONS = {"ancien": "briefcase", "lieu": "pin", "niveau": "school", "budget": "euro", "apres": "calendar"}
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
        base = with_heard(base, heard)
    onward = f"{reverse('jobs:orientation')}?etape=2&"
    context = {
        **frame(form, answers, 1),
        "heard": heard,
        "understood": [(ICONS[each.name], each.sentence) for each in also_said(base)] if heard else [],
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


def without_empty(request: HttpRequest, address: str) -> str:
    """The same address without the fields left empty: short enough to copy, send and print."""
    said = [(name, value) for name, values in request.GET.lists() for value in values if value]
    return f"{address}?{urlencode(said)}" if said else address


def step_address(step: int, answers: Answers) -> str:
    return f"{reverse('jobs:orientation')}?etape={step}&{answers.query()}"


def place_links(form: OrientationForm, answers: Answers, start: str) -> list[dict]:
    """Communes to choose from when the place is unclear: nothing is guessed."""
    return [
        {"label": name, "url": f"{start}{answers.query(commune=None)}&{urlencode({'lieu': written})}"}
        for name, written in form.places_to_choose()
    ]
