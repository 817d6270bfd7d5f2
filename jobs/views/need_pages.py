"""Posting a need: four short pages, then a code. Without an account; the secret of the address is the only key."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs.employers import drafts, sending
from jobs.employers.answers import COMMITMENT, HOW, SENDING, STEPS, WHAT, WHO, Answers, Target, What
from jobs.employers.drafts import DraftRefused
from jobs.employers.forms import CommitmentForm, HowForm, WhoForm
from jobs.employers.member import first_commitment
from jobs.employers.register import company_register
from jobs.employers.summary import summary_of
from jobs.employers.wanted import skills_of, targets_of
from jobs.employers.what_form import WhatForm
from jobs.models import NeedDraft
from portal.accounts.codes import CodeForm
from portal.web.errors import Gone
from portal.web.page import PUBLIC, page
from portal.web.space import EMPLOYERS
from portal.web.throttle import slow_down

# of one address, in an hour: an office shares one
BEGUN, WRITTEN, OPENED, HOUR = 30, 200, 600, 3_600
TITLES = {
    WHO: gettext_lazy("Qui"),
    WHAT: gettext_lazy("Quoi"),
    HOW: gettext_lazy("Comment"),
    COMMITMENT: gettext_lazy("Engagement"),
    SENDING: gettext_lazy("Envoi"),
}


@page(who=PUBLIC, reads={"GET"}, writes={"POST"})
def begin(request: HttpRequest) -> HttpResponse:
    """The first page: who recruits. Nothing is kept before it is sent."""
    if request.method != "POST":
        return _show(request, "", None, WHO, WhoForm())
    slow_down(request, "need-begin", limit=BEGUN, window_seconds=HOUR)
    form = WhoForm(request.POST)
    if form.is_from_a_robot:
        return HttpResponseRedirect(reverse("jobs:need_begin"))
    who = form.who(company_register().look_up(form.cleaned_data["siret"])) if form.is_valid() else None
    if who is None:
        return _show(request, "", None, WHO, form)
    return _to(drafts.begin(who), WHAT)


@page(who=PUBLIC, reads={"GET"}, writes={"POST"})
def draft(request: HttpRequest, secret: str) -> HttpResponse:
    """GET: where one stopped. POST: the address of the draft, by mail."""
    slow_down(request, "need-open", limit=OPENED, window_seconds=HOUR)
    found = _found(secret)
    if elsewhere := _sign_in(request, found):
        return elsewhere
    if found.need is not None and drafts.is_closed(found):
        return HttpResponseRedirect(found.need.owner_address())
    if request.method == "POST":
        try:
            drafts.mail_address(found, secret)
            messages.success(request, _("L’adresse de votre brouillon est partie par courriel."))
        except DraftRefused as refused:
            messages.error(request, str(refused))
    return _to(secret, drafts.answers_of(found).first_missing)


@page(who=PUBLIC, reads={"GET"}, writes={"POST"})
def step(request: HttpRequest, secret: str, name: str) -> HttpResponse:
    """One page of the draft; a page that comes too early leads to the first that is missing."""
    slow_down(request, "need-open", limit=OPENED, window_seconds=HOUR)
    if request.method == "POST":
        slow_down(request, "need-write", limit=WRITTEN, window_seconds=HOUR)
    found = _found(secret)
    if elsewhere := _sign_in(request, found):
        return elsewhere
    if found.need is not None and drafts.is_closed(found):
        return HttpResponseRedirect(found.need.owner_address())
    answers = drafts.answers_of(found)
    if not answers.may_open(name) or (name == WHO and found.organisation_id):
        return _to(secret, answers.first_missing)
    try:
        return PAGES[name](request, secret, found, answers)
    except DraftRefused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(request.path)


def _found(secret: str) -> NeedDraft:
    found = drafts.find(secret[:60])
    if found is None:
        raise Gone(
            _("Ce brouillon n’existe pas, ou ses trente jours sont passés : il est effacé."),
            [(_("Écrire un besoin"), reverse("jobs:need_begin"))],
        )
    return found


def _sign_in(request: HttpRequest, found: NeedDraft) -> HttpResponse | None:
    """A draft in the name of an organisation opens to the member who writes it, signed in with both factors."""
    if found.organisation is None:
        return None
    if not EMPLOYERS.has_permission(request):
        return EMPLOYERS.login(request)
    if found.person_id != request.user.pk:
        raise Http404
    return None


def _who(request: HttpRequest, secret: str, found: NeedDraft, answers: Answers) -> HttpResponse:
    if request.method != "POST":
        return _show(request, secret, found, WHO, WhoForm(initial=WhoForm.initial_of(answers.who)))
    form = WhoForm(request.POST)
    who = form.who(company_register().look_up(form.cleaned_data["siret"])) if form.is_valid() else None
    if who is None:
        return _show(request, secret, found, WHO, form)
    return _to(secret, drafts.write(found, who).first_missing)


def _what(request: HttpRequest, secret: str, found: NeedDraft, answers: Answers) -> HttpResponse:
    """The title first; then the job it names and its skills, as often as they are changed."""
    known = answers.what
    if request.method != "POST":
        initial = {"title": known.title, "description": known.description, "level": known.level} if known else {}
        return _show(request, secret, found, WHAT, WhatForm(initial=initial, known=known))
    form = WhatForm(request.POST, known=known)
    if not form.is_valid():
        return _show(request, secret, found, WHAT, form)
    said = form.cleaned_data
    written = {name: said[name] for name in ("title", "description", "level")}
    if known is None or ("proposer" in request.POST and said["title"] != known.title and not said["more"]):
        proposals = targets_of(said["title"])
        first = proposals[0] if proposals else None
        return _propose(request, secret, found, What(**written, proposals=proposals), first)
    chosen = form.chosen
    if (chosen.key if chosen else "") != known.target:
        others = [each for each in known.proposals if chosen is None or each.key != chosen.key]
        proposals = tuple(each for each in (chosen, *others) if each)
        return _propose(request, secret, found, What(**written, proposals=proposals), chosen)
    skills = form.skills()
    if form.errors:
        return _show(request, secret, found, WHAT, form)
    # the Enter key presses the first button of the page: only the last one goes on
    is_done = "continuer" in request.POST
    new = What(**written, target=known.target, proposals=known.proposals, skills=skills, is_done=is_done)
    missing = drafts.write(found, new).first_missing
    # the next page opens at its top: a browser keeps the place of the former one
    return _to(secret, missing, "#contenu") if is_done else _to(secret, WHAT, "#competences")


def _propose(request: HttpRequest, secret: str, found: NeedDraft, what: What, chosen: Target | None) -> HttpResponse:
    """Fill the skills in from a job, for the person to read and change."""
    skills = skills_of(chosen) if chosen else ()
    drafts.write(found, replace(what, target=chosen.key if chosen else "", skills=skills))
    if chosen:
        messages.info(request, _("Voici ce que demande d’habitude ce métier : gardez, changez, retirez."))
    else:
        messages.info(request, _("Aucun de nos métiers : ajoutez vous-même les compétences du poste, ou continuez."))
    return _to(secret, WHAT, "#metier")


def _how(request: HttpRequest, secret: str, found: NeedDraft, answers: Answers) -> HttpResponse:
    insee = answers.who.company.insee if answers.who else ""
    if request.method != "POST":
        return _show(request, secret, found, HOW, HowForm(initial=HowForm.initial_of(answers.how, insee)))
    form = HowForm(request.POST)
    if not form.is_valid():
        return _show(request, secret, found, HOW, form)
    return _to(secret, drafts.write(found, form.how()).first_missing)


def _commitment(request: HttpRequest, secret: str, found: NeedDraft, answers: Answers) -> HttpResponse:
    if request.method != "POST":
        known = answers.commitment
        initial = {"said": known.said, "may_be_named": known.may_be_named} if known else first_commitment(found)
        return _show(request, secret, found, COMMITMENT, CommitmentForm(initial=initial))
    form = CommitmentForm(request.POST)
    if not form.is_valid():
        return _show(request, secret, found, COMMITMENT, form)
    return _to(secret, drafts.write(found, form.commitments()).first_missing)


def _sending(request: HttpRequest, secret: str, found: NeedDraft, answers: Answers) -> HttpResponse:
    """Everything once more; the code by mail, then the need leaves. A member of the organisation needs no code."""
    if request.method != "POST":
        return _show(request, secret, found, SENDING, CodeForm())
    if "code" not in request.POST and not drafts.is_confirmed(found):
        drafts.send_code(found)
        messages.success(request, _("Un code est parti à %(email)s.") % {"email": drafts.email_of(found)})
        return HttpResponseRedirect(request.path)
    form = CodeForm(request.POST)
    if not drafts.is_confirmed(found):
        if not form.is_valid():
            return _show(request, secret, found, SENDING, form)
        if not drafts.enter_code(found, form.cleaned_data["code"]):
            form.add_error("code", _("Ce n’est pas le bon code. Vérifiez chaque signe."))
            return _show(request, secret, found, SENDING, form)
    need = sending.send(found)
    messages.success(request, _("C’est envoyé. Un agent de la Région lit votre besoin avant qu’il soit montré."))
    return _unkept(HttpResponseRedirect(need.owner_address()))


PAGES: dict[str, Callable[[HttpRequest, str, NeedDraft, Answers], HttpResponse]] = {
    WHO: _who,
    WHAT: _what,
    HOW: _how,
    COMMITMENT: _commitment,
    SENDING: _sending,
}
TEMPLATES = {
    WHO: "jobs/need_who.html",
    WHAT: "jobs/need_what.html",
    HOW: "jobs/need_how.html",
    COMMITMENT: "jobs/need_commitment.html",
    SENDING: "jobs/need_sending.html",
}


def _to(secret: str, name: str, place: str = "") -> HttpResponse:
    return _unkept(HttpResponseRedirect(reverse("jobs:need_step", args=[secret, name]) + place))


def _show(request: HttpRequest, secret: str, found: NeedDraft | None, name: str, form) -> HttpResponse:
    answers = drafts.answers_of(found) if found else Answers()
    context = {
        "form": form,
        "secret": secret,
        "draft": found,
        "answers": answers,
        "address": request.build_absolute_uri(reverse("jobs:need_draft", args=[secret])) if secret else "",
        "steps": _steps(secret, name, answers),
        "places": form.places_to_choose() if isinstance(form, HowForm) and form.is_bound else [],
        "breadcrumb": [{"title": _("Entreprises"), "url": reverse("jobs:need_begin")}, {"title": TITLES[name]}],
    }
    if name == SENDING and found is not None:
        context |= {"pages": summary_of(answers), "is_confirmed": drafts.is_confirmed(found)}
    return _unkept(render(request, TEMPLATES[name], context, status=422 if form.errors else 200))


def _steps(secret: str, current: str, answers: Answers) -> list[dict]:
    here = STEPS.index(current)
    return [
        {
            "title": TITLES[name],
            "state": "current" if place == here else "done" if place < here else "todo",
            "url": reverse("jobs:need_step", args=[secret, name]) if secret else "",
        }
        for place, name in enumerate(STEPS)
    ]


def _unkept(response: HttpResponse) -> HttpResponse:
    """The secret, and what it leads to, stay in no cache."""
    response["Cache-Control"] = "no-store"
    return response
