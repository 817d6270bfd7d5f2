"""The whole demonstration in a base: laid once, left as it is by a second load, true to moderation's rules."""

import datetime
from collections import Counter
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q

import courses.demo
import jobs.demo
import portal.accounts.demo
import portal.reference.demo
from courses.demo_data.catalogue import build_courses
from courses.enums import CallToAction
from courses.models import (
    ApprenticeshipCentre,
    Course,
    CourseDailyCount,
    CourseSkill,
    Offering,
    OfferingCost,
    QualiopiCertificate,
    Session,
    TrainingProvider,
)
from jobs.models import Employer, EmployerNeed, NeedSkill, Pool, PoolMember, PoolStep
from portal.accounts.demo import ACCOUNTS
from portal.accounts.models import Membership, Organisation, User
from portal.moderation.models import ModerationEvent, Proposal, Revision, Status, content_hash
from tests.identities import code_that_lasts

DAY = datetime.date(2027, 1, 15)
FLOORS = (portal.reference.demo, portal.accounts.demo, courses.demo, jobs.demo)
COUNTED = (
    *(
        TrainingProvider,
        ApprenticeshipCentre,
        QualiopiCertificate,
        Course,
        CourseSkill,
        Offering,
        OfferingCost,
        Session,
    ),
    *(CourseDailyCount, Employer, EmployerNeed, NeedSkill, User, Membership, Organisation),
    *(Revision, ModerationEvent, Proposal, Pool, PoolMember, PoolStep),
)


def lay_the_world() -> None:
    for floor in FLOORS:
        floor.load(day=DAY, report=lambda label, done=None, total=None: None)


@pytest.fixture(scope="module")
def the_world(django_db_setup, django_db_blocker) -> Iterator[None]:
    """One load for the whole module, taken away after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        lay_the_world()
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("the_world", "db")


def counts() -> dict[str, int]:
    return {model.__name__: model._base_manager.count() for model in COUNTED}


def test_a_second_load_changes_nothing() -> None:
    before = counts()
    lay_the_world()
    assert counts() == before


def test_everything_is_there() -> None:
    told = counts()
    assert (told["TrainingProvider"], told["ApprenticeshipCentre"], told["Employer"]) == (40, 12, 60)
    assert told["EmployerNeed"] == 300
    assert Course.objects.published().count() == 260
    assert Session.objects.filter(offering__course__status=Status.PUBLISHED).count() == sum(
        len(offering.sessions) for course in build_courses() for offering in course.offerings
    )


def test_what_is_public_was_approved_word_for_word() -> None:
    rows = list(Course.objects.published().select_related("revision").prefetch_related("offerings__costs"))
    rows += list(TrainingProvider.objects.published().select_related("revision"))
    rows += list(EmployerNeed.objects.published().select_related("revision"))
    assert len(rows) > 560
    for row in rows:
        assert row.version == row.revision.number == 1
        assert row.revision.sha256 == content_hash(row.moderated_content())


def test_the_back_office_shows_life() -> None:
    states = Counter(Course.objects.values_list("status", flat=True))
    assert states == {"published": 260, "submitted": 5, "draft": 3, "changes_asked": 2, "withdrawn": 2, "archived": 1}
    assert Proposal.objects.waiting().count() == 3
    assert EmployerNeed.objects.waiting().count() >= 5
    asked = ModerationEvent.objects.filter(verb="ask_changes")
    assert asked.count() == 3
    assert all(event.reason and event.by.is_staff for event in asked)
    assert not Course.objects.exclude(status="published").filter(Q(published_at__isnull=False) | Q(version__gt=0))


def test_dates_are_counted_from_the_day_and_fall_on_working_days() -> None:
    dated = Session.objects.filter(starts_precision="day")
    first, last = dated.earliest("starts_on").starts_on, dated.latest("starts_on").starts_on
    assert DAY - datetime.timedelta(days=120) <= first < DAY < last <= DAY + datetime.timedelta(days=407)
    saturdays = [session for session in dated if session.starts_on.weekday() > 4]
    assert {session.offering.rhythm for session in saturdays} == {"evening"}
    told = Counter(session.call_to_action(DAY) for session in Session.objects.all())
    assert set(told) == set(CallToAction)
    assert told[CallToAction.OPEN] > 300


def test_known_costs_name_who_said_them() -> None:
    known = OfferingCost.objects.filter(left_to_pay_cents__isnull=False)
    assert known.count() > 400
    assert not known.filter(Q(source="") | Q(stated_on__isnull=True) | Q(stated_on__gt=DAY))
    assert not Offering.objects.filter(modality="remote", commune__isnull=False)
    assert not Offering.objects.exclude(modality="remote").filter(commune__isnull=True)


def test_courses_know_the_demand_for_what_they_teach() -> None:
    assert Course.objects.published().filter(demand__gt=0).count() > 200
    assert not Course.objects.published().exclude(demand_counted_on=DAY)


def test_visits_are_counted_before_the_day_only() -> None:
    assert not CourseDailyCount.objects.filter(day__gte=DAY)
    assert CourseDailyCount.objects.filter(contacts__gt=0).count() > 50
    assert not CourseDailyCount.objects.filter(views=0)


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.email)
def test_each_account_opens_with_its_password_and_its_second_factor(account) -> None:
    user = User.objects.get(email=account.email)
    assert user.check_password(account.password)
    factor = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).wrap()
    assert factor.validate_code(code_that_lasts(account.totp_secret))
    present = user.memberships.present()
    assert present.exists() == bool(account.role and not account.has_left)
    assert user.is_staff == (account.organisation.startswith("Région") or not account.role)
    assert user.emailaddress_set.filter(verified=True, primary=True).count() == 1


def test_there_is_one_account_for_each_identity_of_the_matrix() -> None:
    assert len({account.email for account in ACCOUNTS}) == len({a.totp_secret for a in ACCOUNTS}) == len(ACCOUNTS) == 10
    assert User.objects.filter(is_superuser=True).count() == 1
    assert Membership.objects.filter(left_at__isnull=False).count() == 1


@pytest.mark.django_db
def test_pools_stand_at_several_stages_and_each_step_is_explained(the_world):
    stages = Counter(Pool.objects.values_list("stage", flat=True))
    assert len(stages) >= 4
    assert not PoolStep.objects.filter(explanation="").exists()
    assert PoolStep.objects.filter(by__isnull=False).exists()
