"""Communes, NSF and Formacode: the real files, small ones with faults, and files made to do harm."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.reference.loaders.codes import load_formacode, load_nsf
from portal.reference.loaders.communes import load_communes
from portal.reference.loaders.report import REASONS_KEPT, Report
from portal.reference.loaders.words import load_words
from portal.reference.models import Commune, Department, EmploymentBasin, Formacode, FormerCommune, Nsf

SMALL = Path(__file__).parents[2] / "data"
HEAD = "code_insee,nom,codes_postaux,code_departement,departement,population,latitude,longitude\n"
GOOD = "01901,Nuageville,01190,01,Ain,12,46.2,5.3\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def csv_of(tmp_path):
    """`csv_of(octets)`: the path of a file that holds them."""

    def write(content: bytes | str, name: str = "liste.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def test_the_real_communes_are_all_loaded(shared_data):
    geo = shared_data / "geo"
    load_words()
    report = load_communes(geo / "communes_occitanie.csv", former=geo / "communes_anciennes_occitanie.csv")
    assert [(s.read, s.kept) for s in report.sources] == [(4_446, 4_446), (110, 110)]
    assert (Commune.objects.count(), EmploymentBasin.objects.count(), Department.objects.count()) == (4_446, 44, 13)
    assert FormerCommune.objects.count() == 110
    toulouse = Commune.objects.get(insee="31555")
    assert (len(toulouse.postcodes), toulouse.department.name, toulouse.basin.name) == (6, "Haute-Garonne", "TOULOUSE")
    assert Commune.objects.get(insee="09001").name == "Aigues-Juntes"
    assert Commune.objects.filter(postcodes__contains=["65100"]).count() == 36
    assert not Commune.objects.filter(latitude=None).exists()
    assert Department.objects.get(code="31").chief_town == "Toulouse"


def test_the_real_lists_are_loaded_and_a_second_import_changes_nothing(shared_data):
    geo, codes = shared_data / "geo", shared_data / "nomenclatures"

    def load_all() -> list[Report]:
        return [
            load_communes(geo / "communes_occitanie.csv", former=geo / "communes_anciennes_occitanie.csv"),
            load_nsf(codes / "nsf.csv"),
            load_formacode(codes / "formacode_certifinfo.csv"),
        ]

    first = load_all()
    assert (Nsf.objects.count(), Formacode.objects.count()) == (93, 1_554)
    assert [report.refused for report in first] == [0, 0, 0]
    with CaptureQueriesContext(connection) as queries:
        second = load_all()
    assert [report.touched for report in second] == [0, 0, 0]
    assert not [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_the_official_label_of_a_formacode_wins_and_stays(shared_data):
    load_words()
    load_formacode(shared_data / "nomenclatures" / "formacode_certifinfo.csv")
    load_words()
    assert Formacode.objects.get(code="11016").label == "Analyse données"


def test_faulty_communes_are_refused_with_their_line_and_the_others_kept():
    report = load_communes(SMALL / "communes.csv", former=SMALL / "communes-anciennes.csv")
    assert (report.sources[0].read, report.sources[0].kept) == (11, 3)
    assert report.sources[0].refusals() == [
        "1 × code_insee illisible : « 1904 » (lignes : 5)",
        "1 × latitude illisible : « NaN » (lignes : 6)",
        "1 × latitude hors limites : 146.2 (lignes : 7)",
        "1 × une coordonnée sans l'autre (lignes : 8)",
        "1 × population illisible : « -4 » (lignes : 9)",
        "1 × codes_postaux illisible : « 1190 » (lignes : 10)",
        "1 × code déjà lu plus haut (lignes : 11)",
        "1 × 3 cellules au lieu de 10 (lignes : 12)",
    ]
    assert report.sources[1].refusals() == [
        "1 × commune actuelle inconnue : 01999 (lignes : 3)",
        "1 × code_insee_ancien est celui d'une commune actuelle : 01902 (lignes : 4)",
    ]
    assert report.notes == ["Communes sans coordonnées : 1", "Communes sans population : 1"]


def test_what_a_commune_does_not_say_stays_unknown():
    load_communes(SMALL / "communes.csv")
    wood, cloud, nowhere = (Commune.objects.get(insee=code) for code in ("01901", "01902", "01903"))
    assert (wood.key, wood.postcodes, wood.basin.name) == ("saint robot des bois", ["01190", "01191"], "ROBOVILLE")
    assert (cloud.population, cloud.basin) == (None, None)
    assert (nowhere.latitude, nowhere.longitude) == (None, None)


def test_a_changed_commune_is_changed_and_an_absent_one_is_kept(csv_of):
    load_communes(SMALL / "communes.csv")
    report = load_communes(csv_of(HEAD + "01902,Nuageville,01190,01,Ain,13,46.2,5.3\n"))
    assert [(t.name, t.changed, t.same) for t in report.things if t.name == "communes"] == [("communes", 1, 0)]
    assert Commune.objects.get(insee="01902").population == 13
    assert report.notes == ["Communes connues, absentes de ce fichier et gardées : 2"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", r"liste\.csv : le fichier est vide\. Rien n'est chargé\."),
        (b"\n\n  \n", r"le fichier est vide"),
        (HEAD, r"aucune ligne après celle des noms de colonnes"),
        (HEAD + "x" * 10_000_000, r"aucune ligne utilisable\. 1 × ligne de plus de 100000 octets \(lignes : 2\)"),
        (b"x" * 10_000_000, r"ce n'est pas un fichier CSV \(ligne 1 : ligne de plus de 100000 octets\)"),
        (b"PK\x03\x04\x14\x00\x06\x00rest of a workbook\n", r"ce n'est pas un fichier CSV \(ligne 1 : caractère"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", r"ce n'est pas un fichier CSV|il manque"),
        (bytes(range(128, 256)) * 9, r"ce n'est pas un fichier CSV \(ligne 1 : caractères illisibles"),
        ((HEAD + GOOD).encode("utf-16"), r"encodé en UTF-16"),
        (HEAD.replace("code_insee,", "") + GOOD, r"il manque code_insee\. Colonnes lues : nom, "),
        (HEAD.replace("nom,", "nom,NOM,") + GOOD, r"la colonne nom figure plusieurs fois"),
        (HEAD + '01901,"Nuage\n' + GOOD * 3, r"un guillemet ouvert à la ligne 2 n'est jamais refermé"),
        (HEAD + '01901,"Nuage\n' + GOOD * 9_000, r"un guillemet ouvert à la ligne 2 n'est jamais refermé"),
        (HEAD + GOOD.replace("01901", "1901") * 3, r"aucune ligne utilisable\. 3 × code_insee illisible"),
        ("\r".join((HEAD + GOOD).split("\n")), r"liste\.csv : "),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(csv_of, content, message):
    with pytest.raises(CommandError, match=message) as refused:
        call_command("import_reference", "communes", csv_of(content))
    assert refused.value.returncode == 1
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 700
    assert not Commune.objects.exists()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"01902,Nu\x00age,01190,01,Ain,12,46.2,5.3\n", "caractère de contrôle"),
        (b"01902,Nu\x1b[31mage,01190,01,Ain,12,46.2,5.3\n", "caractère de contrôle"),
        (b"01902," + b"N" * 200_000 + b",01190,01,Ain,12,46.2,5.3\n", "ligne de plus de 100000 octets"),
        (b"01902," + b"N" * 200 + b",01190,01,Ain,12,46.2,5.3\n", "nom : 200 caractères, 100 au plus"),
        (
            "01902,Né,01190,01,Ain,12,46.2,5.3\n01903,N".encode() + b"\xe9,01190,01,Ain,1,46,5\n",
            "caractères illisibles",
        ),
        (b'01902,"Nu"age,01190,01,Ain,12,46.2,5.3\n', "guillemets mal placés"),
        (b"01902,Nuage,01190,01,Ain,99999999999,46.2,5.3\n", "population illisible : « 99999999999 »"),
        (b"01902,Nuage,01190,01,Ain,12,1e1,5.3\n", "latitude illisible : « 1e1 »"),
        (b"01902,Nuage,01190,01,Ain,12,46.2,inf\n", "longitude illisible : « inf »"),
        ("01902,Nuage,01190,01,Ain,١٢,46.2,5.3\n".encode(), "population illisible"),
        (b"01902,Nuage,01190,01,Ain,12,46.2,5.3,de trop\n", "9 cellules au lieu de 8"),
        (b"01902,,01190,01,Ain,12,46.2,5.3\n", "nom est vide"),
    ],
)
def test_a_faulty_row_is_counted_with_its_line_and_the_next_ones_are_read(csv_of, row, reason):
    report = load_communes(csv_of(HEAD.encode() + row + GOOD.encode()))
    line = 1 + row.count(b"\n")
    assert report.sources[0].refused == 1
    assert report.sources[0].refusals()[0].startswith(f"1 × {reason}")
    assert report.sources[0].refusals()[0].endswith(f"(lignes : {line})")
    assert Commune.objects.filter(insee="01901").exists()


def test_a_cell_over_several_lines_is_one_row(csv_of):
    load_communes(csv_of(HEAD + '01902,"Nuage\r\nville",01190,01,Ain,12,46.2,5.3\n\n' + GOOD))
    assert Commune.objects.get(insee="01902").name == "Nuage ville"


def test_semicolons_a_mark_of_order_and_commas_in_figures_are_read(csv_of):
    row = GOOD.replace(",", ";").replace("46.2", "46,2")
    load_communes(csv_of("\ufeff" + HEAD.replace(",", ";").replace("nom", "Nom ") + row))
    assert Commune.objects.get().latitude == 46.2


def test_a_flood_of_reasons_does_not_flood_the_report(csv_of):
    rows = "".join(f"{n},Nom,01190,01,Ain,1,46,5\n" for n in range(1_000, 3_000))
    report = load_communes(csv_of(HEAD + rows + GOOD))
    assert report.sources[0].refused == 2_000
    assert len(report.sources[0].refusals()) == REASONS_KEPT + 1
    assert report.sources[0].refusals()[-1].startswith("1 970 × autres raisons (lignes : 32, 33, ")


@pytest.mark.parametrize("which", ["nsf", "formacode"])
def test_lists_of_codes_refuse_codes_of_another_form(csv_of, which):
    path = csv_of("Code;Libellé;autre\n326;Informatique;x\n31028;Intelligence artificielle;x\n310 28;Faux;\n")
    out = StringIO()
    call_command("import_reference", which, path, stdout=out)
    model, code = (Nsf, "326") if which == "nsf" else (Formacode, "31028")
    assert list(model.objects.values_list("code", flat=True)) == [code]
    assert "1 × code illisible : « 310 28 » (lignes : 4)" in out.getvalue()


@pytest.mark.parametrize(("list_name", "options"), [("words", []), ("nsf", ["nsf.csv"]), ("formacode", ["f.csv"])])
def test_every_list_can_be_tried_without_writing(csv_of, list_name, options):
    paths = [csv_of("code,libelle\n326,Un\n31028,Deux\n", name) for name in options]
    out = StringIO()
    call_command("import_reference", list_name, *paths, "--dry-run", stdout=out)
    assert "(essai : rien n'est écrit)" in out.getvalue()
    assert not Nsf.objects.exists()
    assert not Formacode.objects.exists()


def test_a_missing_file_or_a_folder_is_told(tmp_path):
    for path in (tmp_path, tmp_path / "absent.csv", Path("/dev/null")):
        with pytest.raises(CommandError, match="fichier introuvable"):
            call_command("import_reference", "nsf", path)


def test_a_faulty_second_file_undoes_the_first(csv_of):
    with pytest.raises(CommandError, match="il manque"):
        call_command("import_reference", "communes", SMALL / "communes.csv", "--former", csv_of("a,b\n1,2\n"))
    assert not Commune.objects.exists()


def test_progress_is_silent_without_a_terminal():
    errors = StringIO()
    call_command("import_reference", "communes", SMALL / "communes.csv", stdout=StringIO(), stderr=errors)
    assert errors.getvalue() == ""


def test_hostile_files_of_the_shared_set_are_refused_in_one_sentence(shared_data):
    folder = shared_data / "badinput" / "files"
    for path in sorted(folder.iterdir()):
        for which in ("communes", "nsf", "formacode", "rome"):
            with pytest.raises(CommandError) as refused:
                call_command("import_reference", which, path, stdout=StringIO())
            assert "Rien n'est chargé." in str(refused.value)
            assert "\n" not in str(refused.value)
