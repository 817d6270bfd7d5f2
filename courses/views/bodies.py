"""Training bodies and CFA: lists and pages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.forms import PageForm
from courses.models import ApprenticeshipCentre, TrainingProvider
from courses.search import bodies
from courses.views.body_page import BodyList
from courses.views.found import moved, public_or_gone
from portal.web.clock import today
from portal.web.page import PUBLIC, page


@page(who=PUBLIC, reads={"GET"})
def providers(request: HttpRequest) -> HttpResponse:
    listed = BodyList(request.GET, bodies.providers, "courses:providers")
    return render(request, "courses/providers.html", _listed(listed, _("Organismes de formation")))


@page(who=PUBLIC, reads={"GET"})
def centres(request: HttpRequest) -> HttpResponse:
    listed = BodyList(request.GET, bodies.centres, "courses:centres")
    return render(request, "courses/centres.html", _listed(listed, _("CFA")))


@page(who=PUBLIC, reads={"GET"})
def provider(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    body = public_or_gone(bodies.find_provider(pk), sentence=_("Cet organisme n’est plus présenté ici."))
    redirect = moved(request, slug, body.slug, body.get_absolute_url())
    if redirect is not None:
        return redirect
    above = {"title": _("Organismes de formation"), "url": reverse("courses:providers")}
    return render(request, "courses/provider.html", _body(request, body, above, provider=str(body.pk)))


@page(who=PUBLIC, reads={"GET"})
def centre(request: HttpRequest, uai: str) -> HttpResponse:
    body = public_or_gone(bodies.find_centre(uai), sentence=_("Ce CFA n’est plus présenté ici."))
    above = {"title": _("CFA"), "url": reverse("courses:centres")}
    return render(request, "courses/centre.html", _body(request, body, above, centre=body.uai))


def _listed(listed: BodyList, title: str) -> dict[str, Any]:
    canonical = "" if listed.address.pairs else settings.CAMINS_SITE_URL + listed.clear.url
    return {"listed": listed, "breadcrumb": [{"title": title}], "canonical_url": canonical}


def _body(
    request: HttpRequest, body: TrainingProvider | ApprenticeshipCentre, above: dict, **whose: str
) -> dict[str, Any]:
    """The context of the page of one body; `whose` says which courses are its own."""
    form = PageForm(request.GET)
    number = form.cleaned_data["page"] if form.errors is not None else 1
    shown, cards = bodies.courses_page(number, today(), **whose)
    return {
        "body": body,
        "qualiopi": bodies.qualiopi_of(body),
        "contacts": bodies.contacts_of(body),
        "page": shown,
        "cards": cards,
        "total": shown.paginator.count,
        "breadcrumb": [above, {"title": body.name}],
        "canonical_url": settings.CAMINS_SITE_URL + body.get_absolute_url(),
    }
