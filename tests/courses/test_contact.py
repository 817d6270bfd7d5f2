"""Writing to a body: relayed, answered to the sender, counted; addresses stay private, robots get nothing."""

import pytest
from django.core.cache import cache

from courses.models import CourseDailyCount
from portal.mail.models import OutgoingMail
from tests.makers import DAY, make_centre, make_course, make_provider, make_session

pytestmark = pytest.mark.django_db
LETTER = {
    "name": "Camille Roux",
    "email": "camille@exemple.fr",
    "message": "Bonjour, reste-t-il une place pour la session de mars ?",
}


@pytest.fixture
def course():
    return make_course("Données", provider=make_provider("Atelier", contact_email="cachee@atelier.example"))


def address(course, query: str = "") -> str:
    return f"{course.get_absolute_url()}contact/{query}"


def test_a_letter_waits_for_the_body_and_is_answered_to_its_sender(client, course):
    response = client.post(address(course), LETTER, follow=True)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.reply_to) == ("cachee@atelier.example", "camille@exemple.fr")
    assert LETTER["message"] in mail.body
    assert response.redirect_chain == [(course.get_absolute_url(), 302)]
    html = response.content.decode()
    assert "Votre message est parti à Atelier" in html
    assert "cachee@" not in html


def test_a_letter_counts_as_a_contact_of_the_day(client, course):
    client.post(address(course), LETTER)
    client.post(address(course), LETTER)
    assert list(CourseDailyCount.objects.values_list("course", "day", "contacts", "views")) == [(course.pk, DAY, 2, 0)]


def test_a_letter_about_a_session_says_which(client, course):
    session = make_session(course.offerings.get(), starts_on=DAY)
    assert "15 janvier 2027" in client.get(address(course, f"?session={session.pk}")).content.decode().replace(
        "\N{NO-BREAK SPACE}", " "
    )
    client.post(address(course, f"?session={session.pk}"), LETTER)
    assert "15 janvier 2027" in OutgoingMail.objects.get().body.replace("\N{NO-BREAK SPACE}", " ")


def test_a_session_of_another_course_is_ignored(client, course):
    other = make_session(make_course().offerings.get())
    client.post(address(course, f"?session={other.pk}"), LETTER)
    assert "Session" not in OutgoingMail.objects.get().body


def test_the_centre_that_teaches_gets_the_letter(client, course):
    course.centre = make_centre("CFA", contact_email="accueil@cfa.example")
    course.save()
    client.post(address(course), LETTER)
    assert OutgoingMail.objects.get().to == "accueil@cfa.example"


def test_an_error_is_told_to_the_portal_and_is_no_contact(client, course, settings):
    client.post(address(course, "?objet=erreur"), LETTER)
    assert OutgoingMail.objects.get().to == settings.CAMINS_CONTACT_EMAIL
    assert not CourseDailyCount.objects.exists()


def test_a_body_without_address_cannot_be_written_to_and_it_is_said(client):
    course = make_course("Données", provider=make_provider(contact_email=""))
    assert "n’a pas donné d’adresse" in client.get(address(course)).content.decode()
    assert client.post(address(course), LETTER).status_code == 200
    assert not OutgoingMail.objects.exists()
    assert "/contact/?session" not in client.get(course.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Écrivez votre nom."),
        ({"email": "camille"}, "Écrivez une adresse complète"),
        ({"email": "a@b.fr\nBcc: c@d.fr"}, "Écrivez une adresse complète"),
        ({"message": "Bonjour"}, "Écrivez au moins une phrase"),
        ({"message": "x" * 3_001}, "3"),
    ],
)
def test_a_wrong_letter_is_not_sent_and_says_what_to_do(client, course, wrong, said):
    response = client.post(address(course), {**LETTER, **wrong})
    html = response.content.decode()
    assert response.status_code == 422
    assert said in html
    assert "Corrigez ces points" in html
    assert not OutgoingMail.objects.exists()


def test_a_name_cannot_break_the_subject(client, course):
    client.post(address(course), {**LETTER, "name": "Camille\r\nBcc: tous@exemple.fr"})
    assert "\n" not in OutgoingMail.objects.get().subject


def test_a_robot_believes_it_was_heard(client, course):
    response = client.post(address(course), {**LETTER, "relance": "https://casino.example"})
    assert response.status_code == 302
    assert not OutgoingMail.objects.exists()


def test_too_many_letters_from_one_place_are_slowed_down(client, course):
    answers = [client.post(address(course), LETTER).status_code for _each in range(21)]
    assert answers == [302] * 20 + [429]
    assert OutgoingMail.objects.count() == 20


def test_a_letter_needs_the_token_of_its_form(course):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(address(course), LETTER).status_code == 403
    assert not OutgoingMail.objects.exists()


def test_a_course_that_is_gone_cannot_be_written_about(client, course):
    course.withdraw(by=None)
    assert client.post(address(course), LETTER).status_code == 410
    assert not OutgoingMail.objects.exists()


def test_the_form_writes_nothing_when_it_is_only_read(client, course):
    assert client.get(address(course)).status_code == 200
    assert cache.get("throttle:contact") is None
    assert not OutgoingMail.objects.exists()
