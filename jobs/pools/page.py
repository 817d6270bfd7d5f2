"""The contexts of pools.html and pool.html: anonymous, whoever reads."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from jobs.models import Pool
from jobs.models.pool import Stage
from jobs.pooling.rule import COMMON_OVER, COMMON_UNDER, FEWEST_EMPLOYERS
from jobs.pools.tell import pool_url
from portal.reference.models import Department
from portal.web.templatetags.camins import day as day_in_words
from portal.web.templatetags.camins import number

TONES = {
    Stage.FORMING: "sun",
    Stage.OPEN: "woad",
    Stage.ANSWERED: "woad",
    Stage.FUNDED: "garrigue",
    Stage.RUNNING: "garrigue",
    Stage.HIRED: "garrigue",
    Stage.DECLINED: "brick",
}
RULE = {"fewest": FEWEST_EMPLOYERS, "over": COMMON_OVER, "under": COMMON_UNDER}


@dataclass(frozen=True)
class PoolRow:
    url: str
    profile: str
    basin: str
    quarter: str
    stage: str
    tone: str
    employers: int
    headcount: int


def shown_pools() -> QuerySet[Pool]:
    return Pool.objects.shown().select_related("profile", "basin")


def row_of(pool: Pool) -> PoolRow:
    return PoolRow(
        url=pool_url(pool),
        profile=pool.profile.name,
        basin=name_of(pool.basin.name),
        quarter=pool.quarter,
        stage=str(pool.get_stage_display()),
        tone=TONES.get(Stage(pool.stage), ""),
        employers=pool.employer_count,
        headcount=pool.headcount,
    )


def name_of(basin: str) -> str:
    """ "TARBES" → "Tarbes": the list of basins shouts."""
    return basin.title() if basin.isupper() else basin


def pool_page(pool: Pool, day: datetime.date) -> dict[str, Any]:
    names = dict(Department.objects.filter(code__in=pool.departments).values_list("code", "name"))
    place = [("metier", pool.profile.slug), *(("departement", code) for code in pool.departments)]
    return {
        "pool": pool,
        "row": row_of(pool),
        "facts": _facts(pool, [names.get(code, code) for code in pool.departments]),
        "skills": list(pool.skills.order_by("label")),
        "steps": list(pool.steps.all()),
        "told": pool.notices.count(),
        "needs_url": f"{reverse('jobs:needs')}?{urlencode(place)}",
        "courses_url": f"{reverse('courses:search')}?{urlencode(place)}",
        "answer_to": settings.CAMINS_CONTACT_EMAIL if pool.stage == Stage.OPEN else "",
        "day": day,
        "rule": RULE,
        "breadcrumb": [
            {"title": _("Besoins d’employeurs"), "url": reverse("jobs:needs")},
            {"title": _("Besoins groupés"), "url": reverse("jobs:pools")},
            {"title": pool.profile.name},
        ],
    }


def _facts(pool: Pool, departments: Sequence[str]) -> list[dict[str, str]]:
    first, last = day_in_words(pool.first_wished_on), day_in_words(pool.last_wished_on)
    when = first if first == last else _("du %(first)s au %(last)s") % {"first": first, "last": last}
    return [
        {"term": _("Employeurs"), "value": number(pool.employer_count), "icon": "building"},
        {"term": _("Postes"), "value": number(pool.headcount), "icon": "people"},
        {"term": _("Où"), "value": ", ".join(departments), "icon": "pin", "hint": name_of(pool.basin.name)},
        {"term": _("Dates souhaitées"), "value": when, "icon": "calendar", "hint": pool.quarter},
    ]
