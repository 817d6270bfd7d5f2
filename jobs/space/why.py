"""« Pourquoi suis-je là ? »: how one course is seen, its rank for a question of one's choice, and what moves it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from courses.completeness import completeness, with_what_counts
from courses.filters import CourseFilterSet
from courses.forms import PlaceUnclear, place_text
from courses.models import Course
from courses.statistics import uses_of
from jobs.forms import BY_JOB, BY_SEARCH, JobAskedForm, WhyForm
from jobs.space.lines import form_part
from jobs.space.recommended import recommended
from jobs.space.searched import searched
from portal.web.clock import today
from portal.web.space import SPACE, organisation_of

OF_SEARCH = ("q", "lieu", "rayon")
OF_JOB = ("metier", "lieu")


def why(request: HttpRequest, pk: int) -> HttpResponse:
    own = Course.objects.of_organisation(organisation_of(request))
    course = get_object_or_404(with_what_counts(own.select_related("provider")), pk=pk)
    found = completeness(course)
    way = WhyForm(request.GET).way
    context = {
        **SPACE.each_context(request),
        "title": _("Pourquoi suis-je là ?"),
        "course": course,
        "day": today(),
        "uses": uses_of(course),
        "completeness": found,
        "missing": [(item.label, form_part(course.pk, item.where)) for item in found.missing],
        **_search(course, kept(request.GET, OF_SEARCH), is_asked=way == BY_SEARCH),
        **_job(course, kept(request.GET, OF_JOB), is_asked=way == BY_JOB),
    }
    return render(request, "admin/space_why.html", context)


def kept(parameters: QueryDict, names: tuple[str, ...]) -> QueryDict:
    """The parameters of these names, each with its last value."""
    told = QueryDict(mutable=True)
    for name in names:
        if name in parameters:
            told[name] = str(parameters[name])
    return told


def _search(course: Course, said: QueryDict, *, is_asked: bool) -> dict[str, Any]:
    asked = CourseFilterSet(said if is_asked else QueryDict())
    form = asked.form
    is_clear = is_asked and not form.errors.get("lieu")
    return {
        "search": {name: form.data.get(name, "") for name in OF_SEARCH},
        "radii": form.fields["rayon"].choices,
        "search_table": searched(course, asked) if is_clear and course.is_public else None,
        "search_problems": asked.not_understood if is_asked else [],
        "search_places": _places(form),
    }


def _job(course: Course, said: QueryDict, *, is_asked: bool) -> dict[str, Any]:
    form = JobAskedForm(said if is_asked else None)
    answers = form.answers() if is_asked and form.is_valid() and course.is_public else None
    return {
        "job_form": form,
        "job_table": recommended(course, answers) if answers else None,
        "job_places": _places(form) if is_asked else [],
    }


def _places(form) -> list[str]:
    """What to write to mean each of the communes that an unclear place may be."""
    unclear = [error for error in form.errors.as_data().get("lieu", []) if isinstance(error, PlaceUnclear)]
    return [place_text(commune, error.communes) for error in unclear for commune in error.communes]


SPACE.show_reading_page("pourquoi/<int:pk>/", why, "why")
