"""A seeker and courses in one line each: a test says only what matters."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from jobs.matching.facts import CourseFacts, Link, SeekerFacts, SkillNeed, Taught

TODAY = date(2027, 1, 15)
NEUTRAL = {"is_remote": False, "distance_km": 200, "starts_on": date(2029, 1, 1), "start_precision": "day"}


def need(code, level=2, weight=3):
    return SkillNeed(code, code.title(), level, weight)


def seeker(*needs, **said):
    """Needs written "python:2" or "python"; the rest as SeekerFacts says it."""
    parts = (text.partition(":") for text in needs)
    return SeekerFacts(tuple(need(code, int(level or 2)) for code, _, level in parts), TODAY, **said)


def lesson(text, origin="declared"):
    """ "python:0-2" takes from nothing to practice; "python" likewise."""
    code, _, levels = text.partition(":")
    required, _, given = (levels or "0-2").partition("-")
    return Taught(code, code.title(), int(required), int(given), origin, f"« {code} »")


def course(pk, *lessons, origin="declared", **known):
    """A course far away, starting in two years, free of any other merit than what the test gives it."""
    facts = {**NEUTRAL, "cost_cents": 900_000, **known}
    return CourseFacts(pk, f"Formation {pk}", teaches=tuple(lesson(text, origin) for text in lessons), **facts)


CODES = ("python", "sql", "statistics", "mlops", "law", "vision", "prompt", "cloud")
LEVELS = st.integers(1, 3)
DAYS = st.dates(date(2026, 6, 1), date(2029, 6, 1))


def maybe(strategy):
    return st.none() | strategy


NEEDS = st.lists(
    st.builds(SkillNeed, st.sampled_from(CODES), st.just("x"), LEVELS, st.integers(1, 39)),
    max_size=8,
    unique_by=lambda n: n.code,
).map(tuple)
TARGETS = st.frozensets(
    st.sampled_from([("profile", "data-analyst"), ("profile", "mlops"), ("rome", "M1405"), ("formacode", "31028")])
)
SEEKERS = st.builds(
    SeekerFacts,
    needs=NEEDS,
    day=st.just(TODAY),
    held=st.lists(st.tuples(st.sampled_from(CODES), st.integers(0, 3)), max_size=6).map(tuple),
    targets=TARGETS,
    has_place=st.booleans(),
    reach_km=maybe(st.integers(5, 200)),
    accepts_remote=st.booleans(),
    only_remote=st.booleans(),
    starts_after=maybe(DAYS),
    starts_before=maybe(DAYS),
    entry_level=maybe(st.integers(0, 8)),
    budget_cents=maybe(st.integers(0, 1_000_000)),
    query_key=st.sampled_from(["a", "b", "c"]),
)
LESSONS = st.lists(
    st.builds(
        Taught,
        st.sampled_from(CODES),
        st.just("x"),
        st.integers(0, 3),
        LEVELS,
        st.sampled_from(["declared", "validated", "suggested"]),
    ),
    max_size=6,
    unique_by=lambda t: t.code,
).map(tuple)
LINKS = st.lists(
    st.builds(
        Link,
        st.sampled_from(["profile", "rome", "formacode"]),
        st.sampled_from(["data-analyst", "mlops", "M1405", "31028", "99999"]),
        st.sampled_from(["declared", "validated", "suggested", "Certif Info"]),
    ),
    max_size=4,
).map(tuple)


def dated(facts, start):
    """Give a course a start whose precision fits it, as the database's constraint does."""
    starts_on, precision, note = start
    if starts_on is None:
        return replace(facts, starts_on=None, start_precision="unknown", start_note=note)
    return replace(facts, starts_on=starts_on, start_precision=precision, start_note="")


STARTS = st.tuples(
    maybe(DAYS), st.sampled_from(["day", "month", "year"]), st.sampled_from(["", "permanent", "full", "closed"])
)
COURSES = st.builds(
    dated,
    st.builds(
        CourseFacts,
        pk=st.integers(1, 40),
        title=st.just("x"),
        offering_pk=st.integers(1, 400),
        teaches=LESSONS,
        links=LINKS,
        title_match=st.integers(0, 120),
        distance_km=maybe(st.integers(0, 250)),
        is_remote=maybe(st.booleans()),
        cost_cents=maybe(st.integers(0, 1_000_000)),
        entry_level=maybe(st.integers(0, 8)),
        entry_is_mandatory=maybe(st.booleans()),
        demand=maybe(st.integers(0, 60)),
    ),
    STARTS,
)
