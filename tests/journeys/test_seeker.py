"""A job seeker crosses the site in a browser without JavaScript, on a phone, with a wrong turn on the way."""

from collections.abc import Iterator

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from courses.models import CourseDailyCount
from portal.mail.models import OutgoingMail
from portal.mail.tasks import send_waiting_mail
from tests.browsing import watch

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def phone(browser: Browser, site: str, browser_context_args) -> Iterator[Page]:
    context_args = {**browser_context_args, "java_script_enabled": False, "viewport": PHONE}
    with browser.new_context(**context_args) as context:
        watched = watch(context, site, expected=("status of 422",))  # a form sent half empty, on purpose
        watched.page.goto(site)
        yield watched.page
        assert watched.hear() == []


def test_an_accountant_in_rodez_finds_a_course_in_data_and_knows_why(phone: Page):
    phone.get_by_role("link", name="Je ne sais pas par où commencer").click()
    phone.get_by_label("Un métier, une envie, ou une phrase").fill(
        "je suis comptable à Rodez, je veux travailler dans la donnée"
    )
    phone.get_by_role("button", name="Continuer").click()
    expect(phone.locator("main")).to_contain_text("Comptable")
    expect(phone.locator("main")).to_contain_text("Rodez (Aveyron)")
    phone.locator(".card-title a", has_text="Data analyst").click()

    # what an accountant usually can do is proposed, marked as such, and goes on only because the person goes on
    expect(phone.locator("main")).to_contain_text("proposé, à vérifier")
    phone.get_by_label("SQL").select_option("notions")
    phone.get_by_role("button", name="Continuer").click()

    # the wrong turn: a town that does not exist says so, and nothing said before is lost
    phone.get_by_label("Où habitez-vous").fill("Rodezz-les-Flots")
    phone.get_by_role("button", name="Voir les formations pour moi").click()
    expect(phone.locator("main")).to_contain_text("commune")
    phone.get_by_role("link", name="Changer mes conditions").click()
    phone.get_by_label("Où habitez-vous").fill("Rodez")
    phone.get_by_label("Jusqu’où pouvez-vous aller").select_option("100 km")
    phone.get_by_role("button", name="Voir les formations pour moi").click()

    expect(phone.get_by_role("heading", level=1)).to_contain_text("Data analyst")
    first = phone.locator("main ol.list > li").first
    first.locator("summary", has_text="Pourquoi cette formation").click()
    expect(first).to_contain_text("SQL : notions →")
    expect(first.locator(".reasons").first).to_contain_text("points")

    # the address alone brings the same answers back
    again = phone.context.new_page()
    again.goto(phone.url)
    assert again.locator("main .card-title").all_inner_texts() == phone.locator("main .card-title").all_inner_texts()


def test_a_question_to_a_body_leaves_without_showing_any_address(phone: Page, world):
    phone.goto(f"{phone.url.rstrip('/')}/formations/?q=data+analyst&lieu=Rodez")
    phone.locator("main .card-title a").first.click()
    assert "@" not in phone.locator("main").inner_text()
    phone.locator("main").get_by_role("link", name="Écrire à l’organisme").first.click()
    phone.get_by_role("button", name="Envoyer").click()
    expect(phone.locator("main")).to_contain_text("Écrivez votre nom")
    phone.get_by_label("Votre nom").fill("Marie Essai")
    phone.get_by_label("Votre adresse électronique").fill("marie@essai.example")
    phone.get_by_label("Votre message").fill("Bonjour, cette formation est-elle ouverte aux comptables ?")
    phone.get_by_role("button", name="Envoyer").click()
    expect(phone.locator("main")).to_contain_text("Votre message est parti")

    waiting = OutgoingMail.objects.waiting().get()
    assert waiting.reply_to == "marie@essai.example"
    assert send_waiting_mail() == 1
    assert mail.outbox[-1].to[0].endswith(".example")
    assert OutgoingMail.objects.get(pk=waiting.pk).body == ""
    assert CourseDailyCount.objects.filter(day=world.day, contacts__gte=1).exists()


def test_a_project_is_kept_by_a_code_and_found_again(phone: Page, site: str):
    phone.goto(f"{site}/orientation/resultats/?metier=technicien-donnees&lieu=Mende")
    phone.get_by_role("button", name="Garder mon projet").click()
    address = phone.locator("main a[href*='/orientation/projet/']").first.get_attribute("href")
    phone.goto(address)
    expect(phone.locator("main")).to_contain_text("Mende")


def test_the_keyboard_alone_reaches_the_search_and_its_answers(browser: Browser, site: str, browser_context_args):
    with browser.new_context(**browser_context_args) as context:
        page = context.new_page()
        page.goto(site)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.classList.contains('skip')")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("python")
        page.keyboard.press("Tab")
        page.keyboard.type("Rodez")
        page.keyboard.press("Enter")
        page.wait_for_url("**/formations/**")
        expect(page.locator("main h2").first).to_contain_text("formations")
