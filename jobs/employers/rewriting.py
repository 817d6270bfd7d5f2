"""A need that was not written on the four pages (by an agent, by an import), laid out there to be corrected."""

from jobs.employers.answers import COMMITMENT, HOW, WHAT, WHO, Commitments, How, Target, Wanted, What, Who, kept
from jobs.employers.register import Company
from jobs.models import Employer, EmployerNeed


def company_of(employer: Employer) -> Company:
    """What the register and the employer's own sheet say of it."""
    place = employer.commune
    return Company(
        siret=employer.organisation.siret,
        state=employer.register_state,
        name=employer.name,
        address=employer.address,
        town=place.name if place else "",
        insee=place.insee if place else "",
        source=employer.register_source,
    )


def pages_of(need: EmployerNeed) -> dict[str, dict]:
    """Its four pages, as a draft keeps them."""
    return {WHO: kept(_who(need)), WHAT: kept(_what(need)), HOW: kept(_how(need)), COMMITMENT: kept(_commitment(need))}


def _who(need: EmployerNeed) -> Who:
    employer = need.employer
    return Who(company_of(employer), employer.name, need.poster_name, need.poster_email or employer.contact_email)


def _what(need: EmployerNeed) -> What:
    target = Target("", "")
    if need.profile:
        target = Target(f"p:{need.profile.slug}", need.profile.name)
    elif need.occupation:
        target = Target(f"r:{need.occupation.code}", need.occupation.label)
    links = need.skill_links.select_related("skill").order_by("-importance", "skill__label")
    return What(
        title=need.title,
        description=need.description,
        level=need.level,
        target=target.key,
        proposals=(target,) if target.key else (),
        skills=tuple(Wanted(each.skill.code, each.importance, each.level) for each in links),
        is_done=True,
    )


def _how(need: EmployerNeed) -> How:
    return How(
        headcount=need.headcount,
        contract=need.contract,
        insee=need.commune_id or "",
        is_remote=need.is_remote,
        wished_on=need.wished_on.isoformat() if need.wished_on else "",
        salary_min=need.salary_min_euros,
        salary_max=need.salary_max_euros,
    )


def _commitment(need: EmployerNeed) -> Commitments:
    return Commitments(tuple(need.commitments), need.employer.may_be_named)
