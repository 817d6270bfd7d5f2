"""The portal's own vocabulary holds together, and its codes are those of the public files. No database."""

import ast
import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from portal.reference import words
from portal.reference.wording import fold_gender, plain, title_key
from portal.reference.words import ALL_SKILLS, FAMILIES, FORMER_OCCUPATIONS, PROFILES, WORDS_VERSION
from portal.reference.words.adverts import ADVERT_NAMES
from portal.reference.words.shapes import FormerWord, ProfileWord

SKILLS = {skill.code: skill for skill in ALL_SKILLS}
KINDS = Counter(skill.kind for skill in ALL_SKILLS)
ACRONYMS = {"ia", "5s"}
# words that mean something else in ordinary trades: alone, they would tag a hike or a spare part as AI
AMBIGUOUS = set(
    "analyse application c cloture data donnee donnees image images make machine modele modeles numerique"
    " pipeline pra r reseau reseaux soc systeme vision".split()
)

by_slug = pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.slug)
by_rome = pytest.mark.parametrize("former", FORMER_OCCUPATIONS, ids=lambda former: former.rome)


def wanted(profile: ProfileWord) -> dict[str, int]:
    return {**profile.desirable, **profile.essential}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_counts_are_those_of_the_specification():
    assert KINDS["ai"] == 150
    assert KINDS["general"] == 50
    assert 150 <= KINDS["trade"] <= 220
    assert set(KINDS) == {"ai", "general", "trade"}
    assert len(PROFILES) == 27
    assert len(FORMER_OCCUPATIONS) == 60
    assert WORDS_VERSION


def test_codes_are_unique_stable_slugs():
    assert len(SKILLS) == len(ALL_SKILLS)
    slugs = [profile.slug for profile in PROFILES]
    assert len(set(slugs)) == len(slugs)
    for code in [*SKILLS, *slugs]:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code), code
        assert len(code) <= 60


def test_labels_are_unique():
    labels = Counter(plain(skill.label) for skill in ALL_SKILLS)
    assert [label for label, count in labels.items() if count > 1] == []
    names = Counter(title_key(profile.name) for profile in PROFILES)
    assert [name for name, count in names.items() if count > 1] == []


def test_families_exist_and_none_is_empty():
    used = {skill.family for skill in ALL_SKILLS} | {profile.family for profile in PROFILES}
    assert used == set(FAMILIES)
    assert len(set(FAMILIES.values())) == len(FAMILIES)
    assert all(len(name) <= 60 for name in FAMILIES.values())


def test_a_writing_means_one_skill_only():
    owners: dict[str, set[str]] = {}
    for skill in ALL_SKILLS:
        for writing in (skill.label, *skill.aliases):
            owners.setdefault(fold_gender(plain(writing)), set()).add(skill.code)
    assert {writing: codes for writing, codes in owners.items() if len(codes) > 1} == {}


def test_no_skill_repeats_a_writing():
    for skill in ALL_SKILLS:
        keys = [title_key(writing) for writing in (skill.label, *skill.aliases)]
        assert len(set(keys)) == len(keys), skill.code


def test_aliases_are_long_enough_and_not_ambiguous():
    for skill in ALL_SKILLS:
        for alias in skill.aliases:
            key = plain(alias)
            assert len(key) >= 3 or key in ACRONYMS, (skill.code, alias)
            assert key not in AMBIGUOUS, (skill.code, alias)
            assert len(alias) <= 200
    for profile in PROFILES:
        for alias in profile.aliases:
            assert len(plain(alias)) >= 3, (profile.slug, alias)
            assert plain(alias) not in AMBIGUOUS, (profile.slug, alias)


def test_ai_and_general_skills_are_described():
    for skill in ALL_SKILLS:
        if skill.kind == "trade":
            assert 1 <= len(skill.aliases) <= 8, skill.code
            continue
        assert 2 <= len(skill.aliases) <= 8, skill.code
        assert skill.description.endswith("."), skill.code
        assert 30 <= len(skill.description) <= 160, skill.code
        assert "’" not in skill.description


@by_slug
def test_profile_asks_for_known_skills_at_known_levels(profile: ProfileWord):
    assert 5 <= len(profile.essential) <= 9
    assert 3 <= len(profile.desirable) <= 7
    assert not profile.essential.keys() & profile.desirable.keys()
    for code, level in wanted(profile).items():
        assert code in SKILLS, code
        assert SKILLS[code].kind != "trade", code
        assert level in (1, 2, 3), code
    # a course can only fill a gap in skills of AI and data
    assert sum(SKILLS[code].kind == "ai" for code in profile.essential) >= 3
    assert max(profile.essential.values()) >= 2


@by_slug
def test_profile_is_told_in_full(profile: ProfileWord):
    assert 3 <= profile.usual_level <= 7
    assert 3 <= len(profile.tasks) <= 6
    for sentence in (profile.summary, profile.entry_note, *profile.tasks):
        assert sentence.endswith("."), sentence
    assert len(profile.summary) <= 160
    assert all(len(task) <= 300 for task in profile.tasks)
    assert 8 <= len(profile.aliases) <= 30
    assert profile.occupations
    assert profile.formacodes
    for code, why in profile.occupations:
        assert re.fullmatch(r"[A-N]\d{4}", code)
        assert why.endswith(".")
        assert 20 <= len(why) <= 140
    for field in (profile.formacodes, [code for code, _why in profile.occupations]):
        assert len(set(field)) == len(field)


def test_an_alias_belongs_to_one_profile_only():
    owners: dict[str, set[str]] = {}
    for profile in PROFILES:
        for name in (profile.name, *profile.aliases, *profile.adverts):
            owners.setdefault(title_key(name), set()).add(profile.slug)
    assert {name: slugs for name, slugs in owners.items() if len(slugs) > 1} == {}


def test_names_of_adverts_are_those_of_profiles_and_repeat_none():
    assert set(ADVERT_NAMES) <= {profile.slug for profile in PROFILES}
    assert sum(map(len, ADVERT_NAMES.values())) >= 80
    for profile in PROFILES:
        keys = [title_key(name) for name in (profile.name, *profile.aliases)]
        assert not {title_key(name) for name in profile.adverts} & set(keys), profile.slug


@by_slug
def test_no_alias_only_repeats_the_name(profile: ProfileWord):
    assert title_key(profile.name) not in {title_key(alias) for alias in profile.aliases}


@by_slug
def test_every_profile_has_a_neighbour(profile: ProfileWord):
    shared = max(len(wanted(profile).keys() & wanted(other).keys()) for other in PROFILES if other is not profile)
    assert shared >= 3


def test_some_profiles_are_open_without_long_studies():
    open_to_all = [profile for profile in PROFILES if profile.usual_level <= 4]
    assert len(open_to_all) >= 5
    brought = {code for former in FORMER_OCCUPATIONS for code, _level in former.skills}
    for profile in open_to_all:
        asked = {code: level for code, level in profile.essential.items() if SKILLS[code].kind == "ai"}
        assert max(asked.values()) <= 2, profile.slug
        assert len(profile.essential.keys() & brought) >= 2, profile.slug


def test_levels_of_well_known_profiles():
    profiles = {profile.slug: profile for profile in PROFILES}
    analyst, scientist = profiles["data-analyst"], profiles["data-scientist"]
    assert analyst.essential["sql"] >= 2
    assert 1 <= analyst.essential["python"] <= 2
    assert scientist.essential["python"] == scientist.essential["statistiques"] == 3
    assert profiles["data-engineer"].essential["sql"] == 3


@by_rome
def test_former_occupation_is_held_by_known_skills(former: FormerWord):
    codes = [code for code, _level in former.skills]
    assert 6 <= len(codes) <= 10
    assert len(set(codes)) == len(codes)
    kinds = Counter(SKILLS[code].kind for code in codes)
    assert kinds["ai"] + kinds["general"] >= 3
    assert kinds["trade"] >= 3
    assert all(level in (1, 2, 3) for _code, level in former.skills)
    # a former job never proves a mastery of AI; a web developer knows the language of the web
    masteries = {code for code, level in former.skills if SKILLS[code].kind == "ai" and level == 3}
    assert masteries <= {"javascript"}


def test_former_occupations_do_not_overlap():
    codes = Counter(former.rome for former in FORMER_OCCUPATIONS)
    assert [code for code, count in codes.items() if count > 1] == []
    owners: dict[str, set[str]] = {}
    for former in FORMER_OCCUPATIONS:
        assert 3 <= len(former.aliases) <= 8, former.label
        for name in (former.label, *former.aliases):
            owners.setdefault(title_key(name), set()).add(former.rome)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_every_trade_skill_comes_from_a_former_occupation():
    used = {code for former in FORMER_OCCUPATIONS for code, _level in former.skills}
    assert [skill.code for skill in ALL_SKILLS if skill.kind == "trade" and skill.code not in used] == []


def test_the_vocabulary_imports_nothing_heavy():
    allowed = ("portal.reference.words", "dataclasses", "typing")
    for path in Path(words.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules = [node.module or "." * node.level]
            else:
                continue
            assert all(module.startswith(allowed) for module in modules), (path.name, modules)


def test_rome_codes_exist(shared_data: Path):
    known = {row["code_rome"] for row in rows(shared_data / "rome/unix_referentiel_code_rome_v460_utf8.csv")}
    cited = {code for profile in PROFILES for code, _why in profile.occupations}
    cited |= {former.rome for former in FORMER_OCCUPATIONS}
    assert cited - known == set()


def test_rome_knows_the_name_of_each_former_occupation(shared_data: Path):
    """Label or one alias of each former occupation is a title that ROME files under the same code."""
    titles: dict[str, set[str]] = {}
    for row in rows(shared_data / "rome/unix_referentiel_appellation_v460_utf8.csv"):
        writings = (row["libelle_appellation_long"], row["libelle_appellation_court"])
        titles.setdefault(row["code_rome"], set()).update(title_key(writing) for writing in writings)
    for row in rows(shared_data / "rome/unix_referentiel_code_rome_v460_utf8.csv"):
        titles.setdefault(row["code_rome"], set()).add(title_key(row["libelle_rome"]))
    strangers = [
        former.label
        for former in FORMER_OCCUPATIONS
        if not {title_key(name) for name in (former.label, *former.aliases)} & titles[former.rome]
    ]
    assert strangers == []


def test_formacodes_exist(shared_data: Path):
    known = {row["code"] for row in rows(shared_data / "nomenclatures/formacode_certifinfo.csv")}
    assert {code for profile in PROFILES for code in profile.formacodes} - known == set()


def test_aliases_are_not_copied_from_the_judged_questions(shared_data: Path):
    """An alias equal to a judged question would measure memory; a plain title that ROME holds is allowed."""
    judged = {
        title_key(row["requete"])
        for path in (shared_data / "eval").glob("*_dev.csv")
        for row in rows(path)
        if "requete" in row
    }
    assert len(judged) > 1000
    official = set()
    for row in rows(shared_data / "rome/unix_referentiel_appellation_v460_utf8.csv"):
        # "... (IA)" and "... - Data Protection Officer" only repeat the title in other letters
        title = row["libelle_appellation_long"].removesuffix(" (IA)")
        official |= {title_key(title), title_key(title.split(" - ")[0])}
        official.add(title_key(row["libelle_appellation_court"].split(" - ")[-1]))
    # the names of adverts have their source, in a table of their own
    copied = {alias for profile in PROFILES for alias in profile.aliases if title_key(alias) in judged - official}
    assert copied == set()
