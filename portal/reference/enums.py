"""The words of the ground with their French labels."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class SkillLevel(IntegerChoices):
    NOTIONS = 1, _("notions")
    PRACTICE = 2, _("pratique")
    MASTERY = 3, _("maîtrise")


class SkillKind(TextChoices):
    AI = "ai", _("intelligence artificielle et données")
    GENERAL = "general", _("compétence générale")
    TRADE = "trade", _("compétence d'un autre métier")
    ROME_KNOWHOW = "rome_knowhow", _("savoir-faire du ROME")
    ROME_KNOWLEDGE = "rome_knowledge", _("savoir du ROME")


class EvidenceSource(TextChoices):
    ROME = "rome", _("ROME 4.0")
    ESCO = "esco", _("ESCO")


class Closeness(TextChoices):
    """How near the item of a public list is to a skill of the portal."""

    EXACT = "exact", _("la même compétence")
    CLOSE = "close", _("proche")
    WIDER = "wider", _("plus large")


class Importance(TextChoices):
    ESSENTIAL = "essential", _("indispensable")
    DESIRABLE = "desirable", _("souhaitée")


class CoreOfJob(TextChoices):
    """ROME's `coeur_metier`: how central a skill is to an occupation."""

    MAIN = "main", _("principale")
    EMERGING = "emerging", _("émergente")
    OTHER = "other", _("complémentaire")


class Level(IntegerChoices):
    """European qualification levels; 0 stands for "no diploma asked", unknown is NULL."""

    NONE = 0, _("sans diplôme")
    EU1 = 1, _("niveau 1 (savoirs de base)")
    EU2 = 2, _("niveau 2 (fin de collège)")
    EU3 = 3, _("niveau 3 (CAP, BEP)")
    EU4 = 4, _("niveau 4 (bac)")
    EU5 = 5, _("niveau 5 (bac+2)")
    EU6 = 6, _("niveau 6 (bac+3 ou 4)")
    EU7 = 7, _("niveau 7 (bac+5)")
    EU8 = 8, _("niveau 8 (doctorat)")


class Register(TextChoices):
    RNCP = "RNCP", _("Répertoire national (RNCP)")
    RS = "RS", _("Répertoire spécifique (RS)")
    DEMO = "DEMO", _("certification fictive de démonstration")
    OTHER = "OTHER", _("autre certification")


class Validity(TextChoices):
    """Whether one may still enter a certification; silence is UNKNOWN, never VALID."""

    VALID = "valid", _("en cours de validité")
    EXPIRED = "expired", _("expirée")
    UNKNOWN = "unknown", _("non communiquée")


class Sector(TextChoices):
    PUBLIC = "PU", _("public")
    PRIVATE = "PR", _("privé")
