"""CSV and XLSX from outside: every shape people save them in is read, hostile ones are refused in a sentence."""

import datetime
import time
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.importers.columns import BY_NAME, REQUIRED, layout_of
from courses.importers.faults import ImportRefused
from courses.importers.lheo import read_lheo
from courses.importers.table_file import MOST_LINES, kind_of, read_csv, read_table
from tests.courses.importers.tables import LINE, csv_bytes, endless_xlsx, table, write, xlsx_file

ROW = list(table([{}])[1])


def read(content: bytes) -> list[list[str]]:
    return [cells for _line, cells in read_csv(content)]


def refusal(path, kind=None) -> str:
    """The code of the refusal of a file."""
    with pytest.raises(ImportRefused) as refused:
        list(read_table(path, kind or kind_of(path.read_bytes()[:64])))
    assert refused.value.fault.message.endswith(".")
    return refused.value.fault.code


class TestCsv:
    @pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
    @pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_every_delimiter_and_coding(self, delimiter, coding):
        assert read(csv_bytes([{}], delimiter=delimiter, coding=coding)) == [list(REQUIRED), ROW]

    def test_lines_are_numbered_as_in_the_file(self):
        content = csv_bytes([{"description": "deux\nlignes"}, {}])
        assert [line for line, _cells in read_csv(content)] == [1, 2, 4]

    def test_a_field_of_200_000_signs_is_read(self):
        assert len(read(csv_bytes([{"description": "x" * 200_000}]))[1][-1]) == 200_000

    def test_a_quotation_mark_never_closed_is_one_cell(self, tmp_path):
        path = write(tmp_path / "a.csv", csv_bytes([{}]) + b'"' + b"x;\n" * 50)
        assert len(list(read_table(path, "csv"))) == 3

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "empty"),
            (b" \n \n", "empty"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "old-excel"),
            (bytes(range(256)) * 20, "encoding"),
            (b"\x00" * 500, "not-a-table"),
            (b"a;b\n" + b";".join([b"x"] * 300), "too-many-columns"),
            (b"a\n" * (MOST_LINES + 1), "too-many-lines"),
        ],
        ids=["empty", "blank", "xls", "bytes", "zeros", "wide", "long"],
    )
    def test_what_is_no_table_is_refused(self, content, code, tmp_path):
        assert refusal(write(tmp_path / "a.csv", content)) == code


class TestXlsx:
    def test_cells_are_the_texts_people_typed(self, tmp_path):
        day = datetime.datetime(2027, 1, 4)
        path = xlsx_file(tmp_path / "a.xlsx", [["a", "b", "c", "d", "e"], [day, 35, 1200.5, True, None]])
        assert list(read_table(path, "xlsx")) == [
            (1, ["a", "b", "c", "d", "e"]),
            (2, ["2027-01-04", "35", "1200.5", "oui"]),
        ]

    def test_a_formula_is_never_computed(self, tmp_path):
        path = xlsx_file(tmp_path / "a.xlsx", [["a", "b"], ["=1+1", "x"]])
        assert list(read_table(path, "xlsx"))[1:] == [(2, ["", "x"])]

    def test_a_workbook_of_a_million_rows_is_refused_in_seconds(self, tmp_path):
        path = endless_xlsx(tmp_path / "a.xlsx", 1_200_000)
        began = time.process_time()
        assert refusal(path) == "too-many-lines"
        assert time.process_time() - began < 5

    def test_a_bomb_is_refused_before_it_is_opened(self, tmp_path):
        path = xlsx_file(tmp_path / "a.xlsx", [["a"]])
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/media/image1.png", b" " * 40_000_000)
        assert refusal(path) == "bomb"

    @pytest.mark.parametrize("name", ["mimetype", "word/document.xml"])
    def test_another_archive_is_refused(self, name, tmp_path):
        with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
            archive.writestr(name, b"x")
        assert refusal(tmp_path / "a.xlsx") == "not-a-workbook"


class TestHostileSamples:
    REFUSED = {
        "bad-xml.xlsx": "broken-workbook",
        "bomb-spaces-small.xlsx": "bomb",
        "empty-sheet.xlsx": "empty",
    }

    def test_each_table_is_read_or_refused_in_a_sentence(self, shared_data):
        found = {}
        for path in sorted((shared_data / "badinput" / "files").glob("*.[cx][sl]*")):
            try:
                found[path.name] = len(list(read_table(path, kind_of(path.read_bytes()[:64]))))
            except ImportRefused as refused:
                found[path.name] = refused.fault.code
        assert {name: found[name] for name in self.REFUSED} == self.REFUSED
        assert (found["control-ok.csv"], found["control-ok.xlsx"]) == (2, 2)
        assert len(found) >= 16


class TestColumns:
    def test_the_portals_own_columns(self):
        layout = layout_of(REQUIRED)
        assert (layout.fields, layout.missing) == (REQUIRED, ())

    def test_other_words_accents_and_signs(self):
        layout = layout_of(["Intitulé *", "Date de début", "PRIX TTC", "Nom d'usage"])
        assert layout.fields == ("titre", "date_debut", "prix", "")

    def test_what_a_person_said_comes_first(self):
        assert layout_of(["Prix", "Coût"], {"prix": "", "cout": "prix"}).fields == ("", "prix")

    def test_a_field_is_taken_once(self):
        assert layout_of(["titre", "intitulé"]).fields == ("titre", "")

    def test_every_required_column_has_an_example(self):
        assert all(BY_NAME[name].example for name in REQUIRED)
        assert set(LINE) == set(REQUIRED)


TEXTS = st.text(st.characters(exclude_categories=()), max_size=40)


class TestAnything:
    """Whatever the bytes, only ImportRefused comes out."""

    def test_bytes(self, tmp_path, share_of):
        path = tmp_path / "a"

        @settings(max_examples=share_of(3_000), deadline=None)
        @given(
            st.one_of(
                st.binary(max_size=400),
                st.sampled_from([b"PK\x03\x04", b"a;b\n"]).flatmap(
                    lambda head: st.binary(max_size=300).map(head.__add__)
                ),
            )
        )
        def read_any(content):
            path.write_bytes(content)
            with suppress(ImportRefused):
                kind = kind_of(content[:64])
                list(read_lheo(path) if kind == "lheo" else read_table(path, kind))

        read_any()

    def test_workbooks_with_a_part_cut_or_changed(self, tmp_path, share_of):
        sound = xlsx_file(tmp_path / "sound.xlsx", table([{}, {}])).read_bytes()
        assert len(list(read_table(write(tmp_path / "b", sound), "xlsx"))) == 3
        path = tmp_path / "a.xlsx"

        @settings(max_examples=share_of(1_000), deadline=None)
        @given(st.integers(0, len(sound) - 1), st.binary(min_size=1, max_size=4), st.booleans())
        def read_any(at, change, is_cut):
            path.write_bytes(sound[:at] if is_cut else sound[:at] + change + sound[at + len(change) :])
            with suppress(ImportRefused):
                list(read_table(path, kind_of(path.read_bytes()[:64])))

        read_any()
