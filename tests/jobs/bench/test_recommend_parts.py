"""The benchmark's parts of this floor: correct before fast, and a wrong answer is seen."""

import pytest

from courses.bench import bars, extras, fill
from courses.bench.catalogue import Catalogue
from courses.bench.parts import WrongAnswer
from jobs.bench import batch, recommend, statement
from jobs.bench import fill as jobs_fill
from jobs.bench.asked import Crowd
from jobs.bench.ground import Ground
from jobs.bench.memory import private_mb
from jobs.snapshot import files
from jobs.snapshot.build import build
from jobs.snapshot.keeping import timezone
from jobs.snapshot.reading import Snapshot
from portal.reference.models import JobProfile, Skill

COURSES = 400


def say(line):
    """Nobody listens."""


@pytest.fixture
def stands(db, monkeypatch, tmp_path):
    monkeypatch.setattr(fill, "read_mark", dict)
    fill.fill(Catalogue(COURSES), say)
    jobs_fill._write()
    origin, arrays = build()
    files.write(tmp_path, arrays, {}, timezone.now())
    skills, profiles = (
        list(model.objects.order_by("pk").values_list(name, flat=True))
        for model, name in ((Skill, "code"), (JobProfile, "slug"))
    )
    return Ground(Crowd(Catalogue(COURSES), skills, profiles), Snapshot(origin, arrays), tmp_path, {})


def test_the_snapshot_the_statement_and_the_engine_agree(stands):
    asked = stands.crowd.draw(40, "test")
    right, compared = recommend.check(stands, asked, 6, say)
    assert right == compared == 46
    assert sum(bool(recommend.ours(stands, each).page(0, 1)) for each in asked) > 20


def test_a_wrong_answer_ends_the_run(stands, monkeypatch):
    monkeypatch.setattr(recommend, "top_20", lambda *said: [(1, 2_000)])
    with pytest.raises(WrongAnswer):
        recommend.check(stands, stands.crowd.draw(2, "test"), 1, say)


def test_people_of_a_batch_are_compared_with_each_alone(stands):
    asked = stands.crowd.draw(60, "test")
    found = batch.answers(stands, asked)
    assert batch.check(stands, asked, found) == 60
    assert sum(map(len, found)) > 300
    found[7] = [(1, 2_000)]
    with pytest.raises(WrongAnswer):
        batch.check(stands, asked, found)


def test_the_statement_gives_twenty_at_most_in_their_order(stands):
    for each in stands.crowd.draw(10, "test"):
        scores = [score for _pk, score in statement.top_20(each, recommend.titled(stands, each))]
        assert len(scores) <= 20
        assert scores == sorted(scores, reverse=True)


def test_the_memory_of_another_process_is_measured(stands):
    requests = [(each.seeker, each.names, None) for each in stands.crowd.draw(5, "test")]
    assert 0 <= private_mb(stands.folder, requests) < 50


def test_the_parts_are_brought_by_name_and_their_bars_are_read_only_when_asked_for():
    assert {"recommend", "batch", "path"} <= extras.EXTRAS.keys()
    report = {"size": "60k", "parts": [], "asked": ["batch"], "equal_share": None}
    names = {verdict.bar.part for verdict in bars.verdicts(report)}
    assert names == {"batch"}
    small = bars.verdicts({**report, "size": "3k", "asked": ["recommend"]})
    assert small
    assert all(verdict.bar.small for verdict in small)


def test_a_report_of_questions_has_all_its_bars_as_before():
    report = {"size": "60k", "parts": [], "equal_share": 1.0}
    assert len(bars.verdicts(report)) == len(bars.BARS)


def test_requests_differ_and_are_the_same_each_time(stands):
    first, second = stands.crowd.draw(200, "test"), stands.crowd.draw(200, "test")
    assert first == second
    assert len({repr(each.seeker) for each in first}) == 200


def test_seconds_are_told_and_fail_nothing():
    told = {"part": "batch", "equal": [3, 3], "seconds_for_100k": 90.0, "ratios": [{"engine": "alone", "of": "mean"}]}
    told["ratios"][0]["value"] = 0.2
    report = {"size": "60k", "parts": [told], "asked": ["batch"], "equal_share": None}
    found = {verdict.bar.is_seconds: verdict for verdict in bars.verdicts(report) if not verdict.is_held}
    assert list(found) == [True]
    assert not found[True].fails()
    told["ratios"][0]["value"] = 0.6
    assert any(verdict.fails() for verdict in bars.verdicts(report))
    # a time that was asked for and not taken is no time
    del told["seconds_for_100k"]
    assert [verdict.fails() for verdict in bars.verdicts(report) if verdict.bar.is_seconds] == [True]
