"""Many people at once get what each would get alone."""

from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import strategies as st

from jobs.matching.titles import titles_of
from jobs.snapshot import batch
from jobs.snapshot.arrays import arrays_of
from jobs.snapshot.batch import Person, best_of_all, goal_of
from jobs.snapshot.places import Places
from jobs.snapshot.rank import day_of, rank
from jobs.snapshot.titles import title_points
from tests.jobs.snapshot.cases import SEEKERS, SOME_NAMES, rows_of, some_catalogue
from tests.jobs.snapshot.test_snapshot_rank import WEEK, prove

DRAWS = st.tuples(st.lists(SEEKERS, min_size=1, max_size=5), SOME_NAMES, st.integers(0, 10**9))


def crowd(seekers, seed):
    """Each seeker's goal, asked for by several people who differ in all the rest."""
    chance = Random(seed)
    for asking in seekers:
        for other in seekers:
            seeker = replace(other, needs=asking.needs, targets=asking.targets, day=seekers[0].day)
            yield Person(seeker, chance.uniform(43, 45), chance.uniform(1, 3))


def one_by_one(arrays, people, titles, most):
    day = day_of(arrays, people[0].seeker.day)
    for person in people:
        km = Places(arrays).km_from(person.latitude, person.longitude, lambda *_place: 0)
        found = rank(
            arrays, person.seeker, day=day, km=km if person.seeker.has_place else None, titles=titles, week=WEEK
        )
        yield [(hit.course, hit.score) for hit in found.page(0, most)]


def test_the_first_answers_are_those_of_each_alone(share_of, record_count):
    compared = 0

    def check(draw):
        nonlocal compared
        seekers, names, seed = draw
        arrays = arrays_of(rows_of(some_catalogue(seed, 1 + seed % 40)))
        # places are kilometres elsewhere; here they are points of the Earth
        arrays = replace(arrays, latitude=43 + arrays.latitude / 100, longitude=np.full(len(arrays.latitude), 2.0))
        people = list(crowd(seekers, seed))
        titles, most = title_points(arrays, titles_of(tuple(names))), 1 + seed % 7
        found = dict(
            best_of_all(
                arrays,
                day_of(arrays, people[0].seeker.day),
                people,
                [goal_of(person.seeker, titles_of(tuple(names))) for person in people],
                titled=lambda _goal: titles,
                week=WEEK,
                exact=lambda *_points: 0,
                most=most,
            )
        )
        assert [found[place] for place in range(len(people))] == list(one_by_one(arrays, people, titles, most))
        compared += sum(map(len, found.values()))

    prove(share_of(1_500), DRAWS, check)
    record_count("answers of the batch compared", compared)
    assert compared > share_of(1_500)


def test_so_they_are_when_a_guess_is_too_high(monkeypatch, share_of):
    """Every option is looked at for the guess, and the guess falls among ways of one course."""
    monkeypatch.setattr(batch, "STRIDE", 1)

    def check(draw):
        seekers, names, seed = draw
        arrays = arrays_of(rows_of(some_catalogue(seed, 60)))
        people = [Person(replace(each, has_place=False), 0, 0) for each in seekers]
        people = [Person(replace(each.seeker, day=seekers[0].day)) for each in people]
        titles = title_points(arrays, titles_of(tuple(names)))
        found = dict(
            best_of_all(
                arrays,
                day_of(arrays, seekers[0].day),
                people,
                [goal_of(person.seeker, titles_of(tuple(names))) for person in people],
                titled=lambda _goal: titles,
                week=WEEK,
                exact=lambda *_points: 0,
                most=2,
            )
        )
        assert [found[place] for place in range(len(people))] == list(one_by_one(arrays, people, titles, 2))

    prove(share_of(300), DRAWS, check)
