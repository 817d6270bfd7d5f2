"""The two addresses for whoever has a key: send a file, ask what became of it."""

from typing import Any

from django.http import Http404, HttpRequest
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.api import pushes
from courses.api.negotiation import Always
from courses.api.serializers import ErrorSerializer, RunSerializer
from courses.import_screens.screen import ring
from courses.importers import doors
from courses.importers.faults import ImportRefused
from courses.models import FeedToken
from portal.web.clock import today
from portal.web.page import PUBLIC, page
from portal.web.throttle import slow_down

# per key, in ten minutes; what comes without a right key, per address
SENDINGS, QUESTIONS, BAD_KEYS, WINDOW = 60, 1_200, 60, 600
KEY: Any = [{"cle": []}]
ERRORS = dict.fromkeys((400, 401, 413, 415, 422, 429), ErrorSerializer)
BESIDE = [
    OpenApiParameter("nom", OpenApiTypes.STR, description="Le nom du fichier, en .csv, .xlsx ou .xml."),
    OpenApiParameter(
        "toute_offre",
        OpenApiTypes.STR,
        enum=["0", "1"],
        description="1 : le fichier contient toute l’offre ; ce qui n’y est plus est retiré du site.",
    ),
    OpenApiParameter(
        "Idempotency-Key",
        OpenApiTypes.STR,
        OpenApiParameter.HEADER,
        description="Le nom que vous donnez à cet envoi : le refaire ne crée pas de second import.",
    ),
]


class KeyView(APIView):
    """For one body at a time, by its key: no cookie is read, and no other site may ask from a browser."""

    content_negotiation_class = Always


class ImportsView(KeyView):
    @extend_schema(
        operation_id="envoyer",
        summary="Envoyer un fichier de formations",
        description="Le corps est le fichier : CSV, Excel ou LHÉO, 50 Mo au plus. Sans faute, il est appliqué seul.",
        parameters=BESIDE,
        request=dict.fromkeys(pushes.FORMATS, OpenApiTypes.BINARY),
        responses={201: RunSerializer, 200: RunSerializer, **ERRORS},
        auth=KEY,
    )
    def post(self, request: Request) -> Response:
        sent = request._request
        token = known_key(sent, "push", limit=SENDINGS)
        said = pushes.told(sent)
        try:
            run, is_new = doors.push(
                token,
                chunks=pushes.pieces(sent),
                file_name=pushes.name_for(sent, said["nom"]),
                key=said["cle"],
                is_whole_offer=said["toute_offre"] == "1",
            )
        except ImportRefused as refused:
            raise pushes.Refused(413, refused.fault.message) from refused
        except doors.OtherBody as other:
            raise pushes.Refused(422, str(other)) from other
        doors.note_use(token, today())
        ring()
        return answer(run, 201 if is_new else 200)


class ImportView(KeyView):
    @extend_schema(
        operation_id="envoi",
        summary="Ce qu’un envoi est devenu",
        parameters=[OpenApiParameter("id", {"type": "integer", "minimum": 1}, OpenApiParameter.PATH)],
        responses={200: RunSerializer, 401: ErrorSerializer, 404: ErrorSerializer, 429: ErrorSerializer},
        auth=KEY,
    )
    def get(self, request: Request, id: int) -> Response:
        run = pushes.run_of(known_key(request._request, "push-asked", limit=QUESTIONS), id)
        if run is None:
            raise Http404
        return answer(run, 200)


def known_key(request: HttpRequest, act: str, *, limit: int) -> FeedToken:
    """The key of a request, counted by itself: two bodies behind one address do not slow each other down.

    Raises Refused, or Throttled; nothing of the body is read before.
    """
    try:
        token = pushes.bearer(request)
    except pushes.Refused:
        slow_down(request, "push-bad-key", limit=BAD_KEYS, window_seconds=WINDOW)
        raise
    slow_down(request, act, limit=limit, window_seconds=WINDOW, who=f"key {token.pk}")
    return token


def answer(run, status: int) -> Response:
    return Response(RunSerializer(pushes.run_data(run)).data, status=status, headers={"Cache-Control": "no-store"})


api_imports = page(who=PUBLIC, writes={"POST"})(ImportsView.as_view())
api_import = page(who=PUBLIC, reads={"GET"})(ImportView.as_view())
