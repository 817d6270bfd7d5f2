"""A source "en brouillon": what its file changes in a published course waits for the body, and for no agent."""

import pytest

from courses.importers import flow
from courses.models import Course
from portal.accounts.enums import Role
from portal.moderation.actions import approve
from portal.moderation.models import Proposal, ProposalState, Status
from tests.courses.importers.runs import applied, undone
from tests.courses.importers.tables import csv_bytes
from tests.identities import make_agent, make_member
from tests.makers import make_commune, make_provider

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(settings, tmp_path):
    settings.CAMINS_VAR = tmp_path
    make_commune("Toulouse", insee="31555")


@pytest.fixture
def body():
    return make_provider("Mon organisme").organisation


@pytest.fixture
def manager(body):
    return make_member(body, Role.MANAGER)


@pytest.fixture
def source(body):
    source = flow.own_source(body)
    source.is_draft_only = True
    source.save()
    return source


@pytest.fixture
def sent(body, manager, source):
    def send(**line):
        return applied(csv_bytes([{"siret": body.siret, "numero": "1", **line}]), source=source, by=manager)

    return send


@pytest.fixture
def course(sent, manager) -> Course:
    sent(titre="Python")
    course = Course.objects.get()
    assert course.status == Status.DRAFT
    course.submit(by=manager)
    approve(course, by=make_agent(Role.MODERATOR))
    return course


def at(course) -> str:
    return f"/espace-organisme/courses/course/{course.pk}/"


def test_it_is_prepared_and_no_agent_sees_it(sent, course):
    run = sent(titre="Python, autrement")
    prepared = Proposal.objects.get()
    assert (prepared.state, prepared.changes) == (ProposalState.PREPARED, {"title": "Python, autrement"})
    course.refresh_from_db()
    assert (course.title, course.status) == ("Python", Status.PUBLISHED)
    assert (run.counts["prepared"], run.counts.get("waiting")) == (1, None)
    assert not Proposal.objects.waiting().exists()


def test_the_body_sees_it_and_sends_it(client, sent, course, manager):
    sent(titre="Python, autrement")
    client.force_login(manager)
    page = client.get(at(course) + "change/").content.decode()
    assert "Ce que votre fichier change" in page
    assert "Python, autrement" in page
    assert "Fiches que votre fichier change" in client.get("/espace-organisme/").content.decode()
    client.post(at(course) + "etat/", {"verb": "send"})
    assert Proposal.objects.waiting().get().changes == {"title": "Python, autrement"}
    assert "Ce que votre fichier change" not in client.get(at(course) + "change/").content.decode()


def test_the_body_sets_it_aside_and_is_not_asked_again(client, sent, course, manager):
    sent(titre="Python, autrement")
    client.force_login(manager)
    client.post(at(course) + "etat/", {"verb": "set_aside"})
    sent(titre="Python, autrement")
    assert list(Proposal.objects.values_list("state", flat=True)) == [ProposalState.OUTDATED]
    answer = client.post(at(course) + "etat/", {"verb": "send"}, follow=True)
    assert "Plus rien n" in answer.content.decode()


def test_it_is_added_to_what_already_waits(client, sent, course, manager):
    Proposal.objects.create(
        subject=course, changes={"objective": "Autre"}, base_version=course.version, proposed_by=manager
    )
    sent(titre="Python, autrement")
    client.force_login(manager)
    client.post(at(course) + "etat/", {"verb": "send"})
    assert Proposal.objects.waiting().get().changes == {"objective": "Autre", "title": "Python, autrement"}


def test_dates_and_places_change_at_once(sent, course):
    sent(titre="Python", places="7")
    assert course.offerings.get().sessions.get().seats == 7
    assert not Proposal.objects.exists()


def test_undoing_the_import_takes_it_back(sent, course, manager):
    undone(sent(titre="Python, autrement"), by=manager)
    assert Proposal.objects.get().state == ProposalState.OUTDATED
