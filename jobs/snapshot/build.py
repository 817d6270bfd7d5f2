"""From the base to arrays, and what the base says of a snapshot: which courses changed since it was made."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection

from courses.enums import EntryMode, Recruitment, SkillOrigin
from courses.models import CodeSuggestion, Course, CourseProfile, CourseSkill, Offering, OfferingCost, Session
from courses.models.session import last_day
from jobs.matching.candidates import is_remote
from jobs.models import CourseChange, SnapshotState
from jobs.snapshot.arrays import Arrays, Rows, arrays_of
from portal.reference.wording import title_key

# what changed is told this long after a newer snapshot holds it: another machine may still read an older one
TOLD_FOR = datetime.timedelta(hours=1)
# with more changes than that, reading them beside the snapshot costs more than doing without it
MOST_CHANGED = 500
CHUNK = 20_000


@dataclass(frozen=True)
class Origin:
    """Of which base a snapshot is, and which transactions it could see: "xmin:xmax:list", as PostgreSQL writes it."""

    identity: str
    database: int
    seen: str


def build() -> tuple[Origin, Arrays]:
    """Read the whole catalogue. What changes meanwhile is among the changes since: it is not read from here."""
    origin = _origin()
    return origin, arrays_of(_rows())


def _origin() -> Origin:
    state, _made = SnapshotState.objects.get_or_create(pk=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid::bigint, pg_current_snapshot()::text FROM pg_database WHERE datname = current_database()"
        )
        database, seen = cursor.fetchone()
    return Origin(str(state.identity), database, seen)


def changed_since(origin: Origin) -> list[int] | None:
    """Return the courses that changed since a snapshot was made; None if it must not be read: too many did, or all,
    or it is another base's, or what changed is told no more. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT ARRAY(
              SELECT DISTINCT c.course_id FROM jobs_coursechange c
              WHERE c.transaction >= pg_snapshot_xmin(seen)::text::bigint
                AND NOT pg_visible_in_snapshot(c.transaction::text::xid8, seen)
              LIMIT %(most)s
            )
            FROM jobs_snapshotstate s
            CROSS JOIN pg_database d
            CROSS JOIN CAST(%(seen)s AS pg_snapshot) AS seen
            WHERE s.identity = %(identity)s AND d.datname = current_database() AND d.oid = %(database)s
              AND s.forgotten < pg_snapshot_xmin(seen)::text::bigint
              AND pg_snapshot_xmax(seen) <= pg_snapshot_xmax(pg_current_snapshot())
            """,
            {
                "seen": origin.seen,
                "identity": origin.identity,
                "database": origin.database,
                "most": MOST_CHANGED + 1,
            },
        )
        found = cursor.fetchone()
    if found is None or None in found[0] or len(found[0]) > MOST_CHANGED:
        return None
    changed: list[int] = found[0]
    return sorted(changed)


def forget_changes(origin: Origin, now: datetime.datetime) -> int:
    """Remove what snapshots made since `origin` hold, an hour later; return how many rows."""
    old = CourseChange.objects.filter(transaction__lt=int(origin.seen.split(":")[0]), changed_at__lt=now - TOLD_FOR)
    last = old.order_by("-transaction").values_list("transaction", flat=True).first()
    if last is None:
        return 0
    # first: a request in between does without a snapshot, and never believes an old one
    SnapshotState.objects.filter(forgotten__lt=last).update(forgotten=last)
    removed: int = old.filter(transaction__lte=last).delete()[0]
    return removed


def _rows() -> Rows:
    return Rows(
        courses=_courses(),
        teaches=_lessons(),
        links=_links(),
        offerings=_offerings(),
        costs=_costs(),
        sessions=_sessions(),
    )


@lru_cache(maxsize=100_000)
def _key(title: str) -> str:
    """Titles stay the same from one snapshot to the next."""
    return title_key(title)


def _courses() -> Iterator[tuple[int, str, int | None, bool | None, int | None]]:
    columns = ("pk", "title", "entry_level", "entry_level_is_mandatory", "demand", "demand_counted_on")
    rows = Course.objects.published().order_by().values_list(*columns)
    for pk, title, level, is_mandatory, demand, counted_on in rows.iterator(CHUNK):
        yield pk, _key(title), level, is_mandatory, demand if counted_on else None


def _lessons() -> Iterator[tuple[int, str, int, int, bool]]:
    columns = ("course_id", "skill__code", "level_required", "level_given", "origin")
    for *said, origin in CourseSkill.objects.order_by().values_list(*columns).iterator(CHUNK):
        yield (*said, origin == SkillOrigin.SUGGESTED)


def _links() -> Iterator[tuple[int, str, str, bool]]:
    """The signs that a course leads to a target: those of `jobs.matching.candidates`, of all courses."""
    columns: tuple[str, ...] = ("course_id", "profile__slug", "origin")
    for course, slug, origin in CourseProfile.objects.order_by().values_list(*columns).iterator(CHUNK):
        yield course, "profile", slug, origin == SkillOrigin.SUGGESTED
    formacodes: Any = Course.formacodes.through.objects.order_by()
    for course, code in formacodes.values_list("course_id", "formacode_id").iterator(CHUNK):
        yield course, "formacode", code, False
    occupations: Any = Course.occupations.through.objects.order_by()
    columns = ("course_id", "occupation__code", "occupation__parent__code")
    for course, code, parent in occupations.values_list(*columns).iterator(CHUNK):
        yield course, "rome", code, False
        yield course, "rome_parent", parent or code, False
    columns = ("course_id", "formacode_id", "occupation__code", "occupation__parent__code", "is_wide")
    for course, formacode, code, parent, is_wide in CodeSuggestion.objects.signs().order_by().values_list(*columns):
        if formacode:
            yield course, "formacode", formacode, True
            continue
        yield course, "rome_parent", parent or code, True
        if not is_wide:
            yield course, "rome", code, True


def _offerings() -> Iterator[tuple[int, int, bool | None, bool, float | None, float | None]]:
    """The exact point of an offering wins over that of its commune."""
    columns = ("pk", "course_id", "modality", "entry_mode", "latitude", "longitude")
    rows = Offering.objects.order_by().values_list(*columns, "commune__latitude", "commune__longitude")
    for pk, course, modality, entry, latitude, longitude, *commune in rows.iterator(CHUNK):
        here = (latitude, longitude)
        point = commune if None in here else here
        yield pk, course, is_remote(modality), entry == EntryMode.PERMANENT, *((None, None) if None in point else point)


def _costs() -> Iterator[tuple[int, str, int | None]]:
    yield from (
        OfferingCost.objects.order_by().values_list("offering_id", "audience", "left_to_pay_cents").iterator(CHUNK)
    )


def _sessions() -> Iterator[tuple[int, int, int, int, int, bool, bool]]:
    columns = ("offering_id", "pk", "starts_on", "starts_precision", "registration_closes_on", "is_full", "seats_left")
    for offering, pk, starts_on, precision, closes_on, is_full, left, recruitment in (
        Session.objects.order_by().values_list(*columns, "recruitment").iterator(CHUNK)
    ):
        yield (
            offering,
            pk,
            starts_on.toordinal() if starts_on else 0,
            _last_ordinal(starts_on, precision),
            closes_on.toordinal() if closes_on else 0,
            is_full or left == 0,
            recruitment in (Recruitment.CLOSED, Recruitment.SUSPENDED),
        )


@lru_cache(maxsize=10_000)
def _last_ordinal(starts_on: datetime.date | None, precision: str) -> int:
    """The last day that a partial date may mean, as an ordinal; 0 without a date."""
    last = last_day(starts_on, precision)
    return last.toordinal() if last else 0
