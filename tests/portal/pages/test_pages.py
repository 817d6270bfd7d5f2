"""Home and the pages that belong to no floor: health, appearance, robots, and who to write to."""

import datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from portal.web import heart

pytestmark = pytest.mark.django_db
PAGES = (
    "/ /accessibilite/ /accessibilite/schema-pluriannuel/ /mentions-legales/ /donnees-personnelles/ /plan-du-site/ "
    "/ecosysteme/ /ressources/ /aide/ /comment-les-resultats-sont-classes/ /orientation/ /formations/ /metiers/ "
    "/organismes/ /cfa/"
).split()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_on_an_empty_base(client, path):
    """A portal that was just installed has no row: its pages still open, with one title."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_page_sets_no_cookie_on_a_reader_but_the_forms_token(client, path):
    assert set(client.get(path).cookies) <= {"csrftoken"}


class TestHealth:
    @pytest.fixture(autouse=True)
    def _no_beat_yet(self):
        cache.clear()

    def test_a_worker_never_heard_of_is_unknown_not_dead(self, client):
        answer = client.get("/sante/")
        told = answer.json()
        assert answer.status_code == 200
        assert told["database"] == told["cache"] == "ok"
        assert (told["worker"], told["worker_quiet_seconds"]) == ("unknown", None)
        assert answer["Cache-Control"] == "no-store"

    def test_a_worker_that_beats_is_well(self, client):
        heart.beat()
        assert client.get("/sante/").json()["worker"] == "ok"

    def test_a_worker_that_fell_silent_is_told(self, client, monkeypatch):
        long_ago = timezone.now() - datetime.timedelta(minutes=10)
        monkeypatch.setattr(heart.timezone, "now", lambda: long_ago)
        heart.beat()
        monkeypatch.undo()
        told = client.get("/sante/").json()
        assert told["worker"] == "quiet"
        assert 590 <= told["worker_quiet_seconds"] <= 700


class TestAppearance:
    def test_it_is_kept_a_year_and_shown_at_once(self, client):
        answer = client.post("/apparence/", {"theme": "dark", "next": "/aide/?a=1"})
        assert (answer.status_code, answer["Location"]) == (302, "/aide/?a=1")
        cookie = answer.cookies["apparence"]
        assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("dark", 31_536_000, "Lax")
        assert cookie["httponly"]
        assert 'data-theme="dark"' in client.get("/aide/").content.decode()

    def test_auto_follows_the_device(self, client):
        client.cookies["apparence"] = "auto"
        assert "data-theme=" not in client.get("/aide/").content.decode()

    @pytest.mark.parametrize("value", ["", "purple", '"><script>', "dark\r\nX: 1"])
    def test_an_unknown_one_is_not_kept(self, client, value):
        assert client.post("/apparence/", {"theme": value}).cookies == {}

    @pytest.mark.parametrize("value", ["purple", '"onload=x'])
    def test_an_unknown_cookie_is_not_shown(self, client, value):
        client.cookies["apparence"] = value
        assert "data-theme=" not in client.get("/aide/").content.decode()

    @pytest.mark.parametrize(
        "target",
        [
            "//evil.example",
            "https://evil.example/",
            "/\\evil.example",
            "javascript:alert(1)",
            "http:///evil.example",
            "a b",
            "",
        ],
    )
    def test_it_leads_nowhere_else(self, client, target):
        location = client.post("/apparence/", {"theme": "dark", "next": target})["Location"]
        assert location == "/" or location.startswith("a")

    def test_it_needs_the_forms_token(self):
        assert Client(enforce_csrf_checks=True).post("/apparence/", {"theme": "dark"}).status_code == 403


def test_a_demonstration_is_not_for_search_engines(client, settings):
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
    settings.CAMINS_DEMO = False
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /gestion/" in lines
    assert "Disallow: /" not in lines


def test_whoever_finds_a_hole_knows_whom_to_write_to(client):
    told = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert told["Contact"].startswith("mailto:")
    assert (
        timezone.now()
        < datetime.datetime.fromisoformat(told["Expires"])
        < timezone.now() + datetime.timedelta(days=366)
    )
