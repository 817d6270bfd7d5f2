"""How long the pooling rule takes on many needs: generated in one transaction, which is then undone."""

import datetime
import random
import time
from dataclasses import dataclass

import pgtrigger
from django.db import connection, transaction
from django.utils import timezone

from jobs.enums import Commitment, Contract
from jobs.models import Employer, EmployerNeed, Pool
from jobs.pooling.rule import pools_of
from jobs.pools.follow import follow_pools
from jobs.pools.read import need_facts
from portal.accounts.enums import OrganisationKind
from portal.accounts.models import Organisation
from portal.reference.enums import Importance
from portal.reference.models import Commune, JobProfile, Skill

BATCH = 5_000
SKILLS_OF_A_NEED, NEEDS_OF_AN_EMPLOYER = 5, 12
SEED = 2027
# five skills of each need from the first generated one, chosen by its number
ADD_SKILLS = """
INSERT INTO jobs_needskill (need_id, skill_id, importance, level)
SELECT need.id, skills.every[1 + (need.id * 7 + rank * 13) %% cardinality(skills.every)], skills.importance, 2
FROM (SELECT %s::bigint[] AS every, %s AS importance) AS skills, jobs_employerneed AS need,
     generate_series(1, %s) AS rank
WHERE need.id >= %s
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class PoolingTimes:
    """Seconds: reading the needs, the pure rule, the first night (all is new), a night where nothing changed."""

    needs: int
    pools: int
    read: float
    rule: float
    first_night: float
    quiet_night: float


def measure_pools(count: int, day: datetime.date) -> PoolingTimes:
    """Measure `count` generated needs beside those of the base. Writes nothing that stays.

    The base must have communes with a basin, profiles, skills and one published need, whose approval is lent to all.
    """
    with transaction.atomic():
        with pgtrigger.ignore():  # the history of what is undone in a minute
            _generate(count, day)
        started = time.perf_counter()
        facts = need_facts(day)
        read = time.perf_counter()
        pools_of(facts, day=day)
        ruled = time.perf_counter()
        follow_pools(day)
        first = time.perf_counter()
        follow_pools(day)
        quiet = time.perf_counter()
        pools = Pool.objects.count()
        transaction.set_rollback(True)
    return PoolingTimes(len(facts), pools, read - started, ruled - read, first - ruled, quiet - first)


def _generate(count: int, day: datetime.date) -> None:
    draw = random.Random(SEED)
    model = EmployerNeed.objects.published().select_related("revision").first()
    if model is None:
        raise LookupError("no published need in this base: load the demonstration first")
    profiles = list(JobProfile.objects.shown().values_list("pk", flat=True))
    towns = list(Commune.objects.filter(basin__isnull=False).values_list("pk", flat=True))
    employers = _employers(max(3, count // NEEDS_OF_AN_EMPLOYER))
    now = timezone.now()
    needs = [
        EmployerNeed(
            employer=draw.choice(employers),
            title=f"Besoin {number}",
            profile_id=draw.choice(profiles),
            commune_id=draw.choice(towns),
            headcount=draw.randrange(1, 6),
            contract=Contract.PERMANENT,
            wished_on=day + datetime.timedelta(days=draw.randrange(360)),
            commitments=[Commitment.SHARED_GROUP] if draw.random() < 0.2 else [],
            status=model.status,
            revision=model.revision,
            published_at=now,
        )
        for number in range(count)
    ]
    EmployerNeed.objects.bulk_create(needs, batch_size=BATCH)
    skills = list(Skill.objects.own_words().order_by("pk").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(ADD_SKILLS, [skills, Importance.ESSENTIAL, SKILLS_OF_A_NEED, needs[0].pk])


def _employers(count: int) -> list[Employer]:
    """Invented ones, whose numbers belong to nobody."""
    organisations = Organisation.objects.bulk_create(
        [
            Organisation(
                siret=f"{99_000_000_000_000 + number:014d}", name=f"E{number}", kinds=[OrganisationKind.EMPLOYER]
            )
            for number in range(count)
        ],
        batch_size=BATCH,
    )
    return Employer.objects.bulk_create(
        [Employer(organisation=each, name=each.name) for each in organisations], batch_size=BATCH
    )
