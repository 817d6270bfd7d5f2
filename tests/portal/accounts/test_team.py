"""The team of an organisation: invitations, roles, departures; a manager always stays, and a leaver keeps nothing."""

import datetime
import re
import threading
from collections import Counter
from functools import partial

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from portal.accounts import actions, team
from portal.accounts.enums import OrganisationKind, Role
from portal.accounts.models import Invitation, Membership, User
from portal.accounts.team import TeamRefused
from portal.mail.models import OutgoingMail
from tests import makers
from tests.identities import PASSWORD, verified, with_second_factor

ROUNDS = 200
ACCOUNT = {"name": "Nine Baptiste", "password": "une phrase dont je me souviens"}


@pytest.fixture(autouse=True)
def _no_throttle():
    cache.clear()


@pytest.fixture
def body(db):
    return makers.make_organisation(name="Atelier des Lauzes")


@pytest.fixture
def manager(body):
    return verified(makers.make_user(organisation=body, role=Role.MANAGER, name="Aude Calmette"))


def token_of(mail: OutgoingMail) -> str:
    return re.search(r"/compte/invitation/([\w-]+)/", mail.body)[1]


def invite(body, manager, email="neuve@essai.example", role=Role.EDITOR) -> str:
    """Invite through the verb; the token that the mail holds."""
    team.invite(organisation=body, email=email, role=role, by=manager)
    return token_of(OutgoingMail.objects.filter(to=email.lower()).latest("pk"))


def page_of(token: str) -> str:
    return f"/compte/invitation/{token}/"


def role_of(user: User, body) -> str | None:
    return body.memberships.present().filter(user=user).values_list("role", flat=True).first()


class TestInvitation:
    def test_the_mail_says_who_and_what_for_and_the_base_keeps_a_hash(self, body, manager, settings):
        settings.CAMINS_SITE_URL = "https://camins.example"
        token = invite(body, manager, "Neuve@Essai.example")
        mail = OutgoingMail.objects.get()
        assert (mail.to, mail.kind) == ("neuve@essai.example", "invitation")
        assert f"https://camins.example{page_of(token)}" in mail.body
        for said in ("Aude Calmette", "Atelier des Lauzes", "rédacteur"):
            assert said in mail.body
        assert token not in str(Invitation.objects.values().get())

    def test_without_an_account_one_is_opened_verified(self, client, body, manager):
        address = page_of(invite(body, manager))
        assert "Aude Calmette vous invite" in client.get(address).content.decode()
        assert not User.objects.filter(email="neuve@essai.example").exists()
        answer = client.post(address, ACCOUNT)
        assert answer["Location"] == "/compte/login/"
        user = User.objects.get(email="neuve@essai.example")
        assert (role_of(user, body), user.name, user.check_password(ACCOUNT["password"])) == (
            Role.EDITOR,
            "Nine Baptiste",
            True,
        )
        assert user.emailaddress_set.get().verified
        assert client.post("/compte/login/", {"login": user.email, "password": ACCOUNT["password"]}).status_code == 302
        assert client.get("/espace-organisme/")["Location"] == "/compte/2fa/"

    def test_with_an_account_one_signs_in_then_accepts(self, client, body, manager):
        user = verified(makers.make_user("neuve@essai.example"))
        address = page_of(invite(body, manager))
        assert f"?next={address}" in client.get(address).content.decode()
        client.post(address, ACCOUNT)
        assert role_of(user, body) is None
        client.post(f"/compte/login/?next={address}", {"login": user.email, "password": PASSWORD})
        assert client.post(address)["Location"] == "/espace-organisme/"
        assert role_of(user, body) == Role.EDITOR

    def test_reading_the_page_accepts_nothing(self, client, body, manager):
        user = makers.make_user("neuve@essai.example")
        client.force_login(user)
        assert "Accepter" in client.get(page_of(invite(body, manager))).content.decode()
        assert role_of(user, body) is None

    def test_under_another_address_a_sentence(self, client, body, manager):
        other = makers.make_user()
        client.force_login(other)
        address = page_of(invite(body, manager))
        for answer in (client.get(address), client.post(address, ACCOUNT)):
            assert "cette invitation est pour neuve@essai.example" in answer.content.decode()
        assert role_of(other, body) is None
        assert not Invitation.objects.filter(accepted_at__isnull=False).exists()

    def test_a_second_use_is_gone(self, client, body, manager):
        address = page_of(invite(body, manager))
        client.post(address, ACCOUNT)
        answer = client.post(address, {**ACCOUNT, "name": "Autre"})
        assert answer.status_code == 410
        assert "déjà été acceptée" in answer.content.decode()
        assert User.objects.count() == 2

    def test_after_fourteen_days_it_is_over(self, client, body, manager):
        address = page_of(invite(body, manager))
        past = timezone.now() - datetime.timedelta(days=14, minutes=1)
        Invitation.objects.update(invited_at=past, expires_at=past + team.LASTS)
        answer = client.post(address, ACCOUNT)
        assert answer.status_code == 410
        assert "quatorze jours" in answer.content.decode()
        assert not User.objects.filter(email="neuve@essai.example").exists()

    def test_a_withdrawn_one_and_one_of_a_leaver_are_over(self, client, body, manager):
        first = page_of(invite(body, manager))
        team.withdraw_invitation(Invitation.objects.get(), by=manager)
        second = page_of(invite(body, manager))
        makers.make_user(organisation=body, role=Role.MANAGER)
        team.leave(manager.memberships.get(), by=manager)
        for address in (first, second):
            answer = client.post(address, ACCOUNT)
            assert answer.status_code == 410
            assert "retirée" in answer.content.decode()

    def test_a_newer_one_replaces_the_open_one(self, client, body, manager):
        first, second = invite(body, manager), invite(body, manager, role=Role.READER)
        assert client.get(page_of(first)).status_code == 410
        client.post(page_of(second), ACCOUNT)
        assert role_of(User.objects.get(email="neuve@essai.example"), body) == Role.READER

    def test_an_unknown_token_is_a_404(self, client, db):
        assert client.get(page_of("aucun")).status_code == 404

    def test_an_invitation_never_lowers_a_member(self, body, manager):
        token = invite(body, manager)
        user = makers.make_user("neuve@essai.example", organisation=body, role=Role.MANAGER)
        team.accept_invitation(team.find(token), user=user)
        assert role_of(user, body) == Role.MANAGER

    def test_four_mails_a_day_to_one_address_are_one_too_many(self, body, manager):
        for _ in range(3):
            invite(body, manager)
        with pytest.raises(TeamRefused, match="demain"):
            invite(body, manager)
        assert OutgoingMail.objects.count() == 3

    @pytest.mark.parametrize("role", [Role.MODERATOR, Role.IMPORTER, "superuser", ""])
    def test_a_role_of_the_region_is_never_given(self, body, manager, role):
        with pytest.raises(TeamRefused):
            invite(body, manager, role=role)

    def test_nobody_is_invited_into_the_region(self, db):
        region = makers.make_organisation(kinds=[OrganisationKind.REGION])
        head = makers.make_user(organisation=region, role=Role.MANAGER)
        with pytest.raises(TeamRefused):
            invite(region, head, role=Role.MANAGER)

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.READER])
    def test_only_managers_invite_withdraw_and_change(self, body, manager, role):
        member = makers.make_user(organisation=body, role=role)
        stranger = makers.make_user(organisation=makers.make_organisation(), role=Role.MANAGER)
        invite(body, manager)
        for person in (member, stranger):
            with pytest.raises(TeamRefused):
                invite(body, person, "autre@essai.example")
            with pytest.raises(TeamRefused):
                team.withdraw_invitation(Invitation.objects.get(), by=person)
            with pytest.raises(TeamRefused):
                team.change_role(manager.memberships.get(), role=Role.READER, by=person)
            with pytest.raises(TeamRefused):
                team.leave(manager.memberships.get(), by=person)

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("name", "", "Écrivez votre prénom"),
            ("name", "x" * 151, "150"),
            ("name", "a\x00b", "caractères"),
            ("password", "", "Choisissez un mot de passe"),
            ("password", "court", "14"),
            ("password", "x" * 129, "128"),
            ("password", "neuve@essai.example", "semblable"),
        ],
    )
    def test_odd_fields_get_a_sentence(self, client, body, manager, field, value, said):
        answer = client.post(page_of(invite(body, manager)), {**ACCOUNT, field: value})
        assert answer.status_code == 422
        assert said in answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert not User.objects.filter(email="neuve@essai.example").exists()

    def test_the_database_refuses_what_the_verbs_refuse(self, body, manager):
        invite(body, manager)
        now = timezone.now()
        long_ago = {"expires_at": now - datetime.timedelta(days=1)}
        for wrong in ({"role": "moderator"}, {"accepted_at": now, "withdrawn_at": now}, long_ago):
            with pytest.raises(IntegrityError), transaction.atomic():
                Invitation.objects.update(**wrong)


class TestLastManager:
    def test_cannot_leave_nor_step_down(self, body, manager):
        makers.make_user(organisation=body, role=Role.EDITOR)
        membership = manager.memberships.get()
        with pytest.raises(TeamRefused, match="dernier responsable"):
            team.leave(membership, by=manager)
        with pytest.raises(TeamRefused, match="dernier responsable"):
            team.change_role(membership, role=Role.READER, by=manager)
        assert role_of(manager, body) == Role.MANAGER

    def test_leaves_once_another_is_there(self, body, manager):
        other = makers.make_user(organisation=body, role=Role.EDITOR)
        team.change_role(other.memberships.get(), role=Role.MANAGER, by=manager)
        team.leave(manager.memberships.get(), by=manager)
        assert (role_of(manager, body), role_of(other, body)) == (None, Role.MANAGER)

    def test_an_account_that_is_closed_counts_for_nobody(self, body, manager):
        makers.make_user(organisation=body, role=Role.MANAGER, is_active=False)
        with pytest.raises(TeamRefused):
            team.leave(manager.memberships.get(), by=manager)


def at_once(*acts) -> list[BaseException | None]:
    """Run each act in a thread with its own connection, started together; what each raised, in order."""
    barrier = threading.Barrier(len(acts))
    raised: list[BaseException | None] = [None] * len(acts)

    def run(place: int, act) -> None:
        try:
            barrier.wait(timeout=10)
            act()
        except TeamRefused as refused:
            raised[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return raised


@pytest.mark.django_db(transaction=True)
def test_accepting_against_the_departure_of_who_invited(share_of, record_count):
    outcomes: Counter[bool] = Counter()
    for _ in range(share_of(ROUNDS)):
        body = makers.make_organisation()
        manager, _other = (makers.make_user(organisation=body, role=Role.MANAGER) for _ in range(2))
        guest = makers.make_user()
        found = team.find(invite(body, manager, guest.email))
        leaving = manager.memberships.get()
        raised = at_once(partial(team.accept_invitation, found, user=guest), partial(team.leave, leaving, by=manager))
        found.refresh_from_db()
        leaving.refresh_from_db()
        assert raised[1] is None
        assert leaving.left_at is not None
        # accepted before the departure, or withdrawn by it: never both, never neither
        assert bool(found.accepted_at) != bool(found.withdrawn_at)
        assert (role_of(guest, body) == Role.EDITOR) == bool(found.accepted_at) == (raised[0] is None)
        outcomes[bool(found.accepted_at)] += 1
        record_count("races of the team", 1)


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_leave_at_once_leave_one(share_of, record_count):
    for _ in range(share_of(ROUNDS)):
        body = makers.make_organisation()
        people = [makers.make_user(organisation=body, role=Role.MANAGER) for _ in range(2)]
        raised = at_once(*(partial(team.leave, person.memberships.get(), by=person) for person in people))
        assert Counter(type(each).__name__ for each in raised) == {"NoneType": 1, "TeamRefused": 1}
        assert body.memberships.present().filter(role=Role.MANAGER).count() == 1
        record_count("races of the team", 1)


@pytest.mark.django_db(transaction=True)
def test_one_invitation_accepted_twice_at_once_makes_one_member(share_of, record_count):
    for _ in range(share_of(ROUNDS)):
        body = makers.make_organisation()
        manager = makers.make_user(organisation=body, role=Role.MANAGER)
        email = f"neuve-{body.pk}@essai.example"
        found = team.find(invite(body, manager, email))
        raised = at_once(*[partial(team.accept_with_account, found, **ACCOUNT)] * 2)
        assert sum(each is None for each in raised) == 1
        assert User.objects.filter(email=email).count() == 1
        assert Membership.objects.filter(organisation=body).count() == 2
        record_count("races of the team", 1)


def test_leaving_takes_the_rights_of_the_very_next_request(client, body, manager):
    makers.make_user(organisation=body, role=Role.MANAGER)
    client.force_login(with_second_factor(manager))
    assert client.get("/espace-organisme/").status_code == 200
    actions.leave(manager.memberships.get())
    assert client.get("/espace-organisme/").status_code == 404
