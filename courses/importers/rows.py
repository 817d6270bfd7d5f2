"""A CourseRecord in the portal's fields: a tree of rows, comparable with what the base holds. Pure.

Rows carry codes, never ids: the base's lookups are given as functions and sets. One LHEO action taught in several
places becomes one offering per place, since people look for a course near them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from courses.enums import Audience, EntryMode, Funding, Modality, Rhythm
from courses.importers.records import (
    CourseRecord,
    OfferingRecord,
    PartialDate,
    PlaceRecord,
    ProviderRecord,
    SessionRecord,
)
from courses.importers.values import BadValue, price_cents
from courses.page_slug import page_slug

CostTerms = tuple[int | None, str]

FUNDINGS = {
    "2": Funding.REGION,
    "4": Funding.FRANCE_TRAVAIL,
    "5": Funding.EMPLOYER,
    "7": Funding.AGEFIPH,
    "10": Funding.SELF,
    "16": Funding.OPCO,
    "17": Funding.TRANSITION_PRO,
    **dict.fromkeys(("11", "12", "13", "19"), Funding.STATE),
}
RHYTHMS = (
    (Rhythm.ALTERNATION, re.compile(r"altern|apprentissage|professionnalisation", re.IGNORECASE)),
    (Rhythm.EVENING, re.compile(r"\bsoir|week-?end|samedi", re.IGNORECASE)),
    (Rhythm.OWN_PACE, re.compile(r"(?:votre|son|leur) rythme|à la carte|individualis", re.IGNORECASE)),
    (Rhythm.PART_TIME, re.compile(r"temps partiel|mi-temps", re.IGNORECASE)),
    (Rhythm.FULL_TIME, re.compile(r"temps (?:plein|complet)", re.IGNORECASE)),
)
ACCESSIBLE = re.compile(
    r"(?:oui|(?:locaux )?accessibles?)(?: aux personnes (?:handicapées|en situation de handicap|à mobilité réduite))?"
    r"\.?",
    re.IGNORECASE,
)
NOT_ACCESSIBLE = re.compile(r"(?:non|non accessible|pas accessible|inaccessible)\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lookups:
    """What the base knows: codes that can be linked, and the commune of a place (its present INSEE code)."""

    commune_of: Callable[[PlaceRecord], str | None] = lambda place: None
    rome: frozenset[str] = frozenset()
    formacode: frozenset[str] = frozenset()
    nsf: frozenset[str] = frozenset()
    certifications: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """One row to be: `key` names it under its parent; `links` are sets of codes, `costs` what each audience pays."""

    key: str
    values: Mapping[str, Any]
    links: Mapping[str, frozenset[Any]] = field(default_factory=dict)
    costs: Mapping[str, CostTerms] = field(default_factory=dict)
    children: tuple["Row", ...] = ()
    is_summary: bool = False

    def child(self, key: str) -> "Row | None":
        return next((row for row in self.children if row.key == key), None)


def course_row(record: CourseRecord, lookups: Lookups, provider_id: int | None) -> Row:
    """The course with its offerings and sessions; `provider_id` is None where the body is not in the base yet."""
    shared = shared_text(offering.conditions for offering in record.offerings)
    certifications, note = certification_links(record, lookups)
    values = {
        "provider_id": provider_id,
        "title": record.title,
        "slug": page_slug(record.title, otherwise="formation"),
        "objective": record.objective,
        "for_whom": joined(offering.public_text for offering in record.offerings),
        "entry_requirements": shared,
        "what_you_learn": record.content,
        "how_you_learn": joined(offering.teaching for offering in record.offerings),
        "what_to_bring": joined(equipment_lines(record.offerings)),
        "what_next": record.expected_results,
        "entry_level": record.entry_level,
        "entry_level_code": record.entry_level_code,
        "entry_level_is_mandatory": agreed(offering.is_entry_level_mandatory for offering in record.offerings),
        "exit_level": record.exit_level,
        "is_certifying": record.is_certifying,
        "certification_note": cut(note, 300),
        "website": next(iter(record.urls), ""),
        "extras": record.extras,
    }
    links = {
        "formacodes": lookups.formacode & {ref.code for ref in record.formacodes},
        "nsf": lookups.nsf & set(record.nsf_codes),
        "occupations": lookups.rome & set(record.rome_codes),
        "certifications": certifications,
    }
    is_eligible = any(certification.cpf for certification in record.certifications)
    children = tuple(
        row
        for rank, offering in enumerate(record.offerings, start=1)
        for row in offering_rows(offering, rank, lookups, shared, is_cpf=is_eligible)
    )
    return Row(course_key(record), values, links, {}, children, record.is_summary)


def course_key(record: CourseRecord) -> str:
    """The number the source gives, else one drawn from what does not change: who teaches, and the title."""
    if record.number:
        return record.number[:300]
    body = record.provider.siret or record.provider.nda
    return f"sans-numero:{body}:{slugify(record.title)}"[:300]


def certification_links(record: CourseRecord, lookups: Lookups) -> tuple[frozenset[tuple[str, str]], str]:
    """Certifications the base knows, and the others in words."""
    told = [(register, number) for found in record.certifications for register, number in numbers_of(found)]
    known = lookups.certifications & set(told)
    return frozenset(known), ", ".join(
        f"{register} {number}" for register, number in told if (register, number) not in known
    )


def numbers_of(certification: Any) -> Iterable[tuple[str, str]]:
    return [(name, number) for name, number in (("RNCP", certification.rncp), ("RS", certification.rs)) if number]


def offering_rows(
    record: OfferingRecord, rank: int, lookups: Lookups, shared_conditions: str, *, is_cpf: bool
) -> Iterable[Row]:
    """One row per place; the first one carries the offering's own number."""
    key = record.number[:280] or f"rang-{rank}"
    values = {
        **offering_values(record, is_cpf=is_cpf),
        "conditions": "" if record.conditions == shared_conditions else cut(record.conditions, 3000),
    }
    sessions = tuple(unique_keys(session_row(session) for session in record.sessions))
    places = record.places or (PlaceRecord(),)
    if record.modality == Modality.REMOTE:
        places = places[:1]
    seen: set[str] = set()
    for number, place in enumerate(places):
        here = place_values(place, lookups, is_remote=record.modality == Modality.REMOTE)
        own = key if number == 0 else f"{key}@{here['commune_id'] or place.postcode or number + 1}"
        own = own if own not in seen else f"{own}-{number + 1}"
        seen.add(own)
        yield Row(own, {**values, **here}, {}, costs(record), sessions)


def offering_values(record: OfferingRecord, *, is_cpf: bool) -> dict[str, Any]:
    funders = [FUNDINGS.get(funder.code, Funding.OTHER) for funder in record.funders] + (
        [Funding.CPF] if is_cpf or record.has_cpf else []
    )
    left = _("Reste à charge annoncé : %(text)s") % {"text": record.left_to_pay} if record.left_to_pay else ""
    return {
        "modality": record.modality,
        "rhythm": rhythm(record),
        "rhythm_note": joined((record.rhythm, record.alternation)),
        "entry_mode": record.entry_mode or EntryMode.FIXED.value,
        "audience_codes": [ref.code for ref in record.public_codes],
        "audience_note": cut(record.public_text, 250),
        "admission": cut(record.admission, 3000),
        "is_accessible": accessibility(record.accessibility),
        "accessibility_note": cut(record.accessibility, 250),
        "transport_note": cut(joined((record.transport, record.catering, record.lodging)), 760),
        "duration_hours": record.hours_total,
        "hours_in_centre": record.hours_in_centre,
        "hours_in_company": record.hours_in_company,
        "duration_note": cut(record.duration_text, 150),
        "price_cents": record.price_cents,
        "hourly_price_cents": record.hourly_price_cents,
        "can_be_funded": record.is_funding_possible,
        "fundings": list(dict.fromkeys(funder.value for funder in funders)),
        "funding_note": cut(joined((record.funding, left)), 1000),
        "extras": record.extras,
    }


def place_values(place: PlaceRecord, lookups: Lookups, *, is_remote: bool) -> dict[str, Any]:
    """Where: an offering entirely at a distance has no commune, whatever address the file gives."""
    return {
        "place_name": cut(place.name, 255),
        "address": cut(", ".join(line for line in place.lines if line != place.name), 250),
        "postcode": place.postcode if len(place.postcode) <= 5 else "",
        "commune_id": None if is_remote else lookups.commune_of(place),
        "town": cut(place.town, 60),
        "latitude": None if is_remote else place.latitude,
        "longitude": None if is_remote else place.longitude,
    }


def costs(record: OfferingRecord) -> dict[str, CostTerms]:
    """What each audience pays: the price for who has no funding, and what the body says is left for the others.

    A text that is not a plain amount is kept as the condition of an unknown amount.
    """
    found: dict[str, CostTerms] = {}
    if record.price_cents is not None:
        found[Audience.SELF_FUNDED.value] = (record.price_cents, _("prix total annoncé"))
    if record.left_to_pay:
        try:
            cents = price_cents(record.left_to_pay)
        except BadValue:
            cents = None
        condition = _("reste à charge annoncé par l'organisme") if cents is not None else cut(record.left_to_pay, 300)
        funded = record.audiences - {Audience.SELF_FUNDED.value} or {Audience.JOBSEEKER.value}
        found.update(dict.fromkeys(sorted(funded), (cents, condition)))
    return found


def session_row(record: SessionRecord) -> Row:
    starts, ends = record.starts, record.ends
    values = {
        "starts_on": starts.first_day,
        "starts_precision": starts.precision,
        "ends_on": ends.first_day,
        "ends_precision": ends.precision,
        "registration_opens_on": whole_day(record.registration_opens),
        "registration_closes_on": whole_day(record.registration_closes),
        "seats": record.seats,
        "recruitment": record.recruitment,
        "note": cut(record.registration_text, 300),
        "extras": record.extras,
    }
    return Row(record.number[:300] or f"sans-numero:{starts.first_day or 'date-inconnue'}", values)


def unique_keys(rows: Iterable[Row]) -> Iterable[Row]:
    """Sessions without a number may start on the same day: the second one is told apart by its rank."""
    seen: dict[str, int] = {}
    for row in rows:
        seen[row.key] = seen.get(row.key, 0) + 1
        yield row if seen[row.key] == 1 else Row(f"{row.key}-{seen[row.key]}", row.values)


def whole_day(known: PartialDate) -> Any:
    return known.first_day if known.precision == "day" else None


def rhythm(record: OfferingRecord) -> str:
    if record.audiences == {Audience.APPRENTICE.value}:
        return Rhythm.ALTERNATION.value
    return next((name.value for name, words in RHYTHMS if words.search(record.rhythm)), "")


def accessibility(text: str) -> bool | None:
    """Yes or no only where the text says nothing else."""
    if ACCESSIBLE.fullmatch(text):
        return True
    return False if NOT_ACCESSIBLE.fullmatch(text) else None


def equipment_lines(offerings: Iterable[OfferingRecord]) -> Iterable[str]:
    for offering in offerings:
        for item in offering.equipment:
            cost = _("environ %(euros)d €") % {"euros": item.cost_euros} if item.cost_euros is not None else ""
            yield "- " + ", ".join(filter(None, (item.text or item.kind, cost)))


def joined(texts: Iterable[str], most: int = 3000) -> str:
    """Different texts one under the other."""
    return cut("\n".join(dict.fromkeys(filter(None, texts))), most)


def shared_text(texts: Iterable[str]) -> str:
    """The text that all offerings share, else nothing."""
    different = set(texts)
    return cut(different.pop(), 3000) if len(different) == 1 else ""


def agreed(answers: Iterable[bool | None]) -> bool | None:
    different = set(answers)
    return different.pop() if len(different) == 1 else None


def cut(text: str, most: int) -> str:
    """At most `most` characters, cut between words."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    return (kept.rsplit(" ", 1)[0] if " " in kept else kept).rstrip(" ,;:") + "…"


def identity(provider: ProviderRecord) -> tuple[str, str]:
    """What the base looks a body up by: SIRET and NDA, either may be empty."""
    return provider.siret, provider.nda
