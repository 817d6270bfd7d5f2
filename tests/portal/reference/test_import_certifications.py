"""Certifications with their codes: Certif Info's export, a list of RNCP titles, small ones with faults."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.reference.loaders.certifications import load_certifications
from portal.reference.loaders.codes import load_formacode
from portal.reference.loaders.rome import load_rome
from portal.reference.models import Certification, Formacode, Occupation
from portal.reference.wording import title_key

pytestmark = pytest.mark.django_db

LISTINGS = (
    "Code_Diplome;Libelle_Diplome;Code_Niveau_Europeen;Code_FormaCode;Libelle_FormaCode;"
    "Code_Rome_1;Code_Rome_2;Code_Rome_3;Code_Rome_4;Code_Rome_5;Code_RNCP;Code_RS;certificateur;Etat_Libelle\n"
)
SCIENTIST = "12;Data scientist;7;31026;Data science;M1403;M1805;;;;34757;;Une école;Publié\n"
TITLES = "id,intitule,niveau,actif,codes_rome\n"


@pytest.fixture
def occupations():
    for code in ("M1403", "M1805", "D1102"):
        Occupation.objects.create(code=code, label=code, key=title_key(code))


@pytest.fixture
def csv_of(tmp_path):
    def write(content: str, name: str = "liste.csv") -> Path:
        path = tmp_path / name
        path.write_text(content)
        return path

    return write


def codes_of(certification: Certification) -> tuple[list[str], list[str]]:
    rome = certification.occupations.order_by("code").values_list("code", flat=True)
    return list(rome), sorted(certification.formacodes.values_list("code", flat=True))


def load(path: Path) -> list[tuple[int, int, int]]:
    """(created, changed, retired) of each thing."""
    return [(thing.created, thing.changed, thing.retired) for thing in load_certifications(path).things]


def test_the_real_lists_are_loaded_and_a_second_import_writes_nothing(shared_data):
    load_rome(shared_data / "rome")
    load_formacode(shared_data / "nomenclatures" / "formacode_certifinfo.csv")
    support = shared_data / "eval" / "certifications_rome_appui.csv"
    listings = shared_data / "certifications" / "certif_info_extrait.csv"
    first = [load_certifications(path) for path in (support, listings)]
    assert [(s.read, s.kept, s.set_aside, s.refused) for report in first for s in report.sources] == [
        (11_166, 11_165, 0, 1),  # a title of more than 500 characters
        (566, 480, 86, 0),
    ]
    assert Certification.objects.filter(occupations__isnull=False).distinct().count() > 11_000
    assert Certification.objects.filter(formacodes__isnull=False).distinct().count() > 460
    assert "Codes ROME inconnus de la base, laissés de côté : F1500, G1300, L1200, L1300" in first[1].notes
    with CaptureQueriesContext(connection) as queries:
        assert load_certifications(listings).touched == 0
    assert not [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


@pytest.mark.usefixtures("occupations")
def test_a_listing_brings_its_words_its_codes_and_the_label_of_its_formacode(csv_of):
    load_certifications(csv_of(LISTINGS + SCIENTIST))
    (found,) = Certification.objects.all()
    assert (found.register, found.number, found.title, found.level) == ("RNCP", "34757", "Data scientist", 7)
    assert (found.certifier, found.is_active) == ("Une école", True)
    assert codes_of(found) == (["M1403", "M1805"], ["31026"])
    assert Formacode.objects.get(code="31026").label == "Data science"


@pytest.mark.usefixtures("occupations")
def test_several_rows_of_one_certification_add_their_codes(csv_of):
    second = "13;Data scientist, option B;;31028;Intelligence artificielle;D1102;;;;;34757;;;Publié\n"
    load_certifications(csv_of(LISTINGS + SCIENTIST + second))
    assert codes_of(Certification.objects.get()) == (["D1102", "M1403", "M1805"], ["31026", "31028"])


def test_what_has_no_number_in_a_register_keeps_its_own_and_what_certifies_nothing_is_set_aside(csv_of):
    habilitation = "14;Tosa Python;;31088;Programmation;;;;;;;;;habilitations\n"
    specific = "15;Un certificat;;;;;;;;;;6117;;habilitations\n"
    nothing = "16;Prépa concours;;15093;Prépa;;;;;;;;;formations préparatoires et non certifiantes\n"
    report = load_certifications(csv_of(LISTINGS + habilitation + specific + nothing))
    assert report.sources[0].set_aside == 1
    told = list(Certification.objects.order_by("register").values_list("register", "number", "is_active"))
    assert told == [("OTHER", "CI14", None), ("RS", "6117", None)]


@pytest.mark.usefixtures("occupations")
def test_what_a_file_does_not_say_leaves_what_another_said(csv_of):
    load(csv_of(LISTINGS + SCIENTIST))
    assert load(csv_of(TITLES + "RNCP34757,Data scientist,,,M1805\n")) == [(0, 0, 0), (0, 0, 1), (0, 0, 0), (0, 0, 0)]
    found = Certification.objects.get()
    assert (found.level, found.certifier, found.is_active) == (7, "Une école", True)
    assert codes_of(found) == (["M1805"], ["31026"])
    assert load(csv_of(TITLES + "RNCP34757,Data scientist,6,non,\n"))[0] == (0, 1, 0)
    found.refresh_from_db()
    assert (found.level, found.is_active, codes_of(found)) == (6, False, (["M1805"], ["31026"]))


@pytest.mark.usefixtures("occupations")
def test_a_certification_that_the_file_lacks_is_kept_with_its_codes(csv_of):
    load(csv_of(LISTINGS + SCIENTIST))
    report = load_certifications(csv_of(TITLES + "RNCP1,Boulanger,3,oui,D1102|Z9999\n"))
    assert report.notes == [
        "Codes ROME inconnus de la base, laissés de côté : Z9999",
        "Certifications connues, absentes de ce fichier et gardées : 1",
    ]
    assert codes_of(Certification.objects.get(number="34757")) == (["M1403", "M1805"], ["31026"])


def test_faulty_rows_are_refused_with_their_line_and_the_others_kept(csv_of):
    rows = [
        "RNCP2,Bon,3,oui,D1102",
        "ABC12,Répertoire inconnu,3,oui,D1102",
        "RNCP3,Mauvais code,3,oui,D1102|rome",
        "RNCP4,Niveau impossible,9,oui,D1102",
        f"RNCP5,{'x' * 501},3,oui,D1102",
        "RNCP6,,3,oui,D1102",
    ]
    (source,) = load_certifications(csv_of(TITLES + "\n".join(rows))).sources
    assert source.refusals() == [
        "1 × id illisible : « ABC12 » (lignes : 3)",
        "1 × codes_rome illisible : « D1102|rome » (lignes : 4)",
        "1 × niveau illisible : « 9 » (lignes : 5)",
        "1 × intitule : 501 caractères, 500 au plus (lignes : 6)",
        "1 × intitule est vide (lignes : 7)",
    ]
    assert list(Certification.objects.values_list("number", flat=True)) == ["2"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "le fichier est vide"),
        ("a;b\n1;2\n", "il manque id, intitule, codes_rome"),
        ("Code_Diplome;Libelle_Diplome\n1;2\n", "il manque Code_RNCP, Code_RS"),
        (TITLES, "aucune ligne après celle des noms de colonnes"),
        (TITLES + "x,y,1,oui,\n", "aucune ligne utilisable"),
    ],
)
def test_a_file_that_is_not_one_is_refused_whole(content, message, csv_of):
    with pytest.raises(CommandError, match=message):
        call_command("import_reference", "certifications", csv_of(content), stdout=StringIO(), stderr=StringIO())
    assert not Certification.objects.exists()


def test_the_command_tells_what_it_did_and_a_trial_writes_nothing(csv_of):
    out = StringIO()
    path = csv_of(TITLES + "RNCP1,Boulanger,3,oui,\n")
    call_command("import_reference", "certifications", path, "--dry-run", stdout=out, stderr=StringIO())
    assert "rien n'est écrit" in out.getvalue()
    assert not Certification.objects.exists()
    call_command("import_reference", "certifications", path, stdout=out, stderr=StringIO())
    assert Certification.objects.count() == 1
