"""Measures and what is made of them: turns, ratios, bars, tables."""

import json
from copy import deepcopy
from pathlib import Path

import numpy as np
import pytest

from courses.bench import bars, table
from courses.bench.clock import measure
from courses.bench.measure import Contender, compare, interleave, ratio
from courses.bench.parts import PartReport
from courses.bench.run import Options, Run, growth

ROW = {
    "engine": "camins",
    "questions": 3,
    "repetitions": 5,
    "wall_ms": {"p50": 1.0, "p95": 2.0},
    "cpu_ms": {"mean": 1.25, "of_servers": 0.5, "p50": 1.0, "p95": 2.0},
    "equal": [3, 3],
}
REPORT = {
    "size": "3k",
    "courses": 3_000,
    "seed": 1,
    "finished_at": "2027-01-15T10:00:00+00:00",
    "machine": {"cpu": "processeur", "cores": 2, "load": [0.5, 0.5, 0.5]},
    "versions": {"Python": "3.12", "typesense": ""},
    "absent": {"typesense": "requirements/bench.txt"},
    "settings": {"postgresql": ["jit=off"]},
    "equal_share": 1.0,
    "parts": [
        {
            "part": "search",
            "rows": [ROW, {**ROW, "engine": "tantivy"}],
            "ratios": [{"engine": "tantivy", "of": "mean", "value": 2.0, "low": 1.5, "high": 3.9}],
        },
        {"part": "text", "rows": [ROW], "ratios": []},
        {
            "part": "page",
            "rows": [],
            "ratios": [{"engine": "empty", "of": "mean", "value": 9.0, "low": 8.0, "high": 10.0}],
            "statements": 3,
            "gz_kb": 12.0,
        },
    ],
}


def test_each_question_is_asked_of_everybody_in_turn():
    asked = []
    contenders = [Contender(name, lambda number, name=name: asked.append((name, number))) for name in "ab"]
    interleave(contenders, 12, 2)
    assert sorted(asked) == sorted((name, number) for name in "ab" for number in range(12) for _turn in range(2))
    first, second = asked[:10], asked[10:20]
    assert {name for name, _number in first} != {name for name, _number in second}


def test_a_slow_engine_is_asked_less():
    slow = Contender("slow", lambda number: None, sample=3, repetitions=1)
    interleave([slow], 9, 5)
    assert {number: len(readings) for number, readings in slow.readings.items()} == {0: 1, 3: 1, 6: 1}


def test_processor_time_is_counted_and_waiting_is_not():
    (idle, busy) = measure([lambda: None, lambda: sum(range(1_000_000))])
    assert busy.cpu > 10 * idle.cpu
    assert busy.served == 0


def test_a_ratio_lies_in_its_interval_and_widens_with_chance():
    draw = np.random.default_rng(1)
    theirs = draw.uniform(0.9, 1.1, 100)
    sharp, wide = ratio(theirs * 3, theirs), ratio(draw.uniform(0.5, 5.5, 100), theirs)
    assert sharp.low == pytest.approx(3) == sharp.high
    assert wide.low < wide.value < wide.high
    assert wide.high - wide.low > 0.3


def test_only_questions_that_both_answered_are_compared():
    ours, theirs = Contender("ours", lambda number: None), Contender("theirs", lambda number: None, sample=2)
    interleave([ours, theirs], 4, 1)
    assert compare(ours, theirs).value > 0


def test_a_bar_takes_the_ratio_as_measured():
    held = {str(each.bar.name): each.is_held for each in bars.verdicts(REPORT)}
    assert list(held.values()) == [True] * 5
    worse = deepcopy(REPORT)
    worse["parts"][0]["ratios"][0]["value"] = 4.1
    worse["parts"][2]["statements"] = 4
    assert [each.is_held for each in bars.verdicts(worse)] == [True, False, True, False, True]
    assert [each.fails() for each in bars.verdicts(worse)] == [False, True, False, True, False]


@pytest.mark.parametrize(("ratio", "fails"), [(4.1, False), (5.2, False), (5.3, True)])
def test_a_shared_machine_may_spare_a_ratio_but_neither_an_answer_nor_a_count(ratio: float, fails: bool):
    worse = deepcopy(REPORT)
    worse["equal_share"] = 0.999
    worse["parts"][0]["ratios"][0]["value"] = ratio
    worse["parts"][2]["statements"] = 4
    assert [each.fails(30) for each in bars.verdicts(worse)] == [True, fails, False, True, False]


@pytest.mark.parametrize(
    ("measured", "kept", "tries"), [([3.0], 3.0, 1), ([9.0, 2.0], 2.0, 2), ([9.0, 7.0, 8.0], 7.0, 3)]
)
def test_a_part_that_misses_its_bar_is_measured_again(measured: list[float], kept: float, tries: int):
    left = [
        PartReport("search", [], ratios=[{"engine": "tantivy", "of": "mean", "value": value}]) for value in measured
    ]
    run = Run(Options(tries=3), lambda line: None)
    best = run.tried("search", lambda: left.pop(0))
    assert (best.ratios[0]["value"], best.told["tries"], left) == (kept, tries, [])


def test_what_was_not_measured_is_not_held():
    found = bars.verdicts({**REPORT, "size": "60k"})
    missing = [each for each in found if each.figure is None]
    assert len(found) > 12
    assert missing
    assert not any(each.is_held for each in missing)
    assert any("non mesuré" in line for line in bars.lines(found))


def test_growth_is_a_ratio_of_two_reports():
    larger = deepcopy(REPORT)
    larger["parts"][1]["rows"][0]["cpu_ms"]["mean"] = 5.0
    assert growth(REPORT, larger) == 4.0
    assert growth({"parts": []}, larger) is None


def test_a_report_becomes_tables(tmp_path: Path):
    path = tmp_path / "report.json"
    path.write_text(json.dumps(REPORT))
    text = table.markdown(json.loads(path.read_text()))
    assert "| tantivy | 3/3 | 1 | 2 | 1,25 | 0,5 | 2 | 2 (1,5–3,9) |" in text
    assert "typesense : non installé (requirements/bench.txt)." in text
    assert "statements : 3" in text
    assert "| page entière : fois la page vide | 9 | ≤ 18 | tenu |" in text
