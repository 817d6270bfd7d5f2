"""What the jobs keep of an organisation: an employer's needs, and how it can be told apart."""

from collections.abc import Iterator

from jobs.models import Employer, EmployerNeed
from portal.accounts.models import Organisation
from portal.accounts.striking import Holdings
from portal.accounts.tombstones import Identifiers
from portal.moderation.models import Moderated


def listings(organisation: Organisation) -> Iterator[Moderated]:
    yield from EmployerNeed.objects.filter(employer__organisation=organisation).order_by("pk")


def identifiers(organisation: Organisation) -> Identifiers:
    mails = Employer.objects.filter(organisation=organisation).values_list("contact_email", flat=True)
    return Identifiers(emails=tuple(mails))


HOLDINGS = Holdings(listings, identifiers)
