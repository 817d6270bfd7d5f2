"""Words that nobody says here, met with the words of the catalogue that were meant.

A text is mended only when no course says it as typed: an unfinished last word first, then each unknown word by its
nearest neighbour in the catalogue's own vocabulary, then the whole text by the nearest name of a job or a skill.
"""

from dataclasses import dataclass, replace

from django.db import connection

from courses.search.text import EMPTY_WORDS, LONGEST_NAME, Idea, Names, Understood, synonyms, understand, with_words
from portal.reference.traps import NEVER_ALIKE
from portal.reference.wording import fold_gender, plain, title_key

SHORTEST_WORD = 3
SHORTEST_BEGINNING = 3
MOST_COMPLETIONS = 8
# letters that may differ, by the length of the word
ONE_SLIP_UP_TO = 5
LEAST_LIKENESS = 0.35
CANDIDATES = 30

# unknown words, what they begin, and what they resemble: by trigrams, or by the same first letters and length
LOOK_UP = """
SELECT typed.word,
  ARRAY(SELECT known.word FROM courses_searchword known
        WHERE known.word LIKE typed.word || '%%' ORDER BY known.courses DESC, known.word LIMIT %s),
  ARRAY(SELECT near.word FROM (
    (SELECT known.word, known.courses FROM courses_searchword known WHERE known.word %% typed.word
       ORDER BY similarity(known.word, typed.word) DESC, known.word LIMIT %s)
    UNION
    (SELECT known.word, known.courses FROM courses_searchword known WHERE known.word LIKE left(typed.word, 2) || '%%'
       AND length(known.word) BETWEEN length(typed.word) - 1 AND length(typed.word) + 1)
  ) near ORDER BY near.courses DESC, near.word)
FROM unnest(%s::text[]) WITH ORDINALITY AS typed(word, place)
WHERE NOT EXISTS (
  SELECT FROM courses_searchword known WHERE known.lexeme = ANY (tsvector_to_array(to_tsvector('fr', typed.word))))
ORDER BY typed.place
"""
COMPLETE = """
SELECT word, courses FROM courses_searchword WHERE word LIKE %s || '%%' ORDER BY courses DESC, word LIMIT %s
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
    """`text`: the words that were looked for instead; `endings`: the words that an unfinished one may begin."""

    understood: Understood
    text: str
    endings: tuple[str, ...] = ()


def mend(text: str, understood: Understood, names: Names) -> Mended | None:
    """What was probably meant; None when nothing is near. One statement, two when the words are of no help."""
    words = [word for idea in understood.ideas for word in idea.ways[0]]
    named = complete_name(text, names)
    if named is not None:
        return named
    with connection.cursor() as cursor:
        cursor.execute(LOOK_UP, [MOST_COMPLETIONS, CANDIDATES, [word for word in words if len(word) >= SHORTEST_WORD]])
        unknown = {word: (endings, near) for word, endings, near in cursor.fetchall()}
    last = words[-1]
    spelled = {}
    for word, (endings, near) in unknown.items():
        if word == last and len(word) >= SHORTEST_BEGINNING and endings:
            continue
        meant = nearest_words(word, near)
        if meant:
            # of equal slips, the one that makes a name with its neighbours: "pover bi" is "power bi"
            spelled[word] = min(meant, key=lambda each: len(with_words(understood, {word: each}, names).ideas))
    endings = tuple(unknown[last][0]) if last in unknown and last not in spelled else ()
    if len(last) >= SHORTEST_BEGINNING and endings:
        begun = with_words(understood, spelled, names) if spelled else understood
        return Mended(_open_last(begun), " ".join(spelled.get(word, word) for word in words), endings)
    if spelled and len(spelled) == len(unknown):
        return Mended(with_words(understood, spelled, names), " ".join(spelled.get(word, word) for word in words))
    name = nearest_name(text)
    return Mended(understand(name, names), name) if name else None


def complete_name(text: str, names: Names) -> Mended | None:
    """A name of the portal that the last words begin: "machine lear" is "machine learning"."""
    known = {**synonyms(), **names}
    words = [word for word in plain(text).split() if word not in EMPTY_WORDS]
    for start in range(max(0, len(words) - LONGEST_NAME), len(words)):
        begun = fold_gender(" ".join(words[start:]))
        if len(begun) < SHORTEST_BEGINNING + 1:
            continue
        endings = sorted((name for name in known if name.startswith(begun)), key=lambda name: (len(name), name))
        if endings:
            texts = [" ".join([*words[:start], name]) for name in endings[:MOST_COMPLETIONS]]
            return Mended(understand(texts[0], names), texts[0], tuple(texts[1:]))
    return None


def completions(beginning: str) -> list[tuple[str, int]]:
    """Words of the catalogue that begin so, and how many courses say each, the commonest first."""
    with connection.cursor() as cursor:
        cursor.execute(COMPLETE, [beginning.replace("\\", "").replace("%", "").replace("_", ""), MOST_COMPLETIONS])
        return cursor.fetchall()


def nearest_name(text: str) -> str | None:
    """The name of a job or of a skill that is spelled most like `text`; None when nothing is near."""
    with connection.cursor() as cursor:
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
