"""Knocking at addresses: every pattern of the URLconf, and requests through the real middleware at little cost."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

# What every answer carries, whatever it is; the values are those that must be there, word for word.
SECURITY_HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
}


@dataclass(frozen=True)
class Pattern:
    """One line of the URLconf: its name with its namespace, or its route where it has none."""

    name: str
    route: str
    view: object


def patterns(lines: list | None = None, route: str = "", space: str = "") -> Iterator[Pattern]:
    """Every address the portal answers, those of the back-office and of accounts included."""
    for line in get_resolver().url_patterns if lines is None else lines:
        here = route + str(line.pattern)
        if isinstance(line, URLResolver):
            inner = f"{space}{line.namespace}:" if line.namespace else space
            yield from patterns(line.url_patterns, here, inner)
        elif isinstance(line, URLPattern):
            yield Pattern(space + line.name if line.name else here, here, line.callback)


class Knocker(Client):
    """A client that gives the bare answer: an error of ours is the 500 page, nothing is followed or remembered."""

    def request(self, **request) -> HttpResponse:
        return self.handler(self._base_environ(**request))


def missing_headers(response: HttpResponse) -> list[str]:
    """The security headers that an answer lacks or writes in other words."""
    return [name for name, value in SECURITY_HEADERS.items() if response.get(name) != value]


def outcome(response: HttpResponse) -> str:
    """What came of a knock, in one word."""
    status = response.status_code
    if status in (301, 302):
        target = response["Location"]
        if target.startswith(reverse("account_login")):
            return "sign in"
        return "second factor" if target == reverse("mfa_index") else "sent"
    words = {200: "page", 201: "page", 403: "refused", 404: "absent", 405: "method", 410: "gone"}
    return words.get(status, str(status))
