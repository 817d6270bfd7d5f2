"""Bodies and apprenticeship centres of the demonstration, as rows."""

import datetime

from django.utils.text import slugify

from courses.demo_data.centres import CENTRES, CentreFacts
from courses.demo_data.providers import PROVIDERS, UNCLAIMED, ProviderFacts
from courses.demo_data.voices import VOICES
from courses.enums import ContactRole
from courses.models import ApprenticeshipCentre, Contact, ImportSource, TrainingProvider
from courses.qualiopi import COLUMNS, renew_certificates
from portal.accounts.enums import OrganisationKind
from portal.accounts.models import Organisation
from portal.moderation.actions import publish_trusted
from portal.reference.models import Commune, ListedBody
from portal.reference.words.places import TOWNS, Town

QUALIOPI_SOURCE = "Liste fictive de la démonstration"
CHECKED_DAYS_AGO = 40

TOWNS_BY_NAME: dict[str, Town] = {town.name: town for town in TOWNS}


def load_bodies(
    *, day: datetime.date, origin: str, source: ImportSource
) -> tuple[dict[str, TrainingProvider], dict[str, ApprenticeshipCentre]]:
    """Create and publish the forty bodies and the twelve centres; return both by key."""
    organisations = _organisations()
    communes = {commune.insee: commune for commune in Commune.objects.in_bulk([t.insee for t in TOWNS]).values()}
    providers = {facts.key: _provider(facts, organisations, communes, day, source) for facts in PROVIDERS}
    TrainingProvider.objects.bulk_create(providers.values())
    _listed(communes, day)
    renew_certificates()
    Contact.objects.bulk_create(
        Contact(organisation=organisations[facts.siret], role=ContactRole.ADMISSION, name=facts.contact)
        for facts in PROVIDERS
    )
    centres = {facts.key: _centre(facts, organisations, communes, providers, day) for facts in CENTRES}
    ApprenticeshipCentre.objects.bulk_create(centres.values())
    publish_trusted(list(providers.values()), origin=origin)
    publish_trusted(list(centres.values()), origin=origin)
    return providers, centres


def _listed(communes: dict[str, Commune], day: datetime.date) -> None:
    """A fictional public list: the bodies whose certificates are known, and two that nobody claimed."""
    known = [(facts, facts.qualiopi) for facts in PROVIDERS if facts.qualiopi is not None]
    lines = []
    for facts, certified in [*known, *((facts, facts.qualiopi or ()) for facts in UNCLAIMED)]:
        town = TOWNS_BY_NAME[facts.town]
        lines.append(
            ListedBody(
                nda=facts.activity_number,
                siret=facts.siret,
                siren=facts.siret[:9],
                name=facts.name,
                address=facts.street,
                postcode=town.postcodes[0],
                town=facts.town,
                commune=communes[town.insee],
                department_id=town.department,
                region="76",
                source=QUALIOPI_SOURCE,
                listed_on=day - datetime.timedelta(days=CHECKED_DAYS_AGO),
                seen_on=day,
                **{column: category.value in certified for category, column in COLUMNS.items()},
            )
        )
    ListedBody.objects.bulk_create(lines)


def _organisations() -> dict[str, Organisation]:
    """By SIRET; those of the demonstration's accounts are there already."""
    wanted = [(facts.siret, facts.name, OrganisationKind.BODY) for facts in PROVIDERS]
    wanted += [(facts.siret, facts.name, OrganisationKind.CFA) for facts in CENTRES]
    Organisation.objects.bulk_create(
        (Organisation(siret=siret, name=name, kinds=[kind]) for siret, name, kind in wanted), ignore_conflicts=True
    )
    return {row.siret: row for row in Organisation.objects.filter(siret__in=[siret for siret, _n, _k in wanted])}


def _provider(
    facts: ProviderFacts,
    organisations: dict[str, Organisation],
    communes: dict[str, Commune],
    day: datetime.date,
    source: ImportSource,
) -> TrainingProvider:
    town = TOWNS_BY_NAME[facts.town]
    return TrainingProvider(
        organisation=organisations[facts.siret],
        name=facts.name,
        slug=slugify(facts.name)[:80],
        nda=facts.activity_number,
        address=facts.street,
        postcode=town.postcodes[0],
        commune=communes[town.insee],
        website=facts.website,
        phone=facts.telephone(town.department),
        contact_email=facts.email,
        contact_as_said=facts.email,
        contact_said_by=source,
        disability_contact=facts.contact if VOICES[facts.key].is_accessible else "",
        presentation=facts.presentation,
        verified_on=day - datetime.timedelta(days=10 + facts.rank),
    )


def _centre(
    facts: CentreFacts,
    organisations: dict[str, Organisation],
    communes: dict[str, Commune],
    providers: dict[str, TrainingProvider],
    day: datetime.date,
) -> ApprenticeshipCentre:
    town = TOWNS_BY_NAME[facts.town]
    return ApprenticeshipCentre(
        organisation=organisations[facts.siret],
        provider=providers[facts.partner],
        uai=facts.uai,
        name=facts.name,
        address=facts.street,
        postcode=town.postcodes[0],
        commune=communes[town.insee],
        website=facts.website,
        phone=facts.telephone,
        contact_email=facts.email,
        presentation=facts.presentation,
        verified_on=day - datetime.timedelta(days=5 + facts.rank),
    )
