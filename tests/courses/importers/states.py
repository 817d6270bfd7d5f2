"""The state of the base and of an import, to compare before and after."""

from pathlib import Path

from django.db import connection

from courses.importers.apply import ImportReport

OURS = Path(__file__).parents[2] / "data" / "lheo-camins.xml"


def counts(report: ImportReport) -> dict[str, int]:
    return {name: count for name, count in report.counts.items() if count}


def everything() -> dict[str, object]:
    """All rows of all tables, history included, save the log of imports."""
    log = {f"courses_import{name}" for name in ("run", "runevent", "fault", "change")}
    rows = {}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - log:
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t')
            rows[table] = sorted(row for (row,) in cursor.fetchall())
    return rows
