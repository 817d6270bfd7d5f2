"""Striking off: nothing is shown any more, nobody has a right, what stays recognises a return and reveals nothing."""

import re

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs.models import Employer, EmployerNeed
from portal.accounts import striking, team
from portal.accounts.actions import RoleRefused, join
from portal.accounts.enums import OrganisationKind, Role
from portal.accounts.models import Invitation, Organisation, Tombstone
from portal.accounts.striking import StrikeRefused
from portal.accounts.tombstones import Identifiers, likenesses, marks_of
from portal.moderation.models import ModerationEvent, Status
from tests import makers
from tests.identities import make_agent

pytestmark = pytest.mark.django_db
SAID = {
    "nda": "76000000099",
    "contact_email": "contact@mirage.example",
    "phone": "05 36 49 00 99",
    "website": "https://www.mirage.example/accueil",
}


@pytest.fixture(autouse=True)
def _no_throttle():
    cache.clear()


@pytest.fixture
def body():
    return makers.make_provider("Mirage", **SAID).organisation


@pytest.fixture
def agent():
    return make_agent(Role.MANAGER)


def strike(body, agent) -> Tombstone:
    return striking.strike_off(body, by=agent, reason="Annonces trompeuses")


def test_all_that_is_shown_is_withdrawn_by_its_verb(body, agent):
    course = makers.make_course(provider=body.provider)
    centre = makers.make_centre(organisation=body)
    employer = Employer.objects.create(organisation=body, name="Mirage")
    need = makers.publish(EmployerNeed.objects.create(employer=employer, title="Poste"))
    draft = makers.make_course(provider=body.provider, published=False)
    other = makers.make_course()
    strike(body, agent)
    for row in (course, centre, need, body.provider):
        row.refresh_from_db()
        assert row.status == Status.WITHDRAWN
        event = ModerationEvent.objects.about(row).get(verb="withdraw")
        assert (event.by, event.reason) == (agent, "Organisme radié : Annonces trompeuses")
    for row, status in ((draft, Status.DRAFT), (other, Status.PUBLISHED)):
        row.refresh_from_db()
        assert row.status == status


def test_the_team_loses_its_rights_at_once_and_nobody_comes_back(body, agent):
    manager = makers.make_user(organisation=body, role=Role.MANAGER)
    team.invite(organisation=body, email="autre@mirage.example", role=Role.EDITOR, by=manager)
    strike(body, agent)
    assert not body.has_member(manager)
    assert not Invitation.objects.open().exists()
    with pytest.raises(RoleRefused, match="radiée"):
        join(user=manager, organisation=body, role=Role.READER)


def test_the_tombstone_holds_no_identifier(body, agent):
    makers.make_user("chef@mirage.example", organisation=body, role=Role.MANAGER)
    tombstone = strike(body, agent)
    kept = " ".join(tombstone.marks)
    for plain in (body.siren, body.siret, SAID["nda"], "mirage", "0536490099", "36490099", "contact"):
        assert plain not in kept
    assert sorted(mark.partition(":")[0] for mark in tombstone.marks) == ["domain", "host", "nda", "phone", "siren"]
    assert all(re.fullmatch(r"[a-z]+:[0-9a-f]{64}", mark) for mark in tombstone.marks)


@pytest.mark.parametrize(
    ("newcomer", "shared"),
    [
        (Identifiers(ndas=("76000000099",)), "numéro de déclaration"),
        (Identifiers(emails=("Nouveau@MIRAGE.example",)), "domaine de courriel"),
        (Identifiers(phones=("+33 5 36 49 00 99",)), "téléphone"),
        (Identifiers(websites=("http://mirage.example:80/autre",)), "site internet"),
    ],
)
def test_a_return_under_another_name_is_recognised(body, agent, newcomer, shared):
    strike(body, agent)
    (likeness,) = likenesses(newcomer)
    assert shared in likeness.shared[0]


def test_another_key_recognises_nobody(body, agent, settings):
    strike(body, agent)
    settings.CAMINS_TOMBSTONE_KEY = "another key"
    assert likenesses(Identifiers(ndas=("76000000099",))) == []


@pytest.mark.parametrize(
    "common",
    [
        Identifiers(emails=("quelqu.un@gmail.com", "")),
        Identifiers(websites=("https://www.facebook.com/mirage", "https://sites.google.com/x", "", "http://[")),
        Identifiers(phones=("", "3639")),
        Identifiers(sirens=("",), ndas=("",)),
    ],
)
def test_what_anybody_may_have_is_no_mark(common):
    assert marks_of(common) == []


def test_two_persons_lift(body, agent):
    tombstone = strike(body, agent)
    with pytest.raises(StrikeRefused, match="une autre personne"):
        striking.lift(tombstone, by=agent, reason="Erreur")
    with pytest.raises(IntegrityError), transaction.atomic():
        Tombstone.objects.update(lifted_by=agent, lifted_at=timezone.now())
    other = make_agent(Role.MANAGER)
    with pytest.raises(StrikeRefused, match="pourquoi"):
        striking.lift(tombstone, by=other, reason=" ")
    striking.lift(tombstone, by=other, reason="Erreur sur le numéro")
    with pytest.raises(StrikeRefused, match="déjà levée"):
        striking.lift(tombstone, by=other, reason="Encore")
    assert likenesses(Identifiers(ndas=("76000000099",))) == []
    join(user=makers.make_user(), organisation=body, role=Role.MANAGER)


def test_what_cannot_be_struck_off(body, agent):
    for organisation, reason, said in (
        (body, " ", "motif"),
        (makers.make_organisation(kinds=[OrganisationKind.REGION]), "Motif", "Région"),
    ):
        with pytest.raises(StrikeRefused, match=said):
            striking.strike_off(organisation, by=agent, reason=reason)
    strike(body, agent)
    with pytest.raises(StrikeRefused, match="déjà radiée"):
        strike(body, agent)
    own = makers.make_organisation()
    join(user=agent, organisation=own, role=Role.READER)
    with pytest.raises(StrikeRefused, match="membre"):
        strike(own, agent)


class TestScreens:
    def address(self, body, view: str = "change") -> str:
        return f"/gestion/accounts/organisation/{body.pk}/{view}/"

    def test_a_manager_strikes_off_from_the_page_of_the_organisation(self, client, body, agent):
        client.force_login(agent)
        assert self.address(body, "radier") in client.get(self.address(body)).content.decode()
        assert "Écrivez le motif" in client.post(self.address(body, "radier"), {"reason": ""}).content.decode()
        assert not body.is_struck_off
        client.post(self.address(body, "radier"), {"reason": "Annonces trompeuses"})
        assert body.is_struck_off
        page = client.get(self.address(body)).content.decode()
        assert "Organisation radiée le" in page
        assert self.address(body, "radier") not in page

    def test_a_moderator_does_not(self, client, body):
        client.force_login(make_agent(Role.MODERATOR))
        assert self.address(body, "radier") not in client.get(self.address(body)).content.decode()
        assert client.post(self.address(body, "radier"), {"reason": "x"}).status_code == 403
        assert not body.is_struck_off

    def test_the_page_of_a_newcomer_warns_and_decides_nothing(self, client, body, agent):
        strike(body, agent)
        newcomer = makers.make_provider("Tout neuf", website="https://mirage.example").organisation
        client.force_login(agent)
        page = client.get(self.address(newcomer)).content.decode()
        assert "Ressemble à un organisme radié" in page
        assert "le même site internet" in page
        newcomer.provider.refresh_from_db()
        assert newcomer.provider.status == Status.PUBLISHED

    def test_another_manager_lifts_from_the_page_of_the_tombstone(self, client, body, agent):
        tombstone = strike(body, agent)
        address = f"/gestion/accounts/tombstone/{tombstone.pk}/"
        client.force_login(agent)
        client.post(f"{address}lever/", {"reason": "Erreur"})
        assert body.is_struck_off
        client.force_login(make_agent(Role.MANAGER))
        assert "Lever la radiation" in client.get(f"{address}change/").content.decode()
        client.post(f"{address}lever/", {"reason": "Erreur"})
        assert not body.is_struck_off

    def test_a_membership_of_a_struck_off_body_is_a_sentence(self, client, body, agent):
        strike(body, agent)
        client.force_login(agent)
        sent = {"user": makers.make_user().pk, "organisation": body.pk, "role": "reader"}
        answer = client.post("/gestion/accounts/membership/add/", sent)
        assert "radiée" in answer.content.decode()

    def test_the_tombstone_outlives_the_organisation(self, body, agent):
        tombstone = strike(makers.make_organisation(name="Sans fiche"), agent)
        Organisation.objects.filter(name="Sans fiche").delete()
        tombstone.refresh_from_db()
        assert tombstone.organisation is None
        assert tombstone.marks
