"""A file into staging rows: what each line says, what it means, and what is wrong with it. Nothing else is written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from courses.importers.columns import Layout, header_key, layout_of
from courses.importers.faults import ERROR, WARNING, Fault, ImportRefused, has_errors, shown
from courses.importers.kept import record_json
from courses.importers.lheo import Reading, read_lheo
from courses.importers.lheo_mend import mended_xml, read_formation
from courses.importers.present import Base
from courses.importers.records import CourseRecord, KnownCodes, ProviderRecord
from courses.importers.rows import course_key
from courses.importers.table_file import MAX_BYTES, Line, kind_of, read_table
from courses.importers.table_records import table_record
from courses.models import ColumnMapping, ImportRun, StagingRow, TrainingProvider
from portal.accounts.models import Organisation

SAMPLES = 3
SHOWN_CELL = 80
XML, TABLES = "xml", ("csv", "xlsx")
# what PostgreSQL's JSON refuses, as signs that can be seen
VISIBLE = str.maketrans({"\x00": "\u2400", **{chr(code): "\ufffd" for code in range(0xD800, 0xE000)}})


class ColumnsUnknown(Exception):
    """Required columns are missing: a person must say which header is which."""

    def __init__(self, layout: Layout, samples: list[list[str]]):
        super().__init__(", ".join(layout.missing))
        self.layout, self.samples = layout, samples


@dataclass
class Stager:
    """Makes the staging rows of one run; knows whose they may be."""

    run: ImportRun
    base: Base = field(default_factory=Base.read)
    known: KnownCodes = field(init=False)
    departments: frozenset[str] = field(init=False)
    owner: Organisation | None = field(init=False)
    owner_nda: str = field(init=False)

    def __post_init__(self) -> None:
        self.known = self.base.known_codes
        self.departments = self.known.departments
        self.owner = self.run.source.organisation if self.run.is_by_member else None
        own = TrainingProvider.objects.filter(organisation=self.owner).first() if self.owner else None
        self.owner_nda = (own.nda or "") if own else ""

    def rows(self) -> Iterator[StagingRow]:
        """Every row of the file. Raises ImportRefused, or ColumnsUnknown."""
        with self.run.path.open("rb") as stream:
            kind = kind_of(stream.read(64))
        if kind == "lheo":
            yield from self._formations()
        else:
            self.run.dialect = kind
            yield from self._lines(read_table(self.run.path, kind))

    def settle(self, row: StagingRow) -> StagingRow:
        """Say anew what the row means, from what was read and what was mended."""
        if self.run.dialect not in TABLES:
            return self._filled(row, *self._formation_of(row))
        record, faults = table_record({**row.raw, **row.mended}, row.line, self.known)
        return self._filled(row, record, [*faults, *self._place_faults(record)])

    def _formation_of(self, row: StagingRow) -> tuple[CourseRecord | None, list[Fault]]:
        reading = read_formation(mended_xml(row.raw[XML], row.mended), row.line, self.known)
        shift = row.line - 1
        faults = [replace(fault, line=fault.line + shift) for fault in reading.faults]
        return reading.record, faults

    def _filled(self, row: StagingRow, record: CourseRecord | None, faults: Iterable[Fault]) -> StagingRow:
        faults = [*faults, *(self._owner_faults(record) if record else [])]
        row.faults = [{**asdict(fault), "field": fault.element} for fault in faults]
        row.fault_codes = sorted({f"{fault.element[:40]}:{fault.code}" for fault in faults})
        row.has_errors = record is None or has_errors(faults)
        row.key = course_key(record) if record else ""
        row.title = (record.title if record else row.title)[:255]
        row.resolved = record_json(record) if record else None
        return row

    def _formations(self) -> Iterator[StagingRow]:
        stream = read_lheo(self.run.path, known=self.known, max_bytes=MAX_BYTES, keep_xml=True)
        rank = 0
        for reading in stream:
            self.run.dialect, self.run.exported_on = stream.dialect[:20], stream.exported_on
            if reading.scope == "file":
                raise ImportRefused(reading.faults[0].code, reading.faults[0].message, reading.line)
            if reading.scope == "frame":
                continue
            rank += 1
            yield self._formation(rank, reading)
        if not rank:
            raise ImportRefused("empty", _("Le fichier ne contient aucune formation : exportez-le de nouveau."))

    def _formation(self, rank: int, reading: Reading) -> StagingRow:
        row = StagingRow(run=self.run, rank=rank, line=reading.line, raw={XML: reading.xml.translate(VISIBLE)})
        return self._filled(row, reading.record, reading.faults)

    def _lines(self, lines: Iterator[Line]) -> Iterator[StagingRow]:
        number, headers = next(lines)
        said = mappings_of(self.run)
        layout = layout_of(headers, said)
        if layout.missing:
            raise ColumnsUnknown(layout, samples_of(lines))
        rank = 0
        for rank, (number, cells) in enumerate(lines, start=1):
            yield self._line(rank, number, cells, layout)
        if not rank:
            message = _("Le fichier n'a que sa ligne d'en-têtes : ajoutez une ligne par session.")
            raise ImportRefused("empty", message, number)

    def _line(self, rank: int, number: int, cells: list[str], layout: Layout) -> StagingRow:
        raw = {name: value.translate(VISIBLE) for name, value in layout.values(cells).items()}
        row = StagingRow(run=self.run, rank=rank, line=number, raw=raw, title=raw.get("titre", ""))
        row = self.settle(row)
        if len(cells) > len(layout.headers):
            message = _("La ligne a plus de cellules que d'en-têtes : les dernières ne sont pas lues.")
            fault = Fault(number, "", "extra-cells", message, shown(cells[len(layout.headers)]), WARNING)
            row.faults.append({**asdict(fault), "field": ""})
            row.fault_codes.append(":extra-cells")
        return row

    def _place_faults(self, record: CourseRecord) -> list[Fault]:
        """A town that the list of communes does not know where it should: people would not find the course."""
        for place in (place for offering in record.offerings for place in offering.places):
            department = place.postcode[:3] if place.postcode.startswith("97") else place.postcode[:2]
            if place.town and department in self.departments and self.base.towns.of_place(place) is None:
                message = _("Aucune commune n'a ce nom et ce code postal : vérifiez les deux.")
                return [Fault(record.line, "ville", "unknown-town", message, shown(place.town), WARNING)]
        return []

    def _owner_faults(self, record: CourseRecord) -> list[Fault]:
        """A body imports for itself only: neither another SIRET, nor the NDA of another body."""
        if self.owner is None or self._is_owners(record.provider):
            return []
        message = _("Ce SIRET n'est pas celui de votre organisation : écrivez %(siret)s, ou écartez cette ligne.")
        name = "siret" if self.run.dialect in TABLES else "SIRET"
        told = shown(record.provider.siret or record.provider.nda)
        line = record.provider.line or record.line
        return [Fault(line, name, "not-yours", message % {"siret": self.owner.siret}, told, ERROR)]

    def _is_owners(self, body: ProviderRecord) -> bool:
        assert self.owner is not None
        if body.nda and body.nda != self.owner_nda:
            others = TrainingProvider.objects.filter(nda=body.nda).exclude(organisation=self.owner)
            if others.exists():
                return False
        return body.siret == self.owner.siret or (not body.siret and bool(body.nda) and body.nda == self.owner_nda)


def mappings_of(run: ImportRun) -> dict[str, str]:
    """What people said of headers, for this source and the others of its organisation; the source's own words win."""
    said: dict[str, str] = {}
    organisation = run.source.organisation
    if organisation is not None:
        others = ColumnMapping.objects.filter(source__organisation=organisation)
        said.update(others.values_list("header", "field"))
    said.update(ColumnMapping.objects.filter(source=run.source).values_list("header", "field"))
    return said


def samples_of(lines: Iterator[Line]) -> list[list[str]]:
    """The first lines, for the person who says which column is which."""
    return [
        [cell[:SHOWN_CELL].translate(VISIBLE) for cell in cells]
        for _rank, (_n, cells) in zip(range(SAMPLES), lines, strict=False)
    ]


def columns_told(unknown: ColumnsUnknown) -> dict[str, Any]:
    """What the screen of columns shows."""
    headers = [header[:120].translate(VISIBLE) for header in unknown.layout.headers]
    return {"headers": headers, "fields": list(unknown.layout.fields), "samples": unknown.samples}


def keep_mapping(run: ImportRun, said: Mapping[str, str], by: Any) -> None:
    """Remember what a person said of these headers (header → field, "" to leave it out)."""
    for header, name in said.items():
        if key := header_key(header):
            ColumnMapping.objects.update_or_create(
                source=run.source, header=key, defaults={"field": name, "said_by": by}
            )
