"""Pools of the demonstration: the rule finds them in the invented needs, then each lives a different life."""

import datetime
from typing import Final

from django.utils.translation import gettext as _

from jobs.models import Pool
from jobs.pools.follow import follow_pools
from portal.accounts.models import User

AGENT = "moderation@camins.example"
# the rule ran for the first time so many days ago; each step comes so many days after the one before
FIRST_RUN, BETWEEN = 45, 7
# of the pools, those of the nearest quarter first: the steps it has taken
LIVES: Final[tuple[tuple[str, ...], ...]] = (
    ("open", "answer", "fund", "run", "hire"),
    ("open", "answer", "fund", "run"),
    ("open", "answer", "decline"),
    ("open", "answer", "fund"),
    ("open", "answer"),
    ("open",),
)


def load_pools(day: datetime.date) -> int:
    """Form the pools as of some weeks ago, take their steps, bring them to `day`; return how many there are."""
    follow_pools(day - datetime.timedelta(days=FIRST_RUN))
    agent = User.objects.filter(email=AGENT).first()
    for pool, steps in zip(Pool.objects.order_by("quarter_on", "-headcount", "pk"), LIVES, strict=False):
        for rank, verb in enumerate(steps, start=1):
            if verb not in dict(pool.moves_of_agents()):
                continue  # the rule opened it already
            pool.move(
                verb,
                on=day - datetime.timedelta(days=FIRST_RUN - rank * BETWEEN),
                by=agent,
                explanation=explanations()[verb],
                people=max(1, pool.headcount - 2) if rank < len(LIVES[0]) else max(1, pool.headcount // 2),
            )
    follow_pools(day)
    return Pool.objects.count()


def explanations() -> dict[str, str]:
    """What the agents of the demonstration wrote at each step."""
    return {
        "open": _("Joints par téléphone, assez d’employeurs acceptent de partager un groupe."),
        "answer": _("Un organisme du bassin propose un groupe de six mois, à partir du trimestre souhaité."),
        "fund": _("La commission de la Région finance le groupe ; les employeurs prennent une part."),
        "decline": _("La date proposée venait trop tard pour les employeurs : ils ont recruté autrement."),
        "run": _("Le groupe a commencé ; une personne a préféré une autre formation."),
        "hire": _("Les contrats sont signés pour celles et ceux qui ont terminé."),
    }
