"""Somebody who does not know where to begin finds a course, understands why, and writes to the body."""

import re

import pytest
from playwright.sync_api import Page, expect

from courses.models import CourseDailyCount
from portal.mail.models import OutgoingMail

pytestmark = pytest.mark.browser
SENTENCE = "je suis comptable à Rodez, je veux travailler dans la donnée"
WITHOUT_JAVASCRIPT = {"java_script_enabled": False}


def h1(page: Page) -> str:
    return re.sub(r"\s+", " ", page.locator("h1").inner_text()).strip()


def press(page: Page, name: str, role: str = "button") -> None:
    page.get_by_role(role, name=name).first.click()


def test_from_a_sentence_to_a_letter_without_javascript(open_page, letter_box, world):
    page = open_page("/", **WITHOUT_JAVASCRIPT)
    press(page, "Je ne sais pas par où commencer", "link")

    # 1. a goal in one's own words: what was heard is said, and proposed
    page.get_by_label("Un métier, une envie, ou une phrase").fill(SENTENCE)
    press(page, "Continuer")
    heard = page.locator(".notice", has_text="Nous gardons aussi").inner_text()
    assert "Rodez" in heard
    assert "comptab" in heard.lower()
    goal = page.get_by_role("heading", name="Est-ce l’un de ces métiers").locator("xpath=..").locator("h3 a").first
    chosen = goal.inner_text()
    goal.click()

    # 2. what one can already do: proposed from the present job, changed by hand
    assert chosen in page.locator(".lede").inner_text()
    page.locator(".skill-line select").first.select_option(label="pratique")
    press(page, "Continuer")

    # 3. where: the town of the sentence is there; a wrong one is said, and others proposed
    place = page.get_by_label("Où habitez-vous")
    expect(place).to_have_value(re.compile("Rodez"))
    place.fill("Rodèse")
    press(page, "Voir les formations pour moi")
    assert "Nous ne connaissons pas cette commune" in page.locator("main").inner_text()
    page.locator(".notice", has_text="Quelle commune").get_by_role("link", name=re.compile("Rodez")).first.click()

    # the answers: each says why, and what it leaves; the address holds everything
    assert re.match(r"\d+ formations? vers", h1(page))
    assert "Rodez" in page.locator(".asked").inner_text()
    answers = page.locator("ol.list > li")
    assert answers.count() >= 3
    for place in range(3):
        answer = answers.nth(place)
        assert answer.locator(".best li").count() >= 1
        answer.get_by_text("Pourquoi cette formation").click()
        assert re.search(r"\d+ points sur \d+", answer.locator("details.why").inner_text())
    shared = page.url
    again = open_page("/", **WITHOUT_JAVASCRIPT)
    again.goto(shared)
    assert again.locator("ol.list h3").all_inner_texts() == page.locator("ol.list h3").all_inner_texts()

    # one course, then a letter: an empty one is refused in words, a full one leaves
    title = answers.first.locator("h3").inner_text()
    answers.first.locator("h3 a").click()
    assert h1(page).startswith(title.strip())
    press(page, "Écrire à l’organisme", "link")
    page.locator("main form.form .actions button").click()
    assert "Écrivez votre message" in page.locator("main").inner_text()
    page.get_by_label("Votre nom").fill("Marie Essai")
    page.get_by_label("Votre adresse électronique").fill("marie@essai.example")
    page.get_by_label("Votre message").fill("Bonjour, je suis comptable à Rodez. Reste-t-il des places en mars ?")
    page.locator("main form.form .actions button").click()
    assert "@" not in page.locator("main").inner_text().replace("marie@essai.example", ""), "nobody's address is shown"

    # the letter box of the demonstration, once the worker has passed
    page.goto(shared.split("/orientation")[0] + "/demo/courrier/")
    assert "Aucun message" in page.locator("main").inner_text()
    assert letter_box() == 1
    page.reload()
    page.locator("main li a", has_text="Marie Essai").first.click()
    assert OutgoingMail.objects.get(sent_at__isnull=False).body == ""
    assert CourseDailyCount.objects.filter(day=world.day, contacts__gte=1).exists()
    letter = page.locator("main").inner_text()
    assert "Reste-t-il des places en mars" in letter
    assert "marie@essai.example" in letter


def test_a_project_is_kept_and_found_again_by_its_address(open_page):
    page = open_page("/orientation/resultats/?metier=data-analyst&lieu=Rodez", **WITHOUT_JAVASCRIPT)
    before = page.locator("ol.list h3").all_inner_texts()
    page.locator("form[action='/orientation/projet/'] button").click()
    address = re.search(r"https?://\S+/orientation/projet/\w+/", page.locator("main").inner_text())[0]
    again = open_page("/", **WITHOUT_JAVASCRIPT)
    again.goto(address)
    assert "/orientation/resultats/" in again.url
    assert again.locator("ol.list h3").all_inner_texts() == before


def test_a_search_with_the_keyboard_alone(open_page):
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Aller au contenu"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the search
    for _ in range(6):
        if page.evaluate("document.activeElement.name") == "q":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("python")
    page.keyboard.press("Tab")
    page.keyboard.type("Toulouse")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/formations/"))
    assert "lieu=Toulouse" in page.url
    title = page.locator("#results h3 a, ol.list h3 a, .course-card h3 a").first
    wanted = title.get_attribute("href")
    for _ in range(150):
        page.keyboard.press("Tab")
        seen = page.evaluate("""() => {
            const at = document.activeElement, box = at.getBoundingClientRect();
            return [at.getAttribute("href"), box.width > 0 && box.height > 0];
        }""")
        assert seen[1], "the focus is on something that cannot be seen"
        if seen[0] == wanted:
            break
    assert seen[0] == wanted, "the first answer is out of reach of the keyboard"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/formations/[\w-]+-\d+/"))


def test_the_same_search_gives_the_same_answers_with_and_without_javascript(open_page):
    address = "/formations/?q=python&lieu=Toulouse&cout=zero"
    pages = [open_page(address), open_page(address, **WITHOUT_JAVASCRIPT)]
    first, second = (page.locator("main h3").all_inner_texts() for page in pages)
    assert first == second
    assert first


def test_a_telephone_filters_reads_and_comes_back(open_page):
    page = open_page("/formations/", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.get_by_label("Métier, compétence ou formation").first.fill("données")
    page.get_by_role("button", name="Chercher").first.tap()
    page.wait_for_url(re.compile("q=donn"))
    assert re.search(r"[1-9]\d* formations", page.locator("main h2[data-announce]").inner_text())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("main h3 a").first.tap()
    page.wait_for_url(re.compile(r"/formations/[\w-]+-\d+/"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.go_back()
    assert "q=donn" in page.url
