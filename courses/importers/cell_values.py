"""Single cells of a table: what people write for a day, a price, a level, a yes. Text in, value out, or BadValue."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from courses.enums import EntryMode, Funding, Modality, Recruitment
from courses.importers.records import UNKNOWN_DATE, PartialDate
from courses.importers.values import FIRST_YEAR, LAST_YEAR, BadValue
from courses.importers.values import price_cents as lheo_price

MOST_HOURS, MOST_SEATS = 20_000, 100_000

ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", re.ASCII)
FRENCH_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: .*)?", re.ASCII)
LHEO_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
MONTH = re.compile(r"(?:(\d{1,2})[-/. ](\d{4})|(\d{4})-(\d{1,2}))", re.ASCII)
NAMED_MONTH = re.compile(r"(?:(\d{1,2})(?:er)? )?([a-z]+)\.? (\d{4})", re.ASCII)
YEAR = re.compile(r"\d{4}", re.ASCII)
WHOLE = re.compile(r"(\d{1,9})(?:[.,]0+)?(?: ?h(?:eures?)?| places?| personnes?| stagiaires?)?", re.ASCII)
LEVEL = re.compile(r"(?:niveau )?([0-8])", re.ASCII)
POSTCODE = re.compile(r"\d{4,5}", re.ASCII)
MONTHS = (
    ("janv", "fev", "mars", "avr", "mai", "juin", "juil", "aou", "sept", "oct", "nov", "dec"),
    ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
     "decembre"),
)  # fmt: skip

YES, NO = frozenset({"oui", "o", "vrai", "1", "x", "yes", "true"}), frozenset({"non", "n", "faux", "0", "no", "false"})
MODALITIES = {
    **dict.fromkeys(("sur place", "presentiel", "presentielle", "en presentiel", "en centre", "0"), Modality.ONSITE),
    **dict.fromkeys(("mixte", "hybride", "sur place et a distance", "blended", "1"), Modality.MIXED),
    **dict.fromkeys(("a distance", "distanciel", "entierement a distance", "en ligne", "foad", "2"), Modality.REMOTE),
}
ENTRIES = {
    **dict.fromkeys(("a dates fixes", "dates fixes", "fixes", "fixe", "0"), EntryMode.FIXED),
    **dict.fromkeys(("permanentes", "permanente", "entrees permanentes", "toute l annee", "1"), EntryMode.PERMANENT),
}
RECRUITMENTS = {
    **dict.fromkeys(("ouvert", "ouverte", "ouvertes", "inscriptions ouvertes", "oui", "1"), Recruitment.OPEN),
    **dict.fromkeys(("ferme", "fermees", "clos", "close", "closes", "inscriptions closes", "complet", "non", "2"),
                    Recruitment.CLOSED),
    **dict.fromkeys(("suspendu", "suspendues", "3"), Recruitment.SUSPENDED),
}  # fmt: skip
LEVELS = {
    **dict.fromkeys(("aucun", "sans niveau", "sans diplome", "tout niveau", "tous niveaux"), 0),
    **dict.fromkeys(("cap", "bep", "cap bep"), 3),
    **dict.fromkeys(("bac", "baccalaureat"), 4),
    **dict.fromkeys(("bac 2", "bts", "dut", "deug"), 5),
    **dict.fromkeys(("bac 3", "bac 4", "licence", "but", "bachelor"), 6),
    **dict.fromkeys(("bac 5", "master", "ingenieur"), 7),
    **dict.fromkeys(("bac 8", "doctorat"), 8),
}
# the portal's funders as LHEO numbers them, so that both formats end in one record; CPF is told apart
CPF = "cpf"
FUNDERS = {
    **dict.fromkeys(("region", "region occitanie", "conseil regional"), "2"),
    **dict.fromkeys(("france travail", "pole emploi"), "4"),
    **dict.fromkeys(("employeur", "entreprise", "plan de developpement des competences"), "5"),
    "agefiph": "7",
    **dict.fromkeys(("personnel", "individuel", "paiement personnel", "autofinancement"), "10"),
    "etat": "13",
    "opco": "16",
    **dict.fromkeys(("transitions pro", "transition pro", "ptp"), "17"),
    **dict.fromkeys(("cpf", "mon compte formation", "compte personnel de formation"), CPF),
    **dict.fromkeys(("autre", "autres"), "0"),
}
assert len(Funding.values) == len(set(FUNDERS.values()))


def folded(text: str) -> str:
    """A cell as it is compared with words: no accent, no sign, small letters."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


def day(text: str) -> PartialDate:
    """A day, a month or a year, French or ISO; raises BadValue."""
    text = text.strip()
    if not text or folded(text) in ("inconnue", "inconnu", "nc", "a definir", "a venir"):
        return UNKNOWN_DATE
    if found := ISO_DAY.fullmatch(text) or LHEO_DAY.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := FRENCH_DAY.fullmatch(text):
        return _day(found[3] if len(found[3]) == 4 else f"20{found[3]}", found[2], found[1])
    if found := MONTH.fullmatch(text):
        return _day(found[2] or found[3], found[1] or found[4], "")
    if (found := NAMED_MONTH.fullmatch(folded(text))) and (month := _month(found[2])):
        return _day(found[3], str(month), found[1] or "")
    if YEAR.fullmatch(text):
        return _day(text, "", "")
    raise BadValue("unread-date", _("Cette date est illisible : écrivez-la JJ/MM/AAAA, par exemple 04/01/2027."))


def _month(word: str) -> int | None:
    return next((names.index(word) + 1 for names in MONTHS if word in names), None)


def _day(year: str, month: str, number: str) -> PartialDate:
    try:
        first = date(int(year), int(month or 1), int(number or 1))
    except ValueError:
        first = None
    if first is None or not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise BadValue("impossible-date", _("Cette date n'existe pas : vérifiez le jour, le mois et l'année."))
    return PartialDate(first, "day" if number else "month" if month else "year")


def price(text: str) -> int | None:
    """Cents of "1 200,50 €"; the spaces of French figures may be of any kind. Raises BadValue."""
    return lheo_price(re.sub(r"\s+", " ", text).replace("\u202f", " "))


def whole(text: str, most: int) -> int:
    """A whole number from 0 to `most`. Raises BadValue."""
    found = WHOLE.fullmatch(re.sub(r"(?<=\d)\s(?=\d{3}\b)", "", text.strip().lower()))
    if found is None or int(found[1]) > most:
        message = _("Ce nombre est illisible : écrivez un nombre entier, de 0 à %(most)d.")
        raise BadValue("unread-number", message % {"most": most})
    return int(found[1])


def hours(text: str) -> int:
    return whole(text, MOST_HOURS)


def seats(text: str) -> int:
    return whole(text, MOST_SEATS)


def truth(text: str) -> bool:
    word = folded(text)
    if word in YES or word in NO:
        return word in YES
    raise BadValue("unread-truth", _("Cette réponse est illisible : écrivez oui ou non."))


def level(text: str) -> int:
    """A European level, 0 for no diploma. Raises BadValue."""
    word = folded(text.replace("+", " "))
    if found := LEVEL.fullmatch(word):
        return int(found[1])
    if word in LEVELS:
        return LEVELS[word]
    message = _("Ce niveau est inconnu : écrivez un chiffre de 0 à 8, ou bac, bac+2, bac+3, bac+5.")
    raise BadValue("unread-level", message)


def postcode(text: str) -> str:
    """Five digits; a spreadsheet eats the zero of 09000. Raises BadValue."""
    digits = text.replace(" ", "")
    if not POSTCODE.fullmatch(digits):
        raise BadValue("unread-postcode", _("Ce code postal n'a pas 5 chiffres : corrigez-le."))
    return digits.zfill(5)


def word_of[T](words: Mapping[str, T], said: str) -> Callable[[str], T]:
    """A reader of one of these words; `said` tells what may be written."""

    def read(text: str) -> T:
        found = words.get(folded(text))
        if found is None:
            raise BadValue("unknown-word", _("Ce mot est inconnu ici : écrivez %(words)s.") % {"words": said})
        return found

    return read


modality = word_of(MODALITIES, "sur place, mixte ou à distance")
entry_mode = word_of(ENTRIES, "à dates fixes ou permanentes")
recruitment = word_of(RECRUITMENTS, "ouvert, fermé ou suspendu")
funder = word_of(FUNDERS, "région, France Travail, CPF, OPCO, Transitions Pro, Agefiph, employeur, État ou personnel")


def listed(text: str) -> tuple[str, ...]:
    """The parts of "M1405, M1811"."""
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[,;|\n/]", text) if part.strip()))
