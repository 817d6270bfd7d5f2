"""Taking up, for an organisation, a need that somebody wrote with its SIRET and without an account.

Proved by a code that goes to who wrote it, or decided by an agent. Once it is attached, former links open nothing.
"""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from jobs.employers import letters
from jobs.employers.drafts import MAILS_A_DAY
from jobs.models import EmployerNeed, NeedAttachment, NeedDraft
from portal.accounts.codes import hash_of_code, new_code
from portal.accounts.models import Organisation, User
from portal.moderation.models import Status

CODE_LASTS = datetime.timedelta(hours=48)


class AttachRefused(Exception):
    """`str()` is the French sentence for the person who tried."""


def unattached_of(organisation: Organisation) -> QuerySet[EmployerNeed]:
    """Needs written with its SIRET that no member took up yet."""
    rows = EmployerNeed.objects.filter(employer__organisation=organisation, is_attached=False)
    return rows.exclude(status=Status.ARCHIVED).select_related("employer__organisation").order_by("-created_at", "pk")


def _may_write(organisation: Organisation, person: User) -> bool:
    return organisation.memberships.writing().filter(user=person).exists()


def _held(need: EmployerNeed, by: User) -> EmployerNeed:
    """The need as it is now, still free, for a member that writes. Raises AttachRefused."""
    row = EmployerNeed.objects.select_for_update().get(pk=need.pk)
    if row.is_attached:
        raise AttachRefused(_("Ce besoin est déjà rattaché : rechargez la page."))
    if not _may_write(row.employer.organisation, by):
        raise AttachRefused(_("Seuls les responsables et les rédacteurs rattachent un besoin."))
    return row


@transaction.atomic
def ask(need: EmployerNeed, *, by: User) -> NeedAttachment:
    """Ask for it: a code leaves for who wrote it, agents see the request. Asked again, another code leaves."""
    row = _held(need, by)
    waiting = NeedAttachment.objects.waiting().select_for_update().filter(need=row).first()
    if waiting is None:
        try:
            with transaction.atomic():
                waiting = NeedAttachment.objects.create(need=row, asked_by=by)
        except IntegrityError as twice:
            raise AttachRefused(_("Une demande attend déjà.")) from twice
    if row.poster_email and letters.sent_today(letters.ATTACH, row.poster_email) < MAILS_A_DAY:
        code = new_code()
        NeedAttachment.objects.filter(pk=waiting.pk).update(
            code_hash=_hash(waiting, code), code_expires_at=timezone.now() + CODE_LASTS, tries=0, asked_by=by
        )
        letters.send_attachment_code(row, by, code)
    waiting.refresh_from_db()
    return waiting


def _hash(attachment: NeedAttachment, code: str) -> str:
    return hash_of_code(f"jobs.attachment {attachment.pk}", code)


@transaction.atomic
def enter_code(need: EmployerNeed, code: str, *, by: User) -> bool:
    """Attach it on the right code; False on a wrong one, whose try is counted. Raises AttachRefused."""
    row = _held(need, by)
    waiting = NeedAttachment.objects.waiting().select_for_update().filter(need=row).first()
    if waiting is None or waiting.is_locked_at(timezone.now()):
        raise AttachRefused(_("Ce code ne vaut plus : demandez-en un autre."))
    if not constant_time_compare(waiting.code_hash, _hash(waiting, code)):
        NeedAttachment.objects.filter(pk=waiting.pk).update(tries=F("tries") + 1)
        return False
    _attach(row, waiting, person=by, decided_by=None)
    return True


@transaction.atomic
def decide(attachment: NeedAttachment, *, by: User, is_accepted: bool) -> None:
    """An agent's decision; the first of two counts. Raises AttachRefused."""
    # the need first, then the request: the same order as a code
    need = EmployerNeed.objects.select_for_update().get(pk=attachment.need_id)
    row = NeedAttachment.objects.waiting().select_for_update().filter(pk=attachment.pk).first()
    if row is None or need.is_attached:
        raise AttachRefused(_("Cette demande n'attend plus : une autre personne l'a décidée. Rechargez la page."))
    if need.has_conflict(by):
        raise AttachRefused(_("Vous êtes membre de cette organisation : une autre personne doit décider."))
    if is_accepted:
        _attach(need, row, person=row.asked_by, decided_by=by)
    else:
        NeedAttachment.objects.filter(pk=row.pk).update(decided_at=timezone.now(), decided_by=by, code_hash="")


def _attach(need: EmployerNeed, attachment: NeedAttachment, *, person: User, decided_by: User | None) -> None:
    EmployerNeed.objects.filter(pk=need.pk).update(is_attached=True, link_number=F("link_number") + 1)
    NeedDraft.objects.filter(need=need).update(
        organisation=need.employer.organisation, person=person, confirmed_email="", code_hash=""
    )
    NeedAttachment.objects.filter(pk=attachment.pk).update(
        decided_at=timezone.now(), decided_by=decided_by, is_accepted=True, code_hash=""
    )
