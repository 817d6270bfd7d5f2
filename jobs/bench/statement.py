"""The same integers by PostgreSQL: one statement that gives the twenty best courses of a request, in their order.

It is what a careful programmer would write on the tables as they are. Titles that say a name of the goal are given to
it with their points: PostgreSQL does not fold titles as the portal does.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from jobs.bench.asked import WEEK, Asked

TOP_20 = """
WITH needs AS MATERIALIZED (
  SELECT s.id AS skill_id, n.level, n.weight, n.held
  FROM unnest(%(codes)s::text[], %(levels)s::integer[], %(weights)s::integer[], %(own)s::integer[])
    AS n(code, level, weight, held)
  JOIN reference_skill s ON s.code = n.code
), held AS MATERIALIZED (
  SELECT s.id AS skill_id, h.level FROM unnest(%(held_codes)s::text[], %(held_levels)s::integer[]) AS h(code, level)
  JOIN reference_skill s ON s.code = h.code
), gains AS MATERIALIZED (
  SELECT k.course_id, sum((2 * 600 * share + %(whole)s) / (2 * %(whole)s)) AS points
  FROM courses_courseskill k
  JOIN needs n ON n.skill_id = k.skill_id
  CROSS JOIN LATERAL (SELECT greatest(n.held, k.level_required) AS start) a
  CROSS JOIN LATERAL (SELECT greatest(a.start, least(k.level_given, n.level)) - a.start AS levels) b
  CROSS JOIN LATERAL (
    SELECT n.weight * b.levels * CASE k.origin WHEN 'suggested' THEN 3 ELSE 4 END AS share) c
  WHERE b.levels > 0
  GROUP BY k.course_id
), links AS MATERIALIZED (
  SELECT course_id, sum(points) AS points FROM (
    SELECT p.course_id, max(CASE p.origin WHEN 'suggested' THEN 22 ELSE 30 END) AS points
    FROM courses_courseprofile p JOIN reference_jobprofile j ON j.id = p.profile_id
    WHERE j.slug = ANY (%(profiles)s) GROUP BY p.course_id
    UNION ALL
    SELECT DISTINCT f.course_id, 15 FROM courses_course_formacodes f WHERE f.formacode_id = ANY (%(formacodes)s)
  ) kinds GROUP BY course_id
), titles AS MATERIALIZED (
  SELECT * FROM unnest(%(titled)s::bigint[], %(title_points)s::integer[]) AS t(course_id, points)
), wanted AS MATERIALIZED (
  SELECT c.id, coalesce(g.points, 0) AS coverage,
    coalesce(g.points, 0) + coalesce(l.points, 0) + coalesce(t.points, 0)
    + CASE WHEN c.demand_counted_on IS NULL THEN 0 ELSE least(c.demand, 20) END
    + CASE WHEN %(own_level)s::integer IS NULL THEN 0
           WHEN c.entry_level IS NULL THEN -10 WHEN c.entry_level <= %(own_level)s THEN 0
           WHEN c.entry_level_is_mandatory IS NULL THEN -10 ELSE -30 END AS points
  FROM (SELECT course_id FROM gains UNION SELECT course_id FROM links UNION SELECT course_id FROM titles) o
  JOIN courses_course c ON c.id = o.course_id
  LEFT JOIN gains g ON g.course_id = c.id
  LEFT JOIN links l ON l.course_id = c.id
  LEFT JOIN titles t ON t.course_id = c.id
  WHERE c.status = 'published' AND c.hidden_since IS NULL
    AND NOT coalesce(c.entry_level_is_mandatory AND c.entry_level > %(own_level)s, false)
), prerequisites AS MATERIALIZED (
  SELECT k.course_id,
    sum(CASE WHEN h.level IS NULL THEN -10 WHEN h.level >= k.level_required THEN 0 ELSE -30 END) AS points
  FROM courses_courseskill k
  LEFT JOIN held h ON h.skill_id = k.skill_id
  WHERE k.level_required > 0 AND k.course_id IN (SELECT id FROM wanted)
  GROUP BY k.course_id
), ways AS (
  SELECT w.id, w.coverage, x.id AS offering, x.modality = 'remote' AS is_remote,
    x.entry_mode = 'permanent' AS is_permanent, s.starts_on, s.starts_by, cost.cents, w.points
      + coalesce(r.points, 0)
      + CASE WHEN cost.cents IS NULL THEN -10 ELSE greatest(0, 60 - cost.cents / 5000) END AS points,
    CASE WHEN x.modality = 'remote' OR NOT %(has_place)s THEN NULL ELSE
      round((12742 * asin(least(1, sqrt(
        sin(radians(coalesce(x.latitude, m.latitude) - %(latitude)s) / 2) ^ 2
        + cos(radians(%(latitude)s)) * cos(radians(coalesce(x.latitude, m.latitude)))
          * sin(radians(coalesce(x.longitude, m.longitude) - %(longitude)s) / 2) ^ 2))))::numeric)::integer END AS km
  FROM wanted w
  LEFT JOIN prerequisites r ON r.course_id = w.id
  LEFT JOIN courses_offering x ON x.course_id = w.id
  LEFT JOIN reference_commune m ON m.insee = x.commune_id
  LEFT JOIN LATERAL (
    SELECT left_to_pay_cents AS cents FROM courses_offeringcost q
    WHERE q.offering_id = x.id AND q.audience = %(audience)s
  ) cost ON true
  LEFT JOIN LATERAL (
    SELECT z.starts_on, l.starts_by
    FROM courses_session z
    CROSS JOIN LATERAL (SELECT (CASE z.starts_precision
      WHEN 'month' THEN date_trunc('month', z.starts_on) + interval '1 month -1 day'
      WHEN 'year' THEN date_trunc('year', z.starts_on) + interval '1 year -1 day'
      ELSE z.starts_on END)::date AS starts_by) l
    WHERE z.offering_id = x.id AND x.entry_mode <> 'permanent' AND l.starts_by >= %(day)s
      AND NOT z.is_full AND z.seats_left IS DISTINCT FROM 0 AND z.recruitment NOT IN ('closed', 'suspended')
      AND (z.registration_closes_on IS NULL OR z.registration_closes_on >= %(day)s)
    ORDER BY NOT (l.starts_by >= %(after)s AND z.starts_on <= %(before)s), z.starts_on, z.id
    LIMIT 1
  ) s ON true
), scored AS (
  SELECT *, points
    + CASE WHEN NOT %(has_place)s THEN 0 WHEN is_remote THEN 100 WHEN km IS NULL THEN -10 ELSE greatest(0, 100 - km) END
    + CASE WHEN is_permanent THEN 60
           WHEN starts_by IS NULL OR starts_on < %(after)s OR starts_by > %(before)s THEN -10
           ELSE greatest(0, 60 * (365 - greatest(0, starts_by - greatest(%(day)s::date, %(after)s::date))) / 365) END
    AS score,
    CASE WHEN is_remote THEN 0 ELSE coalesce(km, 1000000000) END AS away,
    CASE WHEN is_permanent THEN %(day)s::date ELSE coalesce(starts_by, 'infinity') END AS starts
  FROM ways
  WHERE NOT (%(only_remote)s AND coalesce(NOT is_remote, false))
    AND NOT (NOT %(accepts_remote)s AND NOT %(only_remote)s AND coalesce(is_remote, false))
    AND NOT coalesce(NOT coalesce(is_remote, false) AND km > %(reach)s, false)
    AND NOT coalesce(starts_by < %(after)s OR starts_on > %(before)s, false)
    AND NOT coalesce(cents > %(budget)s, false)
), best AS (
  SELECT DISTINCT ON (id) * FROM scored ORDER BY id, score DESC, coverage DESC, away, starts, offering
)
SELECT id, score FROM best
ORDER BY score DESC, coverage DESC, away, starts,
  encode(sha256(convert_to(%(turn)s || id, 'UTF8')), 'hex')
LIMIT 20
"""


def top_20(asked: Asked, titled: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """(course, points) of the twenty best; `titled` are the courses whose title says a name, with their points."""
    with connection.cursor() as cursor:
        cursor.execute(TOP_20, parameters(asked, titled))
        return [(int(pk), int(score)) for pk, score in cursor.fetchall()]


def parameters(asked: Asked, titled: Sequence[tuple[int, int]]) -> dict[str, Any]:
    seeker, here = asked.seeker, asked.here
    held = seeker.held_levels
    codes: dict[str, list[str]] = {"profile": [], "formacode": []}
    for kind, code in sorted(seeker.targets):
        codes[kind].append(code)
    return {
        "codes": [need.code for need in seeker.missing],
        "levels": [need.level for need in seeker.missing],
        "weights": [need.weight for need in seeker.missing],
        "own": [held.get(need.code, 0) for need in seeker.missing],
        "held_codes": list(held),
        "held_levels": list(held.values()),
        "whole": 4 * seeker.missing_weight or 1,
        "profiles": codes["profile"],
        "formacodes": codes["formacode"],
        "titled": [pk for pk, _points in titled],
        "title_points": [points for _pk, points in titled],
        "own_level": seeker.entry_level,
        "has_place": seeker.has_place,
        "latitude": here.latitude if here else 0.0,
        "longitude": here.longitude if here else 0.0,
        "audience": seeker.audience,
        "day": seeker.day,
        "after": seeker.starts_after or "-infinity",
        "before": seeker.starts_before or "infinity",
        "only_remote": seeker.only_remote,
        "accepts_remote": seeker.accepts_remote,
        "reach": seeker.reach_km,
        "budget": seeker.budget_cents,
        "turn": f"{WEEK}|{seeker.query_key}|",
    }
