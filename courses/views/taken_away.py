"""A search taken away: an Atom feed, a calendar, two tables. The parameters are those of the results page."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from courses.filters import CourseFilterSet
from courses.views.agenda import agenda
from courses.views.feed import ATOM, feed
from courses.views.table import Table
from portal.web.exports import csv_answer, xlsx_answer
from portal.web.page import PUBLIC, page


@page(who=PUBLIC, reads={"GET"})
def search_atom(request: HttpRequest) -> HttpResponse:
    return HttpResponse(feed(CourseFilterSet(request.GET)), content_type=ATOM)


@page(who=PUBLIC, reads={"GET"})
def search_calendar(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        agenda(CourseFilterSet(request.GET)),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="formations-dates.ics"'},
    )


@page(who=PUBLIC, reads={"GET"})
def search_csv(request: HttpRequest) -> HttpResponseBase:
    table = Table(CourseFilterSet(request.GET))
    # read before the answer begins: what is streamed runs outside the guard of the page
    return csv_answer(table.name, table.header, list(table.rows_with_notes()))


@page(who=PUBLIC, reads={"GET"})
def search_xlsx(request: HttpRequest) -> HttpResponse:
    table = Table(CourseFilterSet(request.GET))
    return xlsx_answer(table.name, _("Formations"), table.header, table.rows_with_notes(), table.about)
