"""Open needs as the rule reads them."""

import datetime

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Value

from jobs.enums import Commitment
from jobs.models import EmployerNeed
from jobs.pooling.rule import NeedFacts


def need_facts(day: datetime.date) -> list[NeedFacts]:
    """Open needs with a job, a wished date and a commune whose basin is known: others belong to no pool. One query."""
    rows = EmployerNeed.objects.open_on(day).filter(
        profile__isnull=False, wished_on__isnull=False, commune__basin__isnull=False
    )
    told = rows.order_by().values_list(
        "pk", "employer_id", "profile_id", "commune__basin_id", "commune__department_id", "wished_on", "headcount",
        ArrayAgg("skill_links__skill", default=Value([])), "commitments",
    )  # fmt: skip
    return [
        NeedFacts(
            need, employer, profile, basin, department, wished_on, headcount,
            skills=frozenset(skill for skill in skills if skill is not None),
            shares=Commitment.SHARED_GROUP in commitments,
        )
        for need, employer, profile, basin, department, wished_on, headcount, skills, commitments in told.iterator(
            chunk_size=5_000
        )
    ]  # fmt: skip
