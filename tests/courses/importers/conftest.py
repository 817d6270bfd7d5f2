"""Our small LHEO file, what the base must know of it, and its import."""

from pathlib import Path

import pytest

from courses.importers.apply import ImportReport, import_lheo
from courses.suggestions import Suggester
from portal.reference.models import Formacode, Nsf, Occupation
from tests.courses.importers.states import OURS
from tests.makers import make_commune, make_skill


@pytest.fixture
def words():
    """A little of the reference lists: what the sample speaks of."""
    for code in ("M1405", "M1811", "M1889"):
        Occupation.objects.create(code=code, label=code, key=code.lower())
    Formacode.objects.bulk_create(Formacode(code=code, label=code) for code in ("31026", "31028", "31023"))
    Nsf.objects.create(code="326", label="Informatique")
    for town, insee in (("Toulouse", "31555"), ("Rodez", "12202"), ("Montpellier", "34172"), ("Mende", "48095")):
        make_commune(town, insee=insee)
    make_skill("Python", kind="ai")
    make_skill("SQL", kind="ai")


@pytest.fixture
def load(words):
    def load(path: Path = OURS, *, name: str = "camins", is_trusted: bool = True, **options) -> ImportReport:
        return import_lheo(path, source_name=name, is_trusted=is_trusted, suggest=Suggester().suggest, **options)

    return load


@pytest.fixture
def changed_file(tmp_path):
    """Our file with some text replaced, under another name."""

    def changed_file(*changes: tuple[str, str]) -> Path:
        text = OURS.read_text()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / f"lheo-{len(list(tmp_path.iterdir()))}.xml"
        path.write_text(text)
        return path

    return changed_file
