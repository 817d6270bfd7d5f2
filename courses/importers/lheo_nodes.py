"""Walk an LHEO element that is already valid, note what its values break beyond structure, read its small parts."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from lxml import etree

from courses.importers.faults import ERROR, WARNING, Fault, shown
from courses.importers.lheo_schema import NAMESPACES
from courses.importers.lheo_tables import TABLES
from courses.importers.lheo_validate import line_of
from courses.importers.records import (
    NOTHING_CHECKED,
    UNKNOWN_DATE,
    CodeRef,
    ContactRecord,
    KnownCodes,
    PartialDate,
    PlaceRecord,
)
from courses.importers.texts import plain_line, plain_text
from courses.importers.values import (
    BadValue,
    coordinates,
    mail_address,
    partial_date,
    price_cents,
    siret_number,
    web_address,
)

EXTRAS_LENGTH = 60_000
CURRENT_NAMESPACE = next(namespace for namespace, version in NAMESPACES.items() if version == "2.3")


@dataclass(slots=True)
class Notes:
    """Faults found while reading one formation, and the codes its values are compared with."""

    known: KnownCodes = NOTHING_CHECKED
    faults: list[Fault] = field(default_factory=list)

    def add(self, node: "Node", code: str, message: str, value: str = "", severity: str = WARNING) -> None:
        self.faults.append(Fault(node.line, node.name, code, message, shown(value), severity))


class Node:
    """An element with its notes; children are asked for by local name."""

    def __init__(self, element: etree._Element, notes: Notes):
        self.element, self.notes = element, notes
        self.prefix, found, self.name = str(element.tag).rpartition("}")
        self.prefix += found

    @property
    def line(self) -> int:
        return line_of(self.element)

    def one(self, name: str) -> "Node | None":
        child = self.element.find(self.prefix + name)
        return None if child is None else Node(child, self.notes)

    def all(self, name: str) -> list["Node"]:
        return [Node(child, self.notes) for child in self.element.findall(self.prefix + name)]

    def attribute(self, name: str) -> str:
        return (self.element.get(name) or "").strip()

    @property
    def raw(self) -> str:
        return self.element.text or ""

    def raw_of(self, name: str) -> str:
        return (self.element.findtext(self.prefix + name) or "").strip()

    def text_of(self, name: str) -> str:
        """The text of the child `name` as plain text, empty where it is absent."""
        return plain_text(self.element.findtext(self.prefix + name) or "")

    def line_of(self, name: str) -> str:
        return plain_line(self.element.findtext(self.prefix + name) or "")

    def lines_of(self, name: str) -> tuple[str, ...]:
        """The one-line texts of all children `name`, those that say something."""
        return tuple(filter(None, (plain_line(child.raw) for child in self.all(name))))

    def number_of(self, name: str) -> int | None:
        raw = self.raw_of(name)
        return int(raw) if raw else None

    def truth_of(self, name: str) -> bool | None:
        return {"0": False, "1": True}.get(self.raw_of(name))

    def label_of(self, name: str, table: str) -> str:
        return TABLES[table].get(self.raw_of(name), "")

    def codes_of(self, name: str) -> tuple[CodeRef, ...]:
        return tuple(
            CodeRef(child.raw.strip(), child.attribute("ref")) for child in self.all(name) if child.raw.strip()
        )

    def read[T](self, reader: Callable[[str], T], default: T, severity: str = WARNING) -> T:
        """This node's text through `reader`; a BadValue is noted and gives `default`."""
        try:
            return reader(self.raw)
        except BadValue as bad:
            self.notes.add(self, bad.code, str(bad), self.raw, severity)
            return default

    def date_of(self, name: str, severity: str = WARNING) -> PartialDate:
        child = self.one(name)
        return UNKNOWN_DATE if child is None else child.read(partial_date, UNKNOWN_DATE, severity)

    def price_of(self, name: str) -> int | None:
        child = self.one(name)
        return None if child is None else child.read(price_cents, None)

    def urls_of(self, name: str) -> tuple[str, ...]:
        """The addresses inside the wrapper `name`."""
        wrapper = self.one(name)
        return () if wrapper is None else wrapper.urls()

    def urls(self) -> tuple[str, ...]:
        return tuple(filter(None, (child.read(web_address, "") for child in self.all("urlweb"))))

    def extras(self) -> str:
        """The extras of this element as LHEO 2.3 text, for what the portal has no field for."""
        parts = [etree.tostring(child.element, encoding="unicode", with_tail=False) for child in self.all("extras")]
        text = "".join(parts).replace(self.prefix[1:-1], CURRENT_NAMESPACE)
        if len(text) > EXTRAS_LENGTH:
            self.notes.add(
                self, "extras-too-long", _("Ces compléments sont trop longs pour être gardés : raccourcissez-les.")
            )
            return ""
        return text


def period(node: Node | None, severity: str) -> tuple[PartialDate, PartialDate]:
    """Start and end of a `periode`; an end before its start is noted and, as a warning, leaves both unknown."""
    if node is None:
        return UNKNOWN_DATE, UNKNOWN_DATE
    starts, ends = node.date_of("debut", severity), node.date_of("fin", severity)
    first, last = starts.first_day, ends.last_day
    if first and last and last < first:
        message = _("La fin est avant le début : corrigez l'une des deux dates.")
        node.notes.add(node, "end-before-start", message, f"{node.raw_of('debut')} {node.raw_of('fin')}", severity)
        return UNKNOWN_DATE, UNKNOWN_DATE
    return starts, ends


def siret_in(node: Node | None) -> str:
    """The SIRET inside a wrapper such as SIRET-formateur."""
    found = node.one("SIRET") if node is not None else None
    if found is None:
        return ""
    digits, doubt = siret_number(found.raw)
    if doubt:
        found.notes.add(found, doubt.code, str(doubt), found.raw)
    return digits


def uai_in(node: Node | None) -> str:
    return node.raw_of("code-UAI").upper() if node is not None else ""


def address(node: Node | None, name: str = "") -> PlaceRecord | None:
    """An `adresse`; None when it tells nothing."""
    if node is None:
        return None
    latitude, longitude = position(node.one("geolocalisation"))
    place = PlaceRecord(
        name=node.line_of("denomination") or name,
        lines=node.lines_of("ligne"),
        postcode=node.line_of("codepostal"),
        town=node.line_of("ville"),
        department=node.line_of("departement"),
        insee=insee_code(node),
        region=node.line_of("region"),
        country=node.line_of("pays").upper(),
        latitude=latitude,
        longitude=longitude,
    )
    return None if place == PlaceRecord() else place


def insee_code(node: Node) -> str:
    code = node.line_of("code-INSEE-commune").upper()
    if code and node.notes.known.lacks("communes", code):
        message = _("Cette commune est inconnue ici : vérifiez son code INSEE.")
        node.notes.add(node, "unknown-code", message, code)
    return code


def position(node: Node | None) -> tuple[float | None, float | None]:
    if node is None:
        return None, None
    longitude = node.raw_of("longitude")
    try:
        return coordinates(node.raw_of("latitude"), longitude)
    except BadValue as bad:
        node.notes.add(node, bad.code, str(bad), f"{node.raw_of('latitude')} {longitude}")
        return None, None


def coordinates_record(node: Node | None) -> ContactRecord:
    """A `coordonnees`, with no kind yet."""
    if node is None:
        return ContactRecord()
    mail = node.one("courriel")
    phones = [
        phone for kind in ("telfixe", "portable") for holder in node.all(kind) for phone in holder.lines_of("numtel")
    ]
    return ContactRecord(
        name=node.line_of("nom"),
        first_name=node.line_of("prenom"),
        civility=node.line_of("civilite"),
        lines=node.lines_of("ligne"),
        place=address(node.one("adresse")),
        phones=tuple(phones),
        mail="" if mail is None else mail.read(mail_address, ""),
        urls=node.urls_of("web"),
    )


def contacts(node: Node, name: str) -> tuple[ContactRecord, ...]:
    """The contacts `name` of an element that say something."""
    found = []
    for child in node.all(name):
        contact = coordinates_record(child.one("coordonnees"))
        if not contact.is_empty:
            code = child.raw_of("type-contact")
            kind = TABLES["contact"].get(code, "")
            found.append(replace(contact, kind=kind, kind_code=code))
    return tuple(found)


def site(node: Node) -> PlaceRecord | None:
    """A `lieu-de-formation`: its address, named by what stands before it, with its numbers."""
    inside = node.one("coordonnees")
    siret, uai = siret_in(node.one("SIRET-lieu-formation")), uai_in(node.one("code-UAI-lieu-formation"))
    if inside is None:
        return None
    named = inside.line_of("nom") or next(iter(inside.lines_of("ligne")), "")
    place = replace(address(inside.one("adresse"), named) or PlaceRecord(name=named), siret=siret, uai=uai)
    return None if place == PlaceRecord() else place


def refuse(node: Node, code: str, message: str, value: str = "") -> None:
    node.notes.add(node, code, message, value, ERROR)
