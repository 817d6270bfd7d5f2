"""The export of France compétences: its own shape, what it says of validity, archives that are not it."""

import datetime
import shutil
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.reference.enums import Validity
from portal.reference.loaders import archive
from portal.reference.loaders.certifications import load_certifications
from portal.reference.loaders.codes import load_nsf
from portal.reference.loaders.report import FileRefused, Report
from portal.reference.loaders.rncp import load_rncp
from portal.reference.loaders.rome import load_rome
from portal.reference.models import Certification, Formacode, Nsf, Occupation
from portal.reference.wording import title_key

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 2)
REAL = "france_competences/export-fiches-csv-2024-02-22.zip"
HEADS = {
    "Standard": "Id_Fiche;Numero_Fiche;Intitule;Nomenclature_Europe_Niveau;Date_Fin_Enregistrement;Actif",
    "Rome": "Numero_Fiche;Codes_Rome_Code;Codes_Rome_Libelle",
    "Formacode": "Numero_Fiche;Formacode_Code;Formacode_Libelle",
    "Nsf": "Numero_Fiche;Nsf_Code;Nsf_Intitule",
    "Certificateurs": "Numero_Fiche;Siret_Certificateur;Nom_Certificateur",
    "Ancienne_Nouvelle_Certification": "Numero_Fiche;Ancienne_Certification;Nouvelle_Certification",
}
SHEET = "1;RNCP90001;Artisan de données (fictif);NIV6;31/12/2029;ACTIVE"
OVER = "2;RNCP90002;Ancien artisan (fictif);REPRISE;30/06/2025;INACTIVE"


@pytest.fixture
def zip_of(tmp_path):
    """`zip_of(Standard=[line, …])`: an archive with these lines; a table without any has its header only."""

    def write(name: str = "export.zip", *, day: datetime.date = DAY, without: str = "", **lines: list[str]) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for table, head in HEADS.items():
                if table != without:
                    text = "\r\n".join([head, *lines.get(table, [])]) + "\r\n"
                    made.writestr(f"export_fiches_CSV_{table}_{day:%Y_%m_%d}.csv", text)
        return path

    return write


def counts(report: Report) -> list[tuple[int, int, int]]:
    return [(thing.created, thing.changed, thing.retired) for thing in report.things]


def test_the_real_extract_is_loaded_and_a_second_import_writes_nothing(shared_data):
    load_rome(shared_data / "rome")
    load_nsf(shared_data / "nomenclatures" / "nsf.csv")
    report = load_rncp(shared_data / REAL)
    # the sheets, then ROME, Formacode, NSF, who certifies, what replaces what
    assert [(s.read, s.kept) for s in report.sources] == [(n, n) for n in (9, 15, 5, 10, 6, 9)]
    assert counts(report) == [(9, 0, 0), (15, 0, 0), (5, 0, 0), (5, 0, 0), (10, 0, 0)]
    assert report.notes == ["Niveaux qui n'en sont pas, laissés inconnus : REPRISE (1)"]
    with CaptureQueriesContext(connection) as queries:
        assert load_rncp(shared_data / REAL).touched == 0
    assert not [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_the_traps_of_the_real_extract(shared_data):
    load_nsf(shared_data / "nomenclatures" / "nsf.csv")
    load_rncp(shared_data / REAL)
    chain = Certification.objects.get(number="1197")
    assert (chain.replaced_by, chain.valid_until) == ("RNCP4049", datetime.date(2006, 12, 31))
    # a code of four characters is kept as the three that the list of NSF has
    assert list(chain.nsf.values_list("code", flat=True)) == ["221"]
    other = Certification.objects.get(register="RNCP", number="19468")
    assert (other.replaced_by, other.level, other.is_active) == ("RS6117", None, False)
    bakers = Certification.objects.get(register="RS", number="6117")
    # two names after a tab and a SIRET
    assert bakers.certifier.split(" / ")[1] == "INSTITUT NATIONAL BOULANGERIE PATISSERIE"
    assert set(bakers.formacodes.values_list("label", flat=True)) == {"Boulangerie", "Pâtisserie"}
    assert (bakers.source, bakers.checked_on) == ("France compétences", datetime.date(2024, 2, 22))


def test_certif_info_after_the_register_brings_words_and_leaves_its_word_on_validity(shared_data):
    load_rncp(shared_data / REAL)
    report = load_certifications(shared_data / "certifications" / "certif_info_extrait.csv", listed_on=DAY)
    assert [(s.read, s.kept, s.set_aside, s.refused) for s in report.sources] == [(566, 480, 86, 0)]
    said = dict(Certification.objects.exclude(source="").values_list("source", "checked_on"))
    assert said == {"France compétences": datetime.date(2024, 2, 22), "Certif Info": DAY}
    assert Certification.objects.filter(source="France compétences").count() == 9


def test_a_sheet_brings_its_end_its_successor_and_its_codes(zip_of):
    Occupation.objects.create(code="M1405", label="Data scientist", key=title_key("Data scientist"))
    Nsf.objects.create(code="326", label="Informatique")
    path = zip_of(
        Standard=[SHEET, OVER],
        Rome=["RNCP90001;M1405;Data scientist", "RNCP99999;M1405;sans fiche"],
        Formacode=['RNCP90001;31026;"31026 : Data science"'],
        Nsf=["RNCP90001;326t;326t : Programmation"],
        Certificateurs=['RNCP90001;"\t11004301500012";École A', 'RNCP90001;"\t11004301500012";École B'],
        Ancienne_Nouvelle_Certification=["RNCP90001;RNCP90002;"],
    )
    report = load_rncp(path)
    assert [s.set_aside for s in report.sources] == [0, 1, 0, 0, 0, 0]
    new, old = Certification.objects.order_by("number")
    assert (new.level, new.is_active, new.valid_until) == (6, True, datetime.date(2029, 12, 31))
    assert (new.certifier, new.replaced_by, new.checked_on) == ("École A / École B", "", DAY)
    assert [new.occupations.get().code, new.nsf.get().code, new.formacodes.get().label] == [
        "M1405",
        "326",
        "Data science",
    ]
    # said by the line of the other one only
    assert (old.replaced_by, old.is_active, old.level) == ("RNCP90001", False, None)


def test_nobody_but_the_register_takes_back_what_it_said(zip_of, tmp_path):
    load_rncp(zip_of(Standard=[OVER]))
    titles = tmp_path / "titres.csv"
    titles.write_text("id,intitule,niveau,actif,codes_rome\nRNCP90002,Ancien artisan,5,oui,\n")
    load_certifications(titles)
    found = Certification.objects.get()
    assert (found.level, found.is_active, found.source) == (5, False, "France compétences")
    later = DAY + datetime.timedelta(days=7)
    load_rncp(zip_of(day=later, Standard=["2;RNCP90002;Ancien artisan (fictif);;;ACTIVE"]))
    found.refresh_from_db()
    assert (found.level, found.is_active, found.valid_until, found.checked_on) == (5, True, None, later)


def test_what_another_source_said_stays_when_the_register_says_nothing(zip_of):
    Certification.objects.create(register="RNCP", number="90001", title="X", valid_until=DAY, is_active=True)
    load_rncp(zip_of(Standard=["1;RNCP90001;Artisan (fictif);;;"]))
    found = Certification.objects.get()
    assert (found.title, found.valid_until, found.is_active, found.source) == ("Artisan (fictif)", DAY, True, "")


@pytest.mark.parametrize(
    ("is_active", "until", "validity"),
    [
        (None, None, Validity.UNKNOWN),
        (True, None, Validity.VALID),
        (None, DAY, Validity.VALID),
        (True, DAY - datetime.timedelta(days=1), Validity.EXPIRED),
        (False, DAY + datetime.timedelta(days=1), Validity.EXPIRED),
        (False, None, Validity.EXPIRED),
    ],
)
def test_unknown_is_not_valid_and_the_base_counts_as_the_row_does(is_active, until, validity):
    row = Certification.objects.create(register="RS", number="1", title="X", is_active=is_active, valid_until=until)
    assert row.validity_on(DAY) == validity
    assert Certification.objects.expired_on(DAY).exists() == (validity == Validity.EXPIRED)


def test_a_faulty_row_keeps_its_line_and_the_others_are_loaded(zip_of):
    bad = ["3;RNCP90003;X;NIV6;31/02/2029;ACTIVE", "4;CPF1;X;;;", "5;RNCP90005;X;;;PEUT-ÊTRE", "6;RNCP90006;", SHEET]
    report = load_rncp(zip_of(Standard=[SHEET, *bad]))
    assert (report.sources[0].refused, Certification.objects.count()) == (5, 1)
    assert report.sources[0].refusals() == [
        "1 × Date_Fin_Enregistrement illisible : « 31/02/2029 » (lignes : 3)",
        "1 × Numero_Fiche illisible : « CPF1 » (lignes : 4)",
        "1 × Actif illisible : « PEUT-ÊTRE » (lignes : 5)",
        "1 × 3 cellules au lieu de 6 (lignes : 6)",
        "1 × fiche déjà lue plus haut (lignes : 7)",
    ]


def refused(path: Path) -> str:
    """The one sentence of a refusal; nothing of the file is in the base."""
    Certification.objects.create(register="RNCP", number="1", title="Avant")
    with pytest.raises(FileRefused) as why:
        load_rncp(path)
    assert list(Certification.objects.values_list("title", flat=True)) == ["Avant"]
    assert not Formacode.objects.exists()
    return str(why.value)


def test_what_is_no_archive_or_is_cut_is_refused(zip_of, tmp_path):
    whole = zip_of(Standard=[SHEET])
    cut, page = tmp_path / "coupe.zip", tmp_path / "page.zip"
    cut.write_bytes(whole.read_bytes()[:-30])
    page.write_text("<html>Indisponible</html>")
    assert refused(page) == "page.zip : ce n'est pas l'archive ZIP des fiches de France compétences."
    Certification.objects.all().delete()
    assert "n'est pas l'archive ZIP" in refused(cut)
    Certification.objects.all().delete()
    assert "fichier introuvable" in refused(tmp_path / "absent.zip")


def test_a_member_whose_octets_are_damaged_is_refused(zip_of):
    path = zip_of(Standard=[f"{n};RNCP{90000 + n};Titre {n * 7919};NIV6;;ACTIVE" for n in range(500)])
    octets = bytearray(path.read_bytes())
    octets[800:820] = bytes(20)
    path.write_bytes(octets)
    assert "lecture impossible" in refused(path)


def test_a_table_that_lacks_a_column_or_is_not_there_is_refused(zip_of, monkeypatch):
    assert refused(zip_of(without="Nsf", Standard=[SHEET])) == "export.zip : il manque export_fiches_CSV_Nsf_….csv."
    Certification.objects.all().delete()
    monkeypatch.setitem(HEADS, "Standard", HEADS["Standard"].replace(";Actif", ""))
    assert "il manque Actif" in refused(zip_of(Standard=[SHEET.removesuffix(";ACTIVE")]))


def test_a_fault_in_the_last_table_leaves_nothing_of_the_first(zip_of):
    path = zip_of(Standard=[SHEET], Ancienne_Nouvelle_Certification=['RNCP90001;"jamais refermé'])
    assert "n'est jamais refermé" in refused(path)


def test_a_bomb_too_many_members_and_a_giant_are_refused_before_anything_is_read(zip_of, monkeypatch):
    path = zip_of(Standard=[SHEET])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as made:
        made.writestr("bombe.csv", bytes(30_000_000))
    assert refused(path) == "export.zip : l'archive grossirait trop en s'ouvrant."
    many = zip_of("foule.zip", Standard=[SHEET])
    with zipfile.ZipFile(many, "a") as made:
        for number in range(archive.MAX_MEMBERS):
            made.writestr(f"{number}.csv", "")
    Certification.objects.all().delete()
    assert refused(many) == "foule.zip : l'archive contient plus de 2 000 fichiers."
    monkeypatch.setattr(archive, "MAX_ARCHIVE_BYTES", 100)
    Certification.objects.all().delete()
    assert "plus de 0 Mo" in refused(zip_of("large.zip", Standard=[SHEET]))


def test_two_days_or_a_day_to_come_in_the_names_are_refused(zip_of):
    mixed = zip_of(without="Rome", Standard=[SHEET])
    with zipfile.ZipFile(mixed, "a") as made:
        made.writestr("export_fiches_CSV_Rome_2026_11_03.csv", HEADS["Rome"])
    assert "ne disent pas un seul jour" in refused(mixed)
    Certification.objects.all().delete()
    assert "un jour à venir" in refused(zip_of(day=datetime.date(2999, 1, 1), Standard=[SHEET]))


def test_an_older_export_is_refused(zip_of):
    load_rncp(zip_of(Standard=[SHEET]))
    with pytest.raises(FileRefused, match="celle du 02/11/2026"):
        load_rncp(zip_of(day=DAY - datetime.timedelta(days=1), Standard=[OVER]))
    assert Certification.objects.count() == 1


def test_the_command_loads_an_archive_under_both_names_tells_its_counts_and_refuses_in_one_sentence(zip_of, tmp_path):
    said = StringIO()
    call_command("import_reference", "rncp", zip_of(Standard=[SHEET]), "--dry-run", stdout=said)
    assert "(essai : rien n'est écrit)" in said.getvalue()
    assert not Certification.objects.exists()
    call_command("import_reference", "rncp", zip_of(Standard=[SHEET]), "--date", "2026-11-03", stdout=StringIO())
    assert Certification.objects.get().checked_on == datetime.date(2026, 11, 3)
    titles = tmp_path / "titres.csv"
    titles.write_text("id,intitule,codes_rome\nRNCP90007,Un titre,\n")
    call_command("import_reference", "certifinfo", titles, stdout=StringIO())
    assert Certification.objects.filter(number="90007").exists()
    with pytest.raises(CommandError, match="Rien n'est chargé"):
        call_command("import_reference", "rncp", shutil.copy(titles, tmp_path / "faux.zip"), stdout=StringIO())
