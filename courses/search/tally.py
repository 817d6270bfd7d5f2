"""Which of the documents found answer the question, and what each further choice would give. Arrays only, no database.

A course answers when its own facets hold and one and the same offering meets every facet of offerings. Each facet is
counted without its own filter, so that clicking a choice gives exactly its count.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import batched, chain, islice

import numpy as np

from courses.search.facets import FACETS, Facet
from courses.search.lexicon import Lexicon, code_number
from courses.search.packed import Packed, count_bits, least_of
from courses.search.question import WHOLE_REGION, CourseQuestion

MOST_DEPARTMENTS = 4_096

Choices = Mapping[str, tuple[str, ...]]
Counts = dict[str, dict[str, int]]


class Tally:
    """`asked`: the facets that the question asks.

    `named`: facet field → value → rows that carry it, for the facets of which only asked values are looked up.
    """

    def __init__(
        self,
        packed: Packed,
        question: CourseQuestion,
        lexicon: Lexicon,
        asked: Sequence[Facet],
        named: Mapping[str, Mapping[str, np.ndarray]],
    ):
        self.packed, self.question, self.lexicon, self.named = packed, question, lexicon, named
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
        return np.flatnonzero(self._answering_courses)

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
        counted = {facet: choices[facet.field] for facet in FACETS if choices.get(facet.field)}
        sums = self._sums(counted)
        ways = {"km": self._count_distances, "profile": self._count_profiles, "name": self._count_names}
        return {
            facet.field: self._read(sums[facet], facet, values) if facet in sums else ways[facet.of](facet, values)
            for facet, values in counted.items()
        }

    def _sums(self, counted: Mapping[Facet, tuple[str, ...]]) -> dict[Facet, list[int]]:
        """For each facet whose choices are bits: how many courses have each bit.

        All facets at once: on small arrays it is the number of operations that costs.
        """
        packed = self.packed
        offerings: dict[Facet | None, list[np.ndarray]] = {}
        courses: dict[Facet | None, list[np.ndarray]] = {}
        for facet, values in counted.items():
            asked = facet if facet in self.of_offerings or facet in self.of_courses else None
            if facet.of == "offering" and asked not in offerings:
                offerings[asked] = [packed.bits * self._counted_offerings(asked)]
            elif facet.of == "course" and asked not in courses:
                courses[asked] = [packed.course_bits * self._answers_but(asked)]
            elif facet.of == "place":
                tables = self.lexicon.remember((facet, values), lambda: _department_bits(values))  # noqa: B023 (at once)
                offerings[facet] = [table[packed.departments] * self._counted_offerings(facet) for table in tables]
        of_offerings = _spread(offerings, lambda rows: count_bits(packed.bits_together(rows)))
        of_courses = _spread(courses, count_bits)
        found = {}
        for facet in counted:
            sums = of_courses if facet.of == "course" else of_offerings
            if facet.of in ("offering", "course", "place"):
                found[facet] = sums[facet] if facet in sums else sums[None]
        return found

    def _read(self, sums: list[int], facet: Facet, values: tuple[str, ...]) -> dict[str, int]:
        if facet.of == "place":
            return dict(zip(values, sums, strict=False))
        places = self.lexicon.remember((facet, values, self.question.audience), lambda: self._places(facet, values))
        return {value: sums[place] for value, place in places}

    def _places(self, facet: Facet, values: tuple[str, ...]) -> list[tuple[str, int]]:
        """The choices with the places of their bits."""
        labels = [facet.label(value, self.question) for value in values]
        return [(value, self.lexicon.bits[label].bit_length() - 1) for value, label in zip(values, labels, strict=True)]

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
            met[self.packed.profile_owners[_one_of(self.packed.profiles, numbers)]] = True
            return met
        wanted = sum(self.lexicon.bits[facet.label(value, self.question)] for value in values)
        return (self.packed.course_bits & np.uint64(wanted)) != 0

    def _mask(self, labels: list[str]) -> np.uint64:
        return np.uint64(sum(self.lexicon.bits[label] for label in labels))

    # --- all facets but one

    def _courses_but(self, left_out: Facet | None) -> np.ndarray:
        return _all_but(self.of_courses, left_out, len(self.packed))

    def _offerings_but(self, left_out: Facet | None) -> np.ndarray:
        return _all_but(self.of_offerings, left_out, len(self.packed.bits))

    @cached_property
    def _answering_courses(self) -> np.ndarray:
        answers = self._courses_but(None)
        return answers & self.packed.any_offering(self.answering) if self.of_offerings else answers

    def _answers_but(self, left_out: Facet | None) -> np.ndarray:
        if left_out not in self.of_offerings and left_out not in self.of_courses:
            return self._answering_courses
        if all(facet is left_out for facet in self.of_offerings):
            return self._courses_but(left_out)
        offerings = self.answering if left_out not in self.of_offerings else self._offerings_but(left_out)
        answers = self.packed.any_offering(offerings)
        return answers & self._courses_but(left_out) if self.of_courses else answers

    def _counted_offerings(self, facet: Facet | None) -> np.ndarray:
        """Offerings whose choices count for `facet`: of courses that answer, leaving its own filter out."""
        return self._of_courses_that_answer(self._offerings_but(facet)) if facet in self.of_offerings else self._counted

    @cached_property
    def _counted(self) -> np.ndarray:
        return self._of_courses_that_answer(self.answering)

    def _of_courses_that_answer(self, offerings: np.ndarray) -> np.ndarray:
        return offerings & self._courses_but(None)[self.packed.owners] if self.of_courses else offerings


def _all_but(met: Mapping[Facet, np.ndarray], left_out: Facet | None, length: int) -> np.ndarray:
    """Where every facet is met, whether `left_out` is or not."""
    others = [each for facet, each in met.items() if facet is not left_out]
    if not others:
        return np.ones(length, dtype=bool)
    return others[0] if len(others) == 1 else np.logical_and.reduce(others)


def _one_of(values: np.ndarray, wanted: list[int]) -> np.ndarray:
    """Which values are among a few."""
    found = values == wanted[0]
    for other in wanted[1:]:
        found |= values == other
    return found


def _department_bits(values: tuple[str, ...]) -> list[np.ndarray]:
    """Packed code of a département → the bit of its place among `values`; as many tables as 64 bits each need."""
    tables = []
    for some in batched(values, 64):
        table = np.zeros(MOST_DEPARTMENTS, dtype=np.uint64)
        table[[code_number(value) for value in some]] = 1 << np.arange(len(some), dtype=np.uint64)
        tables.append(table)
    return tables


def _spread(
    rows: Mapping[Facet | None, list[np.ndarray]], count: Callable[[np.ndarray], np.ndarray]
) -> dict[Facet | None, list[int]]:
    """`count` of all the rows in one go, then those of each facet, one after the other."""
    if not rows:
        return {}
    counted = count(np.array([row for some in rows.values() for row in some])).tolist()
    taken = iter(counted)
    return {
        facet: next(taken) if len(some) == 1 else list(chain(*islice(taken, len(some)))) for facet, some in rows.items()
    }
