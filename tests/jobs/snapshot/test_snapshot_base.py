"""From the base: a snapshot read from its files answers as the base does, whatever changes after it was made."""

import time
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from courses.models import Course, CourseProfile, CourseSkill, Offering, OfferingCost, Session
from jobs.matching import recommendation
from jobs.matching.candidates import Here
from jobs.matching.recommendation import Request, recommend
from jobs.matching.titles import NO_TITLES
from jobs.models import CourseChange, SnapshotState
from jobs.snapshot import build, files, keeping, reading
from portal.moderation.models import Status
from portal.reference.models import Formacode, JobProfile, OccupationSkill
from tests.jobs.matching.cases import TODAY
from tests.jobs.matching.rows import make_course, make_occupation, make_offering, make_profile, make_skill, make_town

SKILLS = ("sql", "python", "statistics", "law")
RODEZ = Here(44.3506, 2.5750)


@pytest.fixture
def folder(tmp_path, settings):
    settings.CAMINS_SNAPSHOT_DIR = tmp_path / "snapshot"
    return settings.CAMINS_SNAPSHOT_DIR


def catalogue(seed):
    """A small catalogue in the base, drawn."""
    chance = Random(seed)
    towns = [make_town(f"1200{n}", f"Ville {n}", 43.9 + n / 3, 2.1 + n / 5) for n in range(3)]
    analyst = make_profile("data-analyst", "analyste de données", essential=["sql", "python"], desirable=["law"])
    other = make_profile("mlops", essential=["statistics"])
    parent = make_occupation("M1403", "Études")
    job = make_occupation("M1405", "Data scientist", parent=parent)
    OccupationSkill.objects.create(occupation=job, skill=make_skill("statistics"), core="main")
    code = Formacode.objects.create(code="31025", label="Data analytics")
    analyst.formacodes.add(code)
    for number in range(24):
        course = make_course(
            chance.choice(["Analyste de donnée", "Data analyste", "Poterie", "Devenir développeuse"]),
            profile=chance.choice([None, None, analyst, other]),
            offer=False,
            published=number % 8 != 7,
            entry_level=chance.choice([None, 0, 5]),
            entry_level_is_mandatory=chance.choice([None, True, False]),
            demand=chance.choice([0, 4, 30]),
            demand_counted_on=chance.choice([None, TODAY]),
        )
        for skill in chance.sample(SKILLS, chance.randint(0, 3)):
            origin = {"origin": "suggested", "rule": "r"} if chance.random() < 0.3 else {}
            CourseSkill.objects.create(
                course=course, skill=make_skill(skill), level_required=chance.randint(0, 2), level_given=2, **origin
            )
        course.occupations.set(chance.choice([[], [job], [parent], [job, parent]]))
        course.formacodes.set(chance.choice([[], [code]]))
        for _offer in range(chance.choice([0, 1, 1, 2])):
            make_offering(
                course,
                starts=chance.sample(["2026-12-01", "2027-02-01", "2027-06-01", "2028-01-01"], chance.randint(0, 3)),
                cost_cents=chance.choice([None, 0, 120_000]),
                commune=chance.choice([None, *towns]),
                modality=chance.choice([None, "remote", "onsite", "mixed"]),
                entry_mode=chance.choice(["fixed", "fixed", "permanent"]),
                **chance.choice([{}, {"latitude": 44.36, "longitude": 2.58}]),
            )
    Session.objects.filter(starts_on=date(2027, 6, 1)).update(starts_precision="month")
    Session.objects.filter(starts_on=date(2028, 1, 1)).update(starts_precision="year")


def some_request(seed):
    chance = Random(seed)
    return Request(
        profiles=chance.choice([(), ("data-analyst",), ("mlops",), ("data-analyst", "mlops")]),
        occupations=chance.choice([(), ("M1405",)]),
        held=tuple((code, chance.randint(0, 3)) for code in chance.sample(SKILLS, chance.randint(0, 2))),
        here=chance.choice([None, RODEZ]),
        reach_km=chance.choice([None, 40, 100]),
        accepts_remote=chance.random() < 0.8,
        starts_after=chance.choice([None, date(2027, 3, 1), date(2027, 6, 10)]),
        starts_before=chance.choice([None, date(2027, 12, 31)]),
        entry_level=chance.choice([None, 3]),
        budget_cents=chance.choice([None, 50_000]),
    )


def told(found):
    ranking = found.ranking
    return (
        list(ranking.answers[:]),
        list(ranking.excluded[:]),
        ranking.exclusion_counts,
        ranking.bringing,
        len(ranking.answers),
        len(ranking.excluded),
    )


def both(request, monkeypatch):
    """What the snapshot tells, once it is sure that it is the snapshot, and what the base tells."""
    found = recommend(request, day=TODAY)
    assert isinstance(found.ranking, recommendation.ReadRanking)
    with monkeypatch.context() as patch:
        patch.setattr(reading, "current", lambda: None)
        return told(found), told(recommend(request, day=TODAY))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(3))
def test_with_a_snapshot_or_without_the_answers_are_the_same(seed, folder, monkeypatch, share_of):
    catalogue(seed)
    keeping.make()
    for number in range(share_of(60) + 4):
        from_snapshot, from_base = both(some_request(number), monkeypatch)
        assert from_snapshot == from_base


def edits():
    first, last = Course.objects.published().order_by("pk").first(), Course.objects.published().order_by("pk").last()
    offering = Offering.objects.order_by("pk").first()
    skill = make_skill("sql")
    return [
        lambda: Course.objects.filter(pk=first.pk).update(status=Status.WITHDRAWN),
        lambda: Course.objects.filter(pk=first.pk).update(status=Status.PUBLISHED),
        lambda: Course.objects.filter(pk=last.pk).update(hidden_since=TODAY),
        lambda: Course.objects.filter(pk=first.pk).update(title="Analyste de données"),
        lambda: Course.objects.filter(pk=first.pk).update(entry_level=8, entry_level_is_mandatory=True),
        lambda: Course.objects.filter(pk=first.pk).update(demand=12, demand_counted_on=TODAY),
        lambda: CourseSkill.objects.filter(course=first).delete(),
        lambda: CourseSkill.objects.create(course=first, skill=skill, level_given=3),
        lambda: CourseSkill.objects.filter(skill=skill).update(level_required=1),
        lambda: CourseProfile.objects.all().delete(),
        lambda: CourseProfile.objects.create(course=first, profile=JobProfile.objects.get(slug="mlops")),
        first.formacodes.clear,
        first.occupations.clear,
        lambda: Offering.objects.filter(pk=offering.pk).update(modality="remote"),
        lambda: Offering.objects.filter(pk=offering.pk).update(entry_mode="permanent"),
        lambda: Offering.objects.filter(pk=offering.pk).update(course=first),
        lambda: OfferingCost.objects.update(left_to_pay_cents=1_000),
        lambda: Session.objects.filter(pk=Session.objects.order_by("pk").first().pk).update(is_full=True),
        lambda: Session.objects.all().delete(),
        lambda: make_offering(first, starts=("2027-02-02",)),
        lambda: make_course("Analyste de données en ligne", teaches=["sql", "python"]),
        offering.delete,
    ]


@pytest.mark.django_db(transaction=True)
def test_after_every_edit_the_snapshot_made_before_it_still_tells_the_truth(folder, monkeypatch):
    catalogue(5)
    keeping.make()
    for number, edit in enumerate(edits()):
        before = reading.changed_since(reading.current().origin)
        edit()
        after = reading.changed_since(reading.current().origin)
        assert set(after) >= set(before)
        for seed in range(3):
            from_snapshot, from_base = both(some_request(number * 3 + seed), monkeypatch)
            assert from_snapshot == from_base, number
    assert not keeping.is_current()
    keeping.make()
    assert keeping.is_current()


@pytest.mark.django_db(transaction=True)
def test_what_a_snapshot_does_not_hold_changes_nothing(folder):
    catalogue(6)
    keeping.make()
    Course.objects.update(summary="Autre", demand_counted_on=date(2027, 1, 16))
    Offering.objects.update(duration_hours=12)
    # counted for the first time, all the others were
    assert set(reading.changed_since(reading.current().origin)) <= set(
        Course.objects.filter(demand_counted_on=date(2027, 1, 16)).values_list("pk", flat=True)
    )
    keeping.make()
    Course.objects.update(summary="Encore", demand_counted_on=date(2027, 1, 17))
    Session.objects.update(seats=50)
    assert keeping.is_current()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_not_committed_when_the_snapshot_is_made_is_a_change_since(folder):
    """Whoever changes a course holds its change back until the end; the snapshot cannot see it, and knows it."""
    course = make_course(teaches=["sql"])
    keeping.make()
    other = connection.copy()
    try:
        with transaction.atomic(), other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("UPDATE courses_course SET title = 'Autre' WHERE id = %s", [course.pk])
        keeping.make()
        with other.cursor() as cursor:
            assert reading.changed_since(reading.current().origin) == []
            cursor.execute("COMMIT")
        assert reading.changed_since(reading.current().origin) == [course.pk]
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", ["commune", "skill", "truncated", "another base", "forgotten", "too many"])
def test_where_a_snapshot_cannot_tell_the_base_does(change, folder, monkeypatch):
    catalogue(7)
    keeping.make()
    match change:
        case "commune":
            make_town("12009", "Ici", 44.0, 2.0)
            assert keeping.is_current()
            with connection.cursor() as cursor:
                cursor.execute("UPDATE reference_commune SET latitude = 45")
        case "skill":
            make_skill("sql").__class__.objects.filter(code="sql").update(code="sql-2")
        case "truncated":
            with connection.cursor() as cursor:
                cursor.execute("TRUNCATE courses_courseprofile")
        case "another base":
            SnapshotState.objects.update(identity="00000000-0000-4000-8000-000000000000")
        case "forgotten":
            SnapshotState.objects.update(forgotten=2**62)
        case "too many":
            monkeypatch.setattr(build, "MOST_CHANGED", 2)
            Course.objects.update(entry_level=1)
    assert reading.find(recommend(Request(), day=TODAY).seeker, NO_TITLES, None, week="w", facts_of=list) is None


@pytest.mark.django_db(transaction=True)
def test_told_changes_are_forgotten_after_an_hour_and_older_snapshots_with_them(folder):
    course = make_course(teaches=["sql"])
    keeping.make()
    old = reading.current().origin
    Course.objects.filter(pk=course.pk).update(title="Autre")
    CourseChange.objects.update(changed_at="2020-01-01T00:00:00Z")
    keeping.make()
    # a transaction that began before and still runs, even of a test beside this one, might need them
    for _try in range(120):
        if not CourseChange.objects.exists():
            break
        time.sleep(0.5)
        keeping.make()
    assert not CourseChange.objects.exists()
    assert reading.changed_since(old) is None
    assert reading.changed_since(reading.current().origin) == []


@pytest.mark.django_db(transaction=True)
def test_the_command_makes_checks_and_refuses(folder, capsys):
    with pytest.raises(CommandError, match="Aucun instantané"):
        call_command("snapshot", check=True)
    catalogue(8)
    call_command("snapshot")
    call_command("snapshot", check=True)
    assert "égal à une reconstruction" in capsys.readouterr().out
    stored = files.open_current(folder)
    wrong = replace(stored.arrays, demand=stored.arrays.demand + 1)
    files.write(folder, wrong, stored.facts, keeping.timezone.now())
    with pytest.raises(CommandError, match="demand"):
        call_command("snapshot", check=True)
    Course.objects.update(entry_level=2)
    with pytest.raises(CommandError, match="a changé depuis"):
        call_command("snapshot", check=True)


@pytest.mark.django_db(transaction=True)
def test_the_watcher_makes_one_when_the_catalogue_changes_and_rests_when_it_does_not(folder, monkeypatch):
    catalogue(9)
    monkeypatch.setattr(keeping, "ASK_S", 0.2)
    monkeypatch.setattr(keeping, "CALM_S", 0.05)
    said = []
    keeping.watch(said.append, iter(range(2)))
    assert len(said) == 1
    Course.objects.update(entry_level=4)
    keeping.watch(said.append, iter(range(2)))
    assert len(said) == 2
    assert keeping.is_current()


@pytest.mark.django_db(transaction=True)
def test_a_change_rings(folder):
    course = make_course(teaches=["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {keeping.CHANNEL}")
    listening = connection.connection
    Course.objects.filter(pk=course.pk).update(title="Autre")
    assert [each.channel for each in listening.notifies(timeout=5, stop_after=1)] == [keeping.CHANNEL]
