"""An offer as France Travail gives it (API Offres d'emploi v2, or its CSV) made a record without contacts. Pure."""

import datetime
import hashlib
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.reference.wording import title_key

LONGEST_TITLE = 200
MOST_POSTS = 500
FIRST_DAY = datetime.date(2000, 1, 1)

NUMBER = re.compile(r"[0-9A-Za-z-]{1,40}")
ROME = re.compile(r"[A-N][0-9]{4}")
INSEE = re.compile(r"(?:[0-9]{2}|2[AB])[0-9]{3}")
PLACE = re.compile(r"\s*(?P<department>[0-9]{2,3}|2[AB])\s*-")
TAG = re.compile(r"<[^<>]*>")
EMAIL = re.compile(r"[\w.+\-]+\s?(?:@|\(at\)|\[at\])\s?[\w\-]+(?:\.[\w\-]+)+", re.IGNORECASE)
# ten digits after a 0, or nine after +33, parted or not
PHONE = re.compile(
    r"(?<![0-9])(?:(?:\+|00)\s?33[\s.\-]?(?:\(0\))?[\s.\-]?[1-9]|0[1-9])(?:[\s.\-]?[0-9]{2}){4}(?![0-9])"
)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# "contacter Mme Durand", "Mr Jean Martin"
PERSON = re.compile(
    r"(?:\b(?:contacter|contact|appeler|appelez|écrire à|postuler auprès de)\s*:?\s*)?"
    r"\b(?:Mme|Mlle|Madame|Monsieur|Mr\.?|M\.)\s+[A-ZÉÈÀ][\w'’\-]*(?:\s+[A-ZÉÈÀ][\w'’\-]*)?"
)
ASKING = re.compile(r"\b(?:contact|tél|tel|téléphone|mail|courriel|e-mail)\s*\.?\s*:\s*(?=$|[-–,;/])", re.IGNORECASE)
TRUE, FALSE = {"true", "1", "oui"}, {"false", "0", "non"}


class OfferFault(Exception):
    """Why an offer cannot be counted, in French."""


@dataclass(frozen=True)
class OfferRecord:
    """`text` is read for skills and kept nowhere; `fingerprint` is the same for offers that say the same."""

    number: str
    title: str
    name: str  # the source's own name of the job
    rome_code: str
    commune: str
    department: str
    contract: str
    headcount: int
    posted_on: datetime.date
    updated_on: datetime.date | None
    lacks_candidates: bool | None
    text: str
    fingerprint: str


def record_of(row: Mapping[str, Any]) -> OfferRecord:
    """A record from one offer, its keys with dots ("lieuTravail.commune"). Raises OfferFault."""
    number, title = _text(row, "id"), without_contacts(_text(row, "intitule"))
    if not NUMBER.fullmatch(number):
        raise OfferFault(_("numéro d’offre absent ou illisible"))
    if not title_key(title):
        raise OfferFault(_("intitulé absent"))
    posted_on = _day(row, "dateCreation") or _day(row, "dateActualisation")
    if posted_on is None:
        raise OfferFault(_("date de création absente ou impossible"))
    rome, commune = _text(row, "romeCode").upper(), _text(row, "lieuTravail.commune").upper()
    commune = commune if INSEE.fullmatch(commune) else ""
    place = PLACE.match(_text(row, "lieuTravail.libelle").upper())
    description = _text(row, "description")
    return OfferRecord(
        number=number,
        title=title,
        name=without_contacts(_text(row, "appellationlibelle")),
        rome_code=rome if ROME.fullmatch(rome) else "",
        commune=commune,
        # the code of a commune says its département better than a label that writes several
        department=department_of(commune) if commune else place["department"] if place else "",
        contract=_contract(row),
        headcount=_posts(row),
        posted_on=posted_on,
        updated_on=_day(row, "dateActualisation"),
        lacks_candidates=_yes_or_no(row, "offresManqueCandidats"),
        text=f"{title}.\n{description}",
        fingerprint=_fingerprint(title, commune, description, row),
    )


def department_of(insee: str) -> str:
    return insee[:3] if insee.startswith("97") else insee[:2]


def without_contacts(text: str) -> str:
    """A title on one line without address, number, link, name of a person nor tag."""
    text = html.unescape(TAG.sub(" ", text))
    for pattern in (ADDRESS, EMAIL, PHONE, PERSON, ASKING):
        text = pattern.sub(" ", text)
    text = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(text.split()).strip(" -–,;:/|")[:LONGEST_TITLE].strip()


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None or isinstance(value, list | dict) else str(value).strip()


def _day(row: Mapping[str, Any], name: str) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(_text(row, name)[:10])
    except ValueError:
        return None
    return day if day >= FIRST_DAY else None


def _posts(row: Mapping[str, Any]) -> int:
    told = _text(row, "nombrePostes")
    if not told:
        return 1
    if not (told.isascii() and told.isdigit() and 1 <= len(told) <= 9 and 1 <= int(told) <= MOST_POSTS):
        raise OfferFault(_("nombre de postes hors de 1 à 500"))
    return int(told)


def _yes_or_no(row: Mapping[str, Any], name: str) -> bool | None:
    told = _text(row, name).casefold()
    return True if told in TRUE else False if told in FALSE else None


def _contract(row: Mapping[str, Any]) -> str:
    """Our contract, or "" for one that is none of ours."""
    nature = title_key(_text(row, "natureContrat"))
    if "apprentissage" in nature:
        return "apprenticeship"
    if "professionnalisation" in nature or nature.startswith("cont pro"):
        return "professionalisation"
    return {"CDI": "permanent", "CDD": "fixed_term", "MIS": "fixed_term", "SAI": "fixed_term"}.get(
        _text(row, "typeContrat").upper(), ""
    )


def _fingerprint(title: str, commune: str, description: str, row: Mapping[str, Any]) -> str:
    """SHA-256 of what two copies of an offer have in common; its words cannot be read back."""
    told = (
        title_key(title),
        commune or _text(row, "lieuTravail.libelle"),
        _text(row, "typeContrat"),
        title_key(_text(row, "entreprise.nom")),
        " ".join(description.casefold().split()),
    )
    return hashlib.sha256("\x1f".join(told).encode()).hexdigest()
