import datetime
from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.reference.enums import Level, Register, Validity
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


class CertificationQuerySet(models.QuerySet):
    def expired_on(self, day: datetime.date):
        """Those that a source calls inactive, or whose registration is over; what nobody says is not expired."""
        return self.filter(Q(is_active=False) | Q(valid_until__lt=day))

    def numbered(self, numbers: Iterable[str]):
        """Those of these numbers, whatever their register."""
        return self.filter(number__in=set(numbers))


class Certification(models.Model):
    register = models.CharField(_("répertoire"), max_length=5, choices=Register)
    number = models.CharField(_("numéro"), max_length=20)
    title = models.CharField(_("intitulé"), max_length=500)
    level = models.PositiveSmallIntegerField(_("niveau européen"), choices=Level, null=True, blank=True)
    certifier = models.CharField(_("certificateur"), max_length=250, blank=True)
    # NULL: the source does not say
    is_active = models.BooleanField(_("active"), null=True, blank=True)
    # the last day one may enter; NULL: unknown, which is never "for ever"
    valid_until = models.DateField(_("fin d'enregistrement"), null=True, blank=True)
    # numbers with their register, as the source writes them: "RNCP38228, RS6117"
    replaced_by = models.CharField(_("remplacée par"), max_length=100, blank=True)
    # who says whether it is active, and the day of their list
    source = models.CharField(_("source"), max_length=120, blank=True)
    checked_on = models.DateField(_("vérifiée le"), null=True, blank=True)
    occupations = models.ManyToManyField(
        Occupation, blank=True, related_name="certifications", verbose_name=_("métiers")
    )
    formacodes = models.ManyToManyField(Formacode, blank=True, related_name="certifications")
    nsf = models.ManyToManyField(Nsf, blank=True, related_name="certifications", verbose_name="NSF")

    objects = CertificationQuerySet.as_manager()

    class Meta:
        ordering = ["register", "number"]
        verbose_name = _("certification")
        constraints = [models.UniqueConstraint(fields=["register", "number"], name="certification_once")]

    def __str__(self):
        return f"{self.register} {self.number} {self.title}"

    @property
    def code(self) -> str:
        """ "RNCP34757"; without a register of the State, its number alone."""
        return self.number if self.register in (Register.OTHER, Register.DEMO) else f"{self.register}{self.number}"

    def validity_on(self, day: datetime.date) -> Validity:
        """Expired as in ``expired_on``; valid only where a source says so or gives a day to come."""
        if self.is_active is False or (self.valid_until is not None and self.valid_until < day):
            return Validity.EXPIRED
        return Validity.VALID if self.is_active or self.valid_until is not None else Validity.UNKNOWN
