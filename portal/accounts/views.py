"""The page of an invitation: who invites, for what; nothing happens before a person accepts."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts import team
from portal.accounts.forms import OpenAccountForm
from portal.accounts.models import Invitation, User
from portal.web.errors import Gone
from portal.web.page import PUBLIC, page
from portal.web.space import EMPLOYERS, SPACE
from portal.web.throttle import slow_down

TRIES, HOUR = 60, 3_600


@page(who=PUBLIC, reads={"GET"}, writes={"POST"})
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The token is a secret that came by mail; whoever has it reads that mailbox."""
    slow_down(request, "invitation", limit=TRIES, window_seconds=HOUR)
    found = team.find(token)
    if found is None:
        raise Http404
    if over := team.why_over(found):
        raise Gone(over, [(_("Se connecter"), reverse("account_login"))])
    step = _step(request, found)
    form = OpenAccountForm(request.POST if request.method == "POST" else None, email=found.email)
    if request.method != "POST" or step in ("sign in", "other"):
        return _show(request, found, step, OpenAccountForm(email=found.email))
    if step == "open" and not form.is_valid():
        return _show(request, found, step, form, status=422)
    try:
        return _accept(request, found, step, form)
    except team.TeamRefused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(request.path)


def _step(request: HttpRequest, found: Invitation) -> str:
    """What the person has to do: accept, sign in, open an account; or "other", signed in under another address."""
    if request.user.is_authenticated:
        return "accept" if request.user.email.lower() == found.email else "other"
    return "sign in" if User.objects.filter(email__iexact=found.email).exists() else "open"


def _accept(request: HttpRequest, found: Invitation, step: str, form: OpenAccountForm) -> HttpResponse:
    joined = _("Vous faites maintenant partie de %(name)s.") % {"name": found.organisation.name}
    if step == "open":
        team.accept_with_account(found, **form.cleaned_data)
        messages.success(request, joined + " " + _("Connectez-vous pour commencer."))
        return HttpResponseRedirect(reverse("account_login"))
    assert isinstance(request.user, User)
    team.accept_invitation(found, user=request.user)
    messages.success(request, joined)
    kinds = set(found.organisation.kinds)
    space = next((each for each in (SPACE, EMPLOYERS) if kinds & set(each.kinds)), None)
    return HttpResponseRedirect(reverse(f"{space.name}:index" if space else "home"))


def _show(request: HttpRequest, found: Invitation, step: str, form: OpenAccountForm, status: int = 200) -> HttpResponse:
    context = {"invitation": found, "step": step, "form": form, "sign_in": reverse("account_login")}
    return render(request, "portal/invitation.html", context, status=status)
