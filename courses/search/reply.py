"""The one statement of a search, and what the documents reply to it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection

from courses.search import vocabulary
from courses.search.asking import Asking, Sql
from courses.search.lexicon import MARK, State, StateChanged
from courses.search.packed import Packed
from portal.prepared import prepared_cursor


@dataclass(frozen=True)
class Reply:
    """The documents found; for each probe the courses it finds among them; what is made of each new word."""

    packed: Packed
    probed: list[np.ndarray]
    lexemes: dict[str, tuple[str, ...]]
    # where words were doubted: those that no course says; of the vocabulary, inside a transaction
    unsaid: str = ""
    fingerprint: str | None = None


def ask(asking: Asking, columns: Sequence[str], state: State) -> Reply:
    """Raises StateChanged if `state` was only remembered, and no longer holds."""
    parts = ["NULL" if state.is_checked else MARK, *(f"string_agg(d.{column}, ''::bytea)" for column in columns)]
    if asking.query is None:
        statement, parameters = f"SELECT {', '.join(parts)} FROM courses_searchdocument d", []  # noqa: S608
    else:
        sieve = asking.sieve or Sql("true")
        parts += [
            "(SELECT string_agg(int8send(d.course_id), ''::bytea) FROM courses_searchdocument d "  # noqa: S608
            # a probe made of little words only asks nothing, hence finds nothing
            f"WHERE d.vector @@ ((SELECT query FROM asked) && nullif({probe.query.text}, '')) AND {sieve.text})"
            for probe in asking.probes
        ]
        parts += ["array_to_string(tsvector_to_array(to_tsvector('fr', %s)), ' ')" for _word in asking.words]
        doubted = ""
        if asking.doubted is not None:
            doubted = f"doubted AS MATERIALIZED (SELECT {asking.doubted.text} AS unsaid), "
            # an edit of this very transaction may have changed the words
            parts += ["(SELECT unsaid FROM doubted)", vocabulary.FINGERPRINT if connection.in_atomic_block else "NULL"]
        # the query is made once, and the planner, who cannot see it, always goes through its index
        statement = (
            f"SELECT * FROM (WITH {doubted}asked AS MATERIALIZED (SELECT {asking.query.text} AS query) "  # noqa: S608
            f"SELECT {', '.join(parts)} FROM courses_searchdocument d, asked "
            f"WHERE d.vector @@ asked.query AND {sieve.text}) found"
        )
        of_probes = [each for probe in asking.probes for each in (*probe.query.parameters, *sieve.parameters)]
        before = asking.doubted.parameters if asking.doubted is not None else []
        parameters = [*before, *asking.query.parameters, *of_probes, *asking.words, *sieve.parameters]
    with prepared_cursor() as cursor:
        cursor.execute(statement, parameters)
        mark, *row = cursor.fetchone()
    if not state.is_checked and mark != state.mark:
        raise StateChanged
    packed = Packed.read(dict(zip(columns, row, strict=False)))
    rest = row[len(columns) :]
    probed = [np.frombuffer(each or b"", dtype=">i8").astype(np.int64) for each in rest[: len(asking.probes)]]
    rest = rest[len(asking.probes) :]
    lexemes = {word: tuple(said.split()) for word, said in zip(asking.words, rest, strict=False)}
    state.lexicon.learn(lexemes)
    return Reply(packed, probed, lexemes, *rest[len(asking.words) :])
