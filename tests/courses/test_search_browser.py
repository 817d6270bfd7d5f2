"""The search page in Chromium: a filter swaps the answers, keeps focus, is heard; or the page does without."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.makers import in_days, make_course

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def catalogue() -> None:
    for number in range(3):
        make_course(
            f"Données {number}",
            offering={"where": "Rodez", "costs": {"jobseeker": 0 if number else 50_000}},
            session={"starts_on": in_days(20)},
        )


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the console said: a refused script or style is a complaint."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_ticking_a_filter_swaps_the_answers(page: Page, live_server: LiveServer, catalogue, complaints):
    page.goto(f"{live_server.url}/formations/?q=donn%C3%A9es")
    box = page.get_by_label(re.compile("à ma charge"))
    box.check()
    expect(page.get_by_role("heading", name="2 formations")).to_be_visible()
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    expect(page.locator("#status")).to_have_text("2 formations")
    expect(page).to_have_title(re.compile("2 formations"))
    expect(page).to_have_url(f"{live_server.url}/formations/?q=donn%C3%A9es&cout=0")
    assert complaints == []


def test_the_address_pushed_is_the_page(page: Page, live_server: LiveServer, catalogue):
    page.goto(f"{live_server.url}/formations/")
    page.get_by_label(re.compile("à ma charge")).check()
    expect(page.get_by_role("heading", name="2 formations")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="2 formations")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="3 formations")).to_be_visible()


def test_a_box_opened_by_hand_stays_open_after_a_swap(page: Page, live_server: LiveServer, catalogue):
    page.goto(f"{live_server.url}/formations/")
    page.locator("summary", has_text="Début").click()
    page.get_by_label(re.compile("d’ici un mois")).check()
    expect(page.get_by_label("Filtres actifs")).to_contain_text("d’ici un mois")
    page.get_by_label(re.compile("d’ici un mois")).uncheck()
    expect(page.get_by_role("heading", name="3 formations")).to_be_visible()
    expect(page.get_by_label(re.compile("d’ici un mois"))).to_be_focused()


def test_on_a_phone_the_filters_stay_open_while_one_ticks(page: Page, live_server: LiveServer, catalogue):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}/formations/")
    page.locator("summary", has_text="Filtrer").click()
    page.get_by_label(re.compile("à ma charge")).check()
    expect(page.get_by_role("button", name="Voir les 2 formations")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_sorting_swaps_too(page: Page, live_server: LiveServer, catalogue):
    page.goto(f"{live_server.url}/formations/")
    page.get_by_label("Trier par").select_option("cout")
    expect(page).to_have_url(f"{live_server.url}/formations/?tri=cout")
    expect(page.get_by_role("article").last).to_contain_text("Données 0")


def test_without_a_script_the_button_does_it(browser: Browser, live_server: LiveServer, catalogue):
    page = browser.new_context(java_script_enabled=False, locale="fr-FR").new_page()
    page.goto(f"{live_server.url}/formations/")
    page.get_by_label(re.compile("à ma charge")).check()
    page.get_by_role("button", name="Voir les 3 formations").click()
    expect(page.get_by_role("heading", name="2 formations")).to_be_visible()
    page.get_by_role("link", name="Données 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Données 1")
    page.get_by_role("link", name="Retour aux résultats").click()
    expect(page.get_by_role("heading", name="2 formations")).to_be_visible()
    page.context.close()


def test_the_course_page_asks_for_nothing_the_policy_refuses(page: Page, live_server: LiveServer, complaints):
    course = make_course("Données", offering={"where": "Rodez"}, session={"starts_on": in_days(20)})
    page.goto(live_server.url + course.get_absolute_url())
    assert page.locator('script[type="application/ld+json"]').count() == 1
    assert complaints == []


def test_a_new_place_is_a_new_page_and_forgets_the_old_error(page: Page, live_server: LiveServer, catalogue):
    page.goto(f"{live_server.url}/formations/?lieu=Atlantis")
    expect(page.get_by_text("vérifiez son nom")).to_be_visible()
    page.get_by_label("Ville ou code postal").fill("Rodez")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("heading", name="3 formations")).to_be_visible()
    expect(page.get_by_text("vérifiez son nom")).to_have_count(0)
