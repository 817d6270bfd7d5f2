"""The levels of all skills of the kinds ai and general, in observable words. The skills of trades have none."""

from portal.reference.words.levels_data import DATA_LEVELS
from portal.reference.words.levels_fields import FIELD_LEVELS
from portal.reference.words.levels_general import GENERAL_LEVELS
from portal.reference.words.levels_models import MODEL_LEVELS
from portal.reference.words.levels_operations import OPERATION_LEVELS
from portal.reference.words.levels_programming import PROGRAMMING_LEVELS
from portal.reference.words.levels_rules import RULE_LEVELS
from portal.reference.words.levels_statistics import STATISTICS_LEVELS
from portal.reference.words.levels_work import WORK_LEVELS
from portal.reference.words.shapes import Levels

SKILL_LEVELS: dict[str, Levels] = {
    **PROGRAMMING_LEVELS,
    **DATA_LEVELS,
    **STATISTICS_LEVELS,
    **MODEL_LEVELS,
    **OPERATION_LEVELS,
    **RULE_LEVELS,
    **WORK_LEVELS,
    **FIELD_LEVELS,
    **GENERAL_LEVELS,
}
