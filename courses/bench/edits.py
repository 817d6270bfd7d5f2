"""Edits: whether what is kept for the whole catalogue follows each of them, and whether an edit is found at once."""

import random
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction

from courses.bench import ours
from courses.bench.answers import difference
from courses.bench.catalogue import DAY, SEED
from courses.bench.facts import Facts
from courses.bench.parts import PartReport, WrongAnswer, patiently
from courses.bench.peers.base import Peer
from courses.bench.peers.normalised import Normalised
from courses.bench.words import new_words
from courses.models import Course, CourseProfile, Offering, OfferingCost, Session
from courses.search.question import CourseQuestion
from portal.moderation.models import Status
from portal.reference.models import JobProfile

EDITS = 12
FRESH = 20


def some(draw: random.Random, model: Any, **conditions: Any) -> Any:
    """A row of `model`, any of them."""
    rows = model.objects.filter(**conditions).order_by("pk")
    return rows[draw.randrange(rows.count())]


def edits(draw: random.Random) -> list[tuple[str, Callable[[], object]]]:
    """What people do to a catalogue, one row at a time."""
    course, offering = some(draw, Course, status=Status.PUBLISHED), some(draw, Offering)
    return [
        ("withdrawn", lambda: Course.objects.filter(pk=course.pk).update(status=Status.WITHDRAWN)),
        ("published", lambda: Course.objects.filter(pk=course.pk).update(status=Status.PUBLISHED)),
        ("hidden", lambda: Course.objects.filter(pk=course.pk).update(hidden_since=DAY)),
        ("modality", lambda: Offering.objects.filter(pk=offering.pk).update(modality=draw.choice(["mixed", None]))),
        ("length", lambda: Offering.objects.filter(pk=offering.pk).update(duration_hours=draw.choice([5, 900, None]))),
        ("fundings", lambda: Offering.objects.filter(pk=offering.pk).update(fundings=draw.sample(["cpf", "state"], 1))),
        ("level", lambda: Course.objects.filter(pk=course.pk + 1).update(entry_level=draw.choice([None, 8]))),
        ("job added", lambda: add_job(draw)),
        ("job removed", lambda: some(draw, CourseProfile).delete()),
        ("offering removed", lambda: some(draw, Offering).delete()),
        ("offering added", lambda: Offering.objects.create(course_id=course.pk + 2, modality="onsite")),
        ("session removed", lambda: some(draw, Session).delete()),
        ("cost", lambda: OfferingCost.objects.filter(pk=some(draw, OfferingCost).pk).update(condition="autre")),
        ("course removed", lambda: some(draw, Course, status=Status.WITHDRAWN).delete()),
    ]


def add_job(draw: random.Random) -> object:
    return CourseProfile.objects.get_or_create(course=some(draw, Course), profile=some(draw, JobProfile))


def check_edits(facts: Facts, count: int = EDITS) -> dict[str, Any]:
    """After each of some edits, the counts of the whole catalogue equal a recount; all is undone at the end.

    Raises WrongAnswer at the first that does not.
    """
    draw = random.Random(f"{SEED} edits")
    everything, recount = CourseQuestion(day=DAY), Normalised(facts)
    done = []
    with patiently(), transaction.atomic():
        chosen = edits(draw)
        for name, edit in (chosen * (count // len(chosen) + 1))[:count]:
            edit()
            wrong = difference(recount.answer(everything), ours.answer(everything))
            if wrong:
                raise WrongAnswer(f"browse, {name}: {wrong}")
            done.append(name)
        transaction.set_rollback(True)
    return {"edits_recounted": len(done)}


def measure_fresh(facts: Facts, peers: list[Peer], count: int = FRESH) -> PartReport:
    """Give a course a word that nobody else has, and find it by that word, in one transaction; then undo it."""
    draw = random.Random(f"{SEED} fresh")
    report = PartReport("fresh")
    found, took = 0, []
    for word in new_words(count):
        pk = int(draw.choice(facts.ids))
        title = Course.objects.values_list("title", flat=True).get(pk=pk)
        with transaction.atomic():
            began = time.perf_counter()
            Course.objects.filter(pk=pk).update(title=f"{title} {word}")
            answer = ours.answer(CourseQuestion(day=DAY, text=word))
            took.append((time.perf_counter() - began) * 1_000)
            found += answer.ids == [pk]
            transaction.set_rollback(True)
    report.told = {"found_in_the_same_transaction": [found, count], "wall_ms": middle(took)}
    for peer in peers:
        if "fresh" in peer.parts:
            report.told[f"{peer.name}_wall_ms"] = middle(
                [renew(peer, row) for row in draw.sample(range(len(facts)), 5)]
            )
    return report


def renew(peer: Any, row: int) -> float:
    """Milliseconds until a peer shows a course written anew, its words the same."""
    began = time.perf_counter()
    peer.replace(row, peer.facts.lexemes_by_row[row])
    return (time.perf_counter() - began) * 1_000


def middle(values: list[float]) -> float:
    return round(sorted(values)[len(values) // 2], 2)
