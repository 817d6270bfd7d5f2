"""The rule carried out in the database: pools formed and put to sleep, needs joining and leaving. May run twice."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs.models import EmployerNeed, Pool, PoolMember, PoolStep
from jobs.models.pool import FOLLOWED, Leaving, Stage
from jobs.pooling.rule import FEWEST_EMPLOYERS, Key, NeedFacts, PoolFacts, pools_of
from jobs.pools.read import need_facts

# one run at a time; the number only has to be this rule's own
LOCK = 2_027_061
BATCH = 1_000
COUNTED = (
    "employer_count",
    "agreed_count",
    "headcount",
    "first_wished_on",
    "last_wished_on",
    "departments",
)


@dataclass
class Followed:
    """What one run changed: numbers of pools, then of needs."""

    formed: int = 0
    reformed: int = 0
    opened: int = 0
    lapsed: int = 0
    joined: int = 0
    left: int = 0

    @property
    def is_nothing(self) -> bool:
        return not any(vars(self).values())


@dataclass
class _Run:
    day: datetime.date
    facts: Mapping[int, NeedFacts]
    found: dict[Key, PoolFacts]
    pools: dict[Key, Pool]
    # need → its present membership
    present: dict[int, PoolMember]
    did: Followed = field(default_factory=Followed)


@transaction.atomic
def follow_pools(day: datetime.date) -> Followed:
    """Apply the rule to the open needs of `day`; a second run the same day changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    # held until the end: an agent's step or an employer that leaves comes before or after, never between
    pools = {_key(pool): pool for pool in Pool.objects.select_for_update(of=("self",)).order_by("pk")}
    facts = {each.need: each for each in need_facts(day)}
    found = {pool.key: pool for pool in pools_of(_without_leavers(facts.values(), pools), day=day)}
    present = {each.need_id: each for each in PoolMember.objects.present()}
    run = _Run(day, facts, found, pools, present)
    _form(run)
    _leave(run)
    _join(run)
    _count(run)
    _open(run)
    return run.did


def _key(pool: Pool) -> Key:
    return Key(pool.profile_id, pool.basin_id, pool.quarter_on)


def _without_leavers(facts: Iterable[NeedFacts], pools: Mapping[Key, Pool]) -> list[NeedFacts]:
    """A need whose employer left a pool is not counted in it again."""
    left = PoolMember.objects.filter(left_why=Leaving.CHOSE).values_list("pool_id", "need_id")
    keys = {pool.pk: key for key, pool in pools.items()}
    gone = {(keys[pool], need) for pool, need in left}
    return [each for each in facts if (each.key, each.need) not in gone]


def _form(run: _Run) -> None:
    """New pools, each with its first step; those that sleep and stand again; those that stand no more."""
    new = [
        Pool(
            profile_id=key.profile, basin_id=key.basin, quarter_on=key.quarter_on, formed_on=run.day, counted_on=run.day
        )
        for key in run.found
        if key not in run.pools
    ]
    for pool in new:
        _take_counts(pool, run.found[_key(pool)])
    Pool.objects.bulk_create(new, batch_size=BATCH)
    PoolStep.objects.bulk_create(
        [
            PoolStep(pool=pool, verb="form", to_stage=Stage.FORMING, on=run.day, explanation=_found_in_words(pool))
            for pool in new
        ],
        batch_size=BATCH,
    )
    run.pools.update({_key(pool): pool for pool in new})
    run.did.formed = len(new)
    for key, pool in run.pools.items():
        if pool.stage == Stage.LAPSED and key in run.found:
            _take_counts(pool, run.found[key])
            pool.move("form", on=run.day, explanation=_found_in_words(pool))
            run.did.reformed += 1
        elif pool.stage in (Stage.FORMING, Stage.OPEN) and key not in run.found:
            pool.move("lapse", on=run.day, explanation=_why_lapsed(key, run.day))
            run.did.lapsed += 1


def _found_in_words(pool: Pool) -> str:
    posts = ngettext("%(n)d poste", "%(n)d postes", pool.headcount) % {"n": pool.headcount}
    return _(
        "%(employers)d employeurs demandent le même métier, dans le même bassin, le même trimestre : %(posts)s."
    ) % {
        "employers": pool.employer_count,
        "posts": posts,
    }


def _why_lapsed(key: Key, day: datetime.date) -> str:
    if _is_over(key, day):
        return _("Le trimestre souhaité est passé.")
    return _("Moins de %(n)d employeurs le demandent encore.") % {"n": FEWEST_EMPLOYERS}


def _is_over(key: Key, day: datetime.date) -> bool:
    return (key.quarter_on.year, key.quarter_on.month + 2) < (day.year, day.month)


def _wanted(run: _Run, key: Key) -> set[int]:
    """The needs that belong to a pool: those the rule finds while it stands; afterwards nobody enters any more."""
    pool = run.pools[key]
    if pool.stage in FOLLOWED:
        return set(run.found[key].needs) if key in run.found else set()
    return {
        need
        for need, member in run.present.items()
        if member.pool_id == pool.pk and need in run.facts and run.facts[need].key == key
    }


def _leave(run: _Run) -> None:
    wanted = {pool.pk: _wanted(run, key) for key, pool in run.pools.items()}
    leavers = [each for need, each in run.present.items() if need not in wanted[each.pool_id]]
    needs = EmployerNeed.objects.in_bulk([each.need_id for each in leavers])
    keys = {pool.pk: key for key, pool in run.pools.items()}
    for each in leavers:
        each.left_on, each.left_why = run.day, _why_left(needs[each.need_id], keys[each.pool_id], run)
        del run.present[each.need_id]
    PoolMember.objects.bulk_update(leavers, ["left_on", "left_why"], batch_size=BATCH)
    run.did.left = len(leavers)


def _why_left(need: EmployerNeed, key: Key, run: _Run) -> Leaving:
    if need.filled_on is not None:
        return Leaving.FILLED
    if not need.is_public:
        return Leaving.WITHDRAWN
    if need.expires_on is not None and need.expires_on < run.day:
        return Leaving.EXPIRED
    facts = run.facts.get(need.pk)
    return Leaving.LAPSED if facts is not None and facts.key == key else Leaving.CHANGED


def _join(run: _Run) -> None:
    """Those the rule finds and who are not there yet; and who agrees, or no longer does."""
    new, changed = [], []
    for key, pool in run.pools.items():
        if pool.stage not in FOLLOWED or key not in run.found:
            continue
        for need in run.found[key].needs:
            shares = run.facts[need].shares
            member = run.present.get(need)
            if member is None:
                new.append(PoolMember(pool=pool, need_id=need, agreed=shares, joined_on=run.day))
            elif member.agreed != shares:
                member.agreed = shares
                changed.append(member)
    PoolMember.objects.bulk_create(new, batch_size=BATCH)
    PoolMember.objects.bulk_update(changed, ["agreed"], batch_size=BATCH)
    run.did.joined = len(new)


def _take_counts(pool: Pool, facts: PoolFacts) -> bool:
    """Write what the rule counts on the row, unsaved; whether something changed."""
    told = (
        facts.employers,
        facts.agreed,
        facts.headcount,
        facts.first_wished_on,
        facts.last_wished_on,
        list(facts.departments),
    )
    if tuple(getattr(pool, name) for name in COUNTED) == told:
        return False
    for name, value in zip(COUNTED, told, strict=True):
        setattr(pool, name, value)
    return True


def _count(run: _Run) -> None:
    """Counts of the pools that stand; from an answer on they stay those that were answered."""
    stand = [pool for key, pool in run.pools.items() if pool.stage in FOLLOWED and key in run.found]
    changed = [pool for pool in stand if _take_counts(pool, run.found[_key(pool)])]
    standing = {pool.pk: run.found[_key(pool)] for pool in stand}
    Pool.objects.bulk_update(changed, COUNTED, batch_size=BATCH)
    Pool.objects.filter(pk__in=standing).exclude(counted_on=run.day).update(counted_on=run.day)
    _say_skills(standing)


def _say_skills(standing: Mapping[int, PoolFacts]) -> None:
    through = Pool.skills.through
    held = set(through.objects.filter(pool__in=standing).values_list("pool_id", "skill_id"))
    asked = {(pk, skill) for pk, facts in standing.items() for skill in facts.skills}
    for pk in {pool for pool, _skill in held - asked}:
        through.objects.filter(pool=pk).exclude(skill__in=standing[pk].skills).delete()
    new = [through(pool_id=pool, skill_id=skill) for pool, skill in sorted(asked - held)]
    through.objects.bulk_create(new, batch_size=BATCH)


def _open(run: _Run) -> None:
    """A pool opens by itself once enough of its employers would share a group; an agent may open it before."""
    ready = [
        pool for pool in run.pools.values() if pool.stage == Stage.FORMING and pool.agreed_count >= FEWEST_EMPLOYERS
    ]
    for pool in ready:
        said = _("%(n)d employeurs acceptent de partager un groupe : les organismes proches sont prévenus.")
        pool.move("open", on=run.day, explanation=said % {"n": pool.agreed_count})
    run.did.opened = len(ready)
