"""The demonstration's accounts, one per role, each with a password and a second factor that anybody may know."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.actions import join, leave
from portal.accounts.demo_data.organisations import (
    BODY,
    CENTRE,
    EMPLOYER,
    ORGANISATIONS,
    OTHER_BODY,
    REGION,
    OrganisationFacts,
)
from portal.accounts.enums import Role
from portal.accounts.models import Organisation, User


@dataclass(frozen=True)
class DemoAccount:
    """`role` is empty for the superuser, who belongs nowhere; `totp_secret` is in base 32."""

    email: str
    password: str
    role_label: str
    totp_secret: str
    organisation: str
    name: str
    role: str
    has_left: bool = False


def _account(
    email: str, name: str, role_label: str, place: OrganisationFacts | None, role: str, secret: str, left: bool = False
) -> DemoAccount:
    login = email.partition("@")[0]
    organisation = place.name if place else ""
    return DemoAccount(email, f"camins-{login}-2027", role_label, secret, organisation, name, role, left)


MANAGER, EDITOR, MODERATOR, IMPORTER = Role.MANAGER.value, Role.EDITOR.value, Role.MODERATOR.value, Role.IMPORTER.value

ACCOUNTS: tuple[DemoAccount, ...] = (
    _account(
        "administration@camins.example",
        "Alix Rouanet",
        "Administration technique",
        None,
        "",
        "CAMINSDEMOADMINISTRATION22222222",
    ),
    _account(
        "moderation@camins.example",
        "Basile Marquefave",
        "Agent de la Région, modération",
        REGION,
        MODERATOR,
        "CAMINSDEMOMODERATION333333333333",
    ),
    _account(
        "imports@camins.example",
        "Céleste Vidaillac",
        "Agent de la Région, imports",
        REGION,
        IMPORTER,
        "CAMINSDEMOIMPORTS444444444444444",
    ),
    _account(
        "pilotage@camins.example",
        "Dorian Lespinasse",
        "Agent de la Région, pilotage",
        REGION,
        MANAGER,
        "CAMINSDEMOPILOTAGE55555555555555",
    ),
    _account(
        "organisme@camins.example",
        "Laurence Calmont",
        "Organisme de formation, responsable",
        BODY,
        MANAGER,
        "CAMINSDEMOORGANISME6666666666666",
    ),
    _account(
        "redaction@camins.example",
        "Elian Bonnefous",
        "Organisme de formation, rédaction",
        BODY,
        EDITOR,
        "CAMINSDEMOREDACTION7777777777777",
    ),
    _account(
        "autre-organisme@camins.example",
        "Maëlle Dastugue",
        "Autre organisme de formation, responsable",
        OTHER_BODY,
        MANAGER,
        "CAMINSDEMOAUTREORGANISME22222222",
    ),
    _account(
        "cfa@camins.example", "Fanny Escudié", "CFA, responsable", CENTRE, MANAGER, "CAMINSDEMOCFA3333333333333333333"
    ),
    _account(
        "employeur@camins.example",
        "Guilhem Soulages",
        "Employeur, responsable",
        EMPLOYER,
        MANAGER,
        "CAMINSDEMOEMPLOYEUR4444444444444",
    ),
    _account(
        "ancien@camins.example",
        "Hugo Pradines",
        "Ancien membre d'un organisme, parti",
        BODY,
        EDITOR,
        "CAMINSDEMOANCIEN5555555555555555",
        left=True,
    ),
)


@transaction.atomic
def load(*, day: datetime.date, report: Callable[..., None]) -> None:
    """Open the accounts that are missing; nothing of them depends on `day`."""
    places = {
        facts.name: Organisation.objects.get_or_create(
            siret=facts.siret, defaults={"name": facts.name, "kinds": [facts.kind]}
        )[0]
        for facts in ORGANISATIONS
    }
    for done, account in enumerate(ACCOUNTS):
        report(_("comptes"), done, len(ACCOUNTS))
        if not User.objects.filter(email=account.email).exists():
            _open(account, places.get(account.organisation))
    report(_("comptes"), len(ACCOUNTS), len(ACCOUNTS))


def _open(account: DemoAccount, place: Organisation | None) -> None:
    create = User.objects.create_user if place else User.objects.create_superuser
    user = create(account.email, account.password, name=account.name)
    EmailAddress.objects.create(user=user, email=account.email, verified=True, primary=True)
    TOTP.activate(user, account.totp_secret)
    if place is not None:
        membership = join(user=user, organisation=place, role=account.role)
        if account.has_left:
            leave(membership)
