"""Every refusal is a French page that says what to do, with the same headers as any other."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client

from portal.web.errors import Gone, Throttled
from tests import makers
from tests.house.knock import missing_headers

pytestmark = pytest.mark.django_db
# status: (what a page raises, words the answer must hold)
RAISED = {
    403: (PermissionDenied(), "Vous n’avez pas accès à cette page"),
    404: (Http404(), "Cette page n’existe pas"),
    410: (Gone("Cette fiche est retirée.", [("Une autre", "/formations/")]), "Cette fiche est retirée."),
    429: (Throttled(90), "Attendez 90 secondes"),
    500: (RuntimeError("secret"), "Une erreur de notre part"),
}


def check(answer, status: int) -> str:
    """The text of an error page, once its form is right."""
    page = answer.content.decode()
    assert answer.status_code == status
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert '<html lang="fr"' in page
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert re.search(r"<title>[^<]{10,}</title>", page)
    assert missing_headers(answer) == []
    assert 'href="/"' in page, "a way on"
    return page


@pytest.fixture
def honest(client) -> Client:
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("status", RAISED)
def test_what_a_page_raises_becomes_a_page(honest, monkeypatch, status):
    raised, words = RAISED[status]

    def fail(*args, **kwargs):
        raise raised

    monkeypatch.setattr("portal.pages.views.render", fail)
    page = check(honest.get("/aide/"), status)
    assert words in page
    assert "secret" not in page
    assert "Traceback" not in page


def test_unreadable_input_is_a_400(honest):
    assert "Revenez à l’accueil" in check(honest.get("/?q=%00"), 400).replace("'", "’").replace("&#x27;", "’")


def test_an_endless_address_is_a_414(honest):
    assert "trop longue" in check(honest.get("/?q=" + "a" * 9_000), 414)


def test_an_unknown_address_is_a_404_that_lets_one_search(honest):
    page = check(honest.get("/nulle-part/"), 404)
    assert 'name="q"' in page


def test_a_listing_withdrawn_is_a_410_that_leads_on(honest):
    agent = makers.make_user()
    course = makers.make_course("Analyser des données")
    course.withdraw(by=agent)
    page = check(honest.get(course.get_absolute_url()), 410)
    assert "/formations/" in page
    assert "Analyser des données" not in page


def test_a_listing_never_published_is_a_404(honest):
    course = makers.make_course(published=False)
    check(honest.get(course.get_absolute_url()), 404)


def test_a_form_without_its_token_is_explained():
    answer = Client(enforce_csrf_checks=True).post("/apparence/", {"theme": "dark"})
    assert "Le formulaire a expiré" in check(answer, 403)


def test_error_pages_need_no_database(honest, django_assert_num_queries):
    """400, 414, 500 and 503 are read when the database is in trouble: they ask it nothing."""
    with django_assert_num_queries(0):
        honest.get("/?q=%00")
        honest.get("/?q=" + "a" * 9_000)
