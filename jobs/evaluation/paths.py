"""The task of paths: problems read from JSON, their four answers, and what these are worth beside a proven optimum."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from jobs.evaluation.files import Unreadable
from jobs.evaluation.measures import Figure, figures
from jobs.matching.facts import SkillNeed
from jobs.matching.paths import (
    BEST,
    CHEAPEST,
    CLOSEST,
    FASTEST,
    NODE_CAP,
    Limits,
    PathAnswers,
    PathProblem,
    PathSession,
    Totals,
    coverage,
    greedy,
    solve,
    violations,
)

NAME = "paths"
SET, OPTIMUM = "parcours_dev.json", "parcours_dev_optimum.json"
LABELS = {BEST: "meilleur", FASTEST: "plus_rapide", CHEAPEST: "moins_cher", CLOSEST: "plus_proche"}
# a file may wait longer for a proof than a page does
PATIENCE = 20
Json = Any
Problems = dict[str, PathProblem]
Answers = dict[str, PathAnswers]
# what a variant is chosen by: the name in the file of optima, and how totals say it
MEASURED: dict[str, tuple[str, Callable[[Totals], int]]] = {
    FASTEST: ("fin_jour", lambda totals: totals.ends),
    CHEAPEST: ("reste_a_charge_euros", lambda totals: totals.cost_cents),
    CLOSEST: ("distance_totale_km", lambda totals: totals.km),
}


@dataclass(frozen=True)
class Optimum:
    """The most that can be covered, and label → the smallest end (a day), cost (cents) and distance (kilometres)."""

    coverage: int
    least: Mapping[str, int]


def problems_of(path: Path) -> Problems:
    """Code → problem, of a file like `parcours_dev.json`. Raises Unreadable."""
    return _named(path, _problem)


def optima_of(path: Path) -> dict[str, Optimum]:
    """Code → optimum, of a file like `parcours_dev_optimum.json`. Raises Unreadable."""
    return _named(path, _optimum)


def answer_all(problems: Problems, report: Callable[[int, int], None]) -> Answers:
    """Code → the four answers; `report(done, total)` now and then."""
    answers = {}
    for done, (code, problem) in enumerate(problems.items(), 1):
        answers[code] = solve(problem, node_cap=PATIENCE * NODE_CAP)
        if done % 10 == 0 or done == len(problems):
            report(done, len(problems))
    return answers


def write_answers(path: Path, answers: Answers) -> None:
    """Code → name of the answer → its sessions in order; no session where nothing can be covered."""
    none = {name: list[str]() for name in LABELS.values()}
    rows = {
        code: {**none, **{LABELS[label]: list(path.codes) for label, path in found.by_label}}
        for code, found in answers.items()
    }
    path.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def measured(problems: Problems, answers: Answers, optima: Mapping[str, Optimum]) -> dict[str, Figure]:
    """The shares of problems, higher is better, among those whose optimum is known; nothing where none is.

    valid: no rule broken; proven: the searches came to their end; best: the coverage is the most there is;
    coverage: the mean share of it; fastest, cheapest, closest: the measure of the answer is the smallest there is;
    gain: the mean share of the coverage that a choice step by step misses.
    """
    rows = [_worth(problems[code], answers[code], optima[code]) for code in problems if code in optima]
    return figures(rows) if rows else {}


def regrets(answers: Answers, optima: Mapping[str, Optimum]) -> dict[str, int]:
    """What is lost in all on the optimum: coverage, days, cents, kilometres; whole numbers, 0 when nothing is."""
    lost = dict.fromkeys(("coverage", *MEASURED), 0)
    for code, optimum in optima.items():
        if code in answers:
            lost["coverage"] += optimum.coverage - answers[code].coverage
            for label, path in answers[code].by_label:
                if label in optimum.least:
                    lost[label] += MEASURED[label][1](path.totals) - optimum.least[label]
    return lost


def _worth(problem: PathProblem, found: PathAnswers, optimum: Optimum) -> dict[str, float]:
    paths = dict(found.by_label)
    broken = [fault for path in paths.values() for fault in violations(problem, [step.placed for step in path.steps])]
    share = found.coverage / optimum.coverage if optimum.coverage else 1.0
    stepwise = coverage(problem, (each.session for each in greedy(problem)))
    return {
        "valid": float(not broken),
        "proven": float(found.is_proven),
        "best": float(found.coverage == optimum.coverage),
        "coverage": share,
        **{label: float(_is_least(paths, label, optimum)) for label in MEASURED},
        "gain": 1 - stepwise / found.coverage if found.coverage else 0.0,
    }


def _is_least(paths: Mapping[str, Any], label: str, optimum: Optimum) -> bool:
    if label not in optimum.least:
        return label not in paths
    return label in paths and MEASURED[label][1](paths[label].totals) <= optimum.least[label]


# --- reading


def _named[T](path: Path, read: Callable[[Json], T]) -> dict[str, T]:
    """The objects of a JSON list by their `id`. Raises Unreadable, with the number of the object that cannot serve."""
    if not path.is_file():
        raise Unreadable(_("Fichier absent : %(path)s.") % {"path": path})
    try:
        rows = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        told = {"path": path, "fault": str(fault)}
        raise Unreadable(_("%(path)s n’est pas un JSON lisible en UTF-8 (%(fault)s).") % told) from fault
    if not isinstance(rows, list):
        raise Unreadable(_("%(path)s : une liste de cas est attendue.") % {"path": path})
    found: dict[str, T] = {}
    for number, row in enumerate(rows, 1):
        try:
            if not isinstance(row, dict):
                raise TypeError(type(row).__name__)
            code = _text(row, "id")
            if code in found:
                raise ValueError(f"id: {code}")
            found[code] = read(row)
        except KeyError as fault:
            told = {"path": path, "number": number, "field": fault.args[0]}
            raise Unreadable(_("%(path)s, cas %(number)s : il manque « %(field)s ».") % told) from fault
        except (ValueError, TypeError) as fault:
            told = {"path": path, "number": number, "fault": str(fault)}
            raise Unreadable(_("%(path)s, cas %(number)s : valeur impossible (%(fault)s).") % told) from fault
    return found


def _problem(row: Json) -> PathProblem:
    goal, limits = _object(row, "cible"), _object(row, "contraintes")
    sessions = row["sessions"]
    if not isinstance(sessions, list):
        raise TypeError("sessions")
    return PathProblem(
        needs=tuple(
            SkillNeed(code, code, _required(_object(goal, code), "niveau"), _required(_object(goal, code), "poids"))
            for code in goal
        ),
        held=tuple((code, _required(row["acquis"], code)) for code in _object(row, "acquis")),
        limits=Limits(
            deadline=_whole(limits, "echeance_jour"),
            budget_cents=_cents(limits, "budget_euros"),
            max_km=_whole(limits, "distance_max_km"),
            hours=_whole(limits, "heures_max"),
            steps=_required(limits, "etapes_max"),
        ),
        sessions=tuple(_session(each) for each in sessions),
    )


def _session(row: Json) -> PathSession:
    return PathSession(
        code=_text(row, "id"),
        course=_text(row, "formation"),
        starts=_required(row, "debut_jour"),
        ends=_required(row, "fin_jour"),
        cost_cents=_cents(row, "reste_a_charge_euros"),
        km=_whole(row, "distance_km"),
        hours=_whole(row, "heures"),
        gives=_levels(row, "apporte"),
        requires=_levels(row, "prerequis"),
    )


def _optimum(row: Json) -> Optimum:
    least = {}
    best = {} if row["meilleurs"] is None else _object(row, "meilleurs")
    for label, (name, _said) in MEASURED.items():
        if best.get(LABELS[label]) is not None:
            least[label] = _required(_object(best, LABELS[label]), name) * (100 if label == CHEAPEST else 1)
    return Optimum(_required(row, "couverture_max"), least)


def _object(row: Json, name: str) -> Mapping[str, Json]:
    found = row[name]
    if not isinstance(found, dict):
        raise TypeError(name)
    return found


def _text(row: Json, name: str) -> str:
    found = row[name]
    if not isinstance(found, str) or not found:
        raise TypeError(f"{name}: {found!r}")
    return found


def _whole(row: Json, name: str) -> int | None:
    """A whole number, written 3 or 3.0; None is unknown, or no limit."""
    found = row[name]
    if isinstance(found, float) and found.is_integer():
        return int(found)
    if found is not None and (isinstance(found, bool) or not isinstance(found, int)):
        raise TypeError(f"{name}: {found!r}")
    return found


def _required(row: Json, name: str) -> int:
    found = _whole(row, name)
    if found is None:
        raise TypeError(f"{name}: null")
    return found


def _cents(row: Json, name: str) -> int | None:
    """Euros to cents; an amount has two decimals at most."""
    found = row[name]
    if isinstance(found, float):
        with suppress(OverflowError):
            cents = round(found * 100)
            if abs(cents - found * 100) < 1e-6:
                return cents
    euros = _whole(row, name)
    return None if euros is None else 100 * euros


def _levels(row: Json, name: str) -> tuple[tuple[str, int], ...]:
    levels = _object(row, name)
    return tuple((code, _required(levels, code)) for code in levels)
