"""The orientation's API: what words mean, ranked courses with every term, paths; the same answers as the pages."""

import json
import logging
import re
from urllib.parse import quote, unquote_to_bytes

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Course
from jobs.forms import OrientationForm
from jobs.parameters import BESIDE, OF_PATHS, OF_RECOMMENDATIONS
from jobs.snapshot import keeping
from portal.reference.models import JobTitle, Occupation, Skill
from portal.reference.wording import title_key
from tests.makers import in_days, make_commune, make_course, make_profile, make_provider, make_session, make_skill

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"
JOBS, RECOMMENDATIONS, PATHS = (f"/api/v1/{name}/" for name in ("metiers", "recommandations", "parcours"))
ALL = [JOBS, RECOMMENDATIONS, PATHS]
MOST_STATEMENTS, MOST_OF_A_SNAPSHOT = 15, 25


@pytest.fixture
def analyst():
    skills = {make_skill("Python"): 2, make_skill("SQL"): 2}
    profile = make_profile("Data analyst", aliases=["analyste de données"], skills=skills)
    Skill.objects.update(kind="ai")
    return profile


@pytest.fixture
def catalogue(analyst):
    """Courses that bring something, nothing known, too dear, or stand far away."""
    python, sql = make_skill("Python"), make_skill("SQL")
    provider = make_provider("École des données", slug="ecole-des-donnees")
    costs = {"jobseeker": 0}
    make_course(
        "Python et SQL",
        provider=provider,
        profiles=[analyst],
        skills={python: 2, sql: 2},
        offering={"where": "Rodez", "costs": costs, "duration_hours": 140},
        session={"starts_on": in_days(20)},
    )
    make_course("Python", provider=provider, skills={python: 1}, offering={"where": "Rodez", "costs": costs})
    make_course("SQL au loin", skills={sql: 2}, offering={"where": "Montpellier"}, session={"starts_on": in_days(40)})
    make_course("SQL trop cher", skills={sql: 2}, offering={"where": "Rodez", "costs": {"jobseeker": 900_000}})
    make_course("Sans lieu", skills={sql: 2}, offered=False)
    make_course("Poterie")
    return provider


def ask(client, path: str, query: str = "") -> dict:
    response = client.get(f"{path}?{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    return response.json()


def said_of(answer: dict) -> list[tuple[str | None, str]]:
    return [(each["parametre"], each["phrase"]) for each in answer["avertissements"]]


def sentences(answer: dict) -> str:
    return " ".join(each["phrase"] for each in answer["avertissements"])


# --- what words mean


def test_words_get_proposals_each_with_its_reason(client, analyst):
    answer = ask(client, JOBS, "q=analyste+de+donn%C3%A9es")
    (found,) = answer["propositions"]
    assert found == {
        "parametre": "metier",
        "code": "data-analyst",
        "intitule": "Data analyst",
        "url": f"{SITE}/metiers/data-analyst/",
        "raison": "C’est un nom de ce métier : « analyste de données ».",
        "resume": analyst.summary or None,
        "niveau_usuel": analyst.usual_level,
        "api": f"{SITE}{RECOMMENDATIONS}?metier=data-analyst",
    }
    assert answer["metiers"] == answer["compris"] == answer["avertissements"] == []


def test_an_occupation_of_rome_is_proposed_under_its_own_parameter(client, analyst):
    job = Occupation.objects.create(code="M1405", label="Data scientist", key=title_key("Data scientist"))
    JobTitle.objects.create(label="Data scientist", key=title_key("Data scientist"), occupation=job, is_main=True)
    (found,) = [each for each in ask(client, JOBS, "q=data+scientist")["propositions"] if each["code"] == "M1405"]
    assert (found["parametre"], found["resume"], found["niveau_usuel"]) == ("rome", None, None)
    assert found["url"] == f"{SITE}/metiers/M1405/"
    assert ask(client, RECOMMENDATIONS, "rome=M1405")["but"]["code"] == "M1405"


def test_what_a_sentence_also_says_is_ready_to_be_asked(client, analyst):
    make_commune("Rodez")
    words = quote("je vis à Rodez, niveau bac, je veux devenir analyste de données pour 500 € au plus")
    answer = ask(client, JOBS, f"q={words}")
    assert [(each["parametre"], each["phrase"]) for each in answer["compris"]] == [
        ("lieu", "Votre ville : Rodez (Aveyron)"),
        ("niveau", "Votre diplôme : niveau 4 (bac)"),
        ("budget", "Au plus 500\xa0€ de votre poche"),
    ]
    onward = answer["propositions"][0]["api"]
    for said in answer["compris"]:
        assert f"{said['parametre']}={quote(said['valeur']).replace('%20', '+')}" in onward
    reached = client.get(onward.removeprefix(SITE)).json()
    assert (reached["but"]["code"], reached["avertissements"]) == ("data-analyst", [])


def test_a_town_that_several_have_is_a_choice(client, analyst):
    for department in ("31", "34"):
        make_commune("Castelnau", department=department)
    answer = ask(client, JOBS, "q=" + quote("je veux devenir analyste de données à Castelnau"))
    assert answer["compris"] == []
    (said,) = answer["avertissements"]
    assert [each["valeur"] for each in said["propositions"]] == ["Castelnau (31)", "Castelnau (34)"]


def test_words_near_nothing_get_a_sentence_and_the_list(client, analyst):
    make_profile("Métier caché", is_shown=False)
    answer = ask(client, JOBS, "q=zzzz+qqqq")
    assert answer["propositions"] == []
    assert "Nous n’avons pas reconnu de métier" in sentences(answer)
    assert [each["code"] for each in answer["metiers"]] == ["data-analyst"]


def test_without_words_the_jobs_are_listed(client, analyst):
    answer = ask(client, JOBS)
    assert answer["avertissements"] == answer["propositions"] == []
    (job,) = answer["metiers"]
    assert (job["code"], job["intitule"]) == ("data-analyst", "Data analyst")
    assert set(job) == {"code", "intitule", "url", "famille", "resume", "niveau_usuel"}


def test_words_too_long_are_cut_and_it_is_said(client, analyst):
    assert "200 premiers caractères" in sentences(ask(client, JOBS, "q=" + "a" * 500))


# --- recommendations


def test_the_score_is_the_sum_of_its_terms(client, catalogue):
    make_commune("Rodez")
    answer = ask(client, RECOMMENDATIONS, "metier=data-analyst&lieu=Rodez&niveau=4&sais=python-1")
    assert answer["total"] == len(answer["resultats"]) >= 4
    for course in answer["resultats"]:
        assert course["score"] == sum(term["points"] for term in course["termes"])
        assert course["score"] <= answer["points_maximum"]
        for term in course["termes"]:
            assert term["points"] <= term["points_maximum"]
            assert term["phrase"].endswith(".")
            assert term["constat"] in ("met", "unmet", "unknown")
    scores = [course["score"] for course in answer["resultats"]]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    "query",
    [
        "metier=data-analyst",
        "metier=data-analyst&lieu=Rodez&rayon=50&sais=sql-2",
        "metier=data-analyst&budget=100&public=employee",
        "metier=data-analyst&lieu=Rodez&tri=cout",
        "lieu=Rodez",
    ],
)
def test_courses_come_in_the_order_of_the_page(client, catalogue, query):
    make_commune("Rodez")
    page = client.get(f"/orientation/resultats/?{query}")
    answer = ask(client, RECOMMENDATIONS, query)
    assert [course["score"] for course in answer["resultats"]] == [each["score"] for each in page.context["results"]]
    assert [course["url"].removeprefix(SITE) for course in answer["resultats"]] == [
        each["card"].url for each in page.context["results"]
    ]
    assert answer["total"] == page.context["total"]
    assert [each["phrase"] for each in answer["ecartees"]["motifs"]] == list(page.context["excluded"])


def test_a_course_comes_with_its_offering_its_session_and_what_it_leaves(client, catalogue):
    make_commune("Rodez")
    first = ask(client, RECOMMENDATIONS, "metier=data-analyst&lieu=Rodez&sais=python-1")["resultats"][0]
    course = Course.objects.get(title="Python et SQL")
    offering = course.offerings.get()
    session = offering.sessions.get()
    assert (first["id"], first["intitule"], first["organisme"]["nom"]) == (
        course.pk,
        "Python et SQL",
        "École des données",
    )
    assert (first["action"]["id"], first["action"]["distance_km"]) == (offering.pk, 0)
    assert first["session"] == {"id": session.pk, "debut": "2027-02-04", "precision": "day"}
    assert first["reste"] == []
    by_title = {each["intitule"]: each for each in ask(client, RECOMMENDATIONS, "metier=data-analyst")["resultats"]}
    assert by_title["Python"]["reste"] == [
        {"code": "python", "intitule": "Python", "niveau_atteint": 1, "niveau_vise": 2},
        {"code": "sql", "intitule": "SQL", "niveau_atteint": 0, "niveau_vise": 2},
    ]
    assert by_title["Python"]["session"] is by_title["Sans lieu"]["action"] is None
    costs = [term for term in by_title["Sans lieu"]["termes"] if term["critere"] == "cost"]
    assert [term["constat"] for term in costs] == ["unknown"]


def test_the_gap_says_what_is_held_what_is_missing_and_what_nobody_brings(client, analyst):
    make_course("SQL", skills={make_skill("SQL"): 2})
    lines = {each["code"]: each for each in ask(client, RECOMMENDATIONS, "metier=data-analyst")["ecart"]}
    assert (lines["python"]["niveau_acquis"], lines["python"]["niveau_vise"]) == (None, 2)
    assert (lines["python"]["situation"], lines["python"]["formations"]) == ("untaught", 0)
    assert (lines["sql"]["situation"], lines["sql"]["formations"]) == ("taught", 1)
    held = {
        each["code"]: each
        for each in ask(client, RECOMMENDATIONS, "metier=data-analyst&sais=python-3&sais=sql-0")["ecart"]
    }
    assert (held["python"]["situation"], held["python"]["niveau_acquis"]) == ("held", 3)
    assert (held["sql"]["situation"], held["sql"]["niveau_acquis"]) == ("taught", 0)


def test_what_limits_leave_out_is_counted_and_named(client, catalogue):
    make_commune("Rodez")
    told = ask(client, RECOMMENDATIONS, "metier=data-analyst&lieu=Rodez&rayon=50&budget=100")["ecartees"]
    assert told["total"] == 2
    assert told["motifs"] == [
        {"motif": "too_far", "nombre": 1, "phrase": "1 est trop loin"},
        {"motif": "over_budget", "nombre": 1, "phrase": "1 dépasse votre budget"},
    ]
    far, dear = told["formations"]
    assert (far["intitule"], far["motif"], far["aussi"]) == ("SQL au loin", "too_far", [])
    assert re.fullmatch(r"à \d+ km", far["phrase"])
    assert dear["intitule"] == "SQL trop cher"
    assert client.get(dear["api"].removeprefix(SITE)).json()["intitule"] == "SQL trop cher"


def test_without_a_job_courses_are_ranked_and_it_is_said(client, catalogue):
    answer = ask(client, RECOMMENDATIONS)
    assert (answer["but"], answer["ecart"]) == (None, [])
    assert answer["total"] == 6
    assert [name for name, _said in said_of(answer)] == ["metier"]


def test_pages_come_by_links_that_keep_what_was_asked(client, analyst):
    provider, python = make_provider(), make_skill("Python")
    for number in range(45):
        make_course(f"Python {number}", provider=provider, skills={python: 2})
    query = "metier=data-analyst&sais=python-1"
    second = ask(client, RECOMMENDATIONS, f"{query}&but=ne+pas+garder&page=2")
    assert (second["total"], second["page"], second["pages"], len(second["resultats"])) == (45, 2, 3, 20)
    assert second["precedente"] == f"{SITE}{RECOMMENDATIONS}?{query}"
    assert second["suivante"] == f"{SITE}{RECOMMENDATIONS}?{query}&page=3"
    seen, path = [], f"{RECOMMENDATIONS}?{query}"
    while path:
        answer = client.get(path).json()
        seen += [each["id"] for each in answer["resultats"]]
        path = (answer["suivante"] or "").removeprefix(SITE)
    assert len(seen) == len(set(seen)) == 45
    past = ask(client, RECOMMENDATIONS, f"{query}&page=9")
    assert (past["page"], past["suivante"], len(past["resultats"])) == (3, None, 5)
    assert "voici la dernière" in sentences(past)


def test_each_page_writes_the_line_that_makes_it_again(client, catalogue, caplog):
    with caplog.at_level(logging.INFO, logger="camins.answers"):
        answer = ask(client, RECOMMENDATIONS, "metier=data-analyst&but=je+m+appelle+Marie&sais=python-1")
    (line,) = [json.loads(record.message) for record in caplog.records if record.name == "camins.answers"]
    assert [(row[0], row[3]) for row in line["answers"]] == [
        (course["id"], course["score"]) for course in answer["resultats"]
    ]
    assert (line["first"], line["total"]) == (0, answer["total"])
    assert "Marie" not in json.dumps(line)


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_gives_the_same_answer_as_the_base(client, catalogue, settings, tmp_path):
    settings.CAMINS_SNAPSHOT_DIR = tmp_path
    make_commune("Rodez")
    query = "metier=data-analyst&lieu=Rodez&rayon=50&sais=python-1&budget=100"
    from_base = ask(client, RECOMMENDATIONS, query)
    keeping.make()
    with CaptureQueriesContext(connection) as queries:
        assert ask(client, RECOMMENDATIONS, query) == from_base
    assert len(queries) <= MOST_OF_A_SNAPSHOT


# --- paths


def row(title: str, skills: dict, *, starts: int, days: int = 20, asks=(), **fields) -> Course:
    """A course with one dated session, `starts` days from now; `asks` are skills held in practice before it."""
    made = make_course(title, skills=skills, **fields)
    session = make_session(made.offerings.get(), starts_on=in_days(starts), ends_on=in_days(starts + days))
    made.skill_links.filter(skill__in=asks).update(level_required=1)
    for skill in asks:
        made.skill_links.get_or_create(skill=skill, defaults={"level_required": 1, "level_given": 1})
    assert session
    return made


@pytest.fixture
def in_a_row(analyst):
    python, sql = make_skill("Python"), make_skill("SQL")
    row("Débuter en Python", {python: 2}, starts=10, offering={"where": "Rodez", "costs": {"jobseeker": 15_000}})
    row("SQL par Python", {sql: 2}, starts=60, asks=[python], offering={"where": "Rodez"})


def test_paths_are_those_of_the_page(client, in_a_row):
    make_commune("Rodez")
    query = "metier=data-analyst&lieu=Rodez"
    page = client.get(f"/orientation/parcours/?{query}")
    answer = ask(client, PATHS, query)
    assert [path["lettre"] for path in answer["parcours"]] == [each.letter for each in page.context["found"]]
    assert [[step["formation"]["intitule"] for step in path["etapes"]] for path in answer["parcours"]] == [
        [step.title for step in each.steps] for each in page.context["found"]
    ]
    assert answer["sessions_utiles"] == page.context["usable"]
    assert [each["phrase"] for each in answer["limites"]] == page.context["relaxations"]


def test_a_path_says_its_steps_and_the_sums_of_what_is_known(client, in_a_row):
    make_commune("Rodez")
    answer = ask(client, PATHS, "metier=data-analyst&lieu=Rodez")
    (path,) = answer["parcours"]
    assert (answer["prouve"], answer["mieux_au_plus_pourcent"], answer["avertissements"]) == (True, 0, [])
    assert [each["code"] for each in path["etiquettes"]] == ["best", "fastest", "cheapest", "closest"]
    assert (path["couverture_pourcent"], path["debut"], path["fin"]) == (100, "2027-01-25", "2027-04-05")
    assert (path["reste_a_charge_centimes"], path["restes_a_charge_inconnus"]) == (15_000, 1)
    assert (path["distance_km"], path["distances_inconnues"]) == (0, 0)
    assert (path["heures"], path["heures_inconnues"]) == (None, 2)
    assert path["reste"] == []
    first, second = path["etapes"]
    assert (first["numero"], first["ouvre"], second["ouvre"]) == (1, [2], [])
    assert first["apporte"] == [
        {"code": "python", "intitule": "Python", "niveau_depart": 0, "niveau_atteint": 2, "proposee": False}
    ]
    assert (first["session"]["debut"], first["fin"], first["fin_estimee"]) == ("2027-01-25", "2027-02-14", False)
    assert (first["action"]["commune"], first["action"]["modalite"]) == ("Rodez", "onsite")
    assert second["reste_a_charge_centimes"] is None


def test_nothing_is_known_of_distances_without_a_place(client, in_a_row):
    (path,) = ask(client, PATHS, "metier=data-analyst")["parcours"]
    assert (path["distance_km"], path["distances_inconnues"]) == (None, 2)
    assert "closest" not in [each["code"] for each in path["etiquettes"]]


def test_one_limit_less_is_told_as_its_parameter(client, in_a_row):
    (said,) = ask(client, PATHS, "metier=data-analyst&fin=2027-03-20")["limites"]
    assert (said["parametre"], said["valeur"], said["valeur_proposee"]) == ("fin", "2027-03-20", "2027-04-19")
    assert (said["couverture_pourcent"], said["prouve"]) == (100, True)
    assert said["phrase"].replace("\xa0", " ").startswith("Avec une fin au 19 avril 2027 au lieu du 20 mars 2027")
    (said,) = ask(client, PATHS, "metier=data-analyst&etapes=1")["limites"]
    assert (said["parametre"], said["valeur"], said["valeur_proposee"]) == ("etapes", "1", "2")
    loosened = ask(client, PATHS, "metier=data-analyst&distance=seulement")["limites"]
    assert [(each["parametre"], each["valeur"], each["valeur_proposee"]) for each in loosened] == [
        ("distance", "seulement", "oui")
    ]


def test_a_search_stopped_before_its_proof_says_its_bound(client, in_a_row, monkeypatch):
    monkeypatch.setattr("jobs.path_answers.NODES", 1)
    answer = ask(client, PATHS, "metier=data-analyst")
    assert answer["prouve"] is False
    assert "toutes n’ont pas été comparées" in sentences(answer) or answer["parcours"] == []


@pytest.mark.parametrize(
    ("query", "name", "sentence"),
    [
        ("", "metier", "Un parcours mène à un métier"),
        ("metier=data-analyst&sais=sql-2&sais=python-2", "sais", "Vous avez déjà toutes"),
        ("metier=data-analyst&fin=2027-01-16", None, "Aucune suite de formations"),
        ("metier=data-analyst&avant=2027-06-01", "avant", "un parcours se règle par sa fin"),
    ],
)
def test_what_to_know_of_the_paths_is_said(client, in_a_row, query, name, sentence):
    (said,) = [each for each in said_of(ask(client, PATHS, query)) if sentence in each[1]]
    assert said[0] == name


def test_what_no_path_can_hold_is_counted(client, analyst):
    make_course("Sans date", skills={make_skill("SQL"): 2})
    make_course("Toute l’année", skills={make_skill("SQL"): 2}, offering={"entry_mode": "permanent"})
    row("Haut", {make_skill("SQL"): 2}, starts=9, entry_level=7, entry_level_is_mandatory=True)
    answer = ask(client, PATHS, "metier=data-analyst&niveau=4")
    assert answer["laissees"] == {"sans_date": 1, "diplome_trop_haut": 1, "sessions_trop_nombreuses": False}
    assert "1 formation demande un diplôme plus élevé" in sentences(answer)


# --- what is not understood


@pytest.mark.parametrize("path", [RECOMMENDATIONS, PATHS])
@pytest.mark.parametrize(
    ("query", "name", "sentence"),
    [
        ("metier=inconnu", "metier", "n’existe plus ici"),
        ("rome=M9999", "rome", "n’est pas connu"),
        ("sais=python-9", "sais", "n’est pas lisible"),
        ("sais=inconnue-1&sais=python-1", "sais", "n’existe pas"),
        ("budget=-1", "budget", "supérieure ou égale à 0"),
        ("niveau=99", "niveau", "il n’est pas compté"),
        ("rayon=12", "rayon", "il n’est pas compté"),
        ("distance=peut-%C3%AAtre", "distance", "il n’est pas compté"),
        ("public=pirate", "public", "il n’est pas compté"),
        ("apres=2027-13-45", "apres", "date valide"),
        ("apres=9999-12-31", "apres", "entre 2000 et 2100"),
        ("lieu=Atlantis", "lieu", "vérifiez son nom"),
        ("sexe=F", None, "n’existe pas"),
        ("etape=3", None, "n’existe pas"),
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_works(client, analyst, path, query, name, sentence):
    make_course("SQL", skills={make_skill("SQL"): 2})
    goal = "" if query.startswith("metier") else "metier=data-analyst&"
    found = [said for parameter, said in said_of(ask(client, path, goal + query)) if parameter == name]
    assert any(sentence in said for said in found), found


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("name", [*OrientationForm.base_fields, "page", "q", "inconnu"])
def test_no_value_is_repeated(client, analyst, path, name):
    told = client.get(path, {name: "<x>Zq7x"}).content.decode()
    assert "Zq7x" not in told


def test_a_page_that_is_no_number_is_the_first(client, catalogue):
    answer = ask(client, RECOMMENDATIONS, "metier=data-analyst&page=-1")
    assert (answer["page"], said_of(answer)) == (1, [("page", "Cette page n’existe pas : voici la première.")])


def test_a_place_that_is_not_clear_comes_with_what_to_write(client, analyst):
    for department in ("12", "31"):
        make_commune("Saint-Jean", department=department)
    for path in (RECOMMENDATIONS, PATHS):
        said = ask(client, path, "metier=data-analyst&lieu=Saint-Jean")["avertissements"][0]
        assert [(each["parametre"], each["valeur"]) for each in said["propositions"]] == [
            ("lieu", "Saint-Jean (12)"),
            ("lieu", "Saint-Jean (31)"),
        ]
        # no département here to narrow by
        assert ask(client, path, "metier=data-analyst&lieu=Aveyron")["avertissements"][0]["propositions"] == []


def test_an_address_of_the_pages_serves_here(client, catalogue, in_a_row):
    query = (
        "but=analyste&metier=data-analyst&depuis=comptable&sais=python-1&fin=2027-12-31&heures=900&etapes=2&tri=date"
    )
    for path in (RECOMMENDATIONS, PATHS):
        answer = ask(client, path, query)
        assert answer["but"]["code"] == "data-analyst"
        assert [name for name, _said in said_of(answer) if name] == []


def test_nothing_of_a_person_is_a_parameter(client, catalogue):
    """Neither a disability nor an identity: such a name changes no answer, and is not repeated."""
    taken = {*OF_RECOMMENDATIONS, *OF_PATHS, *BESIDE}
    assert taken <= set(OrientationForm.base_fields)
    usual = ask(client, RECOMMENDATIONS, "metier=data-analyst")["resultats"]
    for name in ("accessible", "handicap", "acces", "sexe", "age", "nom", "naissance", "nationalite"):
        assert name not in taken
        answer = ask(client, RECOMMENDATIONS, f"metier=data-analyst&{name}=oui")
        assert answer["resultats"] == usual
        assert name not in sentences(answer)


# --- how it answers


@pytest.mark.parametrize("path", ALL)
def test_any_site_may_read_and_no_cookie_is_left(client, path):
    response = client.get(path, headers={"Origin": "https://ailleurs.example", "Accept": "text/html"})
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_it_only_reads(client, path, method):
    assert getattr(client, method)(path).status_code == 405


@pytest.mark.parametrize("path", ALL)
def test_real_data_is_not_said_to_be_fictional(client, settings, path):
    assert ask(client, path)["mention"].startswith("Site de démonstration")
    settings.CAMINS_DEMO = False
    answer = ask(client, path)
    assert (answer["demonstration"], answer["mention"]) == (False, None)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        (JOBS, ""),
        (JOBS, "q=" + quote("je suis comptable à Rodez, je veux devenir analyste de données")),
        (RECOMMENDATIONS, "metier=data-analyst&lieu=Rodez&sais=python-1"),
        (PATHS, "metier=data-analyst&lieu=Rodez&sais=python-1"),
    ],
)
def test_what_an_answer_costs_does_not_grow(client, in_a_row, path, query):
    make_commune("Rodez")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            ask(client, path, query)
        return len(queries)

    cost()
    few = cost()
    for number in range(12):
        row(f"SQL {number}", {make_skill("SQL"): 2}, starts=9 + number, offering={"where": "Rodez"})
    assert cost() <= few <= MOST_STATEMENTS


def test_hostile_values_give_an_answer_or_a_refusal(client, catalogue, shared_data, sample_of):
    lines = (shared_data / "badinput" / "values.jsonl").read_text().splitlines()
    values = [json.loads(line) for line in lines]
    places = [(JOBS, name) for name in ("q", "format", "inconnu")]
    places += [(path, name) for path in ALL[1:] for name in (*OrientationForm.base_fields, "page", "format", "inconnu")]
    for (path, name), value in sample_of([(place, value) for place in places for value in values]):
        repeat = value.get("repeat", {"unit": "", "times": 0})
        raw = value["pct"] + repeat["unit"] * repeat["times"] + value.get("tail", "")
        response = client.get(f"{path}?{name}={quote(unquote_to_bytes(raw), safe='')}")
        assert response.status_code in (200, 400, 414), value["id"]
        told = response.content.decode()
        assert not [needle for needle in value.get("needle", []) if needle in told], value["id"]


def test_the_page_explains_every_parameter(client, analyst):
    html = client.get("/api/").content.decode()
    for name in (*OF_RECOMMENDATIONS, *OF_PATHS, "page"):
        assert f"<code>{name}</code></th>" in html
    for path in ALL:
        assert f"<code>GET {path}</code>" in html
        assert f'curl "{SITE}{path}?' in html
    for value in ("seulement", "competences"):
        assert f"<code>{value}</code>" in html
