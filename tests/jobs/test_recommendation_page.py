"""The recommendation as a person may question it: other columns, a course that is not there, a need told by POST."""

import logging
import re

import pytest
from django.test import Client

from jobs.snapshot import keeping
from tests.makers import in_days, make_commune, make_course, make_offering, make_profile, make_skill, publish

ADDRESS = "/orientation/resultats/?metier=data-analyst&lieu=Rodez"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["base", "snapshot"])
def catalogue(request, settings, tmp_path):
    """Each of three courses is the first by one column at least; read from the base, then from a snapshot."""
    settings.CAMINS_SNAPSHOT_DIR = tmp_path
    python, sql = make_skill("Python"), make_skill("SQL")
    make_profile("Data analyst", skills={python: 2, sql: 2})
    make_commune("Rodez", latitude=44.35, longitude=2.57)
    make_commune("Albi", latitude=43.93, longitude=2.15)
    made = {
        "whole": make_course(
            "Python et SQL",
            skills={python: 2, sql: 2},
            offering={"where": "Albi", "costs": {"jobseeker": 90_000}},
            session={"starts_on": in_days(60)},
        ),
        "near": make_course(
            "Python près de chez vous",
            skills={python: 2},
            offering={"where": "Rodez", "costs": {"jobseeker": 50_000}},
            session={"starts_on": in_days(90)},
        ),
        "free": make_course(
            "Python gratuit",
            skills={python: 1},
            offering={"where": "Albi", "costs": {"jobseeker": 0}},
            session={"starts_on": in_days(20)},
        ),
        "untold": make_course("Python, sans rien dire", skills={python: 2}),
    }
    if request.param == "snapshot":
        keeping.make()
    return made


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\xa0", " ")


def titles_of(answer) -> list[str]:
    return [result["card"].title for result in answer.context["results"]]


@pytest.mark.parametrize(
    ("column", "first", "last"),
    [
        ("competences", "Python et SQL", "Python gratuit"),
        ("date", "Python gratuit", "Python, sans rien dire"),
        ("distance", "Python près de chez vous", "Python, sans rien dire"),
        ("cout", "Python gratuit", "Python, sans rien dire"),
    ],
)
def test_each_column_sorts_and_what_nobody_told_comes_last(client, catalogue, column, first, last):
    page = client.get(f"{ADDRESS}&tri={column}")
    assert len(titles_of(page)) == 4
    assert (titles_of(page)[0], titles_of(page)[-1]) == (first, last)
    assert str(page.context["heading"]) in text_of(page)
    # in another order, points say nothing of a rank
    assert "de la précédente" not in text_of(page)
    assert all(result["points_behind"] is None for result in page.context["results"])


def test_columns_are_links_and_a_distance_needs_a_place(client, catalogue):
    page = client.get(ADDRESS).content.decode()
    columns = re.findall(r'href="(/orientation/resultats/\?[^"]*tri=(\w+))#reponses"', page)
    assert [column for _address, column in columns] == ["competences", "date", "distance", "cout"]
    for address, _column in columns:
        assert client.get(address.replace("&amp;", "&")).status_code == 200
    assert "tri=distance" not in client.get("/orientation/resultats/?metier=data-analyst").content.decode()
    (duration,) = re.findall(r'href="(/formations/\?[^"]*tri=duree[^"]*)"', page)
    assert client.get(duration.replace("&amp;", "&")).status_code == 200
    assert "Sélectionnez un choix valide" in text_of(client.get(f"{ADDRESS}&tri=noms"))
    assert "mailto:contact@camins.example?subject=Un%20classement" in page


def test_the_order_of_a_column_goes_through_the_pages(client, catalogue, monkeypatch):
    monkeypatch.setattr("jobs.views.recommendation.PER_PAGE", 2)
    first, second = (client.get(f"{ADDRESS}&tri=cout&page={number}") for number in (1, 2))
    assert titles_of(first) == ["Python gratuit", "Python près de chez vous"]
    assert titles_of(second) == ["Python et SQL", "Python, sans rien dire"]
    assert "tri=cout&amp;page=2" in first.content.decode()


def test_a_card_says_what_would_change_its_rank(client, catalogue):
    page = client.get(ADDRESS)
    behind = [result for result in page.context["results"] if result["points_behind"]]
    assert behind
    for result in behind:
        lost = sum(points for _label, points in result["behind_on"])
        assert lost >= result["points_behind"]
    assert "Ce qui changerait son rang : " in text_of(page)


def test_a_named_course_is_told_its_rank_or_what_leaves_it_out(client, catalogue):
    make_course("Poterie", skills={make_skill("Tournage"): 2})
    far = f"{ADDRESS}&rayon=10"
    assert "Elle est au rang 1 sur " in text_of(client.get(f"{far}&formation=Python près de chez vous"))
    assert "Vos conditions l’écartent : à 5" in text_of(client.get(f"{far}&formation=Python et SQL"))
    assert "Une autre de vos conditions" in text_of(client.get(f"{far}&budget=0&formation=Python et SQL"))
    assert "Rien ne la relie à ce but" in text_of(client.get(f"{far}&formation=poterie"))
    assert "Aucune formation publiée ne porte ce nom" in text_of(client.get(f"{far}&formation=zzzz"))
    assert "Aucune formation publiée ne porte ce nom" in text_of(client.get(f"{far}&formation=999999999"))


def test_a_course_is_named_by_the_address_of_its_page_too(client, catalogue):
    course = catalogue["whole"]
    asked = {
        "metier": "data-analyst",
        "formation": f"https://camins.example/formations/{course.slug}-{course.pk}/?a=1#b",
    }
    page = client.get("/orientation/resultats/", asked)
    (named,) = page.context["named"]
    assert (named.title, named.page) == ("Python et SQL", 1)
    assert f'href="{named.url}"' in page.content.decode()


def test_a_named_course_leads_to_its_page_of_the_answers(client, catalogue, monkeypatch):
    monkeypatch.setattr("jobs.views.recommendation.PER_PAGE", 2)
    page = client.get(f"{ADDRESS}&formation=sans rien dire")
    (named,) = (each for each in page.context["named"] if each.title == "Python, sans rien dire")
    assert "Python, sans rien dire" in titles_of(client.get(f"{ADDRESS}&page={named.page}"))


def test_a_need_of_access_leaves_out_only_what_is_said_to_be_closed(client, catalogue, caplog):
    catalogue["whole"].offerings.update(is_accessible=False)
    catalogue["near"].offerings.update(is_accessible=True, accessibility_note="ascenseur")
    with caplog.at_level(logging.INFO):
        page = client.post(ADDRESS)
    assert sorted(titles_of(page)) == ["Python gratuit", "Python près de chez vous", "Python, sans rien dire"]
    said = text_of(page)
    assert "1 formation est écartée : son organisme dit que le lieu n’est pas accessible" in said
    assert page.context["not_accessible"] == ("Python et SQL",)
    assert "Accessible aux personnes handicapées, dit l’organisme : ascenseur" in said
    assert said.count("l’accès au lieu, dont l’organisme ne dit rien") == 2
    # told to nobody: no line of the log, and nothing in any address of the page
    assert not [record for record in caplog.records if record.name == "camins.answers"]
    assert "acces=" not in page.content.decode()
    assert "Python et SQL" in titles_of(client.get(ADDRESS))


def test_of_a_course_with_an_open_way_the_open_way_answers(client, catalogue):
    course = catalogue["near"]
    course.offerings.update(is_accessible=False)
    make_offering(course, where="Albi", is_accessible=True)
    publish(course)
    page = client.post(ADDRESS)
    (card,) = (each["card"] for each in page.context["results"] if each["card"].title == "Python près de chez vous")
    assert card.town == "Albi"
    assert page.context["not_accessible_count"] == 0
    assert "Aucune formation n’est écartée" in text_of(page)


def test_the_pages_of_a_need_are_buttons(client, catalogue, monkeypatch):
    monkeypatch.setattr("jobs.views.recommendation.PER_PAGE", 3)
    first, second = client.post(ADDRESS), client.post(ADDRESS, {"page": "2"})
    assert 'name="page" value="2"' in first.content.decode()
    assert 'name="page" value="1"' in second.content.decode()
    assert len({*titles_of(first), *titles_of(second)}) == 4
    assert client.post(ADDRESS, {"page": "zz"}).status_code == 200


def test_a_need_is_asked_by_a_form_of_this_site_alone(catalogue):
    assert Client(enforce_csrf_checks=True).post(ADDRESS).status_code == 403
