"""Paths of several courses: from rows to a problem, to a page with its reasons, and what is told when nothing fits."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Offering, Session
from jobs.matching.path_problem import MOST_SESSIONS, PathRequest, problem_of
from jobs.matching.paths import solve
from jobs.matching.recommendation import Request
from portal.reference.models import Skill
from tests.jobs.matching.cases import TODAY
from tests.jobs.matching.rows import make_course, make_profile, make_skill

pytestmark = pytest.mark.django_db
ADDRESS = "/orientation/parcours/"


@pytest.fixture
def analyst():
    profile = make_profile("data-analyst", name="Data analyst", essential=["sql", "python"])
    Skill.objects.update(kind="ai")
    return profile


def course(title, *teaches, asks=(), starts="2027-03-01", ends="2027-03-31", offer=None, **fields):
    """A course with one dated session; `asks` are skills held at the level of practice before it."""
    made = make_course(title, teaches=teaches, offer={"starts": (starts,), **(offer or {})}, **fields)
    for code in asks:
        made.skill_links.create(skill=make_skill(code), level_required=2, level_given=2)
    Session.objects.filter(offering__course=made).update(ends_on=ends, ends_precision="day" if ends else "unknown")
    return made


def asked(**said):
    limits = {name: said.pop(name) for name in ("ends_by", "hours", "steps") if name in said}
    return problem_of(PathRequest(Request(profiles=("data-analyst",), **said), **limits), day=TODAY)


def titles(found):
    best = solve(found.problem).best
    return [found.shown[code].course.title for code in best.codes] if best else []


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\xa0", " ")


def two_in_a_row():
    course("Débuter en Python", "python", starts="2027-02-01", ends="2027-02-26")
    course("SQL par Python", "sql", asks=["python"])


def test_a_course_that_opens_another_comes_before_it(analyst):
    two_in_a_row()
    course("Poterie", "poterie")
    assert titles(asked()) == ["Débuter en Python", "SQL par Python"]
    assert titles(asked(steps=1)) == ["Débuter en Python"]


def test_what_is_held_needs_no_course(analyst):
    two_in_a_row()
    assert titles(asked(held=(("python", 2),))) == ["SQL par Python"]
    assert solve(asked(held=(("python", 2), ("sql", 3))).problem).wanted == 0


def test_a_course_that_only_opens_others_is_looked_for(analyst):
    course("Bases de la logique", "logique", starts="2027-02-01", ends="2027-02-05")
    course("SQL", "sql", asks=["logique"])
    Skill.objects.update(kind="ai")
    assert titles(asked()) == ["Bases de la logique", "SQL"]


def test_a_skill_of_everyday_that_nobody_spoke_of_is_to_check_and_bars_nothing(analyst):
    course("SQL", "sql", asks=["rigueur"])
    Skill.objects.filter(code="rigueur").update(kind="general")
    found = asked()
    assert titles(found) == ["SQL"]
    assert [shown.to_check for shown in found.shown.values()] == [("Rigueur",)]
    assert titles(asked(held=(("rigueur", 0),))) == []


def test_an_end_that_nobody_gave_is_estimated_from_the_hours_or_left_out(analyst):
    course("SQL", "sql", ends=None, offer={"duration_hours": 70})
    course("Python", "python", ends=None)
    found = asked()
    (fact,), (shown,) = found.problem.sessions, found.shown.values()
    assert (fact.ends, shown.has_estimated_end) == (date(2027, 3, 15).toordinal(), True)
    assert found.undated == 1


def test_a_month_without_a_day_is_left_free_as_a_whole(analyst):
    course("SQL", "sql", ends="2027-05-01")
    Session.objects.update(starts_precision="month", ends_precision="month")
    (fact,) = asked().problem.sessions
    assert (fact.starts, fact.ends) == (date(2027, 3, 1).toordinal(), date(2027, 5, 31).toordinal())


def test_an_entry_all_year_round_begins_when_the_path_comes_to_it(analyst):
    two_in_a_row()
    Session.objects.filter(offering__course__title="SQL par Python").delete()
    Offering.objects.filter(course__title="SQL par Python").update(entry_mode="permanent", duration_hours=35)
    best = solve(asked().problem).best
    assert [step.placed.starts for step in best.steps] == [date(2027, 2, 1).toordinal(), date(2027, 2, 26).toordinal()]


def test_a_diploma_above_one_s_own_leaves_a_course_out_only_where_it_is_mandatory(analyst):
    course("SQL", "sql", entry_level=7, entry_level_is_mandatory=True)
    assert (asked(entry_level=4).too_high, titles(asked(entry_level=4))) == (1, [])
    assert titles(asked()) == ["SQL"]


def test_a_session_that_is_full_is_in_no_path(analyst):
    course("SQL", "sql")
    Session.objects.update(is_full=True)
    assert titles(asked()) == []


def test_sessions_are_read_in_a_number_of_queries_that_rows_do_not_change(analyst):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            asked()
        return len(queries)

    two_in_a_row()
    few = cost()
    for number in range(10):
        course(f"SQL {number}", "sql", asks=["python"])
    assert cost() == few <= 10
    assert MOST_SESSIONS > 1_000


def test_the_page_shows_the_paths_side_by_side_with_what_each_leaves(client, analyst):
    two_in_a_row()
    page = client.get(ADDRESS, {"metier": "data-analyst"})
    words = text_of(page)
    assert page.status_code == 200
    assert "Un seul parcours répond à tout" in words
    assert "le plus complet et le plus rapide" in words
    assert "100 % de ce qui vous manque" in words
    assert "Ouvre la porte de la suite : SQL par Python." in words
    assert "inconnu" in words


def test_what_one_limit_less_would_give_is_told(client, analyst):
    two_in_a_row()
    words = text_of(client.get(ADDRESS, {"metier": "data-analyst", "fin": "2027-03-10"}))
    assert "Avec une fin au 9 avril 2027 au lieu du 10 mars 2027 : 100 % au lieu de 50 %" in words
    nothing = text_of(client.get(ADDRESS, {"metier": "data-analyst", "fin": "2027-02-02"}))
    assert "Aucune suite de formations ne tient dans vos limites" in nothing
    assert "Une limite de moins" in nothing


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({}, "choisissez-en un"),
        ({"metier": "data-analyst", "etapes": "9"}, "Parcours vers"),
        ({"metier": "data-analyst", "heures": "-5"}, "Parcours vers"),
        ({"metier": "data-analyst", "fin": "2027-13-45", "heures": "²"}, "Parcours vers"),
        ({"metier": "data-analyst", "apres": "2027-05-01", "fin": "2027-01-01"}, "Choisissez une fin après"),
        ({"metier": "data-analyst", "apres": "9999-12-31"}, "Choisissez une date entre 2000 et 2100."),
        ({"metier": "data-analyst", "apres": "2100-12-30", "fin": "2100-12-31"}, "Parcours vers"),
        ({"metier": "data-analyst", "fin": "2000-01-01"}, "Aucune suite de formations"),
        ({"metier": "inconnu"}, "Ce métier n’existe plus ici."),
        ({"metier": "data-analyst", "sais": ["sql-2", "python-2"]}, "Vous avez déjà toutes"),
    ],
)
def test_an_odd_address_is_a_page_with_a_sentence(client, analyst, parameters, said):
    page = client.get(ADDRESS, parameters)
    assert page.status_code == 200
    assert said in text_of(page)


def test_an_absurd_listing_spoils_no_page(client, analyst):
    course("Sans fin", "sql", ends=None, offer={"duration_hours": 2_000_000_000, "cost_cents": 10**12})
    course("Hors du temps", "sql", starts="9999-12-01", ends=None, offer={"duration_hours": 700})
    Session.objects.filter(starts_on__year=9999).update(starts_precision="month")
    course("Finie avant", "sql", starts="2027-05-01", ends="2027-06-01")
    Session.objects.filter(starts_on="2027-05-01").update(starts_precision="month", ends_on="2027-03-10")
    course("Entière", "sql", offer={"entry_mode": "permanent", "duration_hours": 70})
    page = client.get(ADDRESS, {"metier": "data-analyst", "apres": "2100-12-30"})
    assert page.status_code == 200
    found = asked()
    assert [shown.course.title for shown in found.shown.values()] == ["Entière"]
    assert found.undated == 3


def test_nobody_is_the_nearest_where_no_distance_is_known(client, analyst):
    two_in_a_row()
    words = text_of(client.get(ADDRESS, {"metier": "data-analyst"}))
    assert "le plus complet et le plus rapide" in words
    assert "le moins cher" not in words
    assert "Distance inconnue" not in words


def test_a_job_that_asks_for_nothing_known_says_so(client):
    make_profile("sans-competence", name="Métier sans compétence")
    assert "Nous ne savons pas" in text_of(client.get(ADDRESS, {"metier": "sans-competence"}))


def test_a_need_of_access_leaves_out_the_places_said_to_be_closed(client, analyst):
    two_in_a_row()
    course("Python en haut d’un escalier", "python", "sql", starts="2027-01-20", ends="2027-01-31")
    Offering.objects.filter(course__title__contains="escalier").update(is_accessible=False)
    address = f"{ADDRESS}?metier=data-analyst"
    all_paths, some = client.get(address), client.post(address)
    assert "escalier" in text_of(all_paths)
    assert "escalier" not in text_of(some)
    assert "Débuter en Python" in text_of(some)
    assert "Les lieux que leur organisme dit non accessibles sont écartés" in text_of(some)
    # from the results, the need goes along by POST
    results = client.post("/orientation/resultats/?metier=data-analyst").content.decode()
    assert re.search(r'<form[^>]*method="post" action="/orientation/parcours/\?metier=data-analyst"', results)


def test_the_results_lead_to_the_paths_and_back(client, analyst):
    two_in_a_row()
    address = f"{ADDRESS}?metier=data-analyst&amp;heures=200"
    assert address in client.get("/orientation/resultats/?metier=data-analyst&heures=200").content.decode()
    assert (
        "/orientation/resultats/?metier=data-analyst" in client.get(ADDRESS + "?metier=data-analyst").content.decode()
    )
    assert client.get(ADDRESS + "?metier=data-analyst&fin=").status_code == 302
