"""Courses side by side."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from courses.filters import CourseFilterSet
from courses.forms import ComparedForm
from courses.search.address import SearchAddress
from courses.search.taken import Taken, chosen
from courses.views.comparison import Comparison
from portal.web.page import PUBLIC, page

FEWEST, MOST = 2, 3
# of those asked, how many are looked for
MOST_READ = 10


@page(who=PUBLIC, reads={"GET"})
def compare(request: HttpRequest) -> HttpResponse:
    """Two or three courses; the parameters of a search say for whom, from where, and where to go back."""
    asked, form = CourseFilterSet(request.GET), ComparedForm(request.GET)
    said = [*form.sentences, *asked.not_understood]
    wanted = form.cleaned_data["f"]
    found = chosen(wanted[:MOST_READ], asked.question, asked.state)
    shown = found[:MOST]
    search = asked.address.without("page")

    def without(pk: int) -> str:
        return compare_address(search, shown).without("f", str(pk)).url

    context = {
        "comparison": Comparison(asked, shown, without) if len(shown) >= FEWEST else None,
        "notes": [*said, *_notes(wanted, found)],
        "back_url": search.url,
        "breadcrumb": [{"title": _("Formations"), "url": search.url}, {"title": _("Comparer")}],
    }
    return render(request, "courses/compare.html", context)


def compare_address(search: SearchAddress, courses: Sequence[Taken]) -> SearchAddress:
    """The address of a comparison that keeps its search."""
    pairs = tuple(("f", str(each.course_id)) for each in courses)
    return SearchAddress((*pairs, *search.pairs), route="courses:compare")


def _notes(wanted: Sequence[int], found: Sequence[Taken]) -> list[str]:
    notes = []
    if len(found) < len(wanted[:MOST_READ]):
        notes.append(_("Une formation demandée n’est pas ou n’est plus proposée : elle n’est pas comparée."))
    if len(found) > MOST or len(wanted) > MOST_READ:
        notes.append(_("On compare trois formations au plus : voici les trois premières."))
    return notes
