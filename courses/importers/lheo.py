"""Read an LHEO file: formations and index lines as CourseRecords, faults with their line.

    for reading in read_lheo(path):
        reading.record, reading.faults

A formation with an error is refused, its record is None, and the others are kept. A reading whose scope is "file" comes
last and says why the whole file is refused. Nothing is written anywhere, nothing but the file is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from lxml import etree

from courses.importers import edof, lheo_records, lheo_summary
from courses.importers.faults import ERROR, Fault, has_errors, shown
from courses.importers.lheo_nodes import Node, Notes
from courses.importers.lheo_own import CPF_MARK, take_own
from courses.importers.lheo_stream import MAX_BYTES, LheoStream, Unit
from courses.importers.records import NOTHING_CHECKED, CourseRecord, KnownCodes
from courses.importers.values import day_of_stamp

SCOPES = {"formation": "course", "resume-offre": "index", "resume-organisme": "index"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one piece of the file gave. `scope`: course, index, frame (around the courses) or file (it is refused)."""

    scope: str
    line: int
    record: CourseRecord | None
    faults: tuple[Fault, ...] = ()
    # the formation as the file writes it, where it was asked for
    xml: str = ""

    @property
    def is_refused(self) -> bool:
        return has_errors(self.faults)


class LheoReading:
    """Iterate once over the Readings of a file; `dialect` and `exported_on` are known from the first one on."""

    def __init__(self, stream: LheoStream, known: KnownCodes, *, keep_xml: bool = False):
        self.stream, self.known, self.keep_xml = stream, known, keep_xml
        self.numbers: set[str] = set()

    @property
    def dialect(self) -> str:
        """ "lheo 2.3", "lheo-index 2.2"…; empty while nothing was understood."""
        return f"{self.stream.root} {self.stream.version}".strip()

    @property
    def exported_on(self) -> date | None:
        """The day on which the file says it was made."""
        return next(filter(None, map(day_of_stamp, self.stream.stamps)), None)

    def __iter__(self) -> Iterator[Reading]:
        for unit in self.stream:
            scope = SCOPES.get(unit.name, unit.name)
            if unit.element is None or has_errors(unit.faults):
                yield Reading(scope, unit.line, None, unit.faults, self._xml(unit))
            elif unit.name == "formation":
                yield self._course(unit, Node(unit.element, Notes(self.known)))
            elif unit.name == "resume-offre":
                yield self._entry(unit, Node(unit.element, Notes(self.known)))

    def _course(self, unit: Unit, node: Node) -> Reading:
        xml = self._xml(unit)
        take_own(node.element)
        if self.stream.version == edof.VERSION:
            for action in node.all("action"):  # all that Mon Compte Formation holds may be paid with it
                action.element.set(CPF_MARK, "1")
        record = lheo_records.course(node)
        lheo_records.check_codes(node)
        faults = [*unit.faults, *node.notes.faults, *self._repeated(record), *unnamed(record)]
        faults.sort(key=lambda fault: fault.line)
        return Reading("course", unit.line, None if has_errors(faults) else record, tuple(faults), xml)

    def _xml(self, unit: Unit) -> str:
        written = unit.element if unit.written is None else unit.written
        if written is None or not self.keep_xml:
            return ""
        return etree.tostring(written, encoding="unicode", with_tail=False)

    def _repeated(self, record: CourseRecord) -> list[Fault]:
        if record.number and record.number in self.numbers:
            message = _("Une autre formation du fichier porte déjà ce numéro : donnez-en un à chacune.")
            return [Fault(record.line, "formation", "number-twice", message, shown(record.number), ERROR)]
        self.numbers.add(record.number)
        return []

    def _entry(self, unit: Unit, node: Node) -> Reading:
        xml = self._xml(unit)
        record = lheo_summary.summary(node)
        lheo_records.check_codes(node)
        faults = [*unit.faults, *node.notes.faults, *self._repeated(record), *unnamed(record)]
        faults.append(lheo_summary.what_to_complete(record))
        faults.sort(key=lambda fault: fault.line)
        return Reading("index", unit.line, None if has_errors(faults) else record, tuple(faults), xml)


def unnamed(record: CourseRecord) -> list[Fault]:
    if record.title:
        return []
    message = _("L'intitulé ne contient aucun mot : écrivez le nom de la formation.")
    return [Fault(record.line, "intitule-formation", "no-title", message, "", ERROR)]


def read_lheo(
    source: str | Path | BinaryIO,
    *,
    known: KnownCodes = NOTHING_CHECKED,
    max_bytes: int = MAX_BYTES,
    keep_xml: bool = False,
) -> LheoReading:
    """Read LHEO 2.3 or 2.2, or EDOF, from a path or an open binary file of at most `max_bytes` bytes.

    Raises OSError when the path cannot be opened; anything wrong inside the file is a Fault.
    """
    return LheoReading(LheoStream(source, max_bytes), known, keep_xml=keep_xml)
