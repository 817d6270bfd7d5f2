"""What is known of an organisation by its SIRET or its activity number (NDA): nothing private."""

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import ApprenticeshipCentre, TrainingProvider
from courses.qualiopi import COLUMNS
from portal.accounts.enums import OrganisationKind
from portal.accounts.models import Organisation
from portal.accounts.tombstones import Identifiers
from portal.reference.models import ListedBody, ListedCentre

SAYS = {True: _("certifié"), False: _("non certifié"), None: _("la liste ne le dit pas")}


@dataclass(frozen=True)
class Found:
    """An organisation that somebody may claim. `siret` is empty where no list says it: nothing can be claimed then."""

    siret: str
    nda: str
    name: str
    town: str
    kinds: tuple[OrganisationKind, ...]
    listed: ListedBody | None = None
    organisation: Organisation | None = None
    provider: TrainingProvider | None = None

    @property
    def certified(self) -> list[tuple[str, str]]:
        """(category, what the list says of it) for each category of Qualiopi; empty where no list holds the body."""
        if self.listed is None:
            return []
        return [(str(category.label), str(SAYS[getattr(self.listed, column)])) for category, column in COLUMNS.items()]

    @property
    def source(self) -> str:
        return self.listed.source if self.listed else ""

    @property
    def listed_on(self) -> datetime.date | None:
        return self.listed.listed_on if self.listed else None

    @property
    def has_team(self) -> bool:
        return self.organisation is not None and self.organisation.memberships.present().exists()

    @property
    def is_region(self) -> bool:
        """Members of the Région are agents: nobody becomes one by a claim."""
        return self.organisation is not None and OrganisationKind.REGION in self.organisation.kinds

    @property
    def is_by_document_only(self) -> bool:
        """A CFA, or a body of the lists, without a sheet here: no source told an address that a code may go to."""
        return self.provider is None

    @property
    def identifiers(self) -> Identifiers:
        """What tells it apart, for the likeness to a struck-off organisation."""
        provider = self.provider
        return Identifiers(
            sirens=(self.siret[:9],) if self.siret else (),
            ndas=(self.nda, *(self.listed.former_ndas if self.listed else ())),
            emails=(provider.contact_email,) if provider else (),
            phones=(provider.phone,) if provider else (),
            websites=(provider.website,) if provider else (),
        )


def look_up(number: str) -> Found | None:
    """The organisation of a SIRET (14 digits) or of an activity number (11 digits), None where nobody knows it."""
    provider = _provider(number)
    listed = _listed(number, provider)
    siret = provider.organisation.siret if provider else listed.siret if listed else number
    if len(siret) != 14:
        siret = ""
    organisation = Organisation.objects.filter(siret=siret).first() if siret else None
    centre = _centre(siret) if siret else None
    if not (listed or organisation or centre):
        return None
    there = ((OrganisationKind.BODY, listed or provider), (OrganisationKind.CFA, centre))
    kinds = tuple(kind for kind, row in there if row)
    return Found(
        siret=siret,
        nda=(provider.nda if provider else "") or (listed.nda if listed else ""),
        name=_first(provider, organisation, listed, centre),
        town=_town(provider, listed, centre),
        kinds=kinds or (OrganisationKind.BODY,),
        listed=listed,
        organisation=organisation,
        provider=provider,
    )


def _provider(number: str) -> TrainingProvider | None:
    rows = TrainingProvider.objects.select_related("organisation", "commune", "contact_said_by")
    return rows.filter(Q(nda=number) | Q(organisation__siret=number)).first()


def _listed(number: str, provider: TrainingProvider | None) -> ListedBody | None:
    """The line of the public list: by number, then by the provider's, then alone of its SIREN."""
    rows = ListedBody.objects.present().select_related("commune")
    numbers = [number, *([provider.nda or "", provider.organisation.siret] if provider else ())]
    for each in filter(None, numbers):
        if found := rows.filter(Q(nda=each) | Q(siret=each)).order_by("nda").first():
            return found
    if len(number) == 11:
        return rows.filter(former_ndas__contains=[number]).first()
    same = list(rows.filter(siren=number[:9])[:2])
    return same[0] if len(same) == 1 else None


def _centre(siret: str) -> ApprenticeshipCentre | ListedCentre | None:
    known = ApprenticeshipCentre.objects.select_related("commune").filter(organisation__siret=siret).first()
    listed = ListedCentre.objects.present().select_related("commune").filter(siret=siret)
    return known or listed.order_by("-name").first()


def _first(*rows: TrainingProvider | Organisation | ListedBody | ApprenticeshipCentre | ListedCentre | None) -> str:
    return next((row.name for row in rows if row is not None and row.name), "") or str(_("CFA sans nom dans la liste"))


def _town(*rows: TrainingProvider | ListedBody | ApprenticeshipCentre | ListedCentre | None) -> str:
    for row in rows:
        town = row.commune.name if row is not None and row.commune else getattr(row, "town", "")
        if town:
            return str(town)
    return ""
