"""An edit of a published row waits beside it."""

import pghistory
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.moderation.models.traces import Subject, SubjectQuerySet


class ProposalState(models.TextChoices):
    # a file wrote it for the owners of the row: no agent sees it before they send it
    PREPARED = "prepared", _("préparée par un fichier")
    WAITING = "waiting", _("en attente")
    ACCEPTED = "accepted", _("acceptée")
    REFUSED = "refused", _("refusée")
    OUTDATED = "outdated", _("dépassée")


class ProposalQuerySet(SubjectQuerySet):
    def waiting(self):
        return self.filter(state=ProposalState.WAITING)

    def prepared(self):
        return self.filter(state=ProposalState.PREPARED)


@pghistory.track()
class Proposal(Subject):
    """A member's edit of a published row: the changed fields, and the version they were written against."""

    changes = models.JSONField(_("champs changés"), encoder=DjangoJSONEncoder)
    base_version = models.PositiveIntegerField(_("version de départ"))
    state = models.CharField(_("état"), max_length=10, choices=ProposalState, default=ProposalState.WAITING)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposée par")
    )
    proposed_at = models.DateTimeField(_("proposée le"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("décidée par")
    )
    decided_at = models.DateTimeField(_("décidée le"), null=True, blank=True)
    reason = models.TextField(_("motif"), blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at"]
        verbose_name = _("modification proposée")
        verbose_name_plural = _("modifications proposées")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "prepared"], decided_at__isnull=True)
                | (~models.Q(state__in=["waiting", "prepared"]) & models.Q(decided_at__isnull=False)),
                name="proposal_decided_has_a_date",
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                condition=models.Q(state="waiting"),
                name="one_waiting_proposal",
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                condition=models.Q(state="prepared"),
                name="one_prepared_proposal",
            ),
        ]

    def __str__(self):
        return f"{self.get_state_display()} ({self.proposed_at:%d/%m/%Y})"
