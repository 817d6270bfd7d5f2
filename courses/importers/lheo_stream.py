"""Open an LHEO file from outside, safely, and hand over its formations one at a time, held against the description.

Nothing outside the file is ever read: no DTD, no entity, no network. Memory stays that of one formation, whatever
the size of the file.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from lxml import etree

from courses.importers import edof
from courses.importers.faults import WARNING, Fault, shown
from courses.importers.lheo_schema import NAMESPACES, ROOTS, RULES, Sequence
from courses.importers.lheo_validate import BLANKS, Checker, Order, line_of

MAX_BYTES = 256 * 1024 * 1024
MAX_ELEMENTS = 200_000  # in one formation; real ones hold some hundreds
MAX_FAULTS = 10_000  # in one file
SHOWN_FAULTS = 50  # of one formation
PROLOGUE_BYTES = 64 * 1024

ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin1", "iso-8859-15", "windows-1252"})
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00")
UTF8_MARK = b"\xef\xbb\xbf"
PACKED_MARKS = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
DECLARED = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
BEFORE_ROOT = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
BAD_BYTES = frozenset({6, 81, 6003})  # libxml2's codes for bytes that do not fit the encoding

UNITS = {"offres": "formation", "resumes-offres": "resume-offre", "resumes-organismes": "resume-organisme"}
OLD_NAMESPACE = re.compile(r"http://www\.lheo\.org/1\.")


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of the file: `name` is formation, resume-offre or resume-organisme; "frame" for what stands around them;
    "file" for the fault that stops the reading. `element` is emptied as soon as the next piece is asked for.
    """

    name: str
    line: int
    element: etree._Element | None
    faults: tuple[Fault, ...]
    # the same as the file writes it, where `element` is its translation
    written: etree._Element | None = None


class Refusal(Exception):
    """The whole file is refused."""

    def __init__(self, code: str, message: str, line: int = 0, element: str = "", value: str = ""):
        super().__init__(message)
        self.fault = Fault(line, element, code, message, shown(value))


class Source:
    """The bytes of the file, counted as they are read, after a look at what comes before the root."""

    def __init__(self, stream: BinaryIO, max_bytes: int):
        self.stream, self.max_bytes, self.count = stream, max_bytes, 0
        self.head = self._read_prologue()
        check_prologue(self.head)

    def _read_prologue(self) -> bytes:
        head = b""
        while len(head) < PROLOGUE_BYTES and (piece := self.stream.read(PROLOGUE_BYTES - len(head))):
            head += piece
        return head

    def read(self, size: int = -1) -> bytes:
        piece = self.head or self.stream.read(size)
        self.head = b""
        self.count += len(piece)
        if self.count > self.max_bytes:
            message = _("Le fichier dépasse %(size)d Mo : découpez-le en plusieurs fichiers.")
            raise Refusal("too-big", message % {"size": self.max_bytes // 1024**2})
        return piece


def check_prologue(head: bytes) -> None:
    """Refuse what is not XML, an encoding outside the list, and any DOCTYPE. Raises Refusal."""
    if not head:
        raise Refusal("empty", _("Le fichier est vide : exportez-le de nouveau."))
    if head.startswith(PACKED_MARKS):
        raise Refusal("not-xml", _("Le fichier est une archive ou un classeur : donnez le fichier XML lui-même."))
    if head.startswith(WIDE_MARKS):
        raise Refusal("encoding", _("Le fichier est en UTF-16 ou UTF-32 : enregistrez-le en UTF-8."))
    text = head.removeprefix(UTF8_MARK)
    if not text.lstrip().startswith(b"<"):
        raise Refusal("not-xml", _("Le fichier n'est pas du XML : donnez un export LHEO."), line=1)
    declared = DECLARED.match(text)
    if declared and declared[1].decode().lower() not in ENCODINGS:
        message = _("L'encodage annoncé n'est pas pris en charge : enregistrez le fichier en UTF-8.")
        raise Refusal("encoding", message, line=1, value=declared[1].decode())
    at = 0
    while (found := BEFORE_ROOT.match(text, at)) is not None:
        at = found.end()
    line = 1 + text.count(b"\n", 0, at)
    if text.startswith(b"<!DOCTYPE", at):
        raise doctype_refusal(line)
    if at + 9 >= PROLOGUE_BYTES or text.startswith((b"<!--", b"<?"), at):
        message = _("L'élément racine est introuvable au début du fichier : raccourcissez ce qui le précède.")
        raise Refusal("not-xml", message, line=line)


def doctype_refusal(line: int) -> Refusal:
    message = _("Le fichier contient une déclaration DOCTYPE, refusée par sécurité : retirez cette ligne.")
    return Refusal("doctype", message, line=line)


class Frame:
    """An element that stays open while formations pass: the root, then `offres`."""

    def __init__(self, element: etree._Element, name: str):
        self.element, self.name = element, name
        rule = RULES.get(name)
        self.order = Order(name, rule if isinstance(rule, Sequence) else Sequence(()))

    def loose_text(self, last: etree._Element | None) -> list[Fault]:
        """Text after the child `last`, before the first child when None."""
        text = self.element.text if last is None else last.tail
        if not text or not text.strip(BLANKS):
            return []
        message = _("« %(name)s » ne contient que des éléments : retirez le texte placé entre eux.")
        line = line_of(self.element if last is None else last)
        return [Fault(line, self.name, "stray-text", message % {"name": self.name}, shown(text))]


class LheoStream:
    """Iterate to get the Units of a file; `version` and `root` are known from the first one on."""

    def __init__(self, source: str | Path | BinaryIO, max_bytes: int = MAX_BYTES):
        self.source, self.max_bytes = source, max_bytes
        self.version, self.root = "", ""
        self.stamps: tuple[str, ...] = ()
        self.checker = Checker("")
        self.lheo_checker = Checker(edof.CURRENT)
        self.frames: list[Frame] = []
        self.fault_count = 0

    def __iter__(self) -> Iterator[Unit]:
        with ExitStack() as stack:
            try:
                stream = self.source
                if isinstance(stream, str | Path):
                    stream = stack.enter_context(Path(stream).open("rb"))
                for unit in self._units(Source(stream, self.max_bytes)):
                    self.fault_count += len(unit.faults)
                    yield unit
                    if self.fault_count > MAX_FAULTS:
                        raise Refusal("too-many-faults", _("Trop de fautes : corrigez les premières et recommencez."))
            except Refusal as refusal:
                yield Unit("file", refusal.fault.line, None, (refusal.fault,))
            except etree.XMLSyntaxError as error:
                yield Unit("file", error.lineno or 0, None, (syntax_fault(error),))

    def _units(self, source: Source) -> Iterator[Unit]:
        events = etree.iterparse(
            source,
            events=("start", "end"),
            remove_comments=True,
            remove_pis=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            collect_ids=False,
        )
        depth = elements = 0
        for event, element in events:
            if event == "start":
                depth += 1
                elements = 0 if depth < 3 or (depth == 3 and self.frames[-1].name in UNITS) else elements + 1
                if elements > MAX_ELEMENTS:
                    message = _("Cette formation est beaucoup trop grosse : découpez-la.")
                    raise Refusal("too-big", message, line=line_of(element))
                if depth == 1:
                    yield from self._open_root(element)
                elif depth == 2:
                    yield from self._open_frame(element)
            else:
                yield from self._close(element, depth)
                depth -= 1

    def _open_root(self, element: etree._Element) -> Iterator[Unit]:
        if element.getroottree().docinfo.internalDTD is not None:
            raise doctype_refusal(1)
        # not by etree.QName, which raises for a prefix that is declared nowhere
        namespace, _brace, name = str(element.tag).removeprefix("{").rpartition("}")
        check_root(namespace, name, line_of(element))
        self.version, self.root = NAMESPACES.get(namespace, edof.VERSION), name
        self.stamps = tuple(element.get(stamp) or "" for stamp in ("horodatage-export", "datemaj", "datecrea"))
        self.checker = Checker(namespace)
        return self._open_frame(element)

    def _open_frame(self, element: etree._Element) -> Iterator[Unit]:
        name = self.checker.name_of(element)
        self.frames.append(Frame(element, name))
        if name in RULES and name != "extras":
            yield from frame_unit(self.checker.attributes(element, name))

    def _close(self, element: etree._Element, depth: int) -> Iterator[Unit]:
        """An element ends: a formation is handed over, a frame is closed, anything deeper waits for its formation."""
        if depth > 3:
            return
        if depth < 3:
            yield from self._close_frame(self.frames.pop())
        if depth > 1 and self.frames:
            yield from self._child(self.frames[-1], element, is_unit=depth == 3)

    def _close_frame(self, frame: Frame) -> Iterator[Unit]:
        if frame.name in UNITS or len(self.frames) == 0:
            last = frame.element[-1] if len(frame.element) else None
            yield from frame_unit(frame.loose_text(last) + frame.order.finish(line_of(frame.element)))

    def _child(self, frame: Frame, element: etree._Element, *, is_unit: bool) -> Iterator[Unit]:
        """A child of a frame is complete."""
        if is_unit and frame.name not in UNITS:
            return  # inside the extras of the root, checked when they close, or inside an element unknown here
        name, line = self.checker.name_of(element), line_of(element)
        before = element.getprevious()
        faults = frame.loose_text(before) + frame.order.take(name, line)
        told = element
        if self.version == edof.VERSION and name == "formation":
            told = edof.as_lheo(element)
            faults += edof.asked_of(self.lheo_checker.check(told))
        elif name in frame.order.places and (is_unit or name == "extras"):
            faults += self.checker.check(element)
        if is_unit and UNITS[frame.name] == name:
            yield Unit(name, line, told, shortened(faults), element)
        else:
            yield from frame_unit(faults)
        element.clear(keep_tail=True)  # type: ignore[call-arg]  # the stubs are older than lxml
        if before is not None:
            frame.element.remove(before)


def frame_unit(faults: list[Fault]) -> Iterator[Unit]:
    if faults:
        yield Unit("frame", faults[0].line, None, shortened(faults))


def shortened(faults: list[Fault]) -> tuple[Fault, ...]:
    more = len(faults) - SHOWN_FAULTS
    if more <= 0:
        return tuple(faults)
    message = _("… et %(count)d autres fautes au même endroit : corrigez les premières et recommencez.")
    last = Fault(faults[SHOWN_FAULTS].line, "", "more-faults", message % {"count": more}, severity=WARNING)
    errors_first = sorted(faults, key=lambda fault: fault.severity == WARNING)
    return (*errors_first[:SHOWN_FAULTS], last)


def check_root(namespace: str, name: str, line: int) -> None:
    """Raises Refusal unless the root is one of LHEO 2.3 or 2.2, or of EDOF."""
    if OLD_NAMESPACE.match(namespace):
        message = _("Le fichier est en LHEO 1.3, qui n'est plus lu : demandez à sa source un export en LHEO 2.3.")
        raise Refusal("old-version", message, line, name, namespace)
    if namespace not in (*NAMESPACES, edof.NAMESPACE):
        message = _("Le fichier n'est pas en LHEO : écrivez xmlns=\"http://lheo.gouv.fr/2.3\" sur l'élément racine.")
        raise Refusal("unknown-namespace", message, line, name, namespace)
    if name not in ROOTS:
        message = _("La racine « %(name)s » n'est pas lue : l'élément racine doit être « lheo » ou « lheo-index ».")
        raise Refusal("unknown-root", message % {"name": shown(name)}, line, shown(name))


def syntax_fault(error: etree.XMLSyntaxError) -> Fault:
    """The parser's own fault: its line, and what to do."""
    line = error.lineno or 0
    if getattr(error, "code", None) in BAD_BYTES:
        message = _("Un caractère ne correspond pas à l'encodage annoncé en tête : enregistrez le fichier en UTF-8.")
        return Fault(line, "", "encoding", message, shown(error.msg or ""))
    message = _("Le fichier est coupé ou n'est pas du XML correct à partir d'ici : exportez-le de nouveau.")
    return Fault(line, "", "not-xml", message, shown(error.msg or ""))
