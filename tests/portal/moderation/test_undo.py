"""A decision is undone for 30 days, the latest only, to exactly what there was."""

import datetime

import pytest
from django.urls import reverse

from courses.models import Course, Session
from portal.accounts.enums import Role
from portal.moderation import actions
from portal.moderation.models import ModerationError, ModerationEvent, Proposal, Revision, content_hash
from portal.moderation.undo import UNDOABLE, UndoRefused, undo
from tests import makers
from tests.identities import make_agent

pytestmark = pytest.mark.django_db
PRICE = 90_000


@pytest.fixture
def agent():
    return make_agent(Role.MODERATOR)


@pytest.fixture
def course() -> Course:
    course = makers.make_course(published=False, offering={"costs": {"jobseeker": 5_000}})
    course.submit(by=None)
    return course


def last(course: Course) -> ModerationEvent:
    return ModerationEvent.objects.about(course).first()


def snapshot(course: Course) -> tuple:
    """What undoing must bring back."""
    row = Course.objects.get(pk=course.pk)
    kept = (row.status, row.version, row.revision_id, row.published_at, row.submitted_at, row.hidden_since)
    waiting = list(Proposal.objects.waiting().about(row).values_list("pk", flat=True))
    costs = list(row.offerings.get().costs.values_list("audience", "left_to_pay_cents", "source", "stated_on"))
    return (*kept, content_hash(row.moderated_content()), waiting, costs)


def proposed(course: Course) -> Proposal:
    offering = course.offerings.get()
    changes = {
        "title": "Neuf",
        "entry_level": 4,
        "certifications": [],
        f"offering.{offering.pk}.price_cents": PRICE,
        f"offering.{offering.pk}.fundings": ["cpf"],
        f"offering.{offering.pk}.cost.jobseeker": 0,
        f"offering.{offering.pk}.cost.employee": 12_000,
    }
    return actions.propose(course, changes=changes, by=makers.make_user())


def decide(verb: str, course: Course, agent) -> tuple:
    """Bring the course where the decision can be made; what there is before it."""
    if verb in ("withdraw", "quarantine", "accept_proposal", "refuse_proposal"):
        actions.approve(course, by=agent)
    if verb == "archive":
        course.withdraw(by=agent, reason="x")
    proposal = proposed(course) if "proposal" in verb else None
    before = snapshot(course)
    acts = {
        "approve": lambda: actions.approve(course, by=agent),
        "ask_changes": lambda: course.ask_changes(by=agent, reason="Le prix manque"),
        "withdraw": lambda: course.withdraw(by=agent, reason="Une plainte"),
        "quarantine": lambda: course.quarantine(by=agent, reason="Une plainte"),
        "archive": lambda: course.archive(by=agent),
        "accept_proposal": lambda: actions.accept_proposal(proposal, by=agent),
        "refuse_proposal": lambda: actions.refuse_proposal(proposal, by=agent, reason="Non"),
    }
    acts[verb]()
    assert snapshot(course) != before
    return before


@pytest.mark.parametrize("verb", sorted(UNDOABLE))
def test_undoing_brings_back_exactly_what_there_was(verb, course, agent):
    before = decide(verb, course, agent)
    event = last(course)
    undone = undo(event, by=agent)
    assert snapshot(course) == before
    event.refresh_from_db()
    assert event.undone_by == agent
    assert (undone.verb, undone.from_status, undone.to_status) == ("undo", event.to_status, before[0])
    with pytest.raises(UndoRefused, match="déjà annulée"):
        undo(event, by=agent)


@pytest.mark.parametrize("verb", sorted(UNDOABLE))
def test_after_thirty_days_it_stays(verb, course, agent):
    decide(verb, course, agent)
    event = last(course)
    for days, is_refused in ((31, True), (29, False)):
        at = event.at - datetime.timedelta(days=days)
        ModerationEvent.objects.about(course).update(at=at - datetime.timedelta(seconds=1))
        ModerationEvent.objects.filter(pk=event.pk).update(at=at)
        if is_refused:
            with pytest.raises(UndoRefused, match="30 jours"):
                undo(event, by=agent)
    assert undo(event, by=agent).verb == "undo"


def test_the_number_of_an_undone_approval_is_not_given_again(course, agent):
    actions.approve(course, by=agent)
    undo(last(course), by=agent)
    course.refresh_from_db()
    assert (course.version, course.revision) == (0, None)
    assert actions.approve(course, by=agent).number == 2
    assert Revision.objects.about(course).count() == 2


def test_only_the_latest_act_is_undone_and_then_the_one_before(course, agent):
    actions.approve(course, by=agent)
    approved = last(course)
    course.withdraw(by=agent, reason="Une plainte")
    withdrawn = last(course)
    with pytest.raises(UndoRefused, match="seule la dernière"):
        undo(approved, by=agent)
    undo(withdrawn, by=agent)
    undo(approved, by=agent)
    assert Course.objects.get(pk=course.pk).status == "submitted"


def test_what_changed_since_is_not_undone(course, agent):
    course.ask_changes(by=agent, reason="Le prix manque")
    actions.edit(course, changes={f"offering.{course.offerings.get().pk}.price_cents": 1}, by=agent)
    with pytest.raises(UndoRefused, match="a changé"):
        undo(last(course), by=agent)


def test_an_edit_that_waits_comes_first(course, agent):
    actions.approve(course, by=agent)
    approved = last(course)
    proposed(course)
    ModerationEvent.objects.about(course).filter(verb="propose").update(undone_at=approved.at, undone_by=agent)
    with pytest.raises(UndoRefused, match="attend"):
        undo(approved, by=agent)


def test_an_owners_act_is_not_undone_by_an_agent(course, agent):
    course.withdraw(by=makers.make_user(organisation=course.provider.organisation))
    with pytest.raises(UndoRefused, match="ne s'annule pas"):
        undo(last(course), by=agent)


def test_an_offering_removed_since_cannot_be_put_back(course, agent):
    actions.approve(course, by=agent)
    actions.accept_proposal(proposed(course), by=agent)
    course.offerings.all().delete()
    with pytest.raises(UndoRefused):
        undo(last(course), by=agent)


def test_offerings_added_and_taken_away_are_undone_with_their_rows(course, agent):
    actions.approve(course, by=agent)
    offering = course.offerings.get()
    session = makers.make_session(offering, seats=12, seats_left=3)
    before = (snapshot(course), Session.objects.filter(pk=session.pk).values().get())
    gone = f"offering.{offering.pk}"
    changes = {f"{gone}.gone": True, f"{gone}.price_cents": 1, "offering.new": [{"price_cents": PRICE}]}
    proposal = actions.propose(course, changes=changes, by=makers.make_user())
    actions.accept_proposal(proposal, by=agent)
    assert list(course.offerings.values_list("price_cents", flat=True)) == [PRICE]
    undo(last(course), by=agent)
    waiting = Proposal.objects.waiting().about(course)
    assert list(waiting) == [proposal]
    waiting.update(state="outdated", decided_at=proposal.proposed_at)
    assert (snapshot(course), Session.objects.filter(pk=session.pk).values().get()) == before


def test_an_added_offering_with_sessions_is_not_thrown_away(course, agent):
    actions.approve(course, by=agent)
    actions.accept_proposal(actions.propose(course, changes={"offering.new": [{}]}, by=agent), by=agent)
    makers.make_session(course.offerings.last())
    with pytest.raises(ModerationError, match="déjà des sessions"):
        undo(last(course), by=agent)
    assert course.offerings.count() == 2


class TestOnThePage:
    def test_each_decision_has_its_button_and_the_latest_works(self, client, course, agent):
        client.force_login(agent)
        actions.approve(course, by=agent)
        approved = last(course)
        course.withdraw(by=agent, reason="Une plainte")
        address = reverse("gestion:courses_course_moderate", args=[course.pk])
        page = client.get(address).content.decode()
        assert f'name="undo" value="{last(course).pk}" aria-label' in page
        assert f'name="undo" value="{approved.pk}" disabled' in page
        assert "seule la dernière décision" in page
        client.post(address, {"undo": last(course).pk})
        assert Course.objects.get(pk=course.pk).status == "published"
        assert "annulée le" in client.get(address).content.decode()

    def test_a_refusal_is_a_sentence(self, client, course, agent):
        client.force_login(agent)
        actions.approve(course, by=agent)
        approved = last(course)
        course.withdraw(by=agent, reason="Une plainte")
        address = reverse("gestion:courses_course_moderate", args=[course.pk])
        answer = client.post(address, {"undo": approved.pk}, follow=True)
        assert "seule la dernière décision s" in answer.content.decode()
        assert Course.objects.get(pk=course.pk).status == "withdrawn"

    def test_an_act_of_another_row_is_not_found(self, client, course, agent):
        client.force_login(agent)
        other = makers.make_course(published=False)
        other.submit(by=None)
        actions.approve(other, by=agent)
        address = reverse("gestion:courses_course_moderate", args=[course.pk])
        assert client.post(address, {"undo": last(other).pk}).status_code == 404
