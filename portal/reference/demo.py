"""The ground of the demonstration: the portal's own words, the départements and their main towns."""

import datetime
from collections.abc import Callable

from portal.reference.loaders.report import Report
from portal.reference.loaders.words import load_words


def load(*, day: datetime.date, report: Callable[..., None]) -> None:
    """Load the words; nothing of them depends on `day`."""
    load_words(Report(progress=report))
