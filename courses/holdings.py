"""What the courses keep of an organisation: its listings, and how it can be told apart."""

from collections.abc import Iterator

from courses.models import ApprenticeshipCentre, Contact, Course, TrainingProvider
from courses.models.provider import Site
from portal.accounts.models import Organisation
from portal.accounts.striking import Holdings
from portal.accounts.tombstones import Identifiers
from portal.moderation.models import Moderated


def listings(organisation: Organisation) -> Iterator[Moderated]:
    """The courses first: a body is withdrawn once nothing of it is shown."""
    yield from Course.objects.filter(provider__organisation=organisation).order_by("pk")
    yield from ApprenticeshipCentre.objects.filter(organisation=organisation).order_by("pk")
    yield from TrainingProvider.objects.filter(organisation=organisation)


def identifiers(organisation: Organisation) -> Identifiers:
    providers = list(TrainingProvider.objects.filter(organisation=organisation))
    centres = ApprenticeshipCentre.objects.filter(organisation=organisation)
    sites: list[Site] = [*providers, *centres]
    people = Contact.objects.filter(organisation=organisation)
    return Identifiers(
        ndas=tuple(body.nda for body in providers if body.nda),
        emails=(*(site.contact_email for site in sites), *(person.email for person in people)),
        phones=(*(site.phone for site in sites), *(person.phone for person in people)),
        websites=tuple(site.website for site in sites),
    )


HOLDINGS = Holdings(listings, identifiers)
