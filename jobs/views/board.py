"""The employers' needs in public: the list, its feed and its table, one need, and a letter to its employer."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.actions import Letter
from courses.forms import ContactForm
from courses.views.contact import HOUR, LETTERS
from courses.views.feed import ATOM
from courses.views.found import moved
from jobs.board.filters import NeedFilterSet
from jobs.board.letters import address_of, relay_letter
from jobs.board.listed import NeedList
from jobs.board.page import need_page
from jobs.board.read import employer_of, need_url, open_or_gone, slug_of
from jobs.board.taken import feed, table_header, table_rows
from jobs.models import EmployerNeed
from portal.web.clock import today
from portal.web.exports import csv_answer
from portal.web.page import PUBLIC, page
from portal.web.throttle import slow_down


@page(who=PUBLIC, reads={"GET"})
def needs(request: HttpRequest) -> HttpResponse:
    listed = NeedList(NeedFilterSet(request.GET, day=today()))
    context = {"listed": listed, "breadcrumb": [{"title": _("Besoins d’employeurs")}]}
    if not listed.asked.address.pairs:
        context["canonical_url"] = settings.CAMINS_SITE_URL + listed.clear_url
    return render(request, "jobs/board.html", context)


@page(who=PUBLIC, reads={"GET"})
def needs_atom(request: HttpRequest) -> HttpResponse:
    return HttpResponse(feed(NeedFilterSet(request.GET, day=today())), content_type=ATOM)


@page(who=PUBLIC, reads={"GET"})
def needs_csv(request: HttpRequest) -> HttpResponseBase:
    asked = NeedFilterSet(request.GET, day=today())
    # read before the answer begins: what is streamed runs outside the guard of the page
    return csv_answer(f"besoins-{asked.day.isoformat()}", table_header(), list(table_rows(asked)))


@page(who=PUBLIC, reads={"GET"})
def need(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = open_or_gone(pk, today())
    redirect = moved(request, slug, slug_of(found), need_url(found))
    return redirect or render(request, "jobs/board_need.html", need_page(found, today()))


@page(who=PUBLIC, reads={"GET"}, writes={"POST"})
def need_contact(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    if request.method == "POST":
        slow_down(request, "need-contact", limit=LETTERS, window_seconds=HOUR)
    found = open_or_gone(pk, today())
    if request.method != "POST":
        right = reverse("jobs:need_contact", args=[slug_of(found), found.pk])
        return moved(request, slug, slug_of(found), right) or _ask(request, found, ContactForm())
    form = ContactForm(request.POST)
    if form.is_from_a_robot:
        return _thank(request, found)
    if not form.is_valid() or not address_of(found):
        return _ask(request, found, form)
    letter = Letter(**{name: form.cleaned_data[name] for name in ("name", "email", "message")})
    relay_letter(need=found, letter=letter, day=today())
    return _thank(request, found)


def _ask(request: HttpRequest, found: EmployerNeed, form: ContactForm) -> HttpResponse:
    title = _("Écrire à l’employeur")
    context = {
        "need": found,
        "need_url": need_url(found),
        "employer": employer_of(found),
        "form": form,
        "can_write": bool(address_of(found)),
        "title": title,
        "breadcrumb": [
            {"title": _("Besoins d’employeurs"), "url": reverse("jobs:needs")},
            {"title": found.title, "url": need_url(found)},
            {"title": title},
        ],
    }
    return render(request, "jobs/board_contact.html", context, status=422 if form.errors else 200)


def _thank(request: HttpRequest, found: EmployerNeed) -> HttpResponse:
    messages.success(
        request, _("Votre message est parti à l’employeur. La réponse arrivera à votre adresse électronique.")
    )
    return HttpResponseRedirect(need_url(found))
