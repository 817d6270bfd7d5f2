"""The orientation on screen: questions, answers in the address, ranked courses with their reasons."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.reference.models import JobTitle, Occupation, OccupationSkill, Skill
from portal.reference.wording import title_key
from tests.makers import in_days, make_commune, make_course, make_profile, make_skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst():
    return make_profile(
        "Data analyst", aliases=["analyste de données"], skills={make_skill("Python"): 2, make_skill("SQL"): 2}
    )


@pytest.fixture
def accountant():
    job = Occupation.objects.create(code="M1203", label="Comptable", key=title_key("Comptable"), is_common_start=True)
    JobTitle.objects.create(label="Comptable", key=title_key("Comptable"), occupation=job, is_main=True)
    OccupationSkill.objects.create(occupation=job, skill=make_skill("Tableur"), level=3, source="Camins")
    return job


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\xa0", " ")


def test_a_goal_in_free_words_is_proposed_never_decided(client, analyst):
    page = client.get("/orientation/", {"but": "je veux devenir analyste de données"})
    assert "Data analyst" in text_of(page)
    assert "etape=2" in page.content.decode()
    assert "Aucun de ceux-ci" in text_of(page)


def test_words_that_name_no_job_get_the_list_of_jobs(client, analyst):
    page = text_of(client.get("/orientation/", {"but": "zzzz qqqq"}))
    assert "Nous n’avons pas reconnu de métier" in page
    assert "Data analyst" in page


def test_what_a_sentence_also_says_is_kept_in_every_link(client, analyst, accountant):
    make_commune("Rodez")
    sentence = "je suis comptable à Rodez, niveau bac, je veux devenir analyste de données pour 500 € au plus"
    page = client.get("/orientation/", {"but": sentence})
    assert "Votre métier : Comptable" in text_of(page)
    assert "Votre ville : Rodez (Aveyron)" in text_of(page)
    proposals = [proposal["url"] for proposal in page.context["proposals"]]
    listed = [job["url"] for _family, jobs in page.context["families"] for job in jobs]
    assert proposals
    assert listed
    for address in (*proposals, *listed):
        for said in ("ancien=M1203", "lieu=Rodez", "niveau=4", "budget=500"):
            assert said in address
    assert all("metier=data-analyst" in address for address in listed)


def test_fields_left_empty_leave_the_address_short(client, analyst):
    said = {"metier": "data-analyst", "rayon": "", "apres": "", "sais": ["", "python-1", ""]}
    answer = client.get("/orientation/resultats/", said)
    assert answer.status_code == 302
    assert answer["Location"] == "/orientation/resultats/?metier=data-analyst&sais=python-1"
    assert client.get("/orientation/resultats/", {"metier": ""})["Location"] == "/orientation/resultats/"


def test_a_former_job_only_prefills_as_a_question(client, analyst, accountant):
    page = client.get("/orientation/", {"etape": "2", "metier": "data-analyst", "ancien": "M1203"})
    assert "Tableur" in text_of(page)
    results = client.get("/orientation/resultats/", {"metier": "data-analyst", "ancien": "M1203"})
    assert "Il vous manque 2 compétences" in text_of(results)


def test_the_recommendation_covers_and_leaves_skills_in_words(client, analyst):
    make_course("Apprendre Python", skills={make_skill("Python"): 2}, offering={"where": "Rodez"}, session={})
    page = text_of(client.get("/orientation/resultats/", {"metier": "data-analyst", "lieu": "Rodez"}))
    assert "1 formation vers « Data analyst »" in page
    assert "Python : rien → pratique." in page
    assert "Après elle, il vous resterait : SQL." in page


def test_unknown_facts_are_told_apart_from_unmet_ones_and_never_exclude(client, analyst):
    python = make_skill("Python")
    make_course("Prix inconnu", skills={python: 2}, offering={"where": "Rodez", "costs": {"jobseeker": None}})
    make_course("Trop chère", skills={python: 2}, offering={"where": "Rodez", "costs": {"jobseeker": 90_000}})
    page = text_of(client.get("/orientation/resultats/", {"metier": "data-analyst", "budget": "0"}))
    assert "Prix inconnu" in page
    assert "Reste à charge non communiqué" in page
    assert "1 dépasse votre budget" in page


def test_what_was_set_aside_is_named_with_its_reason_and_can_be_shown(client, analyst):
    make_commune("Rodez")
    make_course("À Montpellier", skills={make_skill("Python"): 2}, offering={"where": "Montpellier"})
    page = client.get("/orientation/resultats/", {"metier": "data-analyst", "lieu": "Rodez", "rayon": "30"})
    assert "1 est trop loin" in text_of(page)
    assert "À Montpellier : à" in text_of(page)
    assert "Tout montrer, sans ces conditions" in text_of(page)


def test_a_shared_town_name_is_a_choice_not_a_guess(client, analyst):
    make_commune("Castelnau", department="31")
    make_commune("Castelnau", department="34")
    page = client.get("/orientation/resultats/", {"metier": "data-analyst", "lieu": "Castelnau"})
    assert "Quelle commune ?" in text_of(page)
    assert "Haute-Garonne" in text_of(page)
    assert "lieu=Castelnau+%2831%29" in page.content.decode()


def test_the_address_is_the_state_and_comes_back_in_every_step(client, analyst):
    make_commune("Rodez")
    said = {"metier": "data-analyst", "sais": ["python-1", "sql-0"], "lieu": "Rodez", "budget": "500", "niveau": "4"}
    page = client.get("/orientation/", {"etape": "3", **said}).content.decode()
    assert 'name="sais" value="python-1"' in page
    assert 'value="500"' in page


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("metier", "nexiste-pas"),
        ("rome", "Z0000"),
        ("sais", "python-9"),
        ("lieu", "Atlantide-les-Bains"),
        ("rayon", "²"),
        ("apres", "31/02/2027"),
        ("budget", "9" * 400),
        ("niveau", "bac"),
        ("public", "prince"),
        ("but", "a" * 10_000),
        ("page", "1e18"),
    ],
)
def test_a_value_that_makes_no_sense_gets_a_sentence_and_the_rest_still_works(client, analyst, name, value):
    make_course("Apprendre Python", skills={make_skill("Python"): 2})
    said = {"metier": "data-analyst", name: value} if name not in ("metier",) else {name: value}
    answer = client.get("/orientation/resultats/", said)
    assert answer.status_code in (200, 414)
    if answer.status_code == 200 and name not in ("metier", "rome", "page"):
        assert "Apprendre Python" in text_of(answer)


def test_dates_that_contradict_each_other_get_a_sentence(client, analyst):
    said = {"metier": "data-analyst", "apres": in_days(60).isoformat(), "avant": in_days(10).isoformat()}
    assert "Choisissez une date après" in text_of(client.get("/orientation/resultats/", said))


SQL_LEVELS = ["Lit une requête.", "Relie plusieurs tables.", "Accélère une grande base."]


@pytest.fixture
def levelled(analyst):
    """The goal of `analyst`, whose SQL has levels told in words, and Python none."""
    Skill.objects.filter(label="SQL").update(levels=SQL_LEVELS)
    return analyst


def test_each_level_of_a_skill_is_told_where_a_person_ticks_it(client, levelled):
    page = client.get("/orientation/?etape=2&metier=data-analyst").content.decode()
    (told,) = re.findall(r"<details class=\"small\">.*?</details>", page, re.DOTALL)
    assert re.findall(r"<dt[^>]*>(.*?)</dt><dd>(.*?)</dd>", told) == list(
        zip(("Notions", "Pratique", "Maîtrise"), SQL_LEVELS, strict=True)
    )
    assert re.findall(r"<dt>(.*?)</dt>", told) == ["Pratique"]
    # the select is described by the summary, which says the level wanted; Python, without words, says it in its label
    assert 'id="attendu-sql">niveau attendu' in told
    assert '<select id="sais-sql" name="sais" aria-describedby="attendu-sql">' in page
    assert '<select id="sais-python" name="sais">' in page
    assert (
        len(re.findall(r"niveau attendu.: pratique", text_of(client.get("/orientation/?etape=2&metier=data-analyst"))))
        == 2
    )


def test_the_gap_tells_the_level_missing_and_nothing_of_what_is_held(client, levelled):
    address = "/orientation/resultats/?metier=data-analyst"
    page = text_of(client.get(address))
    assert SQL_LEVELS[1] in page
    assert SQL_LEVELS[0] not in page
    assert SQL_LEVELS[2] not in page
    assert SQL_LEVELS[1] not in text_of(client.get(address + "&sais=sql-2"))


@pytest.mark.parametrize(
    "address", ["/orientation/?etape=2&metier=data-analyst", "/orientation/resultats/?metier=data-analyst"]
)
def test_the_words_of_levels_cost_no_query(client, analyst, address, django_assert_num_queries):
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    Skill.objects.update(levels=SQL_LEVELS)
    with django_assert_num_queries(len(before)):
        page = client.get(address)
    assert SQL_LEVELS[1] in text_of(page)


def test_an_empty_catalogue_gives_three_ways_out(client, analyst):
    page = text_of(client.get("/orientation/resultats/", {"metier": "data-analyst"}))
    assert "Aucune formation ne répond" in page
    assert "Me faire aider" in page


def test_a_kept_project_comes_back_by_its_code_and_holds_no_words(client, analyst):
    answer = client.post("/orientation/projet/", {"metier": "data-analyst", "but": "mon secret", "sais": ["python-1"]})
    assert answer["Cache-Control"] == "no-store"
    assert answer.status_code == 201
    secret = answer.context["secret"]
    back = client.get(f"/orientation/projet/{secret}/")
    assert back.status_code == 302
    assert "metier=data-analyst" in back["Location"]
    assert "sais=python-1" in back["Location"]
    assert "secret" not in back["Location"]


def test_the_button_that_keeps_a_project_carries_its_token(analyst):
    browser = Client(enforce_csrf_checks=True)
    page = browser.get("/orientation/resultats/", {"metier": "data-analyst"}).content.decode()
    (form,) = re.findall(r'<form method="post" action="/orientation/projet/">.*?</form>', page, re.DOTALL)
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert browser.post("/orientation/projet/", sent).status_code == 201


def test_a_forgotten_project_is_gone_with_a_way_on(client):
    answer = client.get("/orientation/projet/0123456789abcdef/")
    assert answer.status_code == 410
    assert "Recommencer l’orientation" in text_of(answer)


def test_projects_are_erased_after_ninety_days(client, analyst):
    from jobs import actions
    from jobs.models import SeekerProject

    client.post("/orientation/projet/", {"metier": "data-analyst"})
    assert actions.forget_expired_projects(in_days(90)) == 0
    assert actions.forget_expired_projects(in_days(91)) == 1
    assert not SeekerProject.objects.exists()


def test_the_public_ranking_page_prints_the_weights_really_used(client):
    from jobs.matching.criteria import CRITERIA

    page = text_of(client.get("/comment-les-resultats-sont-classes/"))
    for rule in CRITERIA:
        assert str(abs(rule.weight)) in page
    assert "30 points de moins" in page
    assert "10 points de moins" in page


def test_more_courses_cost_no_more_queries(client, analyst, django_assert_max_num_queries):
    python = make_skill("Python")
    address = "/orientation/resultats/?metier=data-analyst&lieu=Rodez"
    make_commune("Rodez")
    for _number in range(3):
        make_course(skills={python: 2}, offering={"where": "Rodez", "costs": {"jobseeker": 0}}, session={})
    with django_assert_max_num_queries(26) as few:
        client.get(address)
    for _number in range(20):
        make_course(skills={python: 2}, offering={"where": "Rodez", "costs": {"jobseeker": 0}}, session={})
    with django_assert_max_num_queries(len(few)):
        client.get(address)
