"""From words to rows, on the portal's own vocabulary: proposals with reasons, and "none fits" when none does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.matching.goals import goals_called, occupations_called, titles_called, understand
from jobs.matching.nearness import likeness
from jobs.matching.vocabulary import ProfileVocabulary, jobs_meant
from portal.reference.loaders.words import load_words
from portal.reference.models import JobProfile, Occupation
from tests.jobs.matching.cases import TODAY
from tests.jobs.matching.rows import make_occupation, make_profile, make_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def words():
    load_words()


def slugs(text):
    return [found.profile.slug for found in goals_called(text) if found.profile]


def test_the_name_of_a_job_written_as_one_likes_is_exact():
    make_profile("data-analyst", "analyste de données", name="Data analyst")
    for text in ("data analyst", "Data Analyst (H/F)", "analyste de données", "je veux devenir analyste de donnees"):
        assert [found.reason for found in goals_called(text)] == ["exact"]


def test_a_mistyped_name_is_near_and_says_near_what():
    make_profile("data-analyst", name="Data analyst")
    (found,) = goals_called("data analist")
    assert (found.reason, found.witnesses) == ("near", ("Data analyst",))
    assert "« Data analyst »" in found.why


def test_the_same_words_in_either_gender_bring_the_same_jobs(words):
    for man, woman in (("ingénieur data", "ingénieure data"), ("technicien robotique", "technicienne robotique")):
        assert slugs(man) == slugs(woman) != []


@pytest.mark.parametrize("text", ["maçon", "xyz", "quelque chose qui paie bien", "", "???", "randonnées"])
def test_none_of_the_profiles_fits_is_an_answer(words, text):
    assert slugs(text) == []


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("chatbots pour la relation client", "concepteur-assistants-ia"),
        ("des drones pour les vignerons et les agriculteurs", "conseiller-agriculture-numerique"),
        ("cartographie et images satellites", "geomaticien-ia"),
        ("industrialiser des modèles", "ingenieur-mlops"),
        ("enseigner l'IA aux adultes", "formateur-ia"),
        ("repérer les attaques contre les modèles", "expert-securite-ia"),
    ],
)
def test_words_that_are_no_job_s_name_still_lead_to_one_of_three(words, text, slug):
    assert slug in slugs(text)


def test_no_more_than_three_profiles_are_proposed(words):
    assert len(slugs("ingénieur en intelligence artificielle et données")) == 3


def test_a_profile_no_longer_shown_is_not_proposed():
    make_profile("old", name="Data analyst", is_shown=False)
    assert goals_called("data analyst") == []


def test_an_occupation_of_rome_is_proposed_after_the_profiles():
    make_profile("data-scientist", name="Data scientist")
    make_occupation("M1405", "Data scientist")
    found = goals_called("data scientist")
    assert [(goal.profile and goal.profile.slug, goal.occupation and goal.occupation.code) for goal in found] == [
        ("data-scientist", None),
        (None, "M1405"),
    ]
    assert found[1].target() == {"profile": None, "occupation": Occupation.objects.get()}


def test_a_title_finds_its_occupation_whatever_the_gender():
    make_occupation("J1506", "Infirmier / Infirmière", "Infirmier puériculteur / Infirmière puéricultrice")
    assert [job.code for job in occupations_called("infirmière")] == ["J1506"]
    assert titles_called("infirmieres")[0].is_exact is False


def test_a_rome_code_names_its_occupation():
    make_occupation("M1405", "Data scientist")
    assert [(found.occupation.code, found.reason) for found in goals_called("M1405")] == [("M1405", "exact")]
    assert goals_called("M9999") == []


def test_an_occupation_no_longer_in_rome_is_not_proposed():
    make_occupation("M1405", "Data scientist", is_obsolete=True)
    assert occupations_called("data scientist") == []


@pytest.mark.parametrize(
    ("query", "title"), [("vente", "Verte"), ("manager", "Manger"), ("agent de data", "Agent de date")]
)
def test_a_look_alike_is_not_an_answer(query, title):
    make_occupation("D1106", title)
    assert occupations_called(query) == []


def test_docker_beside_another_word_is_not_a_dock_worker():
    make_occupation("N3203", "Docker")
    assert [job.code for job in occupations_called("docker")] == ["N3203"]
    assert occupations_called("docker ingénieur") == []


def test_a_title_that_shares_only_an_empty_word_is_not_an_answer():
    make_occupation("H1101", "Technicien service")
    assert occupations_called("technicien services data") == []


def test_the_sentence_of_the_accountant_of_rodez_is_heard_part_by_part(words):
    heard = understand("je suis comptable à Rodez, je veux travailler dans la donnée", day=TODAY)
    assert (heard.former.code, heard.commune.name) == ("M1203", "Rodez")
    found = {goal.profile.slug: goal for goal in heard.goals if goal.profile}
    assert {"controleur-gestion-data", "data-analyst"} <= set(found)
    assert "Tableur" in found["controleur-gestion-data"].shared


def test_a_present_job_too_vague_to_be_sure_is_only_proposed(words):
    heard = understand("je suis mécanicien, je veux réparer des robots", day=TODAY)
    assert heard.former is None
    assert heard.formers[0].occupation.label == "Mécanicien / Mécanicienne automobile"


def test_homonyms_are_all_proposed_and_none_is_chosen():
    make_town("46102", "Figeac", 44.6, 2.03)
    make_town("11254", "Mas-Cabardès", 43.37, 2.37)
    make_town("09001", "Saint-Amans", 43.1, 1.6)
    make_town("48140", "Saint-Amans", 44.6, 3.4)
    heard = understand("comptable à St Amans", day=TODAY)
    assert heard.commune is None
    assert [commune.insee for commune in heard.communes] == ["09001", "48140"]


def test_a_postcode_names_its_communes():
    make_town("12202", "Rodez", 44.35, 2.57, postcode="12000")
    assert understand("12000 data analyst", day=TODAY).commune.name == "Rodez"


def test_a_hamlet_called_like_a_common_word_needs_its_capital():
    make_town("11001", "Portes", 43.0, 2.0, population=320)
    assert understand("poseur de portes", day=TODAY).commune is None
    assert understand("poseur de fenêtres à Portes", day=TODAY).commune.name == "Portes"


def test_a_departement_is_heard_as_such(words):
    heard = understand("Infirmière en Lozère, je voudrais faire de l'IA en santé", day=TODAY)
    assert (heard.commune, heard.department.name) == (None, "Lozère")
    assert heard.goals[0].profile.slug == "charge-ia-sante"


@pytest.mark.parametrize("text", ["", "je suis comptable à Rodez, je veux travailler dans la donnée", "à " * 5_000])
def test_a_sentence_costs_ten_queries_at_most(words, text):
    with CaptureQueriesContext(connection) as queries:
        understand(text, day=TODAY)
    assert len(queries) <= 10


def test_the_points_of_nearness_are_whole_and_bounded():
    assert likeness("data analyst", "data analyst") == 100
    assert 50 <= likeness("data analist", "data analyst") < 100
    assert likeness("", "data") == 0


def test_the_initials_of_a_name_are_that_name():
    officer = ProfileVocabulary("officer", (("data protection officer", "Data Protection Officer"),))
    assert [sign.reason for sign in jobs_meant("dpo", [officer])] == ["near"]


def test_a_vague_word_is_not_decided_by_the_shortest_name(words):
    assert len(JobProfile.objects.shown()) > 3
    assert {found.reason for found in goals_called("donnée") if found.profile} == {"words"}
