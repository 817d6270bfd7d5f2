"""How near two keys are, in whole points: pure, the same on every machine.

Keys come from ``portal.reference.wording.title_key``. Trigrams are those of PostgreSQL's pg_trgm: two spaces before
a word and one after it, so that the beginnings of words weigh more.
"""

from collections.abc import Iterable
from functools import lru_cache

from portal.reference.traps import confusable

# below this share of its trigrams, in sixtieths, another name of the job is not said to be in a title
TITLE_FLOOR = 42


@lru_cache(maxsize=20_000)
def trigrams(key: str) -> frozenset[str]:
    """Return the trigrams of `key`, a text of plain words."""
    padded = (f"  {word} " for word in key.split())
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))


def likeness(left: str, right: str) -> int:
    """Return from 0 to 100 how alike two keys are: trigrams shared among all those of both."""
    mine, yours = trigrams(left), trigrams(right)
    together = len(mine | yours)
    return 100 * len(mine & yours) // together if together else 0


def share_said(part: str, whole: str, out_of: int) -> int:
    """Return, from 0 to `out_of`, how much of `part` is found in `whole`, a longer text."""
    asked = trigrams(part)
    return out_of * len(asked & trigrams(whole)) // len(asked) if asked else 0


def title_match(title_key: str, names: Iterable[str]) -> int:
    """Return from 0 to 60 how well a course's title says one of the `names` of a goal; 0 under TITLE_FLOOR."""
    said = title_key.split()
    found = ((share_said(name, title_key, 60), name) for name in names)
    return max(
        (share for share, name in found if share >= TITLE_FLOOR and not confusable(name.split(), said)), default=0
    )


def contains_words(text: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """Whether the words of `phrase` follow each other in `text`."""
    size = len(phrase)
    return size > 0 and any(text[at : at + size] == phrase for at in range(len(text) - size + 1))
