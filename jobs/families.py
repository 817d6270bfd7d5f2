"""Families of jobs: their French names, and profiles gathered under them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from portal.reference.models import JobProfile
from portal.reference.words import FAMILIES

_PLACE = {key: place for place, key in enumerate(FAMILIES)}


def family_name(key: str) -> str:
    """The French name of a family of jobs; the key itself where an agent wrote a new one."""
    return FAMILIES.get(key, key) or _("Autres métiers")


def by_family(profiles: Iterable[JobProfile]) -> list[tuple[str, list[JobProfile]]]:
    """(name of the family, its profiles by name): families in the order of the words, new ones at the end."""
    rows: dict[str, list[JobProfile]] = {}
    for profile in sorted(profiles, key=lambda each: each.name):
        rows.setdefault(profile.family, []).append(profile)
    keys = sorted(rows, key=lambda key: (_PLACE.get(key, len(_PLACE)), key))
    return [(family_name(key), rows[key]) for key in keys]
