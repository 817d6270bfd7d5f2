"""A line of the log makes the same page again, from the base or from a snapshot, and tells nothing of who asked."""

import dataclasses
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from courses.models import Course
from jobs import replay
from jobs.matching.candidates import Here
from jobs.matching.engine import COLUMNS
from jobs.matching.recommendation import Request, recommend
from jobs.snapshot import files, keeping
from tests.jobs.matching.cases import TODAY
from tests.jobs.matching.rows import make_course, make_occupation, make_profile, make_town

RODEZ = Here(44.3506, 2.5750)
ASKED = Request(
    profiles=("data-analyst",),
    occupations=("M1419",),
    held=(("sql", 1), ("excel", 2)),
    here=RODEZ,
    reach_km=200,
    entry_level=4,
    starts_after=date(2027, 2, 1),
    budget_cents=500_000,
)


@pytest.fixture
def catalogue():
    job = make_occupation("M1419", "Data analyst")
    profile = make_profile("data-analyst", "analyste de données", essential=["sql", "python"], desirable=["excel"])
    town = make_town("12202", "Rodez", 44.35, 2.57)
    for number in range(6):
        made = make_course(
            f"Analyste de données {number}",
            teaches=["sql", "python"][: 1 + number % 2],
            profile=profile if number % 3 else None,
            offer={"starts": (f"2027-0{3 + number % 4}-01",), "cost_cents": 10_000 * number, "commune": town},
            entry_level=number,
        )
        made.occupations.add(job)
        made.skill_links.filter(skill__code="python").update(origin="suggested", rule="words-1", level_required=1)
    make_course("Initiation à Python", teaches=["python"], offer={"modality": "remote", "entry_mode": "permanent"})
    make_course("Trop haut", teaches=["sql"], entry_level=7, entry_level_is_mandatory=True)


def line(first=0, end=10):
    found = recommend(ASKED, day=TODAY)
    return replay.line_of(found, ASKED, found.ranking.answers[first:end], first)


@pytest.mark.django_db
def test_from_the_base_the_same_page_comes_again(catalogue, settings, tmp_path):
    settings.CAMINS_SNAPSHOT_DIR = tmp_path
    again = replay.replay(line())
    assert again.differences == []
    assert len(again.rows) >= 6
    assert all(score == sum(points for _c, _s, points in terms) for *_which, score, terms in again.rows)


@pytest.mark.django_db(transaction=True)
def test_from_a_snapshot_the_same_page_comes_again_whatever_happened_since(catalogue, settings, tmp_path, capsys):
    settings.CAMINS_SNAPSHOT_DIR = tmp_path
    keeping.make()
    said = line(1, 5)
    assert json.loads(said)["snapshot"]
    Course.objects.all().delete()
    keeping.make()
    assert replay.replay(said).differences == []
    call_command("replay", f"2027-01-15 10:00 INFO camins.answers {said}")
    shown = capsys.readouterr().out
    assert "Identique" in shown
    assert [json.loads(row)[0] for row in shown.splitlines()[:4]] == [row[0] for row in json.loads(said)["answers"]]


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_that_answered_is_kept_thirty_days(catalogue, settings, tmp_path):
    settings.CAMINS_SNAPSHOT_DIR = tmp_path
    version = keeping.make()[0]
    said = line()
    for _each in range(2):
        keeping.make()
    assert (tmp_path / version).is_dir()
    files.remove_old(tmp_path, date(2099, 1, 1))
    with pytest.raises(CommandError, match="n’est plus gardée"):
        call_command("replay", said)


@pytest.mark.django_db
def test_what_changed_is_told(catalogue, settings, tmp_path):
    settings.CAMINS_SNAPSHOT_DIR = tmp_path
    said = line()
    Course.objects.filter(title="Analyste de données 4").update(title="Poterie")
    with pytest.raises(CommandError, match=r"Rangs|Termes"):
        call_command("replay", said)


@pytest.mark.parametrize("text", ["", "{}", "[", '{"v":1}', '{"v":9}', "²", '{"v":1,"day":3}', "{" * 5_000])
def test_another_line_is_refused_with_a_sentence(text):
    with pytest.raises(CommandError, match="journal"):
        call_command("replay", text)


@pytest.mark.django_db
def test_the_page_writes_one_line_without_words_or_who_asked(client, catalogue, settings, tmp_path, caplog):
    settings.CAMINS_SNAPSHOT_DIR = tmp_path
    with caplog.at_level("INFO", logger="camins.answers"):
        client.get(
            "/orientation/resultats/?metier=data-analyst&but=un+secret+dit&depuis=autre+secret&lieu=Rodez+%2812202%29",
            HTTP_USER_AGENT="Navigateur/1",
            REMOTE_ADDR="203.0.113.9",
        )
    (written,) = [record.getMessage() for record in caplog.records if record.name == "camins.answers"]
    for never in ("secret", "203.0.113.9", "Navigateur", "Rodez"):
        assert never not in written
    assert set(json.loads(written)) == {
        "v", "day", "week", "words", "goal", "snapshot", "changed", "asked", "total", "excluded", "first", "answers",
    }  # fmt: skip
    assert replay.replay(written).differences == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_snapshot", [False, True])
@pytest.mark.parametrize("column", COLUMNS)
def test_another_order_comes_again_too(catalogue, settings, tmp_path, column, is_snapshot):
    settings.CAMINS_SNAPSHOT_DIR = tmp_path
    if is_snapshot:
        keeping.make()
    asked = dataclasses.replace(ASKED, sort=column)
    found = recommend(asked, day=TODAY)
    assert bool(found.snapshot) == is_snapshot
    again = replay.replay(replay.line_of(found, asked, found.ranking.answers[2:5], 2))
    assert (again.differences, len(again.rows)) == ([], 3)
    unknown = replay.line_of(found, dataclasses.replace(asked, sort="nom"), [], 0)
    with pytest.raises(replay.Unreadable, match="nom"):
        replay.replay(unknown)
