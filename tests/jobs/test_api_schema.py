"""The orientation's API held to what it says of itself: requests made from the schema, answers checked against it."""

import pytest
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error

from portal.reference.models import JobProfile
from tests.courses import test_api_schema as courses_schema
from tests.courses.test_api_schema import REQUESTS, SAID, run, schema

__all__ = ["schema"]

METIERS, RECOMMANDATIONS, PARCOURS = (f"/api/v1/{name}/" for name in ("metiers", "recommandations", "parcours"))
PATHS = [METIERS, RECOMMANDATIONS, PARCOURS]
# an answer here costs more than one of the search
FEWER = REQUESTS // 4


@pytest.mark.parametrize("path", PATHS)
def test_what_the_schema_allows_is_answered_as_it_says(schema, path, share_of, record_count):
    run(schema, path, GenerationMode.POSITIVE, share_of(FEWER), SAID)
    record_count("requests made from the schema", share_of(FEWER))


@pytest.mark.parametrize("path", PATHS)
def test_what_the_schema_forbids_is_no_error_of_ours(schema, path, share_of, record_count):
    run(schema, path, GenerationMode.NEGATIVE, share_of(FEWER), ())
    record_count("requests made from the schema", share_of(FEWER))


LIMITS = [
    {},
    {"lieu": "Rodez", "rayon": "50", "budget": "0", "niveau": "3", "sais": ["python-1", "sql-0"]},
    {"distance": "seulement", "public": "employee", "apres": "2027-03-01", "tri": "date"},
    {"fin": "2027-04-01", "heures": "100", "etapes": "2", "distance": "non", "lieu": "Toulouse"},
]


@pytest.mark.parametrize("path", [RECOMMANDATIONS, PARCOURS])
def test_every_job_of_the_world_fits_the_schema(schema, path, share_of):
    """Answers with something in them, which chance does not ask for."""
    slugs = list(JobProfile.objects.shown().order_by("slug").values_list("slug", flat=True))
    for number, slug in enumerate(slugs[: max(4, share_of(len(slugs)))]):
        limits = {name: value for name, value in LIMITS[number % len(LIMITS)].items() if name in _taken(schema, path)}
        case = schema[path]["GET"].Case(query={"metier": slug, **limits})
        response = case.call_and_validate(checks=[not_a_server_error, *SAID])
        assert response.status_code == 200
        assert response.json()["but"]["code"] == slug


@pytest.mark.parametrize(
    "words", ["", "data analyst", "je suis comptable à Rodez, je veux travailler dans la donnée", "zzzz qqqq"]
)
def test_what_words_mean_fits_the_schema(schema, words):
    case = schema[METIERS]["GET"].Case(query={"q": words})
    assert case.call_and_validate(checks=[not_a_server_error, *SAID]).status_code == 200


def test_every_address_of_the_api_is_tried(schema):
    assert set(schema.raw_schema["paths"]) == {*PATHS, *courses_schema.PATHS, *courses_schema.WITH_A_KEY}


def _taken(schema, path: str) -> set[str]:
    return {each["name"] for each in schema.raw_schema["paths"][path]["get"]["parameters"]}
