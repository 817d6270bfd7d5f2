"""The portal's own vocabulary: skills, AI job profiles, former occupations. Pure data, no Django.

``WORDS_VERSION`` changes with any change of meaning: it is kept beside each answer, so that an answer can be replayed.
"""

from portal.reference.words.families import FAMILIES
from portal.reference.words.profiles import PROFILES
from portal.reference.words.shapes import SkillWord
from portal.reference.words.skills_ai import AI_SKILLS
from portal.reference.words.skills_general import GENERAL_SKILLS
from portal.reference.words.trades import FORMER_OCCUPATIONS, TRADE_SKILLS

WORDS_VERSION = "2027.2"

ALL_SKILLS: tuple[SkillWord, ...] = (*AI_SKILLS, *GENERAL_SKILLS, *TRADE_SKILLS)

__all__ = ["ALL_SKILLS", "FAMILIES", "FORMER_OCCUPATIONS", "PROFILES", "WORDS_VERSION"]
