"""What the words of a question mean: ideas, each with all that says it. Pure: the words known are given.

A text is read as ideas that must all be met. An idea is a name of the portal (a job, a skill, a ROME title), a
synonym group, or a word; it is met by its own words, by those of a synonym, or by a label of the document.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from portal.reference.wording import fold_gender, normalise, plain
from portal.reference.words.synonyms import GROUPS

MOST_WORDS = 12
LONGEST_NAME = 7
# little words that say nothing of a course; left in place they would be asked of every text
FILLERS = frozenset(
    "a as au aux avec c ce ces chez comme comment d dans de des du elle en es est et etre il j je l la le les leur ma"
    " mais me mes mon ne nos notre nous on ou par pas pour qu quand que qui quoi rien sa sais se ses son sur suis ta te"
    " tes ton tu un une veux vers vos votre vous y".split()
)
# said of every course: alone they ask for all of them, beside another word they ask for nothing
# no listing says free of charge, and for whom: a filter does
FREE_WORDS = frozenset("gratuit gratuits gratuite gratuites gratuitement".split())
EMPTY_WORDS = frozenset("formation formations cours stage stages cursus apprendre".split()) | FREE_WORDS

# a text of so many words, or of three that begins so, is a sentence
SENTENCE_WORDS = 6
SENTENCE_BEGINS = frozenset("je j comment apprendre devenir decouvrir me".split())

_RUNS = re.compile(r"[^\W_]+")

Words = tuple[str, ...]
Names = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Idea:
    """One thing asked. `ways`: groups of words, any of which says it; `labels`: what documents carry for it.

    `open_ended`: the words are beginnings of words.
    """

    ways: tuple[Words, ...]
    labels: tuple[str, ...] = ()
    open_ended: bool = False
    # how many of the ways are the words typed, in either gender; the others mean the same
    own_ways: int = 1
    # of a sentence: it brings points where it is met, and keeps nothing away
    is_optional: bool = False

    @property
    def said(self) -> str:
        return " ".join(self.ways[0])


@dataclass(frozen=True)
class Understood:
    """A text as ideas. `is_partial`: no course meets them all, one is enough."""

    ideas: tuple[Idea, ...] = ()
    is_partial: bool = False

    def __bool__(self) -> bool:
        return bool(self.ideas)

    def one_is_enough(self) -> "Understood":
        return replace(self, is_partial=True)


def understand(text: str, names: Names) -> Understood:
    """Read `text` (as somebody typed it) with the names that are known. A text without a word asks nothing."""
    tokens = _tokens(text)
    ideas: list[Idea] = []
    place = 0
    while place < len(tokens):
        idea, used = _idea_at(tokens, place, names)
        if idea is not None and idea.ways not in [known.ways for known in ideas]:
            ideas.append(idea)
        place += used
    return Understood(_of_a_sentence(tuple(ideas)) if _is_sentence(text) else tuple(ideas))


def _is_sentence(text: str) -> bool:
    """Whether somebody tells what they want rather than names it."""
    if len(_RUNS.findall(text)) < 3:
        return False
    words = plain(text).split()
    return len(words) >= SENTENCE_WORDS or (len(words) >= 3 and words[0] in SENTENCE_BEGINS)


def _of_a_sentence(ideas: tuple[Idea, ...]) -> tuple[Idea, ...]:
    """The names of a sentence must be met; its other words only help to choose. Without a name, all must."""
    if not any(idea.labels for idea in ideas):
        return ideas
    return tuple(replace(idea, is_optional=not idea.labels) for idea in ideas)


def with_words(understood: Understood, spelled: Mapping[str, str], names: Names) -> Understood:
    """The same ideas with some words spelled otherwise (word typed → word meant)."""
    words = [spelled.get(word, word) for idea in understood.ideas for word in idea.ways[0]]
    return understand(" ".join(words), names)


def _tokens(text: str) -> Words:
    words = tuple(normalise(text).split())[: 2 * MOST_WORDS]
    useful = [word for word in words if word not in FILLERS and word not in EMPTY_WORDS]
    if not useful:  # "formation" alone, or nothing but little words
        said = [word for word in words if word not in FILLERS]
        useful = [word for word in said if word not in FREE_WORDS]
        if said and not useful:  # "gratuit" alone
            useful = ["formation"]
        return tuple(useful[:MOST_WORDS])
    return tuple(word for word in words if word not in EMPTY_WORDS)


def _idea_at(tokens: Words, place: int, names: Names) -> tuple[Idea | None, int]:
    """The longest idea that begins at `place`, and how many words it takes; None for a little word."""
    for size in range(min(LONGEST_NAME, len(tokens) - place), 0, -1):
        words = tokens[place : place + size]
        if words[0] in FILLERS or words[-1] in FILLERS:
            continue
        key = fold_gender(" ".join(words))
        same = synonyms().get(key, ())
        labels = names.get(key, ())
        if not labels and same:  # "machine learning" is a name where "ML" is typed
            labels = next((found for way in same if (found := names.get(fold_gender(" ".join(way)), ()))), ())
        if labels or same or size == 1:
            own = tuple(word for word in words if word not in FILLERS)
            # "développeuse" is looked for as "développeur" too
            folded = tuple(fold_gender(word) for word in own)
            typed = tuple(dict.fromkeys([own, folded]))
            return Idea(tuple(dict.fromkeys([*typed, *same])), labels, own_ways=len(typed)), size
    return None, 1


def asks_for_free(text: str) -> bool:
    """Whether `text` says that it should cost nothing."""
    return not FREE_WORDS.isdisjoint(plain(text).split())


@cache
def synonyms() -> dict[str, tuple[Words, ...]]:
    """Key of a phrase → the ways to say the same, as words without accents."""
    found: dict[str, tuple[Words, ...]] = {}
    for group in GROUPS:
        written = [plain(phrase) for phrase in group]
        ways = tuple(tuple(word for word in each.split() if word not in FILLERS) for each in written)
        for each in written:
            found[fold_gender(each)] = ways
    return found
