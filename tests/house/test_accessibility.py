"""Every page in Chromium, narrow and wide, light and dark: axe finds nothing, nothing sticks out, nobody is asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.test import Client
from playwright.sync_api import Browser

from courses.models import Course
from portal.accounts.models import User
from tests.browsing import Watched, watch
from tests.house import access
from tests.house.rows import UNCLAIMED_SIRET
from tests.house.targets import Addresses, addresses

pytestmark = pytest.mark.browser
WIDTHS = (360, 1280)
NARROWEST = 320
THEMES = ("light", "dark")
# a browser tells of every refused page in its console: these are asked for on purpose
REFUSED = tuple(f"status of {code}" for code in (400, 403, 404, 405, 410, 414, 422))
NOT_PAGES = {"pages:health", "pages:robots", "pages:security_txt", "gestion:jsi18n", "jobs:sitemap"}
NOT_PAGES |= {"gestion:courses_claim_document", "courses:api_courses", "courses:api_course", "courses:api_schema"}
NOT_PAGES |= {"courses:api_imports", "courses:api_import"}
NOT_PAGES |= {f"jobs:api_{name}" for name in ("jobs", "recommendations", "paths")}
NOT_PAGES |= {"jobs:needs_atom", "jobs:needs_csv"}
NOT_PAGES |= {"gestion:courses_importrun_model", "organisme:courses_importrun_model"}
NOT_PAGES |= {"organisme:courses_importrun_export"}
NOT_PAGES |= {f"courses:search_{kind}" for kind in ("atom", "calendar", "csv", "xlsx")}
READ_BY_VISITORS = [
    rule
    for rule in (*access.PUBLIC, *access.ACCOUNTS)
    if rule.expected("visitor", "GET") in ("page", "gone", "absent") and rule.name not in NOT_PAGES
]
OF_ONES_ACCOUNT = [rule for rule in access.ACCOUNTS if rule.expected("superuser", "GET") == "page"]
GESTION = [
    rule
    for rule in access.RULES
    if rule not in READ_BY_VISITORS
    and rule not in access.ACCOUNTS
    and rule.expected("superuser", "GET") == "page"
    and rule.name not in NOT_PAGES
]
# of the screens of the back-office, one of each kind every time; the others by their share
ALWAYS = {
    "gestion:index",
    "gestion:app_list",
    *(f"gestion:courses_course_{view}" for view in ("changelist", "add", "change", "history", "moderate")),
    *(f"gestion:courses_importrun_{view}" for view in ("add", "change", "rows", "row")),
    "gestion:courses_courseskill_delete",
    "gestion:moderation_proposal_change",
    "gestion:moderation_flag_change",
    "gestion:moderation_queue",
    "gestion:accounts_membership_changelist",
    "gestion:accounts_organisation_strike",
    "gestion:accounts_tombstone_change",
    "gestion:courses_claim_change",
    "gestion:moderation_revision_change",
    "gestion:reference_jobprofile_change",
    "gestion:jobs_pool_change",
    "gestion:demand",
}


SPACE = [
    rule
    for rule in access.SPACE
    if rule.expected("body_manager", "GET") == "page" and not rule.name.endswith(("jsi18n", "autocomplete"))
]
EMPLOYER = [
    rule
    for rule in access.EMPLOYER_SPACE
    if rule.expected("employer_manager", "GET") == "page" and not rule.name.endswith(("jsi18n", "autocomplete"))
]
ALWAYS_IN_SPACE = {
    "organisme:index",
    *(f"organisme:courses_course_{view}" for view in ("changelist", "change", "preview")),
    "organisme:courses_session_changelist",
    "organisme:courses_offering_change",
    "organisme:courses_trainingprovider_change",
    "organisme:courses_coursedailycount_changelist",
}


ALWAYS_FOR_EMPLOYERS = {f"employeur:{name}" for name in ("index", "attach", "need", "jobs_employerneed_changelist")}
ALWAYS_FOR_EMPLOYERS |= {"employeur:jobs_employerneed_change", "employeur:jobs_employer_change"}


def _sign_in_wrongly(seen: Watched) -> None:
    seen.page.fill("input[name=login]", "personne@essai.example")
    seen.page.fill("input[name=password]", "un faux mot de passe")
    seen.page.click("main form.form .actions button")


# what a page shows only when asked in some way: (path, what is done there)
SCENES: dict[str, tuple[str, Callable[[Watched], None] | None]] = {
    "search, filtered": ("/formations/?q=python&lieu=Rodez&rayon=50&cout=gratuit", None),
    "search, no answer": ("/formations/?q=xyzxyzxyz", None),
    "search, several towns": ("/formations/?lieu=Saint", None),
    "search, page 2": ("/formations/?page=2", None),
    "comparison": ("compare", None),
    "orientation, heard": ("/orientation/?but=je+suis+comptable+à+Rodez,+je+veux+travailler+dans+la+donnée", None),
    "orientation, nothing heard": ("/orientation/?but=xyzxyz", None),
    "orientation, skills": ("/orientation/?etape=2&metier=data-analyst&ancien=M1203", None),
    "orientation, conditions": ("/orientation/?etape=3&metier=data-analyst", None),
    "orientation, unknown town": ("/orientation/?etape=3&metier=data-analyst&lieu=Xyzville", None),
    "recommendation": ("/orientation/resultats/?metier=data-analyst&lieu=Rodez&sais=tableur-2", None),
    "paths": ("/orientation/parcours/?metier=data-analyst&lieu=Rodez&sais=tableur-2", None),
    "paths, nothing left": ("/orientation/parcours/?metier=data-analyst&lieu=Mende&fin=2026-01-01", None),
    "recommendation, nothing left": ("/orientation/resultats/?metier=data-analyst&lieu=Mende&rayon=10&budget=0", None),
    "unknown address": ("/nulle-part/", None),
    "unreadable address": ("/?q=%00", None),
    "contact, empty": ("contact", lambda seen: seen.page.click("main form.form .actions button")),
    "claim, found": (f"/organismes/rejoindre/?numero={UNCLAIMED_SIRET}", None),
    "claim, unknown": ("/organismes/rejoindre/?numero=12", None),
    "claim, empty": (
        f"/organismes/rejoindre/?numero={UNCLAIMED_SIRET}",
        lambda seen: seen.page.click("main form.form .actions button"),
    ),
    "need, empty": ("/entreprises/besoins/", lambda seen: seen.page.click("main form.form .actions button")),
    "sign-in, wrong": ("/compte/login/", _sign_in_wrongly),
}


@pytest.fixture(scope="module")
def found(site, world) -> Addresses:
    return addresses(world.day)


@pytest.fixture(scope="module")
def visitor(browser: Browser, site, browser_context_args) -> Iterator[Watched]:
    with browser.new_context(**browser_context_args, reduced_motion="reduce") as context:
        yield watch(context, site, expected=REFUSED)


@pytest.fixture(scope="module")
def agent(browser: Browser, site, browser_context_args, world) -> Iterator[Watched]:
    """The demonstration's superuser, signed in."""
    with signed_in("administration@camins.example", browser, site, browser_context_args) as seen:
        yield seen


@pytest.fixture(scope="module")
def member(browser: Browser, site, browser_context_args, world) -> Iterator[Watched]:
    """The manager of a body of the demonstration, signed in."""
    with signed_in("organisme@camins.example", browser, site, browser_context_args) as seen:
        yield seen


@pytest.fixture(scope="module")
def employer(browser: Browser, site, browser_context_args, world) -> Iterator[Watched]:
    """The manager of an employer of the demonstration, signed in."""
    with signed_in("employeur@camins.example", browser, site, browser_context_args) as seen:
        yield seen


@contextmanager
def signed_in(email: str, browser: Browser, site: str, arguments: dict) -> Iterator[Watched]:
    client = Client()
    client.force_login(User.objects.get(email=email))
    cookies = [{"name": name, "value": each.value, "url": site} for name, each in client.cookies.items()]
    with browser.new_context(**arguments, reduced_motion="reduce") as context:
        context.add_cookies(cookies)
        yield watch(context, site, expected=REFUSED)


def look(seen: Watched, record_count) -> list[str]:
    """What is wrong with the page that is open, at every width and in both themes."""
    faults = []
    for width in WIDTHS:
        seen.page.set_viewport_size({"width": width, "height": 800})
        for theme in THEMES:
            seen.page.emulate_media(color_scheme=theme)
            faults += [f"{width} px, {theme}: {fault}" for fault in seen.axe()]
            record_count("axe checks (page × width × theme)", 1)
    for width in (*WIDTHS, NARROWEST):
        seen.page.set_viewport_size({"width": width, "height": 800})
        if wide := seen.overflow():
            faults.append(f"at {width} px it is too wide by {wide}")
    return faults + seen.hear()


def visit(seen: Watched, site: str, path: str, record_count, act: Callable | None = None) -> None:
    seen.hear()
    seen.page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    seen.page.goto(site + path)
    if act:
        act(seen)
        seen.page.wait_for_load_state()
    faults = look(seen, record_count)
    assert not faults, "\n".join([f"{path}", *faults])


def name_of(rule) -> str:
    return f"{rule.name} {rule.target}".strip()


@pytest.mark.parametrize("rule", READ_BY_VISITORS, ids=name_of)
def test_a_page_is_for_everybody(rule, visitor, site, found, record_count):
    visit(visitor, site, found.path(rule.name, rule.target), record_count)


@pytest.mark.parametrize("scene", SCENES)
def test_a_page_that_answers_is_for_everybody(scene, visitor, site, found, record_count):
    path, act = SCENES[scene]
    if path == "contact":
        path = found.path("courses:contact", "published")
    elif path == "compare":
        courses = Course.objects.published().values_list("pk", flat=True)[:3]
        path = "/formations/comparer/?lieu=Rodez&" + "&".join(f"f={pk}" for pk in courses)
    visit(visitor, site, path, record_count, act)


def test_a_project_that_was_kept_is_for_everybody(visitor, site, record_count):
    visit(
        visitor,
        site,
        "/orientation/resultats/?metier=data-analyst",
        record_count,
        lambda seen: seen.page.click("form[action='/orientation/projet/'] button"),
    )
    assert "/orientation/projet/" in visitor.page.url


@pytest.mark.parametrize("rule", OF_ONES_ACCOUNT, ids=name_of)
def test_a_page_of_ones_account_is_for_everybody(rule, agent, site, found, record_count):
    visit(agent, site, found.path(rule.name, rule.target), record_count)


@pytest.mark.parametrize("rule", [rule for rule in GESTION if rule.name in ALWAYS], ids=name_of)
def test_a_screen_of_the_back_office_is_for_everybody(rule, agent, site, found, record_count):
    visit(agent, site, found.path(rule.name, rule.target), record_count)


@pytest.mark.parametrize("rule", [rule for rule in EMPLOYER if rule.name in ALWAYS_FOR_EMPLOYERS], ids=name_of)
def test_a_page_of_the_employers_space_is_for_everybody(rule, employer, site, found, record_count):
    visit(employer, site, found.path(rule.name, rule.target), record_count)


@pytest.mark.parametrize("rule", [rule for rule in SPACE if rule.name in ALWAYS_IN_SPACE], ids=name_of)
def test_a_screen_of_the_bodies_is_for_everybody(rule, member, site, found, record_count):
    visit(member, site, found.path(rule.name, rule.target), record_count)


def test_the_other_screens_of_the_back_offices_too(agent, member, employer, site, found, record_count, sample_of):
    faults = []
    rules = [(agent, rule) for rule in GESTION if rule.name not in ALWAYS]
    rules += [(member, rule) for rule in SPACE if rule.name not in ALWAYS_IN_SPACE]
    rules += [(employer, rule) for rule in EMPLOYER if rule.name not in ALWAYS_FOR_EMPLOYERS]
    for who, rule in sample_of(rules):
        try:
            visit(who, site, found.path(rule.name, rule.target), record_count)
        except AssertionError as wrong:
            faults.append(str(wrong))
    assert not faults, "\n".join(faults)


def test_the_appearance_chosen_wins_over_the_devices(visitor, site):
    """Dark chosen on a light device: the page is dark, and the other way round."""
    colours = {}
    for chosen, device in (("dark", "light"), ("light", "dark")):
        visitor.page.emulate_media(color_scheme=device)
        visitor.page.goto(site + "/aide/")
        visitor.page.click(f"button[name=theme][value={chosen}]")
        visitor.page.wait_for_load_state()
        colours[chosen] = visitor.page.evaluate("getComputedStyle(document.body).backgroundColor")
    visitor.page.click("button[name=theme][value=auto]")
    assert colours["dark"] != colours["light"]
    assert sum(map(int, colours["dark"][4:-1].split(",")[:3])) < 200


def test_a_planted_fault_is_seen(visitor, site):
    """The watch can find: a page without a label, too wide, with a script in its text and a picture from elsewhere."""
    visitor.page.goto(site + "/aide/")
    visitor.hear()
    visitor.page.evaluate(
        """() => {
            document.querySelector("main").innerHTML = '<input type="text"><p>large</p>';
            document.querySelector("main p").attributeStyleMap.set("width", CSS.px(3000));
            const inline = document.createElement("script");
            inline.textContent = "window.planted = 1";
            document.body.append(inline);
            const picture = document.createElement("img");
            picture.alt = "";
            picture.src = "http://elsewhere.example/x.png";
            document.body.append(picture);
        }"""
    )
    visitor.page.wait_for_timeout(200)
    assert any(fault.startswith("label") for fault in visitor.axe())
    assert visitor.overflow()
    assert visitor.page.evaluate("window.planted") is None
    heard = " ".join(visitor.hear())
    assert heard.count("Content Security Policy") >= 2, heard
