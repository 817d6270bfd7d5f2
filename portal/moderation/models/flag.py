"""A flag asks a person to look at a row; it decides nothing."""

import pghistory
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.moderation.models.traces import Subject, SubjectQuerySet


class FlagKind(models.TextChoices):
    NEAR_DUPLICATE = "near_duplicate", _("texte repris d'une autre fiche")
    PHONE_IN_TITLE = "phone_in_title", _("téléphone ou courriel dans l'intitulé")
    FUNDING_CLAIM = "funding_claim", _("promesse de financement")
    REPORTED = "reported", _("signalée par le public")
    LINK = "link", _("lien mort")
    EXPIRED_CERTIFICATION = "expired_certif", _("certification expirée")
    STRUCK_OFF = "struck_off", _("organisme radié")
    FREE_MAIL = "free_mail", _("adresse de messagerie grand public")
    COMPANY = "company", _("SIRET fermé, inconnu ou à vérifier")


class FlagQuerySet(SubjectQuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)

    def of_kind(self, model, kind):
        """Those of one kind about rows of one model."""
        return self.filter(subject_type=ContentType.objects.get_for_model(model), kind=kind)


@pghistory.track()
class Flag(Subject):
    kind = models.CharField(_("nature du signalement"), max_length=20, choices=FlagKind)
    # never who reported, nor how to reach them
    detail = models.CharField(_("ce qui a été relevé"), max_length=400, blank=True)
    times = models.PositiveIntegerField(_("fois"), default=1)
    opened_at = models.DateTimeField(_("ouvert le"), default=timezone.now)
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)
    # NULL: closed by itself, for the text no longer says it
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("clos par")
    )
    said = models.TextField(_("réponse"), max_length=2000, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "pk"]
        verbose_name = _("signalement")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind"],
                condition=Q(closed_at__isnull=True),
                name="one_open_flag_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, said="")
                | (Q(closed_at__isnull=False) & ~Q(said="")),
                name="closed_flag_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.opened_at:%d/%m/%Y})"
