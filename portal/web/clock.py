"""The civil day of the portal: a Paris day, or the fixed day of a demonstration or a test."""

import datetime

from django.conf import settings
from django.utils import timezone


def today() -> datetime.date:
    """The day the portal lives in: CAMINS_TODAY where it is set, otherwise today in Paris."""
    return settings.CAMINS_TODAY or timezone.localdate()
