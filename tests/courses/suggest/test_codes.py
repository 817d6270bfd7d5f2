"""ROME codes and Formacodes by vote: a family is voted for, then an occupation is found in it, or none is claimed."""

from dataclasses import replace

import pytest

from courses.suggest.codes import FORMACODE, ROME, CodeSuggester, Known, Labelled, ProposedCode

KNOWN = Known(
    certifications=(
        Labelled("RNCP1", "Data scientist", ("M1403",), ("31026",)),
        Labelled("RNCP2", "Science des données et statistique", ("M1403",), ("31026", "11036")),
        Labelled("RNCP3", "CAP boulanger", ("D1102",), ("21538",)),
        Labelled("RNCP4", "Brevet professionnel boulanger", ("D1102",)),
        Labelled("RNCP5", "Études de marché", ("M1403", "Z9999")),
        Labelled("RS6", "Veille économique en entreprise", ("M1430",)),
    ),
    families={"M1403": "M1403", "M1405": "M1403", "M1419": "M1403", "M1430": "M1403", "D1102": "D1102"},
    titles=(
        ("Chargé d'études socio-économiques", "M1403"),
        ("Data scientist", "M1405"),
        ("Data analyst", "M1419"),
        ("Chargé d'études commerciales", "M1430"),
        ("Boulanger / Boulangère", "D1102"),
    ),
    said=(("M1405", "Apprendre un modèle de données"), ("D1102", "Pétrir et cuire le pain")),
    formacodes=(("Data science", "31026"), ("Statistique", "11036"), ("Boulangerie", "21538")),
)


@pytest.fixture(scope="module")
def suggester() -> CodeSuggester:
    return CodeSuggester(KNOWN)


def first(suggester: CodeSuggester, title: str, kind: str = ROME, objectives: str = "") -> ProposedCode:
    return next(said for said in suggester.suggest(title, objectives) if said.kind == kind)


def test_the_occupation_is_the_one_of_its_family_that_the_title_names(suggester):
    said = first(suggester, "Devenir data scientist")
    assert (said.code, said.rank, said.witness, said.is_wide) == ("M1405", 1, "RNCP1", False)


def test_a_family_of_which_nothing_is_named_is_proposed_as_wide(suggester):
    said = first(suggester, "Statistique")
    assert (said.code, said.witness, said.is_wide) == ("M1403", "RNCP2", True)


def test_an_occupation_that_the_voters_name_themselves_is_proposed(suggester):
    said = first(suggester, "Veille en entreprise")
    assert (said.code, said.witness, said.is_wide) == ("M1430", "RS6", False)


def test_a_family_of_one_is_never_wide(suggester):
    said = first(suggester, "CAP boulanger")
    assert (said.code, said.witness, said.is_wide) == ("D1102", "RNCP3", False)


def test_objectives_speak_where_the_title_does_not(suggester):
    assert first(suggester, "Atelier du matin", objectives="Pétrir et cuire le pain").code == "D1102"


def test_a_formacode_comes_with_its_own_witness(suggester):
    said = first(suggester, "Data scientist", FORMACODE)
    assert (said.code, said.rank, said.witness) == ("31026", 1, "RNCP1")


def test_points_fall_with_the_ranks_and_nothing_weak_is_proposed(suggester):
    for title in ("Data scientist", "boulange", "Études", "²³", ""):
        for kind in (ROME, FORMACODE):
            points = [said.points for said in suggester.suggest(title) if said.kind == kind]
            ranks = [said.rank for said in suggester.suggest(title) if said.kind == kind]
            assert points == sorted(points, reverse=True)
            assert ranks == list(range(1, len(points) + 1))
            assert all(each >= {ROME: 200, FORMACODE: 100}[kind] for each in points)
    assert suggester.suggest("²³") == []


def test_at_most_five_of_each_kind_and_each_once(suggester):
    jobs = tuple(f"A11{number:02d}" for number in range(10))
    labels = tuple(f"310{number:02d}" for number in range(10))
    many = replace(
        KNOWN,
        certifications=(Labelled("RNCP1", "Data scientist", jobs, labels),),
        families={**KNOWN.families, **{code: code for code in jobs}},
    )
    said = CodeSuggester(many).suggest("Data scientist")
    assert [each.kind for each in said] == [ROME] * 5 + [FORMACODE] * 5
    assert len({(each.kind, each.code) for each in said}) == 10


def test_nothing_known_proposes_nothing():
    empty = Known((), {}, (), (), ())
    assert CodeSuggester(empty).suggest("Data scientist", "Apprendre") == []
