"""The arrays of a snapshot, and how they are made from rows: pure, no Django, no database.

A course is a row, in the order of the primary keys; an offering is a row of its own, in the order (course, offering),
and a course without any has one of number 0 of which nothing is known; a session likewise, soonest first. `*_from`
holds where the rows of each begin, with one more number for the end. Days are ordinals, 0 where there is none;
-1 is unknown.

Postings go from a code to the courses: a request reads those of its own codes and no other.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from jobs.matching.titles import telling
from jobs.matching.vocabulary import meaning

Array = np.ndarray
UNKNOWN = -1


@dataclass(frozen=True)
class Rows:
    """A catalogue as rows, in any order.

    courses: (number, key of the title, entry level, is it mandatory, demand)
    teaches: (course, skill code, level required, level given, is it suggested), a skill once per course
    links: (course, kind, code, is it suggested)
    offerings: (number, course, is it remote, is it permanent, latitude, longitude)
    costs: (offering, audience, cents left to pay)
    sessions: (offering, number, first day it may start, last such day, day registration closes, is it full, closed)
    """

    courses: Iterable[tuple[int, str, int | None, bool | None, int | None]]
    teaches: Iterable[tuple[int, str, int, int, bool]] = ()
    links: Iterable[tuple[int, str, str, bool]] = ()
    offerings: Iterable[tuple[int, int, bool | None, bool, float | None, float | None]] = ()
    costs: Iterable[tuple[int, str, int | None]] = ()
    sessions: Iterable[tuple[int, int, int, int, int, bool, bool]] = ()


@dataclass(frozen=True)
class Arrays:
    """N courses, M offerings, S sessions, P places, A audiences."""

    course_pk: Array  # N
    entry_level: Array  # N, -1 unknown
    entry_is_mandatory: Array  # N, 1, 0 or -1
    demand: Array  # N, -1 never counted
    asks: Array  # N: how many skills a course asks for
    title_from: Array  # N + 1
    title_text: Array  # bytes: the keys of the titles
    offering_from: Array  # N + 1
    offering_pk: Array  # M
    place: Array  # M, -1 none
    is_remote: Array  # M, 1, 0 or -1
    is_permanent: Array  # M
    audience: Array  # A
    cost_cents: Array  # A × M, -1 unknown
    latitude: Array  # P
    longitude: Array  # P
    session_from: Array  # M + 1
    session_pk: Array  # S
    starts_on: Array  # S
    starts_by: Array  # S
    closes_on: Array  # S
    is_full: Array  # S
    is_closed: Array  # S
    skill: Array  # codes, sorted
    skill_from: Array
    skill_row: Array
    skill_step: Array  # as `step` packs it
    asked_from: Array  # by skill too: the courses that ask for a level of it
    asked_row: Array
    asked_level: Array
    link: Array  # "kind:code", sorted
    link_from: Array
    link_row: Array
    link_is_suggested: Array
    word: Array  # the telling words of titles, sorted
    word_from: Array
    word_row: Array

    def __len__(self) -> int:
        return len(self.course_pk)

    @property
    def nbytes(self) -> int:
        return sum(getattr(self, field.name).nbytes for field in fields(self))

    def title_key(self, row: int) -> str:
        first, end = self.title_from[row], self.title_from[row + 1]
        return self.title_text[first:end].tobytes().decode()

    def posting(self, kind: str, code: str) -> slice:
        """Where the rows of a code stand in the arrays of `kind` ("skill", "asked", "link", "word"); empty if none."""
        codes = self.skill if kind == "asked" else getattr(self, kind)
        place = int(np.searchsorted(codes, code))
        if place == len(codes) or codes[place] != code:
            return slice(0, 0)
        first = getattr(self, f"{kind}_from")
        return slice(int(first[place]), int(first[place + 1]))


def step(required: int, given: int, is_suggested: bool) -> int:
    """The levels of a lesson as one number under 32, never 0: `required` 0 to 3, `given` 1 to 3."""
    return required << 3 | given << 1 | is_suggested


def arrays_of(rows: Rows) -> Arrays:
    """Return the arrays of a catalogue, the same for every order of its rows."""
    courses = sorted(rows.courses)
    row_of = {course[0]: row for row, course in enumerate(courses)}
    made = _courses(courses)
    made |= _skills(row_of, rows.teaches)
    made |= _links(row_of, rows.links)
    made |= _offerings(row_of, rows)
    return Arrays(**made)


def _courses(courses: Sequence[tuple[Any, ...]]) -> dict[str, Array]:
    texts = [course[1].encode() for course in courses]
    words: dict[str, list[int]] = defaultdict(list)
    for row, course in enumerate(courses):
        for said in telling(meaning(course[1])):
            words[said].append(row)
    word, word_from, word_row = _postings(words)
    return {
        "course_pk": np.array([course[0] for course in courses], np.int64),
        "entry_level": _known([course[2] for course in courses], np.int8),
        "entry_is_mandatory": _known([course[3] for course in courses], np.int8),
        "demand": _known([course[4] for course in courses], np.int32),
        "title_from": _ends([len(text) for text in texts]),
        "title_text": np.frombuffer(b"".join(texts), np.uint8),
        "word": word,
        "word_from": word_from,
        "word_row": np.array(word_row, np.int32),
    }


def _skills(row_of: Mapping[int, int], teaches: Iterable[tuple[int, str, int, int, bool]]) -> dict[str, Array]:
    lessons: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    asks = np.zeros(len(row_of), np.int16)
    for course, code, required, given, is_suggested in teaches:
        if course in row_of:
            lessons[code].append((row_of[course], step(required, given, is_suggested), required))
            asks[row_of[course]] += required > 0
    skill, skill_from, found = _postings({code: sorted(each) for code, each in lessons.items()})
    asked = [[(row, required) for row, _step, required in sorted(lessons[str(code)]) if required] for code in skill]
    return {
        "asks": asks,
        "skill": skill,
        "skill_from": skill_from,
        "skill_row": np.array([row for row, _step, _required in found], np.int32),
        "skill_step": np.array([packed for _row, packed, _required in found], np.uint8),
        "asked_from": _ends([len(each) for each in asked]),
        "asked_row": np.array([row for each in asked for row, _required in each], np.int32),
        "asked_level": np.array([required for each in asked for _row, required in each], np.int8),
    }


def _links(row_of: Mapping[int, int], links: Iterable[tuple[int, str, str, bool]]) -> dict[str, Array]:
    """A sign that somebody certain gives wins over the same one that a rule suggests."""
    signs: dict[str, dict[int, bool]] = defaultdict(dict)
    for course, kind, code, is_suggested in links:
        if course in row_of:
            kept = signs[f"{kind}:{code}"]
            kept[row_of[course]] = is_suggested and kept.get(row_of[course], True)
    link, link_from, found = _postings({key: sorted(kept.items()) for key, kept in signs.items()})
    return {
        "link": link,
        "link_from": link_from,
        "link_row": np.array([row for row, _is_suggested in found], np.int32),
        "link_is_suggested": np.array([is_suggested for _row, is_suggested in found], bool),
    }


def _offerings(row_of: Mapping[int, int], rows: Rows) -> dict[str, Array]:
    given = [each for each in rows.offerings if each[1] in row_of]
    without = row_of.keys() - {each[1] for each in given}
    given += [(0, course, None, False, None, None) for course in without]
    given.sort(key=lambda each: (row_of[each[1]], each[0]))
    points = sorted({each[4:] for each in given if each[4] is not None and each[5] is not None})
    place_of = {point: place for place, point in enumerate(points)}
    offering_of = {each[0]: number for number, each in enumerate(given) if each[0]}
    counts = np.bincount([row_of[each[1]] for each in given], minlength=len(row_of))
    return {
        "offering_from": _ends(counts),
        "offering_pk": np.array([each[0] for each in given], np.int64),
        "place": np.array([place_of.get(each[4:], UNKNOWN) for each in given], np.int32),
        "is_remote": _known([each[2] for each in given], np.int8),
        "is_permanent": np.array([each[3] for each in given], bool),
        "latitude": np.array([point[0] for point in points], np.float64),
        "longitude": np.array([point[1] for point in points], np.float64),
        **_costs(offering_of, len(given), rows.costs),
        **_sessions(offering_of, len(given), rows.sessions),
    }


def _costs(
    offering_of: Mapping[int, int], count: int, costs: Iterable[tuple[int, str, int | None]]
) -> dict[str, Array]:
    known = [(offering_of[offering], audience, cents) for offering, audience, cents in costs if offering in offering_of]
    audiences = sorted({audience for _offering, audience, _cents in known})
    cents_of = np.full((len(audiences), count), UNKNOWN, np.int64)
    for offering, audience, cents in known:
        if cents is not None:
            cents_of[audiences.index(audience), offering] = cents
    return {"audience": np.array(audiences, "U12"), "cost_cents": cents_of}


def _sessions(
    offering_of: Mapping[int, int], count: int, sessions: Iterable[tuple[int, int, int, int, int, bool, bool]]
) -> dict[str, Array]:
    found = [(offering_of[each[0]], *each[1:]) for each in sessions if each[0] in offering_of]
    table = np.array(found, np.int64).reshape(-1, 7)
    # as on pages: soonest first, undated last, then by number
    table = table[np.lexsort((table[:, 1], table[:, 2], table[:, 2] == 0, table[:, 0]))]
    names = ("session_pk", "starts_on", "starts_by", "closes_on", "is_full", "is_closed")
    kinds = (np.int64, np.int32, np.int32, np.int32, bool, bool)
    columns = {
        name: table[:, place].astype(kind) for place, (name, kind) in enumerate(zip(names, kinds, strict=True), 1)
    }
    return {"session_from": _ends(np.bincount(table[:, 0], minlength=count)), **columns}


def _postings[T](lists: Mapping[str, Sequence[T]]) -> tuple[Array, Array, list[T]]:
    """Codes in order, where the postings of each begin, and all of them one after the other."""
    codes = sorted(lists)
    names = np.array(codes) if codes else np.array([], "U1")
    return names, _ends([len(lists[code]) for code in codes]), [each for code in codes for each in lists[code]]


def _ends(counts: Any) -> Array:
    return np.concatenate(([0], np.cumsum(np.asarray(counts, np.int64)))).astype(np.int32)


def _known(values: Sequence[Any], kind: Any) -> Array:
    return np.array([UNKNOWN if value is None else value for value in values], kind)
