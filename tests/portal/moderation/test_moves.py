"""A row moves by verbs only: who may move what, what it leaves behind, and what the database refuses on its own."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from courses.models import Course
from portal.moderation import actions
from portal.moderation.models import (
    Moderated,
    ModerationError,
    ModerationEvent,
    MoveRefused,
    ReasonMissing,
    Revision,
    Status,
    content_hash,
)
from tests import makers

pytestmark = pytest.mark.django_db
# every way a row may go; whatever is not here cannot happen
WAYS = {
    ("submit", "draft"): "submitted",
    ("submit", "changes_asked"): "submitted",
    ("submit", "withdrawn"): "submitted",
    ("approve", "submitted"): "published",
    ("ask_changes", "submitted"): "changes_asked",
    ("ask_changes", "quarantined"): "changes_asked",
    ("quarantine", "submitted"): "quarantined",
    ("quarantine", "published"): "quarantined",
    # from a row that never was public
    ("release", "quarantined"): "submitted",
    ("withdraw", "submitted"): "withdrawn",
    ("withdraw", "published"): "withdrawn",
    ("archive", "draft"): "archived",
    ("archive", "changes_asked"): "archived",
    ("archive", "withdrawn"): "archived",
    ("reopen", "archived"): "draft",
}
VERBS = {
    "submit": lambda row, by: row.submit(by=by),
    "approve": lambda row, by: actions.approve(row, by=by),
    "ask_changes": lambda row, by: row.ask_changes(by=by, reason="Le prix manque."),
    "quarantine": lambda row, by: row.quarantine(by=by, reason="Une plainte."),
    "release": lambda row, by: actions.release(row, by=by),
    "withdraw": lambda row, by: row.withdraw(by=by),
    "archive": lambda row, by: row.archive(by=by),
    "reopen": lambda row, by: row.reopen(by=by),
}


@pytest.fixture
def agent():
    return makers.make_user()


def course_in(status: str, by) -> Course:
    """A course that came to `status` by the verbs."""
    course = makers.make_course(published=False)
    roads = {
        "draft": [],
        "submitted": ["submit"],
        "published": ["submit", "approve"],
        "changes_asked": ["submit", "ask_changes"],
        "withdrawn": ["submit", "withdraw"],
        "quarantined": ["submit", "quarantine"],
        "archived": ["archive"],
    }
    for verb in roads[status]:
        VERBS[verb](course, by)
    return course


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("verb", VERBS)
def test_only_the_listed_moves_happen_and_each_leaves_its_event(verb, status, agent):
    course = course_in(status, agent)
    told = ModerationEvent.objects.about(course).count()
    goal = WAYS.get((verb, status))
    if goal is None:
        with pytest.raises(MoveRefused):
            VERBS[verb](course, agent)
        assert Course.objects.get(pk=course.pk).status == status
        assert ModerationEvent.objects.about(course).count() == told
        return
    VERBS[verb](course, agent)
    assert Course.objects.get(pk=course.pk).status == course.status == goal
    newest = ModerationEvent.objects.about(course).first()
    named = "resubmit" if verb == "release" else verb
    assert (newest.verb, newest.from_status, newest.to_status, newest.by) == (named, status, goal, agent)
    assert ModerationEvent.objects.about(course).count() == told + 1


def test_every_verb_of_the_model_is_in_the_table():
    moves = {(verb, start): end for verb, (starts, end) in Moderated.MOVES.items() for start in starts}
    # one verb for a person, two moves: to the public, or to the queue
    assert moves.pop(("release", "quarantined")) == "published"
    assert moves.pop(("resubmit", "quarantined")) == "submitted"
    assert moves == {way: end for way, end in WAYS.items() if way[0] != "release"}


def test_a_refused_move_says_in_french_what_to_do(agent):
    course = course_in("published", agent)
    with pytest.raises(MoveRefused, match=r"« publiée ».*rechargez la page"):
        course.submit(by=agent)


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_asking_for_changes_needs_a_reason(agent, reason):
    course = course_in("submitted", agent)
    with pytest.raises(ReasonMissing):
        course.ask_changes(by=agent, reason=reason)
    assert Course.objects.get(pk=course.pk).status == Status.SUBMITTED


def test_an_approval_keeps_the_exact_content_and_its_hash(agent):
    course = course_in("submitted", agent)
    revision = actions.approve(course, by=agent)
    assert revision.number == course.version == 1
    assert revision.approved_by == agent
    assert revision.content["title"] == course.title
    assert revision.sha256 == content_hash(course.moderated_content()) == course.revision.sha256
    assert course.published_at is not None
    assert list(Course.objects.published()) == [course]


def test_each_publication_has_the_next_number(agent):
    course = course_in("published", agent)
    course.withdraw(by=agent)
    assert not Course.objects.published().exists()
    course.submit(by=agent)
    actions.approve(course, by=agent)
    assert [revision.number for revision in Revision.objects.about(course).order_by("number")] == [1, 2]


def test_a_hidden_row_is_not_public_and_an_approval_shows_it_again(agent):
    course = course_in("published", agent)
    Course.objects.filter(pk=course.pk).update(hidden_since=makers.DAY)
    assert not Course.objects.published().exists()
    course.refresh_from_db()
    assert not course.is_public
    course.withdraw(by=agent)
    course.submit(by=agent)
    actions.approve(course, by=agent)
    assert course.is_public


def refuses(statement: str, *values) -> bool:
    """True if PostgreSQL itself says no to one SQL statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except (IntegrityError, DatabaseError):
        return True
    return False


def test_not_even_sql_publishes_without_an_approval(agent):
    course = course_in("submitted", agent)
    assert refuses("UPDATE courses_course SET status = 'published' WHERE id = %s", course.pk)
    published = course_in("published", agent)
    assert refuses("UPDATE courses_course SET revision_id = NULL WHERE id = %s", published.pk)
    assert not refuses("UPDATE courses_course SET status = 'withdrawn' WHERE id = %s", published.pk)


def test_a_revision_is_never_changed_nor_removed(agent):
    revision = course_in("published", agent).revision
    assert refuses("UPDATE moderation_revision SET sha256 = 'x' WHERE id = %s", revision.pk)
    assert refuses("DELETE FROM moderation_revision WHERE id = %s", revision.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(content={})


def test_a_revision_has_an_author_or_an_origin(agent):
    course = course_in("published", agent)
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(subject=course, number=9, content={}, sha256="x", approved_by=None, origin="")


def test_an_event_is_told_once_and_never_removed(agent):
    event = ModerationEvent.objects.about(course_in("submitted", agent)).get()
    assert refuses("DELETE FROM moderation_moderationevent WHERE id = %s", event.pk)
    assert not refuses("UPDATE moderation_moderationevent SET told_at = now() WHERE id = %s", event.pk)
    assert event not in ModerationEvent.objects.untold()


class TestTrustedSources:
    def test_all_rows_are_published_with_revision_and_event(self):
        courses = [makers.make_course(published=False) for _ in range(3)]
        assert actions.publish_trusted(courses, origin="carif") == 3
        assert Course.objects.published().count() == 3
        for course in Course.objects.all():
            assert course.revision.origin == "carif"
            assert course.revision.approved_by is None
            assert course.revision.sha256 == content_hash(course.moderated_content())
            event = ModerationEvent.objects.about(course).get()
            assert (event.verb, event.to_status, event.reason) == ("publish_trusted", "published", "carif")

    def test_a_second_publication_is_a_second_version(self):
        course = makers.make_course(published=False)
        actions.publish_trusted([course], origin="carif")
        first = course.published_at
        actions.publish_trusted([Course.objects.get(pk=course.pk)], origin="carif")
        course.refresh_from_db()
        assert (course.version, course.published_at) == (2, first)

    def test_what_somebody_withdrew_meanwhile_stays_withdrawn(self, agent):
        course = makers.make_course()
        Course.objects.get(pk=course.pk).withdraw(by=agent, reason="Une plainte")
        assert actions.publish_trusted([course], origin="carif") == 0
        assert Course.objects.get(pk=course.pk).status == "withdrawn"

    def test_what_somebody_revised_meanwhile_gets_the_next_version(self, agent):
        course = makers.make_course()
        actions.revise(Course.objects.get(pk=course.pk), by=agent)
        assert actions.publish_trusted([course], origin="carif") == 1
        assert Course.objects.get(pk=course.pk).version == 3

    def test_no_row_is_no_work(self):
        assert actions.publish_trusted([], origin="carif") == 0

    def test_it_costs_no_query_per_row(self, django_assert_max_num_queries):
        courses = [makers.make_course(published=False, offered=False) for _ in range(30)]
        # content reads offerings and costs; what is written goes in bulk
        with django_assert_max_num_queries(30 + 8):
            actions.publish_trusted(courses, origin="carif")


class TestProposals:
    @pytest.fixture
    def course(self, agent):
        return course_in("published", agent)

    def test_the_approved_text_stays_until_the_edit_is_accepted(self, course, agent):
        before = course.title
        proposal = actions.propose(course, changes={"title": "Un titre neuf"}, by=agent)
        assert Course.objects.get(pk=course.pk).title == before
        revision = actions.accept_proposal(proposal, by=agent)
        course.refresh_from_db()
        assert (course.title, course.version, course.revision) == ("Un titre neuf", 2, revision)
        assert revision.sha256 == content_hash(course.moderated_content())
        proposal.refresh_from_db()
        assert (proposal.state, proposal.decided_by) == ("accepted", agent)

    def test_a_price_waits_as_the_rest_does(self, course, agent):
        offering = course.offerings.get()
        path = f"offering.{offering.pk}.price_cents"
        proposal = actions.propose(course, changes={path: 90_000}, by=agent)
        offering.refresh_from_db()
        assert offering.price_cents is None, "a proposal wrote the live price"
        actions.accept_proposal(proposal, by=agent)
        offering.refresh_from_db()
        assert offering.price_cents == 90_000

    def test_a_field_that_is_not_moderated_is_refused(self, course, agent):
        for field in ("status", "provider", "slug", "is_staff", "published_at"):
            with pytest.raises(ModerationError):
                actions.propose(course, changes={field: "x"}, by=agent)
        assert not actions.Proposal.objects.exists()

    def test_a_newer_edit_replaces_the_one_that_waits(self, course, agent):
        first = actions.propose(course, changes={"title": "Premier"}, by=agent)
        second = actions.propose(course, changes={"title": "Second"}, by=agent)
        first.refresh_from_db()
        assert first.state == "outdated"
        with pytest.raises(actions.ProposalOutdated):
            actions.accept_proposal(first, by=agent)
        actions.accept_proposal(second, by=agent)
        assert Course.objects.get(pk=course.pk).title == "Second"

    def test_an_edit_of_an_older_version_must_be_compared_again(self, course, agent):
        proposal = actions.propose(course, changes={"title": "Ancien"}, by=agent)
        actions.revise(course, by=agent)
        with pytest.raises(actions.ProposalOutdated, match="comparez"):
            actions.accept_proposal(proposal, by=agent)

    def test_a_refusal_has_a_reason_and_happens_once(self, course, agent):
        proposal = actions.propose(course, changes={"title": "Non"}, by=agent)
        with pytest.raises(ReasonMissing):
            actions.refuse_proposal(proposal, by=agent, reason=" ")
        actions.refuse_proposal(proposal, by=agent, reason="Trop long")
        with pytest.raises(actions.ProposalOutdated):
            actions.refuse_proposal(proposal, by=agent, reason="Encore")
        with pytest.raises(actions.ProposalOutdated):
            actions.accept_proposal(proposal, by=agent)
        assert ModerationEvent.objects.about(course).first().verb == "refuse_proposal"
