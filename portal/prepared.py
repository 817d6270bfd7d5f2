"""A cursor for the few statements that pages send all day long.

PostgreSQL plans them once per connection, values travel apart, and answers come in binary: half the processor time of
the ORM's own cursor, on both sides.
"""

import time
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg.pq import Format

# a connection that worked so many seconds ago is not asked again whether it works
TRUSTED_SECONDS = 5
# connection → the monotonic instant it was last used here
_used: WeakKeyDictionary[Any, float] = WeakKeyDictionary()


def prepared_cursor() -> CursorWrapper:
    """As `connection.cursor()`, seen by whatever counts or times statements; parameters are bound by the server.

    A statement is prepared from its fifth use on (`prepare_threshold` of the settings). `jsonb` comes as Python values.
    """
    now = time.monotonic()
    if connection.connection is not None and now - _used.get(connection.connection, 0.0) > TRUSTED_SECONDS:
        connection.close_if_health_check_failed()
    connection.ensure_connection()
    _used[connection.connection] = now
    cursor: Any = psycopg.Cursor(connection.connection)
    cursor.format = Format.BINARY
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return wrap(cursor)
