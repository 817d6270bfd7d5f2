"""The portal's own vocabulary: skills, AI job profiles, former occupations. Pure data, no Django.

``WORDS_VERSION`` changes with any change of meaning: it is kept beside each answer, so that an answer can be replayed.
"""

from dataclasses import replace

from portal.reference.words.families import FAMILIES
from portal.reference.words.levels import SKILL_LEVELS
from portal.reference.words.profiles import PROFILES
from portal.reference.words.shapes import EvidenceWord, SkillWord
from portal.reference.words.skills_ai import AI_SKILLS
from portal.reference.words.skills_esco import ESCO_CONCEPTS
from portal.reference.words.skills_general import GENERAL_SKILLS
from portal.reference.words.skills_rome import ROME_ITEMS
from portal.reference.words.trades import FORMER_OCCUPATIONS, TRADE_SKILLS

WORDS_VERSION = "2027.2"


def _with_levels_and_evidence(word: SkillWord) -> SkillWord:
    evidence = tuple(
        EvidenceWord(source, code, closeness)
        for source, known in (("rome", ROME_ITEMS), ("esco", ESCO_CONCEPTS))
        for code, closeness in known.get(word.code, ())
    )
    return replace(word, levels=SKILL_LEVELS.get(word.code, ()), evidence=evidence)


ALL_SKILLS: tuple[SkillWord, ...] = tuple(
    _with_levels_and_evidence(word) for word in (*AI_SKILLS, *GENERAL_SKILLS, *TRADE_SKILLS)
)

__all__ = ["ALL_SKILLS", "FAMILIES", "FORMER_OCCUPATIONS", "PROFILES", "WORDS_VERSION"]
