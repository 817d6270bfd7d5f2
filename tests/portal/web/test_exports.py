"""Tables to take away: nothing in them runs in a spreadsheet."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.web.exports import LIVE, csv_answer, neutral

TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)


def cells_of(answer):
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"), newline="")))


@settings(max_examples=500)
@given(st.tuples(st.sampled_from([*LIVE, " =", "\u00a0+", ""]), TEXTS).map("".join))
def test_no_cell_is_a_live_formula(text):
    ((_head,), (cell,)) = cells_of(csv_answer("essai", ["tête"], [[text]]))
    assert not cell.lstrip(" \u00a0\u202f").startswith(LIVE)


@pytest.mark.parametrize(("value", "written"), [(-12, "-12"), (3.5, "3.5"), (None, ""), ("Rodez", "Rodez")])
def test_numbers_and_plain_words_stay_what_they_are(value, written):
    assert neutral(value) == written


def test_a_download_says_its_name_and_its_charset():
    answer = csv_answer("besoins", ["métier"], [["Data analyst"]])
    assert answer["Content-Disposition"] == 'attachment; filename="besoins.csv"'
    assert cells_of(answer) == [["métier"], ["Data analyst"]]
