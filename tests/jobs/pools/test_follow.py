"""Pools in the database: formed, joined, left, put to sleep; run twice, nothing changes; who is told."""

import datetime
import random
import threading

import pytest
from django.core.cache import cache
from django.db import connection

from jobs.models import EmployerNeed, Pool, PoolMember, PoolNotice, PoolStep
from jobs.models.pool import Leaving, PoolRefused, Stage
from jobs.pooling.rule import pools_of
from jobs.pools.figures import figures_of
from jobs.pools.follow import follow_pools
from jobs.pools.membership import come_back, leave, token_of
from jobs.pools.read import need_facts
from jobs.pools.tell import pool_url, tell_bodies, tell_employers
from portal.mail.models import OutgoingMail
from portal.reference.models import EmploymentBasin
from tests.jobs.need_makers import make_employer, make_need
from tests.makers import DAY, in_days, make_commune, make_course, make_profile, make_provider, make_skill, make_user

pytestmark = pytest.mark.django_db
WISHED = datetime.date(2027, 4, 10)
SHARES = ["shared_group"]


@pytest.fixture(autouse=True)
def nobody_acted_before():
    cache.clear()


@pytest.fixture
def rodez():
    town = make_commune("Rodez")
    town.basin = EmploymentBasin.objects.create(code="7620", name="RODEZ")
    town.save()
    return town


@pytest.fixture
def analyst():
    return make_profile("Data analyst")


def three(profile, *, agreed=0, **fields):
    """Needs of three employers; the first `agreed` would share a group."""
    return [
        make_need(
            f"Besoin {number}",
            profile=profile,
            employer=make_employer(f"Employeur {number}", contact_email=f"e{number}@essai.example"),
            commitments=SHARES if number < agreed else [],
            **{"wished_on": WISHED, **fields},
        )
        for number in range(3)
    ]


def fill(need):
    EmployerNeed.objects.filter(pk=need.pk).update(filled_on=DAY)


def test_three_employers_form_a_pool_with_its_counts_and_a_dated_step(rodez, analyst):
    python = make_skill("Python")
    three(analyst, skills=[python], headcount=2)
    did = follow_pools(DAY)
    pool = Pool.objects.get()
    assert (did.formed, did.joined, did.opened) == (1, 3, 0)
    assert (pool.stage, pool.employer_count, pool.headcount, pool.departments) == (Stage.FORMING, 3, 6, ["12"])
    assert [skill.label for skill in pool.skills.all()] == ["Python"]
    step = pool.steps.get()
    assert (step.on, step.to_stage, step.by) == (DAY, Stage.FORMING, None)
    assert "3 employeurs" in step.explanation


def test_a_second_run_changes_nothing(rodez, analyst):
    three(analyst, agreed=3)
    follow_pools(DAY)
    before = [list(model.objects.values()) for model in (Pool, PoolMember, PoolStep)]
    assert follow_pools(DAY).is_nothing
    assert [list(model.objects.values()) for model in (Pool, PoolMember, PoolStep)] == before


def test_needs_without_a_basin_a_date_or_a_job_are_pooled_with_none(rodez, analyst):
    three(analyst, town="Toulouse")
    three(analyst, wished_on=None)
    three(None)
    assert follow_pools(DAY).formed == 0


def test_a_need_that_comes_later_joins_and_the_pool_counts_it(rodez, analyst):
    three(analyst)
    follow_pools(DAY)
    make_need("Quatrième", profile=analyst, wished_on=WISHED, headcount=4)
    did = follow_pools(in_days(1))
    pool = Pool.objects.get()
    assert (did.joined, did.left, pool.employer_count, pool.headcount) == (1, 0, 4, 7)
    assert pool.counted_on == in_days(1)


def test_each_leaver_leaves_with_its_reason(rodez, analyst):
    needs = [*three(analyst), *three(analyst), make_need("Septième", profile=analyst, wished_on=WISHED)]
    follow_pools(DAY)
    fill(needs[0])
    EmployerNeed.objects.filter(pk=needs[1].pk).update(expires_on=in_days(-1))
    needs[2].withdraw(by=None, reason="Essai")
    EmployerNeed.objects.filter(pk=needs[3].pk).update(wished_on=datetime.date(2027, 9, 1))
    assert follow_pools(DAY).left == 4
    why = dict(PoolMember.objects.exclude(left_why="").values_list("need", "left_why"))
    assert [why[need.pk] for need in needs[:4]] == [
        Leaving.FILLED,
        Leaving.EXPIRED,
        Leaving.WITHDRAWN,
        Leaving.CHANGED,
    ]
    assert Pool.objects.get().employer_count == 3


def test_a_pool_with_too_few_employers_sleeps_and_wakes_as_the_same_pool(rodez, analyst):
    needs = three(analyst)
    follow_pools(DAY)
    fill(needs[0])
    assert follow_pools(DAY).lapsed == 1
    pool = Pool.objects.get()
    assert pool.stage == Stage.LAPSED
    assert not pool.members.present().exists()
    assert "Moins de 3 employeurs" in pool.steps.last().explanation
    make_need("Autre", profile=analyst, wished_on=WISHED)
    assert follow_pools(DAY).reformed == 1
    assert Pool.objects.get().stage == Stage.FORMING
    assert pool.members.present().count() == 3


def test_a_pool_whose_quarter_is_over_sleeps_and_says_so(rodez, analyst):
    three(analyst, expires_on=None)
    follow_pools(DAY)
    follow_pools(datetime.date(2027, 7, 1))
    pool = Pool.objects.get()
    assert (pool.stage, pool.steps.last().explanation) == (Stage.LAPSED, "Le trimestre souhaité est passé.")


def test_a_pool_opens_by_itself_once_three_employers_agree(rodez, analyst):
    needs = three(analyst, agreed=2)
    assert follow_pools(DAY).opened == 0
    EmployerNeed.objects.filter(pk=needs[2].pk).update(commitments=SHARES)
    assert follow_pools(DAY).opened == 1
    assert Pool.objects.get().stage == Stage.OPEN


def test_after_an_answer_nobody_enters_and_the_counts_stay(rodez, analyst):
    needs = three(analyst, agreed=3)
    follow_pools(DAY)
    pool = Pool.objects.get()
    pool.move("answer", on=DAY, explanation="Dix places.", people=10)
    make_need("Quatrième", profile=analyst, wished_on=WISHED, headcount=4)
    fill(needs[0])
    did = follow_pools(DAY)
    pool.refresh_from_db()
    assert (did.joined, did.left, did.lapsed) == (0, 1, 0)
    assert (pool.stage, pool.employer_count, pool.headcount) == (Stage.ANSWERED, 3, 3)


def test_steps_are_taken_in_order_explained_and_counted(rodez, analyst):
    three(analyst, agreed=3)
    follow_pools(DAY)
    pool, agent = Pool.objects.get(), make_user()
    with pytest.raises(PoolRefused, match="changé d’étape"):
        pool.move("hire", on=DAY, by=agent, explanation="Trop tôt.")
    with pytest.raises(PoolRefused, match="explique"):
        pool.move("answer", on=DAY, by=agent, explanation="  ")
    for verb in ("answer", "fund", "run", "hire"):
        pool.move(verb, on=DAY, by=agent, explanation=f"Étape {verb}.", people=8)
    assert pool.stage == Stage.HIRED
    assert [step.people for step in pool.steps.all()] == [None, None, 8, 8, 8, 8]


def test_employers_that_agreed_are_told_once_and_no_other_is_named(rodez, analyst):
    three(analyst, agreed=2)
    follow_pools(DAY)
    assert (tell_employers(), tell_employers()) == (2, 0)
    assert {mail.to for mail in OutgoingMail.objects.all()} == {"e0@essai.example", "e1@essai.example"}
    for mail in OutgoingMail.objects.all():
        assert "Employeur" not in mail.body
        assert "/besoins/groupes/entree/" in mail.body


def test_bodies_near_that_teach_the_job_are_told_once_when_it_opens(rodez, analyst):
    near = make_provider("Près", contact_email="pres@organisme.example")
    make_course("Près", provider=near, profiles=[analyst], offering={"where": "Onet-le-Château"})
    make_course("Loin", profiles=[analyst], offering={"where": "Montpellier"})
    make_course("Autre métier", offering={"where": "Rodez"})
    make_course("Brouillon", profiles=[analyst], offering={"where": "Rodez"}, published=False)
    needs = three(analyst, agreed=2)
    follow_pools(DAY)
    assert tell_bodies(DAY) == 0  # not open yet
    EmployerNeed.objects.filter(pk=needs[2].pk).update(commitments=SHARES)
    follow_pools(DAY)
    assert (tell_bodies(DAY), tell_bodies(DAY)) == (1, 0)
    assert OutgoingMail.objects.get().to == "pres@organisme.example"
    assert PoolNotice.objects.get().provider == near


def test_an_employer_leaves_by_its_link_stays_out_and_may_come_back(client, rodez, analyst):
    three(analyst, agreed=3)
    make_need("Quatrième", profile=analyst, wished_on=WISHED)
    follow_pools(DAY)
    member = PoolMember.objects.filter(agreed=True).first()
    path = f"/besoins/groupes/entree/{token_of(member)}/"
    assert "y compte" in client.get(path).content.decode()
    client.post(path, {"act": "leave"})
    member.refresh_from_db()
    assert (member.left_on, member.left_why) == (DAY, Leaving.CHOSE)
    assert follow_pools(DAY).joined == 0
    assert Pool.objects.get().employer_count == 3
    assert "n’a changé" in client.post(path, {"act": "leave"}, follow=True).content.decode()
    client.post(path, {"act": "come_back"})
    follow_pools(DAY)
    assert Pool.objects.get().employer_count == 4
    assert client.get("/besoins/groupes/entree/faux:lien/").status_code == 410
    assert client.post("/besoins/groupes/entree/faux:lien/", {"act": "leave"}).status_code == 410


def test_nobody_comes_back_into_a_pool_that_was_answered(rodez, analyst):
    three(analyst, agreed=3)
    follow_pools(DAY)
    member, pool = PoolMember.objects.first(), Pool.objects.get()
    leave(member, day=DAY)
    pool.move("answer", on=DAY, explanation="Dix places.")
    assert come_back(member) is False


def test_a_cost_that_is_not_known_is_none_and_seats_that_are_not_said_are_counted_apart(rodez, analyst):
    three(analyst, headcount=2)
    follow_pools(DAY)
    pool = Pool.objects.get()
    found = figures_of([pool], DAY)[pool.pk]
    assert (found.cost_cents, found.seats, found.gap, found.closed) == (None, 0, 6, 6)
    make_course(profiles=[analyst], offering={"where": "Rodez", "price_cents": 200_000}, session={"seats_left": 4})
    make_course(profiles=[analyst], offering={"where": "Rodez", "price_cents": 900_000})
    make_course(profiles=[analyst], offering={"where": "Rodez"})
    make_course(profiles=[analyst], offering={"where": "Montpellier", "price_cents": 1})
    found = figures_of([pool], DAY)[pool.pk]
    assert (found.price_cents, found.cost_cents, found.priced_count, found.course_count) == (200_000, 1_200_000, 2, 3)
    assert (found.seats, found.gap, found.closed) == (4, 2, 2)
    make_course(profiles=[analyst], offering={"where": "Rodez"}, session={})
    found = figures_of([pool], DAY)[pool.pk]
    assert (found.seats, found.silent, found.gap, found.closed) == (4, 1, 2, 2)


def test_public_pages_name_nobody(client, rodez, analyst):
    three(analyst, agreed=3)
    for need in EmployerNeed.objects.select_related("employer"):
        need.employer.may_be_named = True
        need.employer.save()
    follow_pools(DAY)
    pool = Pool.objects.get()
    for path in ("/besoins/groupes/", pool_url(pool), "/comment-les-besoins-se-groupent/"):
        page = client.get(path).content.decode()
        assert "Employeur " not in page
        assert "Besoin 0" not in page
    assert "3 employeurs" in client.get("/besoins/groupes/").content.decode()
    assert "Rodez" in client.get(pool_url(pool)).content.decode()
    Pool.objects.update(stage=Stage.LAPSED)
    assert client.get(pool_url(pool)).status_code == 404


def test_the_database_pools_a_thousand_needs_as_the_rule_does(rodez, analyst):
    """Through rows, over three nights with needs filled between them."""
    draw = random.Random(5)
    profiles = [analyst, make_profile("Data engineer"), make_profile("Chef de projet")]
    towns = [rodez, make_commune("Albi"), make_commune("Auch")]
    for number, town in enumerate(towns[1:]):
        town.basin = EmploymentBasin.objects.create(code=f"763{number}", name=town.name)
        town.save()
    employers = [make_employer(f"E{number}") for number in range(40)]
    model = make_need("Modèle", employer=employers[0])
    EmployerNeed.objects.bulk_create(
        EmployerNeed(
            employer=draw.choice(employers),
            title=f"Besoin {number}",
            contract="permanent",
            profile=draw.choice(profiles),
            commune=draw.choice(towns),
            headcount=draw.randrange(1, 5),
            wished_on=DAY + datetime.timedelta(days=draw.randrange(-60, 330)),
            commitments=SHARES if draw.random() < 0.2 else [],
            status=model.status,
            revision=model.revision,
            published_at=model.published_at,
        )
        for number in range(1_000)
    )
    for night in range(3):
        day = in_days(night)
        follow_pools(day)
        expected = {tuple(pool.key): set(pool.needs) for pool in pools_of(need_facts(day), day=day)}
        standing = Pool.objects.filter(stage__in=(Stage.FORMING, Stage.OPEN))
        held = {
            (pool.profile_id, pool.basin_id, pool.quarter_on): set(
                pool.members.present().values_list("need", flat=True)
            )
            for pool in standing
        }
        assert held == expected
        assert follow_pools(day).is_nothing
        gone = draw.sample(sorted(EmployerNeed.objects.values_list("pk", flat=True)), 400)
        EmployerNeed.objects.filter(pk__in=gone).update(filled_on=day)


@pytest.mark.django_db(transaction=True)
def test_leaving_while_the_rule_runs_ends_in_one_order_or_the_other(rodez, analyst):
    needs = three(analyst, agreed=3)
    follow_pools(DAY)
    member = PoolMember.objects.get(need=needs[0])
    faults: list[BaseException] = []

    def act(what):
        try:
            start.wait()
            what()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    start = threading.Barrier(3)
    acts = [lambda: follow_pools(in_days(1)), lambda: leave(member, day=DAY), lambda: follow_pools(in_days(1))]
    threads = [threading.Thread(target=act, args=(each,)) for each in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert PoolMember.objects.get(pk=member.pk).left_why in (Leaving.CHOSE, Leaving.LAPSED)
    follow_pools(in_days(1))
    assert not PoolMember.objects.present().filter(need=needs[0]).exists()
    assert Pool.objects.get().stage == Stage.LAPSED


@pytest.mark.django_db(transaction=True)
def test_two_agents_at_once_take_one_step_and_the_other_is_told(rodez, analyst):
    three(analyst, agreed=3)
    follow_pools(DAY)
    pool = Pool.objects.get()
    start, told = threading.Barrier(2), []

    def answer():
        try:
            start.wait()
            Pool.objects.get(pk=pool.pk).move("answer", on=DAY, explanation="Dix places.")
            told.append("done")
        except PoolRefused as refused:
            told.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=answer) for _agent in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(each == "done" for each in told) == [False, True]
    assert pool.steps.filter(verb="answer").count() == 1
