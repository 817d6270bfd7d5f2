"""For a queryset of courses: whether what they lead to is still registered, as far as anybody says."""

import datetime

from django.db.models import Exists, OuterRef, Q

from courses.models.course import Course
from portal.reference.models import Certification

Links = Course.certifications.through


def has_expired_certification(day: datetime.date) -> Exists:
    """A certification at least is expired on `day`."""
    return Exists(_links().filter(certification__in=Certification.objects.expired_on(day)))


def has_only_expired_certifications(day: datetime.date) -> Q:
    """All are expired on `day`, and there is one; a single one of which nobody says so is enough for a no."""
    others = _links().exclude(certification__in=Certification.objects.expired_on(day))
    return Q(has_expired_certification(day)) & Q(~Exists(others))


def _links():
    return Links._default_manager.filter(course=OuterRef("pk"))
