"""One line of a table as a record: what people write for a day, a price, a yes; every fault says what to do."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.importers import cell_values as cells
from courses.importers.columns import BY_NAME
from courses.importers.faults import has_errors
from courses.importers.kept import course_record, record_json
from courses.importers.records import NOTHING_CHECKED, UNKNOWN_DATE, PartialDate
from courses.importers.rows import Lookups, course_row
from courses.importers.table_records import joined_lines, table_record
from courses.importers.values import BadValue
from tests.courses.importers.tables import LINE


def record_of(**values):
    record, faults = table_record({**LINE, **values}, 2, NOTHING_CHECKED)
    return record, [(fault.element, fault.code) for fault in faults]


def day(year, month=1, number=1, precision="day"):
    return PartialDate(datetime.date(year, month, number), precision)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("2027-01-04", day(2027, 1, 4)),
        ("04/01/2027", day(2027, 1, 4)),
        ("4-1-27", day(2027, 1, 4)),
        ("2027-01-04 00:00:00", day(2027, 1, 4)),
        ("20270104", day(2027, 1, 4)),
        ("1er février 2027", day(2027, 2, 1)),
        ("mars 2027", day(2027, 3, 1, "month")),
        ("03/2027", day(2027, 3, 1, "month")),
        ("2027-03", day(2027, 3, 1, "month")),
        ("2027", day(2027, 1, 1, "year")),
        ("à venir", UNKNOWN_DATE),
    ],
)
def test_days_as_people_write_them(text, known):
    assert cells.day(text) == known


@pytest.mark.parametrize("text", ["30/02/2027", "2027-13-01", "demain", "0001-01-01", "9999-12-31", "01/01/0001", "²"])
def test_a_day_that_is_none_is_a_fault(text):
    with pytest.raises(BadValue):
        cells.day(text)


@pytest.mark.parametrize(
    ("reader", "text", "value"),
    [
        (cells.price, "1 200,50 €", 120_050),
        (cells.price, "1\u202f200,50\u00a0€", 120_050),
        (cells.price, "0", 0),
        (cells.price, "gratuit", 0),
        (cells.hours, "35 h", 35),
        (cells.hours, "1 200", 1_200),
        (cells.hours, "35,0", 35),
        (cells.truth, "Oui", True),
        (cells.truth, "FAUX", False),
        (cells.level, "Bac+5", 7),
        (cells.level, "niveau 4", 4),
        (cells.postcode, "9000", "09000"),
        (cells.modality, "Présentiel", "onsite"),
        (cells.funder, "Conseil régional", "2"),
    ],
)
def test_cells_as_people_write_them(reader, text, value):
    assert reader(text) == value


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("titre", "", "no-title"),
        ("titre", "---", "no-title"),
        ("titre", "x" * 256, "too-long"),
        ("titre", "I\u2400A", "hidden-signs"),
        ("siret", "", "siret-missing"),
        ("siret", "123", "siret-shape"),
        ("siret", "00000000000000", "siret-shape"),
        ("date_debut", "2027-02-30", "impossible-date"),
        ("date_fin", "01/01/2026", "end-before-start"),
        ("duree_heures", "-35", "unread-number"),
        ("duree_heures", "9" * 5_000, "unread-number"),
        ("duree_heures", "NaN", "unread-number"),
        ("prix", "beaucoup", "unread-price"),
        ("prix", "1e999999", "unread-price"),
        ("places", "²", "unread-number"),
        ("courriel", "a@", "mail-shape"),
        ("url", "javascript:alert(1)", "web-shape"),
        ("code_postal", "ABCDE", "unread-postcode"),
        ("modalite", "sous l'eau", "unknown-word"),
        ("niveau_entree", "12", "unread-level"),
        ("financeurs", "ma tante", "unknown-word"),
        ("rncp", "abc", "certification-shape"),
        ("rome", "1405M", "code-shape"),
        ("finançable".replace("ç", "c"), "peut-être", "unread-truth"),
    ],
)
def test_a_fault_names_its_field_and_refuses_the_line(field, text, code):
    _record, faults = table_record({**LINE, field: text}, 2, NOTHING_CHECKED)
    assert (field, code) in [(fault.element, fault.code) for fault in faults]
    assert has_errors(faults)
    assert all(len(fault.message) > 20 and fault.message.endswith(".") for fault in faults)


def test_a_sound_line_has_no_fault():
    record, faults = record_of()
    assert faults == []
    [offering] = record.offerings
    assert (record.title, offering.price_cents, offering.hours_total) == ("IA pour tous", 120_050, 35)
    assert offering.sessions[0].ends == day(2027, 1, 8)


def test_formulas_and_markup_are_plain_text():
    record, _faults = record_of(titre="=HYPERLINK(1)", description="<script>alert(1)</script>Bonjour", organisme="@of")
    assert (record.title, record.objective, record.provider.name) == ("=HYPERLINK(1)", "Bonjour", "@of")


def test_every_column_of_the_model_is_read_without_fault():
    record, faults = table_record({name: column.example for name, column in BY_NAME.items()}, 2, NOTHING_CHECKED)
    assert faults == []
    [offering] = record.offerings
    assert (record.number, record.rome_codes, offering.has_cpf) == ("IA-01", ("M1405",), True)
    assert "Compétences visées : Python, SQL" in record.content


def test_cpf_is_a_funding():
    row = course_row(record_of(financeurs="CPF, région")[0], Lookups(), None)
    assert row.children[0].values["fundings"] == ["region", "cpf"]


class TestLinesOfOneCourse:
    def joined(self, *lines):
        return joined_lines([record_of(**line)[0] for line in lines])

    def test_two_days_in_one_place_are_two_sessions(self):
        course = self.joined({}, {"date_debut": "01/03/2027", "date_fin": "05/03/2027"})
        assert [len(offering.sessions) for offering in course.offerings] == [2]

    def test_two_towns_are_two_offerings(self):
        course = self.joined({}, {"ville": "Rodez", "code_postal": "12000"})
        assert [offering.places[0].town for offering in course.offerings] == ["Toulouse", "Rodez"]

    def test_the_same_line_three_times_is_one(self):
        assert self.joined({}, {}, {}).offerings == record_of()[0].offerings

    def test_what_the_first_line_leaves_empty_another_may_say(self):
        course = self.joined({"description": ""}, {"description": "Plus loin", "programme": "Tout"})
        assert (course.objective, course.content) == ("Plus loin", "Tout")


def test_a_record_comes_back_from_json():
    record, _faults = table_record({name: column.example for name, column in BY_NAME.items()}, 2, NOTHING_CHECKED)
    assert course_record(record_json(record)) == record


def test_no_line_is_too_odd(share_of):
    texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)

    @settings(max_examples=share_of(3_000), deadline=None)
    @given(st.dictionaries(st.sampled_from(sorted(BY_NAME)), texts))
    def read_any(values):
        record, _faults = table_record(values, 2, NOTHING_CHECKED)
        assert course_record(record_json(record)) == record
        course_row(record, Lookups(), None)

    read_any()
