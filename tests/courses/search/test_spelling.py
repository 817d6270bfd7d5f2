"""Typing errors met with the words of the catalogue that were meant, and nothing else."""

import itertools
import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.search import vocabulary
from courses.search.documents import check, tidy
from courses.search.engine import find
from courses.search.lexicon import current
from courses.search.question import CourseQuestion
from courses.search.spelling import completions, mends, nearest_name, nearest_words, slips
from courses.search.text import understand
from portal.reference.traps import NEVER_ALIKE
from tests.makers import DAY, make_course, make_profile, make_skill

SHORT = st.text(alphabet="abcd", max_size=7)


# --- slips


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("", "", 0),
        ("", "abc", 3),
        ("python", "python", 0),
        ("pyton", "python", 1),
        ("pythonn", "python", 1),
        ("pithon", "python", 1),
        ("pyhton", "python", 1),
        ("pyhtonn", "python", 2),
        ("statistque", "statistique", 1),
        ("réseau", "reseau", 1),
        ("ca", "abc", 3),
    ],
)
def test_a_slip_is_a_letter_added_left_out_changed_or_swapped(one: str, other: str, count: int):
    assert slips(one, other) == slips(other, one) == count


@given(SHORT, SHORT)
def test_slips_are_a_distance(one: str, other: str):
    found = slips(one, other)
    assert found == slips(other, one)
    assert (found == 0) == (one == other)
    assert abs(len(one) - len(other)) <= found <= max(len(one), len(other))


@given(SHORT.filter(bool), st.integers(0, 6), st.sampled_from("abcd"))
def test_one_change_is_one_slip_at_most(word: str, place: int, letter: str):
    place %= len(word)
    for changed in (word[:place] + word[place + 1 :], word[:place] + letter + word[place:]):
        assert slips(word, changed) == 1
    assert slips(word, word[:place] + letter + word[place + 1 :]) <= 1
    assert slips(word, word[:place] + word[place : place + 2][::-1] + word[place + 2 :]) <= 1


# --- the nearest words


def test_the_fewest_slips_win_and_equals_keep_their_order():
    assert nearest_words("pyton", ["piston", "python", "pylon"]) == ["python", "pylon"]
    assert nearest_words("statistque", ["statique", "statistiques", "statistique"]) == ["statistique"]


def test_a_short_word_may_have_one_slip_and_a_long_one_two():
    assert nearest_words("dta", ["data"]) == ["data"]
    assert nearest_words("dt", ["data"]) == []
    assert nearest_words("resau", ["reseaux"]) == []
    assert nearest_words("statstque", ["statistique"]) == ["statistique"]
    assert nearest_words("sttstque", ["statistique"]) == []


@pytest.mark.parametrize("pair", sorted(map(sorted, NEVER_ALIKE)), ids="/".join)
def test_a_look_alike_is_never_meant(pair: list[str]):
    one, other = pair
    assert nearest_words(one, [other]) == []
    assert nearest_words(other, [one]) == []


def test_a_word_is_not_its_own_correction():
    assert nearest_words("python", ["python"]) == []
    assert nearest_words("python", []) == []


# --- mending


@pytest.fixture
def catalogue():
    make_profile("Data analyst", aliases=["analyste de données"])
    for title in (
        "Programmer avec Python",
        "Statistique pour débuter",
        "Visualisation de tableaux",
        "Réseau et sécurité",
        "Nettoyer, analyser, visualiser",
        "Power BI en entreprise",
        "Vente en ligne",
    ):
        make_course(title, skills={make_skill("Machine learning"): 2} if "Python" in title else {})
    tidy()
    assert not check()


def ask(text: str, **asked):
    return find(CourseQuestion(day=DAY, text=text, **asked), {})


def meant(text: str) -> str | None:
    found = ask(text)
    return found.mended.text if found.mended else None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("pyton", "python"),
        ("pithon", "python"),
        ("ython", "python"),
        ("statistqiue", "statistique"),
        ("resaeu", "reseau"),
        ("pover bi", "power bi"),
        ("netoyer analiser", "nettoyer analyser"),
        ("entrprise power", "entreprise power"),
    ],
)
def test_a_typing_error_finds_what_was_meant(catalogue, typed: str, words: str):
    assert meant(typed) == words
    assert ask(typed).total == ask(words).total > 0
    assert ask(words).mended is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("begun", "whole"),
    [("stat", "statistique"), ("visua", "visualisation"), ("machine lear", "machine learning")],
)
def test_an_unfinished_word_finds_those_that_it_begins(catalogue, begun: str, whole: str):
    assert set(ask(begun).ids) >= set(ask(whole).ids)
    assert ask(begun).total > 0
    assert ask(begun).mended is not None


@pytest.mark.django_db
def test_a_name_that_no_course_says_does_not_hide_the_words_that_courses_say(catalogue):
    """ "visua" begins "visualisation de données", which is taught nowhere, and words of two titles."""
    assert ask("visua").total == 2
    assert ask("visua", modalities=("onsite",)).total == 2
    assert ask("visua", modalities=("remote",)).total == 0


@pytest.mark.django_db
def test_a_name_typed_badly_is_the_name(catalogue):
    make_course("Parcours", profiles=[make_profile("Chef de projet intelligence artificielle")])
    assert nearest_name("chef de projets inteligence artificiele") == "Chef de projet intelligence artificielle"
    assert ask("chef projt inteligence artificiele").total == 1


@pytest.mark.django_db
def test_a_text_that_is_said_is_never_mended(catalogue):
    for title in ("programmer", "vente", "power bi", "statistiques", "visualiser"):
        assert ask(title).mended is None, title


@pytest.mark.django_db
def test_a_text_that_is_said_elsewhere_is_not_mended_by_a_filter(catalogue):
    found = ask("statistique", modalities=("remote",))
    assert (found.total, found.mended) == (0, None)
    found = ask("statistque", modalities=("remote",))
    assert found.total == 0


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["verte", "vant", "pyton", "statistqiue", "zzzyx"])
def test_a_text_asked_as_typed_stays_as_typed(catalogue, text: str):
    found = ask(text, is_literal=True)
    assert (found.total, found.mended) == (0, None)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["verte", "verre", "xylophone", "qqqqq", "zz"])
def test_what_resembles_nothing_or_is_a_trap_finds_nothing(catalogue, text: str):
    assert ask(text).total == 0


@pytest.mark.django_db
def test_a_hidden_or_withdrawn_name_is_not_proposed(catalogue):
    make_profile("Cartographe de modèles", is_shown=False)
    assert nearest_name("cartografe de modeles") is None
    course = make_course("Zèbre rayé")
    assert meant("zeb") is not None
    course.withdraw(by=None)
    tidy()
    assert completions("zeb") == []
    assert ask("zeb").total == 0


@pytest.mark.django_db
@pytest.mark.parametrize("beginning", ["", "a", "%", "_", "\\", "vis%", "é", "'", "\U0010ffff", "x" * 5_000])
def test_the_words_that_a_beginning_has_are_words_that_begin_so(catalogue, beginning: str):
    for word, courses in completions(beginning):
        assert word.startswith(beginning)
        assert courses > 0


@pytest.mark.django_db
def test_one_slip_in_any_word_of_the_catalogue_finds_a_course(catalogue, sample_of):
    """Letters left out, changed, swapped: the word meant, or another that is as near."""
    draw = random.Random("slips")
    words = ["programmer", "statistique", "visualisation", "securite", "entreprise", "tableaux", "nettoyer"]
    lexicon = current().lexicon
    for word, place in sample_of(list(itertools.product(words, range(1, 7)))):
        letter = draw.choice(string.ascii_lowercase)
        for typed in (
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
        ):
            assert ask(typed).total > 0, typed
            if not ask(typed, is_literal=True).total:
                known = vocabulary.as_they_stand()
                mended = next(mends(typed, understand(typed, lexicon.names), lexicon, known, [typed]), None)
                assert mended is not None, typed
                assert slips(typed, mended.text.split()[-1]) <= 2 or mended.endings, typed


@pytest.mark.django_db
def test_a_word_of_a_known_name_is_corrected_though_no_course_says_it():
    course = make_course("Comprendre l’apprentissage profond")
    assert ask("deep learning").ids == [course.pk]
    for typed in ("deep lerning", "dep learning", "deep learnig"):
        assert meant(typed) == "deep learning", typed
        assert ask(typed).ids == [course.pk]
    assert meant("lerning") is None
