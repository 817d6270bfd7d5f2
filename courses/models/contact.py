"""Whom to ask for what in a body or a CFA. Only a name, a role and a telephone are ever shown."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enums import ContactRole
from courses.models.provider import ApprenticeshipCentre
from portal.accounts.models import Organisation


class ContactQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(is_shown=True)


@pghistory.track()
class Contact(models.Model):
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="contacts", verbose_name=_("organisation")
    )
    # NULL: for the whole organisation
    centre = models.ForeignKey(
        ApprenticeshipCentre,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("CFA"),
    )
    role = models.CharField(_("rôle"), max_length=15, choices=ContactRole)
    name = models.CharField(_("nom"), max_length=150)
    phone = models.CharField(_("téléphone"), max_length=25, blank=True)
    email = models.EmailField(_("courriel (jamais affiché)"), blank=True)
    is_shown = models.BooleanField(_("affiché au public"), default=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["role", "name"]
        verbose_name = _("contact")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "centre", "role", "name"], name="contact_once", nulls_distinct=False
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.get_role_display()})"
