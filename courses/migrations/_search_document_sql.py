"""The SQL of migration 0003: what a search document is, and the triggers that keep it in every transaction.

One view says what a document is; `courses_search_refresh` copies some of its rows; triggers call it for the courses
that a statement touched. A rebuild reads the same view, so a document and its rebuild can only be equal.
"""

# the choices of an offering, in the order of their bits; twelve more bits hold the département
OFFERING_LABELS = (
    [f"modalite={value}" for value in ("onsite", "mixed", "remote", "inconnu")]
    + [f"duree={value}" for value in ("0-7", "8-35", "36-210", "211-600", "601-", "inconnu")]
    + [f"accessible={value}" for value in ("oui", "non", "inconnu")]
    + [
        f"financement={value}"
        for value in "region france_travail cpf opco transition_pro agefiph employer state self other inconnu".split()
    ]
    + [f"debut={value}" for value in ("30-jours", "90-jours", "180-jours", "plus-tard", "permanent", "inconnu")]
    + [
        f"cout.{audience}={value}"
        for audience in ("jobseeker", "employee", "apprentice", "self_funded")
        for value in ("0", "1-500", "501-2000", "2001-", "inconnu")
    ]
)
# the choices of a course, likewise
COURSE_LABELS = (
    [f"niveau={value}" for value in (*range(9), "inconnu")]
    + [f"sortie={value}" for value in (*range(9), "inconnu")]
    + [f"certifiante={value}" for value in ("oui", "non", "inconnu")]
)


def _array(labels: list[str]) -> str:
    return "ARRAY[" + ", ".join(f"'{label}'" for label in labels) + "]::text[]"


FUNCTIONS = f"""
-- words as they are written, without accents: what typos are corrected against
CREATE TEXT SEARCH CONFIGURATION fr_words (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION fr_words ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;

CREATE FUNCTION courses_search_offering_labels() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN {_array(OFFERING_LABELS)};
CREATE FUNCTION courses_search_course_labels() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN {_array(COURSE_LABELS)};

-- the bits of `found` among `known`
CREATE FUNCTION courses_search_bits(found text[], known text[]) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (SELECT coalesce(bit_or(1::bigint << (array_position(known, each) - 1)), 0) FROM unnest(found) AS each
          WHERE array_position(known, each) IS NOT NULL);

-- "12202" and "2A004" as numbers: official codes are hexadecimal by luck; 0 for what is none
CREATE FUNCTION courses_search_code(code text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN code ~ '^[0-9A-F]{{1,7}}$' THEN ('x' || lpad(code, 8, '0'))::bit(32)::integer ELSE 0 END;

-- a word or a label as a number of 27 bits, with room for four more: enough to order by, never to count by
CREATE FUNCTION courses_search_mark(key text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (('x' || left(md5(key), 7))::bit(28)::integer >> 1) << 4;

-- which part of the city grid a point lies in: about 22 km by 20
CREATE FUNCTION courses_search_cell(latitude double precision, longitude double precision) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN 'case=' || floor(latitude * 5)::integer || ':' || floor(longitude * 4)::integer;
-- the same as one of 63 bits: parts that lie far apart share one, neighbours never do
CREATE FUNCTION courses_search_cell_bit(latitude double precision, longitude double precision) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN 1::bigint << (((floor(latitude * 5)::integer + 7000) % 7) * 9 + (floor(longitude * 4)::integer + 9000) % 9);

-- up to so many cents; unknown is never 0
CREATE FUNCTION courses_search_cost(cents bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN cents IS NULL THEN 'inconnu' WHEN cents = 0 THEN '0' WHEN cents <= 50000 THEN '1-500'
              WHEN cents <= 200000 THEN '501-2000' ELSE '2001-' END;
"""

SESSIONS = """
    SELECT
      count(*) AS held,
      count(*) FILTER (WHERE y.is_coming) AS coming,
      count(*) FILTER (WHERE y.latest IS NULL) AS undated,
      min(y.latest) FILTER (WHERE y.is_joinable) AS start,
      array_agg(DISTINCT y.start_window) FILTER (WHERE y.is_joinable AND y.starts_precision <> 'year') AS windows,
      min(y.changes_on) AS changes_on,
      (array_agg(y.said ORDER BY NOT y.is_joinable, y.latest, y.id) FILTER (WHERE y.is_coming))[1] AS next
    FROM (
      SELECT
        z.id, z.starts_precision, w.latest,
        w.latest >= st.day AS is_coming,
        w.latest >= st.day AND NOT z.is_full AND z.seats_left IS DISTINCT FROM 0
          AND z.recruitment NOT IN ('closed', 'suspended')
          AND (z.registration_closes_on IS NULL OR z.registration_closes_on >= st.day) AS is_joinable,
        CASE WHEN z.starts_on <= st.day + 30 THEN '30-jours' WHEN z.starts_on <= st.day + 91 THEN '90-jours'
             WHEN z.starts_on <= st.day + 182 THEN '180-jours' ELSE 'plus-tard' END AS start_window,
        (SELECT min(each) FROM unnest(ARRAY[
            w.latest + 1, z.registration_closes_on + 1, z.starts_on - 182, z.starts_on - 91, z.starts_on - 30
          ]) AS each WHERE each > st.day AND w.latest >= st.day) AS changes_on,
        jsonb_build_object(
          'starts_on', z.starts_on, 'starts_precision', z.starts_precision, 'seats_left', z.seats_left,
          'is_full', z.is_full, 'recruitment', z.recruitment, 'registration_closes_on', z.registration_closes_on
        ) AS said
      FROM courses_session z
      CROSS JOIN LATERAL (SELECT (CASE z.starts_precision
          WHEN 'month' THEN date_trunc('month', z.starts_on) + interval '1 month -1 day'
          WHEN 'year' THEN date_trunc('year', z.starts_on) + interval '1 year -1 day'
          ELSE z.starts_on END)::date AS latest) w
      WHERE z.offering_id = x.id
    ) y
"""

COSTS = """
    SELECT
      array_agg('cout.' || a.audience || '=' || courses_search_cost(q.left_to_pay_cents)) AS labels,
      string_agg(int4send(CASE WHEN q.left_to_pay_cents IS NULL THEN 2147483647
                 ELSE least(q.left_to_pay_cents, 2147483646) END::integer), ''::bytea
                 ORDER BY a.place) AS packed,
      jsonb_object_agg(a.audience, jsonb_build_array(q.left_to_pay_cents, q.condition)) FILTER (WHERE q.id IS NOT NULL)
        AS said
    FROM unnest(ARRAY['jobseeker', 'employee', 'apprentice', 'self_funded']) WITH ORDINALITY AS a(audience, place)
    LEFT JOIN courses_offeringcost q ON q.offering_id = x.id AND q.audience = a.audience
"""

OFFERINGS = f"""
  SELECT
    count(*) AS held,
    coalesce(sum(o.coming), 0) AS coming,
    min(o.start) AS next_start,
    min(o.changes_on) AS changes_on,
    bool_or(o.is_permanent) AS is_permanent,
    bool_or(o.commune_id IS NOT NULL OR o.modality = 'remote') AS has_place,
    bool_or(o.duration_hours IS NOT NULL) AS has_hours,
    bool_or(o.is_accessible IS NOT NULL) AS has_access,
    bool_or('cout.jobseeker=inconnu' <> ALL (o.labels)) AS has_cost,
    string_agg(o.towns, ' ' ORDER BY o.id) AS towns,
    string_agg(array_to_string(o.labels, '|'), '|') AS labels,
    array_agg(o.cell) AS cells,
    string_agg(int8send(o.choices | (courses_search_code(o.department_code)::bigint << 52)), ''::bytea ORDER BY o.id)
      AS bits,
    bit_or(o.choices) AS choices,
    bit_or(1 << courses_search_code(o.department_code) % 29) FILTER (WHERE o.department_code IS NOT NULL)
      AS departments,
    bit_or(o.cell_bit) AS cell_bits,
    string_agg(int4send(courses_search_code(o.commune_id)), ''::bytea ORDER BY o.id) AS communes,
    string_agg(int4send(coalesce(o.start - date '2000-01-01', 2147483647)), ''::bytea ORDER BY o.id) AS starts,
    string_agg(o.costs, ''::bytea ORDER BY o.id) AS costs,
    string_agg(int4send(coalesce(o.duration_hours, 2147483647)), ''::bytea ORDER BY o.id) AS hours,
    jsonb_agg(o.said ORDER BY o.id) AS said
  FROM (
    SELECT each.*, courses_search_bits(each.labels, courses_search_offering_labels()) AS choices,
      each.is_over AND bool_or(NOT each.is_over) OVER () AS is_left_out
    FROM (
      SELECT
        x.id, x.commune_id, x.modality, x.duration_hours, x.is_accessible, s.coming, s.start, s.changes_on,
        x.entry_mode = 'permanent' AS is_permanent,
        -- all its dates are past and no other is announced
        x.entry_mode <> 'permanent' AND s.held > 0 AND s.coming + s.undated = 0 AS is_over,
        k.packed AS costs,
        m.department_id AS department_code,
        concat_ws(' ', coalesce(m.name, x.town), d.name) AS towns,
        ARRAY[
          'modalite=' || coalesce(x.modality, 'inconnu'),
          'duree=' || CASE WHEN x.duration_hours IS NULL THEN 'inconnu' WHEN x.duration_hours <= 7 THEN '0-7'
            WHEN x.duration_hours <= 35 THEN '8-35' WHEN x.duration_hours <= 210 THEN '36-210'
            WHEN x.duration_hours <= 600 THEN '211-600' ELSE '601-' END,
          'accessible=' || CASE x.is_accessible WHEN true THEN 'oui' WHEN false THEN 'non' ELSE 'inconnu' END
        ]
        || k.labels
        || CASE WHEN x.fundings = '{{}}' THEN ARRAY['financement=inconnu']
             ELSE ARRAY(SELECT 'financement=' || f FROM unnest(x.fundings) AS f) END
        || CASE WHEN m.department_id IS NULL THEN '{{}}' ELSE ARRAY['departement=' || m.department_id] END
        || ARRAY(SELECT 'debut=' || each FROM unnest(s.windows) AS each)
        || CASE WHEN x.entry_mode = 'permanent' THEN ARRAY['debut=permanent']
             WHEN s.windows IS NULL THEN ARRAY['debut=inconnu'] ELSE '{{}}' END
        AS labels,
        CASE WHEN m.latitude IS NOT NULL AND m.longitude IS NOT NULL
          THEN courses_search_cell(m.latitude, m.longitude) END AS cell,
        courses_search_cell_bit(m.latitude, m.longitude) AS cell_bit,
        jsonb_build_object(
          'id', x.id, 'modality', x.modality, 'entry_mode', x.entry_mode, 'hours', x.duration_hours,
          'town', coalesce(m.name, x.town), 'insee', x.commune_id, 'department', d.name, 'department_code', d.code,
          'latitude', m.latitude, 'longitude', m.longitude, 'fundings', to_jsonb(x.fundings),
          'accessible', x.is_accessible, 'costs', coalesce(k.said, '{{}}'), 'session', s.next, 'coming', s.coming
        ) AS said
      FROM courses_offering x
      LEFT JOIN reference_commune m ON m.insee = x.commune_id
      LEFT JOIN reference_department d ON d.code = m.department_id
      CROSS JOIN LATERAL ({SESSIONS}) s
      CROSS JOIN LATERAL ({COSTS}) k
      WHERE x.course_id = c.id
    ) each
  ) o
  WHERE NOT o.is_left_out
"""

VIEW = f"""
CREATE VIEW courses_search_source AS
SELECT
  c.id AS course_id,
  setweight(to_tsvector('fr', c.title), 'A')
    || setweight(to_tsvector('fr', left(n.names, 2000)), 'B')
    || setweight(to_tsvector('fr', left(c.summary || ' ' || c.objective, 3600)), 'C')
    || setweight(to_tsvector('fr', left(concat_ws(' ', c.what_you_learn, c.for_whom, c.entry_requirements,
         c.how_you_learn, c.how_assessed, c.what_next, p.name, a.name, f.towns), 12000)), 'D')
    || array_to_tsvector(
         l.labels || l.unlisted) AS vector,
  l.labels,
  b.course_choices,
  coalesce(f.choices, 0) AS offering_choices,
  coalesce(f.departments, 0) AS departments,
  coalesce(f.cell_bits, 0) AS cells,
  int8send(c.id) || int4send(b.course_choices)
    || int2send(v.points::smallint) || int2send(f.held::smallint)
    || int2send(coalesce(cardinality(n.profiles), 0)::smallint) || int2send((octet_length(k.marks) / 4)::smallint)
    || int4send(coalesce(f.next_start - date '2000-01-01', 2147483647)) AS head,
  coalesce((SELECT string_agg(int4send(each::integer), ''::bytea ORDER BY each) FROM unnest(n.profiles) AS each), '')
    AS profiles,
  k.marks,
  coalesce(f.bits, '') AS offering_bits,
  coalesce(f.communes, '') AS offering_communes,
  coalesce(f.starts, '') AS offering_starts,
  coalesce(f.costs, '') AS offering_costs,
  coalesce(f.hours, '') AS offering_hours,
  v.points::smallint AS points,
  f.next_start,
  (SELECT min(each) FROM unnest(ARRAY[
      f.changes_on, c.verified_on + 31, c.verified_on + 91, c.verified_on + 181, c.verified_on + 366
    ]) AS each WHERE each > st.day) AS changes_on,
  jsonb_build_object(
    'title', c.title, 'slug', c.slug, 'summary', c.summary, 'provider', p.name, 'provider_id', p.id,
    'provider_slug', p.slug, 'centre', a.name, 'uai', a.uai, 'entry_level', c.entry_level, 'exit_level', c.exit_level,
    'is_certifying', c.is_certifying, 'certifications', n.certifications, 'profiles', n.slugs, 'skills', n.skills,
    'verified_on', c.verified_on, 'published_at', c.published_at, 'next_start', f.next_start, 'coming', f.coming,
    'offerings', coalesce(f.said, '[]')
  ) AS facts
FROM courses_course c
-- where nobody said yet: today, in Paris
CROSS JOIN LATERAL (
  SELECT coalesce((SELECT day FROM courses_searchstate), (now() AT TIME ZONE 'Europe/Paris')::date) AS day
) st
JOIN courses_trainingprovider p ON p.id = c.provider_id
LEFT JOIN courses_apprenticeshipcentre a ON a.id = c.centre_id
CROSS JOIN LATERAL ({OFFERINGS}) f
CROSS JOIN LATERAL (
  SELECT
    concat_ws(' ', g.names, j.names, t.names, r.names) AS names,
    -- what is given in depth
    left(concat_ws(' ', g.names_2, j.names, t.names), 2000) AS names_2,
    left(concat_ws(' ', g.names_3, t.names), 2000) AS names_3,
    coalesce(g.labels, '{{}}') || coalesce(t.labels, '{{}}') || coalesce(r.labels, '{{}}') AS labels,
    coalesce(g.labels, '{{}}') || coalesce(h.labels, '{{}}') AS stepped,
    coalesce(g.levels, '{{}}') || coalesce(h.steps, '{{}}') AS steps,
    j.numbers AS profiles, j.labels AS profile_labels,
    coalesce(j.slugs, '[]') AS slugs, coalesce(g.said, '[]') AS skills, coalesce(t.said, '[]') AS certifications
  FROM (
    SELECT string_agg(s.label, ' ' ORDER BY s.id) AS names,
      string_agg(s.label, ' ' ORDER BY s.id) FILTER (WHERE k.level_given >= 2) AS names_2,
      string_agg(s.label, ' ' ORDER BY s.id) FILTER (WHERE k.level_given >= 3) AS names_3,
      array_agg('competence=' || s.code ORDER BY s.id) AS labels,
      array_agg(k.level_given::integer ORDER BY s.id) AS levels,
      jsonb_agg(jsonb_build_array(s.code, s.label, k.level_given) ORDER BY k.level_given DESC, s.label, s.id) AS said
    FROM courses_courseskill k JOIN reference_skill s ON s.id = k.skill_id
    WHERE k.course_id = c.id
  ) g
  CROSS JOIN (
    SELECT string_agg(s.name, ' ' ORDER BY s.id) AS names, array_agg(s.id ORDER BY s.id) AS numbers,
      array_agg('metier=' || s.slug ORDER BY s.id) AS labels, jsonb_agg(s.slug ORDER BY s.name, s.id) AS slugs
    FROM courses_courseprofile k JOIN reference_jobprofile s ON s.id = k.profile_id
    WHERE k.course_id = c.id AND s.is_shown
  ) j
  CROSS JOIN (
    SELECT string_agg(s.title, ' ' ORDER BY s.id) AS names,
      array_agg('certification=' || s.register || s.number) AS labels,
      jsonb_agg(jsonb_build_object('register', s.register, 'number', s.number, 'title', s.title, 'level', s.level)
                ORDER BY s.register, s.number) AS said
    FROM courses_course_certifications k JOIN reference_certification s ON s.id = k.certification_id
    WHERE k.course_id = c.id
  ) t
  CROSS JOIN (
    SELECT string_agg(s.label, ' ' ORDER BY s.id) AS names, array_agg('rome=' || s.code) AS labels
    FROM courses_course_occupations k JOIN reference_occupation s ON s.id = k.occupation_id
    WHERE k.course_id = c.id
  ) r
  CROSS JOIN (
    -- by quarters of what the job asks, an essential skill weighing three times another
    SELECT array_agg('metier=' || s.slug ORDER BY s.id) AS labels,
      array_agg(CASE WHEN covered.part >= 75 THEN 4 WHEN covered.part >= 50 THEN 3 WHEN covered.part >= 25 THEN 2
                ELSE 1 END ORDER BY s.id) AS steps
    FROM courses_courseprofile k
    JOIN reference_jobprofile s ON s.id = k.profile_id AND s.is_shown
    CROSS JOIN LATERAL (
      SELECT 100 * sum(w.weight * least(coalesce(g.level_given, 0), q.level)) / sum(w.weight * q.level) AS part
      FROM reference_profileskill q
      LEFT JOIN courses_courseskill g ON g.skill_id = q.skill_id AND g.course_id = k.course_id
      CROSS JOIN LATERAL (SELECT CASE q.importance WHEN 'essential' THEN 3 ELSE 1 END AS weight) w
      WHERE q.profile_id = k.profile_id
    ) covered
    WHERE k.course_id = c.id
  ) h
) n
CROSS JOIN LATERAL (
  SELECT
    ARRAY(SELECT DISTINCT each FROM unnest(string_to_array(f.labels, '|')) AS each ORDER BY 1)
      || ARRAY[
        'certifiante=' || CASE c.is_certifying WHEN true THEN 'oui' WHEN false THEN 'non' ELSE 'inconnu' END,
        'niveau=' || coalesce(c.entry_level::text, 'inconnu'),
        'sortie=' || coalesce(c.exit_level::text, 'inconnu')
      ]
      || coalesce(n.profile_labels, '{{}}') AS labels,
    -- found by, never listed with its count
    n.labels || ARRAY['tout', 'organisme=' || p.id]
      || CASE WHEN a.id IS NULL THEN '{{}}' ELSE ARRAY['cfa=' || a.uai] END
      || array_remove(f.cells, NULL) AS unlisted
) l
CROSS JOIN LATERAL (
  SELECT courses_search_bits(l.labels, courses_search_course_labels())::integer AS course_choices
) b
CROSS JOIN LATERAL (
  SELECT
    CASE WHEN c.demand >= 50 THEN 30 WHEN c.demand >= 20 THEN 22 WHEN c.demand >= 5 THEN 15
         WHEN c.demand >= 1 THEN 8 ELSE 0 END
    + CASE WHEN c.verified_on IS NULL THEN 0 WHEN c.verified_on >= st.day - 30 THEN 20
           WHEN c.verified_on >= st.day - 90 THEN 15 WHEN c.verified_on >= st.day - 180 THEN 8
           WHEN c.verified_on >= st.day - 365 THEN 3 ELSE 0 END
    + CASE WHEN l.labels && ARRAY['debut=30-jours', 'debut=90-jours'] THEN 30 WHEN 'debut=180-jours' = ANY (l.labels) THEN 25
           WHEN 'debut=permanent' = ANY (l.labels) THEN 20 WHEN 'debut=plus-tard' = ANY (l.labels) THEN 15
           WHEN f.next_start IS NOT NULL THEN 10 ELSE 0 END
    + 2 * ((c.summary <> '')::integer + (c.objective <> '')::integer + (c.what_you_learn <> '')::integer
      + (c.entry_level IS NOT NULL)::integer + (c.is_certifying IS NOT NULL)::integer
      + coalesce(f.has_place, false)::integer + coalesce(f.has_hours, false)::integer
      + coalesce(f.has_access, false)::integer + coalesce(f.has_cost, false)::integer) AS points
) v
CROSS JOIN LATERAL (
  -- where each word stands (1: the title, 2: the title or a name, 4: given at level 2, 8: at level 3), how far each label goes
  SELECT coalesce(string_agg(int4send(courses_search_mark(key) | worth), ''::bytea ORDER BY key), '') AS marks
  FROM (
    SELECT key, bit_or(worth) AS worth FROM (
      SELECT unnest(tsvector_to_array(to_tsvector('fr', c.title))) AS key, 3 AS worth
      UNION ALL SELECT unnest(tsvector_to_array(to_tsvector('fr', left(n.names, 2000)))), 2
      UNION ALL SELECT unnest(tsvector_to_array(to_tsvector('fr', n.names_2))), 4
      UNION ALL SELECT unnest(tsvector_to_array(to_tsvector('fr', n.names_3))), 8
    ) words GROUP BY key
    UNION ALL
    SELECT key, worth FROM unnest(n.stepped, n.steps) AS stepped(key, worth)
  ) marks
) k
WHERE c.status = 'published' AND c.hidden_since IS NULL;
"""

COLUMNS = (
    "course_choices offering_choices departments cells vector labels head profiles marks offering_bits offering_communes offering_starts offering_costs offering_hours points "
    "next_start changes_on facts"
).split()

REFRESH = f"""
-- a row that is not wide keeps its long columns elsewhere: what search scans stays narrow
ALTER TABLE courses_searchdocument SET (toast_tuple_target = 400, fillfactor = 80);
ALTER TABLE courses_searchdocument ALTER COLUMN head SET STORAGE MAIN;
ALTER TABLE courses_searchdocument ALTER COLUMN profiles SET STORAGE MAIN;
ALTER TABLE courses_searchdocument ALTER COLUMN marks SET STORAGE MAIN;
ALTER TABLE courses_searchdocument ALTER COLUMN offering_bits SET STORAGE MAIN;

-- write the documents of these courses anew; those that stay the same are not touched
CREATE FUNCTION courses_search_refresh(ids bigint[]) RETURNS integer LANGUAGE plpgsql AS $body$
DECLARE
  gone integer;
  written integer;
BEGIN
  IF coalesce(cardinality(ids), 0) = 0 THEN
    RETURN 0;
  END IF;
  -- two edits of one course: the second waits here, then reads what the first one left
  PERFORM 1 FROM courses_course WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;
  DELETE FROM courses_searchdocument d WHERE d.course_id = ANY (ids) AND NOT EXISTS (
    SELECT 1 FROM courses_course c WHERE c.id = d.course_id AND c.status = 'published' AND c.hidden_since IS NULL);
  GET DIAGNOSTICS gone = ROW_COUNT;
  WITH done AS (
    INSERT INTO courses_searchdocument AS d (course_id, {", ".join(COLUMNS)})
    SELECT course_id, {", ".join(COLUMNS)} FROM courses_search_source WHERE course_id = ANY (ids) ORDER BY course_id
    ON CONFLICT (course_id) DO UPDATE SET
      {", ".join(f"{column} = excluded.{column}" for column in COLUMNS)}
    WHERE ({", ".join(f"d.{column}" for column in COLUMNS)})
      IS DISTINCT FROM ({", ".join(f"excluded.{column}" for column in COLUMNS)})
    RETURNING d.course_id
  )
  SELECT count(*) INTO written FROM done;
  -- all of them: "analystes" is another word than "analyste", and the same document; no tidying may go on meanwhile
  PERFORM pg_advisory_xact_lock_shared('courses_searchword'::regclass::oid::integer, 0);
  INSERT INTO courses_searchword (word, lexeme, courses)
  SELECT found.word, coalesce((ts_lexize('french_stem', found.word))[1], ''), 1
  FROM courses_search_words(ids) AS found(word)
  WHERE NOT EXISTS (SELECT 1 FROM courses_searchword known WHERE known.word = found.word)
  ORDER BY found.word
  ON CONFLICT (word) DO NOTHING;
  RETURN gone + written;
END $body$;
"""

# what a course's words are, for typos: its title, its summary, and the names of its skills, jobs and titles
WORDS = r"""
CREATE VIEW courses_search_vocabulary AS
SELECT c.id AS course_id, word
FROM courses_course c
CROSS JOIN LATERAL (
  SELECT concat_ws(' ',
    c.title, c.summary,
    (SELECT string_agg(s.label, ' ') FROM courses_courseskill k JOIN reference_skill s ON s.id = k.skill_id
      WHERE k.course_id = c.id),
    (SELECT string_agg(s.name, ' ') FROM courses_courseprofile k JOIN reference_jobprofile s ON s.id = k.profile_id
      WHERE k.course_id = c.id AND s.is_shown),
    (SELECT string_agg(s.title, ' ') FROM courses_course_certifications k
      JOIN reference_certification s ON s.id = k.certification_id WHERE k.course_id = c.id)) AS text
) t
CROSS JOIN LATERAL unnest(tsvector_to_array(to_tsvector('fr_words', left(t.text, 4000)))) AS word
WHERE c.status = 'published' AND c.hidden_since IS NULL AND word ~ '^[a-z][a-z0-9]{2,29}$';

CREATE FUNCTION courses_search_words(ids bigint[]) RETURNS SETOF text LANGUAGE sql STABLE
  AS $body$ SELECT DISTINCT word FROM courses_search_vocabulary WHERE course_id = ANY (ids) $body$;
"""

# table → the courses of some of its rows; {rows} is what a statement inserted, changed or deleted
FOLLOWED = {
    "courses_course": "SELECT r.id FROM {rows} r",
    "courses_offering": "SELECT r.course_id FROM {rows} r",
    "courses_session": "SELECT o.course_id FROM {rows} r JOIN courses_offering o ON o.id = r.offering_id",
    "courses_offeringcost": "SELECT o.course_id FROM {rows} r JOIN courses_offering o ON o.id = r.offering_id",
    "courses_courseskill": "SELECT r.course_id FROM {rows} r",
    "courses_courseprofile": "SELECT r.course_id FROM {rows} r",
    "courses_course_certifications": "SELECT r.course_id FROM {rows} r",
    "courses_course_occupations": "SELECT r.course_id FROM {rows} r",
    "reference_profileskill": (
        "SELECT k.course_id FROM {rows} r JOIN courses_courseprofile k ON k.profile_id = r.profile_id"
    ),
}
# table → (its key, columns that a document speaks of, the courses of its rows): rows that courses name
NAMED = {
    "courses_trainingprovider": ("id", "name slug", "SELECT c.id FROM named r JOIN courses_course c ON c.provider_id = r.id"),
    "courses_apprenticeshipcentre": ("id", "name uai", "SELECT c.id FROM named r JOIN courses_course c ON c.centre_id = r.id"),
    "reference_commune": (
        "insee",
        "name department_id latitude longitude",
        "SELECT o.course_id FROM named r JOIN courses_offering o ON o.commune_id = r.insee",
    ),
    "reference_department": (
        "code",
        "name",
        "SELECT o.course_id FROM named r JOIN reference_commune m ON m.department_id = r.code "
        "JOIN courses_offering o ON o.commune_id = m.insee",
    ),
    "reference_skill": ("id", "code label", "SELECT k.course_id FROM named r JOIN courses_courseskill k ON k.skill_id = r.id"),
    "reference_jobprofile": (
        "id",
        "name slug is_shown",
        "SELECT k.course_id FROM named r JOIN courses_courseprofile k ON k.profile_id = r.id",
    ),
    "reference_certification": (
        "id",
        "register number title level",
        "SELECT k.course_id FROM named r JOIN courses_course_certifications k ON k.certification_id = r.id",
    ),
    "reference_occupation": (
        "id",
        "code label",
        "SELECT k.course_id FROM named r JOIN courses_course_occupations k ON k.occupation_id = r.id",
    ),
}
# table → its columns that name a row of another table
NAMING = {
    "courses_course": {"provider_id": "courses_trainingprovider", "centre_id": "courses_apprenticeshipcentre"},
    "courses_offering": {"commune_id": "reference_commune", "0": "reference_department"},
    "courses_courseskill": {"skill_id": "reference_skill"},
    "courses_courseprofile": {"profile_id": "reference_jobprofile"},
    "courses_course_certifications": {"certification_id": "reference_certification"},
    "courses_course_occupations": {"occupation_id": "reference_occupation"},
    "reference_commune": {"0": "reference_department"},
}
# tables whose words and places `courses.search.lexicon` keeps in memory
SPOKEN = (
    "reference_department reference_commune reference_jobprofile reference_jobprofilealias reference_skill "
    "reference_skillalias reference_occupation reference_jobtitle reference_profileoccupation"
).split()


def _trigger(table: str, event: str, ids: str, *, holds: str = "") -> str:
    """A trigger after one statement; a trigger that reads the rows of its statement serves one event only."""
    name = f"{table}_search_{event.lower()}"
    rows = {"INSERT": "NEW TABLE AS new_rows", "DELETE": "OLD TABLE AS old_rows"}
    rows["UPDATE"] = f"{rows['DELETE']} {rows['INSERT']}"
    # an offering that was moved to another course while this edit waited for its turn
    again = f"PERFORM courses_search_refresh(ARRAY({ids} EXCEPT SELECT unnest(ids)));" if "ON o.id" in ids else ""
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
  ids bigint[];
BEGIN
  {holds}
  ids := ARRAY({ids});
  PERFORM courses_search_refresh(ids);
  {again}
  RETURN NULL;
END $body$;
CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {rows[event]}
  FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


def _hold(table: str, keys: str, *, shared: bool = False) -> str:
    return f"PERFORM courses_search_hold('{table}', ARRAY({keys}), {str(shared).lower()});"


def _holds_of(table: str) -> str:
    """The names that the new rows of a statement use stay what they are until its transaction ends."""
    return "\n  ".join(
        # départements are few and hardly ever change: all at once
        _hold(named, "SELECT '0'" if column == "0" else f"SELECT DISTINCT r.{column}::text FROM new_rows r", shared=True)
        for column, named in NAMING.get(table, {}).items()
    )


HOLD = """
-- One edit names a row, another one changes what that row says, and neither sees what the other did before it is
-- committed: whoever names holds the row together with others, whoever changes holds it alone, until the end of its
-- transaction. Rows share a few holds, since an import names thousands.
CREATE FUNCTION courses_search_hold(named regclass, keys text[], shared boolean) RETURNS void LANGUAGE plpgsql AS $body$
DECLARE
  part integer;
BEGIN
  FOR part IN SELECT DISTINCT hashtext(each) & 31 FROM unnest(keys) AS each WHERE each IS NOT NULL ORDER BY 1 LOOP
    IF shared THEN
      PERFORM pg_advisory_xact_lock_shared(named::oid::integer, part);
    ELSE
      PERFORM pg_advisory_xact_lock(named::oid::integer, part);
    END IF;
  END LOOP;
END $body$;
"""


def _following(table: str, ids: str) -> list[str]:
    old, new = ids.format(rows="old_rows"), ids.format(rows="new_rows")
    events = {"INSERT": new, "DELETE": old, "UPDATE": f"{old} UNION {new}"}
    if table == "reference_profileskill":  # whatever happens to it changes what its job asks
        both = {"INSERT": "new_rows r", "DELETE": "old_rows r"}
        both["UPDATE"] = "(TABLE old_rows UNION TABLE new_rows) r"
        return [
            _trigger(table, event, each, holds=_hold("reference_jobprofile", f"SELECT DISTINCT r.profile_id::text FROM {both[event]}"))
            for event, each in events.items()
        ]
    return [
        _trigger(table, event, each, holds="" if event == "DELETE" else _holds_of(table)) for event, each in events.items()
    ]


def _naming(table: str, key: str, columns: str, ids: str) -> list[str]:
    """Changed, of course; but also written after what names it, or removed and written anew: constraints may wait."""
    new, old = (", ".join(f"{row}.{column}" for column in columns.split()) for row in ("n", "o"))
    changed = f"SELECT n.* FROM new_rows n LEFT JOIN old_rows o USING ({key}) WHERE ({new}) IS DISTINCT FROM ({old})"
    held = "'0'" if table == "reference_department" else f"r.{key}::text"
    holds = f"{_holds_of(table)}\n  {_hold(table, f'SELECT DISTINCT {held} FROM ({changed}) r')}"
    return [
        _trigger(table, "UPDATE", f"WITH named AS ({changed}) {ids}", holds=holds),
        _trigger(table, "INSERT", ids.replace("named r", "new_rows r"), holds=_holds_of(table)),
        _trigger(table, "DELETE", ids.replace("named r", "old_rows r")),
    ]


def triggers() -> str:
    made = [HOLD]
    for table, ids in FOLLOWED.items():
        made += _following(table, ids)
    for table, (key, columns, ids) in NAMED.items():
        made += _naming(table, key, columns, ids)
    made.append("""
CREATE FUNCTION courses_search_words_changed() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  UPDATE courses_searchstate SET words = gen_random_uuid();
  RETURN NULL;
END $body$;
""")
    made += [
        f"CREATE TRIGGER {table}_search_words AFTER INSERT OR UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION courses_search_words_changed();\n"
        for table in SPOKEN
    ]
    return "".join(made)


COUNTED = {"INSERT": ("new_rows", 1), "DELETE": ("old_rows", -1)}
COUNTS = "".join(
    f"""
CREATE FUNCTION courses_search_count_{event.lower()}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO courses_searchcount (label, courses)
  SELECT label, {sign} * count(*) FROM {rows} CROSS JOIN LATERAL unnest(labels || 'tout'::text) AS label GROUP BY label;
  RETURN NULL;
END $body$;
CREATE TRIGGER courses_search_count_{event.lower()} AFTER {event} ON courses_searchdocument
  REFERENCING {"NEW" if sign > 0 else "OLD"} TABLE AS {rows}
  FOR EACH STATEMENT EXECUTE FUNCTION courses_search_count_{event.lower()}();
"""
    for event, (rows, sign) in COUNTED.items()
) + """
CREATE FUNCTION courses_search_count_update() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO courses_searchcount (label, courses)
  SELECT label, sum(change) FROM (
    SELECT unnest(n.labels) AS label, 1 AS change FROM new_rows n JOIN old_rows o USING (course_id) WHERE n.labels <> o.labels
    UNION ALL
    SELECT unnest(o.labels), -1 FROM new_rows n JOIN old_rows o USING (course_id) WHERE n.labels <> o.labels
  ) changes
  GROUP BY label HAVING sum(change) <> 0;
  RETURN NULL;
END $body$;
CREATE TRIGGER courses_search_count_update AFTER UPDATE ON courses_searchdocument
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION courses_search_count_update();
"""

CARDS = """
-- a card says what the facts said: it goes with them
CREATE FUNCTION courses_search_card_gone() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  DELETE FROM courses_searchcard WHERE course_id = OLD.course_id;
  RETURN NULL;
END $body$;
CREATE TRIGGER courses_search_card_changed AFTER UPDATE OF facts ON courses_searchdocument
  FOR EACH ROW WHEN (OLD.facts IS DISTINCT FROM NEW.facts) EXECUTE FUNCTION courses_search_card_gone();
CREATE TRIGGER courses_search_card_deleted AFTER DELETE ON courses_searchdocument
  FOR EACH ROW EXECUTE FUNCTION courses_search_card_gone();
"""

FORWARD = FUNCTIONS + VIEW + WORDS + REFRESH + COUNTS + CARDS
