"""A need once it is shown: renewed, filled, reminded, forgotten; twice, late, or at the same moment."""

import datetime
import threading

import pytest
from django.db import connection

from jobs.employers import drafts, life, sending
from jobs.employers.life import LifeRefused
from jobs.enums import CompanyState, FilledHow
from jobs.models import Employer, EmployerNeed, NeedDraft
from portal.accounts.enums import Role
from portal.mail.models import OutgoingMail
from portal.moderation.actions import approve
from portal.moderation.models import Status
from tests import makers
from tests.identities import make_agent
from tests.jobs.employers.conftest import BEGIN, last_code

ROUNDS = 20


@pytest.fixture
def shown(sent) -> EmployerNeed:
    approve(sent, by=make_agent(Role.MODERATOR))
    sent.refresh_from_db()
    return sent


@pytest.fixture
def page(shown) -> str:
    return shown.owner_address()


def text(answer) -> str:
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def ends_in(need, days: int) -> None:
    EmployerNeed.objects.filter(pk=need.pk).update(expires_on=makers.in_days(days))
    need.refresh_from_db()


class TestThePage:
    def test_opening_the_mailed_address_changes_nothing(self, client, shown, page):
        before = EmployerNeed.objects.values().get()
        ends_in(shown, 3)
        before["expires_on"] = makers.in_days(3)
        for address in (page, f"{page}?verbe=prolonger", f"{page}?verbe=pourvu&how=without"):
            assert client.get(address).status_code == 200
            assert client.head(address).status_code == 200
        assert EmployerNeed.objects.values().get() == before

    def test_one_click_renews_for_sixty_days(self, client, shown, page):
        ends_in(shown, 3)
        assert "Toujours d’actualité" in text(client.get(page))
        client.post(page, {"verbe": "prolonger"})
        client.post(page, {"verbe": "prolonger"})
        shown.refresh_from_db()
        assert (shown.expires_on, shown.renewals) == (makers.in_days(60), 1)

    def test_an_expired_need_comes_back_then_is_written_anew(self, client, shown, page):
        ends_in(shown, -40)
        assert not EmployerNeed.objects.open_on(makers.DAY).exists()
        assert "Terminé" in text(client.get(page))
        client.post(page, {"verbe": "prolonger"})
        assert EmployerNeed.objects.open_on(makers.DAY).exists()
        ends_in(shown, -61)
        assert "écrivez-en un autre" in text(client.post(page, {"verbe": "prolonger"}, follow=True))
        assert not EmployerNeed.objects.open_on(makers.DAY).exists()

    def test_filled_by_somebody_a_course_trained(self, client, shown, page, profile):
        course = makers.make_course("Analyse", skills={makers.make_skill("Python"): 2}, offering={"where": "Albi"})
        client.post(page, {"verbe": "pourvu", "how": str(course.pk)})
        shown.refresh_from_db()
        assert (shown.filled_on, shown.filled_how, shown.filled_course) == (makers.DAY, FilledHow.COURSE, course)
        assert not EmployerNeed.objects.open_on(makers.DAY).exists()
        assert "Pourvu le 15 janvier 2027" in text(client.get(page))

    @pytest.mark.parametrize("how", ["", "999999", "x", "1e3", "course"])
    def test_an_answer_that_is_not_in_the_list_is_asked_again(self, client, shown, page, how):
        answer = client.post(page, {"verbe": "pourvu", "how": how})
        assert answer.status_code == 422
        assert "Choisissez dans la liste" in text(answer)
        assert not EmployerNeed.objects.exclude(filled_on=None).exists()

    def test_a_mistake_is_undone(self, client, shown, page):
        client.post(page, {"verbe": "pourvu", "how": "without"})
        client.post(page, {"verbe": "ouvert"})
        assert EmployerNeed.objects.open_on(makers.DAY).exists()

    def test_a_filled_need_is_not_renewed(self, client, shown, page):
        client.post(page, {"verbe": "pourvu", "how": "without"})
        assert "dites d’abord" in text(client.post(page, {"verbe": "prolonger"}, follow=True))

    def test_withdrawn_it_may_be_corrected_and_sent_again(self, client, shown, page):
        client.post(page, {"verbe": "retirer"})
        shown.refresh_from_db()
        assert shown.status == Status.WITHDRAWN
        address = client.post(page, {"verbe": "corriger"})["Location"]
        client.post(client.get(address)["Location"], {"envoyer": "1"})
        shown.refresh_from_db()
        assert shown.status == Status.SUBMITTED

    def test_what_is_shown_is_not_corrected_in_place(self, client, shown, page):
        assert "ne se corrige pas maintenant" in text(client.post(page, {"verbe": "corriger"}, follow=True))

    def test_no_other_verb(self, client, shown, page):
        assert client.post(page, {"verbe": "approve"}).status_code == 404
        assert client.post(page).status_code == 404

    def test_links_that_were_replaced_open_nothing(self, client, shown, page):
        EmployerNeed.objects.update(link_number=1)
        assert client.get(page).status_code == 410
        assert client.post(page, {"verbe": "prolonger"}).status_code == 410

    def test_a_token_that_was_touched_opens_nothing(self, client, shown, page):
        assert client.get(page[:-3] + "AB/").status_code == 410
        assert client.get(f"{BEGIN}suivi/{'x' * 2_000}/").status_code == 410


class TestTheNight:
    def test_two_reminders_then_silence(self, shown):
        for day in range(50, 63):
            life.follow(makers.in_days(day))
            life.follow(makers.in_days(day))
        letters = OutgoingMail.objects.filter(kind="need ending").order_by("pk")
        assert [letter.to for letter in letters] == ["aline@mesure.example"] * 2
        assert shown.owner_address() in letters[0].body

    def test_renewed_it_is_reminded_again_only_at_its_new_end(self, shown):
        life.follow(makers.in_days(51))
        life.renew(shown, day=makers.in_days(52))
        assert life.follow(makers.in_days(59))["reminded"] == 0
        assert life.follow(makers.in_days(105))["reminded"] == 1

    def test_filled_withdrawn_or_waiting_needs_are_left_in_peace(self, sent, shown):
        life.fill(shown, day=makers.DAY, how=FilledHow.WITHOUT)
        assert life.follow(makers.in_days(55))["reminded"] == 0

    def test_a_register_that_was_away_is_asked_again(self, shown):
        Employer.objects.update(register_state=CompanyState.UNCHECKED, register_checked_on=None)
        assert life.follow(makers.DAY)["checked"] == 1
        assert Employer.objects.get().register_state == CompanyState.OPEN
        assert life.follow(makers.DAY)["checked"] == 0

    def test_drafts_nobody_came_back_to_are_erased(self, writer):
        writer.begin()
        NeedDraft.objects.update(expires_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
        assert writer.get("quoi").status_code == 410
        assert life.follow(makers.DAY)["erased"] == 1

    def test_who_wrote_it_is_forgotten_a_year_after_its_end(self, shown):
        assert life.follow(makers.in_days(60 + 365))["forgotten"] == 0
        assert life.follow(makers.in_days(60 + 366))["forgotten"] == 1
        need = EmployerNeed.objects.get()
        assert (need.poster_name, need.poster_email) == ("", "")
        assert not NeedDraft.objects.filter(need=need).exists()

    def test_the_history_never_held_the_name(self, shown):
        assert not {"poster_name", "poster_email"} & {field.name for field in shown.events.model._meta.fields}


class TestOneCannotRenewWhatIsNotShown:
    @pytest.mark.parametrize("verb", ["withdraw", "quarantine"])
    def test_nor_fill_it(self, shown, verb):
        getattr(shown, verb)(by=make_agent(Role.MODERATOR), reason="Essai")
        with pytest.raises(LifeRefused):
            life.renew(shown, day=makers.DAY)
        with pytest.raises(LifeRefused):
            life.fill(shown, day=makers.DAY, how=FilledHow.WITHOUT)


@pytest.mark.django_db(transaction=True)
def test_races_end_in_one_of_two_orders(writer, record_count):
    """Renewed, filled, reminded and withdrawn at once: never both filled and renewed after, never two renewals."""
    writer.fill()
    writer.confirm()
    need = EmployerNeed.objects.get()
    approve(need, by=make_agent(Role.MODERATOR))
    refused = []

    def attempt(act):
        def run():
            try:
                act()
            except LifeRefused:
                refused.append(act)
            finally:
                connection.close()

        return threading.Thread(target=run)

    for turn in range(ROUNDS):
        EmployerNeed.objects.update(
            filled_on=None, filled_how="", renewals=0, reminded_on=None, expires_on=makers.in_days(2)
        )
        OutgoingMail.objects.filter(kind="need ending").delete()
        row = EmployerNeed.objects.get()
        acts = [
            lambda: life.renew(EmployerNeed.objects.get(), day=makers.DAY),
            lambda: life.renew(EmployerNeed.objects.get(), day=makers.DAY),
            lambda: life.fill(EmployerNeed.objects.get(), day=makers.DAY, how=FilledHow.WITHOUT),
            lambda: life.follow(makers.DAY),
            lambda: life.follow(makers.DAY),
        ]
        threads = [attempt(act) for act in (acts if turn % 2 else acts[::-1])]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        row.refresh_from_db()
        assert row.filled_on == makers.DAY
        assert row.renewals <= 1
        assert OutgoingMail.objects.filter(kind="need ending").count() <= 1
        assert (row.expires_on == makers.in_days(60)) == (row.renewals == 1)
    record_count("races of a need's life", ROUNDS)


@pytest.mark.django_db(transaction=True)
def test_a_double_submit_at_the_same_moment_is_one_need(writer):
    """Two threads send the same confirmed draft."""
    writer.fill()
    writer.post("envoi", {"renvoyer": "1"})
    assert drafts.enter_code(writer.draft, last_code().replace("-", ""))
    made = []

    def run():
        try:
            made.append(sending.send(NeedDraft.objects.get()).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [EmployerNeed.objects.get().pk] * 4
    assert OutgoingMail.objects.filter(kind="need posted").count() == 1
