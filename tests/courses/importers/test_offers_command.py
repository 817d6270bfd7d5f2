"""`manage.py import_offers`: the same flow from a terminal."""

import io

import pytest
from django.core.management import CommandError, call_command

from courses.models import Course, ImportRun
from tests.courses.importers.states import OURS
from tests.courses.importers.tables import csv_bytes, write
from tests.makers import make_commune

pytestmark = pytest.mark.django_db
TWO = [{"numero": "A"}, {"numero": "B", "prix": "cher"}]


@pytest.fixture(autouse=True)
def here(settings, tmp_path):
    settings.CAMINS_VAR = tmp_path
    make_commune("Toulouse", insee="31555")


def told(path, *options: str) -> str:
    out = io.StringIO()
    call_command("import_offers", path, "--source", "essai", *options, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_a_table_is_imported_and_its_faults_are_told(tmp_path):
    said = told(write(tmp_path / "a.csv", csv_bytes(TWO)), "--trusted")
    assert "formations nouvelles : 1" in said
    assert "ligne 3, prix : Ce prix est illisible" in said
    assert Course.objects.published().get().external_id == "A"


def test_a_dry_run_writes_nothing(tmp_path):
    assert "formations nouvelles : 1" in told(write(tmp_path / "a.csv", csv_bytes(TWO)), "--dry-run", "--trusted")
    assert (Course.objects.count(), ImportRun.objects.get().state) == (0, "dropped")


def test_lheo_too():
    assert "formations nouvelles : 5" in told(OURS)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "Fichier refusé : Le fichier est vide"), (b"a;b\n1;2\n", "Colonnes introuvables : titre, organisme")],
)
def test_a_refused_file_ends_with_a_sentence(content, sentence, tmp_path):
    with pytest.raises(CommandError, match=sentence):
        told(write(tmp_path / "a.csv", content))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="Vérifiez son chemin"):
        told(tmp_path / "rien.csv")
