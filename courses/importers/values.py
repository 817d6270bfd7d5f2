"""Single values of a foreign file: dates that exist, prices, SIRET and NDA numbers, addresses. Text in, value out.

A reader that cannot read its value raises `BadValue` with a stable code and a French sentence that says what to do;
whether that refuses the record is the caller's choice.
"""

import re
from datetime import date

from django.utils.translation import gettext as _

from courses.importers.records import UNKNOWN_DATE, PartialDate
from courses.importers.texts import plain_line
from portal.reference.numbers import luhn_is_right

FIRST_YEAR, LAST_YEAR = 1950, 2199
LONGEST_ADDRESS = 400
DEAREST_CENTS = 1_000_000_00  # a course above a million euros is a typing error

PLAIN_NUMBER = re.compile(r"(\d{1,9})(?:[.,](\d{1,2}))?", re.ASCII)
SPACED_NUMBER = re.compile(r"(\d{1,3}(?: \d{3})+)(?:[.,](\d{1,2}))?", re.ASCII)
PADDED_NUMBER = re.compile(r"(\d{4,9})[.,](\d{2})0{1,4}", re.ASCII)
CURRENCY = re.compile(r"(?:€|eur(?:os?)?|ttc|net|ht|/h(?:eure)?)\b\.?|€", re.IGNORECASE)
DEGREES = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{1,30})?", re.ASCII)
MAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
WEB = re.compile(r"https?://[^\s<>\"'`{}|\\^]+", re.IGNORECASE)
BARE_WEB = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(?:[:/?#][^\s<>\"'`{}|\\^]*)?", re.IGNORECASE
)
SAME_DIGIT = re.compile(r"(\d)\1*", re.ASCII)


class BadValue(Exception):
    """`code` is stable; `str()` is the sentence for the report."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code


def partial_date(text: str) -> PartialDate:
    """An LHEO date: AAAAMMJJ; AAAAMM00 a month, AAAA0000 a year, 00000000 and 99999999 unknown. Raises BadValue."""
    text = text.strip()
    if text in ("00000000", "99999999") or text.startswith("9999"):
        return UNKNOWN_DATE
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:8])
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        first = None
    if first is None or (day and not month) or not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadValue(
            "impossible-date", _("Cette date n'existe pas : écrivez un vrai jour, ou 00 pour un jour inconnu.")
        )
    return PartialDate(first, "day" if day else "month" if month else "year")


def day_of_stamp(text: str) -> date | None:
    """The day of "2027-01-15T09:30:00+01:00" or "20270115", None for anything else."""
    digits = text.strip()[:10].replace("-", "")
    if not (len(digits) == 8 and digits.isascii() and digits.isdigit()):
        return None
    try:
        return partial_date(digits).first_day if digits[6:] != "00" else None
    except BadValue:
        return None


def price_cents(text: str) -> int | None:
    """Cents of "1 250,50 €", "1250.5" or "gratuit"; None for an empty text or a filler. Raises BadValue.

    "1.250" and "1,250" are refused: one reader means a thousand, another one euro and a quarter.
    """
    words = plain_line(text)
    if not words:
        return None
    if words.casefold().rstrip(".") in ("gratuit", "gratuite", "gratuité"):
        return 0
    amount = CURRENCY.sub("", words).strip()
    found = PLAIN_NUMBER.fullmatch(amount) or SPACED_NUMBER.fullmatch(amount) or PADDED_NUMBER.fullmatch(amount)
    if found is None:
        raise BadValue("unread-price", _("Ce prix est illisible : écrivez-le en euros, par exemple 1250,50."))
    cents = int(found[1].replace(" ", "")) * 100 + int((found[2] or "").ljust(2, "0"))
    if cents > DEAREST_CENTS:
        raise BadValue("unread-price", _("Ce prix dépasse un million d'euros : vérifiez-le."))
    return cents


def siret_number(text: str) -> tuple[str, BadValue | None]:
    """The 14 digits, empty for a filler (one digit repeated); with the doubt to report, if any.

    A number that fails Luhn's check is kept: 92 of 933 real apprenticeship centres have one.
    """
    digits = "".join(text.split())
    if SAME_DIGIT.fullmatch(digits):
        return "", None
    if not (len(digits) == 14 and digits.isascii() and digits.isdigit()):
        return "", BadValue("siret-shape", _("Ce SIRET n'a pas 14 chiffres : corrigez-le."))
    if not luhn_is_right(digits):
        return digits, BadValue("siret-check", _("Ce SIRET ne passe pas la vérification : comparez chaque chiffre."))
    return digits, None


def nda_number(text: str) -> tuple[str, BadValue | None]:
    """The 11 digits of a declaration of activity, empty for a filler; with the doubt to report, if any."""
    digits = "".join(text.split())
    if SAME_DIGIT.fullmatch(digits):
        return "", None
    if not (len(digits) == 11 and digits.isascii() and digits.isdigit()):
        message = _("Ce numéro de déclaration d'activité n'a pas 11 chiffres : corrigez-le.")
        return "", BadValue("nda-shape", message)
    return digits, None


def mail_address(text: str) -> str:
    """Raises BadValue on a text that has not the shape of an address; empty stays empty."""
    text = text.strip()
    if not text or text == "-":
        return ""
    if MAIL.fullmatch(text) is None or ".." in text or len(text) > 160:
        raise BadValue("mail-shape", _("Cette adresse électronique est mal formée : écrivez nom@domaine.fr."))
    return text


def web_address(text: str) -> str:
    """An http or https address; a bare domain gets http://. Raises BadValue on anything else."""
    text = text.strip()
    if not text or text == "-":
        return ""
    address = text if WEB.fullmatch(text) else f"http://{text}" if BARE_WEB.fullmatch(text) else ""
    if address and len(address) <= LONGEST_ADDRESS:
        return address
    raise BadValue("web-shape", _("Cette adresse de page n'est pas lisible : commencez-la par https://."))


def coordinates(latitude: str, longitude: str) -> tuple[float | None, float | None]:
    """WGS84 degrees, both or neither; 0,0 stands for unknown. Raises BadValue."""
    latitude, longitude = latitude.strip(), longitude.strip()
    if not latitude and not longitude:
        return None, None
    message = _("Ces coordonnées sont illisibles : écrivez des degrés décimaux, par exemple 43.604652 et 1.444209.")
    if DEGREES.fullmatch(latitude) is None or DEGREES.fullmatch(longitude) is None:
        raise BadValue("bad-coordinates", message)
    north, east = float(latitude.replace(",", ".")), float(longitude.replace(",", "."))
    if abs(north) > 90 or abs(east) > 180:
        raise BadValue("bad-coordinates", message)
    return (None, None) if north == east == 0 else (north, east)
