"""The three shapes of the portal's own vocabulary: a skill, an AI job profile, a former occupation.

Pure data: nothing here knows Django, the database or another module of the portal.
Levels wanted or held are integers: 1 notions, 2 practice, 3 mastery.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class SkillWord:
    """One skill in the words people and course titles use.

    ``code`` is a stable ascii slug, never reused for another meaning. ``family`` is a key of ``FAMILIES``.
    ``aliases`` are other writings of the same skill, compared without case or accents, on whole words.
    ``kind`` is "ai" (AI and data), "general" (useful everywhere) or "trade" (known from an ordinary occupation).
    """

    code: str
    label: str
    family: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    kind: str = "ai"


@dataclass(frozen=True)
class ProfileWord:
    """One AI job a person can aim at.

    ``usual_level`` is the European level employers usually ask for: 3 CAP, 4 bac, 5 bac+2, 6 bac+3/4, 7 bac+5.
    ``occupations`` are pairs (ROME 4.0 code, why it is evidence and what is imperfect), the closest first.
    ``essential`` and ``desirable`` map a skill code to the level wanted, 1 to 3. ``adverts`` are other names, as
    employers write them.
    """

    slug: str
    name: str
    family: str
    summary: str
    tasks: tuple[str, ...]
    usual_level: int
    entry_note: str
    aliases: tuple[str, ...]
    occupations: tuple[tuple[str, str], ...]
    formacodes: tuple[str, ...]
    essential: dict[str, int]
    desirable: dict[str, int]
    adverts: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormerWord:
    """One occupation a person may come from.

    ``skills`` are pairs (skill code, level commonly held, 1 to 3): a question put to the person, never a conclusion.
    """

    rome: str
    label: str
    aliases: tuple[str, ...]
    skills: tuple[tuple[str, int], ...]
