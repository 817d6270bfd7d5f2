"""What a changed course becomes, line by line, for the person who reads the plan."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from courses.importers.plan import Step, differing, is_same
from courses.importers.rows import Row, cut
from courses.models import Course, Offering, Session
from portal.moderation.models import name_of, value_text
from portal.web.templatetags.camins import euros

MOST_LINES, LONGEST = 40, 300
KINDS: tuple[type[Model], ...] = (Course, Offering, Session)
UNSEEN = frozenset({"slug", "extras", "entry_level_code", "provider_id"})
Line = list[str]


def lines_of(step: Step) -> list[Line]:
    """[what, before, after] of each difference, the first MOST_LINES; nothing for a new course."""
    if step.before is None or step.row.is_summary:
        return []
    found = [[cut(text, LONGEST) for text in line] for line in _lines(step.row, step.before, 0, "")]
    if len(found) <= MOST_LINES:
        return found
    more = _("… et %(count)d autres différences") % {"count": len(found) - MOST_LINES}
    return [*found[:MOST_LINES], [more, "", ""]]


def _lines(row: Row, before: Row, depth: int, where: str) -> Iterator[Line]:
    model = KINDS[depth]
    for name in differing(row.values, before.values):
        if name not in UNSEEN:
            yield [
                where + label(model, name),
                said(model, name, before.values.get(name)),
                said(model, name, row.values[name]),
            ]
    for name in differing(row.links, before.links):
        yield [where + label(model, name), codes(before.links.get(name, ())), codes(row.links[name])]
    if dict(row.costs) != dict(before.costs):
        yield [where + _("Restes à payer"), costs(before.costs), costs(row.costs)]
    yield from _children(row, before, depth, where)


def _children(row: Row, before: Row, depth: int, where: str) -> Iterator[Line]:
    for child in row.children:
        old = before.child(child.key)
        name = f"{where}{title(child, depth + 1)} – "
        if old is None:
            yield [f"{where}{title(child, depth + 1)}", "–", _("ajoutée")]
        elif not is_same(child, old):
            yield from _lines(child, old, depth + 1, name)
    for old in before.children:
        if row.child(old.key) is None:
            yield [f"{where}{title(old, depth + 1)}", _("présente"), _("retirée")]


def title(row: Row, depth: int) -> str:
    """How an offering or a session is named among its own."""
    if KINDS[depth] is Session:
        day = row.values.get("starts_on")
        return _("Session du %(day)s") % {"day": f"{day:%d/%m/%Y}"} if day else _("Session sans date")
    return str(row.values.get("town") or row.values.get("postcode") or _("Action"))


def label(model: type[Model], name: str) -> str:
    field: Any = model._meta.get_field(name.removesuffix("_id"))
    return capfirst(name_of(field))


def said(model: type[Model], name: str, value: Any) -> str:
    """A value as a person reads it."""
    field: Any = model._meta.get_field(name.removesuffix("_id"))
    return value_text(field, value)


def codes(found: Any) -> str:
    return ", ".join(" ".join(code) if isinstance(code, tuple) else str(code) for code in sorted(found)) or "–"


def costs(told: Mapping[str, Any]) -> str:
    return " ; ".join(euros(cents) for cents, _why in told.values()) or "–"
