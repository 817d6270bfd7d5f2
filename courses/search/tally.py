"""Which of the documents found answer the question, and what each further choice would give. Arrays only, no database.

A course answers when its own facets hold and one and the same offering meets every facet of offerings. Each facet is
counted without its own filter, so that clicking a choice gives exactly its count.
"""

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from courses.search.facets import FACETS, Facet
from courses.search.lexicon import Lexicon, code_number
from courses.search.packed import Packed, any_of, bits_together, count_bits, least_of
from courses.search.question import WHOLE_REGION, CourseQuestion

MOST_DEPARTMENTS = 4_096

Choices = Mapping[str, tuple[str, ...]]
Counts = dict[str, dict[str, int]]


class Tally:
    """`named`: facet field → value → rows that carry it, for the facets of which only asked values are looked up."""

    def __init__(
        self, packed: Packed, question: CourseQuestion, lexicon: Lexicon, named: Mapping[str, Mapping[str, np.ndarray]]
    ):
        self.packed, self.question, self.lexicon, self.named = packed, question, lexicon, named
        asked = [facet for facet in FACETS if facet.asked(question)]
        self.of_courses = {facet: self._course_meets(facet) for facet in asked if not facet.is_of_offering}
        self.of_offerings = {facet: self._offering_meets(facet) for facet in asked if facet.is_of_offering}

    # --- who answers

    @cached_property
    def answering(self) -> np.ndarray:
        """Offerings that meet every facet of offerings, whatever their course."""
        return self._offerings_but(None)

    @cached_property
    def rows(self) -> np.ndarray:
        """The courses that answer, as places in `Packed.head`."""
        return np.flatnonzero(self._answers_but(None))

    @property
    def total(self) -> int:
        return len(self.rows)

    def rows_without(self, facet: Facet) -> np.ndarray:
        """The courses that would answer if `facet` asked nothing."""
        return np.flatnonzero(self._answers_but(facet))

    def offerings_without(self, facet: Facet) -> np.ndarray:
        return self._offerings_but(facet)

    # --- what each choice would give

    def counts(self, choices: Choices) -> Counts:
        """Facet field → value → courses, for the values of `choices`."""
        return {facet.field: self._count(facet, choices[facet.field]) for facet in FACETS if choices.get(facet.field)}

    def _count(self, facet: Facet, values: tuple[str, ...]) -> dict[str, int]:
        counted = {
            "offering": self._count_bits,
            "course": self._count_bits,
            "place": self._count_departments,
            "km": self._count_distances,
            "profile": self._count_profiles,
            "name": self._count_names,
        }[facet.of]
        return counted(facet, values)

    def _count_bits(self, facet: Facet, values: tuple[str, ...]) -> dict[str, int]:
        if facet.of == "course":
            counts = self._course_counts(facet if facet in self.of_courses else None)
        else:
            counts = self._offering_counts(facet if facet in self.of_offerings else None)
        places = self.lexicon.remember((facet, values, self.question.audience), lambda: self._places(facet, values))
        return dict(zip(values, counts[places].tolist(), strict=True))

    def _places(self, facet: Facet, values: tuple[str, ...]) -> np.ndarray:
        """The bits of these choices."""
        known = self._course_places if facet.of == "course" else self._offering_places
        return np.array([known[facet.label(value, self.question)] for value in values], dtype=np.int64)

    def _count_departments(self, facet: Facet, values: tuple[str, ...]) -> dict[str, int]:
        chosen = self._counted_offerings(facet)
        places = self.lexicon.remember((facet, values), lambda: _department_places(values))
        # one mark per course and département, however many offerings it has there
        marks = np.zeros((len(self.packed), len(values) + 1), dtype=bool)
        marks[self.packed.owners[chosen], places[self.packed.departments[chosen]]] = True
        return dict(zip(values, np.count_nonzero(marks, axis=0).tolist(), strict=False))

    def _count_distances(self, facet: Facet, values: tuple[str, ...]) -> dict[str, int]:
        chosen = self._counted_offerings(facet)
        reached = np.where(self.remote, 0.0, self.km)
        nearest = least_of(reached, self.packed.owners, chosen, len(self.packed), np.inf)
        counts = {value: int((nearest <= float(value)).sum()) for value in values if value != WHOLE_REGION}
        everywhere = {WHOLE_REGION: len(self.rows_without(facet))} if WHOLE_REGION in values else {}
        return counts | everywhere

    def _count_profiles(self, facet: Facet, values: tuple[str, ...]) -> dict[str, int]:
        chosen = self.packed.profiles[self._answers_but(facet)[self.packed.profile_owners]]
        numbers = self.lexicon.remember((facet, values), lambda: self._profile_numbers(values))
        counts = np.bincount(chosen, minlength=int(numbers.max(initial=0)) + 1)
        return dict(zip(values, counts[numbers].tolist(), strict=True))

    def _profile_numbers(self, values: tuple[str, ...]) -> np.ndarray:
        return np.array([self.lexicon.profile_numbers.get(value, 0) for value in values], dtype=np.int64)

    def _count_names(self, facet: Facet, values: tuple[str, ...]) -> dict[str, int]:
        answers, named = self._answers_but(facet), self.named.get(facet.field, {})
        return {value: int(answers[named[value]].sum()) if value in named else 0 for value in values}

    # --- distances

    @cached_property
    def km(self) -> np.ndarray:
        """Kilometres from the home of the question to each offering; infinite where its place is unknown."""
        home = self.question.home
        communes = self.packed.communes
        codes = self.lexicon.codes
        if home is None or home.latitude is None or home.longitude is None or not len(codes):
            return np.full(len(self.packed.bits), np.inf)
        places = np.minimum(np.searchsorted(codes, communes), len(codes) - 1)
        km = self.lexicon.km_from(home.latitude, home.longitude)[places]
        return np.where(codes[places] == communes, km, np.inf)

    @cached_property
    def remote(self) -> np.ndarray:
        """Offerings entirely at a distance."""
        return (self.packed.bits & np.uint64(self.lexicon.remote_bit)) != 0

    @cached_property
    def nearest_km(self) -> np.ndarray:
        """Per course, of its answering offerings: kilometres of the nearest; NaN for one at a distance or nowhere."""
        on_site = np.where(self.remote, np.inf, self.km)
        least = least_of(on_site, self.packed.owners, self.answering, len(self.packed), np.inf)
        return np.where(np.isfinite(least), least, np.nan)

    # --- one facet

    def _offering_meets(self, facet: Facet) -> np.ndarray:
        values = facet.asked(self.question)
        if facet.of == "km":
            return self.remote | (self.km <= float(values[0]))
        if facet.of == "place":
            return _one_of(self.packed.departments, [code_number(value) for value in values])
        return (self.packed.bits & self._mask([facet.label(value, self.question) for value in values])) != 0

    def _course_meets(self, facet: Facet) -> np.ndarray:
        values = facet.asked(self.question)
        met = np.zeros(len(self.packed), dtype=bool)
        if facet.of == "name":
            for rows in self.named.get(facet.field, {}).values():
                met[rows] = True
            return met
        if facet.of == "profile":
            numbers = [self.lexicon.profile_numbers.get(value, 0) for value in values]
            return any_of(self.packed.profile_owners, _one_of(self.packed.profiles, numbers), len(self.packed))
        wanted = sum(1 << self._course_places[facet.label(value, self.question)] for value in values)
        return (self.packed.course_bits & np.uint64(wanted)) != 0

    def _mask(self, labels: list[str]) -> np.uint64:
        return np.uint64(sum(1 << self._offering_places[label] for label in labels))

    @property
    def _offering_places(self) -> dict[str, int]:
        return self.lexicon.remember("offering", lambda: _numbered(self.lexicon.offering_labels))

    @property
    def _course_places(self) -> dict[str, int]:
        return self.lexicon.remember("course", lambda: _numbered(self.lexicon.course_labels))

    # --- all facets but one

    def _courses_but(self, left_out: Facet | None) -> np.ndarray:
        meets = np.ones(len(self.packed), dtype=bool)
        for facet, met in self.of_courses.items():
            if facet is not left_out:
                meets &= met
        return meets

    def _offerings_but(self, left_out: Facet | None) -> np.ndarray:
        meets = np.ones(len(self.packed.bits), dtype=bool)
        for facet, met in self.of_offerings.items():
            if facet is not left_out:
                meets &= met
        return meets

    def _answers_but(self, left_out: Facet | None) -> np.ndarray:
        courses = self._courses_but(left_out)
        if all(facet is left_out for facet in self.of_offerings):
            return courses
        return courses & any_of(self.packed.owners, self._offerings_but(left_out), len(self.packed))

    def _counted_offerings(self, facet: Facet | None) -> np.ndarray:
        """Offerings whose choices count for `facet`: of courses that answer, leaving its own filter out."""
        if facet not in self.of_offerings:
            return self._answering_offerings
        return self._offerings_but(facet) & self._courses_but(facet)[self.packed.owners]

    @cached_property
    def _answering_offerings(self) -> np.ndarray:
        return self.answering & self._courses_but(None)[self.packed.owners]

    def _offering_counts(self, facet: Facet | None) -> np.ndarray:
        if facet is None:
            return self._common_offering_counts
        return count_bits(bits_together(self.packed.bits, self.packed.owners, self._counted_offerings(facet)))

    @cached_property
    def _common_offering_counts(self) -> np.ndarray:
        return count_bits(bits_together(self.packed.bits, self.packed.owners, self._answering_offerings))

    def _course_counts(self, facet: Facet | None) -> np.ndarray:
        return count_bits(self.packed.course_bits[self._answers_but(facet)]) if facet else self._common_course_counts

    @cached_property
    def _common_course_counts(self) -> np.ndarray:
        return count_bits(self.packed.course_bits[self.rows])


def _one_of(values: np.ndarray, wanted: list[int]) -> np.ndarray:
    """Which values are among a few."""
    found = values == wanted[0]
    for other in wanted[1:]:
        found |= values == other
    return found


def _numbered(labels: tuple[str, ...]) -> dict[str, int]:
    return {label: place for place, label in enumerate(labels)}


def _department_places(values: tuple[str, ...]) -> np.ndarray:
    """Packed code of a département → its place among `values`; the place after the last for any other."""
    places = np.full(MOST_DEPARTMENTS, len(values))
    places[[code_number(value) for value in values]] = np.arange(len(values))
    return places
