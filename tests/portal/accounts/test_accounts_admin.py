"""Accounts at /gestion/: no form gives a right that its verb would refuse."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from portal.accounts.actions import join
from portal.accounts.enums import OrganisationKind, Role
from portal.accounts.models import Membership, User
from tests import makers
from tests.identities import make_agent, verified, with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return makers.make_organisation(name="Un organisme")


def sign_in(client, role: str) -> User:
    agent = make_agent(role)
    client.force_login(agent)
    return agent


def errors_of(answer) -> dict:
    return answer.context["adminform"].form.errors


class TestOrganisation:
    def send(self, client, organisation, kinds: str):
        address = reverse("gestion:accounts_organisation_change", args=[organisation.pk])
        sent = {"name": "Nom corrigé", "siret": organisation.siret, "kinds": kinds.split(",")}
        answer = client.post(address, sent)
        organisation.refresh_from_db()
        return answer

    def test_nobody_makes_a_region_of_their_own_organisation(self, client, body):
        join(user=sign_in(client, Role.MODERATOR), organisation=body, role=Role.MANAGER)
        assert "kinds" in errors_of(self.send(client, body, "body,region"))
        assert body.kinds == ["body"]

    def test_nobody_takes_the_region_away(self, client):
        region = sign_in(client, Role.MANAGER).memberships.get().organisation
        assert "kinds" in errors_of(self.send(client, region, "body"))
        assert region.kinds == ["region"]

    def test_other_kinds_are_an_agent_s_to_say(self, client, body):
        sign_in(client, Role.MODERATOR)
        assert self.send(client, body, "body,cfa").status_code == 302
        assert (body.name, body.kinds) == ("Nom corrigé", ["body", "cfa"])

    def test_a_superuser_says_which_is_the_region(self, client, body):
        root = with_second_factor(User.objects.create_superuser("racine@essai.example", "un mot de passe long"))
        client.force_login(root)
        member = makers.make_user(organisation=body, role=Role.MANAGER)
        assert self.send(client, body, OrganisationKind.REGION).status_code == 302
        assert User.objects.get(pk=member.pk).is_staff
        self.send(client, body, OrganisationKind.BODY)
        assert not User.objects.get(pk=member.pk).is_staff


class TestMembership:
    def test_a_role_of_another_kind_is_said_in_the_form(self, client, body):
        sign_in(client, Role.MANAGER)
        person = makers.make_user()
        sent = {"user": person.pk, "organisation": body.pk, "role": Role.MODERATOR}
        answer = client.post(reverse("gestion:accounts_membership_add"), sent)
        assert "role" in errors_of(answer)
        assert not person.memberships.exists()

    def test_a_role_changes_inside_its_kind(self, client, body):
        sign_in(client, Role.MANAGER)
        person = makers.make_user(organisation=body, role=Role.READER)
        address = reverse("gestion:accounts_membership_change", args=[person.memberships.get().pk])
        assert "role" in errors_of(client.post(address, {"role": Role.IMPORTER}))
        assert client.post(address, {"role": Role.EDITOR}).status_code == 302
        assert Membership.objects.get(user=person).role == Role.EDITOR


class TestUser:
    def test_capitals_make_no_second_account(self, client):
        sign_in(client, Role.MANAGER)
        makers.make_user("ana@essai.example")
        address = reverse("gestion:accounts_user_add")
        assert "email" in errors_of(client.post(address, {"email": "Ana@Essai.example", "is_active": "on"}))
        assert client.post(address, {"email": "Bea@Essai.example", "is_active": "on"}).status_code == 302
        assert User.objects.filter(email="bea@essai.example").exists()

    def test_a_former_address_opens_nothing(self, client):
        sign_in(client, Role.MANAGER)
        person = verified(makers.make_user("ancienne@essai.example"))
        address = reverse("gestion:accounts_user_change", args=[person.pk])
        assert client.post(address, {"email": "neuve@essai.example", "is_active": "on"}).status_code == 302
        person.refresh_from_db()
        assert person.email == "neuve@essai.example"
        assert not EmailAddress.objects.filter(email="ancienne@essai.example").exists()

    def test_a_manager_does_not_touch_a_superuser(self, client):
        sign_in(client, Role.MANAGER)
        root = User.objects.create_superuser("racine@essai.example", "un mot de passe long")
        client.post(reverse("gestion:accounts_user_change", args=[root.pk]), {"email": "prise@essai.example"})
        assert User.objects.get(pk=root.pk).email == "racine@essai.example"
