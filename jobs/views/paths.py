"""Paths of several courses towards a goal: three answers side by side, with what each leaves and what would help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobs.answers import Answers
from jobs.forms import PATHS, OrientationForm
from jobs.path_answers import find_paths
from jobs.path_words import bound_in_words, paths_in_words, relaxations_in_words, rows_of
from jobs.request_words import asked_in_words
from jobs.views.orientation import frame, place_links, step_address, without_empty
from portal.web.clock import today
from portal.web.page import PUBLIC, page


@page(who=PUBLIC, reads={"GET", "POST"})
def paths(request: HttpRequest) -> HttpResponse:
    """The best paths of up to three courses within the person's limits; a need for accessible places comes by POST."""
    here = reverse("jobs:paths")
    needs_access = request.method == "POST"
    if not needs_access and "" in (value for _name, values in request.GET.lists() for value in values):
        return redirect(without_empty(request, here))
    form = OrientationForm(request.GET)
    form.is_valid()
    answers = form.answers()
    results = f"{reverse('jobs:recommendation')}?{answers.query()}"
    context = {
        **frame(form, answers, PATHS),
        "goal_name": answers.goal_name,
        "asked": [(line, step_address(line.step, answers)) for line in asked_in_words(answers)],
        "fields": [form[name] for name in OrientationForm.STEPS[PATHS]],
        "places": place_links(form, answers, f"{here}?"),
        "edit_goal": step_address(1, answers),
        "edit_skills": step_address(2, answers),
        "edit_limits": step_address(3, answers),
        "results": results,
        "needs_access": needs_access,
        "query": answers.query(),
        "address": request.build_absolute_uri(f"{here}?{answers.query()}"),
        "day": today(),
        "breadcrumb": [
            {"title": _("M’orienter"), "url": step_address(1, answers)},
            {"title": _("Mes résultats"), "url": results},
            {"title": _("Mes parcours")},
        ],
    }
    return render(request, "jobs/paths.html", {**context, **_answer(answers, needs_access=needs_access)})


def _answer(answers: Answers, *, needs_access: bool) -> dict:
    """What the page shows of the answer; nothing is searched for without a goal."""
    if not answers.has_goal:
        return {}
    found = find_paths(answers, day=today(), only_accessible=needs_access)
    shown = paths_in_words(found.asked, found.answers, has_place=answers.commune is not None)
    return {
        "has_all": found.has_all,
        "asks_nothing": found.asks_nothing,
        "rows": rows_of(shown),
        "found": shown,
        "usable": found.answers.usable,
        "bound": bound_in_words(found.answers),
        "relaxations": relaxations_in_words(found.relaxations, found.answers.coverage, found.answers.wanted),
        "undated": found.asked.undated,
        "too_high": found.asked.too_high,
        "is_cut": found.asked.is_cut,
    }
