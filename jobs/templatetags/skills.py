"""How skills are written and drawn: a level in a word, a row of small squares for what is held and what is missing."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.reference.enums import SkillLevel

register = template.Library()

# a square of 12 units every 15
SIDE, PITCH = 12, 15


@register.filter
def skill_level(value: int) -> str:
    """0 to 3 → "pas encore", "notions", "pratique", "maîtrise"."""
    return str(SkillLevel(value).label) if value else _("pas encore")


@register.simple_tag
def skill_cells(states: Sequence[str]) -> SafeString:
    """One square per state, left to right; hidden from screen readers, so the same counts must stand in words."""
    squares = format_html_join(
        "",
        '<rect class="cell-{}" x="{}" y="1" width="{}" height="{}" rx="3"/>',
        ((state, str(1 + place * PITCH), str(SIDE), str(SIDE)) for place, state in enumerate(states)),
    )
    width = str(len(states) * PITCH)
    return format_html(
        '<svg class="cells" width="{}" height="14" viewBox="0 0 {} 14" preserveAspectRatio="xMinYMid" '
        'aria-hidden="true" focusable="false">{}</svg>',
        width,
        width,
        squares,
    )


@register.simple_tag
def skill_cell(state: str) -> SafeString:
    """The square of one state, for a legend or a table."""
    return skill_cells([state])
