"""Correctness before speed: brute force, the portal and the normalised queries agree, and a wrong answer is seen."""

from dataclasses import replace

import pytest

from courses.bench import ours, parts
from courses.bench.answers import Answer, difference
from courses.bench.asked import Asker
from courses.bench.edits import check_edits, measure_fresh
from courses.bench.facts import is_a_page
from courses.bench.parts import QUESTION_PARTS, WrongAnswer, question_parts
from courses.bench.peers.naive import Naive
from courses.bench.peers.normalised import Normalised
from courses.bench.peers.tantivy_peer import Tantivy


def test_everybody_gives_the_answers_of_the_brute_force(asker: Asker):
    peers = [Normalised(asker.facts), Tantivy(asker.facts)]
    try:
        for part in question_parts(asker, peers, QUESTION_PARTS):
            part.check()
            assert all(right == asked > 0 for right, asked in part.equal.values()), part
    finally:
        peers[1].close()


def test_every_question_has_an_answer_and_none_comes_twice(asker: Asker):
    for part in question_parts(asker, [], QUESTION_PARTS):
        assert len(set(part.questions)) == len(part.questions) > 0
        assert all(asker.facts.answer(question).total for question in part.questions)


def test_the_naive_way_counts_what_a_single_word_without_endings_selects(asker: Asker):
    question = replace(asker.searches()[0], text="")
    asker.facts.analyse([])
    assert Naive(asker.facts).answer(question).total == asker.facts.answer(question).total


def test_a_slip_is_a_word_that_the_catalogue_does_not_know(asker: Asker):
    pairs = asker.typos()
    assert len(pairs) > 5
    for meant, slipped in pairs:
        (wrong,) = set(slipped.text.split()) - set(meant.text.split())
        assert not asker.facts.postings.keys() & set(asker.facts.analysis[wrong])


def test_a_wrong_answer_stops_everything(asker: Asker, monkeypatch: pytest.MonkeyPatch):
    def one_more(question):
        found = ours.answer(question)
        return replace(found, total=found.total + 1)

    monkeypatch.setattr(parts, "ours", type("Wrong", (), {"answer": staticmethod(one_more)}))
    with pytest.raises(WrongAnswer, match="total"):
        question_parts(asker, [], ["search"])[0].check()


def test_counts_follow_every_kind_of_edit_and_all_is_undone(asker: Asker):
    browse = question_parts(asker, [], ["browse"])[0].questions[0]
    before = ours.answer(browse)
    assert check_edits(asker.facts, 14) == {"edits_recounted": 14}
    assert ours.answer(browse) == before


def test_an_edit_is_found_in_its_own_transaction(asker: Asker):
    assert measure_fresh(asker.facts, [], 2).told["found_in_the_same_transaction"] == [2, 2]


def test_a_difference_is_told_and_a_zero_is_none():
    right = Answer(2, {"modalities": {"onsite": 2, "remote": 0}}, [1, 2])
    assert difference(right, Answer(2, {"modalities": {"onsite": 2}}, [])) == ""
    assert difference(right, Answer(3, {}, [])) == "total 3 != 2"
    assert difference(right, Answer(2, {"modalities": {"onsite": 1}}, [])) == "modalities=onsite: 1 != 2"


def test_a_page_holds_right_courses_each_once_and_all_there_are():
    right = Answer(2, {}, [1, 2])
    assert is_a_page(right, Answer(2, {}, [2, 1]))
    assert not is_a_page(right, Answer(2, {}, [2]))
    assert not is_a_page(right, Answer(2, {}, [2, 2]))
    assert not is_a_page(right, Answer(2, {}, [2, 3]))
