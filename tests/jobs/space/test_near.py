"""« Autour de vous »: searches near an organisation that found nothing, and what open posts ask for there."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import SearchDailyCount
from courses.searches_near import departments_of, searches_near
from courses.tasks import store_daily_counts
from jobs.models import Employer, EmployerNeed, NeedSkill
from jobs.observatory.gaps import gaps_of
from portal.accounts.enums import OrganisationKind
from tests import makers
from tests.jobs.space.conftest import NEAR

pytestmark = pytest.mark.django_db
MOST_QUERIES = 40


def read(client) -> str:
    answer = client.get(NEAR)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())).split())


def make_need(skill, *, headcount: int = 6, town: str = "Rodez", published: bool = True, **fields) -> EmployerNeed:
    employer, _made = Employer.objects.get_or_create(
        name="Entreprise Secrète",
        defaults={"organisation": makers.make_organisation(kinds=[OrganisationKind.EMPLOYER])},
    )
    need = EmployerNeed.objects.create(
        employer=employer,
        title="Recherche Secrète",
        commune=makers.make_commune(town),
        headcount=headcount,
        contract="permanent",
        **fields,
    )
    NeedSkill.objects.create(need=need, skill=skill, importance="essential", level=2)
    return makers.publish(need) if published else need


def count(facet: str, value: str, nothing: int, *, days: int = 3) -> None:
    SearchDailyCount.objects.create(
        day=makers.in_days(-days), facet=facet, value=value, searches=nothing + 2, without_answer=nothing
    )


def gaps(body) -> dict[str, object]:
    return {gap.label: gap for gap in gaps_of(body.organisation, ["12"], makers.DAY)}


# --- searches


def test_small_counts_of_searches_are_hidden_and_said_to_be(course, body):
    sql = makers.make_skill("SQL")
    for days in (1, 2):
        count("competence@12", sql.code, 3, days=days)
    count("metier@12", "data-analyst", 4)
    count("competence@31", sql.code, 50)
    count("competence", sql.code, 9, days=89)
    count("competence", sql.code, 9, days=91)
    near = searches_near(departments_of(body.organisation), makers.DAY)
    assert [(row.name, row.department, row.without_answer) for row in near.local] == [("SQL", "Aveyron", 6)]
    assert [(row.name, row.without_answer) for row in near.regional] == [("SQL", 9)]
    assert near.hidden == 1


def test_a_search_around_a_town_reaches_the_page_of_the_bodies_there(client, course, body, at_work):
    makers.make_profile("Ingénieure vision", slug="vision")
    for _each in range(5):
        client.get("/formations/?metier=vision&lieu=Rodez&rayon=10")
    store_daily_counts()
    page = read(at_work())
    assert "Aveyron : 5 recherches, dont 5 sans réponse" in page
    assert "Ingénieure vision métier Aveyron 5 5 –" in page


def test_what_one_already_teaches_is_said_beside_what_was_not_found(course, body, at_work):
    count("metier@12", "data-analyst", 8)
    assert "Data analyst métier Aveyron 8 10 Initiation à Python" in read(at_work())


def test_an_organisation_of_several_towns_has_all_their_departements(course, body):
    makers.make_offering(course, where="Albi")
    makers.make_centre(organisation=body.organisation, commune=makers.make_commune("Mende"))
    makers.make_course("Brouillon", provider=body, offering={"where": "Auch"}, published=False)
    makers.make_course("D’un autre", offering={"where": "Toulouse"})
    assert [each.code for each in departments_of(body.organisation)] == ["12", "48", "81"]


def test_who_is_nowhere_is_told_so(body, at_work):
    type(body).objects.update(commune=None)
    assert "Nous ne savons pas où vous êtes" in read(at_work())


# --- gaps


def test_a_skill_asked_there_and_taught_by_nobody_there_is_a_gap(course, body):
    docker = makers.make_skill("Docker")
    make_need(docker)
    make_need(docker, headcount=3)
    make_need(docker, town="Toulouse")
    make_need(makers.make_skill("Brouillon"), published=False)
    make_need(makers.make_skill("Pourvu"), filled_on=makers.DAY)
    make_need(makers.make_skill("Expiré"), expires_on=makers.in_days(-1))
    makers.make_course("Docker à Toulouse", skills={docker: 2}, offering={"where": "Toulouse"})
    found = gaps(body)
    assert list(found) == ["Docker"]
    assert (found["Docker"].posts, found["Docker"].courses, found["Docker"].seats) == (9, 0, 0)


def test_seats_fewer_than_posts_are_a_gap_and_unknown_seats_are_none(course, body):
    python = makers.make_skill("Python")
    make_need(python, headcount=5)
    assert (gaps(body)["Python"].courses, gaps(body)["Python"].seats) == (1, 4)
    makers.make_session(course.offerings.get(), seats=9, seats_left=1, starts_on=makers.in_days(50))
    assert gaps(body) == {}
    course.offerings.get().sessions.update(seats_left=None, seats_said_by="", seats_said_at=None)
    assert gaps(body) == {}
    course.offerings.get().sessions.update(is_full=True)
    assert gaps(body)["Python"].seats == 0


def test_one_s_own_courses_elsewhere_and_at_a_distance_are_said(course, body, at_work):
    docker = makers.make_skill("Docker")
    make_need(docker)
    own = makers.make_course("Docker à Albi", provider=body, skills={docker: 2}, offering={"where": "Albi"})
    makers.make_course("Docker ailleurs", skills={docker: 2}, offering={"modality": "remote"})
    gap = gaps(body)["Docker"]
    assert ([each.pk for each in gap.own], gap.own[0].places, gap.remote, gap.near) == ([own.pk], ("Albi",), 1, None)
    assert "vous l’enseignez à Albi : Docker à Albi" in read(at_work())


def test_a_course_is_near_a_skill_when_it_teaches_what_the_same_jobs_ask(course, body, at_work):
    sql, docker, poetry = (makers.make_skill(label) for label in ("SQL", "Docker", "Poésie"))
    python = makers.make_skill("Python")
    makers.make_profile("Ingénieure", skills={docker: 2, python: 2, sql: 1})
    make_need(docker)
    make_need(poetry)
    assert gaps(body)["Docker"].near is None, "one skill in common is not enough"
    own = makers.make_course("Python et SQL", provider=body, skills={python: 2, sql: 2}, offering={"where": "Rodez"})
    assert (gaps(body)["Docker"].near.pk, gaps(body)["Docker"].shared) == (own.pk, ("Python", "SQL"))
    assert gaps(body)["Poésie"].near is None
    assert "proche de votre formation Python et SQL" in read(at_work())


def test_skills_that_only_a_rule_suggests_are_not_taught(course, body):
    docker = makers.make_skill("Docker")
    make_need(docker)
    course.skill_links.create(skill=docker, origin="suggested", rule="words", evidence="docker")
    assert gaps(body)["Docker"].courses == 0
    assert gaps(body)["Docker"].own == ()


# --- the page


def test_no_employer_and_no_other_body_is_named(course, body, at_work):
    make_need(makers.make_skill("Docker"), headcount=2)
    makers.make_course("Formation Zyxomma", provider=makers.make_provider("Zyxomma"), offering={"where": "Rodez"})
    page = read(at_work())
    assert "Docker moins de 5 par personne" in page
    assert "Secrète" not in page
    assert "Zyxomma" not in page
    assert "observatoire viendra" not in page


def test_what_the_page_costs_does_not_grow(course, body, at_work):
    member, counts = at_work(), []
    for number in (3, 15):
        for each in range(number):
            skill = makers.make_skill(f"Compétence {number} {each}")
            make_need(skill)
            count("competence@12", skill.code, 7)
            makers.make_course(provider=body, skills={skill: 1}, offering={"where": "Albi"})
        read(member)
        with CaptureQueriesContext(connection) as queries:
            read(member)
        counts.append(len(queries))
    assert counts[1] <= counts[0] <= MOST_QUERIES
