"""What database triggers wrote of a row, as its owner reads it: when, which fields, and who among their own people."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pghistory.models
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

MOST = 100
WORDS = {"insert": _("création"), "update": _("modification"), "delete": _("suppression")}


@dataclass(frozen=True)
class Trace:
    """`who` is empty for somebody who is not of the organisation, or for the portal itself."""

    at: datetime.datetime
    what: str
    fields: tuple[str, ...]
    who: str


def traces_of(row: Model, own_people: Collection[int]) -> list[Trace]:
    """The newest changes of a row, at most `MOST`; `own_people`: keys of the users that may be named."""
    if not hasattr(row, "events"):
        return []
    events = list(pghistory.models.Events.objects.tracks(row).order_by("-pgh_created_at", "-pgh_id")[:MOST])
    asked = {who for event in events if (who := _user(event)) in own_people and who is not None}
    names = {user.pk: str(user) for user in get_user_model()._default_manager.filter(pk__in=asked)}
    labels = {field.attname: capfirst(field.verbose_name) for field in row._meta.concrete_fields}
    return [
        Trace(
            at=event.pgh_created_at,
            what=str(WORDS.get(event.pgh_label, event.pgh_label)),
            fields=tuple(str(labels[name]) for name in event.pgh_diff or () if name in labels),
            who=names.get(_user(event) or 0, ""),
        )
        for event in events
    ]


def _user(event: Any) -> int | None:
    said = (event.pgh_context or {}).get("user")
    return said if isinstance(said, int) else None
