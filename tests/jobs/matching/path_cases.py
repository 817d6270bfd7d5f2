"""Sessions and problems in one line each, drawn ones, and the brute force that tries every path."""

from hypothesis import strategies as st

from jobs.matching.facts import SkillNeed
from jobs.matching.paths import (
    ANY,
    BEST,
    CHEAPEST,
    CLOSEST,
    FASTEST,
    ON_SITE,
    REMOTE,
    Limits,
    PathProblem,
    PathSession,
    coverage,
    placed,
    violations,
)

UNKNOWN_LAST = 10**12
SKILLS = ("law", "python", "sql", "vision")


def levels(text):
    """ "python:2 sql" → (("python", 2), ("sql", 1))."""
    parts = (word.partition(":") for word in text.split())
    return tuple((code, int(level or 1)) for code, _, level in parts)


def session(code, gives="", days=(0, 10), *, requires="", course="", **known):
    """A free session next door; `days` is (first, last), or a length for a permanent entry."""
    dated = {"days": days} if isinstance(days, int) else {"starts": days[0], "ends": days[1]}
    facts = {"cost_cents": 0, "km": 0, "hours": 10, **dated, **known}
    return PathSession(code, course or code, gives=levels(gives), requires=levels(requires), **facts)


def problem(needs, *sessions, held="", **limits):
    """Needs written "python:2", each of weight 1, or "python:2*3"."""
    wanted = []
    for word in needs.split():
        text, _, weight = word.partition("*")
        ((code, level),) = levels(text)
        wanted.append(SkillNeed(code, code.title(), level, int(weight or 1)))
    return PathProblem(tuple(wanted), levels(held), Limits(**limits), sessions)


def measures(question, path):
    """(coverage, end, cost, distance, steps) of a path of Placed; an unknown amount is more than any known one."""
    sessions = [each.session for each in path]
    return (
        coverage(question, sessions),
        path[-1].ends,
        sum(UNKNOWN_LAST if each.cost_cents is None else each.cost_cents for each in sessions),
        sum(UNKNOWN_LAST if each.away_km is None else each.away_km for each in sessions),
        len(sessions),
    )


def key_of(label, measured):
    """What an answer is chosen by, the smallest first."""
    covered, end, cost, km, steps = measured
    return {
        BEST: (-covered, end, cost, km, steps),
        FASTEST: (end, -covered, cost, km, steps),
        CHEAPEST: (cost, -covered, end, km, steps),
        CLOSEST: (km, -covered, end, cost, steps),
    }[label]


def every_path(question, begun=()):
    """All the paths that the rules allow; a path that breaks one does not mend by growing."""
    for each in question.sessions:
        path = placed(question, [*(one.session.code for one in begun), each.code])
        if not violations(question, path):
            yield path
            yield from every_path(question, path)


def brute_force(question):
    """Label → the smallest key of all the paths there are; nothing where none covers anything."""
    allowed = [measured for path in every_path(question) if (measured := measures(question, path))[0]]
    if not allowed:
        return {}
    most = max(measured[0] for measured in allowed)
    good = [measured for measured in allowed if 10 * measured[0] >= 9 * most]
    return {label: min(key_of(label, each) for each in good) for label in (BEST, FASTEST, CHEAPEST, CLOSEST)}


def keys_found(question, answers):
    """Label → the key of the path found."""
    return {
        label: key_of(label, measures(question, [step.placed for step in path.steps]))
        for label, path in answers.by_label
    }


MAYBE = st.integers(0, 3) | st.none()
GIVEN = st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 3), min_size=1, max_size=3)
ASKED = st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 2), max_size=1)
OFTEN_NONE = st.sampled_from((True, True, False))


@st.composite
def sessions(draw, number):
    """A session of a few days within a fortnight, so that many touch, overlap and wait for each other."""
    starts, length = draw(st.integers(0, 12)), draw(st.integers(0, 5))
    days = length if draw(st.integers(0, 3)) == 0 else (starts, starts + length)
    return PathSession(
        code=f"s{number}",
        course=f"c{draw(st.integers(0, 5))}",
        **({"days": days} if isinstance(days, int) else {"starts": days[0], "ends": days[1]}),
        cost_cents=draw(MAYBE),
        km=draw(MAYBE),
        hours=draw(MAYBE),
        is_remote=draw(st.sampled_from((None, None, True, False))),
        gives=tuple(draw(GIVEN).items()),
        requires=tuple(draw(ASKED).items()),
    )


@st.composite
def problems(draw, most=5):
    """Few sessions and tight limits, one or two at a time: every rule decides now and then."""
    wanted = draw(st.dictionaries(st.sampled_from(SKILLS[1:]), st.integers(1, 3), min_size=1))
    needs = tuple(SkillNeed(code, code, level, draw(st.integers(1, 4))) for code, level in wanted.items())
    held = draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(0, 2), max_size=2))
    limits = Limits(
        first_day=draw(st.integers(0, 3)),
        deadline=None if draw(OFTEN_NONE) else draw(st.integers(5, 17)),
        budget_cents=None if draw(OFTEN_NONE) else draw(st.integers(0, 5)),
        max_km=None if draw(OFTEN_NONE) else draw(st.integers(0, 3)),
        hours=None if draw(OFTEN_NONE) else draw(st.integers(1, 6)),
        steps=draw(st.integers(1, 4)),
        modality=draw(st.sampled_from((ANY, ANY, REMOTE, ON_SITE))),
    )
    offered = tuple(draw(sessions(number)) for number in range(draw(st.integers(1, most))))
    return PathProblem(needs, tuple(held.items()), limits, offered)


def crowded(draw, count=9):
    """A problem where much is nearly equal: few skills, few days, courses whose sessions differ, limits that bite."""

    def some(most):
        return None if draw.random() < 0.1 else draw.randint(0, most)

    offered = []
    for number in range(count):
        starts, length = draw.randint(0, 9), draw.randint(0, 4)
        days = {"days": length} if draw.random() < 0.25 else {"starts": starts, "ends": starts + length}
        given = {code: draw.choice((1, 1, 2, 3)) for code in draw.sample(SKILLS, draw.choice((1, 1, 1, 2)))}
        asked = {code: draw.choice((1, 1, 2)) for code in draw.sample(SKILLS, draw.choice((0, 0, 1)))}
        offered.append(
            PathSession(
                f"s{number}",
                f"c{draw.randint(0, count * 2 // 3)}",
                **days,
                cost_cents=some(3),
                km=some(3),
                hours=some(3),
                gives=tuple(given.items()),
                requires=tuple(asked.items()),
            )
        )
    limits = Limits(
        deadline=draw.choice((None, 11, 13)),
        budget_cents=draw.choice((None, None, 2, 4)),
        hours=draw.choice((None, 2, 3, 4)),
        steps=draw.choice((2, 3, 3, 4)),
    )
    needs = tuple(SkillNeed(code, code, draw.randint(1, 3), draw.randint(1, 4)) for code in SKILLS[1:])
    return PathProblem(needs, (), limits, tuple(offered))
