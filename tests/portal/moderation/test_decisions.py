"""Who may decide, on what they read, and what a quarantine hides."""

import pytest
from django.urls import reverse

from courses.models import Course, SearchDocument
from jobs.models import Employer, EmployerNeed
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.moderation import actions
from portal.moderation.models import (
    ConflictOfInterest,
    ContentChanged,
    ModerationEvent,
    Proposal,
    ReasonMissing,
    content_hash,
)
from portal.moderation.undo import undo
from tests import makers
from tests.identities import make_agent

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent() -> User:
    return make_agent(Role.MODERATOR)


@pytest.fixture
def torn(course) -> User:
    """An agent who is a member of the body."""
    user = make_agent(Role.MODERATOR)
    makers.join(user=user, organisation=course.provider.organisation, role=Role.READER)
    return user


@pytest.fixture
def course() -> Course:
    course = makers.make_course(published=False, centre=makers.make_centre())
    course.submit(by=None)
    return course


def moderate(client, course: Course, **data):
    address = reverse("gestion:courses_course_moderate", args=[course.pk])
    return client.post(address, data, follow=True).content.decode()


class TestOwners:
    def test_a_course_belongs_to_its_body_and_to_its_cfa(self, course):
        assert course.owners() == [course.provider.organisation, course.centre.organisation]

    def test_bodies_cfa_and_needs_belong_to_their_organisation(self, course):
        for row in (course.provider, course.centre):
            assert row.owners() == [row.organisation]
        employer = Employer.objects.create(organisation=makers.make_organisation(), name="Usine")
        need = EmployerNeed.objects.create(employer=employer, title="Analyste", contract="cdi")
        assert need.owners() == [employer.organisation]

    def test_a_member_of_either_decides_nothing(self, course):
        for owner in course.owners():
            torn = make_agent(Role.MODERATOR)
            makers.join(user=torn, organisation=owner, role=Role.READER)
            with pytest.raises(ConflictOfInterest, match="un autre agent doit décider"):
                actions.approve(course, by=torn)
        assert Course.objects.get(pk=course.pk).status == "submitted"

    def test_a_leaver_may_decide_again(self, course, torn):
        torn.memberships.filter(organisation=course.provider.organisation).update(left_at=course.created_at)
        assert actions.approve(course, by=torn).number == 1

    def test_no_decision_is_open_to_a_member(self, course, torn, agent):
        with pytest.raises(ConflictOfInterest):
            course.ask_changes(by=torn, reason="Non")
        with pytest.raises(ConflictOfInterest):
            course.quarantine(by=torn, reason="Non")
        actions.approve(course, by=agent)
        with pytest.raises(ConflictOfInterest):
            undo(ModerationEvent.objects.about(course).first(), by=torn)
        proposal = actions.propose(course, changes={"title": "Neuf"}, by=torn)
        with pytest.raises(ConflictOfInterest):
            actions.accept_proposal(proposal, by=torn)
        with pytest.raises(ConflictOfInterest):
            actions.refuse_proposal(proposal, by=torn, reason="Non")
        course.quarantine(by=agent, reason="Une plainte")
        with pytest.raises(ConflictOfInterest):
            actions.release(course, by=torn)

    def test_an_owner_who_is_an_agent_may_still_withdraw_and_submit(self, course, torn):
        course.withdraw(by=torn)
        course.submit(by=torn)
        event = ModerationEvent.objects.about(course).filter(verb="withdraw").get()
        assert event.before is None, "an owner's act is no decision of an agent"

    def test_the_page_shows_the_verbs_disabled_and_why(self, client, course, torn):
        client.force_login(torn)
        page = client.get(reverse("gestion:courses_course_moderate", args=[course.pk])).content.decode()
        assert page.count("un autre agent doit décider") >= 3
        assert 'value="approve" disabled' in page
        assert 'value="withdraw">' in page
        assert "un autre agent doit décider" in moderate(client, course, verb="approve")
        assert Course.objects.get(pk=course.pk).status == "submitted"


class TestWhatWasSeen:
    def test_an_approval_of_what_has_changed_since_is_refused(self, course, agent):
        seen = content_hash(course.moderated_content())
        course.offerings.update(price_cents=90_000)
        with pytest.raises(ContentChanged, match="relisez-la"):
            actions.approve(course, by=agent, seen=seen)
        assert not Course.objects.published().exists()
        actions.approve(course, by=agent, seen=content_hash(course.moderated_content()))

    def test_a_proposal_compared_with_another_text_is_refused(self, course, agent):
        actions.approve(course, by=agent)
        proposal = actions.propose(course, changes={"title": "Neuf"}, by=agent)
        seen = content_hash(course.moderated_content())
        Course.objects.filter(pk=course.pk).update(summary="Changé sans version")
        with pytest.raises(ContentChanged):
            actions.accept_proposal(proposal, by=agent, seen=seen)

    def test_the_pages_send_it(self, client, course, agent):
        client.force_login(agent)
        address = reverse("gestion:courses_course_moderate", args=[course.pk])
        seen = content_hash(course.moderated_content())
        assert f'name="seen" value="{seen}"' in client.get(address).content.decode()
        course.offerings.update(price_cents=90_000)
        assert "relisez-la" in moderate(client, course, verb="approve", seen=seen)
        course.refresh_from_db()
        assert course.status == "submitted"

    def test_the_page_of_a_proposal_sends_it(self, client, course, agent):
        actions.approve(course, by=agent)
        proposal = actions.propose(course, changes={"title": "Neuf"}, by=agent)
        client.force_login(agent)
        page = client.get(reverse("gestion:moderation_proposal_change", args=[proposal.pk])).content.decode()
        seen = content_hash(course.moderated_content())
        assert f'name="seen" value="{seen}"' in page
        client.post(
            reverse("gestion:moderation_proposal_decide", args=[proposal.pk]), {"verb": "accept", "seen": "0" * 64}
        )
        assert Proposal.objects.get(pk=proposal.pk).state == "waiting"


class TestQuarantine:
    @pytest.fixture(params=["withdrawn", "quarantined"])
    def hidden(self, request, course, agent) -> Course:
        """Once public, then taken away in either manner: both must look alike."""
        actions.approve(course, by=agent)
        assert SearchDocument.objects.filter(course=course).exists()
        if request.param == "withdrawn":
            course.withdraw(by=agent, reason="Une plainte")
        else:
            course.quarantine(by=agent, reason="Une plainte")
        assert course.status == request.param
        return course

    def test_it_is_nowhere_any_more(self, client, hidden):
        assert not SearchDocument.objects.filter(course=hidden).exists()
        assert hidden.title not in client.get("/formations/").content.decode()
        assert client.get("/api/v1/formations/").json()["total"] == 0
        assert hidden.get_absolute_url() not in client.get("/sitemap.xml").content.decode()

    def test_its_pages_are_gone_and_do_not_say_why(self, client, hidden):
        for path in (hidden.get_absolute_url(), hidden.get_absolute_url() + "contact/"):
            answer = client.get(path)
            assert answer.status_code == 410
            assert "quarantaine" not in answer.content.decode().lower()
        assert client.get(f"/api/v1/formations/{hidden.pk}/").status_code == 410

    def test_it_is_a_reason_long(self, course, agent):
        with pytest.raises(ReasonMissing):
            course.quarantine(by=agent, reason=" ")

    def test_released_unchanged_it_is_public_under_the_same_version(self, course, agent):
        revision = actions.approve(course, by=agent)
        course.quarantine(by=agent, reason="Une plainte")
        actions.release(course, by=agent)
        assert (course.status, course.revision, course.version) == ("published", revision, 1)

    def test_released_with_another_text_it_goes_to_the_queue(self, course, agent):
        actions.approve(course, by=agent)
        course.quarantine(by=agent, reason="Une plainte")
        course.offerings.update(price_cents=90_000)
        actions.release(course, by=agent)
        assert (course.status, Course.objects.published().count()) == ("submitted", 0)

    def test_what_never_was_public_does_not_become_so(self, course, agent):
        actions.approve(course, by=agent)
        course.withdraw(by=agent, reason="x")
        course.submit(by=agent)
        course.quarantine(by=agent, reason="Une plainte")
        actions.release(course, by=agent)
        assert course.status == "submitted"

    def test_no_source_publishes_it(self, course, agent):
        course.quarantine(by=agent, reason="Une plainte")
        assert actions.publish_trusted([Course.objects.get(pk=course.pk)], origin="carif") == 0
        assert Course.objects.get(pk=course.pk).status == "quarantined"

    def test_one_click_on_the_page(self, client, course, agent):
        client.force_login(agent)
        assert "Écrivez le motif" in moderate(client, course, verb="quarantine", reason="")
        moderate(client, course, verb="quarantine", reason="Une plainte")
        assert Course.objects.get(pk=course.pk).status == "quarantined"


def test_an_edit_waits_only_where_something_is_published(course, agent):
    assert actions.edit(course, changes={"title": "Tout de suite"}, by=agent) is None
    assert Course.objects.get(pk=course.pk).title == "Tout de suite"
    with pytest.raises(actions.NotPublished):
        actions.propose(course, changes={"title": "Plus tard"}, by=agent)
    actions.approve(course, by=agent)
    assert actions.edit(course, changes={"title": "Plus tard"}, by=agent).state == "waiting"
    assert Course.objects.get(pk=course.pk).title == "Tout de suite"
