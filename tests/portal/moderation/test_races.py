"""Two people at once, each with a connection of their own: the database lets one through, the other is told."""

import datetime
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import pytest
from django.db import connection, transaction

from courses.actions import state_seats
from courses.models import Course, Session, TrainingProvider
from portal.accounts.models import User
from portal.moderation import actions
from portal.moderation.flags import report
from portal.moderation.models import (
    Flag,
    ModerationError,
    ModerationEvent,
    Proposal,
    Revision,
    content_hash,
)
from portal.moderation.undo import undo
from tests import makers

ROUNDS = 200  # of each race, when nothing is shared out
NOON = datetime.datetime(2027, 1, 15, 12, tzinfo=datetime.UTC)
Act = Callable[[], object]
Check = Callable[[Course, list[str]], object]


def _hang_up() -> None:
    """Close the connection of the thread that runs this."""
    connection.close()


class Pair:
    """Two threads that keep a connection each: what is raced is the verbs, not the opening of connections."""

    def __enter__(self) -> "Pair":
        self.pools = [ThreadPoolExecutor(max_workers=1) for _ in range(2)]
        return self

    def __exit__(self, *why) -> None:
        for pool in self.pools:
            pool.submit(_hang_up).result(timeout=30)
            pool.shutdown()

    def at_once(self, *acts: Act) -> list[str]:
        """Run both acts, started together; the refusal of each, "" for none."""
        barrier = threading.Barrier(len(acts))

        def run(act: Act) -> str:
            barrier.wait(timeout=30)
            try:
                act()
            except ModerationError as why:
                return type(why).__name__
            return ""

        running = [pool.submit(run, act) for pool, act in zip(self.pools, acts, strict=True)]
        return [each.result(timeout=30) for each in running]


@dataclass(frozen=True)
class Cast:
    """A body and its member, two agents."""

    provider: TrainingProvider
    owner: User
    one: User
    other: User

    def course(self, *, published: bool = False, **fields) -> Course:
        return makers.make_course(provider=self.provider, published=published, **fields)

    def submitted(self) -> Course:
        course = self.course()
        course.submit(by=self.owner)
        return course

    def proposed(self) -> tuple[Course, Proposal]:
        course = self.course(published=True)
        return course, actions.propose(course, changes={"title": "Neuf"}, by=self.owner)


def copy_of(course: Course) -> Course:
    return Course.objects.get(pk=course.pk)


def verbs_of(course: Course) -> list[str]:
    return sorted(ModerationEvent.objects.about(course).values_list("verb", flat=True))


def one_wins(course: Course, refused: list[str], loser: str) -> None:
    assert sorted(refused) == ["", loser], refused


def publish_publish(cast: Cast) -> tuple[Course, list[Act], Check]:
    course = cast.submitted()

    def check(course: Course, refused: list[str]) -> None:
        one_wins(course, refused, "MoveRefused")
        assert Revision.objects.about(course).count() == course.version == 1

    acts = [partial(actions.approve, copy_of(course), by=each) for each in (cast.one, cast.other)]
    return course, acts, check


def edit_approve(cast: Cast) -> tuple[Course, list[Act], Check]:
    course = cast.submitted()
    title, seen = course.title, content_hash(course.moderated_content())

    def check(course: Course, refused: list[str]) -> None:
        assert refused[0] == ""
        if refused[1]:  # the edit came first: what was read is no longer what would be approved
            assert (refused[1], course.status, course.title) == ("ContentChanged", "submitted", "Neuf")
        else:  # it came second: it waits beside the approved text
            assert (course.status, course.title) == ("published", title)
            assert Proposal.objects.waiting().about(course).count() == 1

    acts = [
        partial(actions.edit, copy_of(course), changes={"title": "Neuf"}, by=cast.owner),
        partial(actions.approve, copy_of(course), by=cast.one, seen=seen),
    ]
    return course, acts, check


def withdraw_approve(cast: Cast) -> tuple[Course, list[Act], Check]:
    course = cast.submitted()

    def check(course: Course, refused: list[str]) -> None:
        # withdrawn first: the approval is refused; approved first: a published row is withdrawn
        assert (course.status, refused[0]) == ("withdrawn", "")
        assert refused[1] in ("", "MoveRefused")
        assert verbs_of(course) == sorted(["submit", "withdraw", *([] if refused[1] else ["approve"])])

    acts = [partial(copy_of(course).withdraw, by=cast.owner), partial(actions.approve, copy_of(course), by=cast.one)]
    return course, acts, check


def quarantine_approve(cast: Cast) -> tuple[Course, list[Act], Check]:
    course = cast.submitted()

    def check(course: Course, refused: list[str]) -> None:
        assert (course.status, refused[0]) == ("quarantined", "")
        assert refused[1] in ("", "MoveRefused")
        assert not Course.objects.published().filter(pk=course.pk).exists()

    acts = [
        partial(copy_of(course).quarantine, by=cast.one, reason="Une plainte"),
        partial(actions.approve, copy_of(course), by=cast.other),
    ]
    return course, acts, check


def accept_accept(cast: Cast) -> tuple[Course, list[Act], Check]:
    course, proposal = cast.proposed()

    def check(course: Course, refused: list[str]) -> None:
        one_wins(course, refused, "ProposalOutdated")
        assert (course.title, course.version) == ("Neuf", 2)

    return course, [partial(actions.accept_proposal, proposal, by=each) for each in (cast.one, cast.other)], check


def accept_refuse(cast: Cast) -> tuple[Course, list[Act], Check]:
    course, proposal = cast.proposed()

    def check(course: Course, refused: list[str]) -> None:
        one_wins(course, refused, "ProposalOutdated")
        assert (course.title == "Neuf") == (refused[0] == "")
        assert course.version == (1 if refused[0] else 2)

    acts = [
        partial(actions.accept_proposal, proposal, by=cast.one),
        partial(actions.refuse_proposal, proposal, by=cast.other, reason="Non"),
    ]
    return course, acts, check


def propose_propose(cast: Cast) -> tuple[Course, list[Act], Check]:
    course = cast.course(published=True)

    def check(course: Course, refused: list[str]) -> None:
        assert refused == ["", ""]
        assert Proposal.objects.about(course).count() == 2
        assert Proposal.objects.waiting().about(course).count() == 1

    acts = [partial(actions.propose, course, changes={"title": title}, by=cast.owner) for title in ("Un", "Autre")]
    return course, acts, check


def last_event(course: Course) -> ModerationEvent:
    return ModerationEvent.objects.about(course).first()


def undo_undo(cast: Cast) -> tuple[Course, list[Act], Check]:
    course = cast.submitted()
    actions.approve(course, by=cast.one)
    event = last_event(course)

    def check(course: Course, refused: list[str]) -> None:
        one_wins(course, refused, "UndoRefused")
        assert (course.status, course.version, verbs_of(course).count("undo")) == ("submitted", 0, 1)

    return course, [partial(undo, event, by=each) for each in (cast.one, cast.other)], check


def undo_withdraw(cast: Cast) -> tuple[Course, list[Act], Check]:
    course = cast.submitted()
    actions.approve(course, by=cast.one)
    event = last_event(course)

    def check(course: Course, refused: list[str]) -> None:
        assert (course.status, refused[1]) == ("withdrawn", "")
        assert refused[0] in ("", "UndoRefused")
        assert course.version == (1 if refused[0] else 0)

    return course, [partial(undo, event, by=cast.other), partial(copy_of(course).withdraw, by=cast.owner)], check


def submit_withdraw(cast: Cast) -> tuple[Course, list[Act], Check]:
    course = cast.course()

    def check(course: Course, refused: list[str]) -> None:
        assert refused[0] == ""
        assert course.status == ("submitted" if refused[1] else "withdrawn")
        assert verbs_of(course) == (["submit"] if refused[1] else ["submit", "withdraw"])

    return course, [partial(copy_of(course).submit, by=cast.owner), partial(copy_of(course).withdraw, by=None)], check


def seats_seats(cast: Cast) -> tuple[Course, list[Act], Check]:
    course = cast.course(session={"seats": 12})
    session = Session.objects.get(offering__course=course)

    def check(course: Course, refused: list[str]) -> None:
        session.refresh_from_db()
        assert refused == ["", ""]
        assert (session.seats_left, session.seats_said_by) == (3, "la seconde"), "an older statement won"

    said = [(7, "la première", NOON), (3, "la seconde", NOON + datetime.timedelta(seconds=1))]
    acts = [partial(state_seats, session, seats_left=left, by_name=who, at=at) for left, who, at in said]
    return course, acts, check


def flag_flag(cast: Cast) -> tuple[Course, list[Act], Check]:
    course = cast.course(published=True)

    def check(course: Course, refused: list[str]) -> None:
        assert refused == ["", ""]
        assert list(Flag.objects.about(course).values_list("kind", "times")) == [("reported", 2)]

    return course, [partial(report, course), partial(report, course)], check


RACES = (
    publish_publish,
    edit_approve,
    withdraw_approve,
    quarantine_approve,
    accept_accept,
    accept_refuse,
    propose_propose,
    undo_undo,
    undo_withdraw,
    submit_withdraw,
    seats_seats,
    flag_flag,
)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_leave_what_one_after_the_other_would(subtests, share_of, record_count):
    """One test for all: what a transactional test costs is the emptying of every table after it."""
    provider = makers.make_provider()
    owner = makers.make_user(organisation=provider.organisation)
    cast = Cast(provider, owner, makers.make_user(), makers.make_user())
    with Pair() as pair:
        for race in RACES:
            with subtests.test(race.__name__):
                for _ in range(share_of(ROUNDS)):
                    with transaction.atomic():
                        course, acts, check = race(cast)
                    refused = pair.at_once(*acts)
                    course = copy_of(course)
                    check(course, refused)
                    if course.is_public:
                        assert course.is_as_approved(), "what the public reads is not what was approved"
                    record_count("moderation races", 1)
