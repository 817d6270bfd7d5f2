"""The levels of our skills are told in observable words, and their evidence is in the public files. No database."""

import re
from collections import Counter
from pathlib import Path

import pytest

from portal.reference.enums import Closeness, EvidenceSource
from portal.reference.wording import plain
from portal.reference.words import ALL_SKILLS
from portal.reference.words.levels import SKILL_LEVELS
from portal.reference.words.shapes import SkillWord
from portal.reference.words.skills_esco import ESCO_CONCEPTS
from portal.reference.words.skills_rome import ROME_ITEMS
from tests.portal.reference.test_words import rows

AI = [skill for skill in ALL_SKILLS if skill.kind == "ai"]
TOLD = [skill for skill in ALL_SKILLS if skill.kind != "trade"]
# words of a level: what a beginner does not do, what a master no longer does
MASTERY_ONLY = ("dirige", "negocie", "arbitre", "invente", "fixe", "garantit", "pilote")

by_code = pytest.mark.parametrize("skill", TOLD, ids=lambda skill: skill.code)


def first_word(sentence: str) -> str:
    return re.split(r"[ ,]", sentence.removeprefix("Se "))[0].capitalize()


def test_every_skill_but_those_of_trades_has_three_levels():
    assert {skill.code for skill in TOLD} == SKILL_LEVELS.keys()
    assert all(len(skill.levels) == 3 for skill in TOLD)
    assert all(skill.levels == () for skill in ALL_SKILLS if skill.kind == "trade")


@by_code
def test_a_level_is_a_short_sentence_that_begins_with_what_is_done(skill: SkillWord):
    for sentence in skill.levels:
        assert 30 <= len(sentence) <= 130, sentence
        assert re.fullmatch(r"[A-ZÀ-Ý][^.]*\.", sentence), sentence
        assert "’" not in sentence
        assert '"' not in sentence
        # the third person of the present: lit, construit, défend, convainc; never an infinitive, never "sait"
        assert re.search(r"(e|t|d|nc)$", first_word(sentence)), sentence
        assert first_word(sentence) not in {"Sait", "Connaît", "Peut", "Est", "A"}, sentence


@by_code
def test_levels_of_a_skill_begin_differently_and_the_first_is_no_mastery(skill: SkillWord):
    verbs = [plain(first_word(sentence)) for sentence in skill.levels]
    assert len(set(verbs)) >= 2, skill.levels
    assert verbs[0] not in MASTERY_ONLY, skill.levels


def test_no_sentence_is_told_twice():
    sentences = Counter(plain(sentence) for skill in TOLD for sentence in skill.levels)
    assert [sentence for sentence, count in sentences.items() if count > 1] == []


def test_no_sentence_supposes_a_man_or_a_woman():
    """The subject is left out, and no word agrees with it."""
    gendered = re.compile(r"\b(elle-même|qui lui (est|sont)|autour (de lui|d'elle))\b")
    told = [sentence for skill in TOLD for sentence in skill.levels]
    assert [sentence for sentence in told if gendered.search(sentence)] == []


def test_evidence_is_about_known_skills_said_once_and_judged():
    codes = {skill.code for skill in AI}
    for table in (ROME_ITEMS, ESCO_CONCEPTS):
        assert table.keys() <= codes
        for code, links in table.items():
            assert links, code
            assert len({item for item, _closeness in links}) == len(links), code
            assert {closeness for _item, closeness in links} <= set(Closeness.values), code
    assert {link.source for skill in AI for link in skill.evidence} == set(EvidenceSource.values)


def test_what_the_public_lists_do_not_know_has_no_evidence():
    """ROME 4.0 and ESCO 1.0 were written before generative AI: a link here would be invented."""
    unknown = "llm redaction-invites rag agents-ia ajustement-llm injection-invites reglement-ia biais".split()
    evidence = {skill.code: skill.evidence for skill in AI}
    assert [code for code in unknown if evidence[code]] == []


def test_an_exact_item_belongs_to_one_skill_only():
    owners = Counter(
        (link.source, link.code) for skill in AI for link in skill.evidence if link.closeness == Closeness.EXACT
    )
    assert [link for link, count in owners.items() if count > 1] == []


def test_cited_items_of_rome_exist(shared_data: Path):
    known = {row["code_ogr_savoir"] for row in rows(shared_data / "rome/unix_referentiel_savoir_v460_utf8.csv")}
    known |= {row["code_ogr"] for row in rows(shared_data / "rome/unix_referentiel_competence_v460_utf8.csv")}
    assert {item for links in ROME_ITEMS.values() for item, _closeness in links} - known == set()


def test_cited_concepts_of_esco_exist(shared_data: Path):
    known = {row["concept"] for row in rows(shared_data / "eval/competences_concepts.csv")}
    assert {item for links in ESCO_CONCEPTS.values() for item, _closeness in links} - known == set()
