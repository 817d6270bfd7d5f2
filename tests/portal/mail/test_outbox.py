"""The mail that waits: nothing is lost, nothing goes twice, nothing of it stays once it left."""

import datetime
import smtplib
import threading

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import timezone

from portal.mail import tasks
from portal.mail.models import MOST_TRIES, OutgoingMail


def leave_mail(**fields) -> OutgoingMail:
    values = {
        "to": "organisme@essai.example",
        "reply_to": "marie@essai.example",
        "subject": "[Camins] Message de Marie",
        "body": "Bonjour",
        "kind": "contact",
    }
    return OutgoingMail.objects.create(**{**values, **fields})


def written_before(row: OutgoingMail, *, minutes: int) -> None:
    """Say that a letter was written so many minutes ago."""
    written = timezone.now() - datetime.timedelta(minutes=minutes)
    OutgoingMail.objects.filter(pk=row.pk).update(created_at=written)


@pytest.mark.django_db
class TestSending:
    def test_a_letter_leaves_and_its_text_is_erased(self):
        row = leave_mail()
        assert tasks.send_waiting_mail() == 1
        (sent,) = mail.outbox
        assert (sent.to, sent.reply_to, sent.body) == (["organisme@essai.example"], ["marie@essai.example"], "Bonjour")
        row.refresh_from_db()
        assert row.sent_at is not None
        assert (row.subject, row.body, row.reply_to, row.tries) == ("", "", "", 1)

    def test_it_leaves_once(self):
        leave_mail()
        assert [tasks.send_waiting_mail(), tasks.send_waiting_mail()] == [1, 0]
        assert len(mail.outbox) == 1

    def test_the_oldest_goes_first_and_a_round_has_an_end(self):
        for number in range(5):
            leave_mail(subject=f"lettre {number}")
        assert tasks.send_waiting_mail(limit=3) == 3
        assert [letter.subject for letter in mail.outbox] == ["lettre 0", "lettre 1", "lettre 2"]

    @pytest.mark.parametrize(
        "trouble",
        [smtplib.SMTPServerDisconnected("gone"), smtplib.SMTPRecipientsRefused({}), ConnectionRefusedError("no relay")],
        ids=lambda trouble: type(trouble).__name__,
    )
    def test_a_relay_in_trouble_loses_nothing(self, monkeypatch, trouble):
        row = leave_mail()

        def fail(self, messages):
            raise trouble

        with monkeypatch.context() as patched:
            patched.setattr(EmailBackend, "send_messages", fail)
            assert tasks.send_waiting_mail() == 0
        row.refresh_from_db()
        assert (row.sent_at, row.body, row.tries) == (None, "Bonjour", 1)
        written_before(row, minutes=2)
        assert tasks.send_waiting_mail() == 1

    def test_one_bad_letter_does_not_hold_the_others(self, monkeypatch):
        leave_mail(to="refuse@essai.example")
        leave_mail()
        send = EmailBackend.send_messages

        def refuse_one(self, messages):
            if messages[0].to == ["refuse@essai.example"]:
                raise smtplib.SMTPRecipientsRefused({})
            return send(self, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", refuse_one)
        assert tasks.send_waiting_mail() == 1
        assert OutgoingMail.objects.waiting().count() == 1

    def test_a_relay_may_be_away_for_a_weekend(self, monkeypatch):
        row = leave_mail()

        def fail(self, messages):
            raise ConnectionRefusedError

        minute = 0
        with monkeypatch.context() as patched:
            patched.setattr(EmailBackend, "send_messages", fail)
            while minute < 60 * 60:  # sixty hours
                written_before(row, minutes=minute)
                tasks.send_waiting_mail()
                minute += 5
        row.refresh_from_db()
        assert 5 <= row.tries < MOST_TRIES, "a try at each round, or none"
        written_before(row, minutes=4 * 24 * 60)
        assert tasks.send_waiting_mail() == 1

    def test_a_letter_that_failed_a_moment_ago_is_left_alone(self):
        leave_mail(tries=3)
        assert tasks.send_waiting_mail() == 0

    def test_a_letter_that_never_leaves_waits_for_an_agent(self):
        row = leave_mail(tries=MOST_TRIES)
        written_before(row, minutes=30 * 24 * 60)
        assert tasks.send_waiting_mail() == 0
        row.refresh_from_db()
        assert row.body == "Bonjour"

    @pytest.mark.parametrize("field", ["subject", "reply_to", "to"])
    def test_a_line_break_in_a_header_sends_no_second_header(self, field):
        value = {
            "subject": "Bonjour\r\nBcc: tous@essai.example",
            "reply_to": "a@b.fr\r\nBcc: tous@essai.example",
            "to": "a@b.fr\r\nBcc: tous@essai.example",
        }[field]
        leave_mail(**{field: value})
        tasks.send_waiting_mail()
        for letter in mail.outbox:
            assert letter.recipients() == ["organisme@essai.example"]
            assert "Bcc" not in letter.message()


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_letter_once():
    for _ in range(20):
        leave_mail()
    left: list[int] = []

    def work():
        try:
            left.append(tasks.send_waiting_mail())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    assert sum(left) == len(mail.outbox) == 20


@pytest.mark.django_db(transaction=True)
def test_a_letter_whose_page_failed_was_never_written():
    def page():
        with transaction.atomic():
            leave_mail()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        page()
    assert tasks.send_waiting_mail() == 0
