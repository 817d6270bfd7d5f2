"""A page that exists, one that moved, one that is gone, one that never was."""

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext as _

from portal.moderation.models import Moderated
from portal.web.errors import Gone


def public_or_gone[Row: Moderated](
    row: Row | None, *, sentence: str = "", near: Callable[[Row], Sequence[tuple[str, str]]] = lambda row: ()
) -> Row:
    """Give back a public row; Gone for one that was published once; Http404 for one nobody ever saw."""
    if row is None or (not row.is_public and row.published_at is None):
        raise Http404
    if not row.is_public:
        raise Gone(sentence or _("Cette fiche a été publiée, puis retirée."), near(row))
    return row


def moved(request: HttpRequest, slug: str, right_slug: str, url: str) -> HttpResponseRedirect | None:
    """A permanent redirect to the right address, its query kept, when the slug is wrong."""
    if slug == right_slug:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{url}?{query}" if query else url, status=301)
