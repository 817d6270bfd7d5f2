"""Texts compared by runs of letters and by words: pure, symmetric where they must be, the same on every machine."""

import random
import string

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reference.grams import Grams, first_rows, runs_of
from portal.reference.names import Names
from portal.reference.passages import Passages, stems
from portal.reference.wording import title_key

TEXTS = st.lists(st.text(alphabet="abcdé ", min_size=1, max_size=30), min_size=1, max_size=12)


def test_runs_keep_to_their_word_and_know_its_ends():
    assert sorted(runs_of("ab")) == sorted([" a", "ab", "b ", " ab", "ab ", " ab "])
    assert "b c" not in set(runs_of("ab cd"))
    assert list(runs_of("")) == []


@given(TEXTS, st.text(max_size=30))
def test_a_likeness_is_a_cosine(texts: list[str], asked: str):
    found = Grams(texts).likeness(asked)
    assert found.shape == (len(texts),)
    assert ((found >= 0) & (found <= 1)).all()


@given(TEXTS)
def test_a_text_is_most_like_itself(texts: list[str]):
    index = Grams(texts)
    for row, text in enumerate(texts):
        if text.strip():
            found = index.likeness(text)
            assert found[row] == pytest.approx(1) == found.max()


@given(TEXTS, st.randoms(use_true_random=False))
def test_the_order_of_the_texts_changes_no_likeness(texts: list[str], draw: random.Random):
    order = list(range(len(texts)))
    draw.shuffle(order)
    before, after = Grams(texts).likeness("abc d"), Grams([texts[row] for row in order]).likeness("abc d")
    assert np.allclose(before[order], after)


@given(TEXTS, st.lists(st.text(alphabet="abcdé ", max_size=40), max_size=8), TEXTS)
def test_many_texts_at_once_are_each_as_alone(texts: list[str], asked: list[str], others: list[str]):
    for index in (Grams(texts), Grams(texts, weighed_as=Grams(others)), Grams([])):
        found = index.likenesses(asked)
        assert found.shape == (len(asked), len(index))
        assert [row.tolist() for row in found] == [index.likeness(text).tolist() for text in asked]


def test_an_empty_index_finds_nothing():
    assert len(Grams([])) == 0
    assert Grams([]).likeness("python").tolist() == []
    assert Passages([]).likeness("python").tolist() == []
    assert Names([], title_key).nearest("python") == []


def test_a_slip_is_nearer_than_another_word():
    index = Grams(["developpeur python", "conducteur de bus", "developpeur php"])
    assert first_rows(index.likeness("developeur pyton"), 3)[0] == 0


def test_equals_come_in_the_order_of_their_rows():
    assert first_rows(np.array([0.5, 0.0, 0.5, 0.9]), 3) == [3, 0, 2]


def test_a_thing_with_more_names_near_comes_first():
    pairs = [("Technicien hygiène", "A"), ("Technicien propreté", "B"), ("Technicien hygiène hospitalière", "A")]
    names = Names(pairs, title_key)
    ranked = names.nearest("technicienne en hygiène")
    assert [code for code, _points in ranked] == ["A", "B"]
    alone = Names(pairs, title_key, further=0).nearest("technicienne en hygiène")
    assert dict(ranked)["A"] > dict(alone)["A"]


def test_a_feminine_title_gives_the_same_answer():
    names = Names([("Développeur web", "M1"), ("Conducteur de ligne", "H2"), ("Infirmier", "J1")], title_key)
    assert names.nearest("développeuse web") == names.nearest("développeur web")
    assert names.nearest("infirmière") == names.nearest("infirmier")


def test_words_are_told_apart_by_their_beginnings():
    assert stems("Les développements de la développeuse") == ["develo", "develo"]
    assert stems("Titre professionnel de niveau 5") == []


def test_a_passage_that_says_the_rarer_word_comes_first():
    texts = [["installer un réseau", "réparer un réseau"], ["installer une serre"], ["installer un four", "cuire"]]
    found = Passages(texts).likeness("installer une serre")
    assert first_rows(found, 3)[0] == 1
    assert Passages(texts).likeness("de la").tolist() == [0, 0, 0]


def test_long_and_odd_texts_are_answered():
    index = Grams(["python", "vente"])
    for odd in ("x" * 10_000, "\x00", "²", "🙂" * 500, " ".join(string.punctuation)):
        assert index.likeness(odd).shape == (2,)
