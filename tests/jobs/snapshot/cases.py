"""Drawn catalogues, told twice: as the rows that arrays are made of, and as the facts that the engine ranks."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import numpy as np
from hypothesis import strategies as st

from courses.models import Session
from jobs.matching.candidates import _entry
from jobs.matching.facts import CourseFacts, Link, SeekerFacts, SkillNeed, Taught
from jobs.matching.titles import titles_of
from jobs.snapshot.arrays import Rows, arrays_of
from jobs.snapshot.rank import day_of, rank
from jobs.snapshot.titles import title_points
from tests.jobs.matching.cases import CODES, TODAY

AUDIENCES = ("jobseeker", "employee")
NAMES = ("data analyst", "analyste de donnee", "developpeur", "vente en ligne", "ia")
WORDS = "data analyst analyste de donnee donnees verte vente en ligne developpeur python initiation ia poterie".split()
KINDS = {"profile": ("data-analyst", "mlops"), "rome": ("M1405", "M1403"), "formacode": ("31028",), "other": ("x",)}
ORIGINS = ("declared", "validated", "suggested")


@dataclass(frozen=True)
class Offer:
    pk: int
    is_remote: bool | None
    is_permanent: bool
    km: int | None
    costs: tuple[tuple[str, int | None], ...]
    sessions: tuple[Session, ...]

    @property
    def entry_mode(self):
        return "permanent" if self.is_permanent else "fixed"


@dataclass(frozen=True)
class Listing:
    pk: int
    title: str
    entry_level: int | None
    entry_is_mandatory: bool | None
    demand: int | None
    lessons: tuple[Taught, ...]
    links: tuple[Link, ...]
    offers: tuple[Offer, ...]


def maybe(chance, value):
    return None if chance.random() < 0.25 else value


def some_session(chance, pk):
    precision = chance.choice(["day", "day", "month", "year", "unknown"])
    starts_on = None if precision == "unknown" else TODAY + timedelta(days=chance.randint(-60, 500))
    if precision == "month" and starts_on:
        starts_on = starts_on.replace(day=1)
    if precision == "year" and starts_on:
        starts_on = starts_on.replace(month=1, day=1)
    return Session(
        pk=pk,
        starts_on=starts_on,
        starts_precision=precision,
        registration_closes_on=TODAY + timedelta(days=chance.randint(-5, 200)) if chance.random() < 0.3 else None,
        seats_left=chance.choice([None, None, 0, 5]),
        is_full=chance.random() < 0.1,
        recruitment=chance.choice(["unknown", "open", "closed", "suspended"]),
    )


def some_catalogue(seed, size):
    """Courses that differ in little, so that many are equal."""
    chance, numbers, found = Random(seed), iter(range(1, 10_000)), []
    for pk in chance.sample(range(1, 4 * size + 1), size):
        lessons = [
            Taught(code, code, chance.randint(0, 3), chance.randint(1, 3), chance.choice(ORIGINS))
            for code in chance.sample(CODES, chance.randint(0, 4))
        ]
        links = {
            Link(kind, chance.choice(KINDS[kind]), chance.choice(ORIGINS))
            for kind in chance.choices(list(KINDS), k=chance.randint(0, 3))
        }
        offers = [
            Offer(
                next(numbers),
                maybe(chance, chance.random() < 0.3),
                chance.random() < 0.1,
                maybe(chance, chance.choice([0, 3, 40, 99, 100, 180])),
                tuple(
                    (a, maybe(chance, chance.choice([0, 4_999, 5_000, 290_000])))
                    for a in AUDIENCES
                    if chance.random() < 0.8
                ),
                tuple(some_session(chance, next(numbers)) for _each in range(chance.randint(0, 4))),
            )
            for _each in range(chance.choice([0, 1, 1, 2, 3]))
        ]
        title = " ".join(chance.sample(WORDS, chance.randint(1, 4)))
        level, mandatory = maybe(chance, chance.randint(0, 8)), maybe(chance, chance.random() < 0.5)
        found.append(
            Listing(pk, title, level, mandatory, maybe(chance, chance.choice([0, 3, 19, 20, 45])), tuple(lessons),
                    tuple(sorted(links, key=repr)), tuple(offers))
        )  # fmt: skip
    return found


def rows_of(catalogue):
    offers = [(listing.pk, offer) for listing in catalogue for offer in listing.offers]
    return Rows(
        courses=[(c.pk, c.title, c.entry_level, c.entry_is_mandatory, c.demand) for c in catalogue],
        teaches=[
            (c.pk, t.code, t.required_level, t.given_level, t.origin == "suggested")
            for c in catalogue
            for t in c.lessons
        ],
        links=[(c.pk, link.kind, link.code, link.source == "suggested") for c in catalogue for link in c.links],
        offerings=[
            (o.pk, course, o.is_remote, o.is_permanent, *((None, None) if o.km is None else (float(o.km), 0.0)))
            for course, o in offers
        ],
        costs=[(o.pk, audience, cents) for _course, o in offers for audience, cents in o.costs],
        sessions=[
            (
                o.pk,
                s.pk,
                s.starts_on.toordinal() if s.starts_on else 0,
                CourseFacts(0, "", starts_on=s.starts_on, start_precision=s.starts_precision).starts_by.toordinal()
                if s.starts_on
                else 0,
                s.registration_closes_on.toordinal() if s.registration_closes_on else 0,
                s.is_full or s.seats_left == 0,
                s.recruitment in ("closed", "suspended"),
            )
            for _course, o in offers
            for s in o.sessions
        ],
    )


def facts_of(catalogue, who, names=(), *, sees=True):
    """As `course_facts` makes them: one per offering, with the session that this seeker could enter."""
    found = []
    for c in catalogue:
        shared = {
            "pk": c.pk,
            "title": c.title,
            "teaches": c.lessons,
            "links": c.links,
            "title_match": titles_of(tuple(names)).points(c.title),
            "entry_level": c.entry_level,
            "entry_is_mandatory": c.entry_is_mandatory,
            "demand": c.demand,
        }
        found += [CourseFacts(**shared, **_way(who, offer, sees=sees)) for offer in c.offers] or [CourseFacts(**shared)]
    return found


def _way(who, offer, *, sees):
    sessions = sorted(
        (s for s in offer.sessions if s.starts_on is None or _coming(s, who.day)),
        key=lambda s: (s.starts_on is None, s.starts_on or TODAY, s.pk),
    )
    return {
        "offering_pk": offer.pk,
        "is_remote": offer.is_remote,
        "distance_km": None if offer.is_remote or not sees else offer.km,
        "cost_cents": dict(offer.costs).get(who.audience),
        **_entry(who, offer, sessions),
    }


def _coming(session, day):
    floor = {"month": day.replace(day=1), "year": day.replace(month=1, day=1)}.get(session.starts_precision, day)
    return session.starts_on >= floor


def ranked(catalogue, who, names=(), week="2027-W02", **said):
    """The ranking from arrays made of the catalogue."""
    arrays = arrays_of(rows_of(catalogue))
    km = arrays.latitude.astype(np.int32) if who.has_place else None
    return rank(
        arrays,
        who,
        day=day_of(arrays, who.day),
        km=km,
        titles=title_points(arrays, titles_of(tuple(names))),
        week=week,
        **said,
    )


def _maybe(strategy):
    return st.none() | strategy


TARGETS = [(kind, code) for kind, codes in KINDS.items() for code in codes]
DAYS = st.dates(date(2026, 12, 1), date(2028, 4, 1))
SEEKERS = st.builds(
    SeekerFacts,
    needs=st.lists(
        st.builds(SkillNeed, st.sampled_from(CODES), st.just("x"), st.integers(1, 3), st.integers(1, 39)),
        max_size=6,
        unique_by=lambda n: n.code,
    ).map(tuple),
    day=st.sampled_from([TODAY, TODAY + timedelta(days=20)]),
    held=st.lists(st.tuples(st.sampled_from(CODES), st.integers(0, 3)), max_size=6).map(tuple),
    targets=st.frozensets(st.sampled_from(TARGETS)),
    has_place=st.booleans(),
    reach_km=_maybe(st.integers(0, 200)),
    accepts_remote=st.booleans(),
    only_remote=st.booleans(),
    starts_after=_maybe(DAYS),
    starts_before=_maybe(DAYS),
    entry_level=_maybe(st.integers(0, 8)),
    budget_cents=_maybe(st.sampled_from([0, 4_999, 5_000, 300_000])),
    audience=st.sampled_from(["jobseeker", "employee", "apprentice"]),
    query_key=st.sampled_from(["a", "b", "c"]),
)
SOME_NAMES = st.lists(st.sampled_from(NAMES), max_size=3)
