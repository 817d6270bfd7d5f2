"""A need on its way: what somebody wrote so far, behind a secret; and a member's wish to take one up."""

import datetime

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.models.need import EmployerNeed
from jobs.models.seeker import secret_hash
from portal.accounts.models import Organisation

KEPT_DAYS = 30
MOST_TRIES = 5


class NeedDraftQuerySet(models.QuerySet):
    def behind(self, secret: str, now: datetime.datetime):
        return self.filter(secret_sha256=secret_hash(secret), expires_at__gt=now)

    def over_at(self, now: datetime.datetime):
        return self.filter(expires_at__lte=now)


class Coded(models.Model):
    """A code sent by mail: only its hash is kept, five tries, a time."""

    code_hash = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(_("essais"), default=0)

    class Meta:
        abstract = True

    def is_locked_at(self, now: datetime.datetime) -> bool:
        """Whether its code is worth nothing any more: none left, too many tries, too late."""
        return not self.code_hash or self.tries >= MOST_TRIES or (self.code_expires_at or now) <= now


class NeedDraft(Coded):
    """The four pages as somebody fills them; the base holds the hash of the address that opens it."""

    secret_sha256 = models.CharField(max_length=64, unique=True)
    # page → cleaned values, as JSON; see jobs/employers/answers.py
    answers = models.JSONField(_("réponses"), default=dict)
    # written from the employer's own space: no code is asked
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name=_("personne")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, related_name="+", verbose_name=_("organisation")
    )
    # the address that answered by its code
    confirmed_email = models.EmailField(_("courriel confirmé"), blank=True)
    # what it became; it opens again when corrections are asked for
    need = models.OneToOneField(EmployerNeed, models.CASCADE, null=True, related_name="draft", verbose_name=_("besoin"))
    begun_at = models.DateTimeField(_("commencé le"), default=timezone.now)
    expires_at = models.DateTimeField(_("effacé après le"))

    objects = NeedDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at"]
        verbose_name = _("brouillon de besoin")
        verbose_name_plural = _("brouillons de besoins")

    def __str__(self):
        return f"{timezone.localtime(self.begun_at):%d/%m/%Y}"


class NeedAttachmentQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(decided_at__isnull=True)


@pghistory.track(exclude=["code_hash"])
class NeedAttachment(Coded):
    """A member asks that a need written without an account be their organisation's."""

    need = models.ForeignKey(EmployerNeed, models.CASCADE, related_name="attachments", verbose_name=_("besoin"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("demandé par")
    )
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    decided_at = models.DateTimeField(_("décidé le"), null=True)
    # NULL: by the code
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("décidé par")
    )
    is_accepted = models.BooleanField(_("accepté"), default=False)

    objects = NeedAttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("rattachement de besoin")
        verbose_name_plural = _("rattachements de besoins")
        constraints = [
            models.UniqueConstraint(
                fields=["need"], condition=Q(decided_at__isnull=True), name="one_waiting_attachment"
            ),
        ]

    def __str__(self):
        return f"{self.need}"
