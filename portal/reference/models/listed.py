"""What public lists say of training bodies and CFA: read from files, corrected by newer files, never typed in here."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.reference.enums import Sector
from portal.reference.models.place import Commune, Department


class ListedQuerySet(models.QuerySet):
    def present(self):
        """Those that the newest list of their source still holds."""
        return self.filter(gone_on__isnull=True)


class Listed(models.Model):
    """A line of a list: where it comes from, the day of the list, the days it was last read and first missed."""

    name = models.CharField(_("dénomination"), max_length=250, blank=True)
    address = models.CharField(_("adresse"), max_length=250, blank=True)
    postcode = models.CharField(_("code postal"), max_length=5, blank=True)
    town = models.CharField(_("ville"), max_length=100, blank=True)
    commune = models.ForeignKey(
        Commune, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("commune")
    )
    source = models.CharField(_("source"), max_length=120)
    listed_on = models.DateField(_("date de la liste"))
    seen_on = models.DateField(_("lue le"))
    # a line that a newer list no longer holds stays, with the day of that list
    gone_on = models.DateField(_("absente depuis"), null=True, blank=True)

    objects = ListedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.name or f"{self._meta.verbose_name} {self.pk}"


@pghistory.track(exclude=["listed_on", "seen_on"])
class ListedBody(Listed):
    """A line of the public list of training bodies: an activity number (NDA), who holds it, what is certified.

    A certification is true, false, or unknown (NULL) where the list has an empty cell.
    """

    nda = models.CharField(_("numéro de déclaration d'activité (NDA)"), max_length=11, unique=True)
    former_ndas = ArrayField(models.CharField(max_length=11), default=list, blank=True, verbose_name=_("anciens NDA"))
    # empty: a foreign body; several NDA per SIREN are possible
    siren = models.CharField(_("SIREN"), max_length=9, blank=True, db_index=True)
    siret = models.CharField(_("SIRET"), max_length=14, blank=True, db_index=True)
    region = models.CharField(_("code de la région"), max_length=2)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("département")
    )
    does_training = models.BooleanField(_("Qualiopi : actions de formation"), null=True, blank=True)
    does_skills_review = models.BooleanField(_("Qualiopi : bilans de compétences"), null=True, blank=True)
    does_vae = models.BooleanField(_("Qualiopi : VAE"), null=True, blank=True)
    does_apprenticeship = models.BooleanField(_("Qualiopi : apprentissage"), null=True, blank=True)
    # what the body declared of its activity, and when
    declared_on = models.DateField(_("dernière déclaration"), null=True, blank=True)
    year_starts_on = models.DateField(_("début de l'exercice"), null=True, blank=True)
    year_ends_on = models.DateField(_("fin de l'exercice"), null=True, blank=True)
    trainees = models.PositiveIntegerField(_("stagiaires"), null=True, blank=True)
    trainers = models.PositiveIntegerField(_("formateurs"), null=True, blank=True)

    class Meta:
        ordering = ["name", "nda"]
        verbose_name = _("organisme de la liste publique")
        verbose_name_plural = _("liste publique des organismes")
        constraints = [
            models.CheckConstraint(condition=models.Q(nda__regex=r"^[0-9]{11}$"), name="listed_nda_shape"),
            models.CheckConstraint(condition=models.Q(siret__regex=r"^([0-9]{14})?$"), name="listed_siret_shape"),
            models.CheckConstraint(condition=models.Q(siren__regex=r"^([0-9]{9})?$"), name="listed_siren_shape"),
        ]


@pghistory.track(exclude=["listed_on", "seen_on"])
class ListedCentre(Listed):
    """A line of a list of CFA: known by its UAI, by its SIRET where it has none; lists do not agree on both."""

    uai = models.CharField(_("UAI"), max_length=8, blank=True, db_index=True)
    siret = models.CharField(_("SIRET"), max_length=14, null=True, blank=True, db_index=True)  # noqa: DJ001
    sector = models.CharField(_("secteur"), max_length=2, choices=Sector, blank=True)
    # NULL: the list does not say
    is_certified = models.BooleanField(_("certifié Qualiopi"), null=True, blank=True)
    is_active = models.BooleanField(_("établissement actif"), null=True, blank=True)

    class Meta:
        ordering = ["name", "uai", "siret"]
        verbose_name = _("CFA d'une liste publique")
        verbose_name_plural = _("listes publiques des CFA")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "uai", "siret"], nulls_distinct=False, name="listed_centre_once_per_source"
            ),
            models.CheckConstraint(
                condition=~models.Q(uai="") | models.Q(siret__isnull=False), name="listed_centre_has_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(uai__regex=r"^([0-9]{7}[A-Z])?$"), name="listed_centre_uai_shape"
            ),
            models.CheckConstraint(condition=models.Q(siret__regex=r"^[0-9]{14}$"), name="listed_centre_siret_shape"),
        ]
