"""What the screens of an import show."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.enums import PlanVerb, RunState
from courses.importers import flow, progress
from courses.importers.columns import BY_NAME
from courses.importers.lheo_mend import leaves
from courses.importers.staging import TABLES, XML
from courses.models import ImportRun, StagingRow

PER_PAGE = 50
MOST_LEAVES = 150
MOST_KINDS = 30
COUNTS = {
    "read": gettext_lazy("lignes lues"),
    "refused": gettext_lazy("lignes en faute, non importées"),
    "left_out": gettext_lazy("lignes écartées"),
    "new": gettext_lazy("formations nouvelles"),
    "draft": gettext_lazy("brouillons à compléter"),
    "changed": gettext_lazy("formations modifiées"),
    "same": gettext_lazy("formations inchangées"),
    "back": gettext_lazy("formations revenues"),
    "gone": gettext_lazy("formations retirées, absentes du fichier"),
    "waiting": gettext_lazy("modifications en attente d’un modérateur"),
    "prepared": gettext_lazy("modifications préparées, à envoyer depuis chaque fiche"),
    "held": gettext_lazy("modifications retenues pour un agent"),
    "undo_withdrawn": gettext_lazy("formations retirées par l’annulation"),
    "undo_given_back": gettext_lazy("formations revenues à leurs valeurs d’avant"),
    "undo_brought_back": gettext_lazy("formations remises en ligne ou à relire"),
    "undo_kept": gettext_lazy("formations laissées en l’état"),
}


@dataclass(frozen=True)
class Kind:
    """One kind of fault, with how many rows have it."""

    code: str
    field: str
    message: str
    count: int

    @property
    def query(self) -> str:
        return urlencode({"faute": self.code})


@dataclass(frozen=True)
class Button:
    verb: str
    label: str | Promise
    is_grave: bool = False


@dataclass(frozen=True)
class Cell:
    """A value of a row: as the file says it, and as it stands."""

    name: str
    label: str
    raw: str
    now: str
    is_faulty: bool


BUTTONS = {
    "plan": Button("plan", gettext_lazy("Comparer avec le site")),
    "apply": Button("apply", gettext_lazy("Appliquer l’import")),
    "drop": Button("drop", gettext_lazy("Abandonner cet import"), is_grave=True),
    "undo": Button("undo", gettext_lazy("Annuler cet import"), is_grave=True),
}
VERBS_OF = {
    RunState.TO_MAP: ("drop",),
    RunState.TO_MEND: ("plan", "drop"),
    RunState.PLANNED: ("apply", "drop"),
    RunState.FAILED: ("drop",),
}


def buttons_of(run: ImportRun) -> list[Button]:
    """What may be asked of the run now."""
    verbs = VERBS_OF.get(RunState(run.state), ())
    if run.state == RunState.FAILED and run.rows.exists():
        verbs = ("plan", *verbs)
    return [BUTTONS[verb] for verb in (*verbs, *(("undo",) if flow.may_be_undone(run) else ()))]


def run_context(run: ImportRun) -> dict[str, Any]:
    """What the page of a run shows."""
    done, total = progress.told(run.pk) if run.is_at_work else (0, None)
    is_open = run.state in (RunState.TO_MEND, RunState.PLANNED)
    return {
        "run": run,
        "done": done,
        "total": total,
        "counts": counts_of(run, is_open=is_open),
        "kinds": kinds_of(run) if is_open else [],
        "buttons": buttons_of(run),
        "has_rows": not run.is_at_work and run.rows.exists(),
        "verbs": list(PlanVerb.choices),
        "undo_days": flow.UNDO_DAYS,
    }


def counts_of(run: ImportRun, *, is_open: bool) -> list[tuple[str, Any, int]]:
    """What became of the rows: while they may be mended, those in fault and left out are counted as they stand."""
    counts = dict(run.counts)
    if is_open:
        left_out = run.rows.filter(is_left_out=True).count()
        counts |= {"refused": run.rows.faulty().count(), "left_out": left_out}
    return [(name, label, counts[name]) for name, label in COUNTS.items() if counts.get(name)]


def kinds_of(run: ImportRun) -> list[Kind]:
    """The faults of a run by kind, errors of rows that are not left out first, the commonest first."""
    counted: Counter[tuple[str, str, str]] = Counter()
    rows = StagingRow.objects.filter(run=run, is_left_out=False).exclude(faults=[]).values_list("faults", flat=True)
    for faults in rows[:20_000].iterator(chunk_size=2_000):
        counted.update(
            {(fault["element"][:40], fault["code"], fault["message"]) for fault in faults}  # once per row
        )
    return [
        Kind(f"{field}:{code}", field, message, count)
        for (field, code, message), count in counted.most_common(MOST_KINDS)
    ]


def rows_shown(run: ImportRun, told: dict[str, Any]) -> Page:
    return Paginator(rows_meant(run, told), PER_PAGE).get_page(told.get("page"))


def rows_meant(run: ImportRun, told: dict[str, Any]) -> QuerySet[StagingRow]:
    """The rows of a filter."""
    rows = StagingRow.objects.filter(run=run).order_by("rank").defer("raw", "resolved")
    if told.get("faute"):
        rows = rows.filter(fault_codes__contains=[told["faute"]])
    match told.get("etat"):
        case "faulty":
            rows = rows.faulty()
        case "left_out":
            rows = rows.filter(is_left_out=True)
        case str(verb) if verb:
            rows = rows.filter(verb=verb)
    return rows


def cells_of(row: StagingRow) -> list[Cell]:
    """The values of a row that a person may correct, those in fault first."""
    cells = _table_cells(row) if row.run.dialect in TABLES else _lheo_cells(row)
    return sorted(cells, key=lambda cell: not cell.is_faulty)


def _table_cells(row: StagingRow) -> list[Cell]:
    faulty = {fault["field"] for fault in row.faults}
    return [
        Cell(name, name, row.raw.get(name, ""), row.mended.get(name, row.raw.get(name, "")), name in faulty)
        for name in BY_NAME
    ]


def _lheo_cells(row: StagingRow) -> list[Cell]:
    if not row.raw.get(XML):
        return []
    faulty = {(fault["element"], fault["line"]) for fault in row.faults}
    cells = []
    for leaf in leaves(row.raw[XML], row.line):
        label = _("%(name)s (ligne %(line)d)") % {"name": leaf.name, "line": leaf.line}
        now = row.mended.get(str(leaf.rank), leaf.text)
        cells.append(Cell(str(leaf.rank), label, leaf.text, now, (leaf.name, leaf.line) in faulty))
    cells.sort(key=lambda cell: not cell.is_faulty)
    return cells[:MOST_LEAVES]
