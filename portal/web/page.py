"""The guard of every page: who may come, which methods it answers, and a database that refuses to write on a read."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods


class WriteOnRead(RuntimeError):
    """A page that declared itself a read tried to write: a fault of ours, found by the tests."""


@dataclass(frozen=True)
class AudienceOfPage:
    """Who may open a page. `admits` tells for a signed-in user; a visitor is sent to the sign-in page."""

    name: str
    is_public: bool
    admits: Callable[[object], bool]


PUBLIC = AudienceOfPage("public", is_public=True, admits=lambda user: True)
SIGNED_IN = AudienceOfPage("signed in", is_public=False, admits=lambda user: True)

READING = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "WITH", "SET LOCAL", "DECLARE", "FETCH")


def _reads_only(execute, sql, params, many, context):
    statement = str(sql).lstrip(" (\n")
    if not statement.upper().startswith(READING):
        raise WriteOnRead(statement[:200])
    return execute(sql, params, many, context)


@contextmanager
def read_only_database():
    """Let only reading statements through to the default database."""
    with connection.execute_wrapper(_reads_only):
        yield


def page(
    *,
    who: AudienceOfPage,
    reads: frozenset[str] | set[str] = frozenset(),
    writes: frozenset[str] | set[str] = frozenset(),
):
    """Declare a page: audience, methods that read, methods that write (each in one transaction).

    A visitor of a page that is not public goes to the sign-in page; a signed-in stranger gets a 404 and learns
    nothing. The permission-matrix test walks every address and reads `guarded.who` and `guarded.methods`.
    """
    methods = frozenset({"HEAD"} | set(reads) | set(writes)) if reads else frozenset(writes)

    def guard(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @require_http_methods(sorted(methods))
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not who.is_public:
                if not request.user.is_authenticated:
                    return redirect_to_login(request.get_full_path())
                if not who.admits(request.user):
                    raise Http404
            with transaction.atomic() if request.method in writes else read_only_database():
                return view(request, *args, **kwargs)

        guarded.who = who  # type: ignore[attr-defined]
        guarded.methods = methods  # type: ignore[attr-defined]
        return guarded

    return guard
