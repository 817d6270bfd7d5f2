"""Courses side by side: two or three, in words, for the audience and the place of the search one comes from."""

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from courses.models import Course
from tests.makers import in_days, make_commune, make_course, make_offering, make_profile, make_provider, make_skill

COMPARE = "/formations/comparer/"


def open_page(client, *courses, query: str = ""):
    response = client.get(f"{COMPARE}?{'&'.join([*(f'f={each}' for each in courses), query])}")
    assert response.status_code == 200
    return html.fromstring(response.content.decode().replace("\N{NO-BREAK SPACE}", " "))


def text(tree) -> str:
    return " ".join(tree.text_content().split())


def row(tree, term: str) -> list[str]:
    """The values of one row, without the name that only a phone shows."""
    (line,) = [each for each in tree.iterfind(".//tbody/tr") if text(each.find("th")) == term]
    for name in line.iterfind(".//p[@class='source']"):
        name.drop_tree()
    return [text(cell) for cell in line.iterfind("td")]


def differences(tree) -> list[str]:
    return [text(each) for each in tree.xpath("//section[@aria-labelledby='differences']//li")]


@pytest.fixture
def two(db) -> list[int]:
    python, sql = make_skill("Python"), make_skill("SQL")
    one = make_course(
        "Données à Rodez",
        provider=make_provider("Organisme A"),
        skills={python: 2},
        entry_level=4,
        profiles=[make_profile("Data analyst")],
        offering={"where": "Rodez", "costs": {"jobseeker": 0, "employee": 50_000}, "duration_hours": 70},
        session={"starts_on": in_days(20)},
    )
    other = make_course(
        "Données chez soi",
        provider=make_provider("Organisme B"),
        skills={python: 2, sql: 1},
        entry_level=4,
        is_certifying=False,
        offering={"modality": "remote", "costs": {"employee": 0}, "fundings": ["cpf"], "is_accessible": True},
    )
    return [one.pk, other.pk]


@pytest.mark.django_db
class TestPage:
    def test_facts_stand_side_by_side(self, client, two):
        tree = open_page(client, *two)
        assert [text(each) for each in tree.iterfind(".//thead//th")] == ["Données à Rodez", "Données chez soi"]
        assert row(tree, "Reste à charge") == ["0 €organisme, 15 janvier 2027", "non communiqué"]
        assert row(tree, "Prochaine date") == ["4 février 2027", "non communiqué"]
        assert row(tree, "Durée") == ["70 heures", "non communiqué"]
        assert row(tree, "Lieu") == ["RodezAveyron", "à distance"]
        assert row(tree, "Niveau demandé pour entrer") == ["niveau 4 (bac)", "niveau 4 (bac)"]
        assert row(tree, "Niveau à la sortie") == ["non communiqué", "non communiqué"]
        assert row(tree, "Compétences") == ["Python (pratique)", "Python (pratique)SQL (notions)"]
        assert row(tree, "Certification") == ["non communiqué", "aucune"]
        assert row(tree, "Qui peut financer") == ["non communiqué", "compte personnel de formation (CPF)"]
        assert row(tree, "Accessible aux personnes handicapées") == ["non communiqué", "oui"]
        assert row(tree, "Organisme") == ["Organisme A", "Organisme B"]

    def test_what_sets_them_apart_is_said_in_words(self, client, two):
        tree = open_page(client, *two)
        said = differences(tree)
        assert "Reste à charge : 0 € pour « Données à Rodez », non communiqué pour « Données chez soi »." in said
        assert "Compétences : seule « Données chez soi » annonce SQL (notions)." in said
        assert not [sentence for sentence in said if sentence.startswith("Niveau")]
        alike = text(tree.find(".//section[@aria-labelledby='differences']"))
        assert "Pareil pour toutes : niveau demandé pour entrer." in alike

    def test_audience_and_place_come_along(self, client, two):
        make_commune("Albi")
        tree = open_page(client, *two, query="lieu=Albi&public=employee&rayon=region")
        assert [each.split(" €")[0] for each in row(tree, "Reste à charge")] == ["500", "0"]
        assert row(tree, "Lieu")[0].startswith("Rodez, à 58 km")
        assert "salarié" in text(tree.find(".//h1/.."))
        back = "/formations/?lieu=Albi&rayon=region&public=employee"
        assert back in tree.xpath("//a/@href")

    def test_the_offering_that_answers_is_the_one_shown(self, client, two):
        make_offering(Course.objects.get(pk=two[0]), modality="remote")
        assert row(open_page(client, *two, query="modalite=remote"), "Lieu") == ["à distance", "à distance"]

    def test_each_column_is_removed_by_a_link(self, client, two):
        third = make_course("Troisième").pk
        tree = open_page(client, *two, third, query="public=employee")
        links = tree.xpath("//ul[@class='active-filters']//a/@href")
        assert links[0] == f"{COMPARE}?f={two[1]}&f={third}&public=employee"
        assert len(links) == 3

    def test_of_more_than_three_the_first_are_shown(self, client, two):
        more = [make_course(f"Autre {number}").pk for number in range(3)]
        tree = open_page(client, *two, *more)
        assert len(tree.findall(".//thead//th")) == 3
        assert "voici les trois premières" in text(tree)

    @pytest.mark.parametrize("strange", ["0", "-1", "abc", "%3Cscript%3E", "9" * 40, "1.5", "%EF%BC%91", "%C2%B2"])
    def test_what_is_no_course_gets_a_sentence(self, client, two, strange):
        tree = open_page(client, *two, strange)
        assert "n’existe pas : il n’est pas compté" in text(tree)
        assert len(tree.findall(".//thead//th")) == 2

    def test_a_course_that_is_not_published_gets_a_sentence(self, client, two):
        for number in (make_course("Brouillon", published=False).pk, 999_999):
            tree = open_page(client, *two, number)
            assert "n’est pas ou n’est plus proposée" in text(tree)
            assert "Brouillon" not in text(tree)

    @pytest.mark.parametrize("how_many", [0, 1])
    def test_it_takes_two(self, client, two, how_many):
        tree = open_page(client, *two[:how_many], query="q=python")
        assert "cochez deux ou trois formations" in text(tree)
        assert tree.find(".//table") is None
        assert "/formations/?q=python" in tree.xpath("//main//a/@href")

    def test_the_same_course_twice_is_one(self, client, two):
        assert "cochez deux ou trois" in text(open_page(client, two[0], two[0]))

    def test_titles_are_text(self, client, two):
        tricky = make_course("<b>Gras</b> & « Cie »").pk
        assert "&lt;b&gt;Gras" in client.get(f"{COMPARE}?f={tricky}&f={two[0]}").content.decode()

    def test_a_broken_parameter_is_said(self, client, two):
        assert "le choix habituel le remplace" in text(open_page(client, *two, query="public=pirate"))

    def test_courses_without_an_offering_are_compared_too(self, client, two):
        bare = make_course("Nue", offered=False).pk
        tree = open_page(client, bare, two[0])
        assert row(tree, "Reste à charge")[0] == row(tree, "Lieu")[0] == "non communiqué"

    def test_it_is_for_no_index_and_only_read(self, client, two):
        assert 'content="noindex"' in client.get(COMPARE).content.decode()
        assert client.post(COMPARE).status_code == 405


@pytest.mark.django_db
class TestResults:
    def test_each_card_has_its_box(self, client, two):
        tree = html.fromstring(client.get("/formations/").content.decode())
        boxes = tree.xpath("//article//input[@name='f']")
        assert {box.get("value") for box in boxes} == {str(pk) for pk in two}
        for box in boxes:
            assert box.get("form") == "comparer"
            assert tree.get_element_by_id(box.get("aria-describedby")).text_content().startswith("Données")
            assert tree.xpath(f"//label[@for='{box.get('id')}']")[0].text_content() == "Comparer"

    def test_the_search_goes_along_and_can_be_taken_away(self, client, two):
        tree = html.fromstring(client.get("/formations/?public=employee&cout=0&page=2").content.decode())
        carried = tree.xpath("//input[@type='hidden'][@form='comparer']")
        assert [(each.get("name"), each.get("value")) for each in carried] == [("public", "employee"), ("cout", "0")]
        links = [
            each for each in tree.xpath("//main//a/@href") if "/export." in each or "flux" in each or "ics" in each
        ]
        assert links == [
            f"/formations/{name}?public=employee&cout=0"
            for name in ("flux.atom", "dates.ics", "export.csv", "export.xlsx")
        ]
        assert tree.xpath("//link[@type='application/atom+xml']/@href") == links[:1]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_ticking_two_boxes_compares_them(browser: Browser, live_server: LiveServer, script):
    for number in range(3):
        make_course(f"Données {number}", offering={"where": "Rodez", "costs": {"employee": 10_000 * number}})
    context = browser.new_context(java_script_enabled=script, locale="fr-FR", viewport={"width": 360, "height": 740})
    page: Page = context.new_page()
    page.goto(f"{live_server.url}/formations/?public=employee")
    for name in ("Données 0", "Données 2"):
        page.get_by_role("article").filter(has_text=name).get_by_label("Comparer").check()
    page.get_by_role("button", name="Comparer les formations cochées").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Comparer des formations")
    assert "public=employee" in page.url
    assert "f=" in page.url
    expect(page.get_by_role("row", name="Reste à charge")).to_contain_text("200")
    if script:
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("link", name="Retirer de la comparaison").first.click()
    expect(page.get_by_text("cochez deux ou trois formations")).to_be_visible()
    context.close()
