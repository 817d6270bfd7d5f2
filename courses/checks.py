"""What in the texts of a course a person should look at: pure rules, which flag and decide nothing."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

# kinds of portal.moderation's flags
PHONE_IN_TITLE, FUNDING_CLAIM, NEAR_DUPLICATE = "phone_in_title", "funding_claim", "near_duplicate"
FLAGGED = (PHONE_IN_TITLE, FUNDING_CLAIM, NEAR_DUPLICATE)

PHONE = re.compile(r"(?<![\d.,])(?:(?:\+|00)33[\s.\-]*(?:\(0\)[\s.\-]*)?|0)[1-9](?:[\s.\-/]*\d){8}(?!\d)")
EMAIL = re.compile(r"[\w.+\-]+\s?(?:@|\(at\)|\[at\])\s?[\w\-]+(?:\.[\w\-]+)+", re.IGNORECASE)
_ALL = r"(?:100\s*%|cent\s+pour\s+cent|totalement|enti[eè]rement|int[eé]gralement)"
_PAID = r"(?:financ|gratuit|pris(?:e|es)?\s+en\s+charge|offert|rembours)"
CLAIM = re.compile(
    rf"{_ALL}\s+(?:\w+\s+){{0,2}}{_PAID}\w*"
    rf"|{_PAID}\w*\s+(?:à\s+)?(?:hauteur\s+de\s+)?{_ALL}"
    r"|(?:z[eé]ro|sans(?:\s+aucun)?|aucun|0\s*€\s+de)\s+reste\s+[àa]\s+(?:charge|payer)"
    r"|sans\s+(?:rien\s+)?d[eé]bourser",
    re.IGNORECASE,
)
WORD = re.compile(r"\w+")
SENTENCE_END = re.compile(r"[.!?;:\n]+")
RUN = 3  # words of a shingle
FEWEST_RUNS = 20  # below, two honest texts may say the same
# two bodies that teach one trade share four fifths of their words at times (docs/moderation.md has the figures);
# beyond, a person looks. Three words changed in an ordinary sheet leave more than that.
COPIED_PERCENT = 82
SHOWN = 60  # characters of a text that a flag quotes


def text_problems(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """(kind, what was found), each kind once; `texts` by the names of the course's fields, with its title."""
    found = []
    reached = PHONE.search(texts["title"]) or EMAIL.search(texts["title"])
    if reached:
        found.append((PHONE_IN_TITLE, _("Dans l’intitulé : « %(text)s »") % {"text": reached[0][:SHOWN]}))
    claim = next(filter(None, map(CLAIM.search, texts.values())), None)
    if claim:
        found.append((FUNDING_CLAIM, _("Le texte promet : « %(text)s »") % {"text": claim[0][:SHOWN]}))
    return found


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of three words within a sentence or a line, without case: the order of sentences says nothing."""
    sentences = (WORD.findall(sentence) for sentence in SENTENCE_END.split(text.lower()))
    return frozenset(run for words in sentences for run in zip(*(words[n:] for n in range(RUN)), strict=False))


def copied_percent(text: str, other: str) -> int:
    """How much of the shorter text stands in the other, in percent of its runs; 0 for texts too short to tell."""
    mine, theirs = shingles(text), shingles(other)
    fewest = min(len(mine), len(theirs))
    return 100 * len(mine & theirs) // fewest if fewest >= FEWEST_RUNS else 0
