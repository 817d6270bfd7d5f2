"""What an importer hands over: frozen records in the portal's vocabulary, whatever the file they come from.

Unknown is None, an empty text or an empty tuple, never 0 and never "no". Texts are plain, with line breaks and "- "
items. `line` is where the thing starts in the file.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

Precision = Literal["day", "month", "year", "unknown"]
CodeKind = Literal["communes", "rome", "formacode", "nsf"]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known: `first_day` is the first day it may be."""

    first_day: date | None
    precision: Precision

    @property
    def last_day(self) -> date | None:
        """The last day it may be."""
        if self.first_day is None or self.precision == "day":
            return self.first_day
        month = 12 if self.precision == "year" else self.first_day.month
        return date(self.first_day.year, month, calendar.monthrange(self.first_day.year, month)[1])


UNKNOWN_DATE = PartialDate(None, "unknown")


@dataclass(frozen=True, slots=True)
class CodeRef:
    """A code and the version of the list it is taken from, as the file writes it ("V11"), or nothing."""

    code: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """An address; WGS84 degrees."""

    name: str = ""
    lines: tuple[str, ...] = ()
    postcode: str = ""
    town: str = ""
    department: str = ""
    insee: str = ""
    region: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    siret: str = ""
    uai: str = ""


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """Someone or some office to ask; `kind` is LHEO's label of the type of contact."""

    kind: str = ""
    kind_code: str = ""
    name: str = ""
    first_name: str = ""
    civility: str = ""
    lines: tuple[str, ...] = ()
    place: PlaceRecord | None = None
    phones: tuple[str, ...] = ()
    mail: str = ""
    urls: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.first_name or self.lines or self.place or self.phones or self.mail or self.urls)


@dataclass(frozen=True, slots=True)
class ProviderRecord:
    """The body that answers for the course. `nda` and `siret` are empty where the file writes a filler."""

    nda: str
    siret: str
    name: str
    legal_name: str = ""
    uai: str = ""
    number: str = ""
    presentation: str = ""
    coordinates: ContactRecord = ContactRecord()
    contacts: tuple[ContactRecord, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class TrainerRecord:
    """A body that teaches all or part of an offering."""

    siret: str
    name: str
    uai: str = ""
    contacts: tuple[ContactRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class FunderRecord:
    code: str
    label: str
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class CertificationRecord:
    """Numbers without their prefix: RNCP 38777 is "38777"."""

    rncp: str = ""
    certif_info: str = ""
    rs: str = ""
    cpf: str = ""
    formacode: str = ""


@dataclass(frozen=True, slots=True)
class EquipmentRecord:
    """What the learner must bring; cost in euros."""

    kind: str
    cost_euros: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A step of recruitment: an information meeting, an interview, a test."""

    kind: str
    is_remote: bool | None = None
    starts: PartialDate = UNKNOWN_DATE
    ends: PartialDate = UNKNOWN_DATE
    hours: str = ""
    place: PlaceRecord | None = None
    url: str = ""
    seats: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class CycleRecord:
    """One of the ways into a session (initial training, apprenticeship) and what it can hold."""

    kind: str
    years: tuple[int, ...] = ()
    least_seats: int | None = None
    seats_at_once: int | None = None
    seats_in_all: int | None = None
    alternation: str = ""
    alternation_unit: str = ""
    units_in_company: int | None = None
    units_in_centre: int | None = None


@dataclass(frozen=True, slots=True)
class SkillBlockRecord:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """`seats` is the number of seats where one figure can be told from the file, else None."""

    line: int
    number: str = ""
    starts: PartialDate = UNKNOWN_DATE
    ends: PartialDate = UNKNOWN_DATE
    registration_opens: PartialDate = UNKNOWN_DATE
    registration_closes: PartialDate = UNKNOWN_DATE
    registration_place: PlaceRecord | None = None
    registration_text: str = ""
    recruitment: str = "unknown"
    meetings: tuple[MeetingRecord, ...] = ()
    seats: int | None = None
    cycles: tuple[CycleRecord, ...] = ()
    skill_blocks: tuple[SkillBlockRecord, ...] = ()
    urls: tuple[str, ...] = ()
    contacts: tuple[ContactRecord, ...] = ()
    extras: str = ""


@dataclass(frozen=True, slots=True)
class OfferingRecord:
    """One way to follow a course. Money in cents, durations in hours."""

    line: int
    number: str = ""
    rhythm: str = ""
    alternation: str = ""
    modality: str | None = None
    entry_mode: str | None = None
    cycle_years: int | None = None
    public_codes: tuple[CodeRef, ...] = ()
    audiences: frozenset[str] = frozenset()
    public_text: str = ""
    is_entry_level_mandatory: bool | None = None
    conditions: str = ""
    admission: str = ""
    recruitment_area: str = ""
    places: tuple[PlaceRecord, ...] = ()
    information_place: PlaceRecord | None = None
    information_days: tuple[PartialDate, ...] = ()
    urls: tuple[str, ...] = ()
    catering: str = ""
    lodging: str = ""
    transport: str = ""
    accessibility: str = ""
    languages: tuple[str, ...] = ()
    teaching: str = ""
    teaching_codes: tuple[CodeRef, ...] = ()
    equipment: tuple[EquipmentRecord, ...] = ()
    hours_in_centre: int | None = None
    hours_in_company: int | None = None
    hours_total: int | None = None
    duration_text: str = ""
    price_cents: int | None = None
    hourly_price_cents: int | None = None
    left_to_pay: str = ""
    is_funding_possible: bool | None = None
    funding: str = ""
    is_agreed: bool | None = None
    agreed_hours: int | None = None
    trainers: tuple[TrainerRecord, ...] = ()
    funders: tuple[FunderRecord, ...] = ()
    # said of the offering itself, where a file says it; LHEO says it of the certification
    has_cpf: bool = False
    sessions: tuple[SessionRecord, ...] = ()
    extras: str = ""


@dataclass(frozen=True, slots=True)
class CourseRecord:
    """A course with all its offerings and sessions."""

    line: int
    number: str
    title: str
    provider: ProviderRecord
    objective: str = ""
    expected_results: str = ""
    content: str = ""
    is_certifying: bool | None = None
    formacodes: tuple[CodeRef, ...] = ()
    nsf_codes: tuple[str, ...] = ()
    rome_codes: tuple[str, ...] = ()
    pathway: str = ""
    aim: str = ""
    positioning: str = ""
    entry_level_code: str = ""
    entry_level: int | None = None
    exit_level_code: str = ""
    exit_level: int | None = None
    certifications: tuple[CertificationRecord, ...] = ()
    type_codes: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    contacts: tuple[ContactRecord, ...] = ()
    offerings: tuple[OfferingRecord, ...] = ()
    module: str = ""
    changed_on: date | None = None
    extras: str = ""
    # a line of a search answer (lheo-index): too little to be shown or to change anything, enough for a draft
    is_summary: bool = False


@dataclass(frozen=True, slots=True)
class KnownCodes:
    """Codes that the base knows; None: not checked. They are only told apart by a warning, never refused.

    A commune is looked for only in the `departments` whose communes the base holds.
    """

    communes: frozenset[str] | None = None
    departments: frozenset[str] = frozenset()
    rome: frozenset[str] | None = None
    formacode: frozenset[str] | None = None
    nsf: frozenset[str] | None = None

    def lacks(self, kind: CodeKind, code: str) -> bool:
        known: frozenset[str] | None = getattr(self, kind)
        if kind == "communes" and code[: 3 if code.startswith("97") else 2] not in self.departments:
            return False
        return known is not None and code not in known


NOTHING_CHECKED = KnownCodes()
