"""The portal's own words in the base: complete, replayable, beside ROME whichever came first."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.enums import Role
from portal.reference.enums import Importance, SkillKind
from portal.reference.loaders.rome import load_rome
from portal.reference.loaders.words import OWN_WORDS, Vocabulary, load_words
from portal.reference.models import (
    Commune,
    Department,
    Formacode,
    JobProfile,
    JobProfileAlias,
    JobTitle,
    Occupation,
    OccupationSkill,
    ProfileSkill,
    Skill,
    SkillAlias,
    SkillEvidence,
)
from portal.reference.wording import title_key
from portal.reference.words.evidence import FORMACODE_NAMES, OCCUPATION_NAMES
from portal.reference.words.places import Town
from portal.reference.words.shapes import EvidenceWord, FormerWord, ProfileWord, SkillWord
from tests.identities import make_agent

SMALL_ROME = Path(__file__).parents[2] / "data" / "rome"

SMALL = Vocabulary(
    skills=(
        SkillWord(
            "python", "Python", "programmation", ("langage Python", "Langage PYTHON", "coder en Python"), "Coder."
        ),
        SkillWord("veille-robots", "Veiller sur des robots", "m-industrie", (), "Veiller.", kind="trade"),
    ),
    profiles=(
        ProfileWord(
            slug="robotologue",
            name="Robotologue",
            family="p-modeles",
            summary="Étudie les robots.",
            tasks=("Observer.", "Noter."),
            usual_level=6,
            entry_note="Après un bac+3.",
            aliases=("analyste de robots", "analyste des robots", "chargé de robots", "chargée de robots"),
            occupations=(("Z1101", "Même parc de robots."),),
            formacodes=("31028",),
            essential={"python": 2},
            desirable={"veille-robots": 1},
        ),
    ),
    former=(FormerWord("Z1101", "Gardien de robots", ("veilleur de robots",), (("veille-robots", 3),)),),
    version="Camins test",
)

LEVELLED = replace(
    SMALL,
    skills=(
        replace(
            SMALL.skills[0],
            levels=("Lit.", "Écrit.", "Enseigne."),
            evidence=(EvidenceWord("esco", "abc-1", "exact"), EvidenceWord("rome", "113798", "close")),
        ),
        SMALL.skills[1],
    ),
)

pytestmark = pytest.mark.django_db


def writes(queries) -> list[str]:
    return [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "DELETE"))]


def test_all_the_words_of_the_portal_are_loaded():
    load_words()
    assert (Department.objects.count(), Commune.objects.count()) == (13, len(OWN_WORDS.towns))
    kinds = {kind: Skill.objects.filter(kind=kind).count() for kind in (SkillKind.AI, SkillKind.GENERAL)}
    assert kinds == {SkillKind.AI: 150, SkillKind.GENERAL: 50}
    assert (JobProfile.objects.shown().count(), Occupation.objects.filter(is_common_start=True).count()) == (27, 60)
    assert ProfileSkill.objects.count() == sum(len(p.essential) + len(p.desirable) for p in OWN_WORDS.profiles)
    assert OccupationSkill.objects.filter(source="Camins").count() == sum(len(f.skills) for f in OWN_WORDS.former)
    assert Department.objects.get(code="09").chief_town == "Foix"
    rodez = Commune.objects.called("rodez").get()
    assert (rodez.insee, rodez.postcodes, rodez.department.name) == ("12202", ["12000"], "Aveyron")


def test_a_second_run_writes_nothing():
    load_words()
    with CaptureQueriesContext(connection) as queries:
        report = load_words()
    assert report.touched == 0
    assert not writes(queries)


def test_every_code_that_a_profile_cites_has_a_name():
    occupations = {code for profile in OWN_WORDS.profiles for code, _why in profile.occupations}
    formacodes = {code for profile in OWN_WORDS.profiles for code in profile.formacodes}
    assert not occupations - OCCUPATION_NAMES.keys()
    assert not formacodes - FORMACODE_NAMES.keys()


def test_a_skill_is_stored_with_its_key_and_its_other_names_once():
    load_words(words=SMALL)
    skill = Skill.objects.get(code="python")
    assert (skill.label, skill.kind, skill.family, skill.key) == ("Python", "ai", "programmation", title_key("Python"))
    assert list(skill.aliases.order_by("id").values_list("label", flat=True)) == ["langage Python", "coder en Python"]


def test_a_skill_keeps_its_three_levels_and_its_evidence():
    load_words(words=LEVELLED)
    skill = Skill.objects.get(code="python")
    assert [skill.level_sentence(level) for level in range(5)] == ["", "Lit.", "Écrit.", "Enseigne.", ""]
    assert Skill.objects.get(code="veille-robots").level_sentence(1) == ""
    assert [(str(found), found.closeness, found.uri) for found in skill.evidence.all()] == [
        ("ESCO abc-1", "exact", "http://data.europa.eu/esco/skill/abc-1"),
        ("ROME 4.0 113798", "close", ""),
    ]
    assert load_words(words=LEVELLED).touched == 0


def test_evidence_follows_the_words():
    load_words(words=LEVELLED)
    judged_again = replace(LEVELLED.skills[0], evidence=(EvidenceWord("esco", "abc-1", "wider"),))
    report = load_words(words=replace(LEVELLED, skills=(judged_again, LEVELLED.skills[1])))
    assert list(SkillEvidence.objects.values_list("source", "code", "closeness")) == [("esco", "abc-1", "wider")]
    assert report.touched == 2


def test_agents_read_the_evidence_of_a_skill_and_change_none(client):
    load_words(words=LEVELLED)
    client.force_login(make_agent(Role.MANAGER))
    skill = Skill.objects.get(code="python")
    address = reverse("gestion:reference_skill_change", args=[skill.pk])
    page = client.get(address).content.decode()
    assert 'href="http://data.europa.eu/esco/skill/abc-1"' in page
    assert "113798" in page
    assert 'name="evidence-0-code"' not in page
    assert 'name="levels"' not in page


def test_our_words_give_levels_to_two_hundred_skills_and_evidence_to_two_ai_skills_in_three():
    load_words()
    assert Skill.objects.own_words().filter(levels__len=3).count() == 200
    proved = Skill.objects.filter(kind=SkillKind.AI, evidence__isnull=False).distinct().count()
    assert proved >= 100
    assert not Skill.objects.exclude(kind=SkillKind.AI).filter(evidence__isnull=False).exists()


def test_a_profile_carries_levels_evidence_and_names_of_one_gender():
    load_words(words=SMALL)
    profile = JobProfile.objects.get(slug="robotologue")
    assert (profile.tasks, profile.usual_level, profile.version) == (["Observer.", "Noter."], 6, "Camins test")
    assert set(profile.skill_links.values_list("skill__code", "importance", "level")) == {
        ("python", Importance.ESSENTIAL, 2),
        ("veille-robots", Importance.DESIRABLE, 1),
    }
    assert list(profile.occupation_links.values_list("occupation__code", "why")) == [("Z1101", "Même parc de robots.")]
    assert set(profile.aliases.values_list("label", flat=True)) >= {"analyste de robots", "chargé de robots"}
    assert not profile.aliases.filter(label="chargée de robots").exists()
    assert Formacode.objects.get(code="31028").label == "Intelligence artificielle"
    assert list(profile.formacodes.values_list("code", flat=True)) == ["31028"]


def test_a_former_occupation_has_titles_and_skills_with_usual_levels():
    load_words(words=SMALL)
    occupation = Occupation.objects.get(code="Z1101")
    assert (occupation.label, occupation.is_common_start, occupation.version) == (
        "Gardien de robots",
        True,
        "Camins test",
    )
    assert set(occupation.titles.values_list("label", "ogr")) == {
        ("Gardien de robots", None),
        ("veilleur de robots", None),
    }
    assert list(occupation.skill_links.values_list("skill__code", "level", "source")) == [
        ("veille-robots", 3, "Camins")
    ]


def test_what_the_words_drop_is_retired_or_removed_never_deleted_in_use():
    load_words(words=SMALL)
    JobProfileAlias.objects.create(
        profile=JobProfile.objects.get(), label="robot analyst", key="robot analyst", source="annonce"
    )
    shorter = replace(SMALL, skills=(replace(SMALL.skills[0], aliases=()),), profiles=(), former=())
    report = load_words(words=shorter)
    assert not SkillAlias.objects.exists()
    assert Skill.objects.get(code="veille-robots").is_obsolete
    assert not JobProfile.objects.get().is_shown
    assert not Occupation.objects.get(code="Z1101").is_common_start
    assert not JobTitle.objects.exists()
    assert not OccupationSkill.objects.exists()
    assert JobProfileAlias.objects.filter(source="annonce").exists()
    assert load_words(words=shorter).touched == 0 < report.touched


def test_a_changed_word_is_the_only_row_written():
    load_words(words=SMALL)
    mended = replace(SMALL, skills=(replace(SMALL.skills[0], label="Python 3"), SMALL.skills[1]))
    report = load_words(words=mended)
    assert (report.touched, Skill.objects.get(code="python").label) == (1, "Python 3")


def test_a_skill_that_comes_back_is_no_longer_obsolete():
    load_words(words=SMALL)
    Skill.objects.filter(code="python").update(is_obsolete=True)
    load_words(words=SMALL)
    assert not Skill.objects.get(code="python").is_obsolete


@pytest.mark.parametrize("rome_first", [True, False])
def test_rome_and_the_words_agree_whichever_comes_first(rome_first):
    load_rome(SMALL_ROME) if rome_first else load_words(words=SMALL)
    load_words(words=SMALL) if rome_first else load_rome(SMALL_ROME)
    occupation = Occupation.objects.get(code="Z1101")
    assert (occupation.label, occupation.version) == ("Gardien / Gardienne de robots", "ROME 4.0 v99")
    assert occupation.is_common_start
    assert occupation.definition
    assert set(occupation.skill_links.values_list("skill__code", "source", "level")) == {
        ("ogr-201", "ROME", None),
        ("ogr-202", "ROME", None),
        ("veille-robots", "Camins", 3),
    }
    assert set(occupation.titles.values_list("ogr", flat=True)) == {None, 101, 102}
    assert load_words(words=SMALL).touched == 0
    assert load_rome(SMALL_ROME).touched == 0


def test_a_commune_of_the_official_list_is_left_alone():
    Department.objects.create(code="12", name="Aveyron")
    Commune.objects.create(insee="12202", name="Rodez", key="rodez", department_id="12", latitude=44.35258)
    towns = (Town("12202", "Rodez", "12", ("12000",), 1, 44.4, 2.6), Town("12003", "Almont", "12", (), 2, 44.5, 2.4))
    load_words(words=Vocabulary(towns=towns))
    assert Commune.objects.get(insee="12202").latitude == 44.35258
    assert Commune.objects.get(insee="12003").latitude == 44.5
