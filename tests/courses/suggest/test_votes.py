"""Suggestions by vote: the nearest labelled titles decide, and each code says which spoke for it."""

import pytest

from courses.suggest.votes import FormacodeSuggester, OccupationSuggester, Votes, course_key

LABELLED = [
    ("Titre professionnel développeur web", ["M1805"]),
    ("Développeur web et web mobile", ["M1805", "E1104"]),
    ("CAP boulanger", ["D1102"]),
    ("Brevet professionnel boulanger", ["D1102"]),
    ("BTS agricole", []),
]


@pytest.fixture(scope="module")
def votes() -> Votes:
    return Votes(LABELLED)


def test_shares_of_a_vote_are_of_what_was_said(votes):
    found = votes.of("Développeuse web")
    assert found["M1805"][0] > found["E1104"][0] > found.get("D1102", (0, ""))[0]
    assert found["M1805"][1] in ("Titre professionnel développeur web", "Développeur web et web mobile")
    near, far = (sum(share for share, _witness in votes.of(title).values()) for title in ("CAP boulanger", "boulange"))
    assert near == pytest.approx(1)
    assert far < 0.9


def test_nobody_like_it_votes_for_nothing(votes):
    assert votes.of("") == {}
    assert votes.of("²³") == {}
    assert Votes([]).of("boulanger") == {}


def test_an_occupation_is_found_by_votes_names_and_what_is_said_of_it(votes):
    suggester = OccupationSuggester(
        votes,
        [("Boulanger / Boulangère", "D1102"), ("Poseur de pare-brise", "I1606")],
        {"D1102": ["Pétrir et cuire le pain"], "I1606": ["Remplacer un vitrage"], "A1101": ["Labourer un champ"]},
    )
    assert suggester.suggest("Boulangère")[0].code == "D1102"
    assert suggester.suggest("Boulangère")[0].witness == "CAP boulanger"
    by_name = suggester.suggest("Poser des pare-brises")[0]
    assert (by_name.code, by_name.witness) == ("I1606", "")
    assert "A1101" in [each.code for each in suggester.suggest("Métiers des champs", "labourer")]
    assert len(suggester.suggest("web", most=1)) == 1
    assert suggester.suggest("") == []


def test_a_formacode_may_come_from_its_label_alone(votes):
    suggester = FormacodeSuggester(votes, [("Apiculture", "21018"), ("Boulangerie", "21547")])
    assert suggester.suggest("Apiculteur amateur")[0].code == "21018"


def test_titles_are_compared_without_gender_nor_accents():
    assert course_key("Développeuse Web") == course_key("developpeur web")
