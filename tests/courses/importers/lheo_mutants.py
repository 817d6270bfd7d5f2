"""Seeded mutants of LHEO documents, and one document that holds every element: material for the description's test."""

import random
from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from courses.importers.lheo_schema import RULES, Anything, Bag, Code, Day, Sequence, Text, Whole

NAMESPACE = "http://lheo.gouv.fr/2.3"
PREFIX = f"{{{NAMESPACE}}}"
NAMES = sorted(RULES)
TEXTS = [
    "",
    " ",
    "x",
    "xx",
    "é" * 5,
    "12345",
    "😀" * 50,
    "-",
    "00000000",
    "n" * 51,
    "n" * 256,
    "n" * 3001,
    "a\nb\tc",
    "0 ",
]
NUMBERS = [
    "0",
    "1",
    "99999",
    "100000",
    "-1",
    "+7",
    "007",
    "1.0",
    "1 2",
    "",
    " 12 ",
    "9" * 25,
    "99",
    "100",
    "douze",
    "0x1",
]
DAYS = [
    "20270115",
    "20271315",
    "20270230",
    "20270900",
    "00000000",
    "99999999",
    "2027-01-15",
    "2027115",
    " 20270115\n",
    "20270145",
]
STAMPS = [
    "2027-01-15T09:30:00+01:00",
    "2027-01-15T24:00:00",
    "2027-02-30T00:00:00",
    "2027-01-15",
    "",
    "2027-01-15T09:30:60Z",
]


def sample_value(name: str) -> str:
    """A text that the rule of `name` accepts."""
    match RULES[name]:
        case Text(least=least):
            return "1" * max(least, 1)
        case Code(table=table):
            return next(iter(table))
        case Whole():
            return "7"
        case Day():
            return "20270115"
    return ""


def full_document(root: str = "lheo") -> etree._Element:
    """A valid document where every element that `root` can reach appears."""
    return build(root, None)


def build(name: str, parent: etree._Element | None) -> etree._Element:
    if parent is None:
        element = etree.Element(PREFIX + name, nsmap={None: NAMESPACE})
    else:
        element = etree.SubElement(parent, PREFIX + name)
    match RULES[name]:
        case Sequence(parts=parts):
            for part in parts:
                for _copy in range(max(part.least, 1) if part.most == 1 else min(part.most or 2, 2)):
                    build(part.name, element)
        case Bag():
            extra = etree.SubElement(element, PREFIX + "extra", info="clé")
            extra.text = "valeur"
        case Anything():
            element.text = "valeur"
        case _:
            element.text = sample_value(name)
    return element


def mutant(document: etree._Element, seed: int) -> tuple[bytes, str]:
    """`document` after one to three changes drawn from `seed`, and what they were."""
    rng = random.Random(seed)
    changed, told = deepcopy(document), []
    for _change in range(rng.choice([1, 1, 1, 2, 3])):
        change = rng.choice(CHANGES)
        target = rng.choice([element for element in changed.iter() if isinstance(element.tag, str)])
        told.append(f"{change.__name__} {etree.QName(target).localname}")
        change(target, rng)
    return etree.tostring(changed, xml_declaration=True, encoding="UTF-8"), "; ".join(told)


def drop(target: etree._Element, rng: random.Random) -> None:
    parent = target.getparent()
    if parent is not None:
        parent.remove(target)


def duplicate(target: etree._Element, rng: random.Random) -> None:
    if target.getparent() is not None:
        for _copy in range(rng.choice([1, 1, 1, 5, 10])):
            target.addnext(deepcopy(target))


def swap(target: etree._Element, rng: random.Random) -> None:
    following = target.getnext()
    if following is not None:
        target.addprevious(following)


def rename(target: etree._Element, rng: random.Random) -> None:
    if target.getparent() is not None:
        target.tag = rng.choice([PREFIX + rng.choice(NAMES), PREFIX + "inconnu", "{urn:autre}action", "session"])


def insert(target: etree._Element, rng: random.Random) -> None:
    name = rng.choice([rng.choice(NAMES), "extras", "inconnu"])
    child = etree.Element(PREFIX + name)
    child.text = sample_value(name) if name in RULES and rng.random() < 0.7 else None
    target.insert(rng.randint(0, len(target)), child)


def move(target: etree._Element, rng: random.Random) -> None:
    parent = target.getparent()
    if parent is not None:
        parent.insert(rng.randint(0, len(parent)), target)


def write_text(target: etree._Element, rng: random.Random) -> None:
    target.text = rng.choice(TEXTS)


def write_likely_text(target: etree._Element, rng: random.Random) -> None:
    """A text near the border of what the rule allows."""
    match RULES.get(etree.QName(target).localname):
        case Text(least=least, most=most):
            target.text = "é" * rng.choice([least, max(least - 1, 0), most, most + 1])
        case Code(table=table):
            target.text = rng.choice([*table, "10", "19", "3", "-1", "01", "oui", " 1 ", "1\n", ""])
        case Whole():
            target.text = rng.choice(NUMBERS)
        case Day():
            target.text = rng.choice(DAYS)
        case _:
            target.text = rng.choice([" \n ", "texte", "\u00a0", ""])


def write_after(target: etree._Element, rng: random.Random) -> None:
    if target.getparent() is not None:
        target.tail = rng.choice(["texte", "\n", "\u00a0", "-"])


def add_attribute(target: etree._Element, rng: random.Random) -> None:
    name = rng.choice(["numero", "info", "ref", "tag", "datemaj", "datecrea", "file", "href", "uri", "inconnu", "type"])
    target.set(name, rng.choice(["1", "", "http://exemple.fr/a b", "é"]))


def add_odd_attribute(target: etree._Element, rng: random.Random) -> None:
    schema = "{http://www.w3.org/2001/XMLSchema-instance}"
    name = rng.choice(
        ["{http://www.w3.org/XML/1998/namespace}lang", f"{schema}schemaLocation", f"{schema}nil", PREFIX + "numero"]
    )
    target.set(name, rng.choice(["fr", "true"]))


def add_timestamp(target: etree._Element, rng: random.Random) -> None:
    target.set(f"horodatage-{rng.choice(['creation', 'modification', 'export', 'autre'])}", rng.choice(STAMPS))


def add_identifier(target: etree._Element, rng: random.Random) -> None:
    name = rng.choice(["id", "idref"])
    target.set(name, rng.choice(["a1", "1a", "a b", "b", "", " c ", "é-1.b"]))
    if rng.random() < 0.5:
        target.getroottree().getroot().set("id", "b")


def drop_attribute(target: etree._Element, rng: random.Random) -> None:
    if target.attrib:
        del target.attrib[rng.choice(sorted(target.attrib))]


def add_extra(target: etree._Element, rng: random.Random) -> None:
    """Open content: anything goes, but an LHEO element inside is held to its rule."""
    bag = etree.SubElement(target, PREFIX + "extras")
    extra = etree.SubElement(bag, PREFIX + rng.choice(["extra", "extra", "extras", "session"]), info="clé")
    inside = etree.SubElement(extra, rng.choice([PREFIX + rng.choice(NAMES), "libre", PREFIX + "inconnu"]))
    inside.text = rng.choice(["1", "12345", "20270115", ""])


def add_comment(target: etree._Element, rng: random.Random) -> None:
    target.insert(rng.randint(0, len(target)), rng.choice([etree.Comment("note"), etree.ProcessingInstruction("note")]))


CHANGES: list[Callable[[etree._Element, random.Random], None]] = [
    *(drop, duplicate, swap, rename, insert, move, write_text, write_likely_text, write_likely_text, write_after),
    *(add_attribute, add_odd_attribute, add_timestamp, add_identifier, drop_attribute, add_extra, add_comment),
]
