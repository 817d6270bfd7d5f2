"""How a level of a skill is written."""

from django import template
from django.utils.translation import gettext as _

from portal.reference.enums import SkillLevel

register = template.Library()


@register.filter
def skill_level(value: int) -> str:
    """0 to 3 → "pas encore", "notions", "pratique", "maîtrise"."""
    return str(SkillLevel(value).label) if value else _("pas encore")
