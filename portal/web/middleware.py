"""The first and last look at every request: unreadable input is a 400 page, an absent database a 503, never a 500."""

import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from portal.web import errors

Next = Callable[[HttpRequest], HttpResponse]

SESSION_KEY = re.compile(r"[a-z0-9]{32}")
# a form is UTF-8 (Django says so too, but late: where its own error pages stumble on the same form)
READABLE_CHARSETS = {"", "utf-8", "utf8"}
LONGEST_QUERY = 8_000
# every page speaks these; what a view would make of another is nobody's guess
METHODS = ("GET", "HEAD", "POST", "OPTIONS")


def _charset(content_type: str) -> str:
    found = re.search(r"charset\s*=\s*\"?([^\s\";]+)", content_type, re.IGNORECASE)
    return found[1].lower() if found else ""


def _is_unreadable(raw: bytes) -> bool:
    if b"\x00" in raw:
        return True
    try:
        raw.decode()
    except UnicodeDecodeError:
        return True
    return False


def refuse_unreadable_input(get_response: Next) -> Next:
    """Refuse what Django, psycopg or PostgreSQL would stumble on, before anything reads it.

    Charsets that make Django's own error pages fail, NUL or invalid UTF-8 in the path or the query, endless queries,
    methods that no page speaks; a session cookie that is not a session key is dropped.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            return errors.plain_page(request, 414)
        path = request.META.get("PATH_INFO", "").encode("utf-8", "surrogateescape")
        try:
            query_bytes = unquote_to_bytes(query.replace("+", " "))
            is_bad = _is_unreadable(path) or _is_unreadable(query_bytes) or "\ufffd" in request.path_info
        except UnicodeError:
            is_bad = True
        if is_bad or _charset(request.META.get("CONTENT_TYPE", "")) not in READABLE_CHARSETS:
            return errors.plain_page(request, 400)
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if key is not None and not SESSION_KEY.fullmatch(key):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        return get_response(request)

    return middleware


def answer_when_the_database_is_away(get_response: Next) -> Next:
    """A database that is away or too slow is a 503 with Retry-After, on every page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            return get_response(request)
        except (OperationalError, InterfaceError):
            return errors.plain_page(request, 503)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError | InterfaceError):
            return errors.plain_page(request, 503)
        return None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def show_gone_and_throttled_pages(get_response: Next) -> Next:
    """Turn the two answers Django has no exception for into pages: Gone (410) and Throttled (429)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, errors.Gone):
            return errors.gone(request, exception)
        if isinstance(exception, errors.Throttled):
            return errors.throttled(request, exception)
        return None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
