"""The words of the needs with their French labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Contract(TextChoices):
    PERMANENT = "permanent", _("CDI")
    FIXED_TERM = "fixed_term", _("CDD")
    APPRENTICESHIP = "apprenticeship", _("apprentissage")
    PROFESSIONALISATION = "professionalisation", _("contrat de professionnalisation")
    INTERNSHIP = "internship", _("stage")
    POEI = "poei", _("formation avant embauche (POEI)")


class Commitment(TextChoices):
    WOULD_HIRE = "would_hire", _("embaucherait après la formation")
    APPRENTICES = "apprentices", _("prendrait des apprentis")
    SHARED_GROUP = "shared_group", _("partagerait un groupe avec d'autres employeurs")
    PAYS_PART = "pays_part", _("financerait une partie")


class CompanyState(TextChoices):
    """What a register of companies says of an establishment; silence is never OPEN."""

    OPEN = "open", _("en activité")
    CLOSED = "closed", _("fermé selon le registre")
    UNKNOWN = "unknown", _("inconnu du registre")
    UNCHECKED = "unchecked", _("à vérifier : le registre n'a pas répondu")


class FilledHow(TextChoices):
    """The result of the loop: who took the job."""

    COURSE = "course", _("par une personne sortie d'une formation de Camins")
    OTHER_COURSE = "other_course", _("par une personne sortie d'une autre formation")
    WITHOUT = "without", _("autrement")
