"""`manage.py evaluate`: measures that are right, files that are refused with a sentence, a baseline that holds."""

import csv
import json
from io import StringIO
from math import log2
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from jobs.evaluation import baseline, table
from jobs.evaluation.files import Unreadable, gains_of, rows_of, write_run
from jobs.evaluation.measures import Figure, figures, first_right, ndcg, of_query
from jobs.evaluation.profiles import NEAR, OWN, given_jobs
from jobs.evaluation.registry import TASKS
from jobs.evaluation.tasks import Titles
from portal.reference.words import PROFILES


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("evaluate", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


# --- measures


def test_a_measure_is_what_its_definition_says():
    gains = {"a": 3, "b": 1}
    assert of_query(["x", "a"], gains) == {
        "acc1": 0.0,
        "acc3": 1.0,
        "acc5": 1.0,
        "mrr": 0.5,
        "ndcg": pytest.approx((7 / log2(3)) / (7 + 1 / log2(3))),
    }
    assert of_query(["a", "b"], gains)["ndcg"] == pytest.approx(1)
    assert of_query([], gains)["ndcg"] == 0
    assert first_right([*"cdefghijkl", "a"], gains) is None
    assert ndcg(["a"], {}) == 0


def test_the_interval_holds_the_mean_and_narrows_with_queries():
    few = figures([{"mrr": 1.0}, {"mrr": 0.0}] * 5)["mrr"]
    many = figures([{"mrr": 1.0}, {"mrr": 0.0}] * 500)["mrr"]
    assert few.low <= few.value == 0.5 <= few.high
    assert many.high - many.low < few.high - few.low


# --- files


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"qid,autre\n1,2\n", "requete"),
        (b"", "qid"),
        (b"qid,requete\n1,\xff\n", "UTF-8"),
        (b'qid,requete\n1,"a"b\n', "CSV"),
    ],
)
def test_a_file_that_cannot_serve_says_why(tmp_path: Path, content: bytes, said: str):
    path = tmp_path / "requetes.csv"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=said):
        rows_of(path, ("qid", "requete"))


def test_a_judgement_without_a_whole_gain_is_refused(tmp_path: Path):
    path = tmp_path / "juges.csv"
    path.write_text("qid,code_rome,gain\n1,A,2\n2,B,beaucoup\n")
    with pytest.raises(Unreadable, match="2"):
        gains_of(path)
    path.write_text("qid,code_rome,gain\n1,A,2\n1,B,0\n")
    assert gains_of(path) == {"1": {"A": 2, "B": 0}}


def test_a_run_has_a_line_an_answer(tmp_path: Path):
    write_run(tmp_path / "run.tsv", {"q1": ["A", "B"], "q2": []})
    assert (tmp_path / "run.tsv").read_text() == "q1\t1\tA\nq1\t2\tB\n"


# --- the baseline


def test_a_figure_that_falls_by_more_than_a_hundredth_is_told(tmp_path: Path):
    path = tmp_path / "baseline.json"
    baseline.write({"titles-known": {"acc1": Figure(0.9, 0.8, 1.0), "mrr": Figure(0.9, 0.8, 1.0)}}, path)
    baseline.write({"skills": {"acc1": Figure(0.5, 0.4, 0.6)}}, path)
    kept = baseline.read(path)
    assert set(kept) == {"titles-known", "skills"}
    now = {"titles-known": {"acc1": Figure(0.8, 0.7, 0.9), "mrr": Figure(0.895, 0.8, 1.0)}}
    assert [(each.group, each.measure) for each in baseline.falls(now, kept)] == [("titles-known", "acc1")]
    assert baseline.falls({}, kept) == []


# --- the command


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--set"),
        (("--queries", "q.csv"), "--task"),
        (("--queries", "q.csv", "--task", "titles"), "--out"),
        (("--set", "nulle-part"), "Dossier absent"),
        (("--queries", "nulle-part.csv", "--task", "titles", "--out", "x.tsv"), "Fichier absent"),
    ],
)
def test_what_is_missing_is_said(arguments: tuple[str, ...], said: str):
    with pytest.raises(CommandError, match=said):
        run(*arguments)


def test_queries_from_outside_are_answered_and_measured(shared_data: Path, tmp_path: Path):
    queries, judged, out = tmp_path / "q.csv", tmp_path / "j.csv", tmp_path / "run.tsv"
    queries.write_text("qid,requete,genre,dans_index\nq1,Boulangere,feminine,oui\nq2,,clean,oui\nq3,²,typo,non\n")
    judged.write_text("qid,code_rome,gain\nq1,D1102,1\n")
    shown = run(
        "--task", "titles", "--queries", str(queries), "--judged", str(judged),
        "--index", str(shared_data), "--out", str(out),
    )  # fmt: skip
    lines = [line.split("\t") for line in out.read_text().splitlines()]
    assert lines[0] == ["q1", "1", "D1102"]
    ranks = [int(rank) for qid, rank, _code in lines if qid == "q1"]
    assert ranks == list(range(1, len(ranks) + 1))
    assert "titles-known" in shown
    assert "titles-unknown" not in shown  # nobody judged it


def test_a_title_withheld_is_not_in_the_index(shared_data: Path):
    task = Titles(shared_data)
    with (shared_data / "eval/titres_hors_index.csv").open() as file:
        withheld = next(csv.DictReader(file))["code_ogr"]
    label, code = next(
        (row["libelle_appellation_long"], row["code_rome"]) for row in task._rows if row["code_ogr"] == withheld
    )
    (first, points), *_others = task.seen.nearest(label)
    assert (first, points >= 1) == (code, True)
    assert all(points < 1 for _code, points in task.unseen.nearest(label))


def test_texts_and_jobs_from_outside_are_answered(shared_data: Path, tmp_path: Path):
    texts, jobs, out = tmp_path / "p.csv", tmp_path / "c.csv", tmp_path / "run.tsv"
    texts.write_text("qid,requete\nq1,Data Engineer Confirmé H/F - Toulouse\nq2,boulanger\nq3,\n")
    run("--task", "profiles", "--queries", str(texts), "--index", str(shared_data), "--out", str(out))
    assert out.read_text().startswith("q1\t1\tDE\n")
    jobs.write_text("qid,profil\nq1,DP\nq2,inconnu\n")
    for more in ((), ("--given-profiles",)):
        run("--task", "courses", "--queries", str(jobs), "--index", str(shared_data), "--out", str(out), *more)
        lines = [line.split("\t") for line in out.read_text().splitlines()]
        assert {qid for qid, _rank, _code in lines} == {"q1"}
        assert len(lines) == 10


def test_each_job_of_the_sets_is_answered_by_profiles_of_the_portal(shared_data: Path):
    slugs = {profile.slug for profile in PROFILES}
    given = json.loads((shared_data / "eval/profils_cibles.json").read_text())
    assert set(OWN) == set(given)
    assert {slug for answering in OWN.values() for slug in answering} <= slugs
    assert set(NEAR) <= slugs
    assert set(NEAR.values()) <= set(OWN)


@pytest.mark.parametrize("text", ["[]", "{", '{"DA": {}}', '{"DA": 3}'])
def test_jobs_that_cannot_be_read_are_refused_with_a_sentence(shared_data: Path, tmp_path: Path, text: str):
    (tmp_path / "eval").mkdir()
    (tmp_path / "eval/profils_cibles.json").write_text(text)
    (tmp_path / "nomenclatures").symlink_to(shared_data / "nomenclatures")
    with pytest.raises(Unreadable, match="profils illisibles"):
        given_jobs(tmp_path)


def test_the_floors_are_reached(shared_data: Path, tmp_path: Path):
    """The floors of the trade (docs/matching.md); the committed baseline is above them, and `--check` holds it."""
    kept = baseline.read()
    assert kept["titles-known"]["acc1"] >= 0.98
    assert kept["titles-unknown"]["mrr"] >= 0.57
    assert kept["certifications"]["ndcg"] >= 0.67
    assert kept["certifications"]["acc5"] >= 0.88
    assert kept["skills"]["acc1"] >= 0.48
    assert kept["formacode"]["acc5"] >= 0.50
    assert kept["courses"]["ndcg"] >= 0.64
    assert kept["courses-given"]["ndcg"] >= 0.64
    assert kept["profiles"]["acc3"] >= 0.95
    path = tmp_path / "figures.json"
    run("--set", str(shared_data / "eval"), "--task", "formacode", "--check", "--json", str(path))
    told = json.loads(path.read_text())
    assert told["figures"]["formacode"]["acc5"]["value"] >= 0.49
    assert told["asked"] == {"formacode": 100}
    # the table of the docs is made of that file, without measuring again
    row = next(line for line in run("--table", str(path)).splitlines() if "| acc5 |" in line)
    value = f"{told['figures']['formacode']['acc5']['value']:.3f}".replace(".", ",")
    assert row.startswith(f"| Formacodes | 100 | acc5 | {value} (")
    assert row.endswith("| 0,500 | 0,660 | plancher tenu, but manqué |")


def test_a_table_judges_by_floor_and_goal():
    found = {"skills": {"acc1": Figure(0.47, 0.4, 0.5)}, "titles-known": {"acc1": Figure(0.9896, 0.9, 1.0)}}
    found["new"] = {"mrr": Figure(0.5, 0.4, 0.6)}
    rows = table.markdown(table.report(found, {"skills": 7})).splitlines()[4:]
    assert rows[0] == "| phrase de compétence | 7 | acc1 | 0,470 (0,400–0,500) | 0,480 | 0,550 | sous le plancher |"
    assert rows[1].endswith("| 0,990 (0,900–1,000) | 0,980 | 0,990 | but atteint |")
    assert rows[2] == "| new |  | mrr | 0,500 (0,400–0,600) |  |  |  |"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"made_by": "somebody"}', '{"made_by": ["x"]}'])
def test_a_table_of_another_file_is_refused_with_a_sentence(text: str, tmp_path: Path):
    path = tmp_path / "figures.json"
    path.write_text(text)
    with pytest.raises(CommandError, match="n’est pas un rapport"):
        run("--table", str(path))
    with pytest.raises(CommandError, match="n’est pas un rapport"):
        run("--table", str(tmp_path / "absent.json"))


def test_every_task_says_what_a_query_must_hold():
    for name, make in TASKS.items():
        assert make(Path()).columns, name
