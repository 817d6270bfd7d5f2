"""The first and last look at every request: what cannot be read, what is away, what is too much."""

import socket
import time

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpResponse
from django.test import Client, RequestFactory

from portal.web import middleware
from portal.web.cache import ForgivingRedisCache
from portal.web.errors import Throttled
from portal.web.page import PUBLIC, SIGNED_IN, WriteOnRead, page
from portal.web.throttle import slow_down
from tests.house.knock import missing_headers

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


def is_our_page(answer, status: int) -> bool:
    """A French page of ours, with every security header."""
    return answer.status_code == status and b'<html lang="fr"' in answer.content and missing_headers(answer) == []


@pytest.fixture
def honest(client) -> Client:
    """A client that shows what a browser would get, the 500 page included."""
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    "charset", ["utf-16", "utf-7", "UTF-32", "utf-16-le", "idna", "punycode", "no-such-charset", "cp037", "iso-8859-1"]
)
@pytest.mark.parametrize("path", ["/", "/compte/login/", "/apparence/", "/nowhere/", "/gestion/"])
def test_a_form_in_a_charset_that_breaks_error_pages_is_a_400(honest, charset, path):
    for written in (f"{FORM}; charset={charset}", f'{FORM}; Charset="{charset}"', f"{FORM};charset={charset.upper()}"):
        assert is_our_page(honest.generic("POST", path, b"a=1", content_type=written), 400)


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=UTF-8", '; charset="utf-8"'])
def test_an_honest_form_is_read(honest, charset):
    answer = honest.generic("POST", "/apparence/", b"theme=dark", content_type=FORM + charset)
    assert answer.cookies["apparence"].value == "dark"


@pytest.mark.parametrize(
    "value", ['"abcdefgh\\000ijkl"', "x", "", "A" * 32, "a" * 33, "a" * 31 + "\u0661", "../../etc/passwd"]
)
def test_a_session_cookie_that_is_no_key_is_dropped(honest, value):
    honest.cookies.load(f"{settings.SESSION_COOKIE_NAME}={value}")
    for path in ("/", "/compte/login/", "/compte/2fa/", "/gestion/"):
        assert honest.get(path).status_code in (200, 302)


def test_a_true_session_cookie_is_kept(client):
    client.force_login(get_user_model().objects.create_user("a@essai.example", "un mot de passe long"))
    assert client.get("/compte/2fa/").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/%00/", "/formations/a%00b-1/", "/?q=a%00", "/?%00=1", "/formations/?q=%FF", "/?q=%C3%28", "/?q=%ED%A0%80"],
)
def test_bytes_that_are_no_text_are_a_400(honest, path):
    assert is_our_page(honest.generic("GET", path), 400)


@pytest.mark.parametrize("path", ["/%FF/", "/formations/%C3%28/", "/caf%E9/"])
def test_a_path_that_is_no_text_leads_nowhere(honest, path):
    assert honest.generic("GET", path).status_code in (400, 404)


@pytest.mark.parametrize(
    "query", ["q=l%E2%80%99%C3%A9t%C3%A9", "q=%F0%9F%A7%91%E2%80%8D%F0%9F%92%BB", "q=100%25", "q=a%zz", "q=a%2"]
)
def test_odd_but_honest_text_is_read(honest, query):
    assert honest.generic("GET", f"/formations/?{query}").status_code == 200


def test_an_endless_query_is_a_414(honest):
    assert is_our_page(honest.get("/?q=" + "a" * 9_000), 414)
    assert honest.get("/?q=" + "a" * 7_000).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost\u0000", "a b", "[::1", "\u202eabc"])
def test_a_foreign_host_is_a_400(honest, host):
    assert is_our_page(honest.get("/", headers={"host": host}), 400)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "BAR", "LINK"])
def test_a_method_no_page_speaks_is_a_405_with_what_it_speaks(honest, method):
    answer = honest.generic(method, "/")
    assert answer.status_code == 405
    assert "GET" in answer["Allow"]
    assert missing_headers(answer) == []


@pytest.mark.parametrize("trouble", [OperationalError("server closed"), InterfaceError("connection closed")])
def test_a_database_that_is_away_is_a_503_that_says_when_to_come_back(honest, monkeypatch, trouble):
    def fail(*args, **kwargs):
        raise trouble

    monkeypatch.setattr("portal.pages.views.render", fail)
    answer = honest.get("/aide/")
    assert is_our_page(answer, 503)
    assert answer["Retry-After"] == "30"


def test_a_database_that_is_away_before_any_view_is_a_503(rf):
    def session_fails(request):
        raise OperationalError("no connection")

    answer = middleware.answer_when_the_database_is_away(session_fails)(rf.get("/"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["/", "/nulle-part/", "/gestion/", "/compte/login/", "/apparence/", "/sante/"])
def test_a_database_that_is_away_is_a_503_for_who_is_signed_in_too(honest, monkeypatch, method, path):
    honest.force_login(get_user_model().objects.create_user("a@essai.example", "un mot de passe long"))

    def fail(*args, **kwargs):
        raise OperationalError("no connection")

    monkeypatch.setattr(BaseDatabaseWrapper, "_cursor", fail)
    answer = getattr(honest, method)(path)
    assert is_our_page(answer, 503)
    assert answer["Retry-After"] == "30"


def test_a_statement_that_takes_too_long_is_a_503(rf):
    def slow(request):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 20")
            cursor.execute("SELECT pg_sleep(2)")

    assert middleware.answer_when_the_database_is_away(slow)(rf.get("/")).status_code == 503


def test_an_error_of_ours_is_a_page_that_promises_nothing_and_shows_nothing(honest, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("a secret in a message")

    monkeypatch.setattr("portal.pages.views.render", fail)
    answer = honest.get("/aide/")
    assert is_our_page(answer, 500)
    assert b"secret" not in answer.content


class TestThrottle:
    @pytest.fixture(autouse=True)
    def _nothing_counted(self):
        cache.clear()

    def test_the_seventh_act_waits(self):
        request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1")
        for _ in range(6):
            slow_down(request, "essai", limit=6, window_seconds=60)
        with pytest.raises(Throttled) as told:
            slow_down(request, "essai", limit=6, window_seconds=60)
        assert told.value.wait_seconds == 60

    def test_another_place_or_another_act_is_not_held(self):
        for number in range(3):
            slow_down(RequestFactory().post("/", REMOTE_ADDR=f"192.0.2.{number}"), "essai", limit=1, window_seconds=60)
        slow_down(RequestFactory().post("/", REMOTE_ADDR="192.0.2.0"), "autre", limit=1, window_seconds=60)

    def test_the_page_says_how_long_to_wait(self, honest, monkeypatch):
        def refuse(*args, **kwargs):
            raise Throttled(3_600)

        monkeypatch.setattr("portal.pages.views.render", refuse)
        answer = honest.get("/aide/")
        assert is_our_page(answer, 429)
        assert answer["Retry-After"] == "3600"
        assert "Attendez 3" in answer.content.decode()


def test_a_cache_that_is_away_makes_no_page_fail(monkeypatch):
    monkeypatch.setattr("portal.web.cache.QUIET_SECONDS", 0)
    away = ForgivingRedisCache("redis://127.0.0.1:1/0", {"OPTIONS": {"socket_connect_timeout": 0.2}})
    assert away.get("a", "none") == "none"
    assert away.get_many(["a"]) == {}
    assert away.add("a", 1) is True
    assert away.incr("a") == 1
    for act in (lambda: away.set("a", 1), lambda: away.delete("a"), away.clear, lambda: away.touch("a")):
        act()


def test_a_cache_that_hangs_is_waited_for_once_then_asked_again(monkeypatch):
    monkeypatch.setattr("portal.web.cache.QUIET_SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hangs = ForgivingRedisCache(
            f"redis://127.0.0.1:{silent.getsockname()[1]}/0", {"OPTIONS": {"socket_timeout": 0.2}}
        )
        started = time.monotonic()
        hangs.get("a")
        first = time.monotonic() - started
        for _ in range(50):
            assert hangs.get("a", "none") == "none"
        assert time.monotonic() - started - first < 0.2, "each call waited"
        time.sleep(1)
        started = time.monotonic()
        hangs.get("a")
        assert time.monotonic() - started >= 0.2, "the cache was given up for ever"


class TestPageGuard:
    def test_a_page_that_says_it_reads_cannot_write(self, rf):
        @page(who=PUBLIC, reads={"GET"})
        def view(request):
            get_user_model().objects.create_user("b@essai.example", "un mot de passe long")

        with pytest.raises(WriteOnRead), transaction.atomic():
            view(rf.get("/"))
        assert not get_user_model().objects.exists()

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE accounts_user SET name = 'x'",
            " (DELETE FROM accounts_user)",
            "truncate accounts_user",
            "\nINSERT INTO x VALUES (1)",
        ],
    )
    def test_nor_with_sql(self, rf, statement):
        @page(who=PUBLIC, reads={"GET"})
        def view(request):
            with connection.cursor() as cursor:
                cursor.execute(statement)

        with pytest.raises(WriteOnRead):
            view(rf.get("/"))

    def test_a_page_that_writes_writes_all_or_nothing(self, rf):
        @page(who=PUBLIC, writes={"POST"})
        def view(request):
            get_user_model().objects.create_user("b@essai.example", "un mot de passe long")
            raise RuntimeError

        with pytest.raises(RuntimeError):
            view(rf.post("/"))
        assert not get_user_model().objects.exists()

    def test_it_answers_only_its_methods(self, rf):
        @page(who=PUBLIC, reads={"GET"})
        def view(request):
            return HttpResponse("lu")

        statuses = {method: view(rf.generic(method, "/")).status_code for method in ("GET", "HEAD", "POST", "PUT")}
        assert statuses == {"GET": 200, "HEAD": 200, "POST": 405, "PUT": 405}

    def test_a_visitor_of_a_private_page_signs_in_and_comes_back(self, rf):
        @page(who=SIGNED_IN, reads={"GET"})
        def view(request):
            raise AssertionError("a visitor came in")

        request = rf.get("/prive/?a=1")
        request.user = AnonymousUser()
        answer = view(request)
        assert answer.status_code == 302
        assert answer["Location"] == "/compte/login/?next=/prive/%3Fa%3D1"
