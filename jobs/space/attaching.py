"""Needs written with the SIRET of the organisation, without an account: taken up by a code, or by an agent."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from jobs.employers import attaching
from jobs.employers.attaching import AttachRefused, unattached_of
from jobs.models import EmployerNeed
from portal.accounts.codes import CodeForm
from portal.accounts.person import person_of
from portal.web.space import EMPLOYERS, WRITERS, may, organisation_of
from portal.web.throttle import slow_down

TRIES, HOUR = 60, 3_600


def attach(request: HttpRequest) -> HttpResponse:
    """GET: the list."""
    if request.method == "POST":
        raise Http404
    rows = unattached_of(organisation_of(request)).prefetch_related("attachments")
    context = {
        **EMPLOYERS.each_context(request),
        "title": _("Besoins à rattacher"),
        "rows": [(need, any(each.decided_at is None for each in need.attachments.all())) for need in rows],
        "may_write": may(request, WRITERS),
        "form": CodeForm(),
    }
    return TemplateResponse(request, "admin/employer_attach.html", context)


def attach_one(request: HttpRequest, number: int) -> HttpResponse:
    """POST: ask for it; with `code`, prove it."""
    need = unattached_of(organisation_of(request)).filter(pk=number).first()
    if request.method != "POST" or need is None or not may(request, WRITERS):
        raise Http404
    slow_down(request, "need-attach", limit=TRIES, window_seconds=HOUR)
    try:
        _act(request, need)
    except AttachRefused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("employeur:attach"))


def _act(request: HttpRequest, need: EmployerNeed) -> None:
    if "code" not in request.POST:
        attaching.ask(need, by=person_of(request))
        messages.success(request, _("Un code part à la personne qui l’a écrit. Un agent voit aussi votre demande."))
        return
    form = CodeForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["code"])))
    elif attaching.enter_code(need, form.cleaned_data["code"], by=person_of(request)):
        messages.success(request, _("Ce besoin est maintenant dans votre espace."))
    else:
        messages.error(request, _("Ce n’est pas le bon code. Vérifiez chaque signe."))


EMPLOYERS.show_page("a-rattacher/", attach, "attach")
EMPLOYERS.show_page("a-rattacher/<int:number>/", attach_one, "attach_one")
