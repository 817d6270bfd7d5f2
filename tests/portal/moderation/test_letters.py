"""Decisions are told once, to those who write for the owner, with the reason and the way to the listing."""

import pytest
from django.conf import settings

from courses.models import Course
from portal.accounts.enums import Role
from portal.mail.models import OutgoingMail
from portal.moderation import actions, letters
from portal.moderation.models import ModerationEvent
from portal.moderation.tasks import tell_decisions
from portal.moderation.undo import undo
from tests import makers
from tests.identities import make_agent

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return make_agent(Role.MODERATOR)


@pytest.fixture
def course() -> Course:
    """A submitted course of a body with one member of each role, one who left, one whose account is closed."""
    course = makers.make_course("Python\npour tous", published=False)
    body = course.provider.organisation
    for role in (Role.MANAGER, Role.EDITOR, Role.READER):
        makers.make_user(f"{role}@organisme.example", organisation=body, role=role)
    makers.make_user("parti@organisme.example", organisation=body).memberships.update(left_at=course.created_at)
    makers.make_user("ferme@organisme.example", organisation=body, is_active=False)
    makers.make_user("voisin@autre.example", organisation=makers.make_organisation())
    course.submit(by=None)
    return course


def told() -> list[OutgoingMail]:
    """The letters that one run of the task leaves."""
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    tell_decisions()
    return list(OutgoingMail.objects.exclude(pk__in=before).order_by("to"))


def test_managers_and_editors_are_told_once(course, agent):
    course.ask_changes(by=agent, reason="Le prix manque.")
    found = told()
    assert [letter.to for letter in found] == ["editor@organisme.example", "manager@organisme.example"]
    letter = found[0]
    assert letter.subject == "[Camins] Corrections demandées : Python pour tous"
    assert "Motif : Le prix manque." in letter.body
    assert settings.CAMINS_SITE_URL in letter.body
    assert letters.address_of(course) in letter.body
    assert told() == []


def test_each_decision_has_its_letter(course, agent):
    actions.approve(course, by=agent)
    assert told()[0].subject.startswith("[Camins] Fiche publiée")
    actions.refuse_proposal(actions.propose(course, changes={"title": "X"}, by=agent), by=agent, reason="Trop court")
    assert "Motif : Trop court" in told()[0].body
    actions.accept_proposal(actions.propose(course, changes={"title": "Y"}, by=agent), by=agent)
    assert told()[0].subject == "[Camins] Modification acceptée : Y"
    course.quarantine(by=agent, reason="Une plainte")
    assert "Motif : Une plainte" in told()[0].body
    actions.release(course, by=agent)
    assert "de nouveau publiée" in told()[0].body
    course.withdraw(by=agent, reason="Doublon")
    assert "Motif : Doublon" in told()[0].body
    undo(ModerationEvent.objects.about(course).first(), by=agent)
    assert "Acte annulé : retirée." in told()[0].body


def test_nobody_is_told_of_what_owners_and_sources_do(course, agent):
    actions.approve(course, by=agent)
    told()
    course.withdraw(by=makers.make_user(organisation=course.provider.organisation))
    course.submit(by=None)
    actions.publish_trusted([Course.objects.get(pk=course.pk)], origin="carif")
    assert told() == []


def test_what_is_undone_before_it_was_told_is_not_told(course, agent):
    course.ask_changes(by=agent, reason="Une erreur")
    undo(ModerationEvent.objects.about(course).first(), by=agent)
    assert told() == []


def test_an_owner_without_account_is_no_fault(agent):
    course = makers.make_course(published=False)
    course.submit(by=None)
    actions.approve(course, by=agent)
    assert told() == []
    assert not ModerationEvent.objects.untold().exists()


def test_the_address_is_the_space_where_it_has_the_row(course, monkeypatch):
    monkeypatch.setattr(letters, "reverse", lambda name, args=(): f"/espace/{name}/{args[0]}/")
    assert letters.address_of(course).endswith(f"/espace/organisme:courses_course_change/{course.pk}/")
