"""Pooled needs in public: the list with its rule, one pool, and an employer that leaves or comes back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.forms import PageForm
from jobs.forms import PoolMemberForm
from jobs.pools.membership import come_back, leave, member_of
from jobs.pools.page import RULE, pool_page, row_of, shown_pools
from portal.web.clock import today
from portal.web.errors import Gone
from portal.web.page import PUBLIC, page
from portal.web.throttle import slow_down

PER_PAGE = 30
ACTS, HOUR = 60, 3_600


@page(who=PUBLIC, reads={"GET"})
def pools(request: HttpRequest) -> HttpResponse:
    form = PageForm(request.GET)
    number = form.cleaned_data["page"] if form.errors is not None else 1
    found = Paginator(shown_pools(), PER_PAGE).get_page(number)
    context = {
        "page": found,
        "rows": [row_of(pool) for pool in found.object_list],
        "total": found.paginator.count,
        "notes": form.sentences,
        "day": today(),
        "rule": RULE,
        "breadcrumb": [
            {"title": _("Besoins d’employeurs"), "url": reverse("jobs:needs")},
            {"title": _("Besoins groupés")},
        ],
    }
    return render(request, "jobs/pools.html", context)


@page(who=PUBLIC, reads={"GET"})
def pooling(request: HttpRequest) -> HttpResponse:
    """The rule, with its very constants."""
    trail = [
        {"title": _("Besoins groupés"), "url": reverse("jobs:pools")},
        {"title": _("Comment les besoins se groupent")},
    ]
    return render(request, "jobs/pooling.html", {"rule": RULE, "breadcrumb": trail})


@page(who=PUBLIC, reads={"GET"})
def pool(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(shown_pools(), pk=pk)
    return render(request, "jobs/pool.html", pool_page(found, today()))


@page(who=PUBLIC, reads={"GET"}, writes={"POST"})
def pool_member(request: HttpRequest, token: str) -> HttpResponse:
    """What the link of a letter opens: leave the pool, or come back. A link that is not ours says nothing."""
    if request.method == "POST":
        slow_down(request, "pool-member", limit=ACTS, window_seconds=HOUR)
    member = member_of(token)
    if member is None:
        raise Gone(_("Ce lien n’est pas valable : reprenez celui du courriel, en entier."))
    if request.method != "POST":
        return render(request, "jobs/pool_member.html", {"member": member, "pool": member.pool})
    form = PoolMemberForm(request.POST)
    wants_back = form.is_valid() and form.cleaned_data["act"] == "come_back"
    if wants_back and come_back(member):
        messages.success(request, _("Votre besoin compte de nouveau."))
    elif wants_back:
        messages.error(request, _("Ce besoin groupé ne prend plus personne, ou votre besoin y compte déjà."))
    elif form.is_valid() and leave(member, day=today()):
        messages.success(request, _("Votre besoin n’y compte plus. Il reste publié."))
    else:
        messages.error(request, _("Rien n’a changé : votre besoin n’y comptait plus."))
    return HttpResponseRedirect(reverse("jobs:pool_member", args=[token]))
