"""The values of one LHEO formation, each under its place in the text, so that a person can correct one."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from lxml import etree

from courses.importers.faults import ERROR, Fault
from courses.importers.lheo import Reading, read_lheo
from courses.importers.lheo_schema import NAMESPACES
from courses.importers.lheo_validate import line_of
from courses.importers.records import KnownCodes

CURRENT = next(namespace for namespace, version in NAMESPACES.items() if version == "2.3")
# what stands around one formation, or one line of an index
PLACES = {
    "formation": ("lheo", "offres"),
    "resume-offre": ("lheo-index", "resumes-offres"),
    "resume-organisme": ("lheo-index", "resumes-organismes"),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """An element that holds text: its rank among them, its name, the line where it starts in the file."""

    rank: int
    name: str
    line: int
    text: str


def leaves(xml: str, first_line: int) -> list[Leaf]:
    """The texts of a formation, in their order."""
    root = _root(xml)
    shift = first_line - 1
    return [
        Leaf(rank, etree.QName(element).localname, line_of(element) + shift, element.text or "")
        for rank, element in enumerate(_texts(root))
    ]


def mended_xml(xml: str, mended: Mapping[str, str]) -> str:
    """The formation with other texts at some places; `mended` goes by rank, as text."""
    if not mended:
        return xml
    root = _root(xml)
    for rank, element in enumerate(_texts(root)):
        if str(rank) in mended:
            element.text = mended[str(rank)]
    return etree.tostring(root, encoding="unicode")


def read_formation(xml: str, first_line: int, known: KnownCodes) -> Reading:
    """Read one formation, or one line of an index, by itself, as it was read in its file."""
    name = etree.QName(_root(xml))
    root, part = PLACES.get(name.localname, PLACES["formation"])
    whole = f'<{root} xmlns="{name.namespace or CURRENT}"><{part}>{xml}</{part}></{root}>'
    reading = next(iter(read_lheo(BytesIO(whole.encode()), known=known)), None)
    if reading is None:
        message = _("Cette formation est illisible : écartez-la, ou corrigez le fichier.")
        return Reading("course", first_line, None, (Fault(first_line, "formation", "unreadable", message, "", ERROR),))
    return reading


def _root(xml: str) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _texts(root: etree._Element) -> list[etree._Element]:
    return [element for element in root.iter(etree.Element) if len(element) == 0]
