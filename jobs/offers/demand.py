"""Demand by skill: needs posted here and offers of elsewhere, by département, level and month of posting."""

import datetime
from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from jobs.models import EmployerNeed, ImportedOffer, NeedSkill, SkillDemand
from jobs.models.offer import Provenance

BATCH = 2_000

# (skill, département, level, first day of the month, provenance)
_Cell = tuple[int, str | None, int | None, datetime.date, str]


@transaction.atomic
def write_skill_demand(day: datetime.date) -> int:
    """Count demand anew; return how many rows. Offers of other regions, or that fit no profile, are not counted."""
    posts: dict[_Cell, int] = defaultdict(int)
    adverts: dict[_Cell, int] = defaultdict(int)
    shown = EmployerNeed.objects.filter(published_at__isnull=False, published_at__lt=_end_of(day))
    links = NeedSkill.objects.filter(need__in=shown).order_by().values_list(
        "skill", "need__commune__department", "level", "need__published_at", "need__headcount"
    )  # fmt: skip
    for skill, department, level, published_at, headcount in links.iterator(chunk_size=5_000):
        month = timezone.localtime(published_at).date().replace(day=1)
        cell = (skill, department, level, month, str(Provenance.POSTED))
        posts[cell] += headcount
        adverts[cell] += 1
    offers = ImportedOffer.objects.fitted().filter(department__isnull=False, posted_on__lte=day).order_by()
    read = offers.filter(skills__isnull=False).values_list("skills", "department", "posted_on", "headcount")
    for skill, department, posted_on, headcount in read.iterator(chunk_size=5_000):
        there: _Cell = (skill, department, None, posted_on.replace(day=1), str(Provenance.IMPORTED))
        posts[there] += headcount
        adverts[there] += 1
    rows = [
        SkillDemand(
            skill_id=skill,
            department_id=department,
            level=level,
            month_on=month,
            provenance=provenance,
            posts=posts[skill, department, level, month, provenance],
            adverts=count,
            counted_on=day,
        )
        for (skill, department, level, month, provenance), count in adverts.items()
    ]
    SkillDemand.objects.all().delete()
    SkillDemand.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _end_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time()))
