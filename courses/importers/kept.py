"""Records and rows as JSON and back: what staging keeps of a file, and what an undo needs.

Only what differs from a record's defaults is written: most of a record is empty.
"""

import dataclasses
import datetime
import types
import typing
from functools import cache
from typing import Any

from courses.importers.records import CourseRecord
from courses.importers.rows import Row

DAY_SUFFIX = "_on"


def record_json(record: Any) -> dict[str, Any]:
    """A record as JSON-able values."""
    return {
        field.name: _plain(value)
        for field in dataclasses.fields(record)
        if (value := getattr(record, field.name)) != field.default
    }


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return record_json(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


def course_record(told: dict[str, Any]) -> CourseRecord:
    """The record that `record_json` wrote."""
    record: CourseRecord = _record(CourseRecord, told)
    return record


def _record(kind: Any, told: dict[str, Any]) -> Any:
    kinds = _kinds(kind)
    return kind(**{name: _value(kinds[name], value) for name, value in told.items() if name in kinds})


@cache
def _kinds(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _value(kind: Any, value: Any) -> Any:
    origin = typing.get_origin(kind)
    if value is None:
        return None
    if origin in (types.UnionType, typing.Union):
        (kind,) = (each for each in typing.get_args(kind) if each is not type(None))
        return _value(kind, value)
    if origin is tuple:
        return tuple(_value(typing.get_args(kind)[0], each) for each in value)
    if origin is frozenset:
        return frozenset(value)
    if kind is datetime.date:
        return datetime.date.fromisoformat(value)
    return _record(kind, value) if dataclasses.is_dataclass(kind) else value


def row_json(row: Row) -> dict[str, Any]:
    """A row of the plan as JSON-able values, its children too."""
    return {
        "key": row.key,
        "values": {name: _plain(value) for name, value in row.values.items()},
        "links": {name: sorted(codes) for name, codes in row.links.items()},
        "costs": {audience: list(terms) for audience, terms in row.costs.items()},
        "children": [row_json(child) for child in row.children],
    }


def row_of(told: dict[str, Any]) -> Row:
    """The row that `row_json` wrote."""
    return Row(
        told["key"],
        {name: _day(name, value) for name, value in told["values"].items()},
        {
            name: frozenset(tuple(code) if isinstance(code, list) else code for code in codes)
            for name, codes in told["links"].items()
        },
        {audience: (cents, condition) for audience, (cents, condition) in told["costs"].items()},
        tuple(row_of(child) for child in told["children"]),
    )


def _day(name: str, value: Any) -> Any:
    return datetime.date.fromisoformat(value) if name.endswith(DAY_SUFFIX) and isinstance(value, str) else value
