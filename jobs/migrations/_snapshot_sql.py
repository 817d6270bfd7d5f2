"""The triggers of migration 0003: a change of what a snapshot holds leaves the course's number, and rings.

Nothing is locked: each transaction adds rows of its own, with its number, and whoever holds a snapshot reads those
that it could not see.
"""

CHANNEL = "camins_snapshot"
# table → (the courses of some of its rows, the columns that a snapshot reads)
FOLLOWED = {
    "courses_course": (
        "SELECT r.id FROM {rows} r",
        "status hidden_since title entry_level entry_level_is_mandatory demand (demand_counted_on~IS~NULL)",
    ),
    "courses_offering": (
        "SELECT r.course_id FROM {rows} r",
        "course_id modality entry_mode commune_id latitude longitude",
    ),
    "courses_session": (
        "SELECT o.course_id FROM {rows} r JOIN courses_offering o ON o.id = r.offering_id",
        "offering_id starts_on starts_precision registration_closes_on (seats_left~=~0) is_full recruitment",
    ),
    "courses_offeringcost": (
        "SELECT o.course_id FROM {rows} r JOIN courses_offering o ON o.id = r.offering_id",
        "offering_id audience left_to_pay_cents",
    ),
    "courses_courseskill": (
        "SELECT r.course_id FROM {rows} r",
        "course_id skill_id level_required level_given origin",
    ),
    "courses_courseprofile": ("SELECT r.course_id FROM {rows} r", "course_id profile_id origin"),
    "courses_course_occupations": ("SELECT r.course_id FROM {rows} r", "course_id occupation_id"),
    "courses_course_formacodes": ("SELECT r.course_id FROM {rows} r", "course_id formacode_id"),
    "courses_codesuggestion": (
        "SELECT r.course_id FROM {rows} r",
        "course_id state kind rank points is_wide occupation_id formacode_id",
    ),
}
# table → (its key, columns): rows that many courses name and that hardly ever change; all courses are told
NAMED = {
    "reference_skill": ("id", "code"),
    "reference_jobprofile": ("id", "slug"),
    "reference_occupation": ("id", "code parent_id"),
    "reference_commune": ("insee", "latitude longitude"),
}

TELL = f"""
CREATE FUNCTION jobs_snapshot_tell(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  IF coalesce(cardinality(ids), 0) > 0 THEN
    INSERT INTO jobs_coursechange (transaction, course_id)
    SELECT pg_current_xact_id()::text::bigint, each FROM unnest(ids) AS each;
    PERFORM pg_notify('{CHANNEL}', '');
  END IF;
END $body$;
CREATE FUNCTION jobs_snapshot_tell_all() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  PERFORM jobs_snapshot_tell(ARRAY[NULL::bigint]);
  RETURN NULL;
END $body$;
"""


def _columns(columns: str, row: str) -> str:
    """The columns of a row, as a tuple; "(name~test)" is an expression about one."""
    named = (
        f"({row}.{each[1:]}" if each.startswith("(") else f"{row}.{each}"
        for each in columns.split()
    )
    return ", ".join(named).replace("~", " ")


def _trigger(table: str, event: str, body: str) -> str:
    name = f"{table}_snapshot_{event.lower()}"
    rows = {"INSERT": "NEW TABLE AS new_rows", "DELETE": "OLD TABLE AS old_rows"}
    rows["UPDATE"] = f"{rows['DELETE']} {rows['INSERT']}"
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  {body}
  RETURN NULL;
END $body$;
CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {rows[event]}
  FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


def _differing(rows: str, others: str, key: str, columns: str) -> str:
    mine, theirs = _columns(columns, "a"), _columns(columns, "b")
    return f"(SELECT a.* FROM {rows} a LEFT JOIN {others} b USING ({key}) WHERE ({mine}) IS DISTINCT FROM ({theirs}))"


def triggers() -> str:
    made = [TELL]
    for table, (ids, columns) in FOLLOWED.items():
        both = " UNION ".join(
            ids.format(rows=_differing(rows, others, "id", columns))
            for rows, others in (("old_rows", "new_rows"), ("new_rows", "old_rows"))
        )
        made += [
            _trigger(table, event, f"PERFORM jobs_snapshot_tell(ARRAY(SELECT DISTINCT e.id FROM ({found}) AS e(id)));")
            for event, found in (
                ("INSERT", ids.format(rows="new_rows")),
                ("UPDATE", both),
                ("DELETE", ids.format(rows="old_rows")),
            )
        ]
        made.append(
            f"CREATE TRIGGER {table}_snapshot_truncate AFTER TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION jobs_snapshot_tell_all();\n"
        )
    for table, (key, columns) in NAMED.items():
        found = _differing("new_rows", "old_rows", key, columns)
        body = f"IF EXISTS {found} THEN PERFORM jobs_snapshot_tell(ARRAY[NULL::bigint]); END IF;"
        made.append(_trigger(table, "UPDATE", body))
    return "".join(made)
