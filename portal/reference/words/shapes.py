"""The shapes of the portal's own vocabulary: a skill and its evidence, an AI job profile, a former occupation.

Pure data: nothing here knows Django, the database or another module of the portal.
Levels wanted or held are integers: 1 notions, 2 practice, 3 mastery.
"""

from dataclasses import dataclass

# what somebody can be seen doing at levels 1, 2 and 3: three sentences that begin with their verb
type Levels = tuple[str, str, str]


@dataclass(frozen=True)
class EvidenceWord:
    """A public list that knows the skill too.

    ``source`` is "rome" (``code``: the OGR number of a ROME 4.0 item) or "esco" (``code``: the end of the concept's
    URI). ``closeness`` is "exact" (the same skill), "close" (a good part of it, a near neighbour) or "wider" (the skill
    is a part of it).
    """

    source: str
    code: str
    closeness: str


@dataclass(frozen=True)
class SkillWord:
    """One skill in the words people and course titles use.

    ``code`` is a stable ascii slug, never reused for another meaning. ``family`` is a key of ``FAMILIES``.
    ``aliases`` are other writings of the same skill, compared without case or accents, on whole words.
    ``kind`` is "ai" (AI and data), "general" (useful everywhere) or "trade" (known from an ordinary occupation).
    ``levels`` is empty for the skills of trades, ``evidence`` where the public lists have nothing true to say.
    """

    code: str
    label: str
    family: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    kind: str = "ai"
    levels: Levels | tuple[()] = ()
    evidence: tuple[EvidenceWord, ...] = ()


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
