"""The API: the answers of the search as data, what is unknown told as unknown, what is broken said."""

import json
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from courses.enums import Audience
from courses.filters import CourseFilterSet
from courses.models import Course
from courses.search.facets import FACETS
from portal.reference.models import Certification
from tests.makers import (
    DAY,
    in_days,
    make_centre,
    make_commune,
    make_course,
    make_department,
    make_offering,
    make_profile,
    make_provider,
    make_session,
    make_skill,
    make_user,
)

pytestmark = pytest.mark.django_db
API = "/api/v1/formations/"
SCHEMA = "/api/v1/schema/"
SITE = "http://localhost:8000"


def ask(client, query: str = "") -> dict:
    response = client.get(f"{API}?{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    return response.json()


def titles(client, query: str) -> list[str]:
    return [each["intitule"] for each in ask(client, query)["resultats"]]


def sentences(answer: dict) -> str:
    return " ".join(each["phrase"] for each in answer["avertissements"])


@pytest.fixture
def full() -> Course:
    """A course of which everything is known."""
    certification = Certification.objects.create(register="RNCP", number="37827", title="Développeur IA", level=6)
    course = make_course(
        "Développeur en IA",
        slug="developpeur-en-ia",
        summary="Programmer des modèles.",
        provider=make_provider("École des données", slug="ecole-des-donnees"),
        centre=make_centre("CFA des données", uai="0310001A"),
        profiles=[make_profile("Data analyst")],
        skills={make_skill("Python"): 2},
        entry_level=4,
        exit_level=6,
        is_certifying=True,
        verified_on=DAY,
        offering={
            "where": "Rodez",
            "duration_hours": 140,
            "fundings": ["region", "cpf"],
            "is_accessible": True,
            "entry_mode": "permanent",
            "costs": {"jobseeker": 0, "employee": 250_000, "apprentice": None},
        },
        session={"starts_on": in_days(20), "seats_left": 3, "recruitment": "open"},
    )
    course.certifications.add(certification)
    course.offerings.get().costs.filter(audience="jobseeker").update(condition="Inscrit à France Travail.")
    return course


def test_a_course_is_told_in_full(client, full):
    answer = ask(client)
    assert (answer["total"], answer["page"], answer["pages"]) == (1, 1, 1)
    assert answer["suivante"] is answer["precedente"] is answer["facettes"] is None
    assert answer["avertissements"] == []
    (told,) = answer["resultats"]
    assert told.pop("publiee_le")
    (action,) = told.pop("actions")
    provider = full.provider
    assert told == {
        "id": full.pk,
        "url": f"{SITE}/formations/developpeur-en-ia-{full.pk}/",
        "api": f"{SITE}{API}{full.pk}/",
        "intitule": "Développeur en IA",
        "organisme": {
            "id": provider.pk,
            "nom": "École des données",
            "url": f"{SITE}/organismes/ecole-des-donnees-{provider.pk}/",
        },
        "cfa": {"uai": "0310001A", "nom": "CFA des données", "url": f"{SITE}/cfa/0310001A/"},
        "resume": "Programmer des modèles.",
        "niveau_entree": 4,
        "niveau_sortie": 6,
        "certifiante": True,
        "certifications": [
            {
                "code": "RNCP37827",
                "repertoire": "RNCP",
                "numero": "37827",
                "intitule": "Développeur IA",
                "niveau": 6,
                "validite": dict.fromkeys(["expiree", "fin_enregistrement", "remplacee_par", "selon", "verifiee_le"]),
            }
        ],
        "metiers": [{"code": "data-analyst", "intitule": "Data analyst", "url": f"{SITE}/metiers/data-analyst/"}],
        "competences": [{"code": "python", "intitule": "Python", "niveau": 2}],
        "verifiee_le": "2027-01-15",
    }
    unknown = {"centimes": None, "condition": None}
    assert action == {
        "id": full.offerings.get().pk,
        "lieu": {
            "commune": "Rodez",
            "code_insee": full.offerings.get().commune_id,
            "departement": "12",
            "departement_nom": "Aveyron",
            "latitude": 44.3526,
            "longitude": 2.574,
        },
        "modalite": "onsite",
        "duree_heures": 140,
        "entrees": "permanent",
        "financements": ["region", "cpf"],
        "accessible": True,
        "restes_a_charge": {
            "jobseeker": {"centimes": 0, "condition": "Inscrit à France Travail."},
            "employee": {"centimes": 250_000, "condition": None},
            "apprentice": unknown,
            "self_funded": unknown,
        },
        "prochaine_session": {
            "debut": "2027-02-04",
            "precision": "day",
            "places_restantes": 3,
            "complete": False,
            "recrutement": "open",
            "inscription_jusqu_au": None,
            "etat": "open",
        },
        "repond": True,
        "distance_km": None,
    }


def test_what_nobody_said_is_null(client):
    course = make_course("Presque rien", offering={"modality": None}, session={"starts_on": None})
    told = client.get(f"{API}{course.pk}/").json()
    for name in ("cfa", "resume", "niveau_entree", "niveau_sortie", "certifiante", "verifiee_le"):
        assert told[name] is None, name
    (action,) = told["actions"]
    for name in ("modalite", "duree_heures", "financements", "accessible", "prochaine_session"):
        assert action[name] is None, name
    assert set(action["lieu"].values()) == {None}
    assert set(action["restes_a_charge"]) == set(Audience.values)
    assert all(cost == {"centimes": None, "condition": None} for cost in action["restes_a_charge"].values())


@pytest.mark.parametrize(
    ("session", "complete", "state"),
    [
        ({"is_full": True}, True, "full"),
        ({"seats_left": 0}, True, "full"),
        ({"seats_left": 8}, False, "open"),
        ({"recruitment": "closed"}, None, "closed"),
        ({}, None, "open"),
    ],
)
def test_a_session_is_complete_open_or_nobody_knows(client, session, complete, state):
    make_course("Une formation", session=session)
    (told,) = ask(client)["resultats"]
    said = told["actions"][0]["prochaine_session"]
    assert (said["complete"], said["etat"]) == (complete, state)


ONE_VALUE = {
    "cout": "0",
    "departement": "12",
    "modalite": "onsite",
    "debut": "permanent",
    "duree": "36-210",
    "niveau": "4",
    "sortie": "6",
    "metier": "data-analyst",
    "competence": "python",
    "financement": "cpf",
    "certifiante": "oui",
    "certification": "RNCP37827",
    "accessible": "oui",
    "cfa": "0310001A",
}


def test_every_facet_of_the_search_is_tried_here():
    assert set(ONE_VALUE) | {"rayon", "organisme"} == {facet.name for facet in FACETS}


@pytest.mark.parametrize("name", ONE_VALUE)
def test_a_facet_narrows(client, full, name):
    make_course("Autre chose", offering={"modality": "remote", "costs": {"jobseeker": 90_000}})
    answer = ask(client, f"{name}={ONE_VALUE[name]}&facettes=1")
    assert [each["id"] for each in answer["resultats"]] == [full.pk]
    assert answer["avertissements"] == []
    assert answer["facettes"][name][ONE_VALUE[name]] == 1


def test_a_body_and_a_distance_narrow_too(client, full):
    make_course("Ailleurs", offering={"where": "Toulouse"})
    assert titles(client, f"organisme={full.provider_id}") == ["Développeur en IA"]
    make_commune("Onet-le-Château")
    answer = ask(client, "lieu=Onet-le-Ch%C3%A2teau&rayon=10&facettes=1")
    assert [each["actions"][0]["distance_km"] for each in answer["resultats"]] == [1.9]
    assert answer["facettes"]["rayon"] == {"10": 1, "30": 1, "50": 1, "100": 1, "region": 2}


def test_an_offering_tells_whether_it_answers(client):
    course = make_course("Deux lieux", offering={"where": "Rodez"})
    make_offering(course, where="Toulouse")
    (told,) = ask(client, "departement=31")["resultats"]
    assert [(each["lieu"]["commune"], each["repond"]) for each in told["actions"]] == [
        ("Rodez", False),
        ("Toulouse", True),
    ]


def test_words_and_order(client):
    make_course("Python tard", offering={"where": "Rodez"}, session={"starts_on": in_days(90)})
    make_course("Python tôt", offering={"where": "Rodez"}, session={"starts_on": in_days(9)})
    make_course("Cuisine")
    assert titles(client, "q=python&tri=date") == ["Python tôt", "Python tard"]


def test_pages_are_absolute_links_that_keep_the_search(client):
    provider = make_provider()
    for number in range(45):
        make_course(f"Données {number}", provider=provider)
    make_course("Cuisine")
    second = ask(client, "q=donn%C3%A9es&page=2&facettes=1")
    assert (second["total"], second["page"], second["pages"], len(second["resultats"])) == (45, 2, 3, 20)
    query = "q=donn%C3%A9es&facettes=1"
    assert second["precedente"] == f"{SITE}{API}?{query}"
    assert second["suivante"] == f"{SITE}{API}?{query}&page=3"
    seen, path = [], f"{API}?q=donn%C3%A9es"
    while path:
        answer = client.get(path).json()
        seen += [each["id"] for each in answer["resultats"]]
        path = (answer["suivante"] or "").removeprefix(SITE)
    assert len(seen) == len(set(seen)) == 45
    past = ask(client, "q=donn%C3%A9es&page=9")
    assert (past["page"], past["suivante"], len(past["resultats"])) == (3, None, 5)
    assert "voici la dernière" in sentences(past)


@pytest.mark.parametrize(
    ("query", "name", "sentence"),
    [
        ("modalite=remote&modalite=zzz", "modalite", "il n’est pas compté"),
        ("niveau=99", "niveau", "il n’est pas compté"),
        ("rayon=12", "rayon", "le choix habituel le remplace"),
        ("public=pirate", "public", "le choix habituel le remplace"),
        ("facettes=peut-%C3%AAtre", "facettes", "le choix habituel le remplace"),
        ("tri=distance", "tri", "écrivez d’abord une ville"),
        ("page=-1", "page", "voici la première"),
        ("lieu=Atlantis", "lieu", "vérifiez son nom"),
        ("q=" + "a" * 500, "q", "120 premiers caractères"),
        ("modalit%C3%A9=remote", None, "Un paramètre de cette adresse n’existe pas"),
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_works(client, query, name, sentence):
    make_course("Une formation", summary="a" * 120, offering={"modality": "remote"})
    answer = ask(client, query)
    assert answer["total"] == 1
    (said,) = answer["avertissements"]
    assert (said["parametre"], said["propositions"]) == (name, [])
    assert sentence in said["phrase"]


def test_a_place_that_is_not_clear_comes_with_what_to_write(client):
    make_commune("Saint-Jean", department="12")
    make_commune("Saint-Jean", department="31")
    (said,) = ask(client, "lieu=Saint-Jean")["avertissements"]
    assert [(each["parametre"], each["valeur"]) for each in said["propositions"]] == [
        ("lieu", "Saint-Jean (12)"),
        ("lieu", "Saint-Jean (31)"),
    ]
    (said,) = ask(client, "lieu=Aveyron")["avertissements"]
    assert said["propositions"] == [{"parametre": "departement", "valeur": "12", "intitule": "Aveyron"}]


def test_mended_words_are_said(client):
    make_course("Python")
    answer = ask(client, "q=pythn")
    assert [each["intitule"] for each in answer["resultats"]] == ["Python"]
    assert "« python »" in sentences(answer)
    assert ask(client, "q=pythn&graphie=exacte")["total"] == 0


def test_an_address_of_the_search_page_serves_here(client, full):
    query = "q=ia&cout=0&niveau=4&rayon=region&public=jobseeker"
    answer = ask(client, query)
    assert (answer["total"], answer["avertissements"]) == (1, [])
    assert "1 formation" in client.get(f"/formations/?{query}").content.decode()


# --- one course


def test_one_course_says_all_its_offerings(client, full):
    make_session(make_offering(full, where="Toulouse", modality="mixed"), starts_on=in_days(40))
    told = client.get(f"{API}{full.pk}/").json()
    assert told["intitule"] == "Développeur en IA"
    assert [each["lieu"]["commune"] for each in told["actions"]] == ["Rodez", "Toulouse"]
    assert "repond" not in told["actions"][0]
    assert told["demonstration"] is True


def test_a_course_nobody_saw_is_absent(client):
    drafts = make_course("Brouillon", published=False)
    for number in (drafts.pk, 999_999_999, 10**30):
        response = client.get(f"{API}{number}/")
        assert response.status_code == 404
        assert response.json() == {"detail": "Rien ne répond à cette adresse."}
        assert response["Access-Control-Allow-Origin"] == "*"
    assert ask(client)["total"] == 0


def test_a_withdrawn_course_is_gone(client, full):
    full.withdraw(by=make_user(is_superuser=True, is_staff=True), reason="Fermée")
    response = client.get(f"{API}{full.pk}/")
    assert response.status_code == 410
    assert response.json() == {"detail": "Cette formation n’est plus proposée."}
    assert ask(client)["total"] == 0


# --- how it answers


@pytest.mark.parametrize("path", [API, SCHEMA, f"{API}1/"])
def test_any_site_may_read_and_no_cookie_is_left(client, path):
    response = client.get(path, headers={"Origin": "https://ailleurs.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies


def test_pages_of_the_portal_stay_closed_to_other_sites(client):
    for path in ("/", "/formations/", "/api/"):
        assert "Access-Control-Allow-Origin" not in client.get(path)


def test_head_is_the_answer_without_its_body(client, full):
    for path in (API, f"{API}{full.pk}/", SCHEMA):
        response = client.head(path)
        assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_it_only_reads(client, method):
    assert getattr(client, method)(API).status_code == 405


def test_json_whatever_is_accepted(client):
    for accepted in ("text/html", "application/xml", "*/*", "bruit"):
        assert client.get(API, headers={"Accept": accepted})["Content-Type"] == "application/json"


def test_real_data_is_not_said_to_be_fictional(client, settings):
    assert ask(client)["mention"].startswith("Site de démonstration")
    settings.CAMINS_DEMO = False
    answer = ask(client)
    assert (answer["demonstration"], answer["mention"]) == (False, None)


@pytest.mark.parametrize(
    "query", ["", "q=python", "lieu=Rodez&rayon=100", "cout=0&niveau=4&facettes=1", "facettes=1", "departement=12"]
)
def test_a_list_costs_four_statements_whatever_it_holds(client, query):
    make_department(code="12")
    facts = {"where": "Rodez", "costs": {"jobseeker": 0}}
    for number in range(12):
        make_course(f"Python {number}", entry_level=4, offering=facts, session={"starts_on": in_days(number + 1)})
    ask(client, query)
    with CaptureQueriesContext(connection) as queries:
        assert ask(client, query)["total"] == 12
    assert len(queries) <= 4


def test_a_database_that_is_away_is_said_in_json(client, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr("courses.api.answers.find", away)
    response = client.get(API)
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "réessayez" in response.json()["detail"]


def bad_values(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "badinput" / "values.jsonl").read_text().splitlines()]


def test_hostile_values_give_an_answer_or_a_refusal(client, shared_data, sample_of):
    make_course("Une formation")
    names = [*CourseFilterSet.base_filters, "facettes", "format", "inconnu"]
    for name, value in sample_of([(name, value) for name in names for value in bad_values(shared_data)]):
        repeat = value.get("repeat", {"unit": "", "times": 0})
        raw = value["pct"] + repeat["unit"] * repeat["times"] + value.get("tail", "")
        response = client.get(f"{API}?{name}={quote(unquote_to_bytes(raw), safe='')}")
        assert response.status_code in (200, 400, 414), value["id"]
        told = response.content.decode()
        assert not [needle for needle in value.get("needle", []) if needle in told], value["id"]


# --- the page and the schema


def test_the_page_explains_every_parameter(client):
    make_profile("Data analyst")
    make_department(code="12")
    html = client.get("/api/").content.decode()
    for name in (*CourseFilterSet.base_filters, "facettes"):
        assert f"<code>{name}</code></th>" in html
    for value in ("data-analyst", "12", "501-2000", "pertinence"):
        assert f"<code>{value}</code>" in html
    assert "Licence Ouverte 2.0" in html
    assert f'curl "{SITE}{API}?q=python&amp;' in html


def test_the_schema_is_yaml_or_json(client):
    yaml = client.get(SCHEMA)
    assert yaml["Content-Type"].startswith("application/vnd.oai.openapi")
    assert yaml["Content-Disposition"] == 'attachment; filename="camins-api.yaml"'
    assert yaml.content.startswith(b"openapi: 3.1")
    for told in (client.get(SCHEMA, {"format": "json"}), client.get(SCHEMA, headers={"Accept": "application/json"})):
        names = [each["name"] for each in told.json()["paths"][API]["get"]["parameters"]]
        assert names == [*CourseFilterSet.base_filters, "facettes"]
    assert client.get(SCHEMA, headers={"Accept": "text/html"}).content == yaml.content
    assert client.get(SCHEMA, {"format": "xml"}).status_code == 404
