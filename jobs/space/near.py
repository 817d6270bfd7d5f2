"""What is looked for and asked for around an organisation, that its courses could answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from courses.search.facets import PROFILE
from courses.searches_near import DAYS, FEWEST, Searched, courses_by_choice, departments_of, searches_near
from jobs.observatory.gaps import MOST_GAPS, gaps_of
from portal.web.clock import today
from portal.web.space import SPACE, organisation_of


def near(request: HttpRequest) -> HttpResponse:
    organisation, day = organisation_of(request), today()
    departments = departments_of(organisation)
    searches = searches_near(departments, day)
    gaps = gaps_of(organisation, [each.code for each in departments], day)
    teaching = courses_by_choice(organisation)

    def with_own(rows: tuple[Searched, ...]) -> list[tuple[Searched, bool, list]]:
        """Each line, whether it is a job, and the courses of the organisation that answer it."""
        return [(row, row.facet == PROFILE.name, teaching.get((row.facet, row.value), [])) for row in rows]

    context = {
        **SPACE.each_context(request),
        "title": _("Autour de vous"),
        "departments": departments,
        "searches": searches,
        "lists": [
            (_("Dans vos départements"), "local", with_own(searches.local)),
            (_("Dans toute l’Occitanie"), "region", with_own(searches.regional)),
        ],
        "gaps": gaps[:MOST_GAPS],
        "gaps_more": max(0, len(gaps) - MOST_GAPS),
        "day": day,
        "days": DAYS,
        "fewest": FEWEST,
    }
    return render(request, "admin/space_near.html", context)


SPACE.show_reading_page("autour/", near, "near", menu=_("Autour de vous : ce que l’on cherche sans le trouver"))
