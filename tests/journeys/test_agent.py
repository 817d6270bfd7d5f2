"""An agent signs in with a second factor, reads what waits and publishes a listing; the public then sees it."""

import pytest
from playwright.sync_api import Browser, expect

from courses.models import Course
from portal.accounts.demo import ACCOUNTS
from portal.demo.codes import current_code
from portal.moderation.models import Revision, Status

pytestmark = pytest.mark.browser


def test_a_submitted_listing_is_read_published_and_seen(browser: Browser, site: str, browser_context_args, world):
    account = next(each for each in ACCOUNTS if each.email == "moderation@camins.example")
    listing = Course.objects.filter(status=Status.SUBMITTED).order_by("pk").first()
    with browser.new_context(**browser_context_args) as context:
        page = context.new_page()
        page.goto(f"{site}{listing.get_absolute_url()}")
        expect(page.get_by_role("heading", level=1)).to_contain_text("n’existe pas")

        page.goto(f"{site}/gestion/")
        page.locator("input[name=login]").fill(account.email)
        page.locator("input[name=password]").fill("pas le bon mot de passe")
        page.locator("main button[type=submit]").first.click()
        page.locator("input[name=password]").fill(account.password)
        page.locator("main button[type=submit]").first.click()
        page.locator("input[name=code]").fill(current_code(account.totp_secret))
        page.locator("main button[type=submit]").first.click()

        page.get_by_role("link", name="Formations à modérer").click()
        page.locator("#result_list").get_by_role("link", name=listing.title).first.click()
        page.get_by_role("link", name="Modérer").click()
        page.get_by_role("button", name="Publier").click()
        expect(page.locator("body")).to_contain_text("publiée")

        page.goto(f"{site}{listing.get_absolute_url()}")
        expect(page.get_by_role("heading", level=1)).to_contain_text(listing.title)
    revision = Revision.objects.about(listing).get()
    assert revision.approved_by.email == account.email
