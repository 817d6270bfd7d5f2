"""What one sentence may hold: a present job, a place, a goal, and a few limits. Pure text; nothing is concluded here,
each part is a proposal that a person confirms.

"je suis comptable à Rodez, je veux travailler dans la donnée" → present "comptable", goal "donnee"; the place is
found by the caller among the names that `place_phrases` lists, then taken out with `without`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.reference.wording import MAX_LENGTH, normalise, plain

LONGEST_PLACE = 6
# between two of these no job, place or goal runs on
_BREAK = "|"
_PUNCTUATION = re.compile(r"[,;:!?()\n\r…]+|\.(?=\s|$)|\s[-–—]\s")
_TO_A_PLACE = r"a|sur|vers|autour de|pres de|du cote de|proche de|en|dans|de|du|j habite|habite|je vis|depuis"
_BEFORE_PLACE = re.compile(rf"\b(?:{_TO_A_PLACE})(?: (?:la|le|les))?$")
_LEAD = rf"(?:\b(?:{_TO_A_PLACE})(?: (?:la|le|les|a|en|dans|sur))* )?"

_WANTS = r"veut|voudrait|souhaite|cherche"
_PRESENT = re.compile(
    r"(?:^|\s)(?:je suis|j etais|j ai ete|j ai travaille comme|je travaille (?:comme|en tant que?)|je bosse comme"
    r"|mon metier(?: actuel)? (?:est|c est)|ancienne?|ex|actuellement)\s+"
    r"(?:(?:actuellement|aujourd hui|encore|toujours|un|une|en poste de|en tant que?|comme)\s+)*"
    r"(?P<job>[^|]+?)(?=\s(?:\||et|mais|depuis|qui|pour|je|j|avec|afin|chez|ayant)(?:\s|$)|\s*$)"
)
_BY_TRADE = re.compile(
    r"(?:^|\|)\s*(?P<job>[^|]{3,60}?) (?:de (?:formation|metier|profession)|au chomage|en reconversion)(?=\s|$)"
)
_WHO_WANTS = re.compile(rf"(?:^|\|)\s*(?P<job>[^|]{{3,60}}?) (?:qui (?:{_WANTS})|veut|souhaite|souhaitant|voulant)\s")
_GOAL = re.compile(
    r"(?:^|\s)(?:je (?:veux|voudrais|souhaite|souhaiterais|cherche|recherche|reve|vise|desire|compte|pense|envisage)"
    rf"|j (?:aimerais|ai envie|envisage|aspire)|qui (?:{_WANTS})|veut|souhaite|souhaitant|voulant"
    r"|pour (?=devenir|etre|travailler|faire|me )|afin de|(?:ma |une )?reconversion|me reconvertir|devenir"
    r"|mon (?:but|objectif|projet|reve)(?: professionnel)? (?:est|serait|c est)|je m interesse aux?"
    r"|je suis interessee? par)\s+(?P<goal>[^|]+)"
)
# wishes that name no trade, and clauses that tell something else than a wish
_ANY_CHANGE = re.compile(
    r"^(?:de |a |en |me |m )*(?:changer?(?: de (?:metier|voie|vie|travail))?|reconvertir|reconversion|former|evoluer"
    r"|travailler|(?:une? |du |nouve(?:au|lle) )*(?:formations?|metier|travail|emploi|reconversion|poste))$"
)
_OTHER_CLAUSE = re.compile(r"^(?:depuis|j ai|je|age|ans|\d|habitant|mobile|au chomage|sans|avec|et|mais)\b")
_NO_TRADE = re.compile(r"^(?:je|j|tu|il|elle|on|nous|bonjour|bonsoir|salut|formation|formations)\b")
_LIKED = re.compile(r"\b(?:m interesse(?:nt)?|me plai(?:t|sent)|m attire(?:nt)?|me tente)\b")
LONGEST_TRADE = 8
# said after "je suis", these are situations, not trades
_SITUATIONS = re.compile(
    r"^(?:au chomage|sans|demandeu(?:r|se)|en (?:recherche|reconversion|formation|fin|cours)|a la recherche|interessee?"
    r"|motivee?|passionnee?|titulaire|diplomee?|bac|niveau|a|de|du|d|dans|depuis|attiree?|curieu(?:x|se)|jeune"
    r"|tres|pas|plus|bien|ici|la|allocataire|beneficiaire|licenciee?|perdue?|handicapee?|aveugle|sourde?)\b"
)

_REMOTE = re.compile(r"\b(?:(?:ou )?a distance|(?:en )?distanciel|(?:en )?teletravail|en ligne|de chez moi|remote)\b")
_LEVELS = (
    (8, r"doctorat|docteur en|these|bac 8"),
    (7, r"bac 5|master|mastere|diplome d? ?ingenieur|ecole d? ?ingenieurs?|dea|dess"),
    (6, r"bac 3|bac 4|licence|bachelor"),
    (5, r"bac 2|bts|dut|deug"),
    (3, r"cap|bep"),
    (0, r"sans (?:aucun )?diplome|aucun diplome|pas de diplome|pas le bac|sans le bac|sans bac"),
    (4, r"bac pro|baccalaureat|niveau bac|le bac|un bac|bac"),
)
_LEVEL_RULES = tuple((level, re.compile(rf"\b(?:{words})\b")) for level, words in _LEVELS)
_EUROS = re.compile(r"(?<![\w.,])(\d{1,3}(?:[ \u00a0\u202f.]\d{3})+|\d{1,6})\s?(?:€|euros?\b)", re.IGNORECASE)
_MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
_MONTH = re.compile(rf"\b(?:a partir de|des|en|apres|pas avant)(?: le mois de)? ({'|'.join(_MONTHS)})(?: (\d{{4}}))?\b")


@dataclass(frozen=True, slots=True)
class Said:
    """The parts of a sentence in plain words; an empty part was not said. None is "not said" too."""

    present: str = ""
    goal: str = ""
    is_remote: bool = False
    level: int | None = None
    budget_euros: int | None = None
    starts_after: date | None = None


def marked(text: str) -> str:
    """Return `text` in plain words, with " | " where punctuation stops a phrase."""
    parts = [plain(part) for part in _PUNCTUATION.split(text[: 2 * MAX_LENGTH])]
    return f" {_BREAK} ".join(part for part in parts if part)


def place_phrases(text: str) -> dict[str, bool]:
    """Return the phrases of `text` that may name a place, longest first, each with "its capital letter tells".

    A phrase counts when a capital starts it or when a word such as "à", "près de" or "en" stands before it. The
    capital that any sentence begins with tells nothing.
    """
    capitals = {plain(word).split()[0] for word in re.findall(r"[^\W\d_][\w'’-]*", text) if _starts_high(word)}
    words = marked(text).split()
    found: dict[str, bool] = {}
    for size in range(min(LONGEST_PLACE, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            phrase = words[start : start + size]
            before = " ".join(words[max(0, start - 3) : start])
            is_high = phrase[0] in capitals
            if _BREAK not in phrase and (is_high or _BEFORE_PLACE.search(before)):
                inside = start > 0 and words[start - 1] != _BREAK
                found.setdefault(" ".join(phrase), is_high and inside)
    return found


def postcodes(text: str) -> list[str]:
    """Return the groups of five digits of `text`."""
    return re.findall(r"(?<!\d)\d{5}(?!\d)", text)


def without(text: str, phrases: Iterable[str]) -> str:
    """Return the ``marked`` form of `text` with `phrases`, and the words that lead to them, replaced by a break."""
    left = marked(text)
    for phrase in phrases:
        left = re.sub(rf"{_LEAD}\b{re.escape(phrase)}\b", _BREAK, left)
    return " ".join(left.split())


def read_sentence(text: str, *, places: Iterable[str] = (), day: date) -> Said:
    """Return what `text` says once the names of `places` are taken out. `day` dates "en septembre"."""
    whole = plain(text, 2 * MAX_LENGTH)
    left = _MONTH.sub("", _REMOTE.sub("", without(text, places)))
    present = _present(left)
    goal = _goal(left, present)
    euros = _EUROS.search(text)
    return Said(
        present=present,
        goal=goal,
        is_remote=_REMOTE.search(whole) is not None,
        level=next((level for level, rule in _LEVEL_RULES if rule.search(whole)), None),
        budget_euros=int(re.sub(r"\D", "", euros[1])) if euros else None,
        starts_after=_month_after(whole, day),
    )


def _starts_high(word: str) -> bool:
    return word[0].isupper() and bool(plain(word))


def _present(left: str) -> str:
    """The trade said as one's own: the first that is a trade and not a situation."""
    for rule in (_PRESENT, _WHO_WANTS, _BY_TRADE):
        for found in rule.finditer(left):
            job = found["job"].strip()
            if job.split()[0] not in ("je", "il", "elle", "on", "qui") and not _SITUATIONS.match(job):
                return normalise(job)
    first, *others = left.split(_BREAK)
    if others and len(first.split()) <= LONGEST_TRADE and _GOAL.search(_BREAK.join(others)):
        job = first.strip()
        if job and not (_NO_TRADE.match(job) or _SITUATIONS.match(job) or _GOAL.search(job)):
            return normalise(job)
    return ""


def _goal(left: str, present: str) -> str:
    """The first wish that names something; else, what is left when nothing says that it is a wish."""
    for found in _GOAL.finditer(left):
        goal = found["goal"].strip()
        if not _ANY_CHANGE.match(goal):
            return normalise(goal)
    rest = left
    if present:
        for rule in (_PRESENT, _WHO_WANTS, _BY_TRADE):
            rest = rule.sub(f" {_BREAK} ", rest)
    clauses = [_LIKED.sub("", clause).strip() for clause in rest.split(_BREAK)]
    kept = [clause for clause in clauses if clause and not _ANY_CHANGE.match(normalise(clause))]
    if present:
        kept = [clause for clause in kept if not _OTHER_CLAUSE.match(clause)]
    return normalise(" ".join(kept))


def _month_after(whole: str, day: date) -> date | None:
    """The first day of the month said, this year or the next; a year that is over is not understood."""
    found = _MONTH.search(whole)
    if found is None:
        return None
    month = _MONTHS.index(found[1]) + 1
    year = int(found[2]) if found[2] else day.year + (month < day.month)
    return date(year, month, 1) if day.year <= year <= day.year + 9 else None
