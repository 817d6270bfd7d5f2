"""Where a figure or a text comes from: shown beside it on every page."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Source:
    name: str
    url: str
    # day of the publication; where the source gives none, its name says which years the figures are of
    date: datetime.date | None = None


@dataclass(frozen=True)
class KeyFigure:
    value: str
    label: Text
    source: Source
