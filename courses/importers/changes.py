"""What an import did to each course, kept so that it can be undone."""

from collections.abc import Iterable, Mapping, Sequence

from courses.enums import PlanVerb
from courses.importers.kept import row_json
from courses.importers.plan import Step
from courses.importers.present import course_row, held_courses
from courses.importers.write import Written
from courses.models import Course, ImportChange, ImportRun
from portal.moderation.models import Status


def remember(
    run: ImportRun, steps: Sequence[Step], held: Mapping[str, Course], statuses: Mapping[str, str], written: Written
) -> None:
    """Keep the new courses of a batch, and the former and present values of those that it changed."""
    changes = [ImportChange(run=run, course_id=pk, verb=PlanVerb.NEW) for pk in written.created]
    touched = [step for step in steps if step.row.key in written.changed | written.waiting | written.back]
    now = held_courses(run.source, [step.row.key for step in touched if step.row.key in written.changed])
    for step in touched:
        key, before = step.row.key, step.before
        change = ImportChange(
            run=run,
            course_id=held[key].pk,
            verb=PlanVerb.CHANGED if key in written.changed | written.waiting else PlanVerb.BACK,
            status_before=statuses[key],
        )
        if key in now and before is not None:
            change.before, change.after = row_json(before), row_json(course_row(now[key]))
        changes.append(change)
    ImportChange.objects.bulk_create(changes)


def remember_gone(run: ImportRun, keys: Iterable[str]) -> None:
    """Keep the courses that are about to be withdrawn, with their state."""
    shown = Course.objects.filter(
        source=run.source, external_id__in=list(keys), status__in=(Status.PUBLISHED, Status.SUBMITTED)
    )
    ImportChange.objects.bulk_create(
        ImportChange(run=run, course_id=pk, verb=PlanVerb.GONE, status_before=status)
        for pk, status in shown.values_list("pk", "status")
    )
