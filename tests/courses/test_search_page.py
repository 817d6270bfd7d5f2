"""The search page: the address is the state, what is broken is said, the rest still works."""

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

import pytest
from django.test import Client
from django.utils.html import escape

from tests.makers import in_days, make_commune, make_course, make_department, make_profile, make_provider, make_skill

pytestmark = pytest.mark.django_db
SEARCH = "/formations/"


def page(client: Client, query: str = "", **headers) -> str:
    response = client.get(f"{SEARCH}?{query}" if query else SEARCH, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_the_first_page_says_how_many_courses_there_are(client):
    make_course("Données")
    html = page(client)
    assert "1 formation" in html
    assert "Données" in html
    assert html.count("<h1") == 1
    assert '<link rel="canonical" href="http://localhost:8000/formations/">' in html
    assert "Formations – Camins</title>" in html


def test_the_form_shows_what_was_asked(client):
    make_course("Python", offering={"where": "Rodez"})
    html = page(client, "q=python&lieu=Rodez&rayon=50&public=employee&tri=cout")
    assert 'value="python"' in html
    assert 'value="Rodez"' in html
    assert '<option value="cout" selected>' in html
    assert "salarié" in html


def test_an_active_filter_can_be_removed_by_a_link(client):
    make_course("A", offering={"modality": "remote"})
    html = page(client, "q=a&modalite=remote&niveau=4")
    assert 'href="/formations/?q=a&amp;niveau=4"' in html


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("modalite=remote&modalite=zzz", "il n’est pas compté"),
        ("niveau=99", "il n’est pas compté"),
        ("rayon=12", "le choix habituel le remplace"),
        ("public=pirate", "le choix habituel le remplace"),
        ("tri=distance", "écrivez d’abord une ville"),
        ("page=-1", "voici la première"),
        ("page=1e18", "voici la première"),
        ("page=9", "voici la dernière"),
        ("lieu=Atlantis", "vérifiez son nom"),
        ("lieu=%C2%B2", "vérifiez son nom"),
        ("q=" + "a" * 500, "120 premiers caractères"),
        ("competence=inconnue", "il n’est pas compté"),
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_works(client, query, sentence):
    make_course("Une formation", summary="a" * 120, offering={"modality": "remote"})
    html = page(client, query)
    assert "Trouver une formation" in html
    assert sentence in html.replace("\N{NO-BREAK SPACE}", " ")


def test_a_known_value_beside_an_unknown_one_still_narrows(client):
    make_course("Loin des yeux", offering={"modality": "remote"})
    make_course("Sur place")
    html = page(client, "modalite=remote&modalite=zzz")
    assert "Loin des yeux" in html
    assert "Sur place</a>" not in html


def test_five_hundred_values_in_a_facet_are_bounded(client):
    make_course("Encore là")
    html = page(client, "&".join(f"metier=m{number}" for number in range(300)))
    assert "Encore là" in html


def test_namesakes_are_links_that_keep_the_rest_of_the_search(client):
    make_commune("Saint-Jean", department="12")
    make_commune("Saint-Jean", department="31")
    html = page(client, "q=python&lieu=Saint-Jean")
    assert "choisissez la vôtre" in html
    assert 'href="/formations/?q=python&amp;lieu=Saint-Jean+%2812%29"' in html


def test_a_departement_written_as_a_place_becomes_a_filter(client):
    make_department(code="12")
    assert 'href="/formations/?departement=12"' in page(client, "lieu=Aveyron")


def test_an_empty_answer_offers_three_ways_out_with_what_they_give(client):
    make_course("Loin", offering={"where": "Toulouse", "costs": {"jobseeker": 0}})
    make_commune("Rodez")
    html = page(client, "lieu=Rodez&rayon=10&cout=0")
    exits = html.partition('class="exits"')[2].partition("</ul>")[0]
    assert exits.count("<li>") == 3
    assert "toute l’Occitanie" in exits
    assert "1 formation" in exits
    assert "/orientation/" in exits


def test_a_course_just_outside_stays_visible_with_how_much_further_it_is(client):
    make_course("Albi", offering={"where": "Albi"})
    make_commune("Rodez")
    html = page(client, "lieu=Rodez&rayon=30")
    assert "Un peu plus loin" in html
    assert "à 28\N{NO-BREAK SPACE}km de plus" in html


def test_a_card_takes_the_search_along(client):
    make_course("Près d’ici", slug="pres-d-ici", offering={"where": "Rodez"})
    html = page(client, "lieu=Rodez&public=employee")
    assert "?lieu=Rodez&amp;public=employee" in html


def test_a_script_gets_the_answers_only_with_their_title_and_address(client):
    make_course("Données")
    response = client.get(f"{SEARCH}?q=donn%C3%A9es&lieu=", headers={"HX-Request": "true"})
    html = response.content.decode()
    assert "<title>" in html
    assert "<html" not in html
    assert "data-announce" in html
    assert response["HX-Push-Url"] == "/formations/?q=donn%C3%A9es"
    assert "HX-Request" in response["Vary"]


def test_history_gets_the_whole_page(client):
    assert "<html" in page(client, **{"HX-Request": "true", "HX-History-Restore-Request": "true"})


def test_pages_are_links_that_keep_the_search(client):
    provider = make_course("Données 0").provider
    for number in range(1, 25):
        make_course(f"Données {number}", provider=provider)
    html = page(client, "q=donn%C3%A9es")
    assert "25 formations" in html
    assert 'href="?q=donn%C3%A9es&amp;page=2"' in html
    assert page(client, "q=donn%C3%A9es&page=2").count('class="card course-card"') == 5


def test_a_name_may_hold_any_sign(client):
    body = make_provider(f"Un {chr(0xE010)}organisme")
    make_course("Données", provider=body)
    html = page(client, f"organisme={body.pk}")
    assert "Un organisme" in html
    assert "1 formation" in html


def test_titles_are_escaped(client):
    make_course("<script>alert(1)</script>")
    html = page(client, "q=" + quote("<script>alert(1)</script>"))
    assert "<script>alert" not in html
    assert escape("<script>alert(1)</script>") in html


def test_queries_do_not_grow_with_rows(client, count_queries: Callable[[str], int]):
    address = f"{SEARCH}?q=python&lieu=Rodez&rayon=100&cout=0&niveau=4&competence=python"
    profile, skill = make_profile("Data analyst"), make_skill("Python")
    facts = {"where": "Rodez", "costs": {"jobseeker": 0}}
    for number in range(12):
        make_course(
            f"Python {number}",
            entry_level=4,
            profiles=[profile],
            skills={skill: 2},
            offering=facts,
            session={"starts_on": in_days(number + 1)},
        )
        if number == 6:  # with fewer answers, the page also looks further away
            few = count_queries(address), count_queries(SEARCH)
    assert (count_queries(address), count_queries(SEARCH)) == few
    assert few[0] <= 30


def bad_values(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "badinput" / "values.jsonl").read_text().splitlines()]


def test_hostile_values_give_a_page_or_a_refusal_and_come_back_from_nowhere(client, shared_data, sample_of):
    make_course("Une formation")
    names = ["q", "lieu", "rayon", "public", "cout", "metier", "competence", "tri", "page", "niveau", "inconnu"]
    for case in sample_of([(name, value) for name in names for value in bad_values(shared_data)]):
        name, value = case
        repeat = value.get("repeat", {"unit": "", "times": 0})
        raw = value["pct"] + repeat["unit"] * repeat["times"] + value.get("tail", "")
        encoded = quote(unquote_to_bytes(raw), safe="")
        response = client.get(f"{SEARCH}?{name}={encoded}")
        assert response.status_code in (200, 400, 414), value["id"]
        html = response.content.decode()
        assert not [needle for needle in value.get("needle", []) if needle in html], value["id"]


def test_a_slip_of_the_pen_is_met_with_the_name_that_was_meant(client):
    make_course("Parcours B", profiles=[make_profile("Data scientist")])
    html = page(client, "q=datascientiste")
    assert "Parcours B" in html
    assert "Résultats pour « Data scientist »" in html
    assert 'href="/formations/?q=datascientiste&amp;graphie=exacte"' in html
    assert "Aucune formation" in page(client, "q=datascientiste&graphie=exacte")


def test_a_course_one_may_enter_all_year_says_so(client):
    make_course("Atelier permanent", offering={"where": "Rodez", "entry_mode": "permanent"})
    assert "toute l’année" in client.get("/formations/").content.decode()


def test_what_costs_nothing_is_a_filter_and_the_page_says_so(client):
    make_course("Tableaux de bord")
    sentence = escape(
        "cochez « 0 € à ma charge »".replace("« ", "«\xa0").replace(" »", "\xa0»").replace("0 €", "0\xa0€")
    )
    html = page(client, "q=tableaux+gratuite")
    assert "1 formation" in html
    assert sentence in html
    assert sentence not in page(client, "q=tableaux+gratuite&cout=0")
    assert sentence not in page(client, "q=tableaux")
