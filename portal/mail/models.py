"""The mail that waits: a screen leaves a row in its transaction, a task sends it; nothing is lost meanwhile."""

import datetime
import functools
import operator

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# after n failures the next try comes 2 ** n minutes after the letter was written: the last one, after nearly three days
MOST_TRIES = 13


class OutgoingMailQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(sent_at__isnull=True, tries__lt=MOST_TRIES)

    def due_at(self, now: datetime.datetime):
        """Those whose turn has come: at once, then less and less often, so that a relay may be away for a night."""
        turns = [
            models.Q(tries=tries, created_at__lte=now - datetime.timedelta(minutes=2**tries))
            for tries in range(1, MOST_TRIES)
        ]
        return self.waiting().filter(functools.reduce(operator.or_, turns, models.Q(tries=0)))


class OutgoingMail(models.Model):
    to = models.EmailField(_("destinataire"))
    reply_to = models.EmailField(_("répondre à"), blank=True)
    subject = models.CharField(_("objet"), max_length=200)
    # all emptied once sent, for the subject names the sender: the portal keeps a count, not the message
    body = models.TextField(_("texte"), blank=True)
    kind = models.CharField(_("nature"), max_length=40)
    created_at = models.DateTimeField(_("écrit le"), default=timezone.now)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("essais"), default=0)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("courriel")
        indexes = [models.Index(fields=["created_at"], condition=models.Q(sent_at__isnull=True), name="mail_waiting")]

    def __str__(self):
        return f"{self.kind} {self.created_at:%Y-%m-%d %H:%M}"
