"""An employer that leaves a pool, or comes back: by the link of its letter, which nobody else has."""

import datetime

from django.core import signing
from django.db import transaction

from jobs.models import Pool, PoolMember
from jobs.models.pool import FOLLOWED, Leaving

SALT = "jobs.pools.membership"


def token_of(member: PoolMember) -> str:
    return signing.Signer(salt=SALT).sign(str(member.pk))


def member_of(token: str) -> PoolMember | None:
    """The member a link speaks of; None for a link that is not ours."""
    try:
        number = int(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    rows = PoolMember.objects.select_related("pool__profile", "pool__basin", "need")
    return rows.filter(pk=number).first()


@transaction.atomic
def leave(member: PoolMember, *, day: datetime.date) -> bool:
    """Out of the pool at once, for good unless it comes back; False where it had left. Counts follow in the night."""
    _hold(member)
    present = PoolMember.objects.present().filter(pk=member.pk)
    return bool(present.update(left_on=day, left_why=Leaving.CHOSE))


@transaction.atomic
def come_back(member: PoolMember) -> bool:
    """Back into a pool that still takes needs, after leaving by choice; False where that cannot be."""
    pool = _hold(member)
    if pool.stage not in FOLLOWED or PoolMember.objects.present().filter(need=member.need_id).exists():
        return False
    gone = PoolMember.objects.filter(pk=member.pk, left_why=Leaving.CHOSE)
    return bool(gone.update(left_on=None, left_why=""))


def _hold(member: PoolMember) -> Pool:
    """The pool's row, until the end of the transaction: the nightly rule holds it too."""
    return Pool.objects.select_for_update(of=("self",)).get(pk=member.pool_id)
