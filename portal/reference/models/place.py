"""Places: codes are text everywhere (09001 is not 9001)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.reference.wording import normalise


class Department(models.Model):
    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("nom"), max_length=60)
    chief_town = models.CharField(_("chef-lieu"), max_length=60, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("département")

    def __str__(self):
        return self.name


class EmploymentBasin(models.Model):
    """A bassin d'emploi of France Travail (list of 2019)."""

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    name = models.CharField(_("nom"), max_length=100)

    class Meta:
        ordering = ["name"]
        verbose_name = _("bassin d'emploi")
        verbose_name_plural = _("bassins d'emploi")

    def __str__(self):
        return self.name


class CommuneQuerySet(models.QuerySet):
    def called(self, text):
        """Communes named `text` (whatever accents and case), or of that postcode or INSEE code, largest first."""
        text = text.strip()
        if text.isascii() and text.isdigit() and len(text) == 5:
            return self.filter(models.Q(postcodes__contains=[text]) | models.Q(insee=text)).order_by("-population")
        return self.filter(key=commune_key(text)).order_by("-population")

    def starting_with(self, text):
        return self.filter(key__startswith=commune_key(text)).order_by("-population")


class Commune(models.Model):
    insee = models.CharField(_("code INSEE"), max_length=5, primary_key=True)
    name = models.CharField(_("nom"), max_length=100)
    # the name as people type it: no accents, "saint" for "st"; see commune_key()
    key = models.CharField(max_length=100, db_index=True, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="communes", verbose_name=_("département"))
    basin = models.ForeignKey(
        EmploymentBasin, models.PROTECT, null=True, blank=True, related_name="communes", verbose_name=_("bassin")
    )
    postcodes = ArrayField(models.CharField(max_length=5), default=list, verbose_name=_("codes postaux"))
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    # WGS84 degrees, centre of the commune; NULL where the source gives none
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    objects = CommuneQuerySet.as_manager()

    class Meta:
        ordering = ["key", "department_id"]
        verbose_name = _("commune")
        indexes = [
            GinIndex(fields=["postcodes"], name="commune_postcodes"),
            GinIndex(fields=["key"], name="commune_key_trgm", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self):
        return self.name

    @property
    def full_name(self) -> str:
        """Name and département: 164 names of Occitanie are shared by several communes."""
        return f"{self.name} ({self.department.name})"


class FormerCommune(models.Model):
    """An INSEE code that no longer exists: training feeds still carry them."""

    insee = models.CharField(_("ancien code INSEE"), max_length=5, primary_key=True)
    name = models.CharField(_("ancien nom"), max_length=100)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="former", verbose_name=_("commune actuelle"))

    class Meta:
        ordering = ["insee"]
        verbose_name = _("ancienne commune")

    def __str__(self):
        return self.name


def commune_key(name: str) -> str:
    """ "Saint-Gaudens", "St Gaudens" and "SAINT GAUDENS" give one key."""
    words = normalise(name, max_length=100).replace("-", " ").split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)[:100]
