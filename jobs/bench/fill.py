"""What recommendations read and search does not, added to the benchmark's catalogue once: levels asked for, skills that
a rule suggests, official codes, mandatory levels of study, a demand that was counted.
"""

from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from courses.bench.catalogue import DAY
from courses.bench.fill import copy_rows, read_mark, stamp_of, write_mark
from courses.bench.parts import patiently
from courses.models import Course
from portal.reference.models import Formacode

FORMACODES = 200
SOURCES = ("jobs/bench/fill.py",)

# numbers that look drawn and are the same each time: a skill and a course decide
ENRICH = (
    """
    UPDATE courses_courseskill SET
      level_required = CASE WHEN level_given > 1 AND (course_id * 7 + skill_id * 13) %% 10 < 4
                       THEN 1 + (course_id + skill_id) %% (level_given - 1) ELSE 0 END,
      origin = CASE WHEN (course_id * 11 + skill_id * 5) %% 7 = 0 THEN 'suggested' ELSE 'declared' END,
      rule = CASE WHEN (course_id * 11 + skill_id * 5) %% 7 = 0 THEN 'bench' ELSE '' END
    """,
    """
    UPDATE courses_course SET
      demand_counted_on = CASE WHEN id %% 9 = 0 THEN NULL ELSE %(day)s::date END,
      entry_level_is_mandatory = CASE id %% 4 WHEN 0 THEN true WHEN 1 THEN false END
    """,
)


def enrich(say: Callable[[str], None]) -> None:
    """Bring our database to what this floor measures; nothing where it was done before. Raises NotOurDatabase."""
    mark, wanted = read_mark(), stamp_of(*SOURCES)
    with patiently():
        # a catalogue kept from before may lack the tables of this floor
        call_command("migrate", interactive=False, verbosity=0)
        if mark.get("jobs") == wanted:
            return
        say("codes, niveaux, demande…")
        with transaction.atomic():
            _write()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE courses_course, courses_courseskill, courses_course_formacodes")
    write_mark(jobs=wanted)


def _write() -> None:
    through: Any = Course.formacodes.through
    with connection.cursor() as cursor:
        # without triggers, as the catalogue itself is written
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"DELETE FROM {through._meta.db_table}")  # noqa: S608
        Formacode.objects.all().delete()
        codes = [f"{10_000 + number}" for number in range(FORMACODES)]
        copy_rows(Formacode, ({"code": code, "label": f"Domaine {code}"} for code in codes))
        pks = Course.objects.order_by("pk").values_list("pk", flat=True)
        copy_rows(
            through,
            (
                {"course_id": pk, "formacode_id": codes[place]}
                for pk in list(pks)
                for place in sorted({pk * 17 % FORMACODES, pk * 23 % FORMACODES})
            ),
        )
        for statement in ENRICH:
            cursor.execute(statement, {"day": DAY})
        cursor.execute("SET LOCAL session_replication_role = origin")
