"""Bring rows of the database to what a source says, writing only what differs."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, models

from portal.reference.loaders.report import ThingCount

BATCH = 2_000

Key = tuple[Any, ...]
Values = Mapping[str, Any]


def sync[K: Key](
    known: models.QuerySet,
    key: tuple[str, ...],
    rows: Mapping[K, Values],
    thing: ThingCount,
    *,
    change: bool = True,
    first_values: Values | None = None,
) -> None:
    """Create the rows that `known` lacks, update those that differ, leave the others untouched.

    `known`: the rows that may already say the same, a queryset of one model. `key`: the columns (attname) that name
    a row, unique within `known`. `rows`: values by key; every row has the same columns. `change=False` creates only.
    `first_values` are given to new rows and never changed here afterwards.
    """
    if not rows:
        return
    model = known.model
    columns = tuple(next(iter(rows.values())))
    # no order: a model's own order may join another table
    lines = known.order_by().values_list(*key, "pk", *columns)
    found = {line[: len(key)]: line[len(key) :] for line in lines}
    new, changed = [], []
    for name, values in rows.items():
        seen = found.get(name)
        if seen is None:
            new.append(model(**{**(first_values or {}), **dict(zip(key, name, strict=True)), **values}))
        elif change and seen[1:] != tuple(values[column] for column in columns):
            # a whole row, as PostgreSQL looks for what may not be NULL before it looks for a conflict
            changed.append(model(pk=seen[0], **{**(first_values or {}), **dict(zip(key, name, strict=True)), **values}))
        else:
            thing.same += 1
    thing.created += len(model._default_manager.bulk_create(new, batch_size=BATCH))
    thing.changed += len(update(model, changed, columns))


def sync_exactly[K: Key](
    every: models.QuerySet, own: models.Q, key: tuple[str, ...], rows: Mapping[K, Values], thing: ThingCount
) -> None:
    """As ``sync`` over `every`, once its `own` rows that `rows` lacks are removed: for links and other names only."""
    gone = [pk for *name, pk in every.filter(own).order_by().values_list(*key, "pk") if tuple(name) not in rows]
    for start in range(0, len(gone), BATCH):
        remove(every.filter(pk__in=gone[start : start + BATCH]), thing)
    sync(every, key, rows, thing)


def update(model: type[models.Model], rows: list[models.Model], columns: tuple[str, ...]) -> list[models.Model]:
    """Write `columns` of rows whose key exists: one INSERT … ON CONFLICT per batch, far quicker than CASE … WHEN."""
    if not rows:
        return []
    pk = model._meta.pk
    assert pk is not None
    names = [model._meta.get_field(column).name for column in columns]
    return model._default_manager.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=[pk.name], update_fields=names
    )


def remove(gone: models.QuerySet, thing: ThingCount) -> None:
    """Delete links or other names that their source no longer holds."""
    thing.retired += gone.delete()[1].get(gone.model._meta.label, 0)


def retire(gone: models.QuerySet, thing: ThingCount) -> None:
    """Mark codes obsolete: they may be in use, so they stay."""
    thing.retired += gone.filter(is_obsolete=False).update(is_obsolete=True)


def take_stock(*tables: type[models.Model]) -> None:
    """Let PostgreSQL count again the tables just filled.

    Without it, a table analysed while it was empty is thought to hold one row until the next autovacuum, and a join
    of two such tables takes minutes.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(connection.ops.quote_name(table._meta.db_table) for table in tables))


def check_at_once() -> None:
    """Let foreign keys be checked after each statement of this transaction, not all of them at its end.

    PostgreSQL keeps a list of the checks that wait, and goes through all of it whenever a function catches an error:
    pghistory's triggers do, twice a row written, so that the thousandth batch would take a thousand times the first.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
