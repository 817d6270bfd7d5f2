"""Flags: opened once of a kind, closed by a person with an answer, and by themselves once the text is mended."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from courses.actions import Letter, report_error
from courses.models import Course
from portal.accounts.enums import Role
from portal.moderation import actions, flags
from portal.moderation.models import ConflictOfInterest, Flag, ModerationEvent
from portal.moderation.tasks import check_texts
from tests import makers
from tests.identities import make_agent

pytestmark = pytest.mark.django_db
LETTER = Letter("Marie Essai", "marie@essai.example", "Je suis Marie Essai, 06 12 34 56 78 : le lieu est faux.")


@pytest.fixture
def agent():
    return make_agent(Role.MODERATOR)


@pytest.fixture
def course() -> Course:
    return makers.make_course("Python", published=False)


def open_kinds(course: Course) -> list[str]:
    return sorted(Flag.objects.open().about(course).values_list("kind", flat=True))


def test_one_open_flag_of_a_kind_says_the_database(course):
    assert flags.open_flag(course, "link", "404")
    assert not flags.open_flag(course, "link", "500")
    flag = Flag.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Flag.objects.create(subject_type=flag.subject_type, subject_id=flag.subject_id, kind="link")


def test_a_flag_is_closed_once_with_an_answer(course, agent):
    flags.open_flag(course, "link", "404")
    flag = Flag.objects.get()
    with pytest.raises(flags.AnswerMissing):
        flags.close_flag(flag, by=agent, said=" ")
    flags.close_flag(flag, by=agent, said="Le lien marche.")
    with pytest.raises(flags.FlagClosed):
        flags.close_flag(flag, by=agent, said="Encore")
    assert (flag.closed_by, flag.said) == (agent, "Le lien marche.")
    assert not flags.open_flag(course, "link", "404"), "what was answered was asked again"
    assert flags.open_flag(course, "link", "500")


def test_a_member_does_not_close_a_flag_of_their_own_row(course, agent):
    makers.join(user=agent, organisation=course.provider.organisation, role=Role.READER)
    flags.open_flag(course, "link", "404")
    with pytest.raises(ConflictOfInterest):
        flags.close_flag(Flag.objects.get(), by=agent, said="Rien")


def test_a_public_report_says_nothing_of_who_reports(course):
    actions.publish_trusted([course], origin="carif")
    report_error(course=course, letter=LETTER)
    report_error(course=course, letter=LETTER)
    flag = Flag.objects.get()
    assert (flag.kind, flag.times) == ("reported", 2)
    for word in ("Marie", "Essai", "marie@", "06 12", "lieu est faux"):
        assert word not in flag.detail


def test_the_form_of_the_page_opens_it(client, course):
    actions.publish_trusted([course], origin="carif")
    course.refresh_from_db()
    letter = {"name": "Marie", "email": "marie@essai.example", "message": "Le lieu de cette formation est faux."}
    assert client.post(f"{course.get_absolute_url()}contact/?objet=erreur", letter).status_code == 302
    assert open_kinds(course) == ["reported"]


class TestTexts:
    def test_what_is_submitted_is_looked_over_soon_after(self, course):
        Course.objects.filter(pk=course.pk).update(title="Python 06 12 34 56 78", summary="100 % financé")
        course.submit(by=None)
        assert open_kinds(course) == [], "the page of a member waits for no check"
        assert check_texts() == ModerationEvent.objects.filter(checked_at__isnull=False).count()
        assert open_kinds(course) == ["funding_claim", "phone_in_title"]
        assert Course.objects.get(pk=course.pk).status == "submitted", "a flag decided"
        assert check_texts() == 0

    def test_a_mended_text_closes_its_flag(self, course):
        Course.objects.filter(pk=course.pk).update(title="Python 06 12 34 56 78")
        course.submit(by=None)
        check_texts()
        course.withdraw(by=None)
        Course.objects.filter(pk=course.pk).update(title="Python")
        course.submit(by=None)
        check_texts()
        flag = Flag.objects.about(course).get()
        assert (flag.closed_by, flag.said) == (None, "Le texte ne le dit plus.")

    def test_a_proposal_and_a_trusted_publication_are_read_too(self, course, agent):
        Course.objects.filter(pk=course.pk).update(summary="100 % gratuit")
        actions.publish_trusted([Course.objects.get(pk=course.pk)], origin="carif")
        check_texts()
        assert open_kinds(course) == ["funding_claim"]
        actions.propose(course, changes={"title": "Python jean@organisme.fr"}, by=agent)
        check_texts()
        assert open_kinds(course) == ["funding_claim", "phone_in_title"]


def test_the_page_of_a_flag_closes_it_and_the_row_shows_it(client, course, agent):
    flags.open_flag(course, "link", "La page répond 404")
    flag = Flag.objects.get()
    client.force_login(agent)
    row_page = reverse("gestion:courses_course_moderate", args=[course.pk])
    assert "La page répond 404" in client.get(row_page).content.decode()
    page = client.get(reverse("gestion:moderation_flag_change", args=[flag.pk])).content.decode()
    assert row_page in page
    address = reverse("gestion:moderation_flag_close", args=[flag.pk])
    assert f'action="{address}"' in page
    assert "Écrivez ce que vous avez constaté" in client.post(address, {"reason": ""}, follow=True).content.decode()
    client.post(address, {"reason": "Lien corrigé"})
    assert Flag.objects.get().closed_by == agent
    assert "La page répond 404" not in client.get(row_page).content.decode()
