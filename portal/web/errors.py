"""Error pages: they say what happened and what to do; 400, 414, 500 and 503 need neither session nor database."""

import sys
from collections.abc import Sequence

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


class Gone(Exception):
    """What was asked existed and is no longer shown; `near` holds (label, address) pairs worth a look."""

    def __init__(self, sentence: str, near: Sequence[tuple[str, str]] = ()):
        super().__init__(sentence)
        self.sentence, self.near = sentence, near


class Throttled(Exception):
    """Too many requests of one kind from one place; try again after `wait_seconds`."""

    def __init__(self, wait_seconds: int):
        super().__init__(wait_seconds)
        self.wait_seconds = wait_seconds


def plain_page(request: HttpRequest, status: int) -> HttpResponse:
    """A page that reads nothing of the request: for input that cannot be read and for a server in trouble."""
    sentences = {
        400: (_("Cette adresse ou ce formulaire n'est pas lisible"), _("Revenez à l'accueil et recommencez.")),
        414: (_("Cette adresse est trop longue"), _("Retirez des critères et recommencez.")),
        500: (_("Une erreur de notre part"), _("Elle est enregistrée. Réessayez dans quelques minutes.")),
        503: (_("Le portail reprend son souffle"), _("Réessayez dans une minute : rien n'est perdu.")),
    }
    title, advice = sentences[status]
    page = render_to_string("errors/plain.html", {"title": title, "advice": advice, "status": status})
    response = HttpResponse(page, status=status)
    if status == 503:
        response["Retry-After"] = "30"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return plain_page(request, 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of an exception that nobody took; an absent database is a 503 wherever it was missed.

    Django calls this while it handles the exception, and turns into an answer what a middleware raised before the one
    that looks for an absent database can see it: a session to read, a person behind it.
    """
    return plain_page(request, 503 if isinstance(sys.exception(), OperationalError | InterfaceError) else 500)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/403_form.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def gone(request: HttpRequest, exception: Gone) -> HttpResponse:
    return render(request, "errors/410.html", {"sentence": exception.sentence, "near": exception.near}, status=410)


def throttled(request: HttpRequest, exception: Throttled) -> HttpResponse:
    response = render(request, "errors/429.html", {"wait_seconds": exception.wait_seconds}, status=429)
    response["Retry-After"] = str(exception.wait_seconds)
    return response
