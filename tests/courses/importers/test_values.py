"""Single values of foreign files: what cannot be read is said, never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.importers.records import PartialDate
from courses.importers.values import (
    BadValue,
    coordinates,
    day_of_stamp,
    mail_address,
    partial_date,
    price_cents,
    siret_number,
    web_address,
)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1 250,50 €", 125_050),
        ("1250.5", 125_050),
        ("1\u202f250 €", 125_000),
        ("12 000", 1_200_000),
        ("1250.0000", 125_000),
        ("15 €/h", 1_500),
        ("15 euros TTC", 1_500),
        ("gratuit", 0),
        ("0", 0),
        ("", None),
        ("-", None),
        ("NC", None),
    ],
)
def test_a_price_is_read_in_cents(text, cents):
    assert price_cents(text) == cents


@pytest.mark.parametrize("text", ["1.250", "1,250", "12e6", "-5", "1 25", "999999999", "sur devis", "٣", "1/2", "NaN"])
def test_a_price_that_two_people_would_read_differently_is_not_guessed(text):
    with pytest.raises(BadValue, match=r"prix"):
        price_cents(text)


@given(st.text(max_size=30))
def test_any_text_is_a_price_unknown_or_refused(text):
    try:
        cents = price_cents(text)
    except BadValue:
        return
    assert cents is None or 0 <= cents <= 100_000_000


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("20270115", PartialDate(date(2027, 1, 15), "day")),
        ("20270900", PartialDate(date(2027, 9, 1), "month")),
        ("20270000", PartialDate(date(2027, 1, 1), "year")),
        ("00000000", PartialDate(None, "unknown")),
        ("99999999", PartialDate(None, "unknown")),
        ("99991231", PartialDate(None, "unknown")),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(text, known):
    assert partial_date(text) == known


@given(st.from_regex(r"[0-9]{4}[019][0-9][01239][0-9]", fullmatch=True))
def test_any_date_shape_is_a_day_or_refused(text):
    try:
        found = partial_date(text)
    except BadValue:
        return
    assert (found.first_day is None) == (found.precision == "unknown")
    assert found.first_day is None or found.last_day >= found.first_day


def test_a_partial_date_knows_its_last_day():
    assert PartialDate(date(2028, 2, 1), "month").last_day == date(2028, 2, 29)
    assert PartialDate(date(2027, 1, 1), "year").last_day == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-01-15T09:30:00+01:00", date(2027, 1, 15)),
        ("20261101", date(2026, 11, 1)),
        ("", None),
        ("2027-02-30T00:00:00", None),
        ("20270900", None),
        ("hier", None),
    ],
)
def test_a_stamp_gives_its_day(text, day):
    assert day_of_stamp(text) == day


def test_a_filler_is_no_siret():
    assert siret_number("00000000000000") == ("", None)
    assert siret_number("732 829 320 00074") == ("73282932000074", None)


@pytest.mark.parametrize("text", ["pas une adresse", "a@b", "a@b..fr", "a@-b.fr", "a b@c.fr", "a@c.fr\nBcc: d@e.fr"])
def test_a_mail_address_has_its_shape(text):
    with pytest.raises(BadValue):
        mail_address(text)


@pytest.mark.parametrize(
    ("text", "address"),
    [("www.exemple.fr/ia", "http://www.exemple.fr/ia"), ("https://exemple.fr", "https://exemple.fr"), ("-", "")],
)
def test_a_page_gets_its_scheme(text, address):
    assert web_address(text) == address


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "ftp://exemple.fr", "data:text/html,x", 'x.fr"onclick', "a b.fr"]
)
def test_only_pages_of_the_web_pass(text):
    with pytest.raises(BadValue):
        web_address(text)


def test_coordinates_are_both_known_or_neither():
    assert coordinates("43,6", "1.44") == (43.6, 1.44)
    assert coordinates("", "") == coordinates("0", "0.0") == (None, None)
    for pair in (("43.6", ""), ("91", "1"), ("43.6", "-181"), ("nan", "1"), ("1e1", "1")):
        with pytest.raises(BadValue):
            coordinates(*pair)
