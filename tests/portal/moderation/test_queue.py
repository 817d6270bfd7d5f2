"""The queue: everything that waits, oldest first, at a cost that does not grow."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import Course, TrainingProvider
from portal.accounts.enums import Role
from portal.moderation import actions
from portal.moderation.flags import report
from portal.moderation.models import Flag, Proposal
from portal.moderation.queue import PER_PAGE
from tests import makers
from tests.identities import make_agent

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2027, 1, 10, 12, tzinfo=datetime.UTC)


@pytest.fixture
def queue(client):
    """`queue(**parameters)`: the page as a moderator gets it."""
    client.force_login(make_agent(Role.MODERATOR))
    address = reverse("gestion:moderation_queue")
    return lambda **asked: client.get(address, asked).content.decode()


def submitted(title: str, days: int = 0) -> Course:
    course = makers.make_course(title, published=False)
    course.submit(by=None)
    Course.objects.filter(pk=course.pk).update(submitted_at=NOON + datetime.timedelta(days=days))
    return course


def proposed(title: str, days: int = 0) -> Proposal:
    proposal = actions.propose(makers.make_course(title), changes={"title": "Neuf"}, by=makers.make_user())
    Proposal.objects.filter(pk=proposal.pk).update(proposed_at=NOON + datetime.timedelta(days=days))
    return proposal


def flagged(title: str, days: int = 0) -> Flag:
    course = makers.make_course(title)
    report(course, "Un lien est mort.")
    Flag.objects.about(course).update(opened_at=NOON + datetime.timedelta(days=days))
    return Flag.objects.about(course).get()


def titles(page: str) -> list[str]:
    listed = page[page.index('<ol class="queue"') :]
    return re.findall(r'<a href="([^"]+)">([^<]+)</a>', listed[: listed.index("</ol>")])


def test_all_kinds_stand_in_one_list_the_oldest_first(queue):
    course, proposal, flag = submitted("Deuxième", 2), proposed("Première", 1), flagged("Troisième", 3)
    body = makers.make_provider("Quatrième", published=False)
    body.submit(by=None)
    TrainingProvider.objects.filter(pk=body.pk).update(submitted_at=NOON + datetime.timedelta(days=4))
    page = queue()
    assert titles(page) == [
        (reverse("gestion:moderation_proposal_change", args=[proposal.pk]), "Première"),
        (reverse("gestion:courses_course_moderate", args=[course.pk]), "Deuxième"),
        (reverse("gestion:moderation_flag_change", args=[flag.pk]), "Troisième"),
        (reverse("gestion:courses_trainingprovider_moderate", args=[body.pk]), "Quatrième"),
    ]
    assert course.provider.organisation.name in page
    assert "depuis 3" in page


def test_it_narrows_to_one_kind_and_forgives_another(queue):
    submitted("Une formation")
    proposed("Une modification")
    flagged("Une plainte")
    assert [name for _url, name in titles(queue(nature="proposal"))] == ["Une modification"]
    assert [name for _url, name in titles(queue(nature="flag"))] == ["Une plainte"]
    assert [name for _url, name in titles(queue(nature="courses.course"))] == ["Une formation"]
    assert len(titles(queue(nature="inconnue", page="²"))) == 3


def test_pages_follow_one_another(queue):
    for number in range(PER_PAGE + 1):
        submitted(f"Formation {number:02d}", number)
    assert len(titles(queue())) == PER_PAGE
    assert [name for _url, name in titles(queue(page=2))] == [f"Formation {PER_PAGE:02d}"]


def test_what_is_decided_leaves_it(queue):
    agent = makers.make_user()
    course, flag = submitted("Une formation"), flagged("Une plainte")
    actions.approve(course, by=agent)
    Flag.objects.filter(pk=flag.pk).update(closed_at=NOON, said="Vu")
    assert "Rien n’attend" in queue()


def test_it_costs_no_query_per_line(queue):
    counts = []
    for lot in range(2):
        for number in range(2 + 4 * lot):
            for make in (submitted, proposed, flagged):
                make(f"{make.__name__} {lot}-{number}")
        with CaptureQueriesContext(connection) as asked:
            page = queue()
        counts.append(len(asked))
    assert len(titles(page)) == 24
    assert counts[1] <= counts[0]


def test_the_index_names_it_first(client):
    submitted("Une formation")
    client.force_login(make_agent(Role.MODERATOR))
    page = client.get("/gestion/").content.decode()
    first = page[page.index('<li class="waiting-line') :]
    assert first.index(reverse("gestion:moderation_queue")) < first.index("</li>")
    assert "<strong>1</strong> File de modération" in page
