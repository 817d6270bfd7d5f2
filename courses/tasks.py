import datetime

from celery import shared_task
from django.utils import timezone

from courses import claims, code_suggestions, expiries, freshness, links, qualiopi, suggestions
from courses.counts import store_answers, store_recommended, store_views
from courses.importers import doors, flow, work
from courses.models import ImportRun, ImportSource
from courses.search import documents
from courses.suggestions import Suggester
from portal.web.clock import today


@shared_task
def store_daily_counts() -> int:
    """Store what was counted today and yesterday, whose last minute may not be stored yet."""
    day = today()
    days = (day, day - datetime.timedelta(days=1))
    return sum(store_views(each) + store_answers(each) + store_recommended(each) for each in days)


@shared_task
def follow_the_day() -> int:
    """Bring the search documents to the civil day; does nothing when they are of that day already."""
    return documents.turn_day(today())


@shared_task
def render_waiting_cards() -> int:
    """Render the cards whose facts changed: until then a page renders them on its way."""
    return documents.render_cards()


@shared_task
def tidy_search() -> None:
    """Fold the counts of labels and count the words of the catalogue anew."""
    documents.tidy()


@shared_task
def follow_freshness() -> dict[str, int]:
    """Remind of the listings that are due, and hide those that nobody confirms."""
    return freshness.follow(today())


@shared_task
def open_links() -> int:
    """Open the addresses that listings give, each once a week."""
    return links.check_links()


@shared_task
def answer_asked_suggestions() -> int:
    """Propose codes for the courses that members have just changed."""
    return suggestions.answer_asked()


@shared_task
def renew_code_suggestions() -> int:
    """Propose codes anew for all published courses: certifications, titles and declared codes change."""
    return code_suggestions.renew()


@shared_task
def renew_qualiopi() -> int:
    """Bring the certificates to the public list; return how many changed."""
    counts = qualiopi.renew_certificates()
    return counts.total() - counts["same"]


@shared_task
def follow_certifications() -> dict[str, int]:
    """Flag the published courses whose certifications are all expired, and close the flags of the others."""
    return expiries.follow(today())


@shared_task
def tidy_claims() -> int:
    """Close the claims whose code nobody used, and forget the documents of those decided long ago."""
    return claims.tidy()


@shared_task
def carry_imports() -> int:
    """Carry on with the imports that wait for a worker, oldest first; return how many moved.

    Rung by a screen and by the clock: a run left by a worker that died is found again here.
    """
    work.give_up_on_the_hopeless()
    waiting = ImportRun.objects.to_carry_on().order_by("started_at", "pk").values_list("pk", flat=True)
    return sum(work.carry_on(pk, Suggester().suggest) for pk in list(waiting))


@shared_task
def pull_feeds() -> int:
    """Read the addresses that sources gave; return how many gave something new. The imports go on by themselves."""
    sources = ImportSource.objects.with_feed().select_related("organisation", "feed_set_by")
    return sum(doors.pull(source) is not None for source in sources)


@shared_task
def forget_old_imports() -> int:
    """Delete the files and rows of imports after 30 days."""
    return flow.forget_old(timezone.now())
