"""A search as a calendar: every coming date of its answers whose day is known."""

import datetime
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Calendar, Event

from courses.enums import DatePrecision
from courses.filters import CourseFilterSet
from courses.models import Session
from courses.search.taken import Taken, coming_sessions, first_found, full_date, taken
from courses.views.search_words import search_in_words
from courses.views.table import course_url
from portal.web.exports import readable
from portal.web.templatetags.camins import modality, partial_day

MOST_EVENTS = 300
# a calendar is for what one may attend: the dates of the first thousand answers
MOST_COURSES = 1_000


def agenda(asked: CourseFilterSet) -> bytes:
    question = asked.question
    found = first_found(question, asked.state, MOST_COURSES)
    offers = {offering["id"]: (each, offering) for each in taken(found.hits) for offering in each.offerings}
    sessions = coming_sessions(offers, question.day)
    dated = [(starts, session) for session in sessions if (starts := full_date(session))]
    calendar = Calendar()
    calendar.add("prodid", "-//Camins//Formations//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", readable(strip_tags(search_in_words(question))))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    said = _said(asked, partial=len(sessions) - len(dated), left_out=max(0, len(dated) - MOST_EVENTS))
    if found.total > MOST_COURSES:
        said.append(_("Seules les %(n)d premières formations sont comptées.") % {"n": MOST_COURSES})
    calendar.add("x-wr-caldesc", readable(" ".join(said)))
    for starts, session in dated[:MOST_EVENTS]:
        calendar.add_component(_event(starts, session, *offers[session.offering_id], question.day))
    return calendar.to_ical()


def _said(asked: CourseFilterSet, *, partial: int, left_out: int) -> list[str]:
    """What a person should know of this calendar."""
    said = [_("Dates des formations de la recherche %(url)s.") % {"url": _site(asked.address.without("page").url)}]
    if settings.CAMINS_DEMO:
        said.append(_("Données fictives de démonstration") + ".")
    if partial:
        sentence = ngettext(
            "%(n)d date connue au mois ou à l’année seulement n’y est pas.",
            "%(n)d dates connues au mois ou à l’année seulement n’y sont pas.",
            partial,
        )
        said.append(sentence % {"n": partial})
    else:
        said.append(_("Une date connue au mois ou à l’année seulement n’y serait pas."))
    if left_out:
        said.append(_("Seules les %(n)d premières dates y sont.") % {"n": MOST_EVENTS})
    return said + asked.not_understood


def _event(
    starts: datetime.date, session: Session, each: Taken, offering: Mapping[str, Any], day: datetime.date
) -> Event:
    """The day it begins; until when, and whether one may still enter, is said in words."""
    event = Event()
    event.add("uid", f"session-{session.pk}@{urlsplit(settings.CAMINS_SITE_URL).hostname}")
    # the day of the list: the same search of the same day gives the same calendar
    event.add("dtstamp", datetime.datetime.combine(day, datetime.time(), datetime.UTC))
    event.add("dtstart", starts)
    event.add("dtend", starts + datetime.timedelta(days=1))
    event.add("summary", readable(_("Début : %(title)s") % {"title": each.facts["title"]}))
    url = course_url(each.course_id, each.facts)
    event.add("url", url)
    where = offering["town"] if offering["modality"] != "remote" else ""
    event.add("location", readable(where or modality(offering["modality"])))
    said = [each.facts["provider"], str(session.call_to_action(day).label)]
    if session.ends_on and session.ends_precision != DatePrecision.UNKNOWN:
        said.insert(0, _("Jusqu’au %(day)s") % {"day": partial_day(session.ends_on, session.ends_precision)})
    event.add("description", readable("\n".join([*said, url])))
    event.add("transp", "TRANSPARENT")
    return event


def _site(path: str) -> str:
    return settings.CAMINS_SITE_URL + path
