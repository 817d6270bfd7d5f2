from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    BODY = "body", _("organisme de formation")
    CFA = "cfa", _("centre de formation d'apprentis (CFA)")
    EMPLOYER = "employer", _("employeur")
    REGION = "region", _("Région")


class Role(TextChoices):
    """What a member may do; the last three exist in the Région only."""

    MANAGER = "manager", _("responsable (équipe, fiches, soumission)")
    EDITOR = "editor", _("rédacteur (fiches, soumission)")
    READER = "reader", _("lecteur")
    MODERATOR = "moderator", _("modérateur")
    IMPORTER = "importer", _("chargé des imports")


REGION_ROLES = {Role.MODERATOR, Role.IMPORTER, Role.MANAGER}
# in the order of their rights
MEMBER_ROLES = (Role.MANAGER, Role.EDITOR, Role.READER)
ORGANISATION_ROLES = set(MEMBER_ROLES)
