"""The context of course.html."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.actions import address_of
from courses.filters import CourseFilterSet
from courses.freshness import days_unconfirmed
from courses.models import Course
from courses.search.cards import kind_of, town_of
from courses.sheet.costs import costs_of
from courses.sheet.facts import facts_of
from courses.sheet.read import Sheet, read_sheet
from courses.sheet.sections import sections_of, skills_of
from courses.sheet.sessions import sessions_of
from courses.sheet.structured import structured
from courses.sheet.validity import expired_of
from portal.web.templatetags.camins import modality


def course_page(course: Course, asked: CourseFilterSet) -> dict[str, Any]:
    """What the template shows of a published course to somebody who comes from that search, or from nowhere."""
    sheet = read_sheet(course, asked.question)
    url, pairs = course.get_absolute_url(), asked.address.pairs
    can_write = bool(address_of(course))
    trail = [{"title": _("Formations"), "url": reverse("courses:search")}, {"title": course.title}]
    return {
        "course": course,
        "sheet": sheet,
        "kind": kind_of(course),
        "facts": facts_of(sheet),
        "sections": sections_of(sheet),
        "skills": skills_of(sheet),
        "profiles": [link.profile for link in course.profile_links.all()],
        "only_expired": only_expired(sheet),
        "sessions": sessions_of(sheet, can_write=can_write),
        "costs": costs_of(sheet),
        "access": access_of(sheet),
        "body": course.centre or course.provider,
        "contact_url": reverse("courses:contact", args=[course.slug, course.pk]) if can_write else "",
        "report_url": reverse("courses:contact", args=[course.slug, course.pk]) + "?objet=erreur",
        "unconfirmed_days": days_unconfirmed(course, sheet.day),
        "back_url": asked.address.url if pairs else "",
        "breadcrumb": trail,
        "canonical_url": settings.CAMINS_SITE_URL + url,
        "structured_data": structured(sheet),
    }


def only_expired(sheet: Sheet) -> bool:
    """Whether all that the course leads to is expired: said before the reader goes on."""
    every = sheet.course.certifications.all()
    return bool(every) and len(expired_of(every, sheet.day)) == len(every)


def access_of(sheet: Sheet) -> list[dict[str, Any]]:
    """Access for people with a disability, place by place; each answer is yes, no, or not stated."""
    found: dict[tuple, list[str]] = {}
    for offering in sheet.offerings:
        said = (offering.is_accessible, offering.accessibility_note, offering.transport_note)
        found.setdefault(said, []).append(town_of(offering) or modality(offering.modality))
    answers = {True: _("oui"), False: _("non"), None: _("non communiqué")}
    return [
        {
            "where": "" if len(found) == 1 else ", ".join(dict.fromkeys(places)),
            "answer": answers[is_accessible],
            "is_known": is_accessible is not None,
            "note": note,
            "transport": transport,
        }
        for (is_accessible, note, transport), places in found.items()
    ]
