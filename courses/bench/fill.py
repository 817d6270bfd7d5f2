"""Fills the benchmark's database: by COPY, straight into the tables of the models, in a database of its own only."""

import hashlib
import itertools
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.text import slugify

from courses import models as tables
from courses.bench.catalogue import BLOCK, DAY, Catalogue, Course
from courses.bench.places import AREAS, Town
from courses.bench.words import name_words
from courses.enums import DatePrecision
from portal.accounts.models import Organisation
from portal.moderation.models import Revision, Status
from portal.reference.models import Commune, Department, JobProfile, Skill
from portal.reference.models.place import commune_key
from portal.reference.wording import title_key

DATABASE = "camins_bench"
MARK = "camins bench"
ORIGIN = "bench"
TEXTS = ("title", "summary", "objective", "what_you_learn", "for_whom")
AUDIENCES = ("jobseeker", "employee")

Report = Callable[[str], None]
Row = Mapping[str, Any]


class NotOurDatabase(Exception):
    """The database at hand was not made by the benchmark: nothing is written into it, nothing is measured on it."""


def read_mark() -> dict[str, Any]:
    """What the benchmark wrote on this database. Raises NotOurDatabase where it wrote nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_database(), shobj_description(oid, 'pg_database') FROM pg_database "
            "WHERE datname = current_database()"
        )
        name, comment = cursor.fetchone()
    try:
        mark = json.loads(comment or "{}")
    except ValueError:
        mark = {}
    if name != DATABASE or not isinstance(mark, dict) or mark.get("made_by") != MARK:
        raise NotOurDatabase(name)
    return mark


def write_mark(**values: Any) -> None:
    """Write on our database what it holds by now."""
    mark = {**read_mark(), **values}
    with connection.cursor() as cursor:
        literal = json.dumps(mark).replace("'", "''")
        cursor.execute(f"COMMENT ON DATABASE {DATABASE} IS '{literal}'")


def stamp_of(*places: str) -> str:
    """A digest of the sources at these places of the project: what was kept serves while they stay the same."""
    told = hashlib.sha256()
    root = Path(__file__).resolve().parents[2]
    for place in places:
        found = root / place
        for path in sorted(found.rglob("*")) if found.is_dir() else [found]:
            if path.suffix in (".py", ".html"):
                told.update(path.read_bytes())
    return told.hexdigest()[:16]


def copy_rows(model: type[models.Model], rows: Iterable[Row]) -> int:
    """COPY rows, given by column, into the table of `model`; what a row leaves out has its default. Their number."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    defaults = {field.attname: None if field.primary_key else field.get_default() for field in fields}
    first = next(iterator := iter(rows), None)
    if first is None:
        return 0
    # a primary key that no row gives is the sequence's to give
    names = [field.attname for field in fields if not field.primary_key or field.attname in first]
    columns = [field.column for field in fields if field.attname in names]
    quoted = ", ".join(f'"{column}"' for column in columns)
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({quoted}) FROM STDIN") as copy:
        for row in itertools.chain([first], iterator):
            copy.write_row([row.get(name, defaults[name]) for name in names])
            count += 1
    return count


def fill(catalogue: Catalogue, report: Report) -> None:
    """Write the whole catalogue into an empty database of ours, without triggers, in one transaction."""
    read_mark()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("SET LOCAL statement_timeout = 0")
        fill_words(catalogue)
        filler = Filler(catalogue)
        filler.providers()
        courses = catalogue.courses()
        while block := list(itertools.islice(courses, BLOCK)):
            filler.courses(block)
            report(f"{block[-1].pk}/{catalogue.rows}")
        for model in (Organisation, Revision, Skill, JobProfile, *filler.numbered):
            move_sequence(model)
        with connection.cursor() as cursor:
            # a transaction around this one goes on with triggers
            cursor.execute("SET LOCAL session_replication_role = origin")
            # what a trigger would have said of the words and places
            cursor.execute("UPDATE courses_searchstate SET words = gen_random_uuid()")


def move_sequence(model: type[models.Model]) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM {table}", [table])  # noqa: S608


def postcode_of(town: Town) -> str:
    return f"{town.insee[:2]}{int(town.insee[2:]) % 90 * 10:03d}"


def fill_words(catalogue: Catalogue) -> None:
    """Places, skills and jobs."""
    copy_rows(Department, ({"code": area.code, "name": area.name} for area in AREAS))
    copy_rows(
        Commune,
        (
            {
                "insee": town.insee,
                "name": town.name,
                "key": commune_key(town.name),
                "department_id": AREAS[town.area].code,
                "postcodes": [postcode_of(town)],
                "population": town.population,
                "latitude": town.latitude,
                "longitude": town.longitude,
            }
            for town in catalogue.towns
        ),
    )
    for model, name, code, names in (
        (Skill, "label", "code", catalogue.skill_names),
        (JobProfile, "name", "slug", catalogue.profile_names),
    ):
        rows = enumerate(names, 1)
        copy_rows(
            model,
            ({"id": pk, name: text, code: slugify(text), "key": title_key(text), "summary": text} for pk, text in rows),
        )


class Filler:
    """Gives out the numbers of rows while blocks of courses are written."""

    numbered = (tables.TrainingProvider, tables.Course, tables.Offering)

    def __init__(self, catalogue: Catalogue):
        self.catalogue = catalogue
        self.offering = 0
        self.revision = 0
        self.now = timezone.now()
        self.types: dict[type[models.Model], int] = {
            model: ContentType.objects.get_for_model(model).pk for model in (tables.Course, tables.TrainingProvider)
        }

    def providers(self) -> None:
        count = self.catalogue.providers
        words = name_words(count + 500)[500:]
        names = [f"Centre {word.capitalize()}" for word in words]
        numbers = range(1, count + 1)
        copy_rows(
            Organisation,
            (
                {"id": pk, "siret": f"{pk:014d}", "name": name, "kinds": ["body"]}
                for pk, name in zip(numbers, names, strict=True)
            ),
        )
        rows = [
            {
                "id": pk,
                "organisation_id": pk,
                "name": name,
                "slug": slugify(name),
                "nda": f"76{pk:09d}",
                **self.approved(tables.TrainingProvider, pk),
            }
            for pk, name in zip(numbers, names, strict=True)
        ]
        copy_rows(Revision, self.revisions(tables.TrainingProvider, rows))
        copy_rows(tables.TrainingProvider, rows)

    def approved(self, model: type[models.Model], pk: int) -> dict[str, Any]:
        """The columns of a published row."""
        self.revision += 1
        return {
            "status": Status.PUBLISHED.value,
            "version": 1,
            "revision_id": self.revision,
            "published_at": self.now,
            "verified_on": DAY,
        }

    def revisions(self, model: type[models.Model], rows: Iterable[Row]) -> Iterable[Row]:
        for row in rows:
            yield {
                "id": row["revision_id"],
                "subject_type_id": self.types[model],
                "subject_id": row["id"],
                "number": 1,
                "content": "{}",
                "sha256": "0" * 64,
                "origin": ORIGIN,
            }

    def courses(self, block: list[Course]) -> None:
        """Write a block of courses and all that hangs on them."""
        rows = [self.course(course) for course in block]
        copy_rows(Revision, self.revisions(tables.Course, rows))
        copy_rows(tables.Course, rows)
        copy_rows(
            tables.CourseProfile,
            ({"course_id": course.pk, "profile_id": each + 1} for course in block for each in course.profiles),
        )
        copy_rows(
            tables.CourseSkill,
            (
                {"course_id": course.pk, "skill_id": each + 1, "level_given": level}
                for course in block
                for each, level in course.skills
            ),
        )
        offerings = [(course, each) for course in block for each in course.offerings]
        numbered = list(enumerate(offerings, self.offering + 1))
        self.offering += len(offerings)
        copy_rows(tables.Offering, (self.offering_row(pk, course, each.town) for pk, (course, each) in numbered))
        copy_rows(tables.OfferingCost, (row for pk, (course, _each) in numbered for row in cost_rows(pk, course)))
        copy_rows(tables.Session, (row for pk, (_course, each) in numbered for row in session_rows(pk, each, self.now)))

    def course(self, course: Course) -> dict[str, Any]:
        title = course.texts[0]
        approved = self.approved(tables.Course, course.pk)
        return {
            "id": course.pk,
            "provider_id": (course.pk * 7_919) % self.catalogue.providers + 1,
            "slug": slugify(title)[:80],
            **dict(zip(TEXTS, course.texts, strict=True)),
            "entry_level": course.entry_level,
            "is_certifying": (True, False, None)[course.pk % 3],
            "demand": (course.pk * 31) % 97 if course.profiles else 0,
            **approved,
            "status": approved["status"] if course.is_published else Status.WITHDRAWN.value,
        }

    def offering_row(self, pk: int, course: Course, town: int | None) -> Row:
        return {
            "id": pk,
            "course_id": course.pk,
            "modality": course.modality,
            "entry_mode": "permanent" if course.is_permanent else "fixed",
            "commune_id": None if town is None else self.catalogue.towns[town].insee,
            "is_accessible": course.is_accessible,
            "duration_hours": course.hours,
            "fundings": list(course.fundings),
        }


def cost_rows(offering: int, course: Course) -> Iterable[Row]:
    for audience, cents in zip(AUDIENCES, course.cents, strict=True):
        said = {} if cents is None else {"source": ORIGIN, "stated_on": DAY}
        yield {"offering_id": offering, "audience": audience, "left_to_pay_cents": cents, **said}


def session_rows(offering: int, place: Any, now: Any) -> Iterable[Row]:
    for session in place.sessions:
        said = {} if session.seats_left is None else {"seats_said_by": ORIGIN, "seats_said_at": now}
        yield {
            "offering_id": offering,
            "starts_on": session.starts_on,
            "starts_precision": DatePrecision.DAY.value,
            "ends_on": session.ends_on,
            "seats": session.seats,
            "seats_left": session.seats_left,
            "registration_closes_on": session.closes_on,
            "is_full": session.is_full,
            **said,
        }
