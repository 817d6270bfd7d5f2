"""Who teaches: training bodies (organismes de formation) and apprenticeship centres (CFA)."""

from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.enums import QualiopiCategory
from courses.models.imports import ImportSource
from portal.accounts.models import Organisation
from portal.moderation.models import Moderated, ModeratedQuerySet
from portal.reference.models import Commune


class ProviderQuerySet(ModeratedQuerySet):
    def editable_by(self, user):
        return self.filter(organisation__in=Organisation.objects.with_member(user))


class Site(models.Model):
    """Where a body can be found. The e-mail is never shown: messages are relayed."""

    address = models.CharField(_("adresse"), max_length=250, blank=True)
    postcode = models.CharField(_("code postal"), max_length=5, blank=True)
    commune = models.ForeignKey(
        Commune, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("commune")
    )
    website = models.URLField(_("site internet"), max_length=400, blank=True)
    phone = models.CharField(_("téléphone"), max_length=25, blank=True)
    contact_email = models.EmailField(_("courriel de contact (jamais affiché)"), blank=True)
    disability_contact = models.CharField(_("référent handicap"), max_length=150, blank=True)
    presentation = models.TextField(_("présentation"), max_length=3000, blank=True)

    class Meta:
        abstract = True


@pghistory.track()
class TrainingProvider(Moderated, Site):
    MODERATED_FIELDS: ClassVar[tuple[str, ...]] = ("name", "presentation", "website")
    OWNER_RELATIONS: ClassVar[tuple[str, ...]] = ("organisation",)

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="provider", verbose_name=_("organisation")
    )
    name = models.CharField(_("nom d'usage"), max_length=250)
    slug = models.SlugField(_("adresse de la page"), max_length=80)
    # NDA: 11 digits, the first two are the region's; several per SIREN are possible; NULL: unknown
    nda = models.CharField(_("numéro de déclaration d'activité (NDA)"), max_length=11, unique=True, null=True)  # noqa: DJ001

    # the address as a source said it, whatever the body wrote since: a claim's code goes there if the source is trusted
    contact_as_said = models.EmailField(_("courriel dit par la source"), blank=True, editable=False)
    contact_said_by = models.ForeignKey(
        ImportSource, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("source du courriel")
    )

    objects = ProviderQuerySet.as_manager()

    class Meta(Moderated.Meta):
        ordering = ["name"]
        verbose_name = _("organisme de formation")
        verbose_name_plural = _("organismes de formation")
        constraints = [
            *Moderated.Meta.constraints,
            models.CheckConstraint(condition=models.Q(nda__regex=r"^[0-9]{11}$"), name="provider_nda_shape"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("courses:provider", args=[self.slug, self.pk])

    def owners(self) -> list[Organisation]:
        return [self.organisation]

    @property
    def address_on_record(self) -> str:
        """Where a trusted source says that the body can be written to; empty where none does.

        A source that belongs to another organisation says nothing of this one.
        """
        source = self.contact_said_by
        if source is None or not source.is_trusted or source.organisation_id not in (None, self.organisation_id):
            return ""
        return self.contact_as_said


@pghistory.track()
class QualiopiCertificate(models.Model):
    """What a public list says of a body's Qualiopi certificate, by category; never typed in by the body."""

    provider = models.ForeignKey(TrainingProvider, models.CASCADE, related_name="qualiopi", verbose_name=_("organisme"))
    category = models.CharField(_("catégorie"), max_length=15, choices=QualiopiCategory)
    source = models.CharField(_("source"), max_length=120)
    checked_on = models.DateField(_("vérifié le"))

    class Meta:
        ordering = ["category"]
        verbose_name = _("certificat Qualiopi")
        verbose_name_plural = _("certificats Qualiopi")
        constraints = [models.UniqueConstraint(fields=["provider", "category"], name="qualiopi_category_once")]

    def __str__(self):
        return f"{self.provider} : {self.get_category_display()}"


class CentreQuerySet(ModeratedQuerySet):
    def editable_by(self, user):
        return self.filter(organisation__in=Organisation.objects.with_member(user))


@pghistory.track()
class ApprenticeshipCentre(Moderated, Site):
    """A CFA site, known by its UAI."""

    MODERATED_FIELDS: ClassVar[tuple[str, ...]] = ("name", "presentation", "website")
    OWNER_RELATIONS: ClassVar[tuple[str, ...]] = ("organisation",)

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="centres", verbose_name=_("organisation")
    )
    # the body whose courses are taught here; NULL where the CFA only hosts others'
    provider = models.ForeignKey(
        TrainingProvider,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="centres",
        verbose_name=_("organisme de formation"),
    )
    uai = models.CharField(_("UAI"), max_length=8, unique=True)
    name = models.CharField(_("nom d'usage"), max_length=250)

    objects = CentreQuerySet.as_manager()

    class Meta(Moderated.Meta):
        ordering = ["name"]
        verbose_name = _("CFA")
        verbose_name_plural = _("CFA")
        constraints = [
            *Moderated.Meta.constraints,
            models.CheckConstraint(condition=models.Q(uai__regex=r"^[0-9]{7}[A-Z]$"), name="centre_uai_shape"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("courses:centre", args=[self.uai])

    def owners(self) -> list[Organisation]:
        return [self.organisation]
