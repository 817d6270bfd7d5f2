from celery import shared_task

from jobs import actions, best
from jobs.employers import life
from jobs.offers.demand import write_skill_demand
from jobs.pools.follow import follow_pools
from jobs.pools.tell import tell_bodies, tell_employers
from portal.web.clock import today


@shared_task
def write_demand_on_courses() -> int:
    return actions.write_demand(today())


@shared_task
def forget_expired_projects() -> int:
    return actions.forget_expired_projects(today())


@shared_task
def find_best_for_projects() -> int:
    """The best courses of every kept project, anew; may run twice."""
    return best.write_best(today())


@shared_task
def follow_needs() -> dict[str, int]:
    """Needs that end soon, companies to check again, drafts and names to forget; may run twice."""
    return life.follow(today())


def follow_pooled_needs() -> int:
    """Pools follow the needs, then whoever must be told is written to; return how many letters. May run twice."""
    day = today()
    follow_pools(day)
    return tell_employers() + tell_bodies(day)


@shared_task
def count_skill_demand() -> int:
    """Demand by skill, counted anew; may run twice."""
    return write_skill_demand(today())
