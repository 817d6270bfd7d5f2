"""The words and places that a question may name, kept in memory by each process for as long as they stay the same.

The database marks every change of a word or of a place in `SearchState.words`, in the transaction that makes it: one
small statement a page tells whether what is in memory still holds. Nothing else keeps the two in step.
"""

import datetime
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import isfinite
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from django.db import connection

from courses.search.distance import EARTH_RADIUS_KM
from courses.search.question import Home
from courses.search.text import FILLERS, synonyms
from portal.prepared import prepared_cursor
from portal.reference.models import (
    Commune,
    Department,
    JobProfile,
    JobProfileAlias,
    JobTitle,
    Occupation,
    ProfileOccupation,
    Skill,
    SkillAlias,
)
from portal.reference.models.place import commune_key
from portal.reference.wording import normalise, plain
from portal.web.clock import today

POSTCODE_DIGITS = 5
# ROME's items are sentences: nobody types them, and there are thirty thousand
LONGEST_NAME_WORDS = 8
LONGEST_JOB_NAME_WORDS = 4
MOST_REMEMBERED = 2_000
MOST_LEARNT = 50_000
REMOTE_LABEL = "modalite=remote"


@dataclass(frozen=True)
class Lexicon:
    """Words and places as of one mark. Communes are shared between threads: read them, never change them."""

    version: UUID
    departments: tuple[tuple[str, str], ...]
    profiles: tuple[tuple[str, str], ...]
    profile_numbers: dict[str, int]
    communes: tuple[Commune, ...]
    # key of a name → labels of the documents it finds
    names: dict[str, tuple[str, ...]]
    # slug of a job → the ways to name it, as words without accents
    job_names: dict[str, tuple[tuple[str, ...], ...]]
    # what the text search makes of words: those of job names and of synonyms, then those that people type
    lexemes: dict[str, tuple[str, ...]]
    # the choices whose bits documents pack, in the order of the bits
    offering_labels: tuple[str, ...]
    course_labels: tuple[str, ...]
    _kms: dict[str, np.ndarray] = field(default_factory=dict, repr=False)
    _remembered: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def remember[T](self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once for these words."""
        if key not in self._remembered:
            if len(self._remembered) > MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = make()
        return self._remembered[key]

    def learn(self, lexemes: dict[str, tuple[str, ...]]) -> None:
        if len(self.lexemes) < MOST_LEARNT:
            self.lexemes.update(lexemes)

    @cached_property
    def bits(self) -> dict[str, int]:
        """The bit of each choice that documents pack, among those of offerings or among those of courses."""
        return {
            label: 1 << place
            for labels in (self.offering_labels, self.course_labels)
            for place, label in enumerate(labels)
        }

    @cached_property
    def remote_bit(self) -> int:
        """The bit of an offering entirely at a distance."""
        return self.bits[REMOTE_LABEL]

    @cached_property
    def _by_key(self) -> dict[str, list[Commune]]:
        return _grouped((commune.key, commune) for commune in self.communes)

    @cached_property
    def _by_code(self) -> dict[str, list[Commune]]:
        pairs = [(code, commune) for commune in self.communes for code in {commune.insee, *commune.postcodes}]
        return _grouped(pairs)

    @cached_property
    def codes(self) -> np.ndarray:
        """INSEE codes as documents pack them, in ascending order."""
        return np.sort(np.array([code_number(commune.insee) for commune in self.communes], dtype=np.int64))

    @cached_property
    def _radians(self) -> tuple[np.ndarray, np.ndarray]:
        """Latitude and longitude of the communes in the order of `codes`; NaN where nobody gives them."""
        ordered = sorted(self.communes, key=lambda commune: code_number(commune.insee))
        points = [(commune.latitude, commune.longitude) for commune in ordered]
        degrees = np.array([(np.nan, np.nan) if None in point else point for point in points], dtype=float)
        radians = np.radians(degrees.reshape(-1, 2))
        return radians[:, 0], radians[:, 1]

    def communes_called(self, text: str) -> list[Commune]:
        """Communes named `text` (whatever accents and case), or of that postcode or INSEE code, largest first."""
        text = text.strip()
        if text.isascii() and text.isdigit() and len(text) == POSTCODE_DIGITS:
            return self._by_code.get(text, [])
        return self._by_key.get(commune_key(text), [])

    def km_from(self, latitude: float, longitude: float) -> np.ndarray:
        """Kilometres from a point in WGS84 degrees to each commune of `codes`; infinite where it has no position."""
        key = f"{latitude},{longitude}"
        if key not in self._kms:
            latitudes, longitudes = self._radians
            here, there = np.radians(latitude), np.radians(longitude)
            half = np.sin((latitudes - here) / 2) ** 2
            half += np.cos(here) * np.cos(latitudes) * np.sin((longitudes - there) / 2) ** 2
            km = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, half)))
            if len(self._kms) > 500:  # a few towns are asked again and again
                self._kms.clear()
            self._kms[key] = np.nan_to_num(km, nan=np.inf)
        return self._kms[key]

    @cached_property
    def _places(self) -> dict[int, int]:
        return {int(code): place for place, code in enumerate(self.codes)}

    def km_to(self, home: Home, code: int) -> float | None:
        """Kilometres from a home to a commune, by its packed code; None where a position is unknown."""
        if home.latitude is None or home.longitude is None or code not in self._places:
            return None
        km = float(self.km_from(home.latitude, home.longitude)[self._places[code]])
        return km if isfinite(km) else None

    def is_at(self, home: Home, code: int) -> bool:
        return code_number(home.insee) == code

    def nearest(self, latitude: float, longitude: float) -> Commune | None:
        """The commune whose centre is nearest to a point; None where no position is known."""
        km = self.km_from(latitude, longitude)
        if not len(km) or not np.isfinite(km).any():
            return None
        code = int(self.codes[int(np.argmin(km))])
        return next(commune for commune in self.communes if code_number(commune.insee) == code)


class StateChanged(Exception):
    """The day or the words are no longer those that this process remembers."""


@dataclass(frozen=True)
class State:
    """What one page knows of search before it asks: the day of the documents, and the words.

    One that is only remembered is checked by the first search, in the statement that it sends anyway.
    """

    day: datetime.date
    lexicon: Lexicon
    is_checked: bool = True

    @property
    def mark(self) -> str:
        """As the expression MARK gives it."""
        return f"{self.day.isoformat()} {self.lexicon.version}"

    def checked(self) -> "State":
        return self if self.is_checked else replace(self, is_checked=True)


MARK = "(SELECT to_char(day, 'YYYY-MM-DD ') || words FROM courses_searchstate)"
_last: State | None = None


def current() -> State:
    """The words and places as they stand; one statement, and a few more when they changed."""
    global _last  # noqa: PLW0603 (one per process, replaced whole)
    with prepared_cursor() as cursor:
        cursor.execute("SELECT day, words FROM courses_searchstate")
        day, version = cursor.fetchone() or (today(), uuid4())
    last = _last
    lexicon = last.lexicon if last is not None and last.lexicon.version == version else _read(version)
    state = _last = State(day, lexicon)
    return state


def as_they_stand[T](make: Callable[[State], T]) -> T:
    """What `make` gives with the words and places that this process remembers, or anew if a search finds them changed.

    `make` must search with the state it is given, and only then believe it.
    """
    if _last is None:
        return make(current())
    try:
        return make(replace(_last, is_checked=False))
    except StateChanged:
        return make(current())


def code_number(code: str) -> int:
    """ "12202" as documents pack it: official codes are hexadecimal by luck; 0 for what is none."""
    try:
        return int(code, 16) if len(code) <= 7 else 0
    except ValueError:
        return 0


def _grouped(pairs: Iterable[tuple[str, Commune]]) -> dict[str, list[Commune]]:
    groups: dict[str, list[Commune]] = {}
    for key, commune in pairs:
        groups.setdefault(key, []).append(commune)
    for group in groups.values():
        group.sort(key=lambda commune: -(commune.population or 0))
    return groups


def _read(version: UUID) -> Lexicon:
    departments = {each.code: each for each in Department.objects.all()}
    communes = tuple(Commune.objects.order_by("insee"))
    for commune in communes:
        commune.department = departments[commune.department_id]
    profiles = list(JobProfile.objects.shown().values_list("pk", "slug", "name"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT courses_search_offering_labels(), courses_search_course_labels()")
        offering_labels, course_labels = cursor.fetchone()
    return Lexicon(
        version=version,
        departments=tuple((each.code, each.name) for each in departments.values()),
        profiles=tuple((slug, name) for _pk, slug, name in profiles),
        profile_numbers={slug: pk for pk, slug, _name in profiles},
        communes=communes,
        names=_names(),
        job_names=(called := _job_names()),
        lexemes=lexemes_of(
            {word for names in (*called.values(), *synonyms().values()) for name in names for word in name}
        ),
        offering_labels=tuple(offering_labels),
        course_labels=tuple(course_labels),
    )


def lexemes_of(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Word → what the French text search makes of it; a little word is made nothing of."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, tsvector_to_array(to_tsvector('fr', word)) FROM unnest(%s::text[]) AS word", [sorted(words)]
        )
        return {word: tuple(lexemes) for word, lexemes in cursor.fetchall()}


def _job_names() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The shorter ways to name each job: a title that says one of them names the job."""
    shown = JobProfile.objects.shown()
    told = [
        *shown.values_list("slug", "name"),
        *JobProfileAlias.objects.filter(profile__in=shown).values_list("profile__slug", "label"),
    ]
    found: dict[str, dict[tuple[str, ...], None]] = {}
    for slug, label in told:
        words = tuple(word for word in normalise(label).split() if word not in FILLERS)
        if 0 < len(words) <= LONGEST_JOB_NAME_WORDS:
            found.setdefault(slug, {})[words] = None
    return {slug: tuple(names) for slug, names in found.items()}


def _names() -> dict[str, tuple[str, ...]]:
    """Keys of jobs, skills and ROME titles → the labels that documents carry for them."""
    found: dict[str, set[str]] = {}
    shown = JobProfile.objects.shown()
    for slug, key in shown.values_list("slug", "key"):
        found.setdefault(key, set()).add(f"metier={slug}")
    for slug, key in JobProfileAlias.objects.filter(profile__in=shown).values_list("profile__slug", "key"):
        found.setdefault(key, set()).add(f"metier={slug}")
    for code, key in Skill.objects.own_words().values_list("code", "key"):
        found.setdefault(key, set()).add(f"competence={code}")
    for code, key in SkillAlias.objects.filter(skill__in=Skill.objects.own_words()).values_list("skill__code", "key"):
        found.setdefault(key, set()).add(f"competence={code}")
    cited: dict[str, set[str]] = {}
    for code, slug in ProfileOccupation.objects.filter(profile__in=shown).values_list(
        "occupation__code", "profile__slug"
    ):
        cited.setdefault(code, {f"rome={code}"}).add(f"metier={slug}")
    titles = [
        *Occupation.objects.values_list("code", "key"),
        *JobTitle.objects.values_list("occupation__code", "key"),
    ]
    for code, key in titles:
        # a title that our own words know means what they say, and the occupation besides
        found.setdefault(key, set()).update(cited.get(code, {f"rome={code}"}) if key not in found else {f"rome={code}"})
    for code, labels in cited.items():
        found.setdefault(plain(code), set()).update(labels)
    found.pop("", None)
    return {key: tuple(sorted(labels)) for key, labels in found.items() if key.count(" ") < LONGEST_NAME_WORDS}
