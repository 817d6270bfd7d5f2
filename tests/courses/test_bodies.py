"""Training bodies and CFA: what is known of each, and their courses."""

from collections.abc import Callable

import pytest

from courses.models import Contact, TrainingProvider
from tests.makers import make_centre, make_commune, make_course, make_provider

pytestmark = pytest.mark.django_db


def html_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_published_bodies_are_listed_with_their_number_of_published_courses(client):
    atelier = make_provider("Atelier")
    make_provider("Brouillon", published=False)
    make_course(provider=atelier)
    make_course(provider=atelier, published=False)
    html = html_of(client, "/organismes/")
    assert ">1 organisme</span></h2>" in html
    assert "1 formation</span>" in html
    assert "Brouillon" not in html


def test_an_unknown_certificate_is_not_an_absent_one(client):
    make_provider("Atelier")
    make_provider("Certifié", qualiopi=["training"])
    html = html_of(client, "/organismes/")
    assert "Qualiopi non vérifié" in html
    assert "Certifié Qualiopi, vérifié le 15 janvier 2027" in html
    assert "Sans Qualiopi" not in html


def test_bodies_are_found_by_name_whatever_the_accents_and_by_departement(client):
    make_provider("École des Données", commune=make_commune("Rodez"))
    make_provider("Atelier", commune=make_commune("Toulouse"))
    html = html_of(client, "/organismes/?q=ecole")
    assert ("École des Données</a>" in html, "Atelier</a>" in html) == (True, False)
    html = html_of(client, "/organismes/?departement=31")
    assert ("École des Données</a>" in html, "Atelier</a>" in html) == (False, True)


def test_a_list_that_finds_nobody_offers_three_ways_on(client):
    html = html_of(client, "/organismes/?q=zzz")
    assert html.partition('class="exits"')[2].partition("</ul>")[0].count("<li>") == 3


@pytest.mark.parametrize("query", ["page=0", "page=1e18", "departement=99", "q=%25", "q=" + "a" * 300])
def test_odd_questions_give_a_page(client, query):
    make_provider("Atelier")
    html_of(client, f"/organismes/?{query}")
    html_of(client, f"/cfa/?{query}")


def test_the_page_of_a_body_shows_its_courses_and_what_is_known(client):
    body = make_provider(
        "Atelier", commune=make_commune("Rodez"), phone="05 65 00 00 00", presentation="Deux mots.", qualiopi=["vae"]
    )
    make_course("Données", provider=body)
    make_course("Ailleurs")
    html = html_of(client, body.get_absolute_url())
    assert "1 formation publiée" in html
    assert "Données" in html
    assert "Ailleurs" not in html
    assert 'href="tel:0565000000"' in html
    assert "validation des acquis" in html
    assert "vérifié le 15 janvier 2027" in html


def test_a_wrong_slug_moves_and_a_body_never_published_does_not_exist(client):
    body = make_provider("Atelier")
    assert client.get(f"/organismes/x-{body.pk}/")["Location"] == body.get_absolute_url()
    assert client.get(make_provider("Brouillon", published=False).get_absolute_url()).status_code == 404
    body.withdraw(by=None)
    assert client.get(body.get_absolute_url()).status_code == 410


def test_a_cfa_is_known_by_its_uai_in_either_case(client):
    centre = make_centre("CFA de l’Aubrac", uai="0120001B", commune=make_commune("Rodez"))
    make_course("Apprendre", centre=centre)
    assert "CFA de l’Aubrac" in html_of(client, "/cfa/")
    assert "Apprendre" in html_of(client, "/cfa/0120001B/")
    assert "Apprendre" in html_of(client, "/cfa/0120001b/")


@pytest.mark.parametrize("uai", ["0120009Z", "x", "²" * 8, "012000AA", "%25"])
def test_a_cfa_nobody_knows_does_not_exist(client, uai):
    assert client.get(f"/cfa/{uai}/").status_code == 404


def test_queries_do_not_grow_with_rows(client, count_queries: Callable[[str], int]):
    body, centre = make_provider("Atelier", qualiopi=["training"]), make_centre()
    make_centre(provider=body)
    make_course(provider=body, centre=centre, session={})
    addresses = ["/organismes/", "/cfa/", body.get_absolute_url(), centre.get_absolute_url()]
    few = [count_queries(address) for address in addresses]
    for number in range(8):
        make_provider(f"Organisme {number}", qualiopi=["training", "vae"], commune=make_commune("Rodez"))
        make_centre(provider=body)
        make_course(provider=body, centre=centre, session={})
    assert [count_queries(address) for address in addresses] == few
    assert TrainingProvider.objects.count() == 9


def test_a_body_says_whom_to_ask_for_what_and_no_address(client):
    provider = make_provider("Atelier des Causses")
    for shown, name in ((True, "Inès Calmels"), (False, "Rémi Astruc")):
        Contact.objects.create(
            organisation=provider.organisation,
            role="admission",
            name=name,
            email="cachee@essai.example",
            is_shown=shown,
        )
    page = client.get(provider.get_absolute_url()).content.decode()
    assert "Inès Calmels" in page
    assert "Rémi Astruc" not in page
    assert "cachee@essai.example" not in page
