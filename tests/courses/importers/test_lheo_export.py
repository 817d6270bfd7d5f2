"""Out as LHEO 2.3 and in again: valid by the XSD, and the same rows, extras included."""

import pytest
from django.utils import timezone
from lxml import etree

from courses.importers.apply import import_lheo
from courses.importers.kept import row_json
from courses.importers.lheo import read_lheo
from courses.importers.lheo_export import exported, lheo_bytes
from courses.importers.present import course_row, held_courses
from courses.models import Course, ImportSource, Offering
from portal.reference.models import Certification
from tests.courses.importers.runs import applied
from tests.courses.importers.tables import csv_bytes
from tests.makers import make_course

pytestmark = pytest.mark.django_db
ALL_COLUMNS = {
    "numero": "A", "modalite": "mixte", "rythme": "Temps plein", "places": "12", "financeurs": "région, CPF",
    "reste_a_payer": "0", "niveau_entree": "bac", "niveau_sortie": "bac+5", "rncp": "99901", "public": "Tout public",
    "prerequis": "Aucun", "pedagogie": "Des projets, " * 30, "accessibilite": "oui", "programme": "- Un\n- Deux",
    "prix": "1200,50", "date_fin": "", "certifiante": "oui", "financable": "oui", "duree": "5 jours",
}  # fmt: skip


def out() -> bytes:
    return lheo_bytes(exported(Course.objects.all()), exported_at=timezone.localtime().isoformat(timespec="seconds"))


def rows_of(name: str) -> dict[str, dict]:
    """The rows of a source by number, without the keys that are its own business."""
    source = ImportSource.objects.get(name=name)
    keys = Course.objects.filter(source=source).values_list("external_id", flat=True)
    return {key: row_json(course_row(course)) for key, course in held_courses(source, list(keys)).items()}


def again(tmp_path, content: bytes):
    """The export, imported as another source's."""
    path = tmp_path / "export.xml"
    path.write_bytes(content)
    report = import_lheo(path, source_name="retour", is_trusted=True)
    assert report.refusal is None
    assert report.counts["refused"] == 0, report.faults
    return path


@pytest.fixture
def xsd(shared_data):
    return etree.XMLSchema(etree.parse(shared_data / "lheo" / "lheo-2.3.xsd"))


def check(xsd, content: bytes) -> None:
    assert xsd.validate(etree.fromstring(content)), xsd.error_log


def test_our_file_comes_back_equal_with_extras_at_each_floor(load, changed_file, tmp_path, xsd):
    extras = '<extras info="essai"><extra info="x">Un &lt; deux<b>gras</b></extra></extras>'
    load(changed_file(*((f"</{name}>", f"{extras}</{name}>") for name in ("session", "action", "formation"))))
    content = out()
    check(xsd, content)
    again(tmp_path, content)
    assert rows_of("retour") == rows_of("camins")
    assert str(rows_of("retour")).count("Un &lt; deux") == 5 + 7 + 9


@pytest.mark.parametrize("name", ["exemple-bts-onisep-2.3", "exemple-bts-onisep-2.2", "minimal-2.3"])
def test_real_files_come_back_equal(name, load, tmp_path, shared_data, xsd):
    load(shared_data / "lheo" / f"{name}.xml", name="onisep")
    if not Course.objects.exists():  # its body is a filler
        assert [reading.scope for reading in read_lheo(shared_data / "lheo" / f"{name}.xml")] == ["course"]
        return
    content = out()
    check(xsd, content)
    again(tmp_path, content)
    assert rows_of("retour") == rows_of("onisep")


def test_a_table_comes_back_equal(words, tmp_path, xsd, settings):
    settings.CAMINS_VAR = tmp_path
    lines = [
        ALL_COLUMNS,
        {**ALL_COLUMNS, "ville": "Rodez", "code_postal": "12000", "date_debut": "03/2027"},
        {"numero": "B"},
    ]
    applied(csv_bytes(lines), source=ImportSource.objects.create(name="table", is_trusted=True))
    content = out()
    check(xsd, content)
    again(tmp_path, content)
    assert rows_of("retour") == rows_of("table")


def test_unknown_stays_unknown(tmp_path, xsd):
    source = ImportSource.objects.create(name="main")
    bare = make_course("Sans rien", offered=False, source=source, external_id="X")
    other = make_course("Presque rien", offered=False, source=source, external_id="Y")
    Offering.objects.create(course=other, external_id="Y-1")
    content = out()
    check(xsd, content)
    again(tmp_path, content)
    back = Course.objects.get(source__name="retour", external_id="X")
    assert (back.is_certifying, back.entry_level, back.offerings.count()) == (None, None, 0)
    assert bare.title == back.title
    [offering] = Course.objects.get(source__name="retour", external_id="Y").offerings.all()
    assert (offering.modality, offering.audience_codes, offering.sessions.count()) == (None, [], 0)


def test_a_certification_of_no_national_register_is_left_out(xsd):
    course = make_course("Python", offering={"where": "Rodez"})
    course.certifications.add(
        *(Certification.objects.create(register=r, number="1", title=r) for r in ("DEMO", "OTHER", "RS"))
    )
    content = out()
    check(xsd, content)
    assert [each.text for each in etree.fromstring(content).iter("{*}code-RS")] == ["RS1"]


def test_hostile_texts_stay_valid(tmp_path, xsd):
    make_course("<b>&amp;</b> \x0b\ufffe]]>", source=ImportSource.objects.create(name="main"), external_id='a"<>&')
    check(xsd, out())


def test_broken_extras_are_left_out(tmp_path, xsd):
    make_course(
        "Essai", source=ImportSource.objects.create(name="main"), external_id="E", extras="<extras><x></extras>"
    )
    check(xsd, out())
