"""A new body: it claims itself, mends a file with five mistakes, is refused once, is published, moves a date."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from courses.models import Claim, Course, ImportRun, Session
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.mail.models import OutgoingMail
from portal.moderation.tasks import tell_decisions
from tests import makers
from tests.courses.importers.tables import csv_bytes
from tests.courses.space.conftest import address, send
from tests.courses.test_claims import make_listed
from tests.courses.test_import_screens import MENDED, MISTAKES
from tests.identities import make_agent, with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(settings, tmp_path, django_capture_on_commit_callbacks):
    """`worker()`: around a request, so that what it rings is done."""
    settings.CAMINS_VAR = tmp_path
    makers.make_commune("Toulouse", insee="31555")
    return lambda: django_capture_on_commit_callbacks(execute=True)


def claim(visitor: Client, agent: Client, listed) -> Client:
    """The claim by a document, accepted; the person at work with a password and a second factor."""
    asked = {"numero": listed.siret, "name": "Nine Baptiste", "email": "nine@lauzes.example", "way": "agent"}
    document = SimpleUploadedFile("kbis.pdf", b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n")
    assert visitor.post("/organismes/rejoindre/", {**asked, "document": document}).status_code == 302
    agent.post(reverse("gestion:courses_claim_decide", args=[Claim.objects.get().pk]), {"decision": "accept"})
    person = User.objects.get(email="nine@lauzes.example")
    letter = OutgoingMail.objects.filter(to=person.email).latest("pk")
    link = re.search(r"https?://[^/]+(/compte/password/reset/key/\S+)", letter.body)[1]
    form_address = visitor.get(link)["Location"]
    visitor.post(form_address, {"password1": "quatre mots pour entrer", "password2": "quatre mots pour entrer"})
    person.refresh_from_db()
    assert person.check_password("quatre mots pour entrer")
    EmailAddress.objects.filter(user=person).update(verified=True)
    member = Client()
    member.force_login(with_second_factor(person))
    assert member.get("/espace-organisme/").status_code == 200
    return member


def import_file(member: Client, worker, siret: str) -> None:
    """Five mistakes, mended on screen one by one, then planned and applied."""
    content = csv_bytes([{"siret": siret, **line} for line in MISTAKES])
    with worker():
        member.post(reverse("organisme:courses_importrun_add"), {"file": SimpleUploadedFile("offre.csv", content)})
    run = ImportRun.objects.get()
    assert run.rows.faulty().count() == 5
    for row in run.rows.faulty().order_by("rank"):
        mended = {f"v-{name}": value for name, value in {**row.raw, **MENDED, "modalite": "sur place"}.items()}
        member.post(reverse("organisme:courses_importrun_row", args=[run.pk, row.rank]), {"verb": "mend", **mended})
    for verb in ("plan", "apply"):
        with worker():
            member.post(reverse("organisme:courses_importrun_change", args=[run.pk]), {"verb": verb})
    run.refresh_from_db()
    assert run.state == "applied"


def moderate(agent: Client, course: Course, verb: str, reason: str = "") -> None:
    """On the agent's own page, which sends what it showed."""
    page = reverse("gestion:courses_course_moderate", args=[course.pk])
    send(agent, page, verb=verb, reason=reason)
    course.refresh_from_db()


def test_from_the_claim_to_a_published_listing(worker, client):
    listed = make_listed()
    agent, visitor = Client(), Client()
    agent.force_login(make_agent(Role.MODERATOR))
    member = claim(visitor, agent, listed)
    import_file(member, worker, listed.siret)

    course = Course.objects.get(external_id="6")
    assert course.status == "submitted"
    moderate(agent, course, "ask_changes", "Dites à qui la formation s’adresse.")
    tell_decisions()
    letters = OutgoingMail.objects.filter(to="nine@lauzes.example")
    assert any("Dites à qui la formation s’adresse." in letter.body for letter in letters)
    assert "Dites à qui la formation s’adresse." in member.get("/espace-organisme/").content.decode()

    send(member, address("course", "change", course.pk), for_whom="Toute personne qui débute.")
    member.post(address("course", "move", course.pk), {"verb": "submit"})
    assert client.get(course.get_absolute_url()).status_code == 404
    course.refresh_from_db()
    moderate(agent, course, "approve")
    assert course.status == "published"
    page = client.get(course.get_absolute_url())
    assert "Toute personne qui débute." in page.content.decode()

    day = makers.in_days(90)
    dates = {"sessions-0-starts_on": day, "sessions-0-ends_on": day}
    assert send(member, address("course", "change", course.pk), **dates).status_code == 302
    assert Session.objects.of_course(course).get().starts_on == day
    shown = client.get(course.get_absolute_url()).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "15 avril 2027" in shown
