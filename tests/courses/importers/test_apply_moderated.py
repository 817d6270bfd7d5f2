"""A source that is not trusted, and what a moderator published: proposals, holds, and dates written at once."""

import datetime

import pytest

from courses.models import Course, Offering, Session
from portal.moderation.actions import accept_proposal, approve, refuse_proposal
from portal.moderation.models import Proposal, Revision, Status
from portal.reference.models import Certification
from tests.courses.importers.states import everything
from tests.makers import make_user

pytestmark = pytest.mark.django_db

NEW_RESULT = ("Attestation de fin de formation</result", "Attestation et portfolio</result")


class TestModeratedSource:
    """A source that is not trusted changes a course that a moderator published."""

    @pytest.fixture
    def published(self, load, agent) -> Course:
        load(is_trusted=False)
        for course in Course.objects.all():
            approve(course, by=agent)
        return Course.objects.get(external_id="CAMINS-03")

    @pytest.fixture
    def agent(self):
        return make_user()

    def test_its_text_waits_as_a_proposal(self, load, changed_file, published, agent):
        path = changed_file(NEW_RESULT, (">690<", ">720<"))
        report = load(path, is_trusted=False, by=agent)
        published.refresh_from_db()
        assert (published.what_next, published.version) == ("Attestation de fin de formation", 1)
        price = f"offering.{published.offerings.get().pk}.price_cents"
        assert Proposal.objects.get().changes == {"what_next": "Attestation et portfolio", price: 72_000}
        assert report.counts["waiting"] == 1

    def test_a_text_that_its_source_no_longer_says_is_not_confirmed(self, load, changed_file, published, agent):
        load(changed_file(NEW_RESULT, ("2027-01-11T06:30:00", "2027-01-14T06:30:00")), is_trusted=False, by=agent)
        published.refresh_from_db()
        assert published.verified_on == datetime.date(2027, 1, 11)
        assert Course.objects.get(external_id="CAMINS-01").verified_on == datetime.date(2027, 1, 14)

    def test_its_certifications_and_funding_wait_too(self, load, changed_file, published, agent):
        certification = Certification.objects.create(register="RNCP", number="99901", title="Un titre")
        course = Course.objects.get(external_id="CAMINS-01")
        may_be_paid = ("<prise-en-charge-frais-possible>0<", "<prise-en-charge-frais-possible>1<")
        load(changed_file(may_be_paid), is_trusted=False, by=agent)
        assert not course.certifications.exists()
        assert published.offerings.get().can_be_funded is False
        accept_proposal(Proposal.objects.about(course).get(), by=agent)
        accept_proposal(Proposal.objects.about(published).get(), by=agent)
        assert list(course.certifications.all()) == [certification]
        assert published.offerings.get().can_be_funded is True
        revision = Revision.objects.about(course).order_by("-number").first()
        assert revision.content["certifications"] == ["RNCP 99901"]

    def test_the_same_proposal_is_left_once(self, load, changed_file, published, agent):
        path = changed_file(NEW_RESULT)
        load(path, is_trusted=False, by=agent)
        before = everything()
        load(path, is_trusted=False, by=agent)
        assert everything() == before
        refuse_proposal(Proposal.objects.get(), by=agent, reason="Sans preuve")
        load(path, is_trusted=False, by=agent)
        assert Proposal.objects.count() == 1

    def test_once_accepted_it_is_the_same_again(self, load, changed_file, published, agent):
        path = changed_file(NEW_RESULT)
        load(path, is_trusted=False, by=agent)
        accept_proposal(Proposal.objects.get(), by=agent)
        assert load(path, is_trusted=False, by=agent).counts["same"] == 5

    def test_dates_are_written_at_once(self, load, changed_file, published, agent):
        report = load(changed_file(("<debut>20270208</debut>", "<debut>20270207</debut>")), is_trusted=False, by=agent)
        assert (report.counts["changed"], Proposal.objects.count()) == (1, 0)
        assert Session.objects.get(external_id="CAMINS-04-MDE-1").starts_on == datetime.date(2027, 2, 7)

    def test_without_an_agent_the_change_is_held_and_said(self, load, changed_file, published):
        path = changed_file(NEW_RESULT)
        report = load(path, is_trusted=False)
        published.refresh_from_db()
        assert (report.counts["held"], report.counts["changed"], Proposal.objects.count()) == (1, 0, 0)
        assert published.what_next == "Attestation de fin de formation"

    def test_a_new_way_to_follow_it_is_held(self, load, changed_file, published, agent):
        path = changed_file(('numero="CAMINS-01-RDZ"', 'numero="CAMINS-01-RODEZ"'))
        report = load(path, is_trusted=False, by=agent)
        assert report.counts["held"] == 1
        assert Offering.objects.filter(external_id="CAMINS-01-RDZ").exists()

    def test_another_body_is_held(self, load, changed_file, published, agent):
        body = published.provider
        there, other = "<SIRET>00000901900019</SIRET>", "<SIRET>35600000000048</SIRET>"
        report = load(changed_file((there, other), ("76000000901", "76000000955")), is_trusted=False, by=agent)
        published.refresh_from_db()
        assert published.provider == body
        assert report.counts["held"] >= 1

    def test_before_approval_the_row_itself_changes(self, load, changed_file):
        load(is_trusted=False)
        load(changed_file(("Data engineer en apprentissage", "Ingénierie de la donnée")), is_trusted=False)
        course = Course.objects.get(external_id="CAMINS-02")
        assert (course.title, course.status) == ("Ingénierie de la donnée", Status.SUBMITTED)

    def test_a_source_that_becomes_trusted_publishes_what_waited(self, load):
        load(is_trusted=False)
        report = load(is_trusted=True)
        assert (report.counts["back"], Course.objects.published().count()) == (5, 5)
        assert Revision.objects.filter(origin="source camins").exists()
