"""A row of the arrays as the facts that the engine assesses: what `course_facts` said when the snapshot was made.

Labels are lost: codes stand for them. A lesson or a link is declared or suggested, no more.
"""

from datetime import date

import numpy as np

from jobs.matching.facts import DAY, DECLARED, MONTH, PERMANENT, SUGGESTED, YEAR, CourseFacts, Link, SeekerFacts, Taught
from jobs.snapshot.arrays import UNKNOWN, Array, Arrays
from jobs.snapshot.ordered import Hit


def facts_of(arrays: Arrays, seeker: SeekerFacts, hit: Hit, km: Array | None, title_match: int) -> CourseFacts:
    """The facts of an answer. `km`: whole kilometres to each place, as `rank` takes them."""
    row = int(np.searchsorted(arrays.course_pk, hit.course))
    first, end = int(arrays.offering_from[row]), int(arrays.offering_from[row + 1])
    offering = first + int(np.flatnonzero(arrays.offering_pk[first:end] == hit.offering)[0])
    remote, place = int(arrays.is_remote[offering]), int(arrays.place[offering])
    away = UNKNOWN if km is None or place == UNKNOWN or remote == 1 else int(km[place])
    starts_on, precision = _start(arrays, offering, hit.session)
    level, mandatory, demand = (
        int(each[row]) for each in (arrays.entry_level, arrays.entry_is_mandatory, arrays.demand)
    )
    return CourseFacts(
        pk=hit.course,
        title=arrays.title_key(row),
        offering_pk=hit.offering,
        session_pk=hit.session,
        teaches=_lessons(arrays, row),
        links=_links(arrays, row),
        title_match=title_match,
        distance_km=None if away == UNKNOWN else away,
        is_remote=None if remote == UNKNOWN else bool(remote),
        starts_on=starts_on,
        start_precision=precision,
        start_note=PERMANENT if arrays.is_permanent[offering] else "",
        cost_cents=_cost(arrays, offering, seeker.audience),
        entry_level=None if level == UNKNOWN else level,
        entry_is_mandatory=None if mandatory == UNKNOWN else bool(mandatory),
        demand=None if demand == UNKNOWN else demand,
    )


def _lessons(arrays: Arrays, row: int) -> tuple[Taught, ...]:
    places = np.flatnonzero(arrays.skill_row == row)
    codes = arrays.skill[np.searchsorted(arrays.skill_from, places, side="right") - 1]
    return tuple(
        Taught(str(code), str(code), step >> 3, step >> 1 & 3, SUGGESTED if step & 1 else DECLARED)
        for code, step in zip(codes, arrays.skill_step[places].tolist(), strict=True)
    )


def _links(arrays: Arrays, row: int) -> tuple[Link, ...]:
    places = np.flatnonzero(arrays.link_row == row)
    signs = arrays.link[np.searchsorted(arrays.link_from, places, side="right") - 1]
    links = []
    for sign, is_suggested in zip(signs, arrays.link_is_suggested[places].tolist(), strict=True):
        kind, _colon, code = str(sign).partition(":")
        links.append(Link(kind, code, SUGGESTED if is_suggested else DECLARED))
    return tuple(links)


def _start(arrays: Arrays, offering: int, session: int | None) -> tuple[date | None, str]:
    if session is None:
        return None, "unknown"
    first, end = int(arrays.session_from[offering]), int(arrays.session_from[offering + 1])
    place = first + int(np.flatnonzero(arrays.session_pk[first:end] == session)[0])
    starts_on = date.fromordinal(int(arrays.starts_on[place]))
    last = int(arrays.starts_by[place])
    known = (CourseFacts(0, "", starts_on=starts_on, start_precision=each) for each in (DAY, MONTH, YEAR))
    return starts_on, next(
        each.start_precision for each in known if each.starts_by and each.starts_by.toordinal() == last
    )


def _cost(arrays: Arrays, offering: int, audience: str) -> int | None:
    places = np.flatnonzero(arrays.audience == audience)
    cents = int(arrays.cost_cents[places[0]][offering]) if len(places) else UNKNOWN
    return None if cents == UNKNOWN else cents
