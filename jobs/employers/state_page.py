"""The page of a need, at its secret address or in the space of its organisation: where it stands, what to do."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobs.employers import drafts, life
from jobs.employers.drafts import DraftRefused
from jobs.employers.found import state_context
from jobs.employers.life import LifeRefused
from jobs.employers.state_forms import FilledForm
from jobs.models import EmployerNeed
from portal.accounts.models import User
from portal.moderation.models import ModerationError
from portal.web.clock import today


def answer(request: HttpRequest, need: EmployerNeed, *, may_act: bool = True) -> HttpResponse:
    """The page of a need for whoever may read it, and its verbs for who may act."""
    if request.method != "POST":
        return _show(request, need, FilledForm(need=need), may_act=may_act)
    verb = request.POST.get("verbe", "")
    act = VERBS.get(verb)
    if act is None or not may_act:
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
    secret = drafts.reopen(need, by=request.user if isinstance(request.user, User) else None)
    return HttpResponseRedirect(reverse("jobs:need_draft", args=[secret]))


def _withdraw(request: HttpRequest, need: EmployerNeed) -> HttpResponse:
    need.withdraw(by=request.user if request.user.is_authenticated else None, reason=_("Retiré par son auteur."))
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


def _show(request: HttpRequest, need: EmployerNeed, form: FilledForm, *, may_act: bool = True) -> HttpResponse:
    context = {
        **state_context(need, today()),
        "may_act": may_act,
        "form": form,
        "breadcrumb": [{"title": _("Entreprises"), "url": reverse("jobs:need_begin")}, {"title": _("Votre besoin")}],
    }
    shown = render(request, "jobs/need_state.html", context, status=422 if form.errors else 200)
    shown["Cache-Control"] = "no-store"
    return shown
