"""Moderated fields: found by name, shown to a person, cleaned as their model wants them."""

from collections.abc import Iterable
from copy import copy

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.moderation.models.status import ModerationError


def fields_of(row: models.Model, names: Iterable[str]) -> list[models.Field]:
    """The concrete fields of these names, in this order."""
    by_name = {field.name: field for field in row._meta.concrete_fields}
    return [by_name[name] for name in names]


def shown_value(row: models.Model, field: models.Field) -> str:
    """A value as a person reads it: the label of a choice, yes, no, or a dash where nothing is said."""
    value = field.value_from_object(row)
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return str(_("oui") if value else _("non"))
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def cleaned_value(row: models.Model, name: str, value):
    """A proposed value as its field keeps it; raises ModerationError on one that it refuses."""
    (field,) = fields_of(row, [name])
    try:
        return field.clean(value, row)
    except ValidationError as refused:
        raise ModerationError(
            _("Le champ « %(name)s » ne convient pas : %(why)s")
            % {"name": field.verbose_name, "why": " ".join(refused.messages)}
        ) from refused


def stored_text(row: models.Model, field: models.Field, value) -> str:
    """A value as JSON keeps it, shown as that field of the row would be."""
    other = copy(row)
    setattr(other, field.attname, field.to_python(value))
    return shown_value(other, field)


def changed_line(row: models.Model, name: str, value) -> tuple[str, str, str]:
    """(name, text today, text proposed) of one field."""
    (field,) = fields_of(row, [name])
    return str(field.verbose_name), shown_value(row, field), stored_text(row, field, value)
