"""The page of a need for who wrote it: where it stands, what to do with it, and what the portal found for it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobs.employers import drafts, life
from jobs.employers.drafts import DraftRefused
from jobs.employers.found import need_behind, state_context
from jobs.employers.life import LifeRefused
from jobs.employers.state_forms import FilledForm
from jobs.models import EmployerNeed
from portal.moderation.models import ModerationError
from portal.web.clock import today
from portal.web.errors import Gone
from portal.web.page import PUBLIC, page
from portal.web.throttle import slow_down

ACTED, OPENED, HOUR = 120, 600, 3_600


@page(who=PUBLIC, reads={"GET"}, writes={"POST"})
def state(request: HttpRequest, token: str) -> HttpResponse:
    """GET changes nothing, whoever opens the mail. POST `verbe`: renew, filled, unfilled, correct, withdraw."""
    slow_down(request, "need-state", limit=OPENED, window_seconds=HOUR)
    if request.method == "POST":
        slow_down(request, "need-act", limit=ACTED, window_seconds=HOUR)
    need = need_behind(token)
    if need is None:
        raise Gone(
            _("Cette adresse ne vaut plus, ou elle est incomplète. Cherchez-la dans vos messages."),
            [(_("Écrire un besoin"), reverse("jobs:need_begin"))],
        )
    if request.method != "POST":
        return _show(request, need, FilledForm(need=need))
    act = VERBS.get(request.POST.get("verbe", ""))
    if act is None:
        raise Http404
    try:
        return act(request, need)
    except (LifeRefused, DraftRefused, ModerationError) as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(request.path)


def _renew(request: HttpRequest, need: EmployerNeed) -> HttpResponse:
    until = life.renew(need, day=today())
    return _done(request, _("Prolongé jusqu’au %(day)s.") % {"day": f"{until:%d/%m/%Y}"})


def _filled(request: HttpRequest, need: EmployerNeed) -> HttpResponse:
    form = FilledForm(request.POST, need=need)
    if not form.is_valid():
        return _show(request, need, form)
    how, course = form.answer()
    life.fill(need, day=today(), how=how, course_id=course)
    return _done(request, _("Merci : le besoin est pourvu, il n’est plus montré."))


def _unfilled(request: HttpRequest, need: EmployerNeed) -> HttpResponse:
    life.unfill(need)
    return _done(request, _("Le besoin est de nouveau ouvert."))


def _correct(request: HttpRequest, need: EmployerNeed) -> HttpResponse:
    secret = drafts.reopen(need)
    return HttpResponseRedirect(reverse("jobs:need_draft", args=[secret]))


def _withdraw(request: HttpRequest, need: EmployerNeed) -> HttpResponse:
    need.withdraw(by=None, reason=_("Retiré par son auteur."))
    return _done(request, _("Le besoin est retiré. Vous pouvez le corriger et l’envoyer de nouveau."))


VERBS: dict[str, Callable[[HttpRequest, EmployerNeed], HttpResponse]] = {
    "prolonger": _renew,
    "pourvu": _filled,
    "ouvert": _unfilled,
    "corriger": _correct,
    "retirer": _withdraw,
}


def _done(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return HttpResponseRedirect(request.path)


def _show(request: HttpRequest, need: EmployerNeed, form: FilledForm) -> HttpResponse:
    context = {
        **state_context(need, today()),
        "form": form,
        "breadcrumb": [{"title": _("Entreprises"), "url": reverse("jobs:need_begin")}, {"title": _("Votre besoin")}],
    }
    answer = render(request, "jobs/need_state.html", context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    return answer
