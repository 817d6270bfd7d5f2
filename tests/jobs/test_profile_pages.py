"""The jobs of AI on screen: lists, one profile, ROME codes."""

import pytest

from courses.models import Course
from jobs import actions
from jobs.models import Employer, EmployerNeed
from portal.accounts.enums import OrganisationKind
from portal.reference.models import Occupation, ProfileOccupation
from tests.makers import DAY, in_days, make_commune, make_course, make_organisation, make_profile, make_skill, publish

pytestmark = pytest.mark.django_db


def make_need(profile, *, headcount=1, town="Rodez", published=True, **fields):
    employer, _made = Employer.objects.get_or_create(
        name="Entreprise d’essai",
        defaults={"organisation": make_organisation(kinds=[OrganisationKind.EMPLOYER])},
    )
    need = EmployerNeed.objects.create(
        employer=employer,
        title=f"Recherche {profile.name}",
        profile=profile,
        commune=make_commune(town),
        headcount=headcount,
        contract="permanent",
        **fields,
    )
    return publish(need) if published else need


def test_a_profile_tells_the_level_it_asks_for_or_else_what_the_skill_is(client):
    told = make_skill("SQL", description="Interroger une base.", levels=["Lit.", "Relie des tables.", "Accélère."])
    plain = make_skill("Python", description="Écrire des programmes.")
    make_profile("Data analyst", skills={told: 2, plain: 2})
    page = client.get("/metiers/data-analyst/").content.decode()
    assert [words in page for words in ("Relie des tables.", "Lit.", "Accélère.", "Interroger une base.")] == [
        True,
        False,
        False,
        False,
    ]
    assert "Écrire des programmes." in page


def test_a_profile_says_its_skills_its_posts_and_its_courses(client):
    python = make_skill("Python")
    profile = make_profile("Data analyst", skills={python: 2}, tasks=["Préparer des tableaux de bord"])
    make_need(profile, headcount=3)
    make_course("Analyser des données", profiles=[profile], skills={python: 2})
    page = client.get("/metiers/data-analyst/").content.decode()
    for words in ("Préparer des tableaux de bord", "Python", "3 postes recherchés", "Analyser des données", "Aveyron"):
        assert words in page


def test_a_need_that_is_filled_expired_or_not_published_is_no_post(client):
    profile = make_profile("Data analyst")
    make_need(profile, filled_on=DAY)
    make_need(profile, expires_on=in_days(-1))
    make_need(profile, published=False)
    page = client.get("/metiers/data-analyst/").content.decode()
    assert "Aucun employeur n’a publié de besoin" in page
    assert "Cela ne veut pas dire que personne ne recrute" in page


def test_a_rome_code_leads_to_its_only_profile(client):
    job = Occupation.objects.create(code="M1405", label="Data scientist", key="data scientist")
    ProfileOccupation.objects.create(profile=make_profile("Data scientist"), occupation=job, why="même métier")
    answer = client.get("/metiers/M1405/")
    assert answer.status_code == 302
    assert answer["Location"] == "/metiers/data-scientist/"
    assert client.get("/metiers/m1405/")["Location"] == "/metiers/M1405/"


def test_a_rome_code_of_several_profiles_lets_the_person_choose(client):
    job = Occupation.objects.create(code="M1889", label="Ingénieur en IA", key="ingenieur ia")
    for name in ("Ingénieur ML", "Spécialiste du langage"):
        ProfileOccupation.objects.create(profile=make_profile(name), occupation=job, why="proche")
    page = client.get("/metiers/M1889/").content.decode()
    assert "Ingénieur ML" in page
    assert "Spécialiste du langage" in page


@pytest.mark.parametrize("address", ["/metiers/inconnu/", "/metiers/Z9999/", "/metiers/A0000/"])
def test_an_unknown_job_is_a_404_page(client, address):
    assert client.get(address).status_code == 404


def test_neighbours_share_skills_and_say_which(client):
    python, sql = make_skill("Python"), make_skill("SQL")
    make_profile("Data analyst", skills={python: 2, sql: 2})
    make_profile("Data engineer", skills={python: 3, sql: 3})
    make_profile("Juriste IA", skills={make_skill("Droit du numérique"): 3})
    page = client.get("/metiers/data-analyst/").content.decode()
    assert "Data engineer" in page
    assert "Juriste IA" not in page


def test_demand_reaches_courses_as_a_number_only():
    profile = make_profile("Data analyst")
    course, other = make_course(profiles=[profile]), make_course()
    make_need(profile, headcount=4)
    assert actions.write_demand(DAY) == 2
    assert dict(Course.objects.values_list("pk", "demand")) == {course.pk: 4, other.pk: 0}
    assert actions.write_demand(DAY) == 0


def test_thirty_profiles_cost_no_more_queries_than_three(client, django_assert_max_num_queries):
    for number in range(3):
        make_profile(f"Métier {number}", skills={make_skill(f"Compétence {number}"): 1})
    with django_assert_max_num_queries(8) as few:
        client.get("/metiers/")
    for number in range(3, 30):
        make_profile(f"Métier {number}", skills={make_skill(f"Compétence {number}"): 1})
    with django_assert_max_num_queries(len(few)):
        client.get("/metiers/")


def test_the_map_for_search_engines_lists_what_is_published_only(client):
    shown, draft = make_course("Ouverte"), make_course("Brouillon", published=False)
    text = client.get("/sitemap.xml").content.decode()
    assert shown.get_absolute_url() in text
    assert draft.get_absolute_url() not in text
    assert "/orientation/" in text
