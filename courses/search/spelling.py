"""Words that nobody says here, met with the words of the catalogue that were meant.

A text is mended only when no course says it as typed: an unfinished last word first, then each unknown word by its
nearest neighbour in the catalogue's own vocabulary, then the whole text by the nearest name of a job or a skill.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice

from courses.search.lexicon import Lexicon
from courses.search.text import EMPTY_WORDS, FILLERS, LONGEST_NAME, Idea, Understood, synonyms, understand, with_words
from portal.prepared import prepared_cursor
from portal.reference.traps import NEVER_ALIKE
from portal.reference.wording import fold_gender, plain, title_key

SHORTEST_WORD = 3
SHORTEST_BEGINNING = 3
MOST_COMPLETIONS = 8
# other names that the same letters begin
MOST_ENDINGS = 5
# letters that may differ, by the length of the word
ONE_SLIP_UP_TO = 5
LEAST_LIKENESS = 0.35
CANDIDATES = 30
LAST_CHARACTER = chr(0x10FFFF)

# of the words typed, those that no course says: what they begin, and the words of the same beginning and length that
# differ by two letters at most
LOOK_UP = """
SELECT typed.word,
  ARRAY(SELECT known.word FROM courses_searchword known
        WHERE known.word ~>=~ typed.word AND known.word ~<~ (typed.word || chr(1114111))
        ORDER BY known.courses DESC, known.word LIMIT %s),
  ARRAY(SELECT known.word FROM courses_searchword known
        WHERE known.word ~>=~ left(typed.word, 1) AND known.word ~<~ (left(typed.word, 1) || chr(1114111))
          AND length(known.word) BETWEEN length(typed.word) - 2 AND length(typed.word) + 2
          AND levenshtein_less_equal(known.word, typed.word, 2) <= 2
        ORDER BY known.courses DESC, known.word LIMIT %s)
FROM (SELECT word, place, to_tsquery('fr', word) AS query FROM unnest(%s::text[]) WITH ORDINALITY AS each(word, place)
      OFFSET 0) typed
WHERE NOT EXISTS (
    SELECT FROM courses_searchword known WHERE known.lexeme = ANY (tsvector_to_array(to_tsvector('fr', typed.word))))
  AND numnode(typed.query) > 0
  AND NOT EXISTS (SELECT FROM courses_searchdocument d WHERE d.vector @@ typed.query)
ORDER BY typed.place
"""
# what a word resembles by its trigrams, when its first letter is wrong
ALIKE = """
SELECT word FROM courses_searchword WHERE word %% %s ORDER BY similarity(word, %s) DESC, courses DESC, word LIMIT %s
"""
COMPLETE = """
SELECT word, courses FROM courses_searchword WHERE word ~>=~ %s AND word ~<~ %s ORDER BY courses DESC, word LIMIT %s
"""
# the nearest name of a job or of a skill, and how near
NAMES = """
SELECT name, likeness FROM (
  SELECT name, similarity(key, %(key)s) AS likeness, 1 AS place FROM reference_jobprofile
    WHERE is_shown AND key %% %(key)s
  UNION ALL
  SELECT p.name, similarity(a.key, %(key)s), 1 FROM reference_jobprofilealias a
    JOIN reference_jobprofile p ON p.id = a.profile_id WHERE p.is_shown AND a.key %% %(key)s
  UNION ALL
  SELECT label, similarity(key, %(key)s), 2 FROM reference_skill
    WHERE key %% %(key)s AND kind IN ('ai', 'general', 'trade')
) known WHERE likeness >= %(least)s ORDER BY likeness DESC, place, name LIMIT 1
"""


@dataclass(frozen=True)
class Mended:
    """`text`: the words that were looked for instead; `endings`: the words that an unfinished one may begin.

    `is_needed`: one of the words typed is said nowhere, so the text cannot be.
    """

    understood: Understood
    text: str
    endings: tuple[str, ...] = ()
    is_needed: bool = True


def mends(text: str, understood: Understood, lexicon: Lexicon) -> Iterator[Mended]:
    """What was probably meant, the likeliest first. One statement, a few more when the words are of no help."""
    words = [word for idea in understood.ideas for word in idea.ways[0]]
    unknown = _look_up([word for word in words if len(word) >= SHORTEST_WORD])
    named = complete_name(text, lexicon)
    if named is not None:
        yield replace(named, is_needed=bool(unknown))
    of_names = _words_of_names(lexicon)
    # "deep lerning": no course says "deep" either, and nothing is wrong with it
    wrong = {word: found for word, found in unknown.items() if word not in of_names.get(word[0], ())}
    last, spelled = words[-1], _spelled(wrong, understood, words[-1], lexicon)
    if last in unknown and last not in spelled and unknown[last].endings:
        begun = with_words(understood, spelled, lexicon.names) if spelled else understood
        yield Mended(_open_last(begun), " ".join(spelled.get(word, word) for word in words), unknown[last].endings)
    elif spelled and len(spelled) == len(wrong):
        meant = with_words(understood, spelled, lexicon.names)
        yield Mended(meant, " ".join(spelled.get(word, word) for word in words))
    name = nearest_name(text) if unknown else None
    if name and (meant := understand(name, lexicon.names)):
        yield Mended(meant, name)


@dataclass(frozen=True)
class Unknown:
    """A word that no course says: words that it begins, words that it nearly is."""

    endings: tuple[str, ...]
    near: list[str]


def _look_up(words: list[str]) -> dict[str, Unknown]:
    with prepared_cursor() as cursor:
        cursor.execute(LOOK_UP, [MOST_COMPLETIONS, CANDIDATES, words])
        return {word: Unknown(tuple(endings), near) for word, endings, near in cursor.fetchall()}


def _spelled(unknown: dict[str, Unknown], understood: Understood, last: str, lexicon: Lexicon) -> dict[str, str]:
    """Word typed → word meant, for those that have a near one; an unfinished last word is left to its endings."""
    spelled = {}
    for word, found in unknown.items():
        if word == last and found.endings:
            continue
        meant = nearest_words(word, found.near)
        meant = meant or nearest_words(word, _words_of_names(lexicon).get(word[0], []))
        meant = meant or nearest_words(word, _alike(word))
        if len(meant) == 1:
            spelled[word] = meant[0]
        elif meant:
            # of equal slips, the one that makes a name with its neighbours: "pover bi" is "power bi"
            spelled[word] = min(meant, key=lambda each: len(with_words(understood, {word: each}, lexicon.names).ideas))
    return spelled


def _words_of_names(lexicon: Lexicon) -> dict[str, list[str]]:
    """The words of synonyms and of names, by their first letter."""

    def read() -> dict[str, list[str]]:
        said = {word for name in (*synonyms(), *lexicon.names) for word in name.split() if len(word) >= SHORTEST_WORD}
        return {letter: list(begun) for letter, begun in groupby(sorted(said - FILLERS), key=lambda word: word[0])}

    return lexicon.remember("words of names", read)


def _alike(word: str) -> list[str]:
    with prepared_cursor() as cursor:
        cursor.execute(ALIKE, [word, word, CANDIDATES])
        return [found for (found,) in cursor.fetchall()]


def complete_name(text: str, lexicon: Lexicon) -> Mended | None:
    """A name of the portal that the last words begin: "machine lear" is "machine learning"."""
    known = lexicon.remember("sorted names", lambda: sorted({*synonyms(), *lexicon.names}))
    words = [word for word in plain(text).split() if word not in EMPTY_WORDS]
    for start in range(max(0, len(words) - LONGEST_NAME), len(words)):
        begun = fold_gender(" ".join(words[start:]))
        if len(begun) <= SHORTEST_BEGINNING:
            continue
        begins = islice(known, bisect_left(known, begun), bisect_left(known, begun + LAST_CHARACTER))
        endings = sorted(begins, key=lambda name: (len(name), name))
        if endings:
            texts = [" ".join([*words[:start], name]) for name in endings[:MOST_ENDINGS]]
            return Mended(understand(texts[0], lexicon.names), texts[0], tuple(texts[1:]))
    return None


def completions(beginning: str) -> list[tuple[str, int]]:
    """Words of the catalogue that begin so, and how many courses say each, the commonest first."""
    with prepared_cursor() as cursor:
        cursor.execute(COMPLETE, [beginning, beginning + LAST_CHARACTER, MOST_COMPLETIONS])
        return cursor.fetchall()


def nearest_name(text: str) -> str | None:
    """The name of a job or of a skill that is spelled most like `text`; None when nothing is near."""
    with prepared_cursor() as cursor:
        cursor.execute(NAMES, {"key": title_key(text), "least": LEAST_LIKENESS})
        found = cursor.fetchone()
    return found[0] if found else None


def nearest_words(typed: str, known: list[str]) -> list[str]:
    """The words among `known` with the fewest slips, and few enough, in their order; never a look-alike."""
    most = 1 if len(typed) <= ONE_SLIP_UP_TO else 2
    by_slips: dict[int, list[str]] = {}
    for word in known:
        if word == typed or frozenset((typed, word)) in NEVER_ALIKE or abs(len(word) - len(typed)) > most:
            continue
        by_slips.setdefault(slips(typed, word), []).append(word)
    return by_slips[min(by_slips)] if by_slips and min(by_slips) <= most else []


def slips(one: str, other: str) -> int:
    """Letters added, left out, changed, or two of them swapped: the distance of Damerau and Levenshtein."""
    # what both begin and end with changes nothing, and is most of two words that nearly agree
    first, last = 0, min(len(one), len(other))
    while first < last and one[first] == other[first]:
        first += 1
    end = 0
    while end < last - first and one[-1 - end] == other[-1 - end]:
        end += 1
    one, other = one[first : len(one) - end], other[first : len(other) - end]
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, before = before, row
        row = [i]
        for j, mate in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != mate))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == mate:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _open_last(understood: Understood) -> Understood:
    """The last idea as the beginning of a word."""
    *ideas, last = understood.ideas
    *whole, begun = last.ways[0]
    opened = [Idea((tuple(whole),))] if whole else []
    return replace(understood, ideas=(*ideas, *opened, Idea(((begun,),), open_ended=True)))
