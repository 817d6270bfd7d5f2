"""The verbs of a draft: begun, filled page by page, confirmed by a code, sent once."""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from jobs.employers import letters
from jobs.employers.answers import COMMITMENT, HOW, WHAT, WHO, Answers, Commitments, How, What, Who, kept, read_answers
from jobs.employers.rewriting import pages_of
from jobs.models import EmployerNeed, NeedDraft
from jobs.models.posting import KEPT_DAYS
from jobs.models.seeker import new_secret, secret_hash
from portal.accounts.codes import hash_of_code, new_code
from portal.accounts.models import Organisation, User
from portal.moderation.models import Status

CODE_LASTS, MAILS_A_DAY = datetime.timedelta(hours=2), 3
KEPT = datetime.timedelta(days=KEPT_DAYS)
# the states in which its writer may still change it
OPEN_STATES = frozenset({Status.DRAFT, Status.CHANGES_ASKED, Status.WITHDRAWN})
NAMES = {Who: WHO, What: WHAT, How: HOW, Commitments: COMMITMENT}


class DraftRefused(Exception):
    """`str()` is the French sentence for the person who tried."""


@transaction.atomic
def begin(who: Who | None = None, *, person: User | None = None, organisation: Organisation | None = None) -> str:
    """Open a draft; return its secret, which is told in its address and stored nowhere."""
    secret = new_secret()
    NeedDraft.objects.create(
        secret_sha256=secret_hash(secret),
        answers={WHO: kept(who)} if who else {},
        person=person,
        organisation=organisation,
        expires_at=timezone.now() + KEPT,
    )
    return secret


def find(secret: str) -> NeedDraft | None:
    return NeedDraft.objects.behind(secret, timezone.now()).select_related("need", "organisation", "person").first()


def answers_of(draft: NeedDraft) -> Answers:
    return read_answers(draft.answers)


def is_closed(draft: NeedDraft) -> bool:
    """Whether it became a need that its writer may no longer change here."""
    return draft.need is not None and draft.need.status not in OPEN_STATES


@transaction.atomic
def write(draft: NeedDraft, page: Who | What | How | Commitments) -> Answers:
    """Keep one page. Raises DraftRefused on a draft that was sent meanwhile."""
    row = _held(draft)
    if is_closed(row):
        raise DraftRefused(_("Ce besoin est déjà envoyé : suivez-le à son adresse."))
    row.answers = {**row.answers, NAMES[type(page)]: kept(page)}
    row.expires_at = timezone.now() + KEPT
    row.save(update_fields=["answers", "expires_at"])
    draft.answers = row.answers
    return answers_of(row)


def _held(draft: NeedDraft) -> NeedDraft:
    """The draft as it is now; its need is read after the lock, for a join would show it as it was before."""
    return NeedDraft.objects.select_for_update().get(pk=draft.pk)


def email_of(draft: NeedDraft) -> str:
    who = answers_of(draft).who
    return who.email if who else ""


def is_confirmed(draft: NeedDraft) -> bool:
    """Whether the address written on the first page already answered; that of a member did, to open their account."""
    return draft.organisation_id is not None or draft.confirmed_email == email_of(draft) != ""


@transaction.atomic
def mail_address(draft: NeedDraft, secret: str) -> None:
    """Send the address that resumes the draft. Raises DraftRefused beyond three a day."""
    row = _held(draft)
    to = email_of(row)
    if not to or letters.sent_today(letters.RESUME, to) >= MAILS_A_DAY:
        raise DraftRefused(_("Cette adresse est déjà partie trois fois aujourd’hui : cherchez-la dans vos messages."))
    letters.send_resume(to, secret)


@transaction.atomic
def send_code(draft: NeedDraft) -> None:
    """Send a new code to the address of the first page; the former is worth nothing. Raises DraftRefused."""
    row = _held(draft)
    to = email_of(row)
    if is_closed(row) or not to:
        raise DraftRefused(_("Aucun code ne peut partir pour ce brouillon."))
    if letters.sent_today(letters.CODE, to) >= MAILS_A_DAY:
        raise DraftRefused(_("Trois codes sont déjà partis à cette adresse aujourd’hui : réessayez demain."))
    code = new_code()
    NeedDraft.objects.filter(pk=row.pk).update(
        code_hash=_hash(row, code), code_expires_at=timezone.now() + CODE_LASTS, tries=0
    )
    letters.send_code(to, code)
    draft.refresh_from_db()


def _hash(draft: NeedDraft, code: str) -> str:
    """Of this draft and of the address it was sent to: another address asks for another code."""
    return hash_of_code(f"jobs.need {draft.secret_sha256} {email_of(draft)}", code)


@transaction.atomic
def enter_code(draft: NeedDraft, code: str) -> bool:
    """Confirm the address on the right code; False on a wrong one, whose try is counted. Raises DraftRefused."""
    row = _held(draft)
    if is_confirmed(row):
        return True
    if row.is_locked_at(timezone.now()):
        raise DraftRefused(_("Ce code ne vaut plus : demandez-en un autre."))
    if not constant_time_compare(row.code_hash, _hash(row, code)):
        NeedDraft.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
        draft.refresh_from_db()
        return False
    NeedDraft.objects.filter(pk=row.pk).update(confirmed_email=email_of(row), code_hash="")
    draft.refresh_from_db()
    return True


@transaction.atomic
def reopen(need: EmployerNeed, *, by: User | None = None) -> str:
    """The secret of the draft behind a need that may be changed; former addresses of it open nothing any more.

    `by`: the member who goes on with it, where it is an organisation's.

    One that was not written here is laid out on the pages. Raises DraftRefused where the need is being read or shown.
    """
    need = EmployerNeed.objects.select_for_update().get(pk=need.pk)
    if need.status not in OPEN_STATES:
        raise DraftRefused(_("Ce besoin ne se corrige pas maintenant."))
    secret = new_secret()
    opened = {
        "secret_sha256": secret_hash(secret),
        "expires_at": timezone.now() + KEPT,
        "code_hash": "",
        "organisation": need.employer.organisation if need.is_attached else None,
        "person": by if need.is_attached else None,
    }
    new = {**opened, "answers": pages_of(need), "confirmed_email": need.poster_email}
    NeedDraft.objects.update_or_create(need=need, defaults=opened, create_defaults=new)
    return secret


def tidy() -> int:
    """Erase the drafts nobody came back to; those that became a need stay with it. Return how many."""
    erased, _each = NeedDraft.objects.over_at(timezone.now()).filter(need=None).delete()
    return erased
