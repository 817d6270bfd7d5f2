from celery import shared_task

from jobs import actions, best
from jobs.employers import life
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
