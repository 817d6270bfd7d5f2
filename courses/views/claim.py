"""Joining one's organisation: found by a number in public lists, then proved by a code or judged by an agent."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from courses import claims
from courses.claim_forms import ClaimForm, CodeForm, NumberForm
from courses.claim_lookup import Found, look_up
from courses.claims import ClaimRefused
from courses.enums import ClaimState, ClaimWay
from courses.models import Claim
from portal.accounts.models import User
from portal.web.page import PUBLIC, page
from portal.web.throttle import slow_down

# of one address, in an hour: an office shares one
LOOKS, ASKS, TRIES, HOUR = 120, 20, 60, 3_600


@page(who=PUBLIC, reads={"GET"}, writes={"POST"})
def claim(request: HttpRequest) -> HttpResponse:
    """GET numero=…: what is known. POST: a claim, the number in a hidden field."""
    is_post = request.method == "POST"
    data = request.POST if is_post else request.GET
    if not is_post and "numero" not in data:
        return _find(request, NumberForm())
    slow_down(request, "claim" if is_post else "claim-look", limit=ASKS if is_post else LOOKS, window_seconds=HOUR)
    form = NumberForm(data)
    found = look_up(form.cleaned_data["numero"]) if form.is_valid() else None
    if found is None:
        if form.is_valid():
            form.add_error("numero", _("Aucune liste d’Occitanie ne connaît ce numéro : vérifiez-le."))
        return _find(request, form)
    if not is_post:
        return _ask(request, found, ClaimForm(user=_person(request), found=found))
    asked = ClaimForm(request.POST, request.FILES, user=_person(request), found=found)
    if asked.is_from_a_robot:
        return HttpResponseRedirect(reverse("courses:claim"))
    if not asked.is_valid():
        return _ask(request, found, asked)
    try:
        made = claims.ask(found, asked.asking())
    except ClaimRefused as refused:
        asked.add_error("way", str(refused))
        return _ask(request, found, asked)
    return HttpResponseRedirect(reverse("courses:claim_followed", args=[made.key]))


@page(who=PUBLIC, reads={"GET"}, writes={"POST"})
def claim_followed(request: HttpRequest, key: UUID) -> HttpResponse:
    """GET: where the claim stands. POST code=…: a try; POST renvoyer=1: another code."""
    found = get_object_or_404(Claim, key=key)
    if request.method != "POST":
        return _follow(request, found, CodeForm())
    slow_down(request, "claim-code", limit=TRIES, window_seconds=HOUR)
    form = CodeForm(request.POST)
    try:
        if "renvoyer" in request.POST:
            claims.send_code(found)
            messages.success(request, _("Un autre code est parti. Le précédent ne vaut plus."))
            return HttpResponseRedirect(request.path)
        if not form.is_valid():
            return _follow(request, found, form)
        if not claims.enter_code(found, form.cleaned_data["code"]):
            form.add_error("code", _("Ce n’est pas le bon code. Vérifiez chaque signe."))
            return _follow(request, found, form)
    except ClaimRefused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(request.path)


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _breadcrumb() -> list[dict[str, str]]:
    return [
        {"title": _("Organismes de formation"), "url": reverse("courses:providers")},
        {"title": _("Rejoindre votre organisme")},
    ]


def _find(request: HttpRequest, form: NumberForm) -> HttpResponse:
    context = {"form": form, "breadcrumb": _breadcrumb()}
    return render(request, "courses/claim_find.html", context, status=422 if form.errors else 200)


def _ask(request: HttpRequest, found: Found, form: ClaimForm) -> HttpResponse:
    facts = [
        {"term": _("Ville"), "value": found.town or _("non précisée")},
        {"term": "SIRET", "value": found.siret or _("la liste ne le dit pas")},
        {"term": "NDA", "value": found.nda or _("inconnu")},
        *({"term": f"Qualiopi, {category}", "value": said} for category, said in found.certified),
    ]
    context = {"found": found, "facts": facts, "form": form, "breadcrumb": _breadcrumb()}
    return render(request, "courses/claim_ask.html", context, status=422 if form.errors else 200)


def _follow(request: HttpRequest, found: Claim, form: CodeForm) -> HttpResponse:
    is_waiting = found.state == ClaimState.WAITING
    context = {
        "claim": found,
        "form": form,
        "waits_for_code": is_waiting and found.way == ClaimWay.CODE,
        "waits_for_agent": is_waiting and found.way == ClaimWay.AGENT,
        "breadcrumb": _breadcrumb(),
    }
    return render(request, "courses/claim_followed.html", context, status=422 if form.errors else 200)
