"""The public list of training bodies in both published shapes, and the lists of CFA: fictional rows, real headers."""

import datetime
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.reference.loaders.centres import load_centres
from portal.reference.loaders.listed import ListFacts, load_bodies
from portal.reference.loaders.report import FileRefused
from portal.reference.models import ListedBody, ListedCentre
from tests import makers

pytestmark = pytest.mark.django_db
DAY = datetime.date(2027, 1, 10)
FACTS = ListFacts(listed_on=DAY, seen_on=makers.DAY)
LATER = ListFacts(listed_on=DAY + datetime.timedelta(days=1), seen_on=makers.DAY)
SHAPES = ("liste_publique_of_entete.csv", "liste_publique_of_v2_entete.csv")
BODY = {
    "numeroDeclarationActivite": "76000000101",
    "denomination": "Atelier des Lauzes",
    "siren": "000000018",
    "siretEtablissementDeclarant": "00000001800010",
    "voie": "3 rue des Essais",
    "codePostal": "12000",
    "ville": "RODEZ CEDEX 9",
    "codeRegion": "76",
    "actionsDeFormation": "true",
    "bilansDeCompetences": "false",
    "dateDerniereDeclaration": "31/05/2026",
    "nbStagiaires": "120",
}


@pytest.fixture
def list_of(tmp_path, shared_data):
    """`list_of(shape, rows)`: a file of this shape, cells by the last word of their official name."""

    def write(shape: str, *rows: dict[str, str]) -> Path:
        header = (shared_data / "organismes" / shape).read_text(encoding="utf-8").strip()
        names = [name.lower().replace("_", ".").rpartition(".")[2] for name in header.split(";")]
        lines = [header]
        for row in ({**BODY, **each} for each in rows):
            cells: dict[str, str] = {name.lower(): value for name, value in row.items()}
            # the foreign body's own address has columns of the same last words, further on
            lines.append(";".join(cells.pop(name, "") for name in names))
        path = tmp_path / shape
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("shape", SHAPES)
def test_both_shapes_say_the_same(shape, list_of):
    rodez = makers.make_commune("Rodez")
    report = load_bodies(
        list_of(shape, {}, {"numeroDeclarationActivite": "11000000102", "codeRegion": "11"}), facts=FACTS
    )
    assert [(s.read, s.kept, s.set_aside, s.refused) for s in report.sources] == [(2, 1, 1, 0)]
    assert "laissés : 1" in report.render()
    body = ListedBody.objects.get()
    assert (body.nda, body.siret, body.siren, body.name) == (
        "76000000101", "00000001800010", "000000018", "Atelier des Lauzes",
    )  # fmt: skip
    assert (body.commune, body.department_id, body.postcode, body.address) == (rodez, "12", "12000", "3 rue des Essais")
    assert (body.does_training, body.does_skills_review, body.does_vae, body.does_apprenticeship) == (
        True, False, None, None,
    )  # fmt: skip
    assert (body.declared_on, body.trainees, body.trainers) == (datetime.date(2026, 5, 31), 120, None)
    assert (body.listed_on, body.seen_on, body.gone_on) == (DAY, makers.DAY, None)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_second_reading_writes_nothing(shape, list_of):
    path = list_of(shape, {})
    load_bodies(path, facts=FACTS)
    assert load_bodies(path, facts=FACTS).touched == 0
    assert ListedBody.objects.count() == 1


def test_a_body_gone_from_the_list_is_marked_and_comes_back(list_of):
    other = {"numeroDeclarationActivite": "76000000102", "siretEtablissementDeclarant": ""}
    load_bodies(list_of(SHAPES[0], {}, other), facts=FACTS)
    report = load_bodies(list_of(SHAPES[0], {}), facts=LATER)
    assert [(t.changed, t.same, t.retired) for t in report.things] == [(0, 1, 1)]
    gone = ListedBody.objects.get(nda="76000000102")
    assert gone.gone_on == LATER.listed_on
    assert list(ListedBody.objects.present().values_list("listed_on", flat=True)) == [LATER.listed_on]
    load_bodies(list_of(SHAPES[0], {}, other), facts=LATER)
    gone.refresh_from_db()
    assert gone.gone_on is None


def test_a_body_that_moved_to_another_region_is_not_gone_from_the_list(list_of):
    second = {"numeroDeclarationActivite": "76000000102"}
    load_bodies(list_of(SHAPES[0], {}, second), facts=FACTS)
    load_bodies(list_of(SHAPES[0], {}, {**second, "codeRegion": "84"}), facts=LATER)
    assert ListedBody.objects.present().count() == 2


def test_an_extract_and_a_line_without_number_mark_nothing(list_of):
    rows = [{"numeroDeclarationActivite": f"7600000010{n}"} for n in range(1, 4)]
    load_bodies(list_of(SHAPES[0], *rows), facts=FACTS)
    load_bodies(list_of(SHAPES[0], *rows[:2]), facts=ListFacts(DAY, makers.DAY, is_extract=True))
    report = load_bodies(list_of(SHAPES[0], *rows[:2], {"numeroDeclarationActivite": "7600"}), facts=FACTS)
    assert report.refused == 1
    assert "aucun organisme n'est marqué absent" in report.render()
    assert ListedBody.objects.present().count() == 3


def test_a_list_that_lacks_most_of_what_is_known_is_refused(list_of):
    rows = [{"numeroDeclarationActivite": f"7600000010{n}"} for n in range(1, 6)]
    load_bodies(list_of(SHAPES[0], *rows), facts=FACTS)
    with pytest.raises(FileRefused, match="--extract"):
        load_bodies(list_of(SHAPES[0], rows[0]), facts=LATER)
    assert ListedBody.objects.present().count() == 5


def test_an_older_list_is_refused(list_of):
    load_bodies(list_of(SHAPES[0], {}), facts=LATER)
    with pytest.raises(FileRefused, match="plus récente"):
        load_bodies(list_of(SHAPES[0], {}), facts=FACTS)


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("numeroDeclarationActivite", "", "numeroDeclarationActivite est vide"),
        ("numeroDeclarationActivite", "7600000010X", "illisible"),
        ("siren", "12345", "siren illisible"),
        ("siretEtablissementDeclarant", "1234567", "siretEtablissementDeclarant illisible"),
        ("codePostal", "F-12000", "codePostal illisible"),
        ("codeRegion", "Occitanie", "codeRegion illisible"),
        ("denomination", "", "denomination est vide"),
        ("denomination", "x" * 251, "251 caractères"),
        ("actionsDeFormation", "peut-être", "actionsDeFormation illisible"),
        ("dateDerniereDeclaration", "31/02/2026", "dateDerniereDeclaration illisible"),
        ("nbStagiaires", "9" * 30, "nbStagiaires illisible"),
    ],
)
def test_an_odd_cell_refuses_its_line_and_no_other(cell, value, said, list_of):
    sound = {"numeroDeclarationActivite": "76000000109"}
    report = load_bodies(list_of(SHAPES[0], sound, {cell: value}), facts=FACTS)
    assert report.refused == 1
    assert said in report.render()
    assert "lignes : 3" in report.render()
    assert [body.nda for body in ListedBody.objects.all()] == ["76000000109"]


def test_numbers_are_read_as_the_list_writes_them(list_of):
    rows = [
        {"siretEtablissementDeclarant": "00010"},
        {"numeroDeclarationActivite": "76000000102", "siren": "", "siretEtablissementDeclarant": ""},
        {"numeroDeclarationActivite": "76000000103", "siretEtablissementDeclarant": "00000001800011"},
        {
            "numeroDeclarationActivite": "76000000104",
            "numerosDeclarationActivitePrecedent": "73000000104, ?, 91000000104",
        },
    ]
    report = load_bodies(list_of(SHAPES[1], *rows), facts=FACTS)
    found = {body.nda[-1]: body for body in ListedBody.objects.all()}
    assert (found["1"].siret, found["2"].siret, found["2"].siren) == ("00000001800010", "", "")
    assert found["4"].former_ndas == ["73000000104", "91000000104"]
    assert "clé fausse, gardés comme la liste les écrit : 1" in report.render()


def test_a_list_without_the_region_or_without_a_column_is_refused(list_of, tmp_path):
    with pytest.raises(FileRefused, match="aucun organisme de la région 76"):
        load_bodies(list_of(SHAPES[0], {"codeRegion": "11"}), facts=FACTS)
    path = tmp_path / "autre.csv"
    path.write_text("siren;denomination\n1;a\n")
    with pytest.raises(FileRefused, match="il manque numeroDeclarationActivite"):
        load_bodies(path, facts=FACTS)


def test_the_real_lists_of_cfa(shared_data):
    folder = shared_data / "organismes"
    one = load_centres(folder / "cfa_occitanie_2021.csv", facts=ListFacts(DAY, makers.DAY, "Liste des CFA"))
    other = load_centres(folder / "referentiel_apprentissage_occitanie.json", facts=ListFacts(DAY, makers.DAY, "Réf."))
    assert [(s.read, s.kept) for s in (*one.sources, *other.sources)] == [(94, 94), (58, 58)]
    assert "CFA sans SIRET : 6" in one.render()
    assert "CFA sans UAI : 5" in other.render()
    listed, reference = ListedCentre.objects.filter(source="Liste des CFA"), ListedCentre.objects.filter(source="Réf.")
    assert (listed.count(), listed.filter(siret=None).count()) == (94, 6)
    assert [reference.filter(is_certified=said).count() for said in (True, False, None)] == [45, 3, 10]
    again = load_centres(folder / "cfa_occitanie_2021.csv", facts=ListFacts(DAY, makers.DAY, "Liste des CFA"))
    assert again.touched == 0


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"{}", b'"text"', b"\xff\xfe", b"[" * 100_000, b"[1]", b'[{"siret": 3}]', b'[{"siret": "1\\u0000"}]'],
)
def test_a_json_that_is_no_list_of_centres_is_refused(content, tmp_path):
    path = tmp_path / "cfa.json"
    path.write_bytes(content)
    with pytest.raises(FileRefused):
        load_centres(path, facts=FACTS)


def test_an_odd_centre_is_refused_alone(tmp_path):
    path = tmp_path / "cfa.json"
    sound = {"siret": "00000001800010", "uai": "0129001A", "qualiopi": False}
    odd = [{"siret": "1"}, {**sound, "uai": "x"}, {**sound, "qualiopi": "oui"}, {**sound, "adresse": []}, sound]
    path.write_text(json.dumps([sound, *odd]))
    report = load_centres(path, facts=FACTS)
    assert (report.sources[0].read, report.refused, ListedCentre.objects.count()) == (6, 5, 1)


def test_the_command_reads_dates_sources_and_extracts(list_of):
    out = StringIO()
    path = list_of(SHAPES[0], {})
    call_command("import_reference", "organismes", str(path), "--date", "2026-12-01", "--source", "Essai", stdout=out)
    body = ListedBody.objects.get()
    assert (body.listed_on, body.source) == (datetime.date(2026, 12, 1), "Essai")
    with pytest.raises(CommandError, match="écrivez un jour passé"):
        call_command("import_reference", "organismes", str(path), "--date", "2027-12-01", stdout=out)
    call_command("import_reference", "organismes", str(path), "--dry-run", "--source", "Autre", stdout=out)
    body.refresh_from_db()
    assert body.source == "Essai"
