"""Équipe and Invitations at /espace-organisme/: managers write, members read, nobody sees another organisation."""

import pytest
from django.core.cache import cache

from portal.accounts import team
from portal.accounts.enums import Role
from portal.accounts.models import Invitation, Membership
from portal.mail.models import OutgoingMail
from tests import makers
from tests.identities import make_member

pytestmark = pytest.mark.django_db
TEAM, INVITATIONS = "/espace-organisme/accounts/membership/", "/espace-organisme/accounts/invitation/"


@pytest.fixture(autouse=True)
def _no_throttle():
    cache.clear()


@pytest.fixture
def body():
    return makers.make_organisation(name="Atelier des Lauzes")


@pytest.fixture
def manager(body, client):
    member = make_member(body, Role.MANAGER, email="aude@lauzes.example")
    client.force_login(member)
    return member


def membership_of(user) -> Membership:
    return user.memberships.get()


def test_the_team_shows_present_members_of_one_s_own_and_nobody_else(client, body, manager):
    makers.make_user("ailleurs@autre.example", organisation=makers.make_organisation(), role=Role.MANAGER)
    makers.make_user("collegue@lauzes.example", organisation=body)
    gone = makers.make_user("parti@lauzes.example", organisation=body)
    team.leave(membership_of(gone), by=manager)
    html = client.get(TEAM).content.decode()
    assert "collegue@lauzes.example" in html
    assert "aude@lauzes.example" in html
    assert "parti@" not in html
    assert "ailleurs@" not in html
    assert client.get(f"{TEAM}{membership_of(gone).pk}/change/").status_code == 404


def test_a_manager_changes_a_role(client, body, manager):
    other = makers.make_user(organisation=body, role=Role.READER)
    answer = client.post(f"{TEAM}{membership_of(other).pk}/change/", {"role": "editor"})
    assert answer.status_code == 302
    assert membership_of(other).role == Role.EDITOR


@pytest.mark.parametrize("role", ["moderator", "importer", "", "x" * 10_000, "edi\x00tor"])
def test_an_odd_role_gets_a_sentence(client, body, manager, role):
    other = makers.make_user(organisation=body, role=Role.READER)
    answer = client.post(f"{TEAM}{membership_of(other).pk}/change/", {"role": role})
    assert answer.context["adminform"].form.errors["role"]
    assert membership_of(other).role == Role.READER


def test_the_last_manager_gets_a_sentence(client, body, manager):
    makers.make_user(organisation=body, role=Role.EDITOR)
    answer = client.post(f"{TEAM}{membership_of(manager).pk}/change/", {"role": "reader"})
    assert "dernier responsable" in answer.content.decode()
    assert "dernier responsable" in client.post(f"{TEAM}quitter/", follow=True).content.decode()
    ended = {"action": "end_membership", "_selected_action": [membership_of(manager).pk]}
    assert "dernier responsable" in client.post(TEAM, ended, follow=True).content.decode()
    assert membership_of(manager).role == Role.MANAGER
    assert membership_of(manager).left_at is None


def test_a_manager_ends_a_membership(client, body, manager):
    other = makers.make_user(organisation=body)
    client.post(TEAM, {"action": "end_membership", "_selected_action": [membership_of(other).pk]})
    assert not body.has_member(other)


@pytest.mark.parametrize("chosen", ["x", "1.5", "²", "9" * 400, "1\x00", "", "-", "\ufb01n"])
def test_an_odd_choice_of_rows_gets_a_sentence_or_nothing(client, body, manager, chosen):
    for path, action in ((TEAM, "end_membership"), (INVITATIONS, "withdraw"), (TEAM, "export_csv")):
        assert client.post(path, {"action": action, "_selected_action": [chosen]}).status_code in (200, 302)
    assert body.has_member(manager)


def test_one_leaves_and_the_space_is_closed(client, body, manager):
    makers.make_user(organisation=body, role=Role.MANAGER)
    client.post(f"{TEAM}quitter/")
    assert not body.has_member(manager)
    assert client.get(TEAM).status_code == 404


@pytest.mark.parametrize("role", [Role.EDITOR, Role.READER])
def test_members_read_and_leave_and_write_nothing(client, body, manager, role):
    team.invite(organisation=body, email="neuve@lauzes.example", role=Role.EDITOR, by=manager)
    member = make_member(body, role)
    client.force_login(member)
    assert "aude@lauzes.example" in client.get(TEAM).content.decode()
    assert "neuve@lauzes.example" in client.get(INVITATIONS).content.decode()
    assert client.post(f"{TEAM}{membership_of(manager).pk}/change/", {"role": "reader"}).status_code == 403
    assert client.post(f"{INVITATIONS}add/", {"email": "x@y.example", "role": "manager"}).status_code == 403
    client.post(TEAM, {"action": "end_membership", "_selected_action": [membership_of(manager).pk]})
    client.post(INVITATIONS, {"action": "withdraw", "_selected_action": [Invitation.objects.get().pk]})
    assert body.has_member(manager)
    assert Invitation.objects.open().exists()
    client.post(f"{TEAM}quitter/")
    assert not body.has_member(member)


class TestInvitations:
    def test_a_manager_invites_and_withdraws(self, client, body, manager):
        assert client.get(f"{INVITATIONS}add/").status_code == 200
        client.post(f"{INVITATIONS}add/", {"email": "Neuve@Lauzes.example", "role": "reader"})
        invitation = Invitation.objects.get()
        assert (invitation.email, invitation.role, invitation.organisation) == ("neuve@lauzes.example", "reader", body)
        assert OutgoingMail.objects.get().to == "neuve@lauzes.example"
        assert "en attente" in client.get(INVITATIONS).content.decode()
        page = client.get(f"{INVITATIONS}{invitation.pk}/change/").content.decode()
        assert invitation.token_hash not in page
        client.post(INVITATIONS, {"action": "withdraw", "_selected_action": [invitation.pk]})
        assert "retirée" in client.get(INVITATIONS).content.decode()

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("email", ""),
            ("email", "pas une adresse"),
            ("email", "a@b.example\r\nBcc: c@d.example"),
            ("email", f"{'x' * 10_000}@b.example"),
            ("email", "a\x00@b.example"),
            ("email", "aude@lauzes.example"),
            ("role", "moderator"),
            ("role", ""),
        ],
    )
    def test_odd_fields_get_a_sentence(self, client, body, manager, field, value):
        answer = client.post(f"{INVITATIONS}add/", {"email": "neuve@lauzes.example", "role": "editor", field: value})
        assert answer.status_code == 200
        assert answer.context["adminform"].form.errors[field]
        assert not Invitation.objects.exists()

    def test_those_of_another_body_do_not_exist(self, client, body, manager):
        other = makers.make_organisation(name="Ailleurs")
        chief = makers.make_user(organisation=other, role=Role.MANAGER)
        team.invite(organisation=other, email="secrete@autre.example", role=Role.EDITOR, by=chief)
        theirs = Invitation.objects.get()
        assert "secrete@" not in client.get(INVITATIONS).content.decode()
        for view in ("change", "history"):
            assert client.get(f"{INVITATIONS}{theirs.pk}/{view}/").status_code == 404
        client.post(INVITATIONS, {"action": "withdraw", "_selected_action": [theirs.pk]})
        assert Invitation.objects.open().exists()
