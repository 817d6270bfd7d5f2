"""The part `recommend`: the twenty best courses for a person, from the snapshot, by SQL, and through the ORM."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from courses.bench.catalogue import SEED
from courses.bench.clock import Reading
from courses.bench.clock import measure as clocked
from courses.bench.measure import Contender, compare, interleave, sampled
from courses.bench.parts import PORTAL, PartReport, WrongAnswer, patiently
from courses.bench.peers.normalised import backend
from courses.bench.run import Options
from courses.models import Course
from jobs.bench.asked import WEEK, Asked
from jobs.bench.ground import Ground, ground
from jobs.bench.memory import private_mb
from jobs.bench.statement import top_20
from jobs.matching.candidates import course_facts
from jobs.matching.engine import order_of, rank
from jobs.snapshot.ordered import Ranked

TOP = 20
# whole rankings compared with the engine's, which reads all that may answer: seconds each on a large catalogue
COMPARED = {"257": 20, "3k": 12, "60k": 6, "300k": 2}
# the loop is asked so many courses, and its time is that of all of them
LOOPED = 100


def measure(options: Options, say: Callable[[str], None]) -> PartReport:
    """Raises WrongAnswer before any figure is taken."""
    with ground(options.size, say) as stands:
        asked = stands.crowd.draw(options.queries, "recommend")
        equal = check(stands, asked, COMPARED[options.size], say)
        report = figures(stands, asked, options)
        report.told |= {"equal": equal, **stands.told, "courses_on_the_goal": _on_goal(stands, asked)}
        requests = [(each.seeker, each.names, _point(each)) for each in asked]
        report.told["private_mb"] = round(private_mb(stands.folder, requests), 2)
        return report


def ours(stands: Ground, asked: Asked) -> Ranked:
    """A worker keeps what the day decides, and the titles that say a goal, which SQL is given too."""
    return stands.snapshot.rank(asked.seeker, asked.titles, asked.here, WEEK)


def ours_anew(stands: Ground, asked: Asked) -> Ranked:
    """For the first who asks for a goal: the titles are looked for."""
    forgetful = replace(stands.snapshot, titles={})
    return forgetful.rank(asked.seeker, asked.titles, asked.here, WEEK)


def check(stands: Ground, asked: Sequence[Asked], most: int, say: Callable[[str], None]) -> list[int]:
    """Every first twenty is that of the statement, and some whole rankings those of the engine; [right, compared]."""
    with patiently():
        for number, each in enumerate(asked):
            found = [(hit.course, hit.score) for hit in ours_anew(stands, each).page(0, TOP)]
            right = top_20(each, titled(stands, each))
            if found != right:
                raise WrongAnswer(f"recommend {number}: {found} instead of {right}\n{each}")
        chosen = sorted(sampled(len(asked), most))
        answers = sum(_check_whole(stands, asked[number]) for number in chosen)
    say(f"  recommend : {len(asked)} = SQL, {len(chosen)} = engine ({answers})")
    return [len(asked) + len(chosen)] * 2


def _check_whole(stands: Ground, asked: Asked) -> int:
    """All answers, in order, and what is left out: as the engine says. How many answers."""
    found = ours(stands, asked)
    right = rank(asked.seeker, course_facts(asked.seeker, asked.titles, asked.here), week=WEEK)
    hits = [(hit.course, hit.offering, hit.session, hit.order) for hit in found.page(0, len(found))]
    wanted = [
        (a.course.pk, a.course.offering_pk, a.course.session_pk, order_of(asked.seeker, a, WEEK)) for a in right.answers
    ]
    left_out = [pk for _reason, pk in found.excluded_in_order()]
    same = hits == wanted and left_out == [each.course_pk for each in right.excluded]
    if not same or found.exclusion_counts != right.exclusion_counts or found.bringing != right.bringing:
        raise WrongAnswer(f"recommend: {hits[:TOP]} instead of {wanted[:TOP]}\n{asked}")
    return len(hits)


def titled(stands: Ground, asked: Asked) -> list[tuple[int, int]]:
    rows, points = stands.snapshot.titled(asked.titles)
    return list(zip(stands.snapshot.arrays.course_pk[rows].tolist(), points.tolist(), strict=True))


def figures(stands: Ground, asked: Sequence[Asked], options: Options) -> PartReport:
    given = [titled(stands, each) for each in asked]

    def whole(number: int) -> None:
        each = asked[number]
        rank(each.seeker, course_facts(each.seeker, each.titles, each.here), week=WEEK)

    def known(number: int) -> None:
        ours(stands, asked[number]).page(0, TOP)

    portal = Contender(PORTAL, known)
    servers = backend()
    others = [
        Contender(f"{PORTAL}, but nouveau", lambda number: ours_anew(stands, asked[number]).page(0, TOP)),
        Contender("sql", lambda number: top_20(asked[number], given[number]), servers, 20, 3, patiently),
        Contender("base", whole, servers, 2, 1, patiently),
    ]
    interleave([portal, *others], len(asked), options.repetitions)
    others.append(loop(stands, asked[0], servers))
    report = PartReport("recommend", [each.row() for each in (portal, *others)])
    for other in others:
        report.ratios.append({"engine": other.name, "of": "mean", **compare(portal, other).as_row()})
    return report


def loop(stands: Ground, asked: Asked, servers: Sequence[int]) -> Contender:
    """One course after the other through the ORM, as it is first written: some of them, times all of them."""
    pks = list(Course.objects.published().order_by("pk").values_list("pk", flat=True))
    some = random.Random(f"{SEED} loop").sample(pks, min(LOOPED, len(pks)))

    def walk() -> None:
        for pk in some:
            rank(asked.seeker, course_facts(asked.seeker, asked.titles, asked.here, only=[pk]), week=WEEK)

    walk()
    (reading,) = clocked([walk], servers)
    times = len(pks) / len(some)
    scaled = Reading(*(round(each * times) for each in (reading.wall, reading.cpu, reading.served)))
    return Contender("orm", lambda _number: None, readings={0: [scaled]})


def _point(asked: Asked) -> tuple[float, float] | None:
    return (asked.here.latitude, asked.here.longitude) if asked.here else None


def _on_goal(stands: Ground, asked: Sequence[Asked]) -> int:
    """How many courses are on a goal, on average."""
    found = [ours(stands, each) for each in asked]
    return round(sum(len(each.rows) + len(each.left_out) for each in found) / len(found))
