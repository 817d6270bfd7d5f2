"""LHEO 2.3 elements, built part by part; a text too long for its place, or an answer nobody gave, is kept aside."""

from lxml import etree

from courses.importers.lheo_own import CPF, OWN, UNKNOWN
from courses.importers.lheo_schema import NAMESPACES, RULES, Text
from courses.importers.records import PartialDate
from portal.web.exports import readable

NAMESPACE = next(namespace for namespace, version in NAMESPACES.items() if version == "2.3")
NOTHING_SAID = "-"
UNKNOWN_DAY = "00000000"


class Part:
    """One element under way; `close` writes what was kept aside, then the extras of the source."""

    def __init__(self, name: str, parent: "Part | None" = None, **attributes: str):
        tag = f"{{{NAMESPACE}}}{name}"
        given = {key: readable(value) for key, value in attributes.items() if value}
        if parent is None:
            self.element = etree.Element(tag, given, nsmap={None: NAMESPACE})  # type: ignore[dict-item]
        else:
            self.element = etree.SubElement(parent.element, tag, given)
        self.aside: list[tuple[str, str]] = []
        self.unknown: list[str] = []

    def part(self, name: str, **attributes: str) -> "Part":
        return Part(name, self, **attributes)

    def path(self, *names: str) -> "Part":
        """Elements one inside the other; the innermost."""
        inside = self
        for name in names:
            inside = inside.part(name)
        return inside

    def text(self, name: str, value: object, *, is_required: bool = False) -> None:
        """A text, or nothing where nothing is said; a required one is then a dash."""
        told = readable(str(value)) if value not in (None, "") else ""
        if not told and not is_required:
            return
        rule = RULES[name]
        child = self.part(name)
        if isinstance(rule, Text) and len(told) > rule.most:
            self.aside.append((name, told))
            told = told[: rule.most - 1].strip() + "…"
        least = rule.least if isinstance(rule, Text) else 1
        child.element.text = told if len(told) >= least else told + NOTHING_SAID * (least - len(told))

    def code(self, name: str, value: str | None, *, filler: str) -> None:
        """A compulsory code; `filler` stands for an unknown one."""
        if value is None:
            self.unknown.append(name)
        self.part(name).element.text = filler if value is None else value

    def truth(self, name: str, value: bool | None) -> None:
        self.code(name, None if value is None else str(int(value)), filler="0")

    def close(self, extras: str = "", *, has_cpf: bool = False) -> None:
        own = [
            *self.aside,
            *([(UNKNOWN, " ".join(self.unknown))] if self.unknown else []),
            *([(CPF, "")] if has_cpf else []),
        ]
        if own:
            bag = self.part("extras", info=OWN)
            for info, text in own:
                bag.part("extra", info=info).element.text = text or None
        for element in extras_of(extras):
            self.element.append(element)


def extras_of(text: str) -> list[etree._Element]:
    """The extras of the source, as its file had them; nothing where they can no longer be read."""
    if not text:
        return []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(f'<extras xmlns="{NAMESPACE}">{text}</extras>', parser)
    except etree.XMLSyntaxError:
        return []
    return [child for child in root if child.tag == f"{{{NAMESPACE}}}extras"]


def day_of(known: PartialDate) -> str:
    """AAAAMMJJ, with zeros for what is unknown."""
    if known.first_day is None:
        return UNKNOWN_DAY
    text = f"{known.first_day:%Y%m%d}"
    kept = {"day": 8, "month": 6, "year": 4}[known.precision]
    return text[:kept].ljust(8, "0")


def euros(cents: int | None) -> str:
    """As LHEO writes a price; empty for an unknown one."""
    if cents is None:
        return ""
    return f"{cents // 100},{cents % 100:02d}" if cents % 100 else str(cents // 100)
