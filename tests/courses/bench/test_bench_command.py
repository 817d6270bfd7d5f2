"""The command: what it refuses, and what it shows without measuring."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from courses.bench import fill, surroundings
from courses.bench.catalogue import Catalogue
from courses.bench.peers.base import NotInstalled
from courses.bench.peers.typesense_peer import join_program
from courses.models import Course
from tests.courses.bench.test_bench_measure import REPORT


@pytest.mark.django_db
def test_a_database_that_is_not_its_own_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(surroundings.INSIDE, fill.MARK)
    with pytest.raises(CommandError, match="n'est pas celle du banc"):
        call_command("bench", size="257")
    with pytest.raises(fill.NotOurDatabase):
        fill.fill(Catalogue(3), print)
    assert not Course.objects.exists()


@pytest.mark.django_db
def test_a_name_is_no_proof(monkeypatch: pytest.MonkeyPatch):
    """A database of the right name without the benchmark's mark is somebody's."""
    from django.db import connection

    monkeypatch.setattr(fill, "DATABASE", connection.settings_dict["NAME"])
    with pytest.raises(fill.NotOurDatabase):
        fill.read_mark()


def test_a_report_is_shown_without_a_measure(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "report.json"
    path.write_text(json.dumps(REPORT))
    call_command("bench", table=path)
    assert "### Texte seul" in capsys.readouterr().out


def test_an_unknown_part_is_refused():
    with pytest.raises(CommandError, match="serch"):
        call_command("bench", "--part", "serch")


def test_an_engine_that_is_not_there_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("courses.bench.peers.typesense_peer.HALVES", (("no_such_wheel", "half.bin"),))
    with pytest.raises(NotInstalled, match=r"requirements/bench\.txt"):
        join_program(tmp_path)


def test_sources_that_change_have_another_stamp():
    assert fill.stamp_of("courses/bench/words.py") != fill.stamp_of("courses/bench/places.py")
    assert fill.stamp_of("courses/bench") == fill.stamp_of("courses/bench")
