"""Hostile files through the door of screens and commands: refused, or mended row by row, in seconds, in French."""

import json
import time

import pytest

from courses.models import Course, ImportRun
from tests.courses.importers.runs import send
from tests.courses.importers.states import everything
from tests.courses.importers.tables import endless_xlsx

pytestmark = pytest.mark.django_db
SECONDS = 5
# a document type, a bomb, a file cut or damaged, one without any course
REFUSED = (
    *("bomb-laughs-small.xml", "xxe-passwd.xml", "syntax-cut.xml", "syntax-ctrl.xml", "bomb-spaces-small.xlsx"),
    *("bad-xml.xlsx", "empty-sheet.xlsx", "syntax-header-only.csv"),
)


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.CAMINS_VAR = tmp_path


def told_of(run: ImportRun) -> str:
    """What a person reads: why the file is refused, what its rows lack, or which columns are not known."""
    faults = [fault["message"] for faults in run.rows.values_list("faults", flat=True) for fault in faults]
    return "\n".join(filter(None, (run.refusal, *faults, *run.columns.get("headers", ()))))


def test_every_hostile_file_is_answered_in_a_sentence_in_seconds(shared_data):
    folder = shared_data / "badinput"
    states = {}
    for case in map(json.loads, (folder / "files.jsonl").read_text().splitlines()):
        content = (folder / case["path"]).read_bytes()
        began = time.process_time()
        run = send(content, name=case.get("filename", "fichier"))
        assert time.process_time() - began < SECONDS, case["id"]
        states[case["path"].removeprefix("files/")] = run.state
        assert run.state in ("refused", "to_map", "to_mend", "planned"), case["id"]
        if run.state == "refused":
            assert run.refusal.endswith("."), case["id"]
        elif case.get("expect") != "accept" and run.state != "planned":
            assert told_of(run), case["id"]
    assert len(states) >= 38
    assert {name: states[name] for name in REFUSED} == dict.fromkeys(REFUSED, "refused")
    assert states["control-ok.csv"] == states["control-ok.xlsx"] == states["control-ok.xml"] == "planned"
    assert not Course.objects.exists()


def test_a_workbook_of_a_million_rows_is_refused_and_nothing_is_kept(tmp_path):
    content = endless_xlsx(tmp_path / "a.xlsx", 1_200_000).read_bytes()
    before = everything()
    began = time.process_time()
    run = send(content, name="a.xlsx")
    assert time.process_time() - began < SECONDS
    assert (run.state, run.refusal) == (
        "refused",
        "Une feuille a plus de 100000 lignes : gardez celles des formations, ou envoyez plusieurs fichiers.",
    )
    changed = {name for name, rows in everything().items() if rows != before[name]}
    assert not changed & {"courses_course", "courses_courseevent", "courses_stagingrow", "courses_searchdocument"}
