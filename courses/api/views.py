"""The addresses of the API: two give JSON, one describes them to machines, one explains them to people."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.api.answers import ApiSearch, course_data, was_published
from courses.api.negotiation import Always, Preferred
from courses.api.parameters import openapi_parameters, parameters
from courses.api.serializers import AnswerSerializer, CourseSerializer, ErrorSerializer
from courses.search.lexicon import current
from portal.web.errors import Gone
from portal.web.page import PUBLIC, page

UNREADABLE = {
    (400, "text/html"): OpenApiResponse(OpenApiTypes.STR, "Une adresse illisible (UTF-8 faux, caractère nul)."),
    (414, "text/html"): OpenApiResponse(OpenApiTypes.STR, "Une adresse trop longue."),
}


class OpenView(APIView):
    """Any site may read these answers: they hold nothing of whoever asks."""

    content_negotiation_class: type = Always

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response


class CoursesView(OpenView):
    @extend_schema(
        operation_id="formations",
        summary="Chercher des formations",
        description="Les paramètres de la page de recherche. Ce qui n’est pas compris est dit, et le reste compte.",
        parameters=openapi_parameters(),
        responses={200: AnswerSerializer, **UNREADABLE},
    )
    def get(self, request: Request) -> Response:
        return Response(AnswerSerializer(ApiSearch(request.query_params).data()).data)


class CourseView(OpenView):
    @extend_schema(
        operation_id="formation",
        summary="Une formation",
        parameters=[OpenApiParameter("id", {"type": "integer", "minimum": 1}, OpenApiParameter.PATH)],
        responses={200: CourseSerializer, 404: ErrorSerializer, 410: ErrorSerializer, **UNREADABLE},
    )
    def get(self, request: Request, id: int) -> Response:
        found = course_data(id)
        if found is not None:
            return Response(CourseSerializer(found).data)
        if was_published(id):
            raise Gone(_("Cette formation n’est plus proposée."))
        raise Http404


class SchemaView(OpenView):
    """OpenAPI 3, as YAML to take away; as JSON for who accepts it or asks `?format=json`."""

    # the second of each kind is the same under its general name: application/yaml, application/json
    renderer_classes = [OpenApiYamlRenderer, OpenApiYamlRenderer2, OpenApiJsonRenderer, OpenApiJsonRenderer2]
    content_negotiation_class = Preferred

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        name = f"camins-api.{getattr(request.accepted_renderer, 'format', 'yaml')}"
        return Response(openapi(get_language()), headers={"Content-Disposition": f'attachment; filename="{name}"'})


@cache
def openapi(language: str | None) -> dict[str, Any]:
    """The schema, made once per process: it depends on the code alone."""
    return SchemaGenerator().get_schema(request=None, public=True)


api_courses = page(who=PUBLIC, reads={"GET"})(CoursesView.as_view())
api_course = page(who=PUBLIC, reads={"GET"})(CourseView.as_view())
api_schema = page(who=PUBLIC, reads={"GET"})(SchemaView.as_view())


@page(who=PUBLIC, reads={"GET"})
def api_page(request: HttpRequest) -> HttpResponse:
    context = {
        "parameters": list(parameters(current().lexicon)),
        "contact": settings.CAMINS_CONTACT_EMAIL,
    }
    return render(request, "courses/api.html", context)
