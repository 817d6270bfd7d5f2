"""Fold the words people and files use into comparable keys: pure text, no database, no Django.

Four levels, each a pure function of its argument and idempotent:

- ``plain``: accents, ligatures, case, apostrophes, punctuation;
- ``normalise``: ``plain`` without what carries no trade ("je veux devenir", "h/f", "développeur·se" read once);
- ``fold_gender``: the feminine and the masculine of a trade become one word;
- ``title_key``: ``fold_gender(normalise(text))``, the key kept beside names, aliases and job titles.

Embeddings answer differently to "développeur" and "développeuse" in 15 % of cases; folding first brings 1 %.
Keys are for comparing, never for showing.
"""

import re
import unicodedata
from functools import lru_cache

from portal.reference.gender import FIXED, GUARDED, RULES

MAX_LENGTH = 200

_LIGATURES = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "’": "'",
        "ʼ": "'",
        "‘": "'",
        "`": "'",
    }
)
# names whose punctuation is their only difference from another word
_SIGNS = (
    (re.compile(r"\bc\+\+"), " cpp "),
    (re.compile(r"\bc#"), " csharp "),
    (re.compile(r"(?<!\w)\.net\b"), " dotnet "),
    (re.compile(r"\br ?& ?d\b"), " rd "),
    (re.compile(r"\b((?:[a-z]\.){2,})(?!\w)"), None),  # "i.a." is read as "ia"
)
_BOTH_GENDERS = re.compile(
    r"[\[(]?(?<![\w/])(?:h|f|m|w)\s*[/\-|]\s*(?:h|f|m|w|d)(?:\s*[/\-|]\s*(?:x|nb|d))?(?![\w/])[\])]?"
)
# "développeur·se", "opérateur(trice)", "chargé.e.s", "chauffeur/euse", "ingénieur-e"
_FREE_ENDING = r"[a-z]{0,6}e"
_LISTED_ENDING = (
    r"(?:e|ne|se|fe|ve|le|te|sse|esse|ere|iere|yere|enne|ienne|onne|euse|[a-z]{0,2}euse|ice|rice|trice|elle|ale|ive)"
)
_INCLUSIVE = (
    re.compile(rf"(?<!\w)(\w{{2,}})[·•∙‧⋅・]{_FREE_ENDING}(?:[·•∙‧⋅・]?(s))?(?!\w)"),
    re.compile(rf"(?<!\w)(\w{{2,}})\([-·./]?{_FREE_ENDING}(s)?\)(s)?(?!\w)"),
    re.compile(rf"(?<!\w)(\w{{3,}})[./_-]{_LISTED_ENDING}(?:[./_-]?(s))?(?![\w./])"),
)
# what people shorten when they write a trade
_SHORTENED = {
    "prof": "professeur",
    "dev": "developpeur",
    "resp": "responsable",
    "asst": "assistant",
    "ing": "ingenieur",
    "dir": "directeur",
    "adj": "adjoint",
    "maint": "maintenance",
}
_ONLY_WORDS = re.compile(r"[a-z0-9 ]*")
_NOT_TEXT = re.compile(r"[\W_]+")
_EITHER = (re.compile(r"\s*/\s*"), re.compile(r"(?:[\W_]+ou)+[\W_]+"))

_WISH = (
    r"(?:moi )?je (?:voudrais|veux|souhaite|souhaiterais|desire|cherche|recherche|vise|compte|pense|envisage)(?: bien)?"
    r"|j (?:aimerais|aspire|envisage)(?: bien)?|j ai envie|je reve|je suis interessee? par"
    r"|je m interesse aux?|ca m interesse|objectif|comment|pour"
    r"|mon (?:objectif|projet|but|reve)(?: professionnel)? (?:est|serait|c est)"
    r"|je suis (?:au chomage|sans emploi|en reconversion|(?:en recherche|demandeur|demandeuse) emploi)(?: et| mais)?"
)
_DOING = (
    r"devenir|etre|travailler|bosser|exercer|(?:me|se) (?:reconvertir|former|specialiser|lancer|diriger)|m orienter"
    r"|evoluer|faire|apprendre|trouver|suivre|passer|changer (?:de metier|de voie)|en tant que?"
    r"|(?:re)?cherche(?: un| une| du)?(?: (?:emploi|poste|travail|boulot|job|formation|stage)(?: (?:de|dans|en))?)?"
)
_FRAME = (
    r"(?:une? |la |des |ma )?(?:formations?|reconversions?|stages?|cursus|etudes?)"
    r"(?: (?:pro|professionnelles?|courtes?|longues?))?(?: (?:pour|de|en|a|au|aux|dans|sur|vers|comme))?"
    r"|(?:un |le |du |mon |les )?(?:emplois?|postes?|metiers?|travail|boulot|job|carriere) (?:de|dans|en|comme|pour)"
    r"|(?:le |la |les )?(?:domaine|secteur|monde|milieu|univers) (?:de|du|des)"
    r"|(?:junior|senior|debutante?|confirmee?|alternante?)"
    r"|bonjour|bonsoir|salut|offre de|cdi|cdd"
)
_LINK = r"le|la|les|un|une|du|des|de|au|aux|a|en|dans|vers|comme|sur|avec|chez|par|que"
_LEADING = re.compile(rf"^(?:{_WISH}|{_DOING}|{_FRAME}|{_LINK})(?: |$)")
_TRAILING = re.compile(
    r"(?:^| )(?:sans (?:aucun )?(?:diplome|bac|experience)|debutante?|junior|senior|confirmee?"
    r"|en (?:reconversion|alternance)|cdi|cdd|svp|s il (?:vous|te) plait|merci|fr \d{5})$"
)


def plain(text: str, max_length: int = MAX_LENGTH) -> str:
    """Return `text` as lower-case words of letters and digits without accents, at most `max_length` characters.

    Elided "d'" and "l'" disappear; "C++", "C#", ".NET" and "R&D" stay apart from C, NET, R and D.
    """
    return _to_words(_bare(text, max_length), max_length)


def normalise(text: str, max_length: int = MAX_LENGTH) -> str:
    """Return the trade or subject named by `text`, in the form of ``plain``.

    Inclusive forms keep their first form ("développeur·se", "chef / cheffe"), "h/f" goes, and so do the phrases
    around a goal. A text made only of such phrases is kept whole: nothing is ever folded into the empty string
    except a text without letters or digits.
    """
    bare = _bare(text, max_length)
    if not _ONLY_WORDS.fullmatch(bare):  # these forms are written with signs
        bare = _BOTH_GENDERS.sub(" ", bare)
        for form in _INCLUSIVE:
            bare = form.sub(_first_form, bare)
    return _without_phrases(_to_words(_one_of_two(bare), max_length))


def fold_gender(text: str) -> str:
    """Return `text`, already plain, with each word in one gender: "technicienne" and "technicien" agree."""
    return " ".join(_fold_word(word) for word in text.split())


def title_key(text: str) -> str:
    """Return the key under which names, aliases and job titles are stored and looked for."""
    return fold_gender(normalise(text))


def words(text: str, max_length: int = MAX_LENGTH) -> tuple[str, ...]:
    """Return the words of ``plain(text)``, in order, repeated words kept."""
    return tuple(plain(text, max_length).split())


def _bare(text: str, max_length: int) -> str:
    """Lower case without accents; punctuation still there. Cut early: NFKD can lengthen a hostile text."""
    lower = unicodedata.normalize("NFKD", text[: 4 * max_length]).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    bare = bare.translate(_LIGATURES)
    for sign, name in _SIGNS:
        bare = sign.sub(name if name is not None else _joined, bare)
    return bare


def _joined(found: re.Match[str]) -> str:
    return found[1].replace(".", "") + " "


def _first_form(found: re.Match[str]) -> str:
    return found[1] + ("s" if any(found.groups()[1:]) and not found[1].endswith("s") else "")


def _to_words(bare: str, max_length: int) -> str:
    kept = [word for word in _NOT_TEXT.sub(" ", bare).split() if word not in ("d", "l", "qu")]
    while len(" ".join(kept)) > max_length and len(kept) > 1:
        kept.pop()
    return " ".join(kept)[:max_length]


def _one_of_two(bare: str) -> str:
    """Read "chef / cheffe d'équipe" and "pharmacien en gros / pharmacienne en gros" as their first form."""
    for either in _EITHER:
        first, *others = (_NOT_TEXT.sub(" ", part).split() for part in either.split(bare))
        if others:
            for other in others:
                first = first + other[_overlap(first, other) :]
            bare = " ".join(first)
    return bare


def _overlap(left: list[str], right: list[str]) -> int:
    """How many first words of `right` say the last words of `left` in the other gender."""
    for size in range(min(len(left), len(right)), 0, -1):
        if [_fold_word(word) for word in left[-size:]] == [_fold_word(word) for word in right[:size]]:
            return size
    return 0


def _without_phrases(text: str) -> str:
    text = " ".join(_SHORTENED.get(word, word) for word in text.split())
    before = ""
    while before != text:
        before = text
        text = _TRAILING.sub("", _LEADING.sub("", text)).strip() or text
    return text


@lru_cache(maxsize=50_000)
def _fold_word(word: str) -> str:
    before = ""
    while before != word:
        before = word
        word = _fold_once(word)
    return word


def _fold_once(word: str) -> str:
    stem, plural = (word[:-1], "s") if word.endswith("s") and len(word) > 3 else (word, "")
    if stem in GUARDED:
        return word
    if stem in FIXED:
        return FIXED[stem] + plural
    for feminine, masculine, shortest in RULES:
        if stem.endswith(feminine) and len(stem) >= shortest:
            return stem[: -len(feminine)] + masculine + plural
    return word
