"""An agent signs in with two factors, publishes what waits, and the public sees it; then repairs a listing."""

import re

import pytest
from playwright.sync_api import expect

from courses.models import Course
from portal.accounts.demo import ACCOUNTS
from portal.moderation.models import Revision, Status
from tests.identities import code_that_lasts

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("a_new_code_each_time")]
MODERATOR = next(account for account in ACCOUNTS if account.email.startswith("moderation@"))


@pytest.fixture
def agent(open_page):
    """The moderator's page, after the two factors."""
    page = open_page("/gestion/")
    assert "/compte/login/" in page.url
    page.locator("input[name=login]").fill(MODERATOR.email)
    page.locator("input[name=password]").fill("pas le bon mot de passe")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.locator("main")).to_contain_text("mot de passe")
    page.locator("input[name=password]").fill(MODERATOR.password)
    page.get_by_role("button", name="Se connecter").click()
    page.locator("input[name=code]").fill(code_that_lasts(MODERATOR.totp_secret, seconds=15))
    page.locator("main form.form .actions button").first.click()
    page.wait_for_url(re.compile("/gestion/$"))
    return page


def test_a_listing_that_waits_is_published_and_then_withdrawn(agent, open_page, site):
    course = Course.objects.filter(status=Status.SUBMITTED).first()
    visitor = open_page("/")
    assert visitor.goto(site + course.get_absolute_url()).status == 404

    agent.get_by_role("link", name=re.compile("Formations à modérer")).click()
    agent.get_by_role("link", name=course.title).click()
    agent.get_by_role("link", name="Modérer").click()
    assert "à modérer" in agent.locator(".moderation-state").inner_text()
    agent.get_by_role("button", name="Demander des corrections").click()
    assert "Écrivez le motif" in agent.locator(".messagelist").inner_text()
    agent.get_by_role("button", name="Publier").click()
    expect(agent.locator(".moderation-state")).to_contain_text("publiée")
    assert Revision.objects.about(course).get().approved_by.email == MODERATOR.email

    assert visitor.goto(site + course.get_absolute_url()).status == 200
    assert course.title.split(",")[0] in visitor.locator("h1").inner_text()

    agent.get_by_label("Motif").fill("Erreur de prix")
    agent.get_by_role("button", name="Retirer").click()
    expect(agent.locator(".moderation-state")).to_contain_text("retirée")
    assert visitor.goto(site + course.get_absolute_url()).status == 410


def test_a_key_is_found_by_a_search_and_saved(agent, site):
    course = Course.objects.published().first()
    agent.goto(f"{site}/gestion/courses/course/{course.pk}/change/")
    choice = agent.get_by_label("Codes ROME déclarés", exact=False).and_(agent.locator("select"))
    agent.get_by_label(re.compile("^Chercher Codes ROME")).fill("M1203")
    found = choice.locator("option", has_text="M1203")
    expect(found).to_have_count(1)
    choice.select_option(value=found.get_attribute("value"))
    agent.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(agent.locator(".messagelist .success")).to_be_visible()
    assert course.occupations.filter(code="M1203").exists()
