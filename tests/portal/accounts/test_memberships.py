"""Rights come by joining and go by leaving: who is staff is written by these verbs and by nothing else."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.accounts.actions import RoleRefused, join, leave
from portal.accounts.enums import OrganisationKind, Role
from portal.accounts.models import Membership, Organisation, User, check_siret
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return makers.make_organisation(kinds=[OrganisationKind.REGION])


@pytest.fixture
def body():
    return makers.make_organisation()


def is_staff(user: User) -> bool:
    return User.objects.get(pk=user.pk).is_staff


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.IMPORTER, Role.MANAGER])
def test_a_member_of_the_region_is_staff_until_they_leave(region, role):
    user = makers.make_user()
    assert not is_staff(user)
    membership = join(user=user, organisation=region, role=role)
    assert is_staff(user)
    assert user.is_staff
    assert user.has_role(role, kind="region")
    leave(membership)
    assert not is_staff(user)
    assert not user.has_role(role, kind="region")


@pytest.mark.parametrize("role", [Role.MANAGER, Role.EDITOR, Role.READER])
def test_a_member_of_a_body_is_never_staff(body, role):
    user = makers.make_user(organisation=body, role=role)
    assert not is_staff(user)
    assert user.has_role(role)
    assert not user.has_role(role, kind="region")


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (OrganisationKind.BODY, Role.MODERATOR),
        (OrganisationKind.CFA, Role.IMPORTER),
        (OrganisationKind.EMPLOYER, Role.MODERATOR),
        (OrganisationKind.REGION, Role.EDITOR),
        (OrganisationKind.REGION, Role.READER),
        (OrganisationKind.BODY, "superuser"),
    ],
)
def test_a_role_of_another_kind_of_organisation_is_refused(kind, role):
    with pytest.raises(RoleRefused):
        join(user=makers.make_user(), organisation=makers.make_organisation(kinds=[kind]), role=role)
    assert not Membership.objects.exists()


def test_leaving_one_of_two_places_in_the_region_keeps_the_other(region):
    other = makers.make_organisation(kinds=[OrganisationKind.REGION])
    user = makers.make_user()
    first = join(user=user, organisation=region, role=Role.MODERATOR)
    join(user=user, organisation=other, role=Role.IMPORTER)
    leave(first)
    assert is_staff(user)


def test_a_superuser_stays_staff_after_leaving(region):
    user = User.objects.create_superuser("racine@essai.example", "un mot de passe long")
    leave(join(user=user, organisation=region, role=Role.MANAGER))
    assert is_staff(user)


def test_joining_again_changes_the_role_and_makes_no_second_row(body):
    user = makers.make_user(organisation=body, role=Role.READER)
    join(user=user, organisation=body, role=Role.MANAGER)
    assert [membership.role for membership in user.memberships.all()] == [Role.MANAGER]


def test_a_leaver_keeps_a_trace_and_no_right_and_may_come_back(body):
    course = makers.make_course(provider=makers.make_provider(organisation=body))
    user = makers.make_user(organisation=body, role=Role.MANAGER)
    assert list(type(course).objects.editable_by(user)) == [course]
    membership = user.memberships.get()
    leave(membership)
    left_at = membership.left_at
    assert left_at is not None
    assert not type(course).objects.editable_by(user).exists()
    assert not body.has_member(user)
    assert not Organisation.objects.with_member(user).exists()
    leave(membership)
    assert Membership.objects.get(pk=membership.pk).left_at == left_at, "the day they left does not move"
    join(user=user, organisation=body, role=Role.EDITOR)
    assert user.memberships.count() == 2


def test_members_of_another_body_reach_nothing(body):
    course = makers.make_course(provider=makers.make_provider(organisation=body))
    stranger = makers.make_user(organisation=makers.make_organisation(), role=Role.MANAGER)
    assert not type(course).objects.editable_by(stranger).exists()


def test_the_database_keeps_one_present_membership(body):
    user = makers.make_user(organisation=body)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, organisation=body, role=Role.READER)


@pytest.mark.parametrize("siret", ["73282932000074", "35600000000048", "35600000049837"])
def test_a_true_siret_is_taken(siret):
    check_siret(siret)


@pytest.mark.parametrize(
    "siret", ["11111111111111", "7328293200007X", "732829320", "", "73282932000075", "٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "²²²²²²²²²²²²²²"]
)
def test_a_false_siret_is_refused(siret):
    with pytest.raises(ValidationError):
        check_siret(siret)


def test_an_address_is_one_person_however_it_is_written():
    makers.make_user("Marie@Essai.example")
    assert User.objects.get_by_natural_key("MARIE@essai.EXAMPLE").email == "marie@essai.example"
