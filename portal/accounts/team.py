"""The team of an organisation: invited by mail, given roles, left. Its managers decide; there is always one.

Each verb holds the organisation first, so that of an invitation and a departure at the same moment one comes first.
"""

import datetime
import hashlib
import secrets

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts import actions
from portal.accounts.enums import ORGANISATION_ROLES, OrganisationKind, Role
from portal.accounts.models import Invitation, Membership, Organisation, User
from portal.mail.models import OutgoingMail

LASTS = datetime.timedelta(days=14)
DAY = datetime.timedelta(days=1)
MAILS_A_DAY = 3  # to one address
MOST_OPEN = 50  # of one organisation
MAIL_KIND = "invitation"


class TeamRefused(ValueError):
    """A change of the team that cannot be; `str()` is the French sentence for the person who tried."""


def hash_of(token: str) -> str:
    """What the base keeps of a token: 256 bits of chance need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def _check_manager(organisation: Organisation, by: User) -> None:
    if not organisation.memberships.present().filter(user=by, role=Role.MANAGER).exists():
        raise TeamRefused(_("Seuls les responsables de l'organisation gèrent son équipe."))


def _present(membership: Membership) -> Membership:
    """The same membership, read anew under the lock of its organisation."""
    actions.hold(membership.organisation_id)
    row = Membership.objects.present().select_related("organisation", "user").filter(pk=membership.pk).first()
    if row is None:
        raise TeamRefused(_("Cette personne n'est plus dans l'organisation."))
    return row


def why_not_without(membership: Membership) -> str:
    """The sentence that keeps the last manager in their role; empty for anybody else."""
    others = Membership.objects.present().filter(
        organisation=membership.organisation_id, role=Role.MANAGER, user__is_active=True
    )
    if membership.role != Role.MANAGER or others.exclude(pk=membership.pk).exists():
        return ""
    return _("C'est le dernier responsable de l'organisation : donnez d'abord ce rôle à une autre personne.")


@transaction.atomic
def invite(*, organisation: Organisation, email: str, role: str, by: User) -> Invitation:
    """Leave a mail that asks somebody to join; a newer invitation replaces an open one. Raises TeamRefused."""
    actions.hold(organisation.pk)
    _check_manager(organisation, by)
    email = email.lower()
    now = timezone.now()
    refusal = why_not_invite(organisation, email, role, now)
    if refusal:
        raise TeamRefused(refusal)
    organisation.invitations.open().filter(email=email).update(withdrawn_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        token_hash=hash_of(token),
        invited_by=by,
        invited_at=now,
        expires_at=now + LASTS,
    )
    _write(invitation, token)
    return invitation


def why_not_invite(organisation: Organisation, email: str, role: str, now: datetime.datetime) -> str:
    """The sentence that refuses this invitation; empty where nothing does."""
    if OrganisationKind.REGION in organisation.kinds or role not in ORGANISATION_ROLES:
        return _("Ce rôle n'existe pas dans cette organisation.")
    if refusal := actions.why_not_join(organisation, role):
        return refusal
    if organisation.memberships.present().filter(user__email__iexact=email).exists():
        return _("Cette personne est déjà dans l'équipe.")
    if organisation.invitations.waiting(now).exclude(email=email).count() >= MOST_OPEN:
        return _("%(most)s invitations attendent déjà une réponse : retirez-en avant d'en envoyer d'autres.") % {
            "most": MOST_OPEN
        }
    written = OutgoingMail.objects.filter(kind=MAIL_KIND, to__iexact=email, created_at__gt=now - DAY)
    if written.count() >= MAILS_A_DAY:
        return _("Cette adresse a déjà reçu trois invitations aujourd'hui : réessayez demain.")
    return ""


def _write(invitation: Invitation, token: str) -> None:
    told = {
        "who": invitation.invited_by.get_full_name(),
        "organisation": invitation.organisation.name,
        "role": invitation.get_role_display(),
        "address": settings.CAMINS_SITE_URL + reverse("invitation", args=[token]),
        "day": f"{timezone.localtime(invitation.expires_at):%d/%m/%Y}",
    }
    body = _(
        "Bonjour,\n\n%(who)s vous invite à rejoindre %(organisation)s sur Camins, comme %(role)s.\n\n"
        "Pour voir l'invitation et l'accepter : %(address)s\n\n"
        "Ce lien est pour vous seul et vaut jusqu'au %(day)s. Si vous n'attendiez pas ce message, ne faites rien."
    )
    subject = _("[Camins] Invitation à rejoindre %(organisation)s") % told
    OutgoingMail.objects.create(
        to=invitation.email, subject=" ".join(subject.split())[:200], body=body % told, kind=MAIL_KIND
    )


def find(token: str) -> Invitation | None:
    """The invitation of this token, whatever became of it."""
    rows = Invitation.objects.select_related("organisation", "invited_by")
    return rows.filter(token_hash=hash_of(token)).first()


def why_over(invitation: Invitation) -> str:
    """The sentence for an invitation that can be accepted no more; empty while it can."""
    if invitation.accepted_at:
        return _("Cette invitation a déjà été acceptée : connectez-vous.")
    sender = invitation.organisation.memberships.present().filter(user=invitation.invited_by_id, role=Role.MANAGER)
    if invitation.withdrawn_at or not sender.exists():
        return _("Cette invitation a été retirée : demandez-en une autre à la personne qui vous a écrit.")
    if invitation.expires_at <= timezone.now():
        return _("Cette invitation a plus de quatorze jours : demandez-en une autre à la personne qui vous a écrit.")
    return ""


@transaction.atomic
def accept_invitation(invitation: Invitation, *, user: User) -> Membership:
    """Join with the role of the invitation; a present member keeps the role they have. Raises TeamRefused."""
    actions.hold(invitation.organisation_id)
    row = Invitation.objects.select_related("organisation").get(pk=invitation.pk)
    if refusal := why_over(row):
        raise TeamRefused(refusal)
    if user.email.lower() != row.email:
        raise TeamRefused(_("Cette invitation est pour une autre adresse électronique que celle de votre compte."))
    membership = row.organisation.memberships.present().filter(user=user).first()
    try:
        membership = membership or actions.join(user=user, organisation=row.organisation, role=row.role)
    except actions.RoleRefused as refused:
        raise TeamRefused(str(refused)) from refused
    Invitation.objects.filter(pk=row.pk).update(accepted_at=timezone.now())
    return membership


@transaction.atomic
def accept_with_account(invitation: Invitation, *, name: str, password: str) -> User:
    """Open the account of the invited address, verified since its mail was read, and join. Raises TeamRefused."""
    actions.hold(invitation.organisation_id)
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise TeamRefused(_("Un compte a déjà cette adresse : connectez-vous pour accepter."))
    user = User.objects.create_user(invitation.email, password, name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    accept_invitation(invitation, user=user)
    return user


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Take back an invitation that nobody accepted. Raises TeamRefused."""
    actions.hold(invitation.organisation_id)
    _check_manager(invitation.organisation, by)
    if not Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        raise TeamRefused(_("Cette invitation n'attend plus."))


@transaction.atomic
def change_role(membership: Membership, *, role: str, by: User) -> Membership:
    """Give a present member another role. Raises TeamRefused."""
    row = _present(membership)
    _check_manager(row.organisation, by)
    if role not in ORGANISATION_ROLES:
        raise TeamRefused(_("Ce rôle n'existe pas dans cette organisation."))
    if role == Role.MANAGER:
        return actions.join(user=row.user, organisation=row.organisation, role=role)
    if refusal := why_not_without(row):
        raise TeamRefused(refusal)
    actions.withdraw_invitations_of(row)
    return actions.join(user=row.user, organisation=row.organisation, role=role)


@transaction.atomic
def leave(membership: Membership, *, by: User) -> None:
    """End a membership: one's own, or another's for a manager. Raises TeamRefused, for the last manager too."""
    row = _present(membership)
    if by.pk != row.user_id:
        _check_manager(row.organisation, by)
    if refusal := why_not_without(row):
        raise TeamRefused(refusal)
    actions.leave(row)
