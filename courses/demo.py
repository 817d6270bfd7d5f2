"""The first floor of the demonstration: invented bodies, courses and sessions, published by moderation's own door."""

import datetime
from collections.abc import Callable
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from courses import expiries
from courses.code_suggestions import CodeProposer
from courses.demo_bodies import load_bodies
from courses.demo_data.catalogue import build_courses
from courses.demo_life import daily_counts, daily_searches, leave_proposals, profile_counts, settle, waiting_facts
from courses.demo_listings import BATCH, course_row, load_labels, load_listings, publish_listings
from courses.models import CourseDailyCount, CourseProfileCount, ImportSource, SearchDailyCount
from courses.search.documents import render_cards, tidy, turn_day
from courses.suggestions import Suggester

SOURCE_NAME = "demonstration"
ORIGIN = "démonstration : données fictives"


@transaction.atomic
def load(*, day: datetime.date, report: Callable[..., None]) -> None:
    """Lay the courses, all dates counted from `day`. A base that holds them already is left as it is."""
    source, is_new = ImportSource.objects.get_or_create(
        name=SOURCE_NAME, defaults={"label": _("Démonstration (données fictives)"), "is_trusted": True}
    )
    if not is_new:
        return
    turn_day(day)
    report(_("organismes de formation et CFA"), None, None)
    providers, centres = load_bodies(day=day, origin=ORIGIN, source=source)

    told = build_courses()
    waiting = [facts for _state, facts in waiting_facts()]
    report(_("formations"), 0, len(told))
    row = partial(course_row, source=source, providers=providers, centres=centres, day=day)
    shown = load_listings([(facts, row(facts)) for facts in told], day=day)
    hidden = load_listings([(facts, row(facts, is_shown=False)) for facts in waiting], day=day)
    report(_("publication des formations"), 0, len(told))
    publish_listings(shown.values(), origin=ORIGIN)
    report(_("modération et fréquentation"), None, None)
    settle(hidden, day=day)
    leave_proposals(shown, day=day)
    report(_("codes proposés"), None, None)
    load_labels()
    Suggester().suggest(list(hidden.values()))
    CodeProposer().propose(list(shown.values()))
    CourseDailyCount.objects.bulk_create(daily_counts(shown, day=day), batch_size=BATCH)
    CourseProfileCount.objects.bulk_create(profile_counts(shown, day=day), batch_size=BATCH)
    SearchDailyCount.objects.bulk_create(daily_searches(day=day), batch_size=BATCH)
    expiries.follow(day)
    report(_("cartes des formations"), None, None)
    tidy()
    render_cards()
    report(_("formations"), len(told), len(told))
