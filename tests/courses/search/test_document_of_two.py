"""Two transactions that edit one course at once: once both are over, its document is what its rebuild would be."""

import itertools
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, OperationalError, connection, transaction

from courses.models import Course, CourseProfile, CourseSkill, Offering, SearchWord, Session
from courses.search.documents import check, render_cards, tidy, turn_day
from portal.moderation.actions import publish_trusted
from portal.moderation.models import MoveRefused
from portal.reference.enums import Importance
from portal.reference.models import Certification, Commune, Department, JobProfile, Occupation, ProfileSkill, Skill
from tests.courses.search.catalogue import make_named
from tests.courses.search.edits import WORDS, run
from tests.makers import DAY, in_days, make_course, make_offering, make_session

pytestmark = pytest.mark.django_db(transaction=True)
PAIRS, SEVERAL = 700, 400
LONGEST_WAIT = 20
Act = Callable[["Scene"], object]


@dataclass
class Scene:
    """Two courses that name the same rows, and what an act may change of them."""

    draw: random.Random
    course: Course
    other: Course
    offering: Offering
    session: Session
    spare: Commune


def word(scene: Scene) -> str:
    return scene.draw.choice(WORDS)


def link(scene: Scene, model: type, **named: object) -> None:
    model._default_manager.get_or_create(course=scene.course, **named)  # type: ignore[attr-defined]


ACTS: dict[str, Act] = {
    "publish": lambda s: publish_trusted([Course.objects.get(pk=s.course.pk)], origin="tests"),
    "withdraw": lambda s: [
        each.withdraw(by=None) for each in Course.objects.filter(pk=s.course.pk, status__in=["published", "submitted"])
    ],
    "hide": lambda s: Course.objects.filter(pk=s.course.pk).update(hidden_since=DAY),
    "change the title": lambda s: Course.objects.filter(pk=s.course.pk).update(title=word(s)),
    "change body": lambda s: Course.objects.filter(pk=s.course.pk).update(provider=s.other.provider),
    "add a session": lambda s: make_session(s.offering, starts_on=in_days(s.draw.choice([3, 50, 120]))),
    "change a session": lambda s: Session.objects.filter(pk=s.session.pk).update(is_full=True),
    "remove a session": lambda s: Session.objects.filter(pk=s.session.pk).delete(),
    "change a cost": lambda s: s.offering.apply_change("cost.jobseeker", s.draw.choice([None, 0, 60_000])),
    "change the offering": lambda s: Offering.objects.filter(pk=s.offering.pk).update(modality=None, duration_hours=70),
    "move the offering": lambda s: Offering.objects.filter(pk=s.offering.pk).update(course=s.other),
    "remove the offering": lambda s: Offering.objects.filter(pk=s.offering.pk).delete(),
    "take place elsewhere": lambda s: Offering.objects.filter(pk=s.offering.pk).update(commune=s.spare),
    "add an offering": lambda s: make_offering(s.course, where=s.spare),
    "add a skill": lambda s: link(s, CourseSkill, skill=Skill.objects.get(code="sql")),
    "give more of a skill": lambda s: CourseSkill.objects.filter(course=s.course).update(level_given=3),
    "lead to a job": lambda s: link(s, CourseProfile, profile=JobProfile.objects.get(slug="data-engineer")),
    "certify": lambda s: s.course.certifications.add(Certification.objects.get(number="5890")),
    "declare an occupation": lambda s: s.course.occupations.add(Occupation.objects.get(code="M1405")),
    "rename the commune": lambda s: Commune.objects.filter(pk=s.spare.pk).update(name=word(s)),
    "move the commune": lambda s: Commune.objects.filter(pk=s.spare.pk).update(department="31"),
    "rename the departments": lambda s: Department.objects.update(name=word(s)),
    "rename a skill": lambda s: Skill.objects.filter(code="sql").update(label=f"SQL {word(s)}"),
    "rename a job": lambda s: JobProfile.objects.filter(slug="data-engineer").update(name=f"Data {word(s)}s"),
    "hide a job": lambda s: JobProfile.objects.filter(slug="data-engineer").update(is_shown=s.draw.random() < 0.5),
    "ask more of a job": lambda s: ProfileSkill.objects.filter(profile__slug="data-engineer").update(
        level=s.draw.randint(1, 3), importance=s.draw.choice(Importance.values)
    ),
    "ask another skill of a job": lambda s: ProfileSkill.objects.get_or_create(
        profile=JobProfile.objects.get(slug="data-engineer"),
        skill=Skill.objects.get(code="python"),
        defaults={"level": 1, "importance": Importance.ESSENTIAL},
    ),
    "retitle a certification": lambda s: Certification.objects.filter(number="5890").update(title=word(s)),
    "rename an occupation": lambda s: Occupation.objects.filter(code="M1405").update(label=word(s)),
    "rename the body": lambda s: type(s.other.provider).objects.filter(pk=s.other.provider_id).update(name=word(s)),
    "remove the course": lambda s: Course.objects.filter(pk=s.course.pk).delete(),
    "tidy": lambda s: tidy(),
    "render the cards": lambda s: render_cards(),
}


def make_scene(draw: random.Random, *, published: bool | None = None) -> Scene:
    Course.objects.all().delete()
    spare = Commune.objects.get(insee="48999")
    Commune.objects.filter(pk=spare.pk).update(department="48")
    is_published = draw.random() < 0.8 if published is None else published
    python = Skill.objects.get(code="python")
    course = make_course(word_of(draw), skills={python: 1}, published=is_published, session={})
    other = make_course(word_of(draw), skills={python: 2})
    tidy()
    offering = course.offerings.get()
    return Scene(draw, course, other, offering, offering.sessions.get(), spare)


def word_of(draw: random.Random) -> str:
    return draw.choice(WORDS)


@dataclass
class Other(threading.Thread):
    """The other transaction, in a thread and on a connection of its own; it commits when it is told to."""

    act: Callable[[], object]
    acted: threading.Event = field(default_factory=threading.Event)
    may_commit: threading.Event = field(default_factory=threading.Event)
    pid: int = 0
    refused: Exception | None = None

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        try:
            with transaction.atomic():
                self.pid = backend_pid()
                self.act()
                self.acted.set()
                assert self.may_commit.wait(LONGEST_WAIT)
        except (IntegrityError, OperationalError, MoveRefused, ObjectDoesNotExist) as refused:
            self.refused = refused
        finally:
            self.acted.set()
            connection.close()

    def is_waiting(self) -> bool:
        """Whether it waits for a lock."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [self.pid])
            return bool(self.pid) and cursor.fetchone()[0]

    def let_it_act(self) -> None:
        """Until it has done what it does, or waits for us."""
        end = time.monotonic() + LONGEST_WAIT
        while not self.acted.wait(0.005) and not self.is_waiting():
            assert time.monotonic() < end

    def finish(self) -> None:
        self.may_commit.set()
        self.join(LONGEST_WAIT)
        assert not self.is_alive()


def backend_pid() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


@contextmanager
def beside(act: Callable[[], object]) -> Iterator[Other]:
    other = Other(act)
    try:
        yield other
    finally:
        if other.ident is not None:
            other.finish()


def two_at_once(scene: Scene, first: Act, second: Act, *, second_commits_first: bool) -> None:
    """`second` acts while `first` has acted and is not committed; one that the database refuses leaves nothing."""
    with beside(lambda: second(scene)) as other, suppress(IntegrityError), transaction.atomic():
        first(scene)
        other.start()
        other.let_it_act()
        if second_commits_first and other.acted.is_set():
            other.finish()


@pytest.fixture
def words() -> None:
    turn_day(DAY)
    make_named()


def test_no_edit_is_lost_when_two_are_made_at_once(
    words: None, share_of: Callable[[int], int], record_count: Callable[[str, int], None]
):
    draw = random.Random("two at once")
    pairs = list(itertools.product(ACTS, ACTS, (False, True)))
    chosen = draw.sample(pairs, share_of(PAIRS))
    for first, second, second_commits_first in chosen:
        scene = make_scene(draw)
        two_at_once(scene, ACTS[first], ACTS[second], second_commits_first=second_commits_first)
        assert not check(), (first, second, second_commits_first)
    record_count("pairs of edits made at once", len(chosen))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("publish", "add a session"),
        ("rename the commune", "take place elsewhere"),
        ("rename the departments", "take place elsewhere"),
        ("rename the departments", "move the commune"),
        ("rename a skill", "add a skill"),
        ("rename a job", "lead to a job"),
        ("hide a job", "lead to a job"),
        ("ask more of a job", "lead to a job"),
        ("retitle a certification", "certify"),
        ("rename an occupation", "declare an occupation"),
        ("rename the body", "change body"),
        ("move the offering", "add a session"),
        ("move the offering", "remove a session"),
        ("move the offering", "change a cost"),
    ],
)
def test_neither_sees_the_other_and_the_document_says_both(words: None, first: str, second: str):
    orders = [(first, second), (second, first)]
    for (one, two), second_commits_first in itertools.product(orders, (False, True)):
        scene = make_scene(random.Random(f"{one} {two}"), published=True)
        two_at_once(scene, ACTS[one], ACTS[two], second_commits_first=second_commits_first)
        assert not check(), (one, two)


def test_no_edit_is_lost_among_transactions_of_several_edits(
    words: None, share_of: Callable[[int], int], record_count: Callable[[str, int], None]
):
    """As chance has it, deadlocks among them: who is refused leaves nothing."""
    draw, refused = random.Random("several"), 0
    count = share_of(SEVERAL)
    for _each in range(count):
        scene = make_scene(draw)
        others = [Other(partial(in_turn, scene, draw.sample(sorted(ACTS), 3))) for _two in range(2)]
        for other in others:
            other.may_commit.set()
            other.start()
        for other in others:
            other.finish()
        refused += sum(other.refused is not None for other in others)
        assert not check()
    assert refused < count
    record_count("transactions of several edits made at once", 2 * count)


def in_turn(scene: Scene, acts: list[str]) -> None:
    run("SET LOCAL deadlock_timeout = '20ms'")
    for act in acts:
        ACTS[act](scene)


def test_an_edit_that_began_before_the_day_turned_is_mended_by_the_next_call(words: None):
    scene = make_scene(random.Random("midnight"), published=True)
    with beside(lambda: make_session(scene.offering, starts_on=in_days(30))) as other:
        other.start()
        other.let_it_act()
        turn_day(in_days(1))
    turn_day(in_days(1))
    assert not check()


def test_a_word_is_kept_while_an_edit_under_way_says_it_again(words: None):
    scene = make_scene(random.Random("words"), published=True)
    make_course("Zèbre").withdraw(by=None)
    with beside(lambda: Course.objects.filter(pk=scene.course.pk).update(title="Le zèbre")) as other:
        other.start()
        other.let_it_act()
        tidy()
    assert not check()
    Course.objects.filter(pk=scene.course.pk).update(title="Le cheval")
    tidy()
    assert not SearchWord.objects.filter(word="zebre").exists()


def test_an_edit_that_no_document_speaks_of_waits_for_nobody(words: None):
    scene = make_scene(random.Random("both"))
    with beside(lambda: ACTS["take place elsewhere"](scene)) as other:
        other.start()
        other.let_it_act()
        run("SET lock_timeout = '2s'")
        Commune.objects.filter(pk=scene.spare.pk).update(population=3)
        type(scene.other.provider).objects.update(presentation="Nous enseignons.")
        run("SET lock_timeout = 0")
    assert not check()
