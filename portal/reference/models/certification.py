from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.reference.enums import Level, Register
from portal.reference.models.occupation import Occupation


class Formacode(models.Model):
    code = models.CharField(_("code"), max_length=5, primary_key=True)
    label = models.CharField(_("libellé"), max_length=200)

    class Meta:
        ordering = ["label"]
        verbose_name = "Formacode"

    def __str__(self):
        return f"{self.code} {self.label}"


class Nsf(models.Model):
    """A training speciality (nomenclature des spécialités de formation, décret 94-522)."""

    code = models.CharField(_("code"), max_length=4, primary_key=True)
    label = models.CharField(_("libellé"), max_length=250)

    class Meta:
        ordering = ["code"]
        verbose_name = "NSF"
        verbose_name_plural = "NSF"

    def __str__(self):
        return f"{self.code} {self.label}"


class Certification(models.Model):
    register = models.CharField(_("répertoire"), max_length=5, choices=Register)
    number = models.CharField(_("numéro"), max_length=20)
    title = models.CharField(_("intitulé"), max_length=500)
    level = models.PositiveSmallIntegerField(_("niveau européen"), choices=Level, null=True, blank=True)
    certifier = models.CharField(_("certificateur"), max_length=250, blank=True)
    # NULL: the source does not say
    is_active = models.BooleanField(_("active"), null=True, blank=True)
    registered_until = models.DateField(_("fin d'enregistrement"), null=True, blank=True)
    occupations = models.ManyToManyField(
        Occupation, blank=True, related_name="certifications", verbose_name=_("métiers")
    )
    formacodes = models.ManyToManyField(Formacode, blank=True, related_name="certifications")

    class Meta:
        ordering = ["register", "number"]
        verbose_name = _("certification")
        constraints = [models.UniqueConstraint(fields=["register", "number"], name="certification_once")]

    def __str__(self):
        return f"{self.register} {self.number} {self.title}"
