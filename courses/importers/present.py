"""What the base holds now, in the shape of planned rows, and what it knows: codes, communes, bodies."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.db.models import Prefetch

from courses.enums import SuggestionState
from courses.importers.records import KnownCodes, PlaceRecord
from courses.importers.rows import Lookups, Row
from courses.models import CodeSuggestion, Course, ImportSource, Offering, Session
from portal.reference.models import Certification, Commune, Formacode, FormerCommune, Nsf, Occupation
from portal.reference.models.place import commune_key

COURSE_FIELDS = (
    *("provider_id", "title", "slug", "objective", "for_whom", "entry_requirements", "what_you_learn", "how_you_learn"),
    *("what_to_bring", "what_next", "entry_level", "entry_level_code", "entry_level_is_mandatory", "exit_level"),
    *("is_certifying", "certification_note", "website", "extras"),
)
OFFERING_FIELDS = (
    *("modality", "rhythm", "rhythm_note", "entry_mode", "audience_codes", "audience_note", "admission", "conditions"),
    *("is_accessible", "accessibility_note", "transport_note", "duration_hours", "hours_in_centre", "hours_in_company"),
    *("duration_note", "price_cents", "hourly_price_cents", "can_be_funded", "fundings", "funding_note", "extras"),
    *("place_name", "address", "postcode", "commune_id", "town", "latitude", "longitude"),
)
SESSION_FIELDS = (
    *("starts_on", "starts_precision", "ends_on", "ends_precision", "registration_opens_on", "registration_closes_on"),
    *("seats", "recruitment", "note", "extras"),
)
CEDEX = re.compile(r"\s+cedex\b.*$|\s+\d{1,2}(?:er?|e|ème)?(?:\s+arrondissement)?$", re.IGNORECASE)


def held_courses(source: ImportSource, keys: Iterable[str]) -> dict[str, Course]:
    """The courses of a source by their number there, with all that a row compares."""
    if source.pk is None:
        return {}
    courses = Course.objects.filter(source=source, external_id__in=list(keys)).select_related("revision")
    related = ("offerings__sessions", "offerings__costs", "formacodes", "nsf", "occupations", "certifications")
    accepted = Prefetch(
        "code_suggestions",
        CodeSuggestion.objects.filter(state=SuggestionState.ACCEPTED).select_related("occupation"),
        to_attr="accepted_codes",
    )
    return {course.external_id: course for course in courses.prefetch_related(*related, accepted)}


def with_accepted(row: Row, course: Course | None) -> Row:
    """A row of a source, with the codes that a person accepted for this course and left on it: they are not "gone"."""
    accepted: list[CodeSuggestion] = getattr(course, "accepted_codes", [])
    if course is None or not accepted:
        return row
    held = course_row(course).links
    occupations = {said.occupation.code for said in accepted if said.occupation} & held["occupations"]
    formacodes = {said.formacode_id for said in accepted} & held["formacodes"]
    kept = {"occupations": row.links["occupations"] | occupations, "formacodes": row.links["formacodes"] | formacodes}
    return replace(row, links={**row.links, **kept})


def course_row(course: Course) -> Row:
    """A held course as a row; offerings and sessions added by hand have no number and are left alone."""
    links = {
        "formacodes": frozenset(formacode.pk for formacode in course.formacodes.all()),
        "nsf": frozenset(nsf.pk for nsf in course.nsf.all()),
        "occupations": frozenset(occupation.code for occupation in course.occupations.all()),
        "certifications": frozenset((found.register, found.number) for found in course.certifications.all()),
    }
    values = {name: getattr(course, name) for name in COURSE_FIELDS}
    children = tuple(offering_row(offering) for offering in numbered(course.offerings.all()))
    return Row(course.external_id, values, links, {}, children)


def offering_row(offering: Offering) -> Row:
    values = {name: getattr(offering, name) for name in OFFERING_FIELDS}
    costs = {cost.audience: (cost.left_to_pay_cents, cost.condition) for cost in offering.costs.all()}
    children = tuple(session_row(session) for session in numbered(offering.sessions.all()))
    return Row(offering.external_id, values, {}, costs, children)


def session_row(session: Session) -> Row:
    return Row(session.external_id, {name: getattr(session, name) for name in SESSION_FIELDS})


def numbered[T: (Offering, Session)](rows: Iterable[T]) -> Iterator[T]:
    return (row for row in rows if row.external_id)


@dataclass
class Towns:
    """INSEE codes, former ones included, and names with their postcode, as the base has them."""

    by_insee: dict[str, str] = field(default_factory=dict)
    by_name: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def from_base(cls) -> "Towns":
        towns = cls()
        for insee, key, postcodes in Commune.objects.values_list("insee", "key", "postcodes"):
            towns.by_insee[insee] = insee
            towns.by_name.update({(postcode, key): insee for postcode in postcodes})
        towns.by_insee.update(FormerCommune.objects.values_list("insee", "commune_id"))
        return towns

    def of_place(self, place: PlaceRecord) -> str | None:
        """The present code of a place's commune: by its code, else by postcode and name together."""
        if place.insee in self.by_insee:
            return self.by_insee[place.insee]
        return self.by_name.get((place.postcode, commune_key(CEDEX.sub("", place.town))))

    @property
    def departments(self) -> frozenset[str]:
        return frozenset(Commune.objects.values_list("department_id", flat=True).distinct())


@dataclass
class Base:
    """The codes of the base with the ids that links need; read once per import."""

    towns: Towns
    occupations: dict[str, int]
    certifications: dict[tuple[str, str], int]
    formacodes: frozenset[str]
    nsf: frozenset[str]

    @classmethod
    def read(cls) -> "Base":
        certifications = Certification.objects.values_list("register", "number", "pk")
        return cls(
            towns=Towns.from_base(),
            occupations=dict(Occupation.objects.values_list("code", "pk")),
            certifications={(register, number): pk for register, number, pk in certifications},
            formacodes=frozenset(Formacode.objects.values_list("pk", flat=True)),
            nsf=frozenset(Nsf.objects.values_list("pk", flat=True)),
        )

    @property
    def lookups(self) -> Lookups:
        return Lookups(
            commune_of=self.towns.of_place,
            rome=frozenset(self.occupations),
            formacode=self.formacodes,
            nsf=self.nsf,
            certifications=frozenset(self.certifications),
        )

    @property
    def known_codes(self) -> KnownCodes:
        """For the reader's warnings; a list that was never loaded is not compared with."""
        return KnownCodes(
            communes=frozenset(self.towns.by_insee) or None,
            departments=self.towns.departments,
            rome=frozenset(self.occupations) or None,
            formacode=self.formacodes or None,
            nsf=self.nsf or None,
        )

    def certification_ids(self, codes: Iterable[tuple[str, str]]) -> set[int]:
        return {self.certifications[code] for code in codes}

    def link_ids(self, name: str, codes: Iterable[object]) -> set[object]:
        """Primary keys behind the codes of a link."""
        ids: dict[str, dict[object, int]] = {"occupations": self.occupations, "certifications": self.certifications}  # type: ignore[dict-item]
        return {ids[name][code] for code in codes} if name in ids else set(codes)
