"""Imports in tests: a file sent, and carried on with as a worker would."""

from courses.importers import flow, work
from courses.importers.write import no_suggestion
from courses.models import ImportRun, ImportSource


def send(
    content: bytes, *, source: ImportSource | str = "essai", by=None, name: str = "essai.csv", **options
) -> ImportRun:
    """A file uploaded and read."""
    if isinstance(source, str):
        source, _is_new = ImportSource.objects.get_or_create(name=source)
    run = flow.upload(source=source, chunks=[content], file_name=name, by=by, **options)
    return carried(run)


def carried(run: ImportRun) -> ImportRun:
    work.carry_on(run.pk, no_suggestion)
    run.refresh_from_db()
    return run


def applied(content: bytes, **options) -> ImportRun:
    """A file sent, planned whatever its faults, and applied."""
    run = send(content, **options)
    if run.state == "to_mend":
        flow.plan(run)
        carried(run)
    flow.apply(run)
    return carried(run)


def undone(run: ImportRun, by=None) -> ImportRun:
    flow.undo(run, by=by)
    return carried(run)
