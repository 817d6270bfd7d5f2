"""What was answered, in one line of a log, and the same answer made again from that line.

A line holds versions, codes and terms: what was asked (never a word that somebody typed, nor who they are; the commune
is the finest place), the snapshot that answered, and each answer of the page with its terms. It is written once a page.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from jobs.matching.candidates import Goal, Here, goal_of, titles_for
from jobs.matching.engine import COLUMNS, assess
from jobs.matching.facts import Answer
from jobs.matching.recommendation import Recommendation, Request, recommend, seeker_of
from jobs.snapshot import files
from jobs.snapshot.build import Origin
from jobs.snapshot.facts import facts_of
from jobs.snapshot.reading import Snapshot
from portal.reference.words import WORDS_VERSION

logger = logging.getLogger("camins.answers")
VERSION = 1
Row = list[Any]


class Unreadable(Exception):
    """A sentence for the person who gave the line."""


@dataclass(frozen=True)
class Replayed:
    """The answers made again, as rows of a line, and what differs from the line, in sentences."""

    rows: list[Row]
    differences: list[str]


def write(found: Recommendation, request: Request, answers: Sequence[Answer], first: int) -> None:
    """Write the line of a page whose first answer is at place `first` (0 is the best)."""
    logger.info(line_of(found, request, answers, first))


def line_of(found: Recommendation, request: Request, answers: Sequence[Answer], first: int) -> str:
    """JSON, on one line."""
    asked = asdict(request)
    return json.dumps(
        {
            "v": VERSION,
            "day": found.seeker.day.isoformat(),
            "week": found.week,
            "words": WORDS_VERSION,
            "goal": goal_mark(found.goal),
            "snapshot": found.snapshot,
            "changed": list(found.changed),
            "asked": {name: value for name, value in asked.items() if value not in (None, (), [], "")},
            "total": len(found.ranking.answers),
            "excluded": dict(found.ranking.exclusion_counts),
            "first": first,
            "answers": [row_of(answer) for answer in answers],
        },
        default=str,
        ensure_ascii=False,
        separators=(",", ":"),
    )


def row_of(answer: Answer) -> Row:
    """[course, offering, session, score, [[criterion, state, points], ...]]"""
    course = answer.course
    terms = sorted([term.criterion, term.state, term.points] for term in answer.terms)
    return [course.pk, course.offering_pk, course.session_pk, answer.score, terms]


def goal_mark(goal: Goal) -> str:
    """What the goal asked for that day, in a few letters: the words or the needs of a job may change."""
    said = (goal.needs, sorted(goal.targets), sorted(goal.slugs), goal.other_names)
    return sha256(repr(said).encode()).hexdigest()[:16]


def replay(line: str) -> Replayed:
    """The page of that line, made again from its snapshot, or from the base where none answered. Raises Unreadable."""
    said = _read(line)
    request, day = _request(said["asked"]), date.fromisoformat(said["day"])
    first, count = said["first"], len(said["answers"])
    if said["snapshot"]:
        rows, goal = _from_snapshot(said, request, day, first, first + count)
    else:
        found = recommend(request, day=day)
        rows, goal = [row_of(answer) for answer in found.ranking.answers[first : first + count]], found.goal
    return Replayed(rows, list(_differences(said, rows, goal)))


def _from_snapshot(said: Any, request: Request, day: date, first: int, end: int) -> tuple[list[Row], Goal]:
    try:
        stored = files.open_version(Path(settings.CAMINS_SNAPSHOT_DIR), Path(said["snapshot"]).name)
    except (OSError, ValueError, EOFError, TypeError, KeyError):
        stored = None
    if stored is None:
        told = {"version": said["snapshot"], "days": files.KEPT_DAYS}
        raise Unreadable(_("La photo « %(version)s » n’est plus gardée (%(days)s jours au plus).") % told)
    snapshot = Snapshot(Origin(**stored.facts["origin"]), stored.arrays)
    goal = goal_of(request.profiles, request.occupations)
    seeker, titles = seeker_of(request, goal, day=day), titles_for(goal)
    ranked = snapshot.rank(seeker, titles, request.here, said["week"], said["changed"]).sorted_by(request.sort)
    hits = ranked.page(first, end)
    km, (rows, points) = snapshot.km(request.here), snapshot.titled(titles)
    by_course = dict(zip(stored.arrays.course_pk[rows].tolist(), points.tolist(), strict=True))
    answers = [assess(seeker, facts_of(stored.arrays, seeker, hit, km, by_course.get(hit.course, 0))) for hit in hits]
    return [row_of(answer) for answer in answers], goal


def _differences(said: Any, rows: list[Row], goal: Goal) -> Any:
    """What differs, and then what may explain it."""
    if rows == said["answers"]:
        return
    then, now = ([row[0] for row in each] for each in (said["answers"], rows))
    if then != now:
        yield _("Rangs : %(then)s alors, %(now)s maintenant.") % {"then": then, "now": now}
    else:
        changed = [row[0] for row, before in zip(rows, said["answers"], strict=True) if row != before]
        yield _("Termes différents pour les formations %(courses)s.") % {"courses": changed}
    if said["words"] != WORDS_VERSION or said["goal"] != goal_mark(goal):
        yield _("Ce que le métier demande, ou ses mots, ont changé depuis.")
    if said["changed"]:
        yield _("%(n)d formations venaient de changer : la base seule les connaissait.") % {"n": len(said["changed"])}


def _read(line: str) -> Any:
    """The line without what a log writes before it."""
    try:
        said = json.loads(line[line.index("{") :])
        if said["v"] != VERSION:
            raise ValueError(said["v"])
        wanted: dict[str, type] = dict.fromkeys(("day", "week", "words", "goal", "snapshot"), str)
        wanted |= {"changed": list, "answers": list, "asked": dict, "first": int}
        if not all(isinstance(said[name], kind) for name, kind in wanted.items()) or said["first"] < 0:
            raise TypeError
        date.fromisoformat(said["day"])
        said["changed"] = [int(each) for each in said["changed"]]
        if not all(isinstance(each, list) and each for each in said["answers"]):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise Unreadable(_("Ce n’est pas une ligne du journal des réponses (camins.answers).")) from fault
    return said


def _request(asked: Any) -> Request:
    try:
        said = dict(asked)
        for name in ("profiles", "occupations"):
            said[name] = tuple(said.get(name, ()))
        said["held"] = tuple((str(code), int(level)) for code, level in said.get("held", ()))
        said["here"] = Here(**said["here"]) if said.get("here") else None
        for name in ("starts_after", "starts_before"):
            said[name] = date.fromisoformat(said[name]) if said.get(name) else None
        request = Request(**said)
        if request.sort not in ("", *COLUMNS):
            raise ValueError(request.sort)
        return request
    except (ValueError, TypeError) as fault:
        raise Unreadable(_("La demande de cette ligne n’est pas lisible : %(fault)s.") % {"fault": fault}) from fault
