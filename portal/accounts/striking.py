"""Striking an organisation off, and lifting it: two persons. What floors above keep of it, they bring here by name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts import actions
from portal.accounts.enums import OrganisationKind
from portal.accounts.models import Membership, Organisation, Tombstone, User
from portal.accounts.tombstones import Identifiers, Likeness, likenesses, marks_of
from portal.moderation.models import Moderated, MoveRefused, Status


class StrikeRefused(ValueError):
    """A striking off, or its lifting, that cannot be; `str()` is the French sentence."""


@dataclass(frozen=True)
class Holdings:
    """What a floor keeps of an organisation: its moderated rows, and how it can be told apart."""

    listings: Callable[[Organisation], Iterable[Moderated]]
    identifiers: Callable[[Organisation], Identifiers] = lambda organisation: Identifiers()


_floors: list[Holdings] = []


def register(holdings: Holdings) -> None:
    """Called by each floor when it is ready: striking off reaches what it keeps."""
    _floors.append(holdings)


def identifiers_of(organisation: Organisation) -> Identifiers:
    """All that the portal knows to tell an organisation by, the addresses of its present members included."""
    people = organisation.memberships.present().values_list("user__email", flat=True)
    told = Identifiers(sirens=(organisation.siren,), emails=tuple(people))
    for floor in _floors:
        told += floor.identifiers(organisation)
    return told


def likenesses_of(organisation: Organisation) -> list[Likeness]:
    """The tombstones of others that this organisation recalls."""
    return [each for each in likenesses(identifiers_of(organisation)) if each.tombstone.organisation != organisation]


@transaction.atomic
def strike_off(organisation: Organisation, *, by: User, reason: str) -> Tombstone:
    """Withdraw all that is shown, end every membership, leave a tombstone. Raises StrikeRefused."""
    actions.hold(organisation.pk)
    if refusal := _why_not_strike(organisation, by, reason):
        raise StrikeRefused(refusal)
    tombstone = Tombstone.objects.create(
        organisation=organisation, marks=marks_of(identifiers_of(organisation)), reason=reason.strip(), struck_by=by
    )
    said = _("Organisme radié : %(reason)s") % {"reason": reason.strip()}
    for floor in _floors:
        for row in floor.listings(organisation):
            _withdraw(row, by=by, reason=said)
    for membership in Membership.objects.present().filter(organisation=organisation):
        actions.leave(membership)
    organisation.invitations.open().update(withdrawn_at=timezone.now())
    return tombstone


def _why_not_strike(organisation: Organisation, by: User, reason: str) -> str:
    if not reason.strip():
        return _("Écrivez le motif de la radiation.")
    if OrganisationKind.REGION in organisation.kinds:
        return _("La Région ne se radie pas.")
    if organisation.has_member(by):
        return _("Vous êtes membre de cette organisation : une autre personne doit décider.")
    return _("Cette organisation est déjà radiée.") if organisation.is_struck_off else ""


def _withdraw(row: Moderated, *, by: User, reason: str) -> None:
    if row.status in (Status.PUBLISHED, Status.SUBMITTED):
        try:
            row.withdraw(by=by, reason=reason)
        except MoveRefused:  # somebody withdrew it meanwhile
            return


@transaction.atomic
def lift(tombstone: Tombstone, *, by: User, reason: str) -> None:
    """Let the organisation come back; its listings stay withdrawn, its team starts anew. Raises StrikeRefused."""
    if not reason.strip():
        raise StrikeRefused(_("Écrivez pourquoi la radiation est levée."))
    if tombstone.struck_by_id == by.pk:
        raise StrikeRefused(_("Vous avez prononcé cette radiation : une autre personne doit la lever."))
    if tombstone.organisation and tombstone.organisation.has_member(by):
        raise StrikeRefused(_("Vous êtes membre de cette organisation : une autre personne doit décider."))
    standing = Tombstone.objects.standing().filter(pk=tombstone.pk)
    if not standing.update(lifted_by=by, lifted_at=timezone.now(), lift_reason=reason.strip()):
        raise StrikeRefused(_("Cette radiation est déjà levée."))
