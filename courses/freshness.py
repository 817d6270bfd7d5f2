"""Whether a listing is still exact: its body is asked, the public is told, then it is hidden. Nothing is deleted.

A listing is due when so many months (`Course.update_months`) have passed since somebody said it was exact. Then, by
days: a reminder, another, a word on the public page, a notice, and it is hidden. Confirming it, at any time, ends all
of it. What was confirmed long ago brings fewer points in the order of answers (docs/search.md).
"""

import calendar
import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from courses import actions
from courses.models import Course, Session
from portal.accounts.models import Organisation
from portal.mail.models import OutgoingMail
from portal.moderation.models import ModerationEvent, Status

# days after a listing is due
REMIND_AGAIN, SAID_TO_PUBLIC, NOTICE, HIDDEN = 15, 30, 90, 120
SALT = "courses.freshness"
LINK_DAYS = 120
BATCH = 200
# sessions that one letter asks about
MOST_SESSIONS = 12


def said_on(course: Course) -> datetime.date | None:
    """The last day on which somebody said that it was exact: when it was confirmed, else published."""
    return course.verified_on or (timezone.localdate(course.published_at) if course.published_at else None)


def due_on(course: Course) -> datetime.date | None:
    """The day from which the listing is to be confirmed; None for one that was never published nor confirmed."""
    said = said_on(course)
    return months_after(said, course.update_months) if said else None


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month, or the last one of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return day.replace(year=day.year + year, month=month + 1, day=min(day.day, last))


def days_unconfirmed(course: Course, day: datetime.date) -> int | None:
    """Days since somebody last said that it was exact, once the public is to be told; None before."""
    said, due = said_on(course), due_on(course)
    if said is None or due is None or (day - due).days < SAID_TO_PUBLIC:
        return None
    return (day - said).days


@dataclass(frozen=True)
class Link:
    """What a signed address says: the course, and the organisation in whose name it is confirmed."""

    course_id: int
    organisation_id: int

    @property
    def token(self) -> str:
        return signing.dumps([self.course_id, self.organisation_id], salt=SALT, compress=True)

    @property
    def url(self) -> str:
        return settings.CAMINS_SITE_URL + reverse("courses:confirm", args=[self.token])


def read_link(token: str) -> Link | None:
    """None for an address that is not ours, or too old."""
    try:
        course, organisation = signing.loads(token, salt=SALT, max_age=datetime.timedelta(days=LINK_DAYS))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Link(course, organisation)


def sessions_to_confirm(course: Course, day: datetime.date) -> list[Session]:
    return list(Session.objects.of_course(course).coming_on(day).select_related("offering__commune")[:MOST_SESSIONS])


@transaction.atomic
def confirm(
    course: Course, *, organisation: Organisation, day: datetime.date, seats: Mapping[int, int] | None = None, by=None
) -> None:
    """Say that a published listing is exact, and how many seats its sessions have left (session → seats; 0: full).

    Raises ModerationError on seats that cannot be, or on a listing that is no longer published.
    """
    locked = Course.objects.select_for_update().get(pk=course.pk)
    if locked.status != Status.PUBLISHED:
        raise actions.NotPublished
    now = timezone.now()
    for session in Session.objects.of_course(course).filter(pk__in=seats or {}):
        actions.state_seats(session, seats_left=(seats or {})[session.pk], by_name=organisation.name, at=now)
    Course.objects.filter(pk=course.pk).update(verified_on=day, hidden_since=None, reminded_on=None)
    ModerationEvent.objects.create(
        subject=course,
        verb="confirm",
        from_status=locked.status,
        to_status=locked.status,
        by=by,
        reason=organisation.name,
        told_at=now,
    )


def follow(day: datetime.date) -> dict[str, int]:
    """Remind, warn and hide what is due on `day`; twice the same day changes nothing. Returns counts by deed.

    One letter per body and day tells of all its listings.
    """
    counts = dict.fromkeys(DEEDS, 0)
    for _provider, rows in groupby(_due(day), key=attrgetter("provider_id")):
        with transaction.atomic():
            told: dict[str, list[Course]] = {deed: [] for deed in DEEDS}
            for course in rows:
                if deed := _follow(course, day):
                    told[deed].append(course)
                    counts[deed] += 1
            _write(told)
    return counts


def _due(day: datetime.date) -> Iterator[Course]:
    """Shown listings that are due, body by body."""
    rows = Course.objects.published().due_on(day).select_related("provider__organisation", "centre")
    return rows.order_by("provider_id", "title", "pk").iterator(chunk_size=BATCH)


def _follow(course: Course, day: datetime.date) -> str:
    """Do the next thing to one listing that is due, if it is time for it; its name in `DEEDS`, or ""."""
    due = due_on(course) or day
    late = (day - due).days
    told = (course.reminded_on - due).days if course.reminded_on and course.reminded_on >= due else None
    unchanged = Course.objects.published().filter(pk=course.pk, reminded_on=course.reminded_on)
    # nobody is hidden who was not told a month before
    if told is not None and told >= NOTICE and late >= told + HIDDEN - NOTICE:
        return "hidden" if unchanged.update(hidden_since=day) else ""
    step = max(each for each in (0, REMIND_AGAIN, NOTICE) if each <= late)
    if told is not None and told >= step:  # told since this step began
        return ""
    deed = "noticed" if step == NOTICE else "reminded"
    return deed if unchanged.update(reminded_on=day) else ""


DEEDS = {
    "reminded": _("À confirmer : dites qu’elle est toujours exacte, complète, ou combien de places restent."),
    "noticed": _("À confirmer sans tarder : sans réponse, elle sera masquée dans un mois."),
    "hidden": _("Masquée : le public ne la voit plus. Rien n’est perdu, elle reparaît dès que vous la confirmez."),
}


def _write(told: Mapping[str, Sequence[Course]]) -> None:
    courses = [course for rows in told.values() for course in rows]
    if not courses:
        return
    lines = [gettext("Bonjour,"), gettext("Un bouton suffit pour confirmer une fiche : ouvrez son adresse.")]
    for deed, rows in told.items():
        lines += [str(DEEDS[deed])] if rows else []
        lines += [f"{each.title}\n{Link(each.pk, each.provider.organisation_id).url}" for each in rows]
    subject = ngettext("[Camins] %(n)d fiche à confirmer", "[Camins] %(n)d fiches à confirmer", len(courses))
    mail = {"subject": subject % {"n": len(courses)}, "body": "\n\n".join(lines), "kind": "freshness"}
    OutgoingMail.objects.bulk_create(OutgoingMail(to=to, **mail) for to in _readers(courses[0]))


def _readers(course: Course) -> list[str]:
    """The members that write; else the address of the body; nobody where none is known."""
    members = course.provider.organisation.memberships.writing()
    addresses = list(members.order_by("pk").values_list("user__email", flat=True))
    return addresses or [each for each in (actions.address_of(course),) if each]
