"""Words that nobody says here, met with the words of the catalogue that were meant.

A text is mended only when no course says it as typed: an unfinished last word first, then each unknown word by its
nearest neighbour in the catalogue's own vocabulary, then the whole text by the nearest name of a job or a skill.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from courses.search import vocabulary
from courses.search.asking import Sql
from courses.search.lexicon import Lexicon
from courses.search.text import EMPTY_WORDS, FILLERS, LONGEST_NAME, Idea, Understood, synonyms, understand, with_words
from courses.search.vocabulary import LAST_CHARACTER, Vocabulary
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
# of slips: all are told
ANY_NUMBER = 1_000
LEAST_LIKENESS = 0.35
CANDIDATES = 30

# the word, if no course says it, which the vocabulary mostly tells for less; as joins, or all documents would be read
UNSAID = """
(SELECT typed.word
FROM (SELECT word, to_tsquery('fr', word) AS query, tsvector_to_array(to_tsvector('fr', word)) AS lexemes
      FROM (SELECT %s::text AS word) given OFFSET 0) typed
WHERE numnode(typed.query) > 0
  AND NOT EXISTS (SELECT FROM courses_searchword known WHERE known.lexeme = ANY (typed.lexemes))
  AND NOT EXISTS (SELECT FROM courses_searchdocument d WHERE d.vector @@ typed.query))
"""
# what a word resembles by its trigrams, when its first letter is wrong
ALIKE = """
SELECT word FROM courses_searchword WHERE word %% %s ORDER BY similarity(word, %s) DESC, courses DESC, word LIMIT %s
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


@dataclass(frozen=True)
class Doubt:
    """Words typed that the vocabulary does not have; what was meant if no course says any of them."""

    words: tuple[str, ...]
    meant: Mended
    vocabulary: Vocabulary


def doubt_of(text: str, understood: Understood, lexicon: Lexicon) -> Doubt | None:
    """What is likely to be wrong with a text, from memory alone; None where nothing is, or where it takes more."""
    known = vocabulary.remembered()
    # nothing is read anew for words that were known at any time: where they are not found, they are looked at again
    if not understood or (known is not None and not strangers(understood, known)):
        return None
    known = vocabulary.at_hand()
    words = strangers(understood, known) if known is not None else ()
    # said by no course, such a word leaves a text without an answer
    alone = {idea.ways[0] for idea in understood.ideas if len(idea.ways) == 1 and not idea.labels}
    if known is None or not any((word,) in alone for word in words):
        return None
    meant = next(mends(text, understood, lexicon, known, words, from_memory=True), None)
    # of a sentence, some words keep nothing away: they are asked for besides
    if meant is None or any(idea.is_optional for idea in (*understood.ideas, *meant.understood.ideas)):
        return None
    return Doubt(words, meant, known)


def strangers(understood: Understood, known: Vocabulary) -> tuple[str, ...]:
    """The words of a text that the vocabulary does not have, in their order; a course may still say them."""
    words = dict.fromkeys(word for idea in understood.ideas for word in idea.ways[0])
    return tuple(word for word in words if len(word) >= SHORTEST_WORD and word not in known)


def unsaid(words: Sequence[str]) -> Sql:
    """Those of the words that no course says, in their order, a space between."""
    return Sql(f"concat_ws(' ', {', '.join([UNSAID] * len(words))})", [*words])


def ask_unsaid(words: Sequence[str]) -> tuple[str, ...]:
    """Those of the words that no course says."""
    if not words:
        return ()
    asked = unsaid(words)
    with prepared_cursor() as cursor:
        cursor.execute(f"SELECT {asked.text}", asked.parameters)
        return tuple(cursor.fetchone()[0].split())


def mends(
    text: str,
    understood: Understood,
    lexicon: Lexicon,
    known: Vocabulary,
    unknown: Sequence[str],
    *,
    from_memory: bool = False,
) -> Iterator[Mended]:
    """What was probably meant, the likeliest first. `unknown`: the words of the text that no course says.

    A statement or two when memory is of no help; `from_memory`: the first of them only, if memory alone tells it.
    """
    words = [word for idea in understood.ideas for word in idea.ways[0]]
    named = complete_name(text, lexicon)
    if named is not None:
        yield replace(named, is_needed=bool(unknown))
    of_names = _words_of_names(lexicon)
    # "deep lerning": no course says "deep" either, and nothing is wrong with it
    wrong = [word for word in unknown if word not in of_names]
    last = words[-1]
    endings = tuple(word for word, _courses in known.beginning(last, MOST_COMPLETIONS)) if last in unknown else ()
    near = {word: _near(word, known, of_names) for word in wrong if not (word == last and endings)}
    if from_memory and not all(near.values()):
        return
    spelled = _spelled(near, understood, lexicon)
    if last not in spelled and endings:
        begun = with_words(understood, spelled, lexicon.names) if spelled else understood
        yield Mended(_open_last(begun), " ".join(spelled.get(word, word) for word in words), endings)
    elif spelled and len(spelled) == len(wrong):
        meant = with_words(understood, spelled, lexicon.names)
        yield Mended(meant, " ".join(spelled.get(word, word) for word in words))
    name = nearest_name(text) if unknown and not from_memory else None
    if name and (meant := understand(name, lexicon.names)):
        yield Mended(meant, name)


def _near(word: str, known: Vocabulary, of_names: Vocabulary) -> list[str]:
    """The words that it nearly is: those of the catalogue, else those of names."""
    for words in (known, of_names):
        # most slips are single, and few words are that near
        for slips_at_most in range(1, most_slips(word) + 1):
            if near := nearest_words(word, words.near(word, slips_at_most), slips_at_most):
                return near
    return []


def _spelled(near: dict[str, list[str]], understood: Understood, lexicon: Lexicon) -> dict[str, str]:
    """Word typed → word meant, for those that have a near one."""
    spelled = {}
    for word, found in near.items():
        meant = found or nearest_words(word, _alike(word))
        if len(meant) == 1:
            spelled[word] = meant[0]
        elif meant:
            # of equal slips, the one that makes a name with its neighbours: "pover bi" is "power bi"
            spelled[word] = min(meant, key=lambda each: len(with_words(understood, {word: each}, lexicon.names).ideas))
    return spelled


def _words_of_names(lexicon: Lexicon) -> Vocabulary:
    """The words of synonyms and of names."""

    def read() -> Vocabulary:
        said = {word for name in (*synonyms(), *lexicon.names) for word in name.split() if len(word) >= SHORTEST_WORD}
        return Vocabulary(sorted(said - FILLERS))

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
    return vocabulary.as_they_stand().beginning(beginning, MOST_COMPLETIONS)


def nearest_name(text: str) -> str | None:
    """The name of a job or of a skill that is spelled most like `text`; None when nothing is near."""
    with prepared_cursor() as cursor:
        cursor.execute(NAMES, {"key": title_key(text), "least": LEAST_LIKENESS})
        found = cursor.fetchone()
    return found[0] if found else None


def most_slips(typed: str) -> int:
    """How many letters may be wrong, by the length of the word."""
    return 1 if len(typed) <= ONE_SLIP_UP_TO else 2


def nearest_words(typed: str, known: Iterable[str], most: int | None = None) -> list[str]:
    """The words among `known` with the fewest slips, and few enough, in their order; never a look-alike."""
    most = most or most_slips(typed)
    by_slips: dict[int, list[str]] = {}
    for word in known:
        if word == typed or frozenset((typed, word)) in NEVER_ALIKE or abs(len(word) - len(typed)) > most:
            continue
        by_slips.setdefault(slips(typed, word, most), []).append(word)
    return by_slips[min(by_slips)] if by_slips and min(by_slips) <= most else []


def slips(one: str, other: str, most: int = ANY_NUMBER) -> int:
    """Letters added, left out, changed, or two of them swapped: the distance of Damerau and Levenshtein.

    More than `most` may be told as any number above it.
    """
    # what both begin and end with changes nothing, and is most of two words that nearly agree
    first, last = 0, min(len(one), len(other))
    while first < last and one[first] == other[first]:
        first += 1
    end = 0
    while end < last - first and one[-1 - end] == other[-1 - end]:
        end += 1
    one, other = one[first : len(one) - end], other[first : len(other) - end]
    if not one or not other or len(one) == len(other) == 1:
        return max(len(one), len(other))
    if most == 1:
        return 1 if len(one) == len(other) == 2 and one == other[::-1] else 2
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
