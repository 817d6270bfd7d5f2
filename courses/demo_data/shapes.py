"""Shapes of the demonstration's catalogue: families of courses, their variants, and what they become.

A family holds what a subject has in common wherever it is taught; a variant is one course of one body, and may say
anything otherwise. Skills are written "python:2 sql:1": code of the vocabulary, level 1 to 3.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """How a course is organised and paid for; prices, costs and calendars follow from it."""

    PUBLIC = "public"  # short and open to all, paid by public money
    SHORT = "short"  # a few days, paid by companies or by the learner
    REGION = "region"  # for job seekers, paid by the Région
    LONG = "long"  # several months, to change jobs
    MASTER = "master"  # years of study in a school
    APPRENTICE = "apprentice"


INHERITED: Final = -1
"""Stands for "as the family" where 0 and None already mean something."""


@dataclass(frozen=True)
class Variant:
    """One course. `places` is a list like "Rodez~, distance": a town, "~" where part of it is at a distance."""

    title: str
    provider: str  # key of a body, or "cfa/<key>"
    places: str
    hours: int  # in the training centre
    summary: str
    who: str = ""
    more: tuple[str, ...] = ()  # learnt in addition to what the family teaches
    fewer: int = 0  # how many of the family's last items are left out
    company_hours: int = 0
    sessions: int = 1  # per place
    kind: Kind | None = None
    entry_level: int | None = INHERITED
    exit_level: int | None = INHERITED
    rhythm: str = ""
    weeks: int = 0  # spread over so many weeks, where its rhythm alone does not tell
    price_euros: int | None = INHERITED  # None: unknown
    region_pays: bool = False  # seats paid by the Région, whatever the usual draw
    accessibility_unknown: bool = False
    certification: str | None = None  # None: as the family; "": leads to none
    requires: str | None = None
    gives: str | None = None
    gives_too: str = ""
    learn: tuple[str, ...] = ()  # in place of what the family teaches
    objective: str = ""
    for_whom: str = ""
    before: str = ""
    method: str = ""
    assessed: str = ""
    next: str = ""


@dataclass(frozen=True)
class Family:
    """A subject. `entry_is_mandatory` is None where bodies do not say whether the level is required."""

    key: str
    kind: Kind
    profiles: tuple[str, ...]
    entry_level: int | None
    entry_is_mandatory: bool | None
    exit_level: int | None
    requires: str
    gives: str
    formacodes: tuple[str, ...]
    occupations: tuple[str, ...]
    objective: str
    for_whom: str
    before: str
    learn: tuple[str, ...]
    method: str
    assessed: str
    next: str
    variants: tuple[Variant, ...]
    bring: str = ""
    certification: str = ""


@dataclass(frozen=True)
class SessionFacts:
    """A session; days are offsets from the day of the world, None where the date is unknown."""

    key: str
    start_offset: int | None
    start_precision: str
    weekday: int  # 0 is Monday; the start moves to the next such day
    length_days: int | None
    registration_lead_days: int | None
    seats: int | None
    seats_left: int | None
    recruitment: str
    is_full: bool
    note: str


@dataclass(frozen=True)
class CostFacts:
    """What one audience still has to pay, in cents; None is unknown."""

    audience: str
    left_to_pay_cents: int | None
    condition: str


@dataclass(frozen=True)
class OfferingFacts:
    key: str
    modality: str
    town: str  # "" entirely at a distance
    rhythm: str
    rhythm_note: str
    entry_mode: str
    admission: str
    audience_note: str
    is_accessible: bool | None
    accessibility_note: str
    hours_in_centre: int
    hours_in_company: int
    duration_note: str
    price_cents: int | None
    can_be_funded: bool | None
    fundings: tuple[str, ...]
    funding_note: str
    costs: tuple[CostFacts, ...]
    sessions: tuple[SessionFacts, ...]


@dataclass(frozen=True)
class CourseFacts:
    """A course as the page shows it; skills map a code to (level required, level given)."""

    key: str
    family: str
    provider: str
    centre: str  # "" outside apprenticeship
    title: str
    summary: str
    objective: str
    for_whom: str
    entry_requirements: str
    what_you_learn: str
    how_you_learn: str
    how_assessed: str
    what_to_bring: str
    what_next: str
    entry_level: int | None
    entry_level_is_mandatory: bool | None
    exit_level: int | None
    certification: str  # "" for none
    certification_number: str
    profiles: tuple[str, ...]
    skills: dict[str, tuple[int, int]]
    formacodes: tuple[str, ...]
    occupations: tuple[str, ...]
    offerings: tuple[OfferingFacts, ...]
