"""Addresses that listings give are opened once a week; a dead one is told to the body, and never followed inside."""

import datetime
from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Course
from portal.web.outside import Fetched, OutsideRefused, fetch

EVERY = datetime.timedelta(days=7)
# of one run: a run each quarter of an hour is 19,200 a day
AT_ONCE = 200
SECONDS, MOST_BYTES = 10.0, 2_000_000
SCHEMES = ("https", "http")


def opened(url: str) -> Fetched:
    return fetch(url, most_bytes=MOST_BYTES, seconds=SECONDS, schemes=SCHEMES)


def check_links(open_address: Callable[[str], Fetched] = opened, now: datetime.datetime | None = None) -> int:
    """Open the addresses whose turn has come; return how many are dead."""
    now = now or timezone.now()
    dead = 0
    for course in Course.objects.published().links_unchecked_since(now - EVERY)[:AT_ONCE]:
        fault = fault_of(course.website, open_address)
        # the address may have changed meanwhile: then its turn comes again
        Course.objects.filter(pk=course.pk, website=course.website).update(link_checked_at=now, link_fault=fault)
        dead += bool(fault)
    return dead


def fault_of(url: str, open_address: Callable[[str], Fetched] = opened) -> str:
    """What is wrong with an address, in French; "" for one that answers, and for one that only refuses robots."""
    try:
        status = open_address(url).status
    except OutsideRefused as refused:
        return str(refused)[:200]
    if status in (404, 410):
        return _("La page n’existe plus (réponse %(status)d).") % {"status": status}
    return _("Le site est en panne (réponse %(status)d).") % {"status": status} if status >= 500 else ""
