"""Every row has a history written by the database: `update`, `bulk_create` and raw SQL leave one as `save` does."""

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection
from pghistory.core import event_models

from courses.models import Course, Session
from portal.moderation.flags import open_flag
from portal.moderation.models import Flag
from portal.reference.models import Certification
from tests import makers

FLOORS = ("portal", "courses", "jobs")
# Why a model needs no history of its own.
COUNTED = "a counter: numbers added up, no person writes one"
MADE = "made by triggers or tasks from rows that have theirs, and made again at any time"
ON_ITS_WAY = "a line of a file before it touches anything: what was read is kept beside what was mended, for 30 days"
TRACE = "a trace itself: written once"
ERASED = "of a person, to be erased and not remembered"
PUBLIC_LIST = "a public list, loaded anew from its file; an agent's repair is in the back-office's own log"
EXCEPTIONS = {
    "courses.CourseDailyCount": COUNTED,
    "courses.SearchDailyCount": COUNTED,
    "courses.CourseProfileCount": COUNTED,
    "courses.SearchCount": COUNTED,
    "jobs.NeedDailyCount": COUNTED,
    "jobs.SkillDemand": MADE,
    "jobs.ImportedOffer": PUBLIC_LIST,
    **dict.fromkeys(("jobs.PoolStep", "jobs.PoolNotice"), TRACE),
    **dict.fromkeys(("courses.SearchDocument", "courses.SearchCard", "courses.SearchState"), MADE),
    **dict.fromkeys(("courses.SearchWord", "jobs.SnapshotState", "jobs.CourseChange"), MADE),
    **dict.fromkeys(("courses.ImportChange", "courses.ImportFault"), TRACE),
    "courses.StagingRow": ON_ITS_WAY,
    **dict.fromkeys(("moderation.Revision", "moderation.ModerationEvent"), TRACE),
    **dict.fromkeys(("mail.OutgoingMail", "jobs.SeekerProject", "jobs.ProjectAnswers", "jobs.NeedDraft"), ERASED),
    **{
        model._meta.label: PUBLIC_LIST
        for model in apps.get_app_config("reference").get_models()
        if not model.__name__.startswith("Listed")  # claims start from these: they have their history
    },
}
HISTORY = {"insert_insert", "update_update", "delete_delete"}


def own_models():
    """Concrete models of ours, without the histories themselves."""
    for model in apps.get_models():
        is_history = hasattr(model, "pgh_tracked_model")
        if model.__module__.startswith(FLOORS) and not is_history and not model._meta.proxy:
            yield model


def is_tracked(model) -> bool:
    """Whether an insertion, a change and a removal each leave a row."""
    written = {trigger.name for registered, trigger in pgtrigger.registered() if registered is model}
    return bool(event_models(tracks_model=model)) and written >= HISTORY


@pytest.mark.parametrize("model", list(own_models()), ids=lambda model: model._meta.label)
def test_a_model_is_tracked_or_says_why_not(model):
    assert is_tracked(model) != (model._meta.label in EXCEPTIONS)


def test_no_exception_is_stale():
    assert set(EXCEPTIONS) <= {model._meta.label for model in own_models()}


def history(model, pk) -> list[str]:
    (events,) = event_models(tracks_model=model)
    return list(events.objects.filter(pgh_obj_id=pk).order_by("pgh_id").values_list("pgh_label", flat=True))


@pytest.mark.django_db
class TestNothingEscapes:
    def test_update_of_many(self):
        course = makers.make_course()
        before = len(history(Course, course.pk))
        Course.objects.filter(pk=course.pk).update(title="Autre")
        assert history(Course, course.pk)[before:] == ["update"]

    def test_creation_of_many(self):
        offering = makers.make_course().offerings.get()
        new = Session.objects.bulk_create(
            Session(offering=offering, starts_on=makers.DAY, ends_precision="unknown") for _ in range(3)
        )
        assert [history(Session, each.pk) for each in new] == [["insert"]] * 3
        Session.objects.bulk_update([*new], ["note"])
        Session.objects.filter(pk=new[0].pk).delete()
        assert history(Session, new[0].pk)[-1] == "delete"

    def test_raw_sql(self):
        course = makers.make_course()
        before = len(history(Course, course.pk))
        with connection.cursor() as cursor:
            cursor.execute("UPDATE courses_course SET summary = 'x' WHERE id = %s", [course.pk])
        assert history(Course, course.pk)[before:] == ["update"]

    def test_a_flag_and_a_certification(self):
        course = makers.make_course()
        open_flag(course, "link")
        assert history(Flag, Flag.objects.get().pk) == ["insert"]
        course.certifications.add(Certification.objects.create(register="RNCP", number="1", title="Essai"))
        course.certifications.clear()
        links = apps.get_model("courses", "CourseCertificationEvent").objects.filter(course_id=course.pk)
        assert list(links.order_by("pgh_id").values_list("pgh_label", flat=True)) == ["insert", "delete"]
