"""A line of a table as a CourseRecord of one offering with one session; lines of one course are then joined. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from courses.importers import cell_values as cells
from courses.importers.faults import ERROR, WARNING, Fault, shown
from courses.importers.records import (
    UNKNOWN_DATE,
    CertificationRecord,
    CodeRef,
    ContactRecord,
    CourseRecord,
    FunderRecord,
    KnownCodes,
    OfferingRecord,
    PlaceRecord,
    ProviderRecord,
    SessionRecord,
)
from courses.importers.texts import plain_line, plain_text
from courses.importers.values import BadValue, mail_address, nda_number, siret_number, web_address

LONGEST_TEXT = 3_000
LONGEST = {"titre": 255, "lieu": 255, "adresse": 250, "ville": 60, "duree": 150, "organisme": 250, "telephone": 25}
NUMBER = re.compile(r"(?:RNCP|RS)?\s*(\d{1,6})", re.IGNORECASE | re.ASCII)
ROME, FORMACODE, NSF = re.compile(r"[A-Z]\d{4}"), re.compile(r"\d{5}"), re.compile(r"\d{3}[a-z]?")
# NUL and its like, which no base keeps; staging shows them as U+2400 and U+FFFD
HIDDEN = re.compile("[\x00\ud800-\udfff\u2400\ufffd]")


class Cells:
    """The cells of a line by field; what is wrong with them is noted."""

    def __init__(self, values: Mapping[str, str], line: int, known: KnownCodes):
        self.values, self.line, self.known = values, line, known
        self.faults: list[Fault] = []

    def note(self, name: str, code: str, message: str, severity: str = ERROR) -> None:
        self.faults.append(Fault(self.line, name, code, message, shown(self.values.get(name, "")), severity))

    def raw(self, name: str) -> str:
        value = self.values.get(name, "").strip()
        return value[1:] if value[:1] == "'" and value[1:2] in ("=", "+", "-", "@") else value

    def text(self, name: str) -> str:
        """As plain text on several lines, at most as long as the portal keeps."""
        return self._fitting(name, plain_text(self.raw(name)))

    def line_of(self, name: str) -> str:
        return self._fitting(name, plain_line(self.raw(name)))

    def _fitting(self, name: str, text: str) -> str:
        most = LONGEST.get(name, LONGEST_TEXT)
        if len(text) > most:
            message = _("Ce texte a %(length)d caractères : gardez-en %(most)d au plus.")
            self.note(name, "too-long", message % {"length": len(text), "most": most})
        return text[:most]

    def read[T](self, name: str, reader: Callable[[str], T], default: T) -> T:
        """The cell through `reader`; a BadValue is noted and gives `default`; an empty cell too."""
        raw = self.raw(name)
        if not raw:
            return default
        try:
            return reader(raw)
        except BadValue as bad:
            self.note(name, bad.code, str(bad))
            return default

    def codes(self, name: str, shape: re.Pattern[str], kind: Any) -> tuple[str, ...]:
        """Codes of this shape; one that the base does not know is told and left out later."""
        found = []
        for code in cells.listed(self.raw(name)):
            code = code.upper() if kind == "rome" else code
            if not shape.fullmatch(code):
                self.note(name, "code-shape", _("Ce code est mal formé : vérifiez-le dans la nomenclature."))
            elif self.known.lacks(kind, code):
                self.note(name, "unknown-code", _("Ce code est inconnu ici : vérifiez-le."), WARNING)
            else:
                found.append(code)
        return tuple(found)


def table_record(values: Mapping[str, str], line: int, known: KnownCodes) -> tuple[CourseRecord, list[Fault]]:
    """The record of one line, and what is wrong with it: an error refuses the line."""
    row = Cells({name: HIDDEN.sub("", value) for name, value in values.items()}, line, known)
    for name, value in values.items():
        if HIDDEN.search(value):
            row.note(name, "hidden-signs", _("Cette cellule contient un signe invisible : retapez-la."))
    title = row.line_of("titre")
    if not re.search(r"\w", title):
        row.note("titre", "no-title", _("L'intitulé manque : écrivez le nom de la formation."))
    provider = provider_of(row)
    certifications = certifications_of(row)
    skills = ", ".join(cells.listed(row.line_of("competences")))
    record = CourseRecord(
        line=line,
        number=row.line_of("numero")[:300],
        title=title,
        provider=provider,
        objective=row.text("description"),
        expected_results=row.text("resultats"),
        content=joined(
            row.text("programme"), _("Compétences visées : %(skills)s") % {"skills": skills} if skills else ""
        ),
        is_certifying=row.read("certifiante", cells.truth, None) if row.raw("certifiante") else None,
        formacodes=tuple(CodeRef(code) for code in row.codes("formacode", FORMACODE, "formacode")),
        nsf_codes=row.codes("nsf", NSF, "nsf"),
        rome_codes=row.codes("rome", ROME, "rome"),
        entry_level_code=level_code(row.read("niveau_entree", cells.level, None)),
        entry_level=row.read("niveau_entree", cells.level, None),
        exit_level=row.read("niveau_sortie", cells.level, None),
        certifications=certifications,
        urls=tuple(filter(None, (row.read("url", web_address, ""),))),
        contacts=provider.contacts,
        offerings=(offering_of(row),),
    )
    return record, row.faults


def level_code(level: int | None) -> str:
    """LHEO's code of a European level."""
    return "" if level is None else str(10 + level) if level else "1"


def provider_of(row: Cells) -> ProviderRecord:
    siret, doubt = siret_number(row.raw("siret"))
    if not row.raw("siret"):
        row.note("siret", "siret-missing", _("Le SIRET manque : écrivez les 14 chiffres de l'organisme."))
    elif doubt:
        row.note("siret", doubt.code, str(doubt), WARNING if siret else ERROR)
    elif not siret:
        row.note("siret", "siret-shape", _("Ce SIRET n'a pas 14 chiffres : corrigez-le."))
    nda, doubt = nda_number(row.raw("nda")) if row.raw("nda") else ("", None)
    if doubt:
        row.note("nda", doubt.code, str(doubt), WARNING)
    name = row.line_of("organisme")
    phone = row.line_of("telephone")
    contact = ContactRecord(
        name=row.line_of("contact"), phones=(phone,) if phone else (), mail=row.read("courriel", mail_address, "")
    )
    return ProviderRecord(
        nda=nda, siret=siret, name=name, contacts=() if contact.is_empty else (contact,), line=row.line
    )


def certifications_of(row: Cells) -> tuple[CertificationRecord, ...]:
    found = []
    for name in ("rncp", "rs"):
        for part in cells.listed(row.raw(name)):
            number = NUMBER.fullmatch(part)
            if number is None:
                message = _("Ce numéro est illisible : écrivez par exemple 38777.")
                row.note(name, "certification-shape", message)
            else:
                found.append(CertificationRecord(**{name: number[1].lstrip("0") or "0"}))
    return tuple(found)


def offering_of(row: Cells) -> OfferingRecord:
    place = place_of(row)
    modality = row.read("modalite", cells.modality, None)
    funders = funders_of(row)
    return OfferingRecord(
        line=row.line,
        # without a number of its own an offering is known by where and how: lines may change places
        number=row.line_of("numero_action")[:280]
        or f"{modality or 'lieu'}-{place.postcode}-{slugify(place.town)}"[:280],
        rhythm=row.text("rythme"),
        modality=modality,
        entry_mode=row.read("entrees", cells.entry_mode, None),
        public_text=row.line_of("public"),
        conditions=row.text("prerequis"),
        admission=row.text("admission"),
        places=() if place == PlaceRecord() else (place,),
        accessibility=row.line_of("accessibilite"),
        teaching=row.text("pedagogie"),
        hours_in_centre=row.read("heures_centre", cells.hours, None),
        hours_in_company=row.read("heures_entreprise", cells.hours, None),
        hours_total=row.read("duree_heures", cells.hours, None),
        duration_text=row.line_of("duree"),
        price_cents=row.read("prix", cells.price, None),
        left_to_pay=left_to_pay(row),
        is_funding_possible=row.read("financable", cells.truth, None) if row.raw("financable") else None,
        funding=row.text("conditions_financement"),
        funders=tuple(FunderRecord(code, "") for code in funders if code != cells.CPF),
        has_cpf=cells.CPF in funders,
        sessions=(session_of(row),),
    )


def left_to_pay(row: Cells) -> str:
    """The amount as the rows of the plan read it; an unreadable one is a fault."""
    row.read("reste_a_payer", cells.price, None)
    return row.line_of("reste_a_payer")


def funders_of(row: Cells) -> tuple[str, ...]:
    found = []
    for part in cells.listed(row.raw("financeurs")):
        try:
            found.append(cells.funder(part))
        except BadValue as bad:
            row.note("financeurs", bad.code, str(bad))
    return tuple(dict.fromkeys(found))


def place_of(row: Cells) -> PlaceRecord:
    insee = row.raw("code_insee").upper()
    if insee and row.known.lacks("communes", insee):
        row.note("code_insee", "unknown-code", _("Cette commune est inconnue ici : vérifiez son code INSEE."), WARNING)
    address = row.line_of("adresse")
    return PlaceRecord(
        name=row.line_of("lieu"),
        lines=(address,) if address else (),
        postcode=row.read("code_postal", cells.postcode, ""),
        town=row.line_of("ville"),
        insee=insee[:5],
    )


def session_of(row: Cells) -> SessionRecord:
    starts, ends = row.read("date_debut", cells.day, UNKNOWN_DATE), row.read("date_fin", cells.day, UNKNOWN_DATE)
    if starts.first_day and ends.last_day and ends.last_day < starts.first_day:
        row.note("date_fin", "end-before-start", _("La fin est avant le début : corrigez l'une des deux dates."))
        starts = ends = UNKNOWN_DATE
    return SessionRecord(
        line=row.line,
        number=row.line_of("numero_session")[:300],
        starts=starts,
        ends=ends,
        registration_opens=row.read("inscription_debut", cells.day, UNKNOWN_DATE),
        registration_closes=row.read("inscription_fin", cells.day, UNKNOWN_DATE),
        recruitment=row.read("recrutement", cells.recruitment, "unknown"),
        seats=row.read("places", cells.seats, None),
    )


def joined(*parts: str) -> str:
    return "\n\n".join(filter(None, parts))[:LONGEST_TEXT]


def joined_lines(records: Sequence[CourseRecord]) -> CourseRecord:
    """The course that lines of one key tell together: the first line that says a thing is believed."""
    first = records[0]
    if len(records) == 1:
        return first
    offerings: dict[str, OfferingRecord] = {}
    for offering in (each for record in records for each in record.offerings):
        known = offerings.get(offering.number)
        offerings[offering.number] = offering if known is None else _with_sessions(known, offering)
    return replace(_completed(first, records[1:], leave=("offerings", "line")), offerings=tuple(offerings.values()))


def _with_sessions(known: OfferingRecord, more: OfferingRecord) -> OfferingRecord:
    told = {(each.number, each.starts, each.ends) for each in known.sessions}
    fresh = tuple(each for each in more.sessions if (each.number, each.starts, each.ends) not in told)
    return replace(_completed(known, [more], leave=("sessions", "line")), sessions=(*known.sessions, *fresh))


def _completed[T: (CourseRecord, OfferingRecord)](first: T, others: Iterable[T], leave: tuple[str, ...]) -> T:
    """`first` with what it does not say and one of the others does."""
    found: dict[str, Any] = {}
    for name in first.__dataclass_fields__:
        if name not in leave and getattr(first, name) in (None, "", ()):
            said = next((value for other in others if (value := getattr(other, name)) not in (None, "", ())), None)
            if said is not None:
                found[name] = said
    return replace(first, **found)
