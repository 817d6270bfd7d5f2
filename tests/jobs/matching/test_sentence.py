"""One sentence, its parts: each is a proposal, and what was not said stays empty."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.matching.sentence import place_phrases, postcodes, read_sentence, without
from tests.jobs.matching.cases import TODAY


def heard(text, *places):
    said = read_sentence(text, places=places, day=TODAY)
    return said.present, said.goal


@pytest.mark.parametrize(
    ("text", "place", "parts"),
    [
        ("je suis comptable à Rodez, je veux travailler dans la donnée", "rodez", ("comptable", "donnee")),
        ("Je veux travailler dans la donnée. Je suis comptable. J'habite à Rodez.", "rodez", ("comptable", "donnee")),
        ("Infirmière en Lozère, je voudrais faire de l'IA en santé", "lozere", ("infirmiere", "ia en sante")),
        ("Vendeuse à l'Union qui veut devenir annotatrice", "union", ("vendeuse", "annotatrice")),
        ("secrétaire qui souhaite se former à l'IA", "", ("secretaire", "ia")),
        (
            "comptable de formation, je veux évoluer vers le contrôle de gestion",
            "",
            ("comptable", "controle de gestion"),
        ),
        ("caissière au chômage à Alès", "ales", ("caissiere", "")),
        ("je suis statisticienne et je veux faire du machine learning", "", ("statisticienne", "machine learning")),
        ("je suis soudeur depuis 15 ans. Je voudrais changer de métier, l'IA m'intéresse", "", ("soudeur", "ia")),
        ("Ancienne professeure, reconversion dans la donnée", "", ("professeure", "donnee")),
        ("je suis boulanger", "", ("boulanger", "")),
        ("data analyst à Toulouse ou à distance", "toulouse", ("", "data analyst")),
        ("je suis au chômage et j'aimerais être data engineer", "", ("", "data engineer")),
        ("je suis aveugle et je cherche une formation en IA", "", ("", "ia")),
        ("je veux me reconvertir", "", ("", "")),
        ("", "", ("", "")),
        ("?!…", "", ("", "")),
    ],
)
def test_a_sentence_gives_the_present_job_and_the_goal(text, place, parts):
    assert heard(text, *filter(None, [place])) == parts


def test_a_limit_said_in_words_is_understood_and_one_not_said_is_unknown():
    said = read_sentence("bac+2, 400 € au plus, à distance, à partir de septembre, data analyst", day=TODAY)
    assert (said.level, said.budget_euros, said.is_remote, said.starts_after) == (5, 400, True, date(2027, 9, 1))
    nothing = read_sentence("data analyst", day=TODAY)
    assert (nothing.level, nothing.budget_euros, nothing.is_remote, nothing.starts_after) == (None, None, False, None)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("bac+5 en physique", 7),
        ("j'ai le bac", 4),
        ("sans diplôme", 0),
        ("je n'ai pas le bac", 0),
        ("un CAP", 3),
        ("BTS", 5),
    ],
)
def test_a_level_of_study_is_read(text, level):
    assert read_sentence(text, day=TODAY).level == level


@pytest.mark.parametrize(
    ("text", "euros"), [("1 500 euros", 1500), ("j'ai 400€", 400), ("15 ans", None), ("3.5 €", None)]
)
def test_only_an_amount_in_euros_is_a_budget(text, euros):
    assert read_sentence(text, day=TODAY).budget_euros == euros


def test_a_month_is_the_next_one_and_a_year_that_is_over_is_not_understood():
    assert read_sentence("dès mars", day=date(2027, 5, 2)).starts_after == date(2028, 3, 1)
    assert read_sentence("en mars 2026", day=date(2027, 5, 2)).starts_after is None


def test_a_place_needs_a_capital_or_a_word_that_leads_to_it():
    assert "rodez" in place_phrases("comptable a rodez")
    assert place_phrases("je vis à Saint-Gaudens")["saint gaudens"]
    assert "comptable" not in place_phrases("je suis comptable")


def test_the_capital_of_the_first_word_tells_nothing():
    assert place_phrases("Campagne de publicité")["campagne"] is False
    assert place_phrases("une annonce pour Campagne")["campagne"] is True


def test_a_postcode_is_five_digits_and_no_more():
    assert postcodes("12000 Rodez, 0565123456, 123") == ["12000"]


def test_a_place_goes_with_the_word_that_led_to_it():
    assert without("comptable près de Rodez depuis longtemps", ["rodez"]) == "comptable | depuis longtemps"


@given(st.text(max_size=600))
def test_any_text_is_read(text):
    place_phrases(text)
    read_sentence(text, places=place_phrases(text), day=TODAY)


@pytest.mark.parametrize("text", ["je suis " * 2_000, "| " * 5_000, "à " * 5_000, "qui veut " * 2_000, "a" * 10_000])
def test_ten_kilobytes_are_read_as_their_beginning(text):
    assert len(read_sentence(text, day=TODAY).goal) <= 200
