"""What the API answers when there is nothing to give: a sentence in French under `detail`."""

from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.response import Response
from rest_framework.views import exception_handler

from portal.web.errors import Gone, Throttled

RETRY_SECONDS = 30


def answer_to(exception: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's own handler, and the answers it lacks: gone (410), too often (429), a database that is away (503)."""
    if isinstance(exception, Gone):
        return Response({"detail": exception.sentence}, status=410)
    if isinstance(exception, Throttled):
        said = _("Trop de demandes depuis cette adresse : recommencez dans quelques minutes.")
        return Response({"detail": said}, status=429, headers={"Retry-After": str(exception.wait_seconds)})
    if isinstance(exception, Http404):
        return Response({"detail": _("Rien ne répond à cette adresse.")}, status=404)
    if isinstance(exception, OperationalError | InterfaceError):
        said = _("Le portail reprend son souffle : réessayez dans une minute.")
        return Response({"detail": said}, status=503, headers={"Retry-After": str(RETRY_SECONDS)})
    return exception_handler(exception, context)
