from smtplib import SMTPException

from celery import shared_task
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.mail.models import OutgoingMail


@shared_task
def send_waiting_mail(limit: int = 100) -> int:
    """Send what waits, oldest first; return how many left. Two workers never take the same row."""
    sent = 0
    for pk in OutgoingMail.objects.due_at(timezone.now()).order_by("created_at").values_list("pk", flat=True)[:limit]:
        sent += _send(pk)
    return sent


@transaction.atomic
def _send(pk: int) -> int:
    mail = OutgoingMail.objects.due_at(timezone.now()).select_for_update(skip_locked=True).filter(pk=pk).first()
    if mail is None:
        return 0  # sent, or being sent, by another worker
    message = EmailMessage(
        subject=mail.subject, body=mail.body, to=[mail.to], reply_to=[mail.reply_to] if mail.reply_to else None
    )
    try:
        message.send()
    except (SMTPException, OSError, ValueError):  # ValueError: a header that no letter may have
        OutgoingMail.objects.filter(pk=pk).update(tries=F("tries") + 1)
        return 0
    OutgoingMail.objects.filter(pk=pk).update(
        sent_at=timezone.now(), subject="", body="", reply_to="", tries=F("tries") + 1
    )
    return 1
