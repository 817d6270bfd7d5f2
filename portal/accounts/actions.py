"""Joining and leaving: the only place that writes `is_staff`."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.enums import ORGANISATION_ROLES, REGION_ROLES, OrganisationKind, Role
from portal.accounts.models import Membership, Organisation, User


class RoleRefused(ValueError):
    """A role that does not exist in that kind of organisation."""


def roles_in(organisation: Organisation) -> set[Role]:
    """The roles that exist in an organisation of these kinds."""
    return REGION_ROLES if OrganisationKind.REGION in organisation.kinds else ORGANISATION_ROLES


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
    if role not in roles_in(organisation):
        raise RoleRefused(_("Ce rôle n'existe pas dans cette organisation."))
    membership, _created = Membership.objects.update_or_create(
        user=user, organisation=organisation, left_at=None, defaults={"role": role}
    )
    _write_staff(user)
    return membership


@transaction.atomic
def leave(membership: Membership) -> None:
    """End a membership: the row stays as a trace, every right goes at once."""
    Membership.objects.filter(pk=membership.pk, left_at__isnull=True).update(left_at=timezone.now())
    membership.refresh_from_db()
    _write_staff(membership.user)


@transaction.atomic
def change_email(user: User, email: str) -> None:
    """Give an account another address; the former one opens nothing any more, not even by a forgotten password."""
    EmailAddress.objects.filter(user=user).exclude(email__iexact=email).delete()
    User.objects.filter(pk=user.pk).update(email=email)
    user.email = email
