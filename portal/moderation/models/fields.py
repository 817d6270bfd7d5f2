"""Moderated fields: found by name, shown to a person, cleaned as their model wants them."""

import datetime
from collections.abc import Iterable
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.moderation.models.status import ModerationError
from portal.web.templatetags.camins import euros

IN_CENTS = _(" en centimes")


def fields_of(row: models.Model, names: Iterable[str]) -> list[models.Field]:
    """The concrete fields of these names, in this order."""
    by_name = {field.name: field for field in row._meta.concrete_fields}
    return [by_name[name] for name in names]


def name_of(field: models.Field) -> str:
    """A field's name as a person reads it: money is kept in cents and told in euros."""
    return str(field.verbose_name).removesuffix(str(IN_CENTS))


def shown_value(row: models.Model, field: models.Field) -> str:
    """The value of a row as a person reads it; a row at the end of a key by its name."""
    value = field.value_from_object(row)
    return str(getattr(row, field.name)) if field.is_relation and value is not None else value_text(field, value)


def value_text(field: models.Field, value: Any) -> str:
    """A value as a person reads it: the label of a choice, yes, no, euros, a day; a dash where nothing is said."""
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return str(_("oui") if value else _("non"))
    if field.name.endswith("_cents"):
        return euros(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, list):
        labels = dict(getattr(getattr(field, "base_field", None), "flatchoices", ()))
        return ", ".join(str(labels.get(each, each)) for each in value)
    if isinstance(value, datetime.datetime):
        return f"{timezone.localtime(value):%d/%m/%Y à %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, datetime.date) else str(value)


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
    return name_of(field), shown_value(row, field), stored_text(row, field, value)
