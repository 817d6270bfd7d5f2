"""The public catalogue: search, one course."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from courses.counts import count_answers, count_view
from courses.filters import CourseFilterSet
from courses.search.lexicon import as_they_stand
from courses.sheet.page import course_page
from courses.sheet.read import find_course, near_links
from courses.views.found import moved, public_or_gone
from courses.views.search_page import SearchPage
from portal.web.clock import today
from portal.web.page import PUBLIC, page
from portal.web.robots import is_robot


@page(who=PUBLIC, reads={"GET"})
def search(request: HttpRequest) -> HttpResponse:
    """Answers; the same address gives the page, or only its answers to a script that swaps them."""
    htmx = HtmxDetails(request)
    changed = (htmx.trigger or "").removeprefix("filtre-")
    shown = as_they_stand(lambda state: SearchPage(CourseFilterSet(request.GET, state=state), changed))
    asked = shown.asked
    swaps = bool(htmx) and not htmx.history_restore_request
    if request.method == "GET" and htmx.trigger != "id_q" and not is_robot(request):  # not at every letter typed
        count_answers(shown.found, today())
    context = {"search": shown, "breadcrumb": [{"title": _("Formations")}], "swaps": swaps}
    if not asked.address.pairs:
        context["canonical_url"] = settings.CAMINS_SITE_URL + reverse("courses:search")
    response = render(request, "courses/search.html#results" if swaps else "courses/search.html", context)
    patch_vary_headers(response, ["HX-Request"])
    if swaps:
        response["HX-Push-Url"] = asked.address.url
    return response


@page(who=PUBLIC, reads={"GET"})
def course(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = public_or_gone(find_course(pk), sentence=_("Cette formation n’est plus proposée."), near=near_links)
    redirect = moved(request, slug, found.slug, found.get_absolute_url())
    if redirect is not None:
        return redirect
    if request.method == "GET" and not is_robot(request):
        count_view(found.pk, today())
    return render(request, "courses/course.html", course_page(found, CourseFilterSet(request.GET)))
