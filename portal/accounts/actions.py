"""Joining and leaving: the only place that writes `is_staff`."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.enums import ORGANISATION_ROLES, REGION_ROLES, OrganisationKind, Role
from portal.accounts.models import Invitation, Membership, Organisation, User


class RoleRefused(ValueError):
    """A role that does not exist in that kind of organisation, or an organisation that nobody may join."""


def roles_in(organisation: Organisation) -> set[Role]:
    """The roles that exist in an organisation of these kinds."""
    return REGION_ROLES if OrganisationKind.REGION in organisation.kinds else ORGANISATION_ROLES


def why_not_join(organisation: Organisation, role: str) -> str:
    """The sentence that refuses this role in this organisation; empty where nothing does."""
    if role not in roles_in(organisation):
        return _("Ce rôle n'existe pas dans cette organisation.")
    if organisation.is_struck_off:
        return _("Cette organisation est radiée : personne ne peut la rejoindre tant que la radiation n'est pas levée.")
    return ""


def _write_staff(user: User) -> None:
    is_agent = user.memberships.present().filter(organisation__kinds__contains=[OrganisationKind.REGION]).exists()
    User.objects.filter(pk=user.pk).update(is_staff=is_agent or user.is_superuser)
    user.is_staff = is_agent or user.is_superuser


@transaction.atomic
def write_staff_of(organisation: Organisation) -> None:
    """Say again who is staff among its members, after its kinds changed."""
    for user in User.objects.filter(memberships__in=organisation.memberships.present()):
        _write_staff(user)


@transaction.atomic
def join(*, user: User, organisation: Organisation, role: str) -> Membership:
    """Make `user` a present member with `role`, or change the role they have. Raises RoleRefused."""
    refusal = why_not_join(organisation, role)
    if refusal:
        raise RoleRefused(refusal)
    membership, _created = Membership.objects.update_or_create(
        user=user, organisation=organisation, left_at=None, defaults={"role": role}
    )
    _write_staff(user)
    return membership


@transaction.atomic
def leave(membership: Membership) -> None:
    """End a membership: the row stays as a trace, every right goes at once, and so do the invitations they sent."""
    hold(membership.organisation_id)
    Membership.objects.filter(pk=membership.pk, left_at__isnull=True).update(left_at=timezone.now())
    membership.refresh_from_db()
    withdraw_invitations_of(membership)
    _write_staff(membership.user)


def hold(organisation_id: int) -> None:
    """Lock an organisation's team until the end of the transaction: who joins and who leaves come one by one."""
    Organisation.objects.select_for_update().get(pk=organisation_id)


def withdraw_invitations_of(membership: Membership) -> None:
    """Take back what a member who manages the team no more had sent and nobody accepted yet."""
    sent = Invitation.objects.open().filter(organisation=membership.organisation_id, invited_by=membership.user_id)
    sent.update(withdrawn_at=timezone.now())


@transaction.atomic
def verify_email(user: User) -> None:
    """The mailbox answered (a link it received was used): the account's address is verified."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


@transaction.atomic
def change_email(user: User, email: str) -> None:
    """Give an account another address; the former one opens nothing any more, not even by a forgotten password."""
    EmailAddress.objects.filter(user=user).exclude(email__iexact=email).delete()
    User.objects.filter(pk=user.pk).update(email=email)
    user.email = email
