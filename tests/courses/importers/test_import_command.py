"""`manage.py import_lheo`: what it prints, when it stops."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from courses.models import Course, ImportSource
from portal.reference.models import Occupation

pytestmark = pytest.mark.django_db

OURS = Path(__file__).parents[2] / "data" / "lheo-camins.xml"


@pytest.fixture
def run():
    def run(path: Path = OURS, *options: str) -> str:
        out = io.StringIO()
        call_command("import_lheo", str(path), "--source", "camins", *options, stdout=out)
        return out.getvalue()

    return run


def test_the_report_counts_what_happened(run):
    text = run()
    assert "source « camins »" in text
    assert "Format : lheo 2.3" in text
    assert "lues : 5" in text
    assert "nouvelles : 5" in text
    assert "refusées : 0" in text
    assert "inchangées : 5" in run()


def test_a_dry_run_says_so_and_writes_nothing(run):
    assert "rien n'est écrit" in run(OURS, "--dry-run")
    assert not Course.objects.exists()
    assert not ImportSource.objects.exists()


def test_trusted_publishes(run):
    run(OURS, "--trusted")
    assert Course.objects.published().count() == 5


def test_refusals_are_listed_with_their_line(run, tmp_path):
    path = tmp_path / "faulty.xml"
    path.write_text(OURS.read_text().replace("<debut>20270301</debut>", "<debut>20270230</debut>"))
    text = run(path)
    line = 1 + OURS.read_text()[: OURS.read_text().index("<debut>20270301")].count("\n")
    assert f"ligne {line} : Cette date n'existe pas" in text
    assert "[20270230]" in text
    assert "aucune formation absente n'a été retirée" in text


def test_an_index_becomes_drafts(run, shared_data):
    text = run(shared_data / "lheo" / "exemple-lheo-index-2.2.xml")
    assert "brouillons à compléter, faits de résumés : 8" in text
    assert "À compléter avant de le soumettre" in text


@pytest.mark.parametrize("name", ["lheo/ancien-1.3-photographe.xml", "badinput/files/bomb-laughs-small.xml"])
def test_a_refused_file_stops_with_its_reason(run, shared_data, name):
    with pytest.raises(CommandError, match=r"Fichier refusé .* Rien n'est écrit"):
        run(shared_data / name)
    assert not Course.objects.exists()


def test_a_missing_file_is_one_sentence(run, tmp_path):
    with pytest.raises(CommandError, match="Fichier illisible"):
        run(tmp_path / "absent.xml")


def test_a_source_has_a_short_name(tmp_path):
    with pytest.raises(CommandError, match="sans accent"):
        call_command("import_lheo", str(OURS), "--source", "Carif Oref é")


def test_only_an_agent_imports_in_a_name(run):
    with pytest.raises(CommandError, match="Aucun agent"):
        run(OURS, "--by", "personne@essai.example")


def test_after_an_import_the_orientation_page_answers_a_real_occupation(run, client):
    Occupation.objects.create(code="M1889", label="Ingénieur en intelligence artificielle", key="ingenieur ia")
    run(OURS, "--trusted")
    answer = client.get("/orientation/resultats/", {"rome": "M1889"})
    assert answer.status_code == 200
    assert "Concevoir une application avec un grand modèle de langage" in answer.content.decode()


def test_an_imported_course_has_its_page_and_nothing_runs_there(run, client):
    run(OURS, "--trusted")
    page = client.get(Course.objects.get(external_id="CAMINS-03").get_absolute_url()).content.decode()
    assert "Recherche augmentée (RAG)" in page
    assert "alert(" not in page
