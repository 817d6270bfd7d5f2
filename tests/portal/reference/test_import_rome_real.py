"""ROME 4.0 v60 as published (the file of titles is an extract), loaded once for the module, after the words."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from portal.reference.enums import CoreOfJob
from portal.reference.loaders.rome import load_rome
from portal.reference.loaders.words import load_words
from portal.reference.models import JobProfile, JobTitle, Occupation, OccupationMove, OccupationSkill, Skill


@pytest.fixture(scope="module")
def first_report(django_db_setup, django_db_blocker, shared_data):
    """The report of the first import; what it loads stays for the module, then goes."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_words()
        yield load_rome(shared_data / "rome")
        transaction.set_rollback(True)


def test_all_rows_are_read_and_none_is_refused(first_report):
    read = {s.name.removeprefix("unix_").removesuffix("_v460_utf8.csv"): s.read for s in first_report.sources}
    assert read == {
        "referentiel_code_rome": 1_584,
        "cr_gd_dp": 1_584,
        "texte": 11_980,
        "referentiel_appellation": 7_426,
        "referentiel_competence": 18_317,
        "referentiel_savoir": 15_354,
        "referentiel_contexte_travail": 179,
        "coherence_item": 104_219,
        "rubrique_mobilite": 14_912,
    }
    assert first_report.refused == 0


def test_the_base_holds_what_the_files_hold(first_report):
    assert Occupation.objects.count() == 1_584
    assert Occupation.objects.filter(parent=None).count() == 532
    assert JobTitle.objects.filter(ogr__isnull=False).count() == 7_426
    assert JobTitle.objects.filter(is_main=True).count() == 1_584
    assert Skill.objects.of_rome().count() == 16_756 + 13_222
    links = OccupationSkill.objects.filter(source="ROME")
    assert links.count() == 54_695 + 35_861
    assert OccupationMove.objects.count() == 14_912
    # contexts of work are never "core": all of ROME's 18,900 and 1,731 marks are on what is kept
    assert links.filter(core=CoreOfJob.MAIN).count() == 18_900
    assert links.filter(core=CoreOfJob.EMERGING).count() == 1_731


def test_a_data_scientist_is_described_by_rome_and_by_the_portal(first_report):
    occupation = Occupation.objects.get(code="M1405")
    assert (occupation.label, occupation.parent.code, occupation.domain_code) == ("Data scientist", "M1403", "M14")
    assert occupation.version == "ROME 4.0 v60"
    assert "''" not in occupation.definition + occupation.access
    assert occupation.definition.startswith("Introduit des techniques de Data Science et d'Intelligence Artificielle")
    assert occupation.skill_links.filter(core=CoreOfJob.MAIN).exists()
    assert JobProfile.objects.get(slug="data-scientist").occupation_links.filter(occupation=occupation).exists()


def test_every_code_of_the_portals_words_is_a_living_rome_code(first_report):
    assert not Occupation.objects.filter(version__startswith="Camins").exists()
    assert not Occupation.objects.filter(is_obsolete=True).exists()


def test_the_second_import_changes_nothing(first_report, shared_data):
    with CaptureQueriesContext(connection) as queries:
        report = load_rome(shared_data / "rome")
    assert report.touched == 0
    assert sum(thing.same for thing in report.things) == 1_584 + 7_426 + 29_978 + 90_556 + 14_912
    assert not [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "DELETE"))]


def test_the_words_after_rome_change_nothing(first_report):
    report = load_words()
    assert report.touched == 0
    assert OccupationSkill.objects.filter(source="Camins").exists()
