"""Keys with which the software of a body sends its files."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.imports import ImportSource

HASH = "^[0-9a-f]{64}$"


class FeedTokenQuerySet(models.QuerySet):
    def alive(self):
        return self.filter(revoked_at=None)


@pghistory.track(exclude=["last_used_on"])
class FeedToken(models.Model):
    """One key for one source. Its text is shown once; its SHA-256 alone is kept."""

    source = models.ForeignKey(ImportSource, models.PROTECT, related_name="tokens", verbose_name=_("source"))
    label = models.CharField(_("nom"), max_length=80, help_text=_("Le logiciel qui s'en sert, par exemple."))
    token_hash = models.CharField(_("empreinte"), max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("créée le"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("créée par")
    )
    last_used_on = models.DateField(_("dernier usage"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("révoquée le"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("révoquée par"),
    )

    objects = FeedTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("clé d'envoi")
        verbose_name_plural = _("clés d'envoi")
        constraints = [
            models.CheckConstraint(condition=Q(token_hash__regex=HASH), name="feed_token_hash"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="feed_token_revoked_by",
            ),
        ]

    def __str__(self):
        return self.label
