"""Hold an LHEO tree against the description of lheo_schema: each departure is a Fault with its line.

Pure: an lxml tree in, faults out. The tree comes from lheo_stream, without comments or processing instructions.
"""

import re
from datetime import date
from functools import cache
from typing import cast

from django.utils.translation import gettext as _
from lxml import etree

from courses.importers.faults import ERROR, WARNING, Fault, shown
from courses.importers.lheo_schema import (
    RULES,
    TIMESTAMPS,
    Anything,
    Bag,
    Code,
    Day,
    Part,
    Sequence,
    Text,
    Whole,
    attributes_of,
)

# The definition bounds whole numbers, the published XSD does not.
BEYOND_XSD = frozenset({"out-of-bounds"})

# Real flows leave these out although LHEO asks for them; the portal reads them where they are and can do without.
TOLERATED = frozenset(
    {
        ("adresse", "ligne"),
        ("organisme-formation-responsable", "coordonnees-organisme"),
        ("organisme-formation-responsable", "contact-organisme"),
        ("formation", "contact-formation"),
    }
)

BLANKS = " \t\r\n"
DAY = re.compile(r"[0-9]{4}[019][0-9][01239][0-9]")
WHOLE = re.compile(r"[+-]?[0-9]{1,30}")
LONG = 2**63
NAME = re.compile(r"[^\W\d][\w.\-·]*")
TIMESTAMP = re.compile(
    r"-?([1-9][0-9]{4,8}|[0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?"
    r"(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
)
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
LOCATIONS = frozenset({f"{XSI}schemaLocation", f"{XSI}noNamespaceSchemaLocation"})


@cache
def places(sequence: Sequence) -> dict[str, int]:
    return {part.name: index for index, part in enumerate(sequence.parts)}


class Order:
    """Follows the children of one element against its sequence, one child at a time."""

    def __init__(self, parent: str, sequence: Sequence):
        self.parent, self.parts, self.places = parent, sequence.parts, places(sequence)
        self.at, self.count = 0, 0

    def take(self, name: str, line: int) -> list[Fault]:
        """The next child is `name`."""
        place = self.places.get(name)
        if place is None:
            return [self._unknown(name, line)]
        if place < self.at:
            return [self._misplaced(name, line)]
        skipped = self._leave(place, line)
        self.at, self.count = place, self.count + 1 if place == self.at else 1
        most = self.parts[place].most
        if most is not None and self.count > most:
            return [*skipped, self._too_many(name, most, line)]
        return skipped

    def finish(self, line: int) -> list[Fault]:
        """No more children."""
        return self._leave(len(self.parts), line)

    def _leave(self, place: int, line: int) -> list[Fault]:
        if place == self.at:
            return []
        lacking = [self.parts[self.at]] if self.count < self.parts[self.at].least else []
        lacking += [part for part in self.parts[self.at + 1 : place] if part.least]
        return [self._missing(part, line) for part in lacking]

    def _missing(self, part: Part, line: int) -> Fault:
        message = _("Il manque « %(child)s » dans « %(parent)s » : ajoutez cet élément à sa place.")
        severity = WARNING if (self.parent, part.name) in TOLERATED else ERROR
        text = message % {"child": part.name, "parent": self.parent}
        return Fault(line, part.name, "missing", text, severity=severity)

    def _too_many(self, name: str, most: int, line: int) -> Fault:
        message = _("« %(child)s » revient trop souvent dans « %(parent)s » : gardez-en %(most)d au plus.")
        return Fault(line, name, "too-many", message % {"child": name, "parent": self.parent, "most": most})

    def _misplaced(self, name: str, line: int) -> Fault:
        message = _("« %(child)s » n'est pas à sa place dans « %(parent)s » : mettez-le avant « %(next)s ».")
        after = self.parts[self.at].name
        return Fault(line, name, "misplaced", message % {"child": name, "parent": self.parent, "next": after})

    def _unknown(self, name: str, line: int) -> Fault:
        message = _("« %(child)s » n'existe pas dans « %(parent)s » : retirez-le ou placez-le dans « extras ».")
        text = message % {"child": shown(name), "parent": self.parent}
        return Fault(line, shown(name), "unknown-element", text)


class Checker:
    """Checks elements of one file: its namespace and the identifiers already seen go with it."""

    def __init__(self, namespace: str):
        self.prefix = f"{{{namespace}}}"
        self.identifiers: set[str] = set()

    def name_of(self, element: etree._Element) -> str:
        """Local name inside the file's namespace, else the full tag, which no rule knows."""
        return str(element.tag).removeprefix(self.prefix)

    def check(self, element: etree._Element) -> list[Fault]:
        """Faults of an element of the description and of all it holds."""
        name = self.name_of(element)
        rule = RULES[name]
        faults = self.attributes(element, name, rule)
        match rule:
            case Sequence():
                faults += self._sequence(element, name, rule)
            case Bag():
                faults += self._bag(element, name)
            case Anything():
                faults += self._anything(element)
            case _:
                faults += self._leaf(element, name, rule)
        return faults

    def attributes(self, element: etree._Element, name: str, rule: object = None) -> list[Fault]:
        known, faults = attributes_of(name), []
        for key, value in element.attrib.items():
            if key in known:
                faults += self._attribute(str(key), str(value), element, name)
            elif key not in LOCATIONS and (str(key).startswith(XSI) or not isinstance(rule, Anything)):
                message = _("L'attribut « %(key)s » n'existe pas sur « %(name)s » : retirez-le.")
                text = message % {"key": shown(str(key)), "name": name}
                faults.append(Fault(line_of(element), name, "unknown-attribute", text, shown(str(value))))
        return faults

    def _attribute(self, key: str, value: str, element: etree._Element, name: str) -> list[Fault]:
        message = ""
        if key in TIMESTAMPS:
            if not is_timestamp(value):
                message = _("« %(key)s » n'est pas une date et heure : écrivez par exemple 2027-01-15T09:30:00+01:00.")
        elif key in ("id", "idref"):
            value = value.strip(BLANKS)
            if NAME.fullmatch(value) is None:
                message = _("« %(key)s » doit commencer par une lettre et ne contenir ni espace ni signe.")
            elif key == "id" and value in self.identifiers:
                message = _("Cet identifiant « %(key)s » sert déjà ailleurs dans le fichier : donnez-en un autre.")
            elif key == "id":
                self.identifiers.add(value)
        if not message:
            return []
        return [Fault(line_of(element), name, "bad-attribute", message % {"key": key}, shown(value))]

    def _sequence(self, element: etree._Element, name: str, sequence: Sequence) -> list[Fault]:
        order, faults = Order(name, sequence), stray_text(element, name)
        for child in element:
            child_name = self.name_of(child)
            taken = order.take(child_name, line_of(child))
            faults += taken
            if child_name in order.places:
                faults += self.check(child)
        return faults + order.finish(line_of(element))

    def _bag(self, element: etree._Element, name: str) -> list[Fault]:
        faults = stray_text(element, name)
        for child in element:
            child_name = self.name_of(child)
            if child_name in ("extras", "extra"):
                faults += self.check(child)
            else:
                message = _("« extras » ne contient que des « extra » : placez « %(name)s » dans un « extra ».")
                text = message % {"name": shown(child_name)}
                faults.append(Fault(line_of(child), shown(child_name), "unknown-element", text))
        return faults

    def _anything(self, element: etree._Element) -> list[Fault]:
        faults = []
        for child in element:
            faults += self.check(child) if self.name_of(child) in RULES else self._anything(child)
        return faults

    def _leaf(self, element: etree._Element, name: str, rule: object) -> list[Fault]:
        line = line_of(element)
        if len(element):
            message = _("« %(name)s » contient un texte, pas d'autres éléments : retirez « %(child)s ».")
            child = self.name_of(element[0])
            text = message % {"name": name, "child": shown(child)}
            return [Fault(line_of(element[0]), name, "unexpected-child", text)]
        text = element.text or ""
        code, message = value_fault(rule, name, text)
        return [Fault(line, name, code, message, shown(text))] if code else []


def line_of(element: etree._Element) -> int:
    return cast("int | None", element.sourceline) or 0


def stray_text(element: etree._Element, name: str) -> list[Fault]:
    """Text between the children of an element that holds only elements."""
    faults = []
    for text, line in [(element.text, line_of(element)), *((child.tail, line_of(child)) for child in element)]:
        if text and text.strip(BLANKS):
            message = _("« %(name)s » ne contient que des éléments : retirez le texte placé entre eux.")
            faults.append(Fault(line, name, "stray-text", message % {"name": name}, shown(text)))
    return faults


def value_fault(rule: object, name: str, text: str) -> tuple[str, str]:
    """Code and message of what is wrong with the text of `name`, two empty strings when nothing is."""
    match rule:
        case Text():
            return length_fault(rule, name, text)
        case Code() if text.strip(BLANKS) not in rule.table:
            codes = ", ".join(sorted(rule.table, key=int))
            message = _("« %(name)s » a un code inconnu : choisissez parmi %(codes)s.")
            return "not-in-table", message % {"name": name, "codes": codes}
        case Day() if DAY.fullmatch(text.strip(BLANKS)) is None:
            message = _("« %(name)s » n'est pas une date : écrivez AAAAMMJJ, par exemple 20270115.")
            return "bad-date", message % {"name": name}
        case Whole():
            return whole_fault(rule, name, text.strip(BLANKS))
    return "", ""


def length_fault(rule: Text, name: str, text: str) -> tuple[str, str]:
    words = {"name": name, "length": len(text), "most": rule.most, "least": rule.least}
    if len(text) > rule.most:
        message = _("« %(name)s » est trop long (%(length)d caractères) : raccourcissez-le à %(most)d.")
        return "too-long", message % words
    if len(text) >= rule.least:
        return "", ""
    if not text:
        return "too-short", _("« %(name)s » est vide : écrivez sa valeur, ou un tiret si elle est inconnue.") % words
    message = _("« %(name)s » est trop court (%(length)d caractères) : il en faut %(least)d au moins.")
    return "too-short", message % words


def whole_fault(rule: Whole, name: str, text: str) -> tuple[str, str]:
    words = {"name": name, "most": rule.most, "least": rule.least}
    if WHOLE.fullmatch(text) is None or not -LONG <= int(text) < LONG:
        message = _("« %(name)s » n'est pas un nombre entier : écrivez-le en chiffres, sans unité.")
        return "not-a-number", message % words
    if not rule.least <= int(text) <= rule.most:
        message = _("« %(name)s » est hors limites : écrivez un nombre de %(least)d à %(most)d.")
        return "out-of-bounds", message % words
    return "", ""


def is_timestamp(text: str) -> bool:
    """Whether `text` is an xs:dateTime: a real day, 24:00:00 included."""
    found = TIMESTAMP.fullmatch(text)
    if found is None:
        return False
    year, month, day, hour, minute, second = (int(found[index]) for index in range(1, 7))
    if not year or minute > 59 or second > 59 or hour > 24 or (hour == 24 and (minute or second)):
        return False
    try:
        date(2000 + year % 400, month, day)  # the calendar repeats every 400 years; datetime stops at 9999
    except ValueError:
        return False
    return True
