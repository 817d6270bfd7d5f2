"""A body's edit of a published listing: it waits, then it is copied, and the public text is always the approved one."""

import pytest

from courses.models import Course
from portal.moderation.actions import accept_proposal, propose, refuse_proposal
from portal.moderation.models import ModerationError, content_hash
from tests.makers import DAY, make_course, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing():
    return make_course(
        "Initiation à Python", offering={"where": "Rodez", "costs": {"jobseeker": 0}, "price_cents": 100}
    )


def test_an_edit_waits_beside_the_published_text(listing):
    propose(listing, changes={"title": "Python gratuit garanti"}, by=make_user())
    assert Course.objects.get(pk=listing.pk).title == "Initiation à Python"


def test_an_accepted_edit_reaches_texts_prices_and_costs_in_one_revision(listing):
    offering = listing.offerings.get()
    changes = {
        "title": "Python, premiers pas",
        f"offering.{offering.pk}.price_cents": 25_000,
        f"offering.{offering.pk}.cost.employee": 12_000,
    }
    revision = accept_proposal(propose(listing, changes=changes, by=make_user()), by=make_user())
    row = Course.objects.get(pk=listing.pk)
    assert (row.title, row.version) == ("Python, premiers pas", 2)
    assert row.offerings.get().price_cents == 25_000
    cost = row.offerings.get().costs.get(audience="employee")
    assert (cost.left_to_pay_cents, cost.source, cost.stated_on) == (12_000, row.provider.name, DAY)
    assert revision.sha256 == content_hash(row.moderated_content())


def test_a_refused_edit_changes_nothing(listing):
    proposal = propose(listing, changes={"title": "100 % financé !"}, by=make_user())
    refuse_proposal(proposal, by=make_user(), reason="Pas de promesse dans un intitulé.")
    assert Course.objects.get(pk=listing.pk).title == "Initiation à Python"


@pytest.mark.parametrize("name", ["status", "provider", "demand", "pk"])
def test_a_field_that_is_not_moderated_is_refused(listing, name):
    with pytest.raises(ModerationError):
        propose(listing, changes={name: "x"}, by=make_user())


def test_the_person_who_decides_reads_prices_and_costs_too(listing):
    lines = dict(listing.moderated_lines())
    assert lines["intitulé"] == "Initiation à Python"
    assert lines["Rodez – prix total TTC en centimes"] == "100"
    assert lines["Rodez – reste à payer (demandeur d'emploi)"] == "0,00 €"
