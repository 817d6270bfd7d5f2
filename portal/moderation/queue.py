"""The queue: all that waits for a moderator, oldest first, whatever it is; read in a constant number of queries."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page, Paginator
from django.db.models import F, Model, QuerySet, Value
from django.db.models.fields import CharField
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.moderation.models import Flag, Moderated, Proposal, Status
from portal.web.clock import today

PER_PAGE = 25
PROPOSAL, FLAG = "proposal", "flag"


@dataclass(frozen=True)
class Line:
    """One thing to decide: what it is, of whom, since when, and the page where it is decided."""

    kind: str
    title: str
    owner: str
    since: datetime.datetime
    url: str
    detail: str = ""

    @property
    def age_days(self) -> int:
        return max(0, (today() - timezone.localtime(self.since).date()).days)


def moderated_models() -> list[type[Moderated]]:
    return [model for model in apps.get_models() if issubclass(model, Moderated)]


def kinds() -> list[tuple[str, str]]:
    """(value, label) of each kind that the queue can be narrowed to."""
    rows = [(model._meta.label_lower, str(capfirst(model._meta.verbose_name_plural))) for model in moderated_models()]
    return [*rows, (PROPOSAL, str(_("Modifications proposées"))), (FLAG, str(_("Signalements")))]


def page_of(kind: str, number: str | int | None) -> Page:
    """One page of the queue; `kind` is "" for everything. Its `object_list` holds Lines."""
    page = Paginator(_found(kind), PER_PAGE).get_page(number)
    page.object_list = _lines(list(page.object_list))
    return page


def count() -> int:
    """How many things wait."""
    return _found("").count()


def _found(kind: str) -> QuerySet:
    parts = [part for name, part in _parts().items() if kind in ("", name)]
    found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return found.order_by("since", "kind_of", "number")


def _parts() -> dict[str, QuerySet]:
    """For each kind, its rows as {kind, number, since}: alike, so that the database puts them in one order."""
    parts = {
        model._meta.label_lower: _part(
            model._base_manager.filter(status=Status.SUBMITTED), model._meta.label_lower, "submitted_at"
        )
        for model in moderated_models()
    }
    parts[PROPOSAL] = _part(Proposal.objects.waiting(), PROPOSAL, "proposed_at")
    parts[FLAG] = _part(Flag.objects.open(), FLAG, "opened_at")
    return parts


def _part(rows: QuerySet, kind: str, since: str) -> QuerySet:
    named = Value(kind, output_field=CharField())
    return rows.order_by().annotate(number=F("pk"), since=F(since), kind_of=named).values("number", "since", "kind_of")


def _lines(found: list[dict[str, Any]]) -> list[Line]:
    numbers: dict[str, list[int]] = {}
    for each in found:
        numbers.setdefault(each["kind_of"], []).append(each["number"])
    proposals = Proposal.objects.select_related("proposed_by").in_bulk(numbers.pop(PROPOSAL, []))
    flags = Flag.objects.in_bulk(numbers.pop(FLAG, []))
    subjects = _subjects(numbers, [*proposals.values(), *flags.values()])
    lines = []
    for each in found:
        kind, number = each["kind_of"], each["number"]
        if kind == PROPOSAL:
            lines.append(_of_proposal(proposals[number], subjects))
        elif kind == FLAG:
            lines.append(_of_flag(flags[number], subjects))
        else:
            lines.append(_of_row(subjects[kind, number], each["since"]))
    return lines


def _subjects(numbers: dict[str, list[int]], about: Iterable[Proposal | Flag]) -> dict[tuple[str, int], Model]:
    """Every row that the page speaks of, with its owners: one query per model."""
    wanted: dict[type[Model], set[int]] = {apps.get_model(label): set(keys) for label, keys in numbers.items()}
    for each in about:
        model = ContentType.objects.get_for_id(each.subject_type_id).model_class()
        if model is not None:
            wanted.setdefault(model, set()).add(each.subject_id)
    found = {}
    for model, keys in wanted.items():
        rows = model._base_manager.select_related(*getattr(model, "OWNER_RELATIONS", ())).in_bulk(keys)
        found.update({(model._meta.label_lower, key): row for key, row in rows.items()})
    return found


def _subject_of(each: Proposal | Flag, subjects: dict[tuple[str, int], Model]) -> Model | None:
    model = ContentType.objects.get_for_id(each.subject_type_id).model_class()
    return subjects.get((model._meta.label_lower, each.subject_id)) if model else None


def owner_of(row: Model | None) -> str:
    return ", ".join(dict.fromkeys(str(owner) for owner in row.owners())) if isinstance(row, Moderated) else "–"


def _of_row(row: Any, since: datetime.datetime) -> Line:
    address = f"gestion:{row._meta.app_label}_{row._meta.model_name}_moderate"
    url = reverse(address, args=[quote(row.pk)])
    return Line(str(capfirst(row._meta.verbose_name)), str(row), owner_of(row), since, url)


def _of_proposal(proposal: Proposal, subjects: dict[tuple[str, int], Model]) -> Line:
    row = _subject_of(proposal, subjects)
    return Line(
        str(capfirst(Proposal._meta.verbose_name)),
        str(row or proposal),
        owner_of(row),
        proposal.proposed_at,
        reverse("gestion:moderation_proposal_change", args=[proposal.pk]),
        _("par %(name)s") % {"name": proposal.proposed_by},
    )


def _of_flag(flag: Flag, subjects: dict[tuple[str, int], Model]) -> Line:
    row = _subject_of(flag, subjects)
    return Line(
        f"{capfirst(Flag._meta.verbose_name)} : {flag.get_kind_display()}",
        str(row or flag),
        owner_of(row),
        flag.opened_at,
        reverse("gestion:moderation_flag_change", args=[flag.pk]),
        flag.detail,
    )
