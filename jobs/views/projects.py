"""Keeping one's project: a secret code, 90 days, no name."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobs import actions
from jobs.forms import OrientationForm
from jobs.models import SeekerProject
from jobs.models.seeker import KEPT_DAYS
from jobs.news import news_pairs
from portal.web.clock import today
from portal.web.errors import Gone
from portal.web.page import PUBLIC, page
from portal.web.throttle import slow_down


@page(who=PUBLIC, writes={"POST"})
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the answers of the address the form came with; the code is shown once, on this page."""
    slow_down(request, "keep-project", limit=20, window_seconds=3_600)
    form = OrientationForm(request.POST)
    form.is_valid()
    answers = form.answers()
    secret = actions.keep_project(answers=answers.kept(), day=today())
    context = {
        "secret": secret,
        "address": request.build_absolute_uri(reverse("jobs:project", args=[secret])),
        "days": KEPT_DAYS,
        "query": answers.query(),
        "breadcrumb": [{"title": _("Projet gardé")}],
    }
    return _unkept(render(request, "jobs/kept.html", context, status=201))


@page(who=PUBLIC, reads={"GET"})
def project(request: HttpRequest, secret: str) -> HttpResponse:
    found = SeekerProject.objects.behind(secret[:60], today()).select_related("best").first()
    if found is None:
        raise Gone(
            _("Ce projet n’existe pas, ou ses 90 jours sont passés : il est effacé."),
            [(_("Recommencer l’orientation"), reverse("jobs:orientation"))],
        )
    pairs = [(name, value) for name, values in found.answers.items() for value in values]
    pairs += news_pairs(getattr(found, "best", None))
    return _unkept(redirect(f"{reverse('jobs:recommendation')}?{urlencode(pairs)}"))


def _unkept(response: HttpResponse) -> HttpResponse:
    """The code, and what it leads to, stay in no cache: the machine may be a library's."""
    response["Cache-Control"] = "no-store"
    return response
