"""Which courses answer a question, and in which order."""

import datetime
import re

import pytest
from django.utils.html import strip_tags

from courses.models import Course
from courses.search.engine import find
from courses.search.lexicon import current
from courses.search.question import CourseQuestion, Home
from courses.search.shown import cards_shown
from tests.makers import (
    DAY,
    in_days,
    make_commune,
    make_cost,
    make_course,
    make_offering,
    make_profile,
    make_session,
    make_skill,
)

pytestmark = pytest.mark.django_db


def ask(**asked) -> list[str]:
    """Titles of the first page of answers."""
    ids = find(question(**asked), {}).ids
    titles = dict(Course.objects.values_list("pk", "title"))
    return [titles[pk] for pk in ids]


def question(**asked) -> CourseQuestion:
    return CourseQuestion(day=DAY, **asked)


def cards(**asked) -> list[str]:
    """The cards of the first page, as text."""
    state = current()
    hits = find(question(**asked), {}, state=state).hits
    return [text_of(card.html) for card in cards_shown(hits, question(**asked), state.lexicon, day=DAY)]


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", strip_tags(html)).replace("\N{NO-BREAK SPACE}", " ")


def home(town: str) -> Home:
    return Home.of(make_commune(town))


def test_only_published_courses_answer():
    make_course("Publiée")
    make_course("Brouillon", published=False)
    hidden = make_course("Masquée")
    type(hidden).objects.filter(pk=hidden.pk).update(hidden_since=DAY)
    assert ask() == ["Publiée"]


def test_words_of_the_title_come_before_words_of_the_text():
    make_course("Gérer un projet", what_you_learn="On y parle de statistique.")
    make_course("Statistique pour débuter")
    make_course("Bureautique")
    assert ask(text="statistiques") == ["Statistique pour débuter", "Gérer un projet"]


def test_accents_and_capitals_do_not_matter():
    make_course("Nettoyer des données")
    assert ask(text="DONNEES") == ["Nettoyer des données"]


def test_a_job_named_in_the_search_finds_the_courses_that_lead_to_it():
    analyst = make_profile("Data analyst", aliases=["analyste de données"])
    make_course("Parcours B", profiles=[analyst])
    make_course("Autre chose")
    assert ask(text="Analyste de données") == ["Parcours B"]


def test_a_skill_named_in_the_search_finds_the_courses_that_teach_it():
    make_course("Premiers programmes", skills={make_skill("Python", aliases=["langage python"]): 1})
    assert ask(text="langage Python") == ["Premiers programmes"]


def test_when_no_course_has_all_the_words_one_is_enough_and_it_is_said():
    make_course("Comptabilité")
    make_course("Données et tableaux")
    assert set(ask(text="comptabilité donnée")) == {"Comptabilité", "Données et tableaux"}
    assert find(question(text="comptabilité donnée"), {}).understood.is_partial


def test_a_text_made_of_search_signs_finds_nothing_and_breaks_nothing():
    make_course("Données")
    assert ask(text="\"' & | ! ( ) :* <-> or and not -- \\") == []


def test_a_radius_keeps_what_is_within_and_what_is_at_a_distance():
    for town in ("Rodez", "Albi", "Toulouse"):
        make_course(town, offering={"where": town})
    make_course("À distance", offering={"modality": "remote"})
    assert ask(home=home("Rodez"), radius_km=10) == ["Rodez", "À distance"]
    assert set(ask(home=home("Rodez"), radius_km=100)) == {"Rodez", "Albi", "À distance"}
    assert len(ask(home=home("Rodez"), radius_km=None)) == 4


def test_the_distance_is_said_but_not_inside_ones_own_commune():
    make_course("Ici", offering={"where": "Rodez"})
    make_course("À côté", offering={"where": "Onet-le-Château"})
    here, near = cards(home=home("Rodez"))
    assert "Ici" in here
    assert "Rodez Aveyron" in here
    assert "Onet-le-Château, à 2 km" in near


def test_sorted_by_distance_an_unknown_place_comes_last():
    make_course("Inconnu")
    make_course("Loin", offering={"where": "Montpellier"})
    make_course("Près", offering={"where": "Albi"})
    assert ask(home=home("Rodez"), radius_km=None, sort="distance") == ["Près", "Loin", "Inconnu"]


def test_an_unknown_cost_never_matches_0_euro_and_never_sorts_as_0():
    make_course("Inconnu")
    make_course("Dit inconnu", offering={"costs": {"jobseeker": None}})
    make_course("Gratuit", offering={"costs": {"jobseeker": 0}})
    make_course("Payant", offering={"costs": {"jobseeker": 90_000}})
    assert ask(costs=("0",)) == ["Gratuit"]
    assert set(ask(costs=("inconnu",))) == {"Inconnu", "Dit inconnu"}
    assert ask(sort="cout")[:2] == ["Gratuit", "Payant"]


def test_the_cost_is_that_of_the_audience_asked():
    course = make_course("Selon la personne", offering={"costs": {"jobseeker": 0, "employee": 150_000}})
    make_cost(course.offerings.get(), audience="apprentice", cents=None)
    assert ask(costs=("0",), audience="jobseeker") == ["Selon la personne"]
    assert ask(costs=("0",), audience="employee") == []
    assert ask(costs=("0",), audience="apprentice") == []
    assert "1 500 € salarié" in cards(audience="employee")[0]


@pytest.mark.parametrize(
    ("cents", "range_"),
    [(0, "0"), (1, "1-500"), (50_000, "1-500"), (50_001, "501-2000"), (200_000, "501-2000"), (200_001, "2001-")],
)
def test_every_known_cost_lies_in_one_range(cents, range_):
    make_course("Une", offering={"costs": {"jobseeker": cents}})
    ranges = [each for each in ("0", "1-500", "501-2000", "2001-", "inconnu") if ask(costs=(each,))]
    assert ranges == [range_]


def test_all_that_is_asked_must_hold_for_one_and_the_same_offering():
    course = make_course("Deux façons", offering={"where": "Toulouse", "costs": {"jobseeker": 0}})
    make_offering(course, modality="remote", costs={"jobseeker": 80_000})
    assert ask(modalities=("remote",), costs=("0",)) == []
    assert ask(modalities=("onsite",), costs=("0",)) == ["Deux façons"]


def test_values_of_a_facet_widen_and_facets_narrow():
    make_course("A", entry_level=3, offering={"modality": "remote"})
    make_course("B", entry_level=4, offering={"modality": "remote"})
    make_course("C", entry_level=4, offering={"modality": "onsite"})
    assert set(ask(entry_levels=("3", "4"))) == {"A", "B", "C"}
    assert set(ask(entry_levels=("3", "4"), modalities=("remote",))) == {"A", "B"}


def test_an_unknown_level_is_not_no_diploma():
    make_course("Sans diplôme", entry_level=0)
    make_course("Non dit")
    assert ask(entry_levels=("0",)) == ["Sans diplôme"]
    assert ask(entry_levels=("inconnu",)) == ["Non dit"]


def test_accessible_has_three_answers():
    for title, answer in (("Oui", True), ("Non", False), ("Silence", None)):
        make_course(title, offering={"is_accessible": answer})
    assert ask(accessible=("oui",)) == ["Oui"]
    assert ask(accessible=("non",)) == ["Non"]
    assert ask(accessible=("inconnu",)) == ["Silence"]


def test_a_full_or_closed_session_is_not_the_next_date():
    course = make_course("Avec dates", session={"starts_on": in_days(5), "is_full": True})
    offering = course.offerings.get()
    make_session(offering, starts_on=in_days(8), recruitment="closed")
    make_session(offering, starts_on=in_days(40))
    assert "24 février 2027 et 2 autres dates" in cards()[0]
    assert ask(starts=("30-jours",)) == []
    assert ask(starts=("90-jours",)) == ["Avec dates"]


def test_a_course_without_a_date_stays_public_and_comes_after_dated_ones():
    make_course("A sans date")
    make_course("B datée", session={"starts_on": in_days(200)})
    assert ask() == ["B datée", "A sans date"]
    assert ask(starts=("inconnu",)) == ["A sans date"]


def test_entries_all_year_round_are_a_choice_of_their_own():
    make_course("Quand on veut", offering={"entry_mode": "permanent"})
    assert ask(starts=("permanent",)) == ["Quand on veut"]
    assert ask(starts=("inconnu",)) == []


def test_a_month_that_has_begun_still_counts_and_a_mere_year_is_in_no_window():
    make_course("En janvier", session={"starts_on": in_days(-14), "starts_precision": "month"})
    make_course("En 2027", session={"starts_on": in_days(-14), "starts_precision": "year"})
    assert ask(starts=("30-jours",)) == ["En janvier"]
    assert ask(starts=("inconnu",)) == ["En 2027"]


def test_the_offering_shown_is_the_one_that_answers():
    course = make_course("Deux villes", offering={"where": "Toulouse", "costs": {"jobseeker": 0}})
    make_offering(course, where="Rodez", costs={"jobseeker": 70_000})
    (in_rodez,), (for_free,) = cards(home=home("Rodez")), cards(costs=("0",))
    assert "700 €" in in_rodez
    assert "Rodez" in in_rodez
    assert "0 €" in for_free
    assert "Toulouse" in for_free


def test_a_date_known_by_its_month_or_year_never_looks_sooner_than_it_may_be():
    course = make_course("Tantôt", session={"starts_on": in_days(-14), "starts_precision": "year"})
    make_session(course.offerings.get(), starts_on=in_days(60))
    make_course("En 2027", session={"starts_on": in_days(-14), "starts_precision": "year"})
    make_course("En mars", session={"starts_on": datetime.date(2027, 3, 1), "starts_precision": "month"})
    make_course("Le 20 mars", session={"starts_on": datetime.date(2027, 3, 20)})
    assert ask(sort="date") == ["Tantôt", "Le 20 mars", "En mars", "En 2027"]
    assert "16 mars 2027" in cards(sort="date")[0]


def test_a_course_that_gives_more_of_the_named_skill_comes_first():
    python = make_skill("Python")
    make_course("Un peu", skills={python: 1})
    make_course("Beaucoup", skills={python: 3})
    assert ask(text="python") == ["Beaucoup", "Un peu"]
