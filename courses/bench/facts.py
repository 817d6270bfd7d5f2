"""The brute force: facts of the generated courses as plain arrays, and answers counted from them without any search.

It shares nothing with `courses.search`. Words are PostgreSQL's own lexemes, the rest is what was generated.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.db import connection
from django.utils.text import slugify

from courses.bench.answers import FACETS, PAGE_SIZE, Answer
from courses.bench.catalogue import Catalogue, Course
from courses.bench.places import AREAS
from courses.search.question import CourseQuestion
from portal.reference.wording import plain

EARTH_KM = 6_371.0
UNKNOWN = "inconnu"
DURATIONS = ((7, "0-7"), (35, "8-35"), (210, "36-210"), (600, "211-600"), (math.inf, "601-"))


def duration_label(hours: int | None) -> str:
    return UNKNOWN if hours is None else next(label for most, label in DURATIONS if hours <= most)


@dataclass(frozen=True)
class Labels:
    """One facet: its values, and which courses have which: a row per course, a column per value."""

    values: tuple[str, ...]
    has: np.ndarray

    def of(self, row: int) -> list[str]:
        return [self.values[column] for column in np.flatnonzero(self.has[row])]

    @classmethod
    def from_rows(cls, rows: Sequence[Iterable[str]]) -> "Labels":
        values = tuple(sorted({value for row in rows for value in row}))
        places = {value: place for place, value in enumerate(values)}
        has = np.zeros((len(rows), len(values)), dtype=bool)
        for number, row in enumerate(rows):
            has[number, [places[value] for value in row]] = True
        return cls(values, has)


class Facts:
    """The published courses of a catalogue; a row is a course, in the order of the primary keys.

    `spellings`: the words of titles and summaries, without accents.
    """

    def __init__(self, catalogue: Catalogue):
        self.catalogue = catalogue
        towns = catalogue.towns
        self.latitudes = np.radians([town.latitude for town in towns])
        self.longitudes = np.radians([town.longitude for town in towns])
        self.insee = [town.insee for town in towns]
        rows: dict[str, list[list[str]]] = {facet: [] for facet in FACETS}
        ids: list[int] = []
        remote: list[bool] = []
        owners: list[int] = []
        places: list[int] = []
        self.spellings: list[list[str]] = []
        bare: dict[str, str] = {}
        for course in catalogue.courses():
            if not course.is_published:
                continue
            for facet, labels in self._labels(course).items():
                rows[facet].append(labels)
            for offering in course.offerings:
                if offering.town is not None:
                    owners.append(len(ids))
                    places.append(offering.town)
            ids.append(course.pk)
            words = f"{course.texts[0]} {course.texts[1]}".split()
            self.spellings.append([bare.get(word) or bare.setdefault(word, plain(word)) for word in words])
            remote.append(course.modality == "remote")
        self.ids, self.remote = np.array(ids), np.array(remote)
        self.owners, self.places = np.array(owners), np.array(places)
        self.facets = {facet: Labels.from_rows(each) for facet, each in rows.items()}
        self.postings: dict[str, np.ndarray] = {}
        self.analysis: dict[str, tuple[str, ...]] = {}

    def _labels(self, course: Course) -> dict[str, list[str]]:
        towns = {AREAS[self.catalogue.towns[each.town].area].code for each in course.offerings if each.town is not None}
        names = self.catalogue.profile_names
        return {
            "modalities": [course.modality or UNKNOWN],
            "fundings": list(course.fundings) or [UNKNOWN],
            "entry_levels": [UNKNOWN if course.entry_level is None else str(course.entry_level)],
            "durations": [duration_label(course.hours)],
            "departments": sorted(towns),
            "profiles": [slugify(names[each]) for each in course.profiles],
        }

    def __len__(self) -> int:
        return len(self.ids)

    # --- words

    def read_lexemes(self) -> None:
        """Ask PostgreSQL for the words of every published course, as it stores them."""
        found: dict[str, list[int]] = {}
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0" if connection.in_atomic_block else "SELECT 1")
            for first in range(0, int(self.ids[-1]) + 1, 5_000):
                cursor.execute(
                    "SELECT id, tsvector_to_array(search) FROM courses_course "
                    "WHERE status = 'published' AND id > %s AND id <= %s ORDER BY id",
                    [first, first + 5_000],
                )
                for pk, lexemes in cursor.fetchall():
                    row = int(np.searchsorted(self.ids, pk))
                    for lexeme in lexemes:
                        found.setdefault(lexeme, []).append(row)
        self.postings = {lexeme: np.array(rows, dtype=np.int32) for lexeme, rows in found.items()}

    def analyse(self, words: Iterable[str]) -> None:
        """Ask PostgreSQL once for the lexemes of these words of questions; none for a word that says nothing."""
        unknown = sorted({word for word in words if word not in self.analysis})
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT word, tsvector_to_array(to_tsvector('fr', word)) FROM unnest(%s::text[]) AS word", [unknown]
            )
            self.analysis |= {word: tuple(lexemes) for word, lexemes in cursor.fetchall()}

    def lexemes(self, text: str) -> list[str]:
        """The lexemes of a question's text; its words were analysed before."""
        return [lexeme for word in text.split() for lexeme in self.analysis[word]]

    @cached_property
    def lexemes_by_row(self) -> list[list[str]]:
        """The lexemes of each course, for engines that build their own index."""
        rows: list[list[str]] = [[] for _each in range(len(self))]
        for lexeme, found in self.postings.items():
            for row in found.tolist():
                rows[row].append(lexeme)
        return rows

    # --- places

    def within(self, latitude: float, longitude: float, radius_km: float) -> np.ndarray:
        """Places in `Catalogue.towns` whose centre lies within a radius of a point in WGS84 degrees."""
        here, there = math.radians(latitude), math.radians(longitude)
        half = np.sin((self.latitudes - here) / 2) ** 2
        half += math.cos(here) * np.cos(self.latitudes) * np.sin((self.longitudes - there) / 2) ** 2
        return np.flatnonzero(2 * EARTH_KM * np.arcsin(np.sqrt(half)) <= radius_km)

    def _reached(self, question: CourseQuestion) -> np.ndarray:
        home = question.home
        assert home is not None
        assert home.latitude is not None
        assert home.longitude is not None
        near = np.isin(self.places, self.within(home.latitude, home.longitude, float(question.radius_km or 0)))
        reached = self.remote.copy()
        reached[self.owners[near]] = True
        return reached

    # --- answers

    def answer(self, question: CourseQuestion) -> Answer:
        """Count everything anew; `ids` are all that answer, in no order but that of the keys."""
        said = np.ones(len(self), dtype=bool)
        for lexeme in self.lexemes(question.text):
            mask = np.zeros(len(self), dtype=bool)
            mask[self.postings.get(lexeme, [])] = True
            said &= mask
        if question.has_reach:
            said &= self._reached(question)
        meets = {}
        for facet, labels in self.facets.items():
            asked = [labels.values.index(value) for value in getattr(question, facet) if value in labels.values]
            if getattr(question, facet):
                meets[facet] = labels.has[:, asked].any(axis=1)
        counts = {}
        for facet, labels in self.facets.items():
            mask = said.copy()
            for other, met in meets.items():
                if other != facet:
                    mask &= met
            counts[facet] = dict(zip(labels.values, labels.has[mask].sum(axis=0).tolist(), strict=True))
        for met in meets.values():
            said &= met
        return Answer(int(said.sum()), counts, self.ids[said].tolist())


def is_a_page(right: Answer, given: Answer, page: int = 1) -> bool:
    """Whether the ids given are a page of the right ones: all among them, each once, and as many as there are."""
    there = max(0, min(PAGE_SIZE, right.total - (page - 1) * PAGE_SIZE))
    return len(given.ids) == there == len(set(given.ids)) and set(given.ids) <= set(right.ids)
