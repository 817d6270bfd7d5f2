"""A need as structured data (schema.org JobPosting): only while it is open, and only if its employer may be named."""

from typing import Any

from django.conf import settings
from django.utils.html import escape
from django.utils.translation import gettext as _

from jobs.board.read import need_url, posted_on
from jobs.enums import Contract
from jobs.models import EmployerNeed
from portal.reference.enums import Importance

# what the contract says for sure: a CDI may be full time or not
TYPES = {Contract.FIXED_TERM: "TEMPORARY", Contract.INTERNSHIP: "INTERN"}
REGION = "Occitanie"


def structured(need: EmployerNeed) -> dict[str, Any] | None:
    """A JSON-able dict, or None where the employer did not agree to be named. `need` is open."""
    if not need.employer.may_be_named:
        return None
    posted = posted_on(need)
    posting = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": need.title,
        "description": _described(need),
        "url": settings.CAMINS_SITE_URL + need_url(need),
        "identifier": {"@type": "PropertyValue", "name": "Camins", "value": str(need.pk)},
        "datePosted": posted.isoformat() if posted else None,
        "validThrough": need.expires_on.isoformat() if need.expires_on else None,
        "employmentType": TYPES.get(Contract(need.contract)),
        "totalJobOpenings": need.headcount,
        "hiringOrganization": {"@type": "Organization", "name": need.employer.name},
        "jobLocation": _place(need),
        "baseSalary": _salary(need),
        "jobStartDate": need.wished_on.isoformat() if need.wished_on else None,
        "skills": ", ".join(link.skill.label for link in need.skill_links.all()),
        "directApply": False,
    }
    if need.is_remote:
        posting["jobLocationType"] = "TELECOMMUTE"
        posting["applicantLocationRequirements"] = {"@type": "Country", "name": "France"}
    return {name: value for name, value in posting.items() if value not in (None, "", [])}


def _described(need: EmployerNeed) -> str:
    """The text of the advert in HTML, as the vocabulary wants it."""
    lines = [line.strip() for line in (need.description or need.title).splitlines() if line.strip()]
    skills = [link.skill.label for link in need.skill_links.all() if link.importance == Importance.ESSENTIAL]
    if skills:
        lines.append(_("Compétences indispensables : %(skills)s.") % {"skills": ", ".join(skills)})
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _salary(need: EmployerNeed) -> dict[str, Any] | None:
    """Euros a year before deductions: a range, or the one end that was said."""
    ends = {"minValue": need.salary_min_euros, "maxValue": need.salary_max_euros}
    said = {name: value for name, value in ends.items() if value is not None}
    if not said:
        return None
    amount = {"@type": "QuantitativeValue", **said, "unitText": "YEAR"}
    return {"@type": "MonetaryAmount", "currency": "EUR", "value": amount}


def _place(need: EmployerNeed) -> dict[str, Any] | None:
    if need.commune is None:
        return None
    address = {
        "@type": "PostalAddress",
        "addressLocality": need.commune.name,
        "postalCode": need.commune.postcodes[0] if need.commune.postcodes else None,
        "addressRegion": REGION,
        "addressCountry": "FR",
    }
    return {"@type": "Place", "address": {name: value for name, value in address.items() if value}}
