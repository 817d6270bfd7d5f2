"""The moderation of one course as a state machine against a model, with the invariants I1 to I6 after each step.

I1 nothing public without an approval of exactly that content · I2 each transition leaves one event with its actor,
before and after, and history rows · I3 nobody decides of their own row, nobody edits another body's · I4 what is not
public is nowhere · I5 0 <= seats left <= seats, the newest statement wins · I6 undoing restores the same content.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.db import connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from courses.actions import SeatsRefused, state_seats
from courses.api.answers import course_data
from courses.models import Course, SearchDocument, Session, TrainingProvider
from portal.accounts.enums import OrganisationKind, Role
from portal.accounts.models import User
from portal.moderation import actions
from portal.moderation.models import (
    ConflictOfInterest,
    ContentChanged,
    ModerationError,
    ModerationEvent,
    MoveRefused,
    Proposal,
    Revision,
    content_hash,
)
from portal.moderation.undo import UNDO_DAYS, UndoRefused, undo
from tests import makers

EXAMPLES, STEPS = 300, 50  # when nothing is shared out
SEATS = 12
NOON = datetime.datetime(2027, 1, 15, 12, tzinfo=datetime.UTC)
# what each verb makes of a state, said once more, apart from MOVES
WAYS = {
    "submit": {"draft": "submitted", "changes_asked": "submitted", "withdrawn": "submitted"},
    "ask_changes": {"submitted": "changes_asked", "quarantined": "changes_asked"},
    "quarantine": {"submitted": "quarantined", "published": "quarantined"},
    "withdraw": {"submitted": "withdrawn", "published": "withdrawn"},
    "archive": {"draft": "archived", "changes_asked": "archived", "withdrawn": "archived"},
    "reopen": {"archived": "draft"},
}
DECISIONS = ("ask_changes", "quarantine")
TRACES = """
SELECT status, (SELECT count(*) FROM courses_courseevent WHERE pgh_obj_id = c.id),
    (SELECT count(*) FROM courses_offeringevent WHERE course_id = c.id),
    (SELECT count(*) FROM moderation_moderationevent WHERE subject_id = c.id),
    (SELECT count(*) FROM moderation_revision WHERE subject_id = c.id),
    (SELECT count(*) FROM moderation_proposalevent WHERE subject_id = c.id)
FROM courses_course c WHERE id = %(course)s"""
TITLES = st.sampled_from(["Python pour débuter", "Données et cartes", "Vision", "Parler aux machines"])
PRICES = st.sampled_from([None, 0, 45_000, 120_000])


@dataclass
class Undo:
    """What undoing the decision of an event must bring back."""

    event: int
    status: str
    sha256: str


@dataclass
class Expected:
    """What the model knows: the state, the approved hashes, the decisions that may still be undone."""

    status: str = "draft"
    was_public: bool = False  # when it went into quarantine
    approved: str = ""
    events: int = 0
    is_waiting: bool = False
    undoable: list[Undo] = field(default_factory=list)
    seats: tuple[int, datetime.datetime] | None = None


@dataclass(frozen=True)
class People:
    """A body with a member, an agent, an agent who is a member of the body, and a stranger."""

    provider: TrainingProvider
    owner: User
    agent: User
    torn: User
    stranger: User


def people() -> People:
    body, region = makers.make_organisation(), makers.make_organisation(kinds=[OrganisationKind.REGION])
    torn = makers.make_user(organisation=region, role=Role.MODERATOR)
    makers.join(user=torn, organisation=body, role=Role.READER)
    return People(
        provider=makers.make_provider(organisation=body),
        owner=makers.make_user(organisation=body),
        agent=makers.make_user(organisation=region, role=Role.MODERATOR),
        torn=torn,
        stranger=makers.make_user(organisation=makers.make_organisation()),
    )


class Moderation(RuleBasedStateMachine):
    """Each example lives in a transaction of its own, taken back at its end."""

    people: People  # the same for every example

    @initialize()
    def begin(self) -> None:
        self.held = transaction.atomic()
        self.held.__enter__()
        self.model = Expected()
        self.owner, self.agent = self.people.owner, self.people.agent
        provider = self.people.provider
        course = makers.make_course("Python", provider=provider, published=False, session={"seats": SEATS})
        self.row, self.pk = course, course.pk
        # I3: the door of the body's members opens to no other
        assert Course.objects.editable_by(self.owner).filter(pk=self.pk).exists()
        assert not Course.objects.editable_by(self.people.stranger).filter(pk=self.pk).exists()
        self.session_pk = Session.objects.get(offering__course=course).pk

    def teardown(self) -> None:
        if hasattr(self, "held"):
            transaction.set_rollback(True)
            self.held.__exit__(None, None, None)

    # --- reading
    @property
    def course(self) -> Course:
        return Course.objects.get(pk=self.pk)

    @property
    def sha256(self) -> str:
        return content_hash(self.course.moderated_content())

    @property
    def events(self):
        return ModerationEvent.objects.about(self.row).order_by("-at", "-pk")

    @property
    def waiting(self) -> Proposal | None:
        return Proposal.objects.waiting().about(self.row).first()

    # --- telling the model
    def moved(self, verb: str, status: str, by, *, was: str) -> None:
        """I2: exactly one event more, with its actor, before and after."""
        self.model.events += 1
        self.model.status = status
        assert self.events.count() == self.model.events
        newest = self.events[0]
        assert (newest.verb, newest.from_status, newest.to_status, newest.by) == (verb, was, status, by)

    def decided(self, verb: str, status: str, *, was: str, sha256: str) -> None:
        self.moved(verb, status, self.agent, was=was)
        self.model.undoable.append(Undo(self.events[0].pk, was, sha256))

    def refused(self, act: Callable[[], object], why: type[ModerationError] = ModerationError) -> None:
        """A refusal leaves nothing behind."""
        before = self.traces()
        with pytest.raises(why), transaction.atomic():
            act()
        assert self.traces() == before

    def traces(self) -> tuple:
        """State, and how many rows the histories of the course, its offerings and moderation hold."""
        with connection.cursor() as cursor:
            cursor.execute(TRACES, {"course": self.pk})
            return cursor.fetchone()

    # --- the verbs
    @rule(data=st.data(), is_agent=st.booleans())
    def move(self, data, is_agent: bool) -> None:
        was, sha256 = self.model.status, self.sha256
        ways = [verb for verb in sorted(WAYS) if was in WAYS[verb]]
        if not ways:
            return
        verb = data.draw(st.sampled_from(ways))
        status = WAYS[verb][was]
        by = self.agent if is_agent or verb in DECISIONS else self.owner
        self.act(verb, by)
        if verb == "quarantine":
            self.model.was_public = was == "published"
        if by is self.agent and verb not in ("submit", "reopen"):
            self.decided(verb, status, was=was, sha256=sha256)
        else:
            self.model.undoable.clear()
            self.moved(verb, status, by, was=was)

    def act(self, verb: str, by: User) -> None:
        getattr(self.course, verb)(by=by, **({"reason": "Un motif."} if verb in DECISIONS else {}))

    @rule(data=st.data())
    def move_out_of_place(self, data) -> None:
        """A verb from a state that it does not start from."""
        status = self.model.status
        verbs = [verb for verb in sorted(WAYS) if status not in WAYS[verb]]
        verbs += [] if status == "submitted" else ["approve"]
        verbs += [] if status == "quarantined" else ["release"]
        verb = data.draw(st.sampled_from(verbs))
        if verb in WAYS:
            self.refused(lambda: self.act(verb, self.agent), MoveRefused)
        else:
            self.refused(lambda: getattr(actions, verb)(self.course, by=self.agent), MoveRefused)

    @precondition(lambda self: self.model.status == "submitted")
    @rule(is_fresh=st.sampled_from([True, True, False]))
    def approve(self, is_fresh: bool) -> None:
        sha256 = self.sha256
        if not is_fresh:
            self.refused(lambda: actions.approve(self.course, by=self.agent, seen="0" * 64), ContentChanged)
            return
        revision = actions.approve(self.course, by=self.agent, seen=sha256)
        assert revision.number == Revision.objects.about(self.row).count()
        self.model.approved = sha256
        self.decided("approve", "published", was="submitted", sha256=sha256)

    @precondition(lambda self: self.model.status == "quarantined")
    @rule()
    def release(self) -> None:
        is_public = self.model.was_public and self.sha256 == self.model.approved
        actions.release(self.course, by=self.agent)
        self.model.undoable.clear()
        verb, status = ("release", "published") if is_public else ("resubmit", "submitted")
        self.moved(verb, status, self.agent, was="quarantined")

    @rule(title=TITLES, price=PRICES)
    def edit(self, title: str, price: int | None) -> None:
        course = self.course
        changes = {"title": title, f"offering.{course.offerings.get().pk}.price_cents": price}
        before = self.sha256
        proposal = actions.edit(course, changes=changes, by=self.owner)
        assert (proposal is not None) == (self.model.status == "published")
        if proposal is not None:
            assert self.sha256 == before, "an edit of a published row changed what the public reads"
            self.model.is_waiting = True
            self.model.undoable.clear()
            self.moved("propose", "published", self.owner, was="published")

    @precondition(lambda self: self.model.is_waiting)
    @rule(is_fresh=st.booleans(), accepts=st.booleans())
    def decide_of_the_edit(self, is_fresh: bool, accepts: bool) -> None:
        proposal = self.waiting
        before, was = self.sha256, self.model.status
        if not accepts:
            actions.refuse_proposal(proposal, by=self.agent, reason="Un motif.")
            self.model.is_waiting = False
            self.decided("refuse_proposal", was, was=was, sha256=before)
            return
        seen = before if is_fresh else "0" * 64
        may = was == "published" and proposal.base_version == self.course.version and is_fresh
        if not may:
            self.refused(lambda: actions.accept_proposal(proposal, by=self.agent, seen=seen))
            return
        actions.accept_proposal(proposal, by=self.agent, seen=seen)
        self.model.is_waiting = False
        self.model.approved = self.sha256
        self.decided("accept_proposal", "published", was=was, sha256=before)

    @precondition(lambda self: self.model.status == "published")
    @rule(title=TITLES)
    def repair(self, title: str) -> None:
        """An agent changes the published row itself: approved on the spot."""
        Course.objects.filter(pk=self.pk).update(title=title)
        revision = actions.revise_if_changed(self.course, by=self.agent)
        if revision is not None:
            self.model.approved = self.sha256
            self.model.undoable.clear()
            self.moved("revise", "published", self.agent, was="published")

    @precondition(lambda self: self.model.events)
    @rule(age=st.sampled_from([0, 0, 0, 1, 2]), days=st.sampled_from([0, 29, 31]))
    def undo(self, age: int, days: int) -> None:
        """I6: the latest decision only, within 30 days, to the same content; any other act is refused."""
        event = self.events[min(age, self.model.events - 1)]
        last = self.model.undoable[-1] if self.model.undoable else None
        mine = list(self.events.values_list("pk", flat=True))
        self.age(mine, days)
        if last and last.event == event.pk and self.is_as_left(event) and days <= UNDO_DAYS:
            self.undone(event, last)
        else:
            self.refused(lambda: undo(event, by=self.agent), UndoRefused)
        self.age(mine, -days)

    def age(self, events: list[int], days: int) -> None:
        older = F("at") - datetime.timedelta(days=days)
        ModerationEvent.objects.filter(pk__in=events).update(at=older)

    def is_as_left(self, event: ModerationEvent) -> bool:
        """Nothing changed since: no text, and no edit that waits for what the decision published."""
        left = event.before.get("after", event.before["sha256"])
        opens = event.verb in ("approve", "accept_proposal", "refuse_proposal")
        return left == self.sha256 and not (opens and self.model.is_waiting)

    def undone(self, event: ModerationEvent, last: Undo) -> None:
        undo(event, by=self.agent)
        self.model.undoable.pop()
        self.moved("undo", last.status, self.agent, was=event.to_status)
        assert self.sha256 == last.sha256, "undoing did not bring the same content back"
        revision = self.course.revision
        self.model.approved = revision.sha256 if revision else ""
        self.model.is_waiting |= event.verb in ("accept_proposal", "refuse_proposal")

    @rule(verb=st.sampled_from(["approve", "ask_changes", "quarantine", "release", "accept", "refuse", "undo"]))
    def member_decides(self, verb: str) -> None:
        """I3: an agent who is a member of the body decides nothing about it."""
        course, words = self.course, {"by": self.people.torn, "reason": "Un motif."}
        waiting, event = self.waiting, self.events.first()
        acts = {
            "approve": lambda: actions.approve(course, by=self.people.torn),
            "ask_changes": lambda: course.ask_changes(**words),
            "quarantine": lambda: course.quarantine(**words),
            "release": lambda: actions.release(course, by=self.people.torn),
            "accept": waiting and (lambda: actions.accept_proposal(waiting, by=self.people.torn)),
            "refuse": waiting and (lambda: actions.refuse_proposal(waiting, **words)),
            "undo": event and (lambda: undo(event, by=self.people.torn)),
        }
        if acts[verb] and not (verb == "release" and course.status != "quarantined"):
            self.refused(acts[verb], ConflictOfInterest)

    @rule(left=st.integers(-2, SEATS + 2), hours=st.integers(0, 30), who=st.sampled_from(["la source", "l’organisme"]))
    def say_seats(self, left: int, hours: int, who: str) -> None:
        """I5: a number out of 0..seats is refused, an older statement changes nothing."""
        session, at = Session.objects.get(pk=self.session_pk), NOON + datetime.timedelta(hours=hours)
        if not 0 <= left <= SEATS:
            with pytest.raises(SeatsRefused, match="de 0 à"):
                state_seats(session, seats_left=left, by_name=who, at=at)
            return
        is_newest = self.model.seats is None or at > self.model.seats[1]
        assert state_seats(session, seats_left=left, by_name=who, at=at) == is_newest
        if is_newest:
            self.model.seats = (left, at)

    # --- after each step
    @invariant()
    def everything_holds(self) -> None:
        course = self.course
        assert course.status == self.model.status
        self.what_is_public_was_approved(course)
        self.what_is_not_public_is_nowhere(is_public=course.status == "published")
        self.seats_fit()
        self.history_follows(course)

    def what_is_public_was_approved(self, course: Course) -> None:
        """I1."""
        if course.is_public:
            assert course.revision.sha256 == content_hash(course.moderated_content()) == self.model.approved
            assert course.version == course.revision.number

    def what_is_not_public_is_nowhere(self, *, is_public: bool) -> None:
        """I4: search, API, lists and sitemap (`published`) tell of it only while it is public."""
        assert Course.objects.published().filter(pk=self.pk).exists() == is_public
        assert SearchDocument.objects.filter(course=self.pk).exists() == is_public
        assert (course_data(self.pk) is not None) == is_public

    def seats_fit(self) -> None:
        """I5: the newest statement, and no other."""
        session = Session.objects.get(pk=self.session_pk)
        assert (session.seats_left, session.seats_said_at) == (self.model.seats or (None, None))
        assert session.is_full == (session.seats_left == 0)
        assert (self.waiting is not None) == self.model.is_waiting

    def history_follows(self, course: Course) -> None:
        """I2: the newest history row, written by the database, is the row as it is."""
        newest = "SELECT status, title FROM courses_courseevent WHERE pgh_obj_id = %s ORDER BY pgh_id DESC LIMIT 1"
        with connection.cursor() as cursor:
            cursor.execute(newest, [self.pk])
            assert cursor.fetchone() == (course.status, course.title)


@pytest.mark.django_db
def test_no_step_breaks_an_invariant(share_of, record_count):
    examples = share_of(EXAMPLES)
    Moderation.people = people()
    run_state_machine_as_test(
        Moderation,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    record_count("moderation machine steps", examples * STEPS)
