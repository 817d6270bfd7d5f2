"""EDOF, the dialect of LHEO that training bodies give to Mon Compte Formation, told in LHEO's own words.

A formation is rewritten element by element, each at its line: names and codes that differ are mapped, children are put
in LHEO's order, what LHEO has no place for goes to `extras`, a text each. EDOF leaves out much that LHEO asks for
(domain, bodies' coordinates, contacts): what is not told stays unknown.
"""

from copy import deepcopy

from lxml import etree

from courses.importers.faults import Fault
from courses.importers.lheo_schema import NAMESPACES, RULES, Sequence
from courses.importers.lheo_validate import line_of, places

NAMESPACE = "https://www.of.moncompteformation.gouv.fr"
VERSION = "EDOF"
CURRENT = next(namespace for namespace, version in NAMESPACES.items() if version == "2.3")
LHEO = f"{{{CURRENT}}}"
# what a formation must tell even here
NEEDED = frozenset(
    {"intitule-formation", "action", "organisme-formation-responsable", "SIRET-organisme-formation", "SIRET"}
)
OTHER_NAMES = {
    ("formation", "intitule"): "intitule-formation",
    ("formation", "objectif"): "objectif-formation",
    ("formation", "contenu"): "contenu-formation",
}
# a bare element → the one that holds it in LHEO
WRAPPED = {("organisme-formation-responsable", "SIRET"): "SIRET-organisme-formation"}
# element → EDOF's code → LHEO's; a code that is not here is the same on both sides
OTHER_CODES = {"code-perimetre-recrutement": {"7": "0"}}
RHYTHMS = {
    "1": "En journée",
    "2": "Hebdomadaire",
    "3": "En semaine",
    "4": "Le week-end",
    "5": "Temps plein",
    "6": "Temps partiel",
    "7": "Plusieurs rythmes",
}
ADMISSIONS = {
    "99999": "Admission sans disposition particulière",
    "92002": "Admission sur dossier",
    "92003": "Admission sur concours",
    "92005": "Admission après entretien",
    "92007": "Admission après test",
    "92009": "Admission après visite médicale",
}
STREET = ("numero-voie", "code-nature-voie", "libelle-voie")


def as_lheo(formation: etree._Element) -> etree._Element:
    """The same formation in LHEO 2.3; the one given stays as it is."""
    told = deepcopy(formation)
    _rewrite(told, _local(told))
    etree.cleanup_namespaces(told)
    return told


def asked_of(faults: list[Fault]) -> list[Fault]:
    """Without what LHEO asks for and EDOF does not tell."""
    return [fault for fault in faults if fault.code != "missing" or fault.element in NEEDED]


def _local(element: etree._Element) -> str:
    """Not by etree.QName, which raises for a prefix that is declared nowhere."""
    return str(element.tag).rpartition("}")[2]


def _rewrite(element: etree._Element, name: str) -> None:
    element.tag = LHEO + name
    rule = RULES.get(name)
    if not isinstance(rule, Sequence):
        if (text := (element.text or "").strip()) in OTHER_CODES.get(name, {}):
            element.text = OTHER_CODES[name][text]
        return
    extras = [child for child in element if _local(child) == "extras"]
    _add_told(element, name, extras)
    _order_children(element, name, places(rule))


def _order_children(element: etree._Element, name: str, order: dict[str, int]) -> None:
    """Rename and place each child; those that LHEO does not know, and extras, become texts of one `extras`."""
    known: list[tuple[int, etree._Element]] = []
    strange = []
    for child in list(element):
        element.remove(child)
        own = OTHER_NAMES.get((name, _local(child)), _local(child))
        if (name, own) in WRAPPED:
            child, own = _wrapped(child, WRAPPED[name, own])
        if own == "extras" or own not in order:
            strange.append(child)
        else:
            _rewrite(child, own)
            known.append((order[own], child))
    element.extend(child for _place, child in sorted(known, key=lambda each: each[0]))
    texts = [text for child in strange for text in _texts(child, "")]
    if texts:
        bag = _new(element, "extras", line_of(strange[0]))
        bag.set("info", "edof")
        for path, text in texts:
            extra = _new(bag, "extra", line_of(strange[0]))
            extra.text = text
            extra.set("info", path)


def _add_told(element: etree._Element, name: str, extras: list[etree._Element]) -> None:
    """What EDOF tells in its extras and LHEO has a place for, where that place is empty."""

    def said(wanted: str) -> list[str]:
        found = (each for bag in extras for each in bag.iter(etree.Element) if _local(each) == wanted)
        return [text for each in found if (text := (each.text or "").strip())]

    def add(place: str, text: str, most: int) -> None:
        if text and not any(_local(child) == place for child in element):
            _new(element, place, line_of(element)).text = text[:most]

    if name == "formation":
        registers = [each for each in element.iter(etree.Element) if _local(each) in ("code-RNCP", "code-RS")]
        add("certifiante", "1" if registers else "", 1)
    elif name == "action":
        add("rythme-formation", ", ".join(RHYTHMS.get(code, "") for code in said("code-rythme-formation")), 3000)
        ways = [ADMISSIONS[code] for code in said("code-modalites-admission") if code in ADMISSIONS]
        add("modalites-recrutement", ". ".join([*ways, *said("info-admission")]), 3000)
        add("acces-handicapes", " ".join(said("modalites-handicap")), 250)
        add("prix-total-TTC", "".join(said("frais-ttc")[:1]), 10)
    elif name == "adresse":
        street = " ".join(text for part in STREET for text in said(part)[:1])
        add("ligne", street or " ".join(said("ligne5-adresse")), 50)


def _texts(element: etree._Element, path: str) -> list[tuple[str, str]]:
    """The texts below an element, each with the way that leads to it."""
    here = "/".join(filter(None, (path, element.get("info") or _local(element))))
    inner = [text for child in element.iterchildren(etree.Element) for text in _texts(child, here)]
    own = (element.text or "").strip()
    return ([(here, own)] if own else []) + inner


def _wrapped(child: etree._Element, holder: str) -> tuple[etree._Element, str]:
    around = etree.Element(LHEO + holder)
    around.sourceline = line_of(child)  # type: ignore[assignment]  # the stubs are wrong
    around.append(child)
    return around, holder


def _new(parent: etree._Element, name: str, line: int) -> etree._Element:
    made = etree.SubElement(parent, LHEO + name)
    made.sourceline = line  # type: ignore[assignment]  # the stubs are wrong
    return made
