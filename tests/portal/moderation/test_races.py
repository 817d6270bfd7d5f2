"""Two moderators at once: the database lets one through, the other is told."""

import threading
from collections import Counter
from functools import partial

import pytest
from django.db import connection

from courses.models import Course
from portal.moderation import actions
from portal.moderation.models import ModerationError, ModerationEvent, Revision, Status
from tests import makers

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 60  # of each race, when nothing is shared out


def at_once(*acts) -> list[BaseException | None]:
    """Run each act in a thread with its own connection, started together; what each raised, in order."""
    barrier = threading.Barrier(len(acts))
    raised: list[BaseException | None] = [None] * len(acts)

    def run(place: int, act) -> None:
        try:
            barrier.wait(timeout=10)
            act()
        except ModerationError as refused:
            raised[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return raised


def submitted(agent) -> Course:
    course = makers.make_course(published=False)
    course.submit(by=agent)
    return course


def copy_of(course: Course) -> Course:
    return Course.objects.get(pk=course.pk)


@pytest.fixture
def agents():
    return makers.make_user(), makers.make_user()


def test_two_approvals_leave_one_revision(agents, share_of, record_count):
    one, other = agents
    for _ in range(share_of(ROUNDS)):
        course = submitted(one)
        mine, theirs = copy_of(course), copy_of(course)
        raised = at_once(partial(actions.approve, mine, by=one), partial(actions.approve, theirs, by=other))
        assert Counter(type(each).__name__ for each in raised) == {"NoneType": 1, "MoveRefused": 1}
        assert Revision.objects.about(course).count() == copy_of(course).version == 1
        record_count("moderation races", 1)


def test_publishing_against_withdrawing_ends_in_one_true_state(agents, share_of, record_count):
    one, other = agents
    for _ in range(share_of(ROUNDS)):
        course = submitted(one)
        mine, theirs = copy_of(course), copy_of(course)
        raised = at_once(partial(actions.approve, mine, by=one), partial(theirs.withdraw, by=other))
        course = copy_of(course)
        # withdrawn first: the approval is refused; approved first: a published row is withdrawn
        assert course.status == Status.WITHDRAWN
        assert raised[1] is None
        told = [event.verb for event in ModerationEvent.objects.about(course)]
        assert sorted(told) == sorted(["submit", "withdraw"] + ([] if raised[0] else ["approve"]))
        record_count("moderation races", 1)


def test_one_proposal_is_decided_once(agents, share_of, record_count):
    one, other = agents
    for _ in range(share_of(ROUNDS)):
        course = makers.make_course()
        proposal = actions.propose(course, changes={"title": "Neuf"}, by=one)
        raised = at_once(
            partial(actions.accept_proposal, proposal, by=one),
            partial(actions.refuse_proposal, proposal, by=other, reason="Non"),
        )
        assert sum(each is None for each in raised) == 1
        accepted = raised[0] is None
        assert (copy_of(course).title == "Neuf") == accepted
        assert copy_of(course).version == (2 if accepted else 1)
        record_count("moderation races", 1)


def test_two_edits_at_once_leave_one_waiting(agents, share_of, record_count):
    one, other = agents
    for _ in range(share_of(ROUNDS)):
        course = makers.make_course()
        at_once(
            partial(actions.propose, course, changes={"title": "Un"}, by=one),
            partial(actions.propose, course, changes={"title": "Autre"}, by=other),
        )
        assert actions.Proposal.objects.about(course).count() == 2
        assert actions.Proposal.objects.waiting().about(course).count() == 1
        record_count("moderation races", 1)
