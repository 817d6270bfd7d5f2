"""Courses on certifications that are over: told to the public, to their body, to the agents; decided by nobody."""

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from courses import expiries
from courses.models import Course
from courses.models.expired import has_expired_certification, has_only_expired_certifications
from courses.tasks import follow_certifications
from portal.accounts.enums import Role
from portal.moderation.flags import close_flag
from portal.moderation.models import Flag
from portal.reference.models import Certification
from tests import makers
from tests.identities import make_agent, make_member

pytestmark = pytest.mark.django_db

YESTERDAY, TOMORROW = makers.in_days(-1), makers.in_days(1)
EXPIRED = "expired_certif"


def certification(number: str = "509", **fields) -> Certification:
    values = {"source": "France compétences", "checked_on": makers.in_days(-10), "title": f"Titre {number}"}
    return Certification.objects.create(register="RNCP", number=number, **{**values, **fields})


@pytest.fixture
def over(db) -> Certification:
    return certification(is_active=False, valid_until=YESTERDAY, replaced_by="RNCP38228")


@pytest.fixture
def course(over) -> Course:
    course = makers.make_course("Vérifier des données", offering={}, session={})
    course.certifications.add(over)
    return course


def words(html: str) -> str:
    text = re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(script|style).*?</\1>", "", html))
    return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())


def page(client, course: Course) -> str:
    return client.get(course.get_absolute_url()).content.decode()


def open_flags(course: Course) -> list[str]:
    return list(Flag.objects.open().about(course).filter(kind=EXPIRED).values_list("detail", flat=True))


def test_the_page_says_since_when_by_what_and_who_says_it(client, course):
    html = page(client, course)
    said = "Titre 509 (RNCP509) : expirée le 14 janvier 2027, remplacée par RNCP38228. "
    assert said + "Source : France compétences, liste du 5 janvier 2027." in words(html)
    assert "La certification que prépare cette formation est expirée" in words(html)
    assert "educationalCredentialAwarded" not in html


def test_one_that_holds_is_said_with_its_source_and_warns_nobody(client, course, over):
    over.delete()
    course.certifications.add(certification("1", is_active=True, valid_until=TOMORROW))
    said = words(page(client, course))
    assert "Enregistrée jusqu’au 16 janvier 2027. Source : France compétences, liste du 5 janvier 2027." in said
    assert "expirée" not in said


def test_what_nobody_says_is_not_said_to_hold(client, course, over):
    over.delete()
    course.certifications.add(certification("2", source="", checked_on=None))
    said = words(page(client, course))
    assert "Personne ne nous a dit jusqu’à quand elle est enregistrée." in said
    assert "Enregistrée jusqu" not in said
    assert "expirée" not in said


def test_an_inactive_one_without_a_day_is_said_to_be_no_longer_active(client, course, over):
    Certification.objects.filter(pk=over.pk).update(valid_until=None, replaced_by="")
    assert "Titre 509 (RNCP509) : n’est plus active." in words(page(client, course))


def test_a_course_of_two_is_warned_of_and_not_called_over(client, course):
    course.certifications.add(certification("3", is_active=True))
    said = words(page(client, course))
    assert "Titre 509 (RNCP509) : expirée" in said
    assert "La certification que prépare cette formation est expirée" not in said


def found(condition) -> bool:
    return Course.objects.filter(condition).exists()


def test_one_of_which_nobody_says_so_is_enough_for_a_course_not_to_be_all_over(course):
    day = makers.DAY
    assert (found(has_expired_certification(day)), found(has_only_expired_certifications(day))) == (True, True)
    course.certifications.add(certification("4"))
    assert (found(has_expired_certification(day)), found(has_only_expired_certifications(day))) == (True, False)
    course.certifications.clear()
    assert not found(has_only_expired_certifications(day))


def test_a_flag_opens_once_and_closes_by_itself(course, over):
    makers.make_course("Sans certification")
    assert follow_certifications() == {"opened": 1, "closed": 0}
    assert open_flags(course) == ["RNCP509 expirée le 14\xa0janvier 2027, remplacée par RNCP38228"]
    assert expiries.follow(makers.DAY) == {"opened": 0, "closed": 0}
    Certification.objects.filter(pk=over.pk).update(is_active=True, valid_until=TOMORROW)
    assert expiries.follow(makers.DAY) == {"opened": 0, "closed": 1}
    flag = Flag.objects.get()
    assert (flag.closed_by, flag.said != "") == (None, True)
    course.refresh_from_db()
    assert course.status == "published"


def test_a_course_that_leaves_the_catalogue_takes_its_flag_along(course):
    expiries.follow(makers.DAY)
    course.withdraw(by=None)
    expiries.follow(makers.DAY)
    assert open_flags(course) == []


def test_what_an_agent_answered_stays_answered_when_a_newer_list_says_the_same(course, over):
    expiries.follow(makers.DAY)
    close_flag(Flag.objects.get(), by=make_agent("moderator"), said="L'organisme change de titre en mars.")
    Certification.objects.filter(pk=over.pk).update(checked_on=makers.DAY)
    assert expiries.follow(makers.DAY) == {"opened": 0, "closed": 0}
    Certification.objects.filter(pk=over.pk).update(replaced_by="RNCP9")
    assert expiries.follow(makers.DAY)["opened"] == 1


def test_the_command_counts_and_the_flag_is_in_the_queue(client, course):
    said = StringIO()
    call_command("follow_certifications", stdout=said)
    assert "1 signalements ouverts, 0 clos" in said.getvalue()
    client.force_login(make_agent("moderator"))
    queue = client.get(reverse("gestion:moderation_queue"))
    assert "certification expirée" in queue.content.decode()


def test_a_body_is_told_on_its_index_in_its_list_and_on_the_form(client, course):
    makers.make_course("Une autre", provider=course.provider)
    client.force_login(make_member(course.provider.organisation, Role.MANAGER))
    index = client.get(reverse("organisme:index")).content.decode()
    assert "Fiches sur une certification expirée" in index
    (address,) = re.findall(r'href="([^"]*a-faire=certification-expiree)"', index)
    listed = client.get(address).content.decode()
    assert ("Vérifier des données" in listed, "Une autre" in listed) == (True, False)
    form = client.get(reverse("organisme:courses_course_change", args=[course.pk]))
    assert "Titre 509 (RNCP509) : expirée le 14 janvier 2027" in words(form.content.decode())


def test_the_api_tells_it_and_null_is_what_nobody_says(client, course):
    course.certifications.add(certification("6", title="Deux", source="", checked_on=None))
    told = json.loads(client.get("/api/v1/formations/").content)["resultats"][0]["certifications"]
    assert [each["validite"] for each in told] == [
        {
            "expiree": True,
            "fin_enregistrement": "2027-01-14",
            "remplacee_par": "RNCP38228",
            "selon": "France compétences",
            "verifiee_le": "2027-01-05",
        },
        {"expiree": None, "fin_enregistrement": None, "remplacee_par": None, "selon": None, "verifiee_le": None},
    ]
    assert json.loads(client.get(f"/api/v1/formations/{course.pk}/").content)["certifications"] == told
