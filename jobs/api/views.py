"""The addresses of the orientation's API: what words mean, ranked courses with their reasons, paths."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from courses.api.parameters import openapi_of
from courses.api.views import UNREADABLE, OpenView
from jobs.api.answers import PathsAsked, RecommendationAsked, jobs_data
from jobs.api.serializers import JobsSerializer, PathsSerializer, RecommendationsSerializer
from jobs.parameters import path_parameters, recommendation_parameters, sentence_parameters
from portal.web.page import PUBLIC, page


class JobsView(OpenView):
    @extend_schema(
        operation_id="metiers",
        summary="Reconnaître un métier",
        description="Les métiers que des mots peuvent vouloir dire, avec la raison de chacun. Sans mots : tous.",
        parameters=[openapi_of(each) for each in sentence_parameters()],
        responses={200: JobsSerializer, **UNREADABLE},
    )
    def get(self, request: Request) -> Response:
        return Response(JobsSerializer(jobs_data(request.query_params)).data)


class RecommendationsView(OpenView):
    @extend_schema(
        operation_id="recommandations",
        summary="Recommander des formations",
        description="Les paramètres de la page des résultats. Les plus utiles d’abord, avec chaque raison.",
        parameters=[openapi_of(each) for each in recommendation_parameters()],
        responses={200: RecommendationsSerializer, **UNREADABLE},
    )
    def get(self, request: Request) -> Response:
        return Response(RecommendationsSerializer(RecommendationAsked(request.query_params).data()).data)


class PathsView(OpenView):
    @extend_schema(
        operation_id="parcours",
        summary="Composer des parcours",
        description="Les paramètres de la page des parcours. Quelques formations à la suite, vers un métier.",
        parameters=[openapi_of(each) for each in path_parameters()],
        responses={200: PathsSerializer, **UNREADABLE},
    )
    def get(self, request: Request) -> Response:
        return Response(PathsSerializer(PathsAsked(request.query_params).data()).data)


api_jobs = page(who=PUBLIC, reads={"GET"})(JobsView.as_view())
api_recommendations = page(who=PUBLIC, reads={"GET"})(RecommendationsView.as_view())
api_paths = page(who=PUBLIC, reads={"GET"})(PathsView.as_view())
