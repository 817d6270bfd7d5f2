"""Published courses whose certifications are all expired: a flag asks an agent to look, and closes by itself.

Nothing is decided here: the course stays published, its page and its body are told.
"""

import datetime

from django.utils.translation import gettext as _

from courses.models import Course
from courses.models.expired import has_only_expired_certifications
from courses.sheet.validity import expiry_of
from portal.moderation.flags import close_by_itself, open_flag
from portal.moderation.models import Flag, FlagKind

KIND = FlagKind.EXPIRED_CERTIFICATION


def follow(day: datetime.date) -> dict[str, int]:
    """Open and close the flags as of `day`; {"opened", "closed"}. May run twice."""
    courses = Course.objects.published().filter(has_only_expired_certifications(day))
    flagged = Flag.objects.open().of_kind(Course, KIND)
    gone = flagged.exclude(subject_id__in=courses.values("pk"))
    closed = close_by_itself(gone, _("La fiche ne mène plus seulement à des certifications expirées."))
    unflagged = courses.exclude(pk__in=flagged.values("subject_id")).prefetch_related("certifications")
    opened = sum(open_flag(course, KIND, _detail(course, day)) for course in unflagged.order_by("pk"))
    return {"opened": opened, "closed": closed}


def _detail(course: Course, day: datetime.date) -> str:
    """Without the day of the list: what an agent answered stays answered when a newer list says the same."""
    return " ; ".join(f"{each.code} {expiry_of(each, day)}" for each in course.certifications.all())
