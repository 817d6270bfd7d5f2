"""The catalogue's own words, kept in memory by each process: which of them a beginning has, which a slip may mean.

An answer never rests on them: whether a word is said, and by what, is asked of the documents each time. What is
remembered may be half a minute old; inside a transaction, which may have edited, it is read or compared with the table.
"""

import time
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection

from portal.prepared import prepared_cursor

BELIEVED_SECONDS = 30
LAST_CHARACTER = chr(0x10FFFF)
# from so many words on it is quicker to choose the commonest before sorting them
MANY = 200

# changes with every word and every count
FINGERPRINT = "(SELECT coalesce(sum(hashtextextended(word, courses)), 0)::text FROM courses_searchword)"
READ = f"""
SELECT string_agg(word, ' '), string_agg(int4send(courses), ''::bytea), {FINGERPRINT}
FROM (SELECT word, courses FROM courses_searchword ORDER BY word COLLATE "C") known
"""  # noqa: S608 (our own text)

_LETTERS = np.zeros(256, dtype=np.uint32)
for _code in b"abcdefghijklmnopqrstuvwxyz0123456789":
    _LETTERS[_code] = 1 << (_code % 32)
_LETTER_BITS = {chr(code): int(bit) for code, bit in enumerate(_LETTERS)}


class Vocabulary:
    """Words in ascending order, and how many courses say each."""

    def __init__(self, words: Sequence[str], courses: np.ndarray | None = None, fingerprint: str = ""):
        self.words = words
        self.courses = np.zeros(len(words), dtype=np.int32) if courses is None else courses
        self.fingerprint = fingerprint
        # the place of each among all, the commonest first
        self._ranks = np.empty(len(words), dtype=np.int32)
        self._ranks[np.argsort(-self.courses, kind="stable")] = np.arange(len(words), dtype=np.int32)
        self._lengths = np.array([len(word) for word in words], dtype=np.int16)
        self._letters = _letters_of(words)

    def __contains__(self, word: str) -> bool:
        place = bisect_left(self.words, word)
        return place < len(self.words) and self.words[place] == word

    def beginning(self, begun: str, most: int) -> list[tuple[str, int]]:
        """The words that begin so, and how many courses say each, the commonest first."""
        first, end = self._begun(begun)
        ranks = self._ranks[first:end]
        if len(ranks) > max(most, MANY):
            chosen = np.argpartition(ranks, most)[:most]
            chosen = chosen[ranks[chosen].argsort()]
        else:
            chosen = ranks.argsort()[:most]
        return [(self.words[place], int(self.courses[place])) for place in (chosen + first).tolist()]

    def near(self, typed: str, slips: int) -> list[str]:
        """The words of the same first letter that may be so many slips away, the commonest first.

        All that are, and a few that are not: told by their lengths and by the letters that only one of the two has.
        """
        first, end = self._begun(typed[:1])
        # a slip takes one letter away at most, and brings another
        apart = np.bitwise_count(self._letters[first:end] ^ np.uint32(_letters_in(typed)))
        lengths = np.abs(self._lengths[first:end] - len(typed))
        (found,) = ((apart <= 2 * slips) & (lengths <= slips)).nonzero()
        found = found[self._ranks[first:end][found].argsort()]
        return [self.words[place] for place in (found + first).tolist()]

    def _begun(self, begun: str) -> tuple[int, int]:
        first = bisect_left(self.words, begun)
        return first, bisect_left(self.words, begun + LAST_CHARACTER, first)


def _letters_of(words: Sequence[str]) -> np.ndarray:
    """Which letters each word has, as bits; those that are no plain letters are in none."""
    if not words:
        return np.zeros(0, dtype=np.uint32)
    written = np.array([word.encode("ascii", "replace") for word in words])
    return np.bitwise_or.reduce(_LETTERS[written.view(np.uint8).reshape(len(words), -1)], axis=1)


def _letters_in(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= _LETTER_BITS.get(letter, 0)
    return bits


@dataclass(frozen=True)
class _Remembered:
    vocabulary: Vocabulary
    # monotonic
    read_at: float


_last: _Remembered | None = None


def forget() -> None:
    global _last  # noqa: PLW0603 (one per process, replaced whole)
    _last = None


def as_they_stand() -> Vocabulary:
    """The words: those of this very moment inside a transaction, else of half a minute ago at most."""
    known = None if connection.in_atomic_block else at_hand()
    return _read() if known is None else known


def remembered() -> Vocabulary | None:
    """The words as they were read last, at any time."""
    return None if _last is None else _last.vocabulary


def at_hand() -> Vocabulary | None:
    """The words remembered. Inside a transaction they may be of before it: compare FINGERPRINT, or only guess."""
    if connection.in_atomic_block:
        return remembered()
    if _last is None or time.monotonic() - _last.read_at > BELIEVED_SECONDS:
        return _read()
    return _last.vocabulary


def _read() -> Vocabulary:
    global _last  # noqa: PLW0603 (one per process, replaced whole)
    began = time.monotonic()
    with prepared_cursor() as cursor:
        cursor.execute(READ)
        words, courses, fingerprint = cursor.fetchone()
    counts = np.frombuffer(courses or b"", dtype=">i4").astype(np.int32)
    vocabulary = Vocabulary((words or "").split(), counts, fingerprint)
    _last = _Remembered(vocabulary, began)
    return vocabulary
