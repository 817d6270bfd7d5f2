"""The words that a process remembers: they choose what was probably meant, and never what is found."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.models import Course
from courses.search import vocabulary
from courses.search.documents import tidy
from courses.search.engine import Found, find
from courses.search.lexicon import as_they_stand, current
from courses.search.question import CourseQuestion
from courses.search.spelling import completions, doubt_of, slips
from courses.search.text import understand
from courses.search.vocabulary import BELIEVED_SECONDS, MANY, Vocabulary
from tests.makers import DAY, make_course, make_skill

WORD = st.text(alphabet="abcé0", min_size=1, max_size=7)
COUNTED = st.dictionaries(WORD, st.integers(1, 4), max_size=30)


def known(counted: dict[str, int]) -> Vocabulary:
    words = sorted(counted)
    return Vocabulary(words, np.array([counted[word] for word in words], dtype=np.int32))


# --- in memory


@given(COUNTED, st.text(alphabet="abc", max_size=3), st.integers(1, 10))
def test_a_beginning_has_the_commonest_words_that_begin_so(counted: dict[str, int], begun: str, most: int):
    said = sorted((-courses, word) for word, courses in counted.items() if word.startswith(begun))
    assert known(counted).beginning(begun, most) == [(word, -courses) for courses, word in said[:most]]


def test_a_beginning_of_very_many_words_has_the_commonest_of_them():
    counted = {f"ab{number:04}": number % 97 + 1 for number in range(5 * MANY)}
    said = sorted((-courses, word) for word, courses in counted.items())
    assert known(counted).beginning("ab", 8) == [(word, -courses) for courses, word in said[:8]]


@given(COUNTED, WORD, st.integers(1, 2))
def test_no_word_of_the_same_letter_that_is_near_is_left_out(counted: dict[str, int], typed: str, most: int):
    words = known(counted)
    near = words.near(typed, most)
    assert set(near) >= {word for word in counted if word[0] == typed[0] and slips(typed, word) <= most}
    assert near == sorted(near, key=lambda word: (-counted[word], word))
    assert all(word in words for word in near)
    assert (typed in words) == (typed in counted)


# --- what is found


def ask(text: str, **asked) -> Found:
    return find(CourseQuestion(day=DAY, text=text, **asked), {"modalities": ("onsite", "remote")})


@pytest.fixture
def catalogue() -> None:
    for title in ("Programmer avec Python", "Statistique pour débuter", "Réseau et sécurité", "Power BI en entreprise"):
        make_course(title, objective="Savoir coordonner", skills={make_skill(f"Savoir {title}"): 2})
    tidy()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "pyton",
        "pover bi",
        "statistqiue reseau",
        "stat",
        "programmer pyt",
        "coordonner",
        "coordoner",
        "xyzzy",
        "resaeux",
        "je veux apprendre pyton",
        "pyton xyzzy",
        "pyton coordonner",
        "Pyton réseau",
    ],
)
@pytest.mark.parametrize("asked", [{}, {"modalities": ("onsite",)}, {"modalities": ("remote",)}])
def test_the_same_is_found_whether_the_words_are_remembered_or_not(catalogue, text: str, asked: dict):
    vocabulary.forget()
    anew = ask(text, **asked)
    vocabulary.as_they_stand()
    assert ask(text, **asked) == anew


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "meant"), [("pyton", "python"), ("statistqiue", "statistique"), ("progr", "progr")])
def test_what_was_meant_is_found_in_one_statement(catalogue, django_assert_num_queries, text: str, meant: str):
    vocabulary.as_they_stand()
    state = current()
    with django_assert_num_queries(1):
        found = find(CourseQuestion(day=DAY, text=text), {}, state=state)
    assert found.total == 1
    assert found.mended is not None
    assert found.mended.text == meant


@pytest.mark.django_db
def test_a_word_that_courses_say_is_not_corrected_though_the_vocabulary_does_not_have_it():
    course = make_course("Réseaux", objective="Savoir coordonner")
    make_course("Coordonnées et cartes")
    tidy()
    words = vocabulary.as_they_stand()
    lexicon = current().lexicon
    assert "coordonner" not in words
    assert doubt_of("coordonner", understand("coordonner", lexicon.names), lexicon) is not None
    found = ask("coordonner")
    assert (found.mended, course.pk in found.ids) == (None, True)


@pytest.mark.django_db
def test_an_edit_is_found_and_corrects_in_its_own_transaction(catalogue):
    assert ask("pythan").mended is not None
    assert completions("pythag") == []
    vocabulary.as_they_stand()
    pythagore = make_course("Pythagore")
    assert ask("pythagore").ids == [pythagore.pk]
    assert [word for word, _courses in completions("pythag")] == ["pythagore"]
    make_course("Pythan")
    assert ask("pythan").mended is None
    # a nearer word than the one that was remembered
    vocabulary.as_they_stand()
    assert ask("statistuqe").mended.text == "statistique"
    make_course("Statistuque")
    assert ask("statistuqe").mended.text == "statistuque"


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_words_are_believed_half_a_minute_and_answers_are_never_old(monkeypatch):
    now = time.monotonic()
    monkeypatch.setattr(vocabulary.time, "monotonic", lambda: now)
    make_course("Programmer avec Python")
    tidy()
    assert ask("pyton").mended.text == "python"
    assert completions("zeb") == []
    make_course("Zèbres et zébus")
    other = make_course("Pyton")
    # nothing is suggested of them yet; what is asked is found
    assert completions("zeb") == []
    assert ask("pyton").ids == [other.pk]
    assert ask("zebres").total == 1
    Course.objects.filter(title="Pyton").get().withdraw(by=None)
    tidy()
    assert ask("pyton").mended.text == "python"
    now += BELIEVED_SECONDS + 1
    assert [word for word, _courses in completions("zeb")] == ["zebres", "zebus"]


@pytest.mark.django_db(transaction=True)
def test_a_page_sends_one_statement_and_reads_the_words_anew_for_a_strange_one_only(
    django_assert_num_queries, monkeypatch
):
    make_course("Programmer avec Python")
    current()
    vocabulary.as_they_stand()
    question = CourseQuestion(day=DAY, text="pyton")
    with django_assert_num_queries(1):
        found = as_they_stand(lambda state: find(question, {}, state=state))
    assert found.total == 1
    later = time.monotonic() + BELIEVED_SECONDS + 1
    monkeypatch.setattr(vocabulary.time, "monotonic", lambda: later)
    for text, statements in (("python", 1), ("", 3), ("pyton", 2), ("pyton", 1)):
        question = CourseQuestion(day=DAY, text=text)
        with django_assert_num_queries(statements):
            found = as_they_stand(lambda state, question=question: find(question, {}, state=state))
        assert found.total == 1
