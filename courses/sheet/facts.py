"""The facts at the top of a course page, in the order of the cards, and what is said of access for everyone."""

from typing import TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.enums import Audience, EntryMode, Modality
from courses.models import Offering
from courses.search.cards import in_line, town_of
from courses.sheet.read import Sheet
from portal.web.templatetags.camins import euros, hours, km, level, modality, partial_day


class Fact(TypedDict, total=False):
    """The context of the facts component."""

    term: str
    value: str
    icon: str
    hint: str
    tone: str


def facts_of(sheet: Sheet) -> list[Fact]:
    return [_cost(sheet), _date(sheet), _duration(sheet), _place(sheet), _level(sheet)]


def _cost(sheet: Sheet) -> Fact:
    audience = sheet.question.audience
    cost = sheet.cost(sheet.best, audience)
    cents = cost.left_to_pay_cents if cost else None
    others = {(other.left_to_pay_cents if (other := sheet.cost(each, audience)) else None) for each in sheet.offerings}
    hints = [str(Audience(audience).label)]
    if cost and cost.condition:
        hints.append(in_line(cost.condition))
    if len(others) > 1:
        hints.append(_("autre montant selon le lieu"))
    tone = "unknown" if cents is None else "good" if cents == 0 else ""
    return {"term": _("Reste à charge"), "value": euros(cents), "icon": "euro", "hint": ", ".join(hints), "tone": tone}


def _date(sheet: Sheet) -> Fact:
    session = sheet.next_session
    if session is None and sheet.best is not None and sheet.best.entry_mode == EntryMode.PERMANENT:
        value, tone = _("entrées toute l’année"), ""
    else:
        value = partial_day(session.starts_on if session else None, session.starts_precision if session else "unknown")
        tone = "" if session and session.starts_on else "unknown"
    dated = sum(1 for each in sheet.sessions if each.starts_on) - 1
    hint = ""
    if session is not None and dated > 0:
        hint = ngettext("et %(n)d autre date", "et %(n)d autres dates", dated) % {"n": dated}
    return {"term": _("Prochaine date"), "value": value, "icon": "calendar", "hint": hint, "tone": tone}


def _duration(sheet: Sheet) -> Fact:
    lengths = sorted({each.duration_hours for each in sheet.offerings if each.duration_hours is not None})
    best = sheet.best
    if not lengths:
        return {"term": _("Durée"), "value": hours(None), "icon": "clock", "tone": "unknown"}
    if len(lengths) == 1:
        value = hours(lengths[0])
    else:
        value = _("de %(least)s à %(most)s") % {"least": hours(lengths[0]), "most": hours(lengths[-1])}
    rhythm = str(best.get_rhythm_display()) if best and best.rhythm else ""
    return {"term": _("Durée"), "value": value, "icon": "clock", "hint": rhythm}


def _place(sheet: Sheet) -> Fact:
    best = sheet.best
    fact: Fact = {"term": _("Lieu"), "value": _("non communiqué"), "icon": "pin", "tone": "unknown"}
    if best is None:
        return fact
    if best.modality == Modality.REMOTE:
        fact = {"term": _("Lieu"), "value": _("À distance"), "icon": "screen"}
    elif town_of(best):
        fact = {"term": _("Lieu"), "value": place_of(sheet, best), "icon": "pin"}
    others = len({town_of(each) for each in sheet.offerings} - {town_of(best), ""})
    hints = [] if best.modality in (Modality.REMOTE, None) else [modality(best.modality)]
    if others:
        hints.append(ngettext("et %(n)d autre lieu", "et %(n)d autres lieux", others) % {"n": others})
    return {**fact, "hint": ", ".join(hints)}


def _level(sheet: Sheet) -> Fact:
    entry = sheet.course.entry_level
    hints: dict[bool | None, str] = {True: _("obligatoire"), False: _("conseillé, pas obligatoire")}
    hint = hints.get(sheet.course.entry_level_is_mandatory, "") if entry else ""
    tone = "unknown" if entry is None else ""
    return {"term": _("Il faut avant"), "value": level(entry), "icon": "steps", "hint": hint, "tone": tone}


def place_of(sheet: Sheet, offering: Offering) -> str:
    """ "Rodez, à 12 km" when a home is known, else "Rodez"."""
    distance = sheet.distance_km(offering)
    town = town_of(offering)
    return town if distance is None else _("%(town)s, à %(distance)s") % {"town": town, "distance": km(distance)}
