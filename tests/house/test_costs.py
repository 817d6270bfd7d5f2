"""What a page costs does not grow with what it shows: thirty rows ask the database no more often than three."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import ApprenticeshipCentre, Course, TrainingProvider
from courses.search import lexicon
from jobs.board.read import need_url
from jobs.models import EmployerNeed
from portal.accounts.models import User
from tests import makers
from tests.jobs import need_makers

FEW, MANY = 3, 30
MOST = 15  # of a public page with nothing in the cache


def asked(client, path: str) -> list[str]:
    """The statements behind one page, when nothing of it is in the cache; each process has read the words before."""
    lexicon.current()
    for each in caches.all():
        each.clear()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(path)
    assert answer.status_code == 200, path
    return [query["sql"] for query in queries]


@pytest.fixture
def words(db):
    """What courses speak of: a job, its skills, a town."""
    skills = {makers.make_skill(label): 2 for label in ("Python", "SQL", "Statistiques")}
    return {"profile": makers.make_profile(skills=skills, aliases=["Analyste"]), "skills": skills}


@pytest.fixture
def fill(words) -> Callable[[int], None]:
    """`fill(n)`: bring every kind of row that a list shows to n."""
    profile, skills = words["profile"], words["skills"]
    provider = makers.make_provider("Un organisme", qualiopi=["training"])
    centre = makers.make_centre("Un CFA", provider=provider)
    course = makers.make_course(
        "Première",
        provider=provider,
        centre=centre,
        profiles=[profile],
        skills=skills,
        offering={"where": "Rodez", "costs": {"jobseeker": 0, "employee": None}},
        session={},
    )
    need_makers.make_need("Premier besoin", profile=profile, skills=skills, headcount=2)
    need_makers.make_pool(profile)
    have = 1

    def fill_to(count: int) -> None:
        nonlocal have
        for number in range(have, count):
            makers.make_provider(qualiopi=["training"])
            makers.make_centre()
            makers.make_session(course.offerings.get(), starts_on=makers.in_days(30 + number))
            need_makers.make_need(f"Besoin {number}", profile=profile, skills=skills, town="Toulouse")
            own = makers.make_profile(f"Métier {number}", skills=skills)
            need_makers.make_pool(own)
            makers.make_course(
                provider=provider,
                centre=centre,
                profiles=[profile, own],
                skills=skills,
                offering={"where": "Toulouse", "costs": {"jobseeker": 100 * number, "employee": None}},
                session={"starts_on": makers.in_days(20 + number)},
            )
        have = count

    return fill_to


PAGES = {
    "home": "/",
    "search": "/formations/",
    "search from a town": "/formations/?lieu=Rodez&rayon=region&tri=distance",
    "search for words": "/formations/?q=formation",
    "API": "/api/v1/formations/?q=formation&facettes=1",
    "API of a course": "API of a course",
    "API explained": "/api/",
    "search, as a feed": "/formations/flux.atom",
    "search, as a calendar": "/formations/dates.ics",
    "search, as a CSV": "/formations/export.csv",
    "search, as a sheet": "/formations/export.xlsx",
    "comparison": "compare",
    "course": "course",
    "contact": "contact",
    "bodies": "/organismes/",
    "body": "provider",
    "CFA": "/cfa/",
    "one CFA": "centre",
    "jobs": "/metiers/",
    "job": "/metiers/data-analyst/",
    "orientation": "/orientation/",
    "orientation, skills": "/orientation/?etape=2&metier=data-analyst",
    "recommendation": "/orientation/resultats/?metier=data-analyst&lieu=Rodez",
    "paths": "/orientation/parcours/?metier=data-analyst&lieu=Rodez",
    "needs": "/besoins/?vue=carte",
    "needs, as a feed": "/besoins/flux.atom",
    "needs, as a CSV": "/besoins/export.csv",
    "need": "need",
    "pools": "/besoins/groupes/",
    "how needs are pooled": "/comment-les-besoins-se-groupent/",
    "API of jobs": "/api/v1/metiers/",
    "API of words": "/api/v1/metiers/?q=je+veux+devenir+analyste+%C3%A0+Rodez",
    "API of recommendations": "/api/v1/recommandations/?metier=data-analyst&lieu=Rodez",
    "API of paths": "/api/v1/parcours/?metier=data-analyst&lieu=Rodez",
    "site map": "/sitemap.xml",
}


def path_of(page: str) -> str:
    rows = {
        "course": Course.objects.filter(title="Première"),
        "contact": Course.objects.filter(title="Première"),
        "provider": TrainingProvider.objects.filter(name="Un organisme"),
        "centre": ApprenticeshipCentre.objects.filter(name="Un CFA"),
    }
    if PAGES[page] == "need":
        return need_url(EmployerNeed.objects.get(title="Premier besoin"))
    if PAGES[page] == "API of a course":
        return f"/api/v1/formations/{rows['course'].get().pk}/"
    if PAGES[page] == "compare":
        courses = Course.objects.order_by("pk").values_list("pk", flat=True)[:3]
        return "/formations/comparer/?lieu=Rodez&" + "&".join(f"f={pk}" for pk in courses)
    if PAGES[page] not in rows:
        return PAGES[page]
    return rows[PAGES[page]].get().get_absolute_url() + ("contact/" if page == "contact" else "")


@pytest.mark.parametrize("page", PAGES)
def test_thirty_rows_cost_no_more_queries_than_three(client, fill, page):
    fill(FEW)
    few = asked(client, path_of(page))
    fill(MANY)
    many = asked(client, path_of(page))
    grown = [sql[:200] for sql in many if sum(sql[:120] == other[:120] for other in many) > FEW + 1]
    assert len(many) <= len(few), "\n".join([f"{len(few)} then {len(many)}", *dict.fromkeys(grown)])
    assert len(many) <= MOST


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model._meta.label)
def test_a_list_of_the_back_office_costs_no_query_per_row(client, world, model, monkeypatch):
    screen = admin.site._registry[model]
    client.force_login(User.objects.get(email="administration@camins.example"))
    path = f"/gestion/{model._meta.app_label}/{model._meta.model_name}/"
    counts = []
    for rows in (FEW, MANY):
        monkeypatch.setattr(screen, "list_per_page", rows)
        counts.append(len(asked(client, path)))
    assert counts[1] <= counts[0]
