"""ROME from a small invented copy of its files: shapes, versions, faults. The real files have their own module."""

import shutil
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.reference.enums import CoreOfJob, SkillKind
from portal.reference.loaders.report import FileRefused
from portal.reference.loaders.rome import load_rome
from portal.reference.management.commands.import_reference import LOCK
from portal.reference.models import JobTitle, Occupation, OccupationMove, OccupationSkill, Skill

SMALL = Path(__file__).parents[2] / "data" / "rome"

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the small ROME that a test may damage."""
    return Path(shutil.copytree(SMALL, tmp_path / "rome"))


def table(folder: Path, name: str) -> Path:
    return next(folder.glob(f"unix_{name}_v*.csv"))


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = table(folder, name)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def renamed(folder: Path, number: str) -> Path:
    """The same files under another version."""
    for path in list(folder.glob("unix_*.csv")):
        path.rename(folder / path.name.replace("v499", f"v{number}"))
    return folder


def things(report) -> dict[str, tuple[int, int, int, int]]:
    return {t.name: (t.created, t.changed, t.same, t.retired) for t in report.things}


def test_an_occupation_carries_its_parent_its_domain_and_its_texts(folder):
    load_rome(folder)
    guard, trainer = Occupation.objects.get(code="Z1101"), Occupation.objects.get(code="Z1102")
    assert (guard.label, guard.key) == ("Gardien / Gardienne de robots", "gardien de robots")
    assert (guard.domain_code, guard.domain_label, guard.version) == ("Z11", "Robots", "ROME 4.0 v99")
    assert guard.definition == (
        "Surveille un parc de robots, \"grands\" et petits, d'après l'horaire.\nVérifie l'état des batteries."
    )
    assert guard.access == "Cet emploi est accessible sans diplôme."
    assert (guard.parent, trainer.parent) == (None, guard)


def test_titles_skills_links_and_moves_are_loaded(folder):
    load_rome(folder)
    titles = JobTitle.objects.filter(occupation__code="Z1101").order_by("ogr")
    assert [(t.ogr, t.is_main, t.short_label) for t in titles] == [
        (101, True, "Gardien de robots"),
        (102, False, "Veilleur de parc robotisé"),
    ]
    links = OccupationSkill.objects.order_by("occupation__code", "skill__code")
    assert list(links.values_list("occupation__code", "skill__code", "core", "level", "source")) == [
        ("Z1101", "ogr-201", CoreOfJob.MAIN, None, "ROME"),
        ("Z1101", "ogr-202", CoreOfJob.OTHER, None, "ROME"),
        ("Z1102", "ogr-201", CoreOfJob.EMERGING, None, "ROME"),
        ("Z1201", "ogr-301", CoreOfJob.MAIN, None, "ROME"),
    ]
    moves = OccupationMove.objects.filter(start__code="Z1101").order_by("rank")
    assert list(moves.values_list("target__code", "rank")) == [("Z1102", 1), ("Z1201", 2)]


def test_only_skills_that_an_occupation_uses_are_kept(folder):
    load_rome(folder)
    assert list(Skill.objects.order_by("code").values_list("code", "kind", "family")) == [
        ("ogr-201", SkillKind.ROME_KNOWHOW, "Technique"),
        ("ogr-202", SkillKind.ROME_KNOWHOW, "Savoir-être professionnel"),
        ("ogr-301", SkillKind.ROME_KNOWLEDGE, "Domaines d'expertise"),
    ]


def test_the_report_counts_each_row_once_and_names_refused_lines(folder):
    report = load_rome(folder)
    rows = {s.name.split("_v499")[0].removeprefix("unix_"): s for s in report.sources}
    assert {name: (s.read, s.kept, s.set_aside, s.refused) for name, s in rows.items()} == {
        "referentiel_code_rome": (3, 3, 0, 0),
        "cr_gd_dp": (3, 3, 0, 0),
        "texte": (4, 3, 1, 0),
        "referentiel_appellation": (5, 4, 0, 1),
        "referentiel_competence": (3, 2, 1, 0),
        "referentiel_savoir": (1, 1, 0, 0),
        "referentiel_contexte_travail": (1, 0, 1, 0),
        "coherence_item": (6, 4, 1, 1),
        "rubrique_mobilite": (3, 3, 0, 0),
    }
    assert rows["referentiel_appellation"].refusals() == ["1 × code_rome inconnu : Z9999 (lignes : 6)"]
    assert rows["coherence_item"].refusals() == ["1 × code_ogr inconnu des compétences et des savoirs (lignes : 7)"]
    assert (
        "- Liens vers des contextes de travail, qui ne sont pas des compétences, laissés de côté : 1\n"
        in report.render()
    )


def test_a_second_import_writes_nothing(folder):
    load_rome(folder)
    with CaptureQueriesContext(connection) as queries:
        report = load_rome(folder)
    assert report.touched == 0
    assert things(report)["compétences des métiers"] == (0, 0, 4, 0)
    assert not [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "DELETE"))]


def test_an_import_joins_no_tables_and_leaves_them_counted(folder):
    """A table analysed while empty is thought to hold one row: joined with another, it takes minutes."""
    with CaptureQueriesContext(connection) as queries:
        load_rome(folder)
    assert not [q["sql"] for q in queries if " JOIN " in q["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'reference_occupationskill'::regclass")
        assert cursor.fetchone() == (4,)


def test_a_zip_gives_the_same_as_its_folder(folder, tmp_path):
    load_rome(folder)
    path = tmp_path / "ROME été 2025.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in folder.iterdir():
            archive.write(file, f"Répertoire ROME/{file.name}")
            archive.writestr(f"__MACOSX/._{file.name}", b"\x00\x05")
    assert load_rome(path).touched == 0


def test_a_newer_version_retires_codes_and_replaces_links(folder):
    for n in range(1300, 1310):  # enough codes for one to be a small share
        Occupation.objects.create(code=f"Z{n}", label="Autre", key="autre", version="Ancien ROME")
    load_rome(folder)
    edit(folder, "coherence_item", '"Z1101","202",""\n', "")
    edit(folder, "rubrique_mobilite", '"Z1101","Z1201","2"\n', "")
    edit(folder, "referentiel_competence", "Recharger un robot", "Recharger les robots")
    report = load_rome(renamed(folder, "500"))
    changes = things(report)
    assert changes["métiers"] == (0, 3, 0, 0)
    assert changes["compétences et savoirs"] == (0, 1, 1, 1)
    assert changes["compétences des métiers"] == (0, 0, 3, 1)
    assert changes["mobilités"] == (0, 0, 2, 1)
    assert Occupation.objects.get(code="Z1300").is_obsolete
    assert Occupation.objects.get(code="Z1101").version == "ROME 5.0 v0"
    assert Skill.objects.get(code="ogr-202").is_obsolete


def test_a_code_that_comes_back_is_no_longer_obsolete(folder):
    load_rome(folder)
    Occupation.objects.filter(code="Z1201").update(is_obsolete=True)
    load_rome(folder)
    assert not Occupation.objects.get(code="Z1201").is_obsolete


def test_an_extract_is_refused_unless_it_says_so(folder):
    load_rome(folder)
    path = table(folder, "referentiel_code_rome")
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:3]))
    with pytest.raises(FileRefused, match=r"ne contient pas 1 des 3 codes ROME connus.*--extract"):
        load_rome(folder)
    report = load_rome(folder, is_partial=True)
    assert things(report)["métiers"] == (0, 0, 2, 0)
    assert not Occupation.objects.filter(is_obsolete=True).exists()
    assert OccupationSkill.objects.filter(occupation__code="Z1201").exists()


def test_a_parent_known_from_an_earlier_version_is_kept(folder):
    old = Occupation.objects.create(code="Z1000", label="Ancien", key="ancien", version="ROME 4.0 v59")
    edit(folder, "referentiel_code_rome", 'nuages","Z1201"', 'nuages","Z1000"')
    load_rome(folder, is_partial=True)
    assert Occupation.objects.get(code="Z1201").parent == old


def test_an_unknown_parent_is_told_and_left_out(folder):
    edit(folder, "referentiel_code_rome", 'nuages","Z1201"', 'nuages","Z7777"')
    report = load_rome(folder)
    assert Occupation.objects.get(code="Z1201").parent is None
    assert "Code parent absent de la liste, ignoré pour : Z1201" in report.notes


def test_cp1252_is_read_and_told(folder):
    path = table(folder, "referentiel_appellation")
    path.write_bytes(path.read_text().encode("cp1252"))
    report = load_rome(folder)
    assert JobTitle.objects.get(ogr=102).label == "Veilleur / Veilleuse de parc robotisé"
    assert [n for n in report.notes if "CP1252" in n] == [f"{path.name} n'est pas en UTF-8 : 2 lignes lues en CP1252."]


def test_columns_are_found_by_name_whatever_their_order_case_or_number(folder):
    path = table(folder, "rubrique_mobilite")
    path.write_text("\ufeffnumero_ordre;Code_Rome_Cible;nouveau;CODE_ROME;\n3;Z1201;x;Z1102;\n")
    load_rome(folder)
    assert list(OccupationMove.objects.values_list("start__code", "target__code", "rank")) == [("Z1102", "Z1201", 3)]


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda f: table(f, "texte").unlink(), r"manquants : unix_texte_v…_utf8\.csv\. Rien"),
        (lambda f: table(f, "texte").write_text(""), r"unix_texte_v499_utf8\.csv : le fichier est vide\."),
        (lambda f: edit(f, "texte", "libelle_type_texte", "genre"), r"texte_v499.* : il manque libelle_type_texte\. "
         r"Colonnes lues : code_rome, code_compo_bloc, genre, position_phrase, libelle_texte\. Colonnes attendues : "),
        (lambda f: edit(f, "coherence_item", '"Z1201","301"', '"Z1201,"301"'), None),
        (lambda f: edit(f, "coherence_item", '"Z1201","999",""', '"Z1201","999","'), r"ligne 7 n'est jamais refermé"),
        (lambda f: table(f, "texte").rename(f / "unix_texte_v498_utf8.csv"), r"mélange plusieurs versions"),
        (lambda f: shutil.copy(table(f, "texte"), f / "unix_texte_v499.csv"), r"en double : unix_texte_v499"),
    ],
)  # fmt: skip
def test_a_damaged_set_of_files_loads_nothing_and_says_why(folder, damage, message):
    damage(folder)
    if message is None:  # a fault of one row only: the rest is loaded
        report = load_rome(folder)
        assert report.sources[-1].refusals()[0].startswith("1 × guillemets mal placés (lignes : 6)")
        return
    with pytest.raises(CommandError, match=message) as refused:
        call_command("import_reference", "rome", folder)
    assert refused.value.returncode == 1
    assert not Occupation.objects.exists()


def test_a_damaged_or_foreign_archive_is_refused(folder, tmp_path):
    whole = Path(shutil.make_archive(str(tmp_path / "rome"), "zip", folder))
    octets = bytearray(whole.read_bytes())
    octets[60:90] = b"\xff" * 30
    (tmp_path / "damaged.zip").write_bytes(octets)
    (tmp_path / "cut.zip").write_bytes(whole.read_bytes()[:-40])
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("lisez-moi.txt", "rien")
    for name, message in (
        ("damaged.zip", "lecture impossible"),
        ("cut.zip", "ni un dossier, ni une archive ZIP"),
        ("other.zip", "fichiers du ROME manquants"),
        ("absent.zip", "introuvable"),
    ):
        with pytest.raises(CommandError, match=message):
            call_command("import_reference", "rome", tmp_path / name)
    assert not Occupation.objects.exists()


def test_a_dry_run_reports_and_writes_nothing(folder):
    out = StringIO()
    call_command("import_reference", "rome", folder, "--dry-run", stdout=out)
    assert "Répertoire ROME (essai : rien n'est écrit)" in out.getvalue()
    assert "métiers                       3" in out.getvalue()
    assert not Occupation.objects.exists()


def test_two_imports_do_not_run_at_once(folder):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with pytest.raises(CommandError, match="Un autre import est en cours"):
            call_command("import_reference", "rome", folder)
    finally:
        other.close()
