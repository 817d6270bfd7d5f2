"""The verbs of the courses that touch several rows."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.counts import count_contact
from courses.enums import CodeKind, SkillOrigin, SuggestionState
from courses.models import CodeSuggestion, Course, CourseProfile, CourseSkill, Session
from portal.accounts.models import User
from portal.mail.models import OutgoingMail
from portal.moderation.actions import revise_if_changed
from portal.moderation.flags import report
from portal.moderation.models import ModerationError, ModerationEvent
from portal.web.clock import today
from portal.web.templatetags.camins import partial_day

LONGEST_SUBJECT = 200
MOST_SEATS = 10_000  # where a session does not say how many it has: more is a slip


class NobodyToWriteTo(Exception):
    """The body gave no address: nothing can be relayed."""


class AlreadyDecided(ModerationError):
    def __init__(self) -> None:
        super().__init__(_("Cette proposition n'attend plus : rechargez la page avant de recommencer."))


class NotPublished(ModerationError):
    def __init__(self) -> None:
        super().__init__(_("Cette fiche n’est plus publiée : il n’y a rien à confirmer."))


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
    """Leave a mail for the portal about an error on a page, and a flag that says nothing of who sent it."""
    report(course, _("Une personne signale une erreur ; son message est dans la boîte du portail."))
    about = _("Erreur signalée par %(name)s")
    return _leave(course, letter, to=settings.CAMINS_CONTACT_EMAIL, session=None, kind="error", about=about)


class SeatsRefused(ModerationError):
    """The sentence says what does not fit."""


def state_seats(
    session: Session, *, seats_left: int | None, is_full: bool | None = None, by_name: str, at: datetime.datetime
) -> bool:
    """Write how many seats `by_name` says are left, as of `at`; False where a newer statement, or this one, is there.

    Full means none left. Raises SeatsRefused for a number out of 0..seats, or that contradicts `is_full`.
    """
    left = 0 if is_full and seats_left is None else seats_left
    if left is None:
        raise SeatsRefused(_("Dites combien de places restent, ou que la session est complète."))
    if is_full is not None and is_full != (left == 0):
        raise SeatsRefused(_("Une session est complète quand il ne reste aucune place, et seulement alors."))
    _check_left(left, None)
    said = {"seats_left": left, "is_full": left == 0, "seats_said_by": by_name[:120], "seats_said_at": at}
    of_session = Session.objects.filter(pk=session.pk)
    fits = of_session.filter(Q(seats__isnull=True) | Q(seats__gte=left))
    # one statement: the database reads date and seats again under the lock of the row
    written = fits.filter(Q(seats_said_at__isnull=True) | Q(seats_said_at__lt=at)).update(**said)
    if not written:
        seats = of_session.values_list("seats", flat=True).first()
        _check_left(left, seats)
    return bool(written)


def _check_left(left: int, seats: int | None) -> None:
    if not 0 <= left <= (MOST_SEATS if seats is None else seats):
        most = MOST_SEATS if seats is None else seats
        raise SeatsRefused(_("Le nombre de places restantes va de 0 à %(most)d.") % {"most": most})


def _leave(course: Course, letter: Letter, *, to: str, session: Session | None, kind: str, about: str) -> OutgoingMail:
    lines = [_("Formation : %(title)s") % {"title": course.title}]
    lines.append(_("Page : %(address)s") % {"address": settings.CAMINS_SITE_URL + course.get_absolute_url()})
    if session is not None:
        start = partial_day(session.starts_on, session.starts_precision)
        lines.append(_("Session : %(start)s") % {"start": start})
    return leave_letter(letter, to=to, kind=kind, about=about, title=course.title, lines=lines)


def leave_letter(letter: Letter, *, to: str, kind: str, about: str, title: str, lines: Sequence[str]) -> OutgoingMail:
    """Leave a letter in the outbox, to be answered to its sender. `about` names them ("%(name)s"); `lines` say of what
    page it is.
    """
    said = about % {"name": letter.name}
    answer = _("Répondre à : %(email)s") % {"email": letter.email}
    return OutgoingMail.objects.create(
        to=to,
        reply_to=letter.email,
        subject=" ".join(f"[Camins] {said} : {title}".split())[:LONGEST_SUBJECT],
        body="\n".join([said, *lines, answer, "", letter.message]),
        kind=kind,
    )


def decide_suggestion(course: Course, kind: str, number: int, *, is_accepted: bool, by: User) -> str:
    """One decision of the panel, on a proposal of this course; as ``decide_code``."""
    if kind == "code":
        return decide_code(course.code_suggestions.waiting().filter(pk=number).first(), is_accepted=is_accepted, by=by)
    return decide_skill(course.skill_links.filter(pk=number).first(), is_accepted=is_accepted, by=by)


def decide_code(suggestion: CodeSuggestion | None, *, is_accepted: bool, by: User) -> str:
    """Accept or refuse; return what was decided. Raises AlreadyDecided, also when the proposal is gone."""
    if suggestion is None:
        raise AlreadyDecided
    (accept_code if is_accepted else refuse_code)(suggestion, by=by)
    return str(suggestion)


def decide_skill(link: CourseSkill | None, *, is_accepted: bool, by: User) -> str:
    """As ``decide_code``, for a proposed skill."""
    if link is None:
        raise AlreadyDecided
    name = link.skill.label
    (accept_skill if is_accepted else refuse_skill)(link, by=by)
    return name


@transaction.atomic
def accept_code(suggestion: CodeSuggestion, *, by: User) -> None:
    """Give the course the code that waits. Raises AlreadyDecided."""
    _decide(suggestion, SuggestionState.ACCEPTED, by=by)
    course = suggestion.course
    if suggestion.occupation:
        course.occupations.add(suggestion.occupation)
    if suggestion.formacode:
        course.formacodes.add(suggestion.formacode)
    if suggestion.profile:
        CourseProfile.objects.get_or_create(
            course=course, profile=suggestion.profile, defaults={"origin": SkillOrigin.VALIDATED}
        )
    revise_if_changed(course, by=by)
    _tell(course, "accept_suggestion", str(suggestion), by=by)


@transaction.atomic
def refuse_code(suggestion: CodeSuggestion, *, by: User) -> None:
    """Refuse the code that waits, for good. Raises AlreadyDecided."""
    _decide(suggestion, SuggestionState.REFUSED, by=by)
    _tell(suggestion.course, "refuse_suggestion", str(suggestion), by=by)


@transaction.atomic
def accept_skill(link: CourseSkill, *, by: User) -> None:
    """Make a proposed skill a validated one. Raises AlreadyDecided."""
    waiting = CourseSkill.objects.filter(pk=link.pk, origin=SkillOrigin.SUGGESTED)
    if not waiting.update(origin=SkillOrigin.VALIDATED):
        raise AlreadyDecided
    _keep_decision(link, SuggestionState.ACCEPTED, by=by)


@transaction.atomic
def refuse_skill(link: CourseSkill, *, by: User) -> None:
    """Take a proposed skill away, for good. Raises AlreadyDecided."""
    deleted, _each = CourseSkill.objects.filter(pk=link.pk, origin=SkillOrigin.SUGGESTED).delete()
    if not deleted:
        raise AlreadyDecided
    _keep_decision(link, SuggestionState.REFUSED, by=by)


def _decide(suggestion: CodeSuggestion, state: SuggestionState, *, by: User) -> None:
    waiting = CodeSuggestion.objects.waiting().filter(pk=suggestion.pk)
    if not waiting.update(state=state, decided_by=by, decided_at=timezone.now()):
        raise AlreadyDecided
    suggestion.refresh_from_db()


def _keep_decision(link: CourseSkill, state: SuggestionState, *, by: User) -> None:
    """What a person said of a proposed skill; saying it again, after the skill was added by hand, changes it."""
    said, _is_new = CodeSuggestion.objects.update_or_create(
        course_id=link.course_id,
        skill_id=link.skill_id,
        defaults={
            "kind": CodeKind.SKILL,
            "rank": 1,
            "rule": link.rule,
            "witness_title": link.evidence,
            "state": state,
            "decided_by": by,
            "decided_at": timezone.now(),
        },
    )
    verb = "accept_suggestion" if state == SuggestionState.ACCEPTED else "refuse_suggestion"
    _tell(link.course, verb, str(said), by=by)


def _tell(course: Course, verb: str, what: str, *, by: User) -> None:
    """Leave a trace that the page of moderation shows."""
    ModerationEvent.objects.create(
        subject=course, verb=verb, from_status=course.status, to_status=course.status, by=by, reason=what
    )
