"""EDOF, as Mon Compte Formation takes it: its codes, its extras, and what it does not tell."""

import csv
import io
from pathlib import Path

import pytest

from courses.importers import edof, flow
from courses.importers.lheo import read_lheo
from courses.importers.lheo_mend import leaves
from courses.importers.lheo_schema import RULES, Code
from courses.models import Course
from tests.courses.importers.runs import applied, carried, send
from tests.makers import make_commune

OURS = Path(__file__).parents[2] / "data" / "edof-camins.xml"
TEXT = OURS.read_text(encoding="iso-8859-1")
# tables of EDOF that LHEO has too, under the element that holds their codes
SHARED = {
    "objectif-general-formation": "objectif-general-formation",
    "niveaux": "code-niveau-entree",
    "parcours-de-formation": "parcours-de-formation",
    "code-perimetre-recrutement": "code-perimetre-recrutement",
    "etat-recrutement": "etat-recrutement",
    "modalites-enseignement": "modalites-enseignement",
}


def read(*changes: tuple[str, str]):
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    [reading] = read_lheo(io.BytesIO(text.encode("iso-8859-1")), keep_xml=True)
    return reading


@pytest.fixture(scope="module")
def course():
    return read().record


@pytest.mark.parametrize("odd", ["<a:b/>", "<modalites-enseignement><a:b/></modalites-enseignement>", "<x><y>" * 200])
def test_odd_elements_are_faults_or_texts(odd):
    text = TEXT.replace("<nombre-heures-total>", f"{odd}<nombre-heures-total>")
    readings = list(read_lheo(io.BytesIO(text.encode("iso-8859-1"))))
    assert readings
    assert all(each.faults or each.record for each in readings)


def test_a_formation_is_read_with_its_accents(course):
    assert read().faults == ()
    assert (course.title, course.number) == ("Créer une base de données et l'interroger", "EDOF-01")
    assert course.objective.startswith("Concevoir une base, écrire")
    assert (course.provider.siret, course.provider.nda) == ("00000901900019", "")
    assert (course.is_certifying, course.certifications[0].rs, course.pathway) == (True, "99902", "mixte")


def test_what_its_extras_tell_takes_its_place(course):
    [action] = course.offerings
    assert (action.rhythm, action.price_cents, action.has_cpf) == ("Temps plein", 145_000, True)
    assert action.admission == "Admission après entretien. Un entretien d'une demi-heure."
    assert action.accessibility == "Locaux de plain-pied, référent handicap."
    assert action.recruitment_area == "autre"
    assert "12 ALL des Platanes" in str(action.places[0])


def test_the_rest_is_kept_as_texts(course):
    assert 'info="action/code-gfe">16<' in course.offerings[0].extras
    assert 'info="formation/resume-contenu">SQL en deux semaines<' in course.extras
    assert "garantie" in course.offerings[0].sessions[0].extras


def test_what_is_not_told_stays_unknown():
    told = read(
        ("<certification><code-RS>RS99902</code-RS></certification>", ""), ("<frais-ttc>1450.00</frais-ttc>", "")
    )
    assert (told.record.is_certifying, told.record.offerings[0].price_cents) == (None, None)
    assert (told.record.rome_codes, told.record.formacodes) == ((), ())


def test_short_names_and_a_bare_siret_are_understood():
    told = read(
        ("intitule-formation>", "intitule>"),
        ("<SIRET-organisme-formation><SIRET>", "<SIRET>"),
        ("</SIRET></SIRET-organisme-formation>", "</SIRET>"),
    )
    assert (told.record.title[:5], told.record.provider.siret) == ("Créer", "00000901900019")


@pytest.mark.parametrize(
    ("old", "new", "element", "line"),
    [
        ("<etat-recrutement>1<", "<etat-recrutement>8<", "etat-recrutement", 34),
        ("<debut>20270301<", "<debut>mars<", "debut", 32),
        ("<SIRET>00000901900019</SIRET>", "", "SIRET", 49),
    ],
)
def test_a_fault_has_the_line_of_the_file(old, new, element, line):
    told = read((old, new))
    assert told.record is None
    assert [(fault.element, fault.line) for fault in told.faults if fault.severity == "error"] == [(element, line)]


def test_each_code_of_the_published_tables_has_its_meaning(shared_data):
    """Shared tables lead to a code of LHEO; the others are all told in words."""
    own = {"code-rythme-formation": edof.RHYTHMS, "code-modalites-admission": edof.ADMISSIONS}
    with (shared_data / "lheo" / "edof-2026-tables.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            name, code = row["table"], row["code"]
            if name in SHARED:
                rule = RULES[SHARED[name]]
                assert isinstance(rule, Code)
                assert edof.OTHER_CODES.get(SHARED[name], {}).get(code, code) in rule.table, (name, code)
            elif name in own:
                assert code in own[name], (name, code)
            else:
                assert name == "code-gfe"


@pytest.mark.django_db
class TestImported:
    @pytest.fixture(autouse=True)
    def here(self, settings, tmp_path):
        settings.CAMINS_VAR = tmp_path
        make_commune("Toulouse", insee="31555")

    def test_it_is_applied_twice_without_a_change(self):
        content = OURS.read_bytes()
        run = applied(content, name="edof.xml")
        assert (run.state, run.dialect, run.counts["new"]) == ("applied", "lheo EDOF", 1)
        course = Course.objects.get()
        assert course.offerings.get().price_cents == 145_000
        assert applied(content, name="edof.xml").counts["same"] == 1

    def test_a_row_is_mended_on_screen(self):
        run = send(TEXT.replace("<debut>20270301<", "<debut>mars<").encode("iso-8859-1"))
        row = run.rows.get()
        leaf = next(each for each in leaves(row.raw["xml"], row.line) if each.name == "debut")
        assert (leaf.text, leaf.line) == ("mars", 32)
        flow.mend(row, {str(leaf.rank): "20270301"})
        run.refresh_from_db()
        flow.plan(run)
        assert carried(run).counts["new"] == 1
