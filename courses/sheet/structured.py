"""The course as structured data (schema.org Course), for search engines: only what is known, never a guessed price."""

from typing import Any

from django.conf import settings

from courses.enums import DatePrecision, Modality
from courses.models import Offering, Session
from courses.search.cards import town_of
from courses.sheet.read import Sheet
from portal.reference.enums import Validity

MODES = {Modality.ONSITE: "Onsite", Modality.MIXED: "Blended", Modality.REMOTE: "Online"}
DATE_FORMATS = {DatePrecision.DAY: "%Y-%m-%d", DatePrecision.MONTH: "%Y-%m", DatePrecision.YEAR: "%Y"}


def structured(sheet: Sheet) -> dict[str, Any]:
    """A JSON-able dict; the template writes it so that it cannot close its own element."""
    course = sheet.course
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "Course",
            "name": course.title,
            "description": course.summary or course.objective[:500] or course.title,
            "url": settings.CAMINS_SITE_URL + course.get_absolute_url(),
            "inLanguage": "fr",
            "courseCode": str(course.pk),
            "provider": _known(
                {"@type": "Organization", "name": course.provider.name, "sameAs": course.provider.website}
            ),
            "coursePrerequisites": course.entry_requirements,
            "educationalCredentialAwarded": _awarded(sheet),
            "teaches": [link.skill.label for link in course.skill_links.all()],
            "offers": _offers(sheet),
            "hasCourseInstance": _instances(sheet),
        }
    )


def _awarded(sheet: Sheet) -> list[str]:
    """An expired certification is awarded to nobody who enters now."""
    every = sheet.course.certifications.all()
    return [each.title for each in every if each.validity_on(sheet.day) != Validity.EXPIRED]


def _known(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if value not in (None, "", [])}


def _offers(sheet: Sheet) -> list[dict[str, Any]]:
    prices = dict.fromkeys(each.price_cents for each in sheet.offerings if each.price_cents is not None)
    return [
        {
            "@type": "Offer",
            "category": "Paid" if cents else "Free",
            "price": f"{cents // 100}.{cents % 100:02d}",
            "priceCurrency": "EUR",
        }
        for cents in prices
    ]


def _instances(sheet: Sheet) -> list[dict[str, Any]]:
    made = [_instance(sheet.by_number[each.offering_id], each) for each in sheet.sessions]
    undated = {each.offering_id for each in sheet.sessions}
    return made + [_instance(offering, None) for offering in sheet.offerings if offering.pk not in undated]


def _instance(offering: Offering, session: Session | None) -> dict[str, Any]:
    return _known(
        {
            "@type": "CourseInstance",
            "courseMode": MODES.get(Modality(offering.modality)) if offering.modality else None,
            "courseWorkload": f"PT{offering.duration_hours}H" if offering.duration_hours else None,
            "startDate": _date(session.starts_on, session.starts_precision) if session else None,
            "endDate": _date(session.ends_on, session.ends_precision) if session else None,
            "location": _place(offering),
        }
    )


def _date(value, precision: str) -> str | None:
    return value.strftime(DATE_FORMATS[DatePrecision(precision)]) if value else None


def _place(offering: Offering) -> dict[str, Any] | None:
    if offering.modality == Modality.REMOTE or not town_of(offering):
        return None
    address = _known(
        {
            "@type": "PostalAddress",
            "streetAddress": offering.address,
            "postalCode": offering.postcode,
            "addressLocality": town_of(offering),
            "addressCountry": "FR",
        }
    )
    return _known({"@type": "Place", "name": offering.place_name or town_of(offering), "address": address})
