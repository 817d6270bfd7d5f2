"""The API held to what it says of itself: requests made from the schema, answers checked against it."""

import io

import pytest
import schemathesis
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from courses.models import Course
from portal.wsgi import application

SCHEMA = "/api/v1/schema/?format=json"
REQUESTS = 1_000  # per address and mode
SAID = (status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance)


@pytest.fixture(scope="module")
def schema(world):
    return schemathesis.openapi.from_wsgi(SCHEMA, application)


def run(schema, path: str, mode: GenerationMode, count: int, checks: tuple) -> None:
    """So many requests to an address; each answer passes the checks."""
    operation = schema[path]["GET"]

    @settings(max_examples=count, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        case.call_and_validate(checks=[not_a_server_error, *checks])

    ask()


PATHS = ["/api/v1/formations/", "/api/v1/formations/{id}/"]
# for bodies that hold a key, which a draw has not: tried in test_pushes.py
WITH_A_KEY = ["/api/v1/imports/", "/api/v1/imports/{id}/"]


@pytest.mark.parametrize("path", PATHS)
def test_what_the_schema_allows_is_answered_as_it_says(schema, path, share_of, record_count):
    run(schema, path, GenerationMode.POSITIVE, share_of(REQUESTS), SAID)
    record_count("requests made from the schema", share_of(REQUESTS))


@pytest.mark.parametrize("path", PATHS)
def test_what_the_schema_forbids_is_no_error_of_ours(schema, path, share_of, record_count):
    run(schema, path, GenerationMode.NEGATIVE, share_of(REQUESTS), ())
    record_count("requests made from the schema", share_of(REQUESTS))


def test_every_published_course_fits_the_schema(schema, share_of):
    """Also those that chance does not ask for."""
    ids = Course.objects.published().order_by("pk").values_list("pk", flat=True)
    for number in ids[: share_of(len(ids))]:
        case = schema["/api/v1/formations/{id}/"]["GET"].Case(path_parameters={"id": number})
        response = case.call_and_validate(checks=[not_a_server_error, *SAID])
        assert response.status_code == 200


def test_the_schema_is_made_without_a_warning(schema):
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=io.StringIO())
    assert set(PATHS) <= set(schema.raw_schema["paths"])
