"""Words of a text in comparable form, each with its place in the text."""

import re
from dataclasses import dataclass
from functools import lru_cache

from portal.reference.wording import plain

CHUNK = re.compile(r"\S+")
ENDS_SENTENCE = re.compile(r"[.;:!?,)\]»\"]+$")
STARTS_SENTENCE = re.compile(r"^[(\[«\"•–—-]")
LINKS = frozenset("a au aux avec dans de des du en et for in l la le les of on ou par pour sur the un une with".split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text in comparable form, and where it is; `sentence` counts the pieces punctuation parts."""

    key: str
    start: int
    end: int
    sentence: int


def key_words(text: str) -> tuple[str, ...]:
    """Words of `text` without accents, case, plural or link words.

    "Analyses de données" and "analyse des données" agree; "date" and "data" do not.
    """
    return tuple(singular(word) for word in plain(text).split() if word not in LINKS)


@lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    return word[:-1] if len(word) > 2 and word[-1] in "sx" and not word[-2].isdigit() else word


@lru_cache(maxsize=50_000)
def _keys_of(chunk: str) -> tuple[str, ...]:
    return key_words(chunk)


def words_of(text: str) -> list[Word]:
    found, sentence = [], 0
    for chunk in CHUNK.finditer(text):
        if STARTS_SENTENCE.match(chunk[0]):
            sentence += 1
        found += [Word(key, chunk.start(), chunk.end(), sentence) for key in _keys_of(chunk[0])]
        if ENDS_SENTENCE.search(chunk[0]) or "\n" in text[chunk.end() : chunk.end() + 2]:
            sentence += 1
    return found
