"""The verbs of the courses that touch several rows."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from courses.counts import count_contact
from courses.models import Course, Session
from portal.mail.models import OutgoingMail
from portal.web.clock import today
from portal.web.templatetags.camins import partial_day

LONGEST_SUBJECT = 200


class NobodyToWriteTo(Exception):
    """The body gave no address: nothing can be relayed."""


@dataclass(frozen=True)
class Letter:
    """What somebody writes: who answers to whom, and the words. Nothing else of the sender is kept."""

    name: str
    email: str
    message: str


def address_of(course: Course) -> str:
    """Where messages about this course go: the CFA that teaches it, else its body; empty when nobody said. Private."""
    centre = course.centre.contact_email if course.centre else ""
    return centre or course.provider.contact_email


@transaction.atomic
def relay_message(*, course: Course, letter: Letter, session: Session | None = None) -> OutgoingMail:
    """Leave a mail for the body, to be answered to the sender, and count a contact. Raises NobodyToWriteTo."""
    address = address_of(course)
    if not address:
        raise NobodyToWriteTo(course)
    mail = _leave(course, letter, to=address, session=session, kind="contact", about=_("Message de %(name)s"))
    count_contact(course.pk, today())
    return mail


@transaction.atomic
def report_error(*, course: Course, letter: Letter) -> OutgoingMail:
    """Leave a mail for the portal about an error on the page of a course."""
    about = _("Erreur signalée par %(name)s")
    return _leave(course, letter, to=settings.CAMINS_CONTACT_EMAIL, session=None, kind="error", about=about)


def _leave(course: Course, letter: Letter, *, to: str, session: Session | None, kind: str, about: str) -> OutgoingMail:
    address = settings.CAMINS_SITE_URL + course.get_absolute_url()
    lines = [
        about % {"name": letter.name},
        _("Formation : %(title)s") % {"title": course.title},
        _("Page : %(address)s") % {"address": address},
    ]
    if session is not None:
        start = partial_day(session.starts_on, session.starts_precision)
        lines.append(_("Session : %(start)s") % {"start": start})
    lines += [_("Répondre à : %(email)s") % {"email": letter.email}, "", letter.message]
    subject = f"[Camins] {about % {'name': letter.name}} : {course.title}"
    return OutgoingMail.objects.create(
        to=to,
        reply_to=letter.email,
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        body="\n".join(lines),
        kind=kind,
    )
