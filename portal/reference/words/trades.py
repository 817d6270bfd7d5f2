"""What people come from: the skills of ordinary occupations and 60 common former occupations."""

from portal.reference.words.former_field import (
    BUILDING_OCCUPATIONS,
    CARE_OCCUPATIONS,
    INDUSTRY_OCCUPATIONS,
    LAND_OCCUPATIONS,
    SERVICE_OCCUPATIONS,
    TRANSPORT_OCCUPATIONS,
)
from portal.reference.words.former_office import OFFICE_OCCUPATIONS
from portal.reference.words.shapes import FormerWord
from portal.reference.words.skills_trade import TRADE_SKILLS

FORMER_OCCUPATIONS: tuple[FormerWord, ...] = (
    *OFFICE_OCCUPATIONS,
    *CARE_OCCUPATIONS,
    *INDUSTRY_OCCUPATIONS,
    *BUILDING_OCCUPATIONS,
    *TRANSPORT_OCCUPATIONS,
    *LAND_OCCUPATIONS,
    *SERVICE_OCCUPATIONS,
)

__all__ = ["FORMER_OCCUPATIONS", "TRADE_SKILLS"]
