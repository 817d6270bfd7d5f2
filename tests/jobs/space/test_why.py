"""« Pourquoi suis-je là ? »: the rank told is the public one, terms add up, nothing of others is told."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Course, CourseDailyCount, CourseProfileCount
from jobs.answers import Answers, request_of
from jobs.matching.recommendation import recommend
from jobs.matching.standing import standing_of
from portal.accounts.enums import Role
from portal.reference.models import Commune, JobProfile
from tests import makers
from tests.jobs.space.conftest import why_address

pytestmark = pytest.mark.django_db
MOST_QUERIES = 60


def read(client, course, query: str = "") -> str:
    answer = client.get(why_address(course, query))
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())).split())


def table(client, course, query: str, kind: str = "search"):
    return client.get(why_address(course, query)).context[f"{kind}_table"]


def rivals(number: int) -> list[Course]:
    sql = makers.make_skill("SQL")
    python = makers.make_skill("Python")
    return [
        makers.make_course(
            f"Python, niveau {each}",
            provider=makers.make_provider(f"Rival {each}"),
            skills={python: 1 + each % 3, sql: 1 + each % 2},
            offering={"where": ("Rodez", "Toulouse", "Albi")[each % 3]},
            session={"starts_on": makers.in_days(10 + 30 * each)},
        )
        for each in range(number)
    ]


@pytest.mark.parametrize(
    "query", ["?q=python", "?q=python&lieu=Rodez&rayon=region", "?q=python&lieu=Albi&rayon=100", "?q=", "?q=pyton"]
)
def test_the_rank_in_a_search_is_the_public_one_and_terms_add_up(course, at_work, query):
    rivals(8)
    shown = table(at_work(), course, query)
    public = [
        int(pk) for pk in re.findall(r'id="formation-(\d+)"', at_work().get(f"/formations/{query}").content.decode())
    ]
    assert public.index(course.pk) + 1 == shown.rank
    assert sum(row.own for row in shown.rows) == shown.points
    for place, neighbour in enumerate(shown.above, 1):
        assert sum(row.cells[place] for row in shown.rows) == neighbour.points >= shown.points
    titles = dict(Course.objects.values_list("pk", "title"))
    above = public[max(0, shown.rank - 4) : shown.rank - 1][::-1]
    assert [each.title for each in shown.above] == [titles[pk] for pk in above]


def test_the_rank_for_a_job_is_that_of_the_recommendations_and_terms_add_up(course, at_work):
    rivals(8)
    analyst, rodez = JobProfile.objects.get(), Commune.objects.get(name="Rodez")
    request = request_of(Answers(profile=analyst, commune=rodez))
    order = [answer.course.pk for answer in recommend(request, day=makers.DAY).ranking.answers]
    for pk in order:
        standing = standing_of(pk, request, day=makers.DAY)
        assert standing.place == order.index(pk)
        assert standing.own.score == sum(term.points for term in standing.own.terms)
    shown = table(at_work(), course, "?metier=data-analyst&lieu=Rodez", "job")
    assert (shown.rank, shown.total) == (order.index(course.pk) + 1, len(order))
    assert sum(row.own for row in shown.rows) == shown.points
    for place, neighbour in enumerate(shown.above, 1):
        assert sum(row.cells[place] for row in shown.rows) == neighbour.points


def test_what_would_move_it_is_told_with_the_way_there(course, at_work):
    rivals(3)
    Course.objects.filter(pk=course.pk).update(verified_on=makers.in_days(-200), summary="", objective="")
    page = at_work().get(why_address(course, "?q=python")).content.decode()
    assert "confirmez qu’elle est toujours exacte" in page
    assert "la présentation en quelques mots, l’objectif" in page
    assert f"/espace-organisme/courses/course/{course.pk}/change/#id_summary" in page


def test_what_leaves_it_out_is_told(course, at_work):
    member = at_work()
    assert "Elle n’est pas parmi" in (page := read(member, course, "?q=poterie"))
    assert "ne disent : « poterie »" in page
    makers.make_commune("Toulouse")
    page = read(member, course, "?q=python&lieu=Toulouse&rayon=30")
    assert re.search(r"La plus proche de ses actions est à 12\d.km de Toulouse, au-delà des 30.km demandés", page)
    makers.make_profile("Potière", skills={makers.make_skill("Poterie"): 2})
    assert "Rien ne la relie à ce métier" in read(member, course, "?metier=potiere")


def test_a_listing_that_the_public_does_not_see_has_no_rank(body, at_work):
    draft = makers.make_course("Brouillon", provider=body, published=False)
    answer = at_work().get(why_address(draft, "?q=brouillon&metier=x"))
    assert answer.context["search_table"] is answer.context["job_table"] is None
    assert "Le public ne voit pas cette fiche" in answer.content.decode()


def test_small_counts_of_what_others_did_are_hidden_and_nothing_is_nothing(course, at_work):
    day, analyst = makers.in_days(-3), JobProfile.objects.get()
    CourseDailyCount.objects.create(course=course, day=day, appearances=3, views=2, contacts=1)
    CourseDailyCount.objects.create(course=course, day=makers.in_days(-100), appearances=40, views=9)
    CourseProfileCount.objects.create(course=course, profile=analyst, day=day, recommended=4)
    page = read(at_work(), course)
    month, year = makers.in_days(-30), makers.in_days(-365)
    assert f"{month:%d/%m/%Y} moins de 5 2 1 moins de 5" in page
    assert f"{year:%d/%m/%Y} 43 11 1 moins de 5" in page
    CourseProfileCount.objects.all().delete()
    CourseDailyCount.objects.all().delete()
    assert f"{month:%d/%m/%Y} 0 0 0 0" in read(at_work(), course)


def test_times_recommended_are_told_by_job_with_bars(course, at_work):
    analyst, other = JobProfile.objects.get(), makers.make_profile("Ingénieure")
    for days in (1, 2, 200):
        CourseProfileCount.objects.create(course=course, profile=analyst, day=makers.in_days(-days), recommended=6)
    CourseProfileCount.objects.create(course=course, profile=other, day=makers.in_days(-9), recommended=2)
    uses = at_work().get(why_address(course)).context["uses"]
    assert [use.jobs for use in uses] == [
        (("Data analyst", 12), ("Ingénieure", 2)),
        (("Data analyst", 18), ("Ingénieure", 2)),
    ]
    page = at_work().get(why_address(course)).content.decode()
    assert '<meter min="0" max="12" value="0"' in page, "no length for a small count"


def test_another_body_s_course_does_not_exist(course, at_work):
    other = makers.make_course("Formation Zyxomma", provider=makers.make_provider("Organisme Zyxomma"))
    for role in (Role.MANAGER, Role.EDITOR, Role.READER):
        for query in ("", "?q=python", "?metier=data-analyst"):
            answer = at_work(role).get(why_address(other, query))
            assert answer.status_code == 404
            assert "Zyxomma" not in answer.content.decode()


def test_neighbours_that_are_no_longer_published_are_not_named(course, at_work):
    hidden = makers.make_course("Python caché Zyxomma", published=False)
    for query in ("?q=python", "?metier=data-analyst"):
        assert "Zyxomma" not in at_work().get(why_address(course, query)).content.decode()
    assert hidden.status == "draft"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?q=python&lieu=Atlantis", "Nous ne connaissons pas cette commune"),
        ("?metier=data-analyst&lieu=Atlantis", "Nous ne connaissons pas cette commune"),
        ("?metier=inconnu", "Ce métier n’existe pas"),
        ("?selon=metier", "Choisissez un métier."),
        ("?q=python&rayon=999", "Ce choix n’existe pas"),
        ("?q=" + "x" * 500, "Votre texte est long"),
        ("?selon=autre&q=python", "Son rang dans une recherche"),
        ("?q=%00&lieu=%ED%A0%80&metier=%00", ""),
    ],
)
def test_bad_input_gets_a_sentence(course, at_work, query, sentence):
    answer = at_work().get(why_address(course, query))
    assert answer.status_code in ((200, 400) if not sentence else (200,))
    assert sentence in answer.content.decode()


def test_a_numberless_address_is_absent_and_writing_is_refused(course, at_work):
    member = at_work()
    assert member.get(f"/espace-organisme/pourquoi/{10**30}/").status_code == 404
    assert member.get("/espace-organisme/pourquoi/0/").status_code == 404
    assert member.post(why_address(course)).status_code == 405


@pytest.mark.parametrize(
    "query", ["", "?q=python&lieu=Rodez", "?q=poterie&lieu=Toulouse", "?metier=data-analyst&lieu=Rodez"]
)
def test_what_the_page_costs_does_not_grow(course, at_work, query):
    member, counts = at_work(), []
    for number in (3, 20):
        rivals(number)
        read(member, course, query)
        with CaptureQueriesContext(connection) as queries:
            read(member, course, query)
        counts.append(len(queries))
    assert counts[1] <= counts[0] <= MOST_QUERIES
