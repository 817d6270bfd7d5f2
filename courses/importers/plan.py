"""Compare what a source says with what the base holds: new, changed, same, gone. Pure: a dry run stops here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from courses.importers.rows import Row

Verb = Literal["new", "draft", "changed", "same"]


@dataclass(frozen=True, slots=True)
class Step:
    """What one course needs. `before` is what the base holds, None for a new course or a draft."""

    verb: Verb
    row: Row
    before: Row | None = None

    @property
    def changed_fields(self) -> tuple[str, ...]:
        """Own fields and links that differ, and "offerings" when something below does."""
        if self.before is None or self.row.is_summary:
            return ()
        names = [*differing(self.row.values, self.before.values), *differing(self.row.links, self.before.links)]
        return (*names, *(["offerings"] if not same_children(self.row, self.before) else []))


def plan(rows: Iterable[Row], known: Mapping[str, Row]) -> list[Step]:
    """One step per row, in their order; `known` holds the base's rows by key."""
    return [step_of(row, known.get(row.key)) for row in rows]


def step_of(row: Row, before: Row | None) -> Step:
    """A summary makes a draft of what is not there yet, and changes nothing of what is."""
    if before is None:
        return Step("draft" if row.is_summary else "new", row)
    return Step("same" if row.is_summary or is_same(row, before) else "changed", row, before)


def gone(known_keys: Iterable[str], seen_keys: Iterable[str]) -> frozenset[str]:
    """Courses of the source that its file no longer holds; only meaningful once the whole file was read."""
    return frozenset(known_keys) - frozenset(seen_keys)


def is_same(row: Row, before: Row) -> bool:
    return (
        dict(row.values) == dict(before.values)
        and dict(row.links) == dict(before.links)
        and dict(row.costs) == dict(before.costs)
        and same_children(row, before)
    )


def same_children(row: Row, before: Row) -> bool:
    """Whatever their order."""
    if len(row.children) != len(before.children):
        return False
    held = {child.key: child for child in before.children}
    return all(child.key in held and is_same(child, held[child.key]) for child in row.children)


def differing(after: Mapping[str, object], before: Mapping[str, object]) -> list[str]:
    """Names whose value is another one."""
    return [name for name, value in after.items() if name not in before or before[name] != value]
