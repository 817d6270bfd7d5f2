"""A body's edit of a published listing: it waits, then it is copied, and the public text is always the approved one."""

import re

import pytest
from django.urls import reverse

from courses.models import Course
from portal.accounts.enums import Role
from portal.moderation.actions import accept_proposal, propose, refuse_proposal
from portal.moderation.models import ModerationError, Proposal, content_hash
from tests.identities import make_agent
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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "T" * 300),
        ("title", ""),
        ("website", "javascript:alert(1)"),
        ("entry_level", 12),
        ("offering.{}.price_cents", -1),
        ("offering.{}.price_cents", "gratuit"),
        ("offering.{}.fundings", ["ami"]),
        ("offering.{}.cost.employee", -5),
        ("offering.{}.cost.employee", "0"),
    ],
)
def test_a_value_that_its_field_refuses_is_refused_before_anybody_decides(listing, name, value):
    with pytest.raises(ModerationError):
        propose(listing, changes={name.format(listing.offerings.get().pk): value}, by=make_user())
    assert not Proposal.objects.exists()


def test_each_change_is_told_beside_what_stands_today(listing):
    offering = listing.offerings.get()
    changes = {
        "entry_level": 4,
        f"offering.{offering.pk}.price_cents": 25_000,
        f"offering.{offering.pk}.cost.jobseeker": 12_000,
        f"offering.{offering.pk}.cost.employee": None,
    }
    told = [listing.change_line(name, value) for name, value in changes.items()]
    assert told == [
        ("niveau d'entrée", "–", "niveau 4 (bac)"),
        ("Rodez – prix total TTC", "1\xa0€", "250\xa0€"),
        ("Rodez – reste à payer (demandeur d'emploi)", "0\xa0€", "120\xa0€"),
        ("Rodez – reste à payer (salarié)", "–", "non communiqué"),
    ]
    assert Course.objects.get(pk=listing.pk).offerings.get().price_cents == 100, "reading a proposal writes nothing"


def test_the_page_of_a_proposal_shows_the_price_of_today(listing, client):
    offering = listing.offerings.get()
    proposal = propose(listing, changes={f"offering.{offering.pk}.price_cents": 25_000}, by=make_user())
    client.force_login(make_agent(Role.MODERATOR))
    page = client.get(reverse("gestion:moderation_proposal_change", args=[proposal.pk])).content.decode()
    assert re.search(r"prix total.*?<del>1</del>.*?<ins>250</ins>", page, re.DOTALL)


def test_the_person_who_decides_reads_prices_and_costs_too(listing):
    lines = dict(listing.moderated_lines())
    assert lines["intitulé"] == "Initiation à Python"
    assert lines["Rodez – prix total TTC"] == "1\xa0€"
    assert lines["Rodez – reste à payer (demandeur d'emploi)"] == "0\xa0€"
