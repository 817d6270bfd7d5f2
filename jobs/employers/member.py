"""A member writes in the name of their organisation: the first page is known already."""

from jobs.employers.answers import Who
from jobs.employers.register import company_register
from jobs.employers.rewriting import company_of
from jobs.enums import CompanyState
from jobs.models import Employer, NeedDraft
from portal.accounts.models import Organisation, User


def who_for(organisation: Organisation, person: User) -> Who:
    """What the first page would say; the register is asked only about an employer it never answered for."""
    employer = Employer.objects.filter(organisation=organisation).select_related("commune", "organisation").first()
    if employer is None or employer.register_state == CompanyState.UNCHECKED:
        company = company_register().look_up(organisation.siret)
    else:
        company = company_of(employer)
    name = employer.name if employer else company.name or organisation.name
    return Who(company=company, name=name, person=person.get_full_name()[:150], email=person.email.lower())


def first_commitment(draft: NeedDraft) -> dict[str, bool]:
    """What the last page starts from: whether the organisation of a member already agreed to be named."""
    employer = Employer.objects.filter(organisation=draft.organisation_id).first() if draft.organisation_id else None
    return {"may_be_named": employer.may_be_named} if employer else {}
