"""Courses at /gestion/: what is public is always what a revision holds."""

import pytest
from django.forms import ModelForm
from django.urls import reverse

from courses.models import Course
from portal.accounts.enums import Role
from portal.moderation.models import content_hash
from portal.reference.models import Certification
from tests import makers
from tests.identities import make_agent

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client):
    agent = make_agent(Role.MODERATOR)
    client.force_login(agent)
    return agent


@pytest.fixture
def course():
    return makers.make_course("Une formation", offering={"costs": {"jobseeker": 0}})


def save(client, row, **changes):
    """Send the form of a row as a browser would, with some values changed."""
    address = reverse(f"gestion:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    page = client.get(address)
    inlines = [inline.formset for inline in page.context["inline_admin_formsets"]]
    forms: list[ModelForm] = [page.context["adminform"].form, *(form for formset in inlines for form in formset)]
    sent = {}
    for form in forms:
        for name in form.fields:
            value = form[name].value()
            sent[form.add_prefix(name)] = "" if value is None else value
    for formset in inlines:
        for name, value in formset.management_form.initial.items():
            sent[formset.management_form.add_prefix(name)] = value
    answer = client.post(address, {**sent, **changes})
    assert answer.status_code == 302, answer.context and answer.context["errors"]


def is_as_approved(course: Course) -> bool:
    row = Course.objects.get(pk=course.pk)
    return row.revision.sha256 == content_hash(row.moderated_content())


@pytest.mark.usefixtures("agent")
class TestAnAgentsEdit:
    def test_an_offering_stays_in_the_course_it_was_approved_in(self, client, course):
        other = makers.make_course("Une autre")
        save(client, course.offerings.get(), course=other.pk)
        assert course.offerings.count() == 1
        assert is_as_approved(course)
        assert is_as_approved(other)

    def test_a_cost_stays_in_its_offering(self, client, course):
        other = makers.make_course("Une autre")
        cost = course.offerings.get().costs.get()
        save(client, cost, offering=other.offerings.get().pk, left_to_pay_cents=500)
        cost.refresh_from_db()
        assert (cost.left_to_pay_cents, cost.offering.course) == (500, course)
        assert is_as_approved(course)

    def test_a_price_leaves_a_revision_of_the_course(self, client, course):
        save(client, course.offerings.get(), price_cents=12_300)
        assert course.offerings.get().price_cents == 12_300
        assert Course.objects.get(pk=course.pk).version == 2
        assert is_as_approved(course)

    def test_a_certification_leaves_a_revision(self, client, course):
        certification = Certification.objects.create(register="RS", number="1234", title="Un certificat")
        save(client, course, certifications=[certification.pk])
        row = Course.objects.get(pk=course.pk)
        assert row.version == 2
        assert row.revision.content["certifications"] == ["RS 1234"]

    def test_saving_without_a_change_leaves_none(self, client, course):
        save(client, course)
        assert Course.objects.get(pk=course.pk).version == 1
