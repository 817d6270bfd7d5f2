"""Who may knock at a page: one person per identity of the access matrix, and how each signs in."""

import time
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa import app_settings as mfa
from allauth.mfa.totp.internal.auth import TOTP

from portal.accounts.actions import join, leave
from portal.accounts.enums import OrganisationKind, Role
from portal.accounts.models import Organisation, User
from portal.demo.codes import current_code
from tests import makers

PASSWORD = "un mot de passe long"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
VISITOR = "visitor"


@dataclass(frozen=True)
class People:
    """The people by identity; a visitor is nobody. `body` is the organisation of both body_* members."""

    body: Organisation
    users: dict[str, User | None]


def code_that_lasts(secret: str, seconds: int = 3) -> str:
    """The code of the moment; where it would change within `seconds`, the next one, once it has come."""
    left = mfa.TOTP_PERIOD - time.time() % mfa.TOTP_PERIOD
    if left < seconds:
        time.sleep(left)
    return current_code(secret)


def verified(user: User) -> User:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def with_second_factor(user: User, secret: str = SECRET) -> User:
    TOTP.activate(user, secret)
    return user


def make_agent(role: str, *, email: str = "", region: Organisation | None = None) -> User:
    """A member of the Région who may enter /gestion/."""
    region = region or makers.make_organisation(name="Région (tests)", kinds=[OrganisationKind.REGION])
    return with_second_factor(verified(makers.make_user(email, organisation=region, role=role)))


def make_member(organisation: Organisation, role: str = Role.MANAGER, *, email: str = "") -> User:
    """A member of a body who may enter /espace-organisme/."""
    return with_second_factor(verified(makers.make_user(email, organisation=organisation, role=role)))


def make_people(body: Organisation | None = None, employer: Organisation | None = None) -> People:
    """Everybody; the body and the employer are new ones unless given, the others of their sort have nothing yet."""
    body = body or makers.make_organisation(name="Organisme (tests)")
    other = makers.make_organisation(name="Autre organisme (tests)")
    sort = [OrganisationKind.EMPLOYER]
    employer = employer or makers.make_organisation(name="Employeur (tests)", kinds=sort)
    other_employer = makers.make_organisation(name="Autre employeur (tests)", kinds=sort)
    region = makers.make_organisation(name="Région (tests)", kinds=[OrganisationKind.REGION])
    leaver = make_agent(Role.MANAGER, region=region)
    join(user=leaver, organisation=body, role=Role.MANAGER)
    for membership in leaver.memberships.present():
        leave(membership)
    superuser = verified(User.objects.create_superuser("racine@essai.example", PASSWORD))
    bare = verified(makers.make_user(organisation=region, role=Role.MODERATOR))
    users = {
        VISITOR: None,
        **{f"body_{role}": make_member(body, role) for role in (Role.MANAGER, Role.EDITOR, Role.READER)},
        "other_body": make_member(other, Role.MANAGER),
        "body_without_mfa": verified(makers.make_user(organisation=body, role=Role.MANAGER)),
        "employer": verified(makers.make_user(organisation=employer, role=Role.MANAGER)),
        "employer_manager": make_member(employer, Role.MANAGER),
        "employer_reader": make_member(employer, Role.READER),
        "other_employer": make_member(other_employer, Role.MANAGER),
        "leaver": leaver,
        "agent_without_mfa": bare,
        "importer": make_agent(Role.IMPORTER, region=region),
        "moderator": make_agent(Role.MODERATOR, region=region),
        "region_manager": make_agent(Role.MANAGER, region=region),
        "superuser": with_second_factor(superuser),
    }
    return People(body=body, users={name: user and User.objects.get(pk=user.pk) for name, user in users.items()})
