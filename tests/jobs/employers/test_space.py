"""/espace-employeur/: members in front of their own needs, with a second factor, and of nobody else's."""

import re

import pytest

from jobs.employers import attaching, life
from jobs.employers.attaching import AttachRefused
from jobs.models import Employer, EmployerNeed, NeedAttachment, NeedDraft
from portal.accounts.actions import leave
from portal.accounts.adapter import AccountAdapter
from portal.accounts.enums import OrganisationKind, Role
from portal.accounts.models import Organisation
from portal.mail.models import OutgoingMail
from portal.moderation.actions import approve
from portal.moderation.models import Status
from tests import makers
from tests.identities import make_agent, make_member, verified
from tests.jobs.employers.conftest import COMMITMENT, HOW, WHO, Writer, last_code

SPACE = "/espace-employeur/"


@pytest.fixture
def organisation(db) -> Organisation:
    return Organisation.objects.create(siret=WHO["siret"], name="Ateliers Tarnais", kinds=[OrganisationKind.EMPLOYER])


@pytest.fixture
def manager(organisation):
    return make_member(organisation)


@pytest.fixture
def other(db):
    return make_member(makers.make_organisation(kinds=[OrganisationKind.EMPLOYER]))


@pytest.fixture
def own(client, manager, profile) -> EmployerNeed:
    """A need that a member wrote in the space."""
    client.force_login(manager)
    secret = re.search(r"besoins/(\w+)/", client.post(f"{SPACE}ecrire/")["Location"])[1]
    writer = Writer(client)
    writer.secret = secret
    writer.what()
    writer.post("comment", HOW)
    writer.post("engagement", COMMITMENT)
    writer.post("envoi", {"envoyer": "1"})
    return EmployerNeed.objects.get()


@pytest.fixture
def alone(organisation, sent, client) -> EmployerNeed:
    """A need that somebody wrote with the SIRET of the organisation, without an account."""
    client.logout()
    return sent


def text(answer) -> str:
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


class TestTheDoor:
    def test_a_second_factor_is_asked(self, client, organisation):
        client.force_login(verified(makers.make_user(organisation=organisation, role=Role.MANAGER)))
        assert client.get(SPACE)["Location"] == "/compte/2fa/"

    def test_bodies_agents_and_visitors_stay_outside(self, client, db):
        assert "/compte/login/" in client.get(SPACE)["Location"]
        for person in (make_member(makers.make_organisation()), make_agent(Role.MANAGER)):
            client.force_login(person)
            assert client.get(SPACE).status_code == 404

    def test_a_member_of_both_sorts_has_both_spaces(self, client, manager):
        makers.join(user=manager, organisation=makers.make_organisation(name="Organisme"), role=Role.READER)
        client.force_login(manager)
        assert "Ateliers Tarnais" in text(client.get(SPACE))
        assert "Organisme" in text(client.get("/espace-organisme/"))

    def test_signing_in_leads_to_it(self, rf, manager):
        request = rf.get("/")
        request.user, request.session = manager, {}
        assert AccountAdapter().get_login_redirect_url(request) == SPACE


class TestWriting:
    def test_a_member_writes_without_a_code(self, own, manager):
        assert (own.is_attached, own.status, own.poster_email) == (True, Status.SUBMITTED, manager.email)
        assert own.employer.organisation.siret == WHO["siret"]
        assert not OutgoingMail.objects.filter(kind="need code").exists()

    def test_readers_write_nothing(self, client, organisation):
        client.force_login(make_member(organisation, Role.READER))
        assert client.post(f"{SPACE}ecrire/").status_code == 404
        assert client.get(f"{SPACE}ecrire/").status_code == 404
        assert not NeedDraft.objects.exists()

    def test_the_address_of_a_draft_opens_to_members_only(self, client, manager, other, profile):
        client.force_login(manager)
        address = client.post(f"{SPACE}ecrire/")["Location"]
        client.logout()
        assert "/compte/login/" in client.get(address)["Location"]
        client.force_login(other)
        assert client.get(address).status_code == 404

    def test_who_left_sends_nothing(self, client, own, manager, organisation):
        makers.make_user(organisation=organisation, role=Role.MANAGER)
        own.ask_changes(by=make_agent(Role.MODERATOR), reason="Dites le niveau.")
        address = client.post(f"{SPACE}besoin/{own.pk}/", {"verbe": "corriger"})["Location"]
        leave(manager.memberships.present().get())
        assert client.get(address).status_code in (302, 404)
        assert EmployerNeed.objects.get().status == Status.CHANGES_ASKED

    def test_a_member_says_whether_the_employer_is_named(self, client, own):
        assert Employer.objects.get().may_be_named is True


class TestOneNeed:
    def test_it_is_followed_in_the_space_and_nowhere_else(self, client, own, other):
        page = f"{SPACE}besoin/{own.pk}/"
        assert own.owner_address() == page
        assert own.title in text(client.get(page))
        client.force_login(other)
        assert client.get(page).status_code == 404
        assert client.post(page, {"verbe": "retirer"}).status_code == 404
        assert own.title not in text(client.get(f"{SPACE}jobs/employerneed/"))
        assert client.get(f"{SPACE}jobs/employerneed/{own.pk}/change/").status_code == 404
        assert client.get(f"{SPACE}jobs/employerneed/{own.pk}/history/").status_code == 404

    def test_a_reader_reads_and_does_nothing(self, client, own, organisation):
        client.force_login(make_member(organisation, Role.READER))
        page = client.get(f"{SPACE}besoin/{own.pk}/")
        assert "Retirer ce besoin" not in text(page)
        assert client.post(page.wsgi_request.path, {"verbe": "retirer"}).status_code == 404

    def test_the_list_renews_those_that_may_be(self, client, own):
        approve(own, by=make_agent(Role.MODERATOR))
        EmployerNeed.objects.update(expires_on=makers.in_days(2))
        listed = f"{SPACE}jobs/employerneed/"
        assert "Montré au public" in text(client.get(listed))
        client.post(listed, {"action": "renew", "_selected_action": [own.pk]})
        assert EmployerNeed.objects.get().expires_on == makers.in_days(60)

    def test_reminders_go_to_the_members(self, own, manager):
        approve(own, by=make_agent(Role.MODERATOR))
        life.follow(makers.in_days(55))
        letter = OutgoingMail.objects.get(kind="need ending")
        assert (letter.to, f"{SPACE}besoin/{own.pk}/" in letter.body) == (manager.email, True)

    def test_the_history_names_own_people_only(self, client, own, manager):
        page = text(client.get(f"{SPACE}jobs/employerneed/{own.pk}/history/"))
        assert "création" in page
        assert manager.get_full_name() in page

    def test_one_that_was_not_written_on_the_pages_is_corrected_there(self, client, own, manager):
        NeedDraft.objects.all().delete()
        EmployerNeed.objects.update(poster_email="", poster_name="")
        own.ask_changes(by=make_agent(Role.MODERATOR), reason="Dites le niveau.")
        skills = set(own.skill_links.values_list("skill__code", "importance", "level"))
        address = client.post(f"{SPACE}besoin/{own.pk}/", {"verbe": "corriger"})["Location"]
        sending = client.get(address)["Location"]
        assert sending.endswith("/envoi/")
        client.post(sending, {"envoyer": "1"})
        need = EmployerNeed.objects.get()
        assert (need.pk, need.status, need.salary_min_euros) == (own.pk, Status.SUBMITTED, 32_000)
        assert set(need.skill_links.values_list("skill__code", "importance", "level")) == skills


class TestTakingUp:
    def test_a_stranger_s_need_is_listed_apart(self, client, alone, manager):
        client.force_login(manager)
        assert alone.title not in re.sub(r"<form.*?</form>", "", text(client.get(f"{SPACE}jobs/employerneed/")))
        assert alone.title in text(client.get(f"{SPACE}a-rattacher/"))
        assert client.get(f"{SPACE}besoin/{alone.pk}/").status_code == 404

    def test_the_code_goes_to_who_wrote_it_and_attaches(self, client, alone, manager):
        former = alone.owner_address()
        client.force_login(manager)
        client.post(f"{SPACE}a-rattacher/{alone.pk}/")
        letter = OutgoingMail.objects.get(kind="need attachment")
        assert letter.to == WHO["email"]
        client.post(f"{SPACE}a-rattacher/{alone.pk}/", {"code": last_code("need attachment")})
        alone.refresh_from_db()
        assert alone.is_attached
        assert client.get(f"{SPACE}besoin/{alone.pk}/").status_code == 200
        client.logout()
        assert client.get(former).status_code == 410

    def test_a_wrong_code_does_nothing_and_five_close_it(self, alone, manager):
        attaching.ask(alone, by=manager)
        for _try in range(5):
            assert attaching.enter_code(alone, "AAAAAAAA", by=manager) is False
        with pytest.raises(AttachRefused, match="ne vaut plus"):
            attaching.enter_code(alone, last_code("need attachment").replace("-", ""), by=manager)

    def test_three_codes_a_day(self, alone, manager):
        for _turn in range(5):
            attaching.ask(alone, by=manager)
        assert OutgoingMail.objects.filter(kind="need attachment").count() == 3
        assert NeedAttachment.objects.count() == 1

    def test_readers_and_others_ask_for_nothing(self, client, alone, organisation, other):
        for person in (make_member(organisation, Role.READER), other):
            client.force_login(person)
            assert client.post(f"{SPACE}a-rattacher/{alone.pk}/").status_code == 404
            with pytest.raises(AttachRefused):
                attaching.ask(alone, by=person)

    def test_an_agent_decides_once(self, alone, manager):
        asked = attaching.ask(alone, by=manager)
        attaching.decide(asked, by=make_agent(Role.MODERATOR), is_accepted=True)
        alone.refresh_from_db()
        assert (alone.is_attached, alone.link_number) == (True, 1)
        with pytest.raises(AttachRefused, match="n'attend plus"):
            attaching.decide(asked, by=make_agent(Role.MODERATOR), is_accepted=False)

    def test_an_agent_refuses_and_it_can_be_asked_again(self, alone, manager):
        attaching.decide(attaching.ask(alone, by=manager), by=make_agent(Role.MODERATOR), is_accepted=False)
        alone.refresh_from_db()
        assert not alone.is_attached
        attaching.ask(alone, by=manager)
        assert NeedAttachment.objects.waiting().count() == 1

    def test_a_member_does_not_decide_for_their_own(self, alone, manager):
        asked = attaching.ask(alone, by=manager)
        with pytest.raises(AttachRefused, match="une autre personne"):
            attaching.decide(asked, by=manager, is_accepted=True)

    def test_agents_see_it_and_decide_on_its_page(self, client, alone, manager):
        asked = attaching.ask(alone, by=manager)
        client.force_login(make_agent(Role.MODERATOR))
        assert "Besoins à rattacher" in text(client.get("/gestion/"))
        page = f"/gestion/jobs/needattachment/{asked.pk}/"
        assert alone.title in text(client.get(f"{page}change/"))
        client.post(f"{page}decider/", {"decision": "accept"})
        alone.refresh_from_db()
        assert alone.is_attached
        assert client.post(f"{page}decider/", {"decision": "x"}).status_code == 404
