"""The page of a need for who wrote it without an account: its address is the key."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from jobs.employers.found import need_behind
from jobs.employers.state_page import answer
from portal.web.errors import Gone
from portal.web.page import PUBLIC, page
from portal.web.throttle import slow_down

ACTED, OPENED, HOUR = 120, 600, 3_600


@page(who=PUBLIC, reads={"GET"}, writes={"POST"})
def state(request: HttpRequest, token: str) -> HttpResponse:
    """GET changes nothing, whoever opens the mail. POST `verbe`: renew, filled, unfilled, correct, withdraw."""
    slow_down(request, "need-state", limit=OPENED, window_seconds=HOUR)
    if request.method == "POST":
        slow_down(request, "need-act", limit=ACTED, window_seconds=HOUR)
    need = need_behind(token)
    if need is None:
        raise Gone(
            _("Cette adresse ne vaut plus, ou elle est incomplète. Cherchez-la dans vos messages."),
            [(_("Écrire un besoin"), reverse("jobs:need_begin"))],
        )
    if need.is_attached:  # followed in the space of its organisation, which asks who one is
        return HttpResponseRedirect(need.owner_address())
    return answer(request, need)
