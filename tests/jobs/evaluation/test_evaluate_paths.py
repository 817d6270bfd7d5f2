"""`manage.py evaluate --task paths`: the optimum of the public problems, JSON out, files refused with a sentence."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from jobs.evaluation import baseline, paths
from jobs.matching.paths import coverage, placed, violations

SESSION = {
    "id": "s1", "formation": "f1", "debut_jour": 3, "fin_jour": 9, "reste_a_charge_euros": 12.5, "distance_km": None,
    "heures": 7.0, "apporte": {"python": 2}, "prerequis": {},
}  # fmt: skip
LIMITS = {
    "budget_euros": 100, "echeance_jour": None, "distance_max_km": 30, "etapes_max": 3, "heures_max": None,
}  # fmt: skip
CASE = {
    "id": "p1", "cible": {"python": {"niveau": 2, "poids": 3}}, "acquis": {}, "contraintes": LIMITS,
    "sessions": [SESSION],
}  # fmt: skip
BEST = {"fin_jour": 9, "reste_a_charge_euros": 12, "distance_totale_km": 0, "etapes": 1}
OPTIMUM = {"id": "p1", "couverture_max": 6.0, "meilleurs": {"plus_rapide": BEST, "plus_proche": BEST}}


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("evaluate", "--task", "paths", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def written(folder: Path, rows: object) -> Path:
    path = folder / "parcours.json"
    path.write_text(rows if isinstance(rows, str) else json.dumps(rows))
    return path


def without(name: str, row: dict) -> dict:
    return {key: value for key, value in row.items() if key != name}


def test_the_public_problems_are_solved_to_their_optimum(shared_data: Path, record_count):
    problems = paths.problems_of(shared_data / "eval" / paths.SET)
    optima = paths.optima_of(shared_data / "eval" / paths.OPTIMUM)
    answers = paths.answer_all(problems, lambda _done, _total: None)
    assert set(problems) == set(optima)
    assert paths.regrets(answers, optima) == {"coverage": 0, "fastest": 0, "cheapest": 0, "closest": 0}
    for code, optimum in optima.items():
        assert answers[code].coverage == optimum.coverage
        assert answers[code].is_proven
        for _label, path in answers[code].by_label:
            assert violations(problems[code], [step.placed for step in path.steps]) == []
    record_count("public paths solved to their optimum", len(optima))


def test_the_example_of_each_optimum_keeps_our_rules(shared_data: Path):
    """Our reading of the rules is that of the file: no example breaks one, and each covers what it says."""
    problems = paths.problems_of(shared_data / "eval" / paths.SET)
    for row in json.loads((shared_data / "eval" / paths.OPTIMUM).read_text()):
        example = placed(problems[row["id"]], row["exemple"])
        assert violations(problems[row["id"]], example) == []
        assert coverage(problems[row["id"]], [each.session for each in example]) == row["couverture_max"]


def test_the_set_is_measured_against_its_baseline(shared_data: Path):
    shown = run("--set", str(shared_data / "eval"), "--check")
    assert "valid    1.000" in shown
    kept = baseline.read()["paths"]
    names = ("valid", "proven", "best", "coverage", "fastest", "cheapest", "closest")
    assert [kept[name] for name in names] == [1.0] * len(names)


def test_queries_from_outside_are_answered_in_json(tmp_path: Path):
    out, judged = tmp_path / "out.json", tmp_path / "optimum.json"
    judged.write_text(json.dumps([OPTIMUM]))
    hopeless = {**CASE, "id": "p2", "sessions": []}
    shown = run("--queries", str(written(tmp_path, [CASE, hopeless])), "--out", str(out), "--judged", str(judged))
    names = ("meilleur", "plus_rapide", "moins_cher", "plus_proche")
    assert json.loads(out.read_text()) == {"p1": {name: ["s1"] for name in names}, "p2": {name: [] for name in names}}
    assert "best     1.000" in shown
    assert "cheapest 0.000" in shown  # an answer where the optimum has none


def test_a_worse_answer_measures_less(tmp_path: Path):
    problems = paths.problems_of(written(tmp_path, [CASE]))
    answers = paths.answer_all(problems, lambda _done, _total: None)
    sooner = {**OPTIMUM, "couverture_max": 8, "meilleurs": {"plus_rapide": {**BEST, "fin_jour": 7}}}
    optima = paths.optima_of(written(tmp_path, [sooner]))
    found = paths.measured(problems, answers, optima)
    assert (found["best"].value, found["coverage"].value, found["fastest"].value) == (0, 0.75, 0)
    assert paths.regrets(answers, optima) == {"coverage": 2, "fastest": 2, "cheapest": 0, "closest": 0}


def test_amounts_are_exact_cents(tmp_path: Path):
    (problem,) = paths.problems_of(written(tmp_path, [CASE])).values()
    (session,) = problem.sessions
    assert (session.cost_cents, session.km, session.hours) == (1_250, None, 7)
    assert (problem.limits.budget_cents, problem.limits.deadline, problem.limits.max_km) == (10_000, None, 30)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("{", "JSON lisible"),
        ("[" * 100_000, "JSON lisible"),
        ({"id": "p1"}, "une liste de cas"),
        ([3], "cas 1"),
        ([CASE, CASE], "cas 2"),
        ([without("sessions", CASE)], "il manque « sessions »"),
        ([without("contraintes", CASE)], "il manque « contraintes »"),
        ([{**CASE, "contraintes": without("budget_euros", LIMITS)}], "il manque « budget_euros »"),
        ([{**CASE, "sessions": [without("fin_jour", SESSION)]}], "il manque « fin_jour »"),
        ([{**CASE, "sessions": {}}], "valeur impossible"),
        ([{**CASE, "sessions": [5]}], "valeur impossible"),
        ([{**CASE, "sessions": [SESSION, SESSION]}], "valeur impossible"),
        ([{**CASE, "sessions": [{**SESSION, "fin_jour": 2}]}], "valeur impossible"),
        ([{**CASE, "sessions": [{**SESSION, "fin_jour": None}]}], "valeur impossible"),
        ([{**CASE, "sessions": [{**SESSION, "heures": "sept"}]}], "valeur impossible"),
        ([{**CASE, "sessions": [{**SESSION, "reste_a_charge_euros": -1}]}], "valeur impossible"),
        ([{**CASE, "sessions": [{**SESSION, "reste_a_charge_euros": 1.234}]}], "valeur impossible"),
        ([{**CASE, "sessions": [{**SESSION, "reste_a_charge_euros": float("inf")}]}], "valeur impossible"),
        ([{**CASE, "sessions": [{**SESSION, "distance_km": float("nan")}]}], "valeur impossible"),
        ([{**CASE, "sessions": [{**SESSION, "apporte": {"python": 9}}]}], "valeur impossible"),
        ([{**CASE, "cible": {"python": {"niveau": 2, "poids": 0}}}], "valeur impossible"),
        ([{**CASE, "cible": {"python": 2}}], "valeur impossible"),
        ([{**CASE, "acquis": ["python"]}], "valeur impossible"),
        ([{**CASE, "contraintes": {**LIMITS, "etapes_max": 10**30}}], "valeur impossible"),
    ],
)
def test_a_file_that_cannot_serve_says_where(tmp_path: Path, rows: object, said: str):
    with pytest.raises(CommandError, match=said):
        run("--queries", str(written(tmp_path, rows)), "--out", str(tmp_path / "out.json"))


def test_an_optimum_that_cannot_serve_says_where(tmp_path: Path):
    queries, judged = written(tmp_path, [CASE]), tmp_path / "optimum.json"
    for row in (without("couverture_max", OPTIMUM), {**OPTIMUM, "meilleurs": [1]}, {**OPTIMUM, "couverture_max": 1.5}):
        judged.write_text(json.dumps([row]))
        with pytest.raises(CommandError, match="cas 1"):
            run("--queries", str(queries), "--judged", str(judged))


def test_a_missing_file_is_said(tmp_path: Path):
    with pytest.raises(CommandError, match="Fichier absent"):
        run("--queries", str(tmp_path / "nulle-part.json"), "--out", str(tmp_path / "out.json"))
