"""The criteria of the ranking: one pure function each, its weight beside it, in the order of the public page.

A criterion returns terms; the score is the sum of their points, all whole numbers. Wording lives in templates, keyed
by criterion code and state. Facts of a term, by criterion:

- coverage (met): skill, label, from_level, to_level, wanted_level, origin ("declared", "validated", "suggested"),
  evidence; one term per skill. The weight is shared between missing skills by weight and levels; a skill that only
  a rule suggests counts three quarters.
- prerequisite (met 0, unmet -30 per skill, unknown -10 per skill): skills, a tuple of (code, label, required_level,
  held_level); held_level is None when the person said nothing of it, 0 for "not at all".
- entry_level (met 0, unmet -30, unknown -10): course_level (None when unknown), own_level, is_mandatory (None when
  unknown). No term when the person gave no level. A mandatory level above the person's is a filter, not a term.
- link (met): kind ("profile", "formacode", "rome", "rome_parent": the wider code that many courses still carry),
  codes, source ("declared", "validated", "suggested", or the name of an official file), witness (what a suggested
  sign was proposed after, else empty); one term per kind, of which a suggested one counts three quarters.
- title (met): match, 0 to TITLE_MOST.
- place (met, unmet, unknown -10): distance_km, remote. No term when the person gave no place.
- date (met, unmet, unknown -10): starts_on, precision, note ("permanent", "full", "closed", "").
- cost (met, unmet, unknown -10): left_to_pay_cents, audience.
- demand (met): posts, counted (how many of them count, at most the weight). No term when never counted or 0.

Filters drop a course only on a limit the person set and a fact that is known. Their facts, by reason, in order:

- not_remote: none (the person takes only courses entirely at a distance)
- remote_refused: none (the person wants to go somewhere)
- too_far: distance_km, reach_km
- starts_outside: starts_on, precision, starts_after, starts_before
- level_too_high: course_level, own_level
- over_budget: left_to_pay_cents, budget_cents, audience
"""

from collections.abc import Callable
from dataclasses import dataclass

from jobs.matching.facts import (
    MET,
    PERMANENT,
    SUGGESTED,
    TITLE_MOST,
    UNKNOWN,
    UNMET,
    CourseFacts,
    Gain,
    SeekerFacts,
    SkillNeed,
    Taught,
    Term,
)

COVERAGE, LINK, TITLE, PLACE, DATE, COST, DEMAND = 600, 60, TITLE_MOST, 100, 60, 60, 20
UNCERTAINTY = -10
NOT_READY = -30
# shares of LINK: a body naming the job says more than a Formacode, which says more than ROME (measured)
LINK_SHARES = {"profile": 30, "formacode": 15, "rome": 10, "rome_parent": 5}
DATE_DAYS = 365
COST_STEP_CENTS = 5_000

Terms = tuple[Term, ...]
Facts = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """`weight` is the most a course can get, or what it loses for a criterion that can only lower."""

    code: str
    weight: int
    function: Callable[[SeekerFacts, CourseFacts], Terms]


@dataclass(frozen=True, slots=True)
class Filter:
    """`function` returns the facts of the refusal, None when the course passes."""

    reason: str
    function: Callable[[SeekerFacts, CourseFacts], Facts | None]


def gains(seeker: SeekerFacts, course: CourseFacts) -> tuple[tuple[Gain, Taught], ...]:
    """The missing skills that the course brings, heaviest first, each with what the course says of it."""
    taught = _by_skill(course)
    found = ((need, taught[need.code]) for need in seeker.missing if need.code in taught)
    brought = ((_gain(seeker, need, lesson), lesson) for need, lesson in found)
    return tuple((gain, lesson) for gain, lesson in brought if gain.to_level > gain.from_level)


def coverage(seeker: SeekerFacts, course: CourseFacts) -> Terms:
    return tuple(
        Term(
            "coverage",
            gain.points,
            MET,
            (
                ("skill", gain.code),
                ("label", gain.label),
                ("from_level", gain.from_level),
                ("to_level", gain.to_level),
                ("wanted_level", gain.wanted_level),
                ("origin", lesson.origin),
                ("evidence", lesson.evidence),
            ),
        )
        for gain, lesson in gains(seeker, course)
    )


def prerequisite(seeker: SeekerFacts, course: CourseFacts) -> Terms:
    """A skill the person said nothing of is unknown, not missing."""
    held = seeker.held_levels
    by_state: dict[str, list[tuple[str, str, int, int | None]]] = {MET: [], UNMET: [], UNKNOWN: []}
    for code, lesson in sorted(_by_skill(course).items()):
        if lesson.required_level > 0:
            own = held.get(code)
            state = UNKNOWN if own is None else MET if own >= lesson.required_level else UNMET
            by_state[state].append((code, lesson.label, lesson.required_level, own))
    each = {MET: 0, UNMET: NOT_READY, UNKNOWN: UNCERTAINTY}
    return tuple(
        Term("prerequisite", each[state] * len(skills), state, (("skills", tuple(skills)),))
        for state, skills in by_state.items()
        if skills
    )


def entry_level(seeker: SeekerFacts, course: CourseFacts) -> Terms:
    if seeker.entry_level is None:
        return ()
    facts = (
        ("course_level", course.entry_level),
        ("own_level", seeker.entry_level),
        ("is_mandatory", course.entry_is_mandatory),
    )
    if course.entry_level is None:
        return (Term("entry_level", UNCERTAINTY, UNKNOWN, facts),)
    if course.entry_level <= seeker.entry_level:
        return (Term("entry_level", 0, MET, facts),)
    if course.entry_is_mandatory is None:
        return (Term("entry_level", UNCERTAINTY, UNKNOWN, facts),)
    return (Term("entry_level", NOT_READY, UNMET, facts),)


def link(seeker: SeekerFacts, course: CourseFacts) -> Terms:
    terms = []
    for kind, share in LINK_SHARES.items():
        signs = [sign for sign in course.links if sign.kind == kind and (kind, sign.code) in seeker.targets]
        if signs:
            best = min(signs, key=lambda sign: (sign.source == SUGGESTED, sign.source, not sign.witness, sign.witness))
            is_suggested = best.source == SUGGESTED
            codes = tuple(sorted({sign.code for sign in signs}))
            points = share * 3 // 4 if is_suggested else share
            witness = best.witness if is_suggested else ""
            facts = (("kind", kind), ("codes", codes), ("source", best.source), ("witness", witness))
            terms.append(Term("link", points, MET, facts))
    return tuple(terms)


def title(seeker: SeekerFacts, course: CourseFacts) -> Terms:
    match = course.title_match
    return (Term("title", match, MET, (("match", match),)),) if match else ()


def place(seeker: SeekerFacts, course: CourseFacts) -> Terms:
    """One point less per kilometre; a course entirely at a distance is at 0 km."""
    if not seeker.has_place:
        return ()
    if course.is_remote:
        return (Term("place", PLACE, MET, (("remote", True),)),)
    if course.distance_km is None:
        return (Term("place", UNCERTAINTY, UNKNOWN),)
    points = max(0, PLACE - course.distance_km)
    return (Term("place", points, MET if points else UNMET, (("distance_km", course.distance_km),)),)


def date(seeker: SeekerFacts, course: CourseFacts) -> Terms:
    """All points for a start on the first day the person can, none a year later; "March" counts as its last day."""
    facts = (("starts_on", course.starts_on), ("precision", course.start_precision), ("note", course.start_note))
    if course.start_note == PERMANENT:
        return (Term("date", DATE, MET, facts),)
    if course.starts_by is None or not _surely_inside(seeker, course):
        return (Term("date", UNCERTAINTY, UNKNOWN, facts),)
    first = max(seeker.day, seeker.starts_after or seeker.day)
    days = max(0, (course.starts_by - first).days)
    points = max(0, DATE * (DATE_DAYS - days) // DATE_DAYS)
    return (Term("date", points, MET if points else UNMET, facts),)


def cost(seeker: SeekerFacts, course: CourseFacts) -> Terms:
    """All points for nothing left to pay, one less per 50 euros."""
    facts = (("left_to_pay_cents", course.cost_cents), ("audience", seeker.audience))
    if course.cost_cents is None:
        return (Term("cost", UNCERTAINTY, UNKNOWN, facts),)
    points = max(0, COST - course.cost_cents // COST_STEP_CENTS)
    return (Term("cost", points, MET if points else UNMET, facts),)


def demand(seeker: SeekerFacts, course: CourseFacts) -> Terms:
    """One point per open post that asks for its skills; posts beyond the weight do not count."""
    if not course.demand:
        return ()
    posts = min(course.demand, DEMAND)
    return (Term("demand", posts, MET, (("posts", course.demand), ("counted", posts))),)


CRITERIA: tuple[Criterion, ...] = (
    Criterion("coverage", COVERAGE, coverage),
    Criterion("link", LINK, link),
    Criterion("title", TITLE, title),
    Criterion("place", PLACE, place),
    Criterion("date", DATE, date),
    Criterion("cost", COST, cost),
    Criterion("demand", DEMAND, demand),
    Criterion("prerequisite", NOT_READY, prerequisite),
    Criterion("entry_level", NOT_READY, entry_level),
)


def not_remote(seeker: SeekerFacts, course: CourseFacts) -> Facts | None:
    return () if seeker.only_remote and course.is_remote is False else None


def remote_refused(seeker: SeekerFacts, course: CourseFacts) -> Facts | None:
    return () if not seeker.accepts_remote and not seeker.only_remote and course.is_remote else None


def too_far(seeker: SeekerFacts, course: CourseFacts) -> Facts | None:
    """A known distance decides even when the modality is not stated: there is a place to go to."""
    if not seeker.has_place or seeker.reach_km is None or course.is_remote or course.distance_km is None:
        return None
    far = course.distance_km > seeker.reach_km
    return (("distance_km", course.distance_km), ("reach_km", seeker.reach_km)) if far else None


def starts_outside(seeker: SeekerFacts, course: CourseFacts) -> Facts | None:
    """Dropped only when no day of a partial date falls inside what the person set."""
    if course.starts_on is None or course.starts_by is None:
        return None
    early = seeker.starts_after is not None and course.starts_by < seeker.starts_after
    late = seeker.starts_before is not None and course.starts_on > seeker.starts_before
    if not early and not late:
        return None
    return (
        ("starts_on", course.starts_on),
        ("precision", course.start_precision),
        ("starts_after", seeker.starts_after),
        ("starts_before", seeker.starts_before),
    )


def level_too_high(seeker: SeekerFacts, course: CourseFacts) -> Facts | None:
    if seeker.entry_level is None or course.entry_level is None or not course.entry_is_mandatory:
        return None
    high = course.entry_level > seeker.entry_level
    return (("course_level", course.entry_level), ("own_level", seeker.entry_level)) if high else None


def over_budget(seeker: SeekerFacts, course: CourseFacts) -> Facts | None:
    if seeker.budget_cents is None or course.cost_cents is None or course.cost_cents <= seeker.budget_cents:
        return None
    return (
        ("left_to_pay_cents", course.cost_cents),
        ("budget_cents", seeker.budget_cents),
        ("audience", seeker.audience),
    )


FILTERS: tuple[Filter, ...] = (
    Filter("not_remote", not_remote),
    Filter("remote_refused", remote_refused),
    Filter("too_far", too_far),
    Filter("starts_outside", starts_outside),
    Filter("level_too_high", level_too_high),
    Filter("over_budget", over_budget),
)


def _by_skill(course: CourseFacts) -> dict[str, Taught]:
    """One lesson per skill, whatever the order of rows: a certain one first, then the highest level."""
    kept: dict[str, Taught] = {}
    for lesson in sorted(
        course.teaches, key=lambda t: (t.origin != SUGGESTED, t.given_level, -t.required_level, t.evidence)
    ):
        kept[lesson.code] = lesson
    return kept


def _gain(seeker: SeekerFacts, need: SkillNeed, lesson: Taught) -> Gain:
    """A course brings the levels above the one it asks for; those below are for another course to bring."""
    start = max(seeker.held_levels.get(need.code, 0), lesson.required_level)
    reached = max(start, min(lesson.given_level, need.level))
    share = need.weight * (reached - start) * (3 if lesson.origin == SUGGESTED else 4)
    points = _rounded(COVERAGE * share, 4 * seeker.missing_weight)
    return Gain(need.code, need.label, start, reached, need.level, points)


def _rounded(numerator: int, denominator: int) -> int:
    """The nearest whole number, halves up, without a float."""
    return (2 * numerator + denominator) // (2 * denominator)


def _surely_inside(seeker: SeekerFacts, course: CourseFacts) -> bool:
    """Whether every day a partial date may mean suits the person."""
    if course.starts_on is None or course.starts_by is None:
        return False
    after = seeker.starts_after is None or course.starts_on >= seeker.starts_after
    before = seeker.starts_before is None or course.starts_by <= seeker.starts_before
    return after and before
