"""What is left to pay, for each audience, and who may pay the rest."""

import datetime
from dataclasses import dataclass

from courses.enums import Audience, Funding
from courses.models import Offering
from courses.search.cards import town_of
from courses.sheet.read import Sheet
from portal.web.templatetags.camins import modality


@dataclass(frozen=True)
class CostLine:
    """One audience; `left_to_pay_cents` None is unknown."""

    audience: str
    left_to_pay_cents: int | None
    condition: str
    source: str
    stated_on: datetime.date | None
    is_asked: bool


@dataclass(frozen=True)
class CostTable:
    """The costs of offerings that cost the same; `where` says which, empty when all do."""

    where: str
    price_cents: int | None
    hourly_price_cents: int | None
    lines: list[CostLine]
    fundings: list[str]
    funding_notes: list[str]
    can_be_funded: bool | None


def costs_of(sheet: Sheet) -> list[CostTable]:
    """One table per distinct set of prices, in the order of the offerings."""
    groups: dict[tuple, list[Offering]] = {}
    for offering in sheet.offerings:
        groups.setdefault(_prices(offering), []).append(offering)
    return [_table(sheet, group, is_alone=len(groups) == 1) for group in groups.values()]


def _prices(offering: Offering) -> tuple:
    costs = sorted((cost.audience, str(cost.left_to_pay_cents), cost.condition) for cost in _said(offering))
    return (offering.price_cents, offering.hourly_price_cents, tuple(offering.fundings), tuple(costs))


def _said(offering: Offering):
    return [cost for cost in offering.costs.all() if cost.left_to_pay_cents is not None or cost.condition]


def _table(sheet: Sheet, group: list[Offering], *, is_alone: bool) -> CostTable:
    first = group[0]
    places = dict.fromkeys(town_of(each) or modality(each.modality) for each in group)
    return CostTable(
        where="" if is_alone else ", ".join(places),
        price_cents=first.price_cents,
        hourly_price_cents=first.hourly_price_cents,
        lines=[_line(sheet, first, audience) for audience in Audience],
        fundings=[str(Funding(code).label) for code in first.fundings],
        funding_notes=list(dict.fromkeys(each.funding_note for each in group if each.funding_note)),
        can_be_funded=first.can_be_funded,
    )


def _line(sheet: Sheet, offering: Offering, audience: Audience) -> CostLine:
    cost = sheet.cost(offering, audience)
    return CostLine(
        audience=str(audience.label),
        left_to_pay_cents=cost.left_to_pay_cents if cost else None,
        condition=cost.condition if cost else "",
        source=cost.source if cost else "",
        stated_on=cost.stated_on if cost else None,
        is_asked=audience == sheet.question.audience,
    )
