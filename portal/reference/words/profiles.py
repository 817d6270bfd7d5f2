"""The 27 AI job profiles, gathered in the order of the families."""

from dataclasses import replace

from portal.reference.words.adverts import ADVERT_NAMES
from portal.reference.words.profiles_data import DATA_PROFILES
from portal.reference.words.profiles_fields import FIELD_PROFILES
from portal.reference.words.profiles_lead import LEAD_PROFILES
from portal.reference.words.profiles_models import MODEL_PROFILES
from portal.reference.words.profiles_office import OFFICE_PROFILES
from portal.reference.words.shapes import ProfileWord

_WRITTEN: tuple[ProfileWord, ...] = (
    *DATA_PROFILES,
    *MODEL_PROFILES,
    *LEAD_PROFILES,
    *OFFICE_PROFILES,
    *FIELD_PROFILES,
)
PROFILES: tuple[ProfileWord, ...] = tuple(
    replace(profile, adverts=ADVERT_NAMES.get(profile.slug, ())) for profile in _WRITTEN
)
