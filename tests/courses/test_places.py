"""A place is found as people write it, proposed when it is not clear, never guessed."""

import pytest

from courses.forms import PlaceField, PlaceUnclear, place_text
from tests.makers import make_commune, make_department

pytestmark = pytest.mark.django_db


def find(text: str):
    return PlaceField(required=False).clean(text)


def unclear(text: str) -> PlaceUnclear:
    with pytest.raises(PlaceUnclear) as caught:
        find(text)
    return caught.value


@pytest.mark.parametrize("text", ["Rodez", "  rodez ", "RODEZ", "12000", "Rodez (12)", "Rodez (12000)", "rodez(12)"])
def test_a_commune_is_found_by_name_or_postcode(text):
    rodez = make_commune("Rodez")
    assert find(text) == rodez


def test_saint_is_found_written_st():
    saint_gaudens = make_commune("Saint-Gaudens", department="31")
    assert find("St Gaudens") == saint_gaudens
    assert find("Saint-Gaudens (31)") == saint_gaudens


def test_nothing_written_is_no_place():
    assert find("   ") is None


def test_namesakes_are_proposed_the_largest_first_and_each_can_be_meant():
    small = make_commune("Saint-Jean", department="12", population=50)
    large = make_commune("Saint-Jean", department="31", population=10_000)
    problem = unclear("Saint-Jean")
    assert problem.communes == [large, small]
    assert [find(place_text(each, problem.communes)) for each in problem.communes] == [large, small]


def test_namesakes_of_one_departement_are_told_apart_by_their_insee_code():
    one = make_commune("Castelnau", department="31", insee="31900")
    other = make_commune("Castelnau", department="31", insee="31901")
    both = unclear("Castelnau (31)").communes
    assert {find(place_text(each, both)).insee for each in both} == {one.insee, other.insee}


def test_a_postcode_of_several_communes_is_not_a_guess():
    for name in ("Le Monastère", "Sainte-Radegonde"):
        make_commune(name, postcodes=["12850"])
    assert len(unclear("12850").communes) == 2


def test_a_slip_of_the_pen_gets_a_proposal():
    rodez = make_commune("Rodez")
    assert unclear("Rodz").communes == [rodez]
    assert unclear("Rode").communes == [rodez]


def test_a_departement_is_proposed_as_such():
    make_department(code="12")
    assert [each.code for each in unclear("aveyron").departments] == ["12"]


@pytest.mark.parametrize("text", ["²", "0" * 4_301, "(((((", "99999", "Rodez (²)", "'; --", "%", "x" * 10_000])
def test_odd_places_are_refused_with_a_sentence(text):
    make_commune("Rodez")
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError) as caught:
        find(text)
    assert text not in "".join(caught.value.messages)
