"""What happens around the listings of the demonstration: drafts, decisions, edits that wait, visits and messages."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

from django.utils import timezone

from courses.demo_data.catalogue import build_courses
from courses.demo_data.shapes import CourseFacts
from courses.demo_data.variety import number
from courses.demo_data.waiting import ARCHIVED, CHANGES_ASKED, DRAFT, PROPOSALS, WAITING, WITHDRAWN, WaitingFacts
from courses.models import Course, CourseDailyCount, CourseProfile, CourseProfileCount, SearchDailyCount
from portal.accounts.enums import OrganisationKind, Role
from portal.accounts.models import Organisation, User
from portal.moderation.actions import propose
from portal.moderation.models import Proposal

COUNTED_DAYS = 30
# what is asked most, in this order
SEARCHED = (
    ("texte", "oui"),
    ("rayon", "30"),
    ("cout", "0"),
    ("modalite", "remote"),
    ("metier", "data-analyst"),
    ("departement", "48"),
    ("metier", "ingenieur-vision"),
)
# the same in some départements, a third of them in vain
SEARCHED_NEAR = (
    ("autour", "12"),
    ("metier@12", "ingenieur-vision"),
    ("competence@12", "sql"),
    ("autour", "31"),
    ("metier@31", "data-analyst"),
)
CHANCE_OF_A_MESSAGE = 90  # one message for so many views


def waiting_facts() -> list[tuple[WaitingFacts, CourseFacts]]:
    """Each waiting listing with its texts, those of its model under another title and key."""
    known = {facts.key: facts for facts in build_courses()}
    return [(told, _renamed(known[told.model], told)) for told in WAITING]


def _renamed(model: CourseFacts, told: WaitingFacts) -> CourseFacts:
    offerings = tuple(
        replace(
            offering,
            key=offering.key.replace(model.key, told.key),
            sessions=tuple(replace(s, key=s.key.replace(model.key, told.key)) for s in offering.sessions),
        )
        for offering in model.offerings
    )
    # bodies that write a listing often give no code: codes are proposed to them
    return replace(model, key=told.key, title=told.title, offerings=offerings, occupations=(), formacodes=())


def settle(courses: dict[str, Course], *, day: datetime.date) -> None:
    """Bring each waiting listing to its state by the moves a member and an agent would make."""
    agent = agent_of_the_region()
    for told in WAITING:
        if told.state != DRAFT:
            _move(courses[told.key], told, agent=agent, day=day)


def _move(course: Course, told: WaitingFacts, *, agent: User, day: datetime.date) -> None:
    submitted_at = _at(day, told.days_ago)
    member = member_of(course.provider.organisation)
    if told.state != ARCHIVED:
        course.move("submit", by=member, submitted_at=submitted_at)
    if told.state == CHANGES_ASKED:
        course.ask_changes(by=agent, reason=told.reason)
    elif told.state == WITHDRAWN:
        course.withdraw(by=member, reason=told.reason)
    elif told.state == ARCHIVED:
        course.archive(by=member, reason=told.reason)


def leave_proposals(courses: dict[str, Course], *, day: datetime.date) -> None:
    """Let members propose edits of published listings; they wait for an agent."""
    for told in PROPOSALS:
        course = courses[told.course]
        member = member_of(course.provider.organisation)
        if member is None:
            raise LookupError(f"{told.course}: its body has no member to propose anything")
        proposal = propose(course, changes={told.field: told.text}, by=member)
        Proposal.objects.filter(pk=proposal.pk).update(proposed_at=_at(day, told.days_ago))


def member_of(organisation: Organisation) -> User | None:
    """A present member of the organisation; None for a body without an account."""
    return User.objects.filter(
        memberships__organisation=organisation, memberships__left_at=None, memberships__role=Role.MANAGER
    ).first()


def agent_of_the_region() -> User:
    """Somebody who may moderate; the accounts of the demonstration must be there."""
    return User.objects.filter(
        memberships__organisation__kinds__contains=[OrganisationKind.REGION], memberships__role=Role.MODERATOR
    ).earliest("pk")


def _at(day: datetime.date, days_ago: int) -> datetime.datetime:
    return timezone.make_aware(
        datetime.datetime.combine(day - datetime.timedelta(days=days_ago), datetime.time(14, 30))
    )


def daily_searches(*, day: datetime.date) -> list[SearchDailyCount]:
    """What was looked for in the last month, and what was not found: a few filters, told by day."""
    rows = []
    for ago in range(1, 31):
        on, total = day - datetime.timedelta(days=ago), 90 + number(f"searches{ago}", 120)
        rows.append(SearchDailyCount(day=on, searches=total, without_answer=total // 12))
        for place, (facet, value) in enumerate(SEARCHED):
            count = total // (place + 2)
            rows.append(
                SearchDailyCount(
                    day=on, facet=facet, value=value, searches=count, without_answer=count // (4 + 5 * place)
                )
            )
        for place, (facet, value) in enumerate(SEARCHED_NEAR):
            count = total // (place + 6)
            rows.append(SearchDailyCount(day=on, facet=facet, value=value, searches=count, without_answer=count // 3))
    return rows


def daily_counts(courses: dict[str, Course], *, day: datetime.date) -> Iterator[CourseDailyCount]:
    """Views and messages of the last days: more for some listings than others, fewer at weekends, many days none."""
    for key, course in courses.items():
        liking = 1 + number(f"{key}liked", 12)
        for days_ago in range(1, COUNTED_DAYS + 1):
            seen_on = day - datetime.timedelta(days=days_ago)
            views = number(f"{key}{days_ago}", liking + 1) // (2 if seen_on.weekday() > 4 else 1)
            if views:
                contacts = sum(number(f"{key}{days_ago}{n}", CHANCE_OF_A_MESSAGE) == 0 for n in range(views))
                shown = views * (4 + number(f"{key}shown", 9))
                yield CourseDailyCount(course=course, day=seen_on, views=views, contacts=contacts, appearances=shown)


def profile_counts(courses: dict[str, Course], *, day: datetime.date) -> Iterator[CourseProfileCount]:
    """How often each listing was recommended for the jobs it leads to, every third day or so."""
    links = CourseProfile.objects.filter(course__in=courses.values()).order_by("course", "profile")
    for link in links:
        for days_ago in range(1 + link.course_id % 3, COUNTED_DAYS + 1, 3):
            recommended = number(f"{link.course_id} {link.profile_id} {days_ago}", 6)
            if recommended:
                told = {"day": day - datetime.timedelta(days=days_ago), "recommended": recommended}
                yield CourseProfileCount(course_id=link.course_id, profile_id=link.profile_id, **told)
