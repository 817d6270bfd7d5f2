"""Sixty employers that do not exist, what each does, and how many people of which job it looks for."""

from typing import Final

from jobs.demo_data.employers_region import ELSEWHERE
from jobs.demo_data.employers_toulouse import AROUND_TOULOUSE
from jobs.demo_data.shapes import EmployerFacts

EMPLOYERS: Final[tuple[EmployerFacts, ...]] = (*AROUND_TOULOUSE, *ELSEWHERE)
