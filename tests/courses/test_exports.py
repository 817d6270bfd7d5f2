"""A search as tables: one row per offering that answers, sources and dates beside costs, nothing a formula."""

import csv
import datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from courses.views import table
from tests.makers import (
    in_days,
    make_commune,
    make_cost,
    make_course,
    make_offering,
    make_profile,
    make_session,
    make_skill,
)

pytestmark = pytest.mark.django_db
CSV, XLSX = "/formations/export.csv", "/formations/export.xlsx"


def read_csv(client, query: str = "") -> list[list[str]]:
    response = client.get(f"{CSV}?{query}")
    assert response.status_code == 200
    return list(csv.reader(StringIO(response.getvalue().decode("utf-8-sig"))))


def rows_of(client, query: str = "") -> list[dict[str, str]]:
    """The rows before the blank line, by their headers."""
    header, *lines = read_csv(client, query)
    return [dict(zip(header, line, strict=True)) for line in lines[: lines.index([])]]


def notes_of(client, query: str = "") -> list[str]:
    lines = read_csv(client, query)
    return [line[0] for line in lines[lines.index([]) + 1 :]]


def read_sheet(client, query: str = ""):
    response = client.get(f"{XLSX}?{query}")
    assert response.status_code == 200
    return load_workbook(BytesIO(response.content))


def test_a_row_says_all_that_is_known(client):
    course = make_course(
        "Données",
        profiles=[make_profile("Data analyst")],
        skills={make_skill("Python"): 2},
        entry_level=4,
        verified_on=in_days(-3),
        offering={
            "where": "Rodez",
            "costs": {"jobseeker": 0, "employee": 123_450},
            "duration_hours": 35,
            "fundings": ["cpf"],
            "is_accessible": True,
        },
        session={"starts_on": in_days(20), "seats_left": 3},
    )
    make_commune("Albi")
    (row,) = rows_of(client, "lieu=Albi&rayon=region")
    assert row["Formation"] == "Données"
    assert row["Adresse de la fiche"] == f"http://localhost:8000{course.get_absolute_url()}"
    assert row["Métiers visés"] == "Data analyst"
    assert row["Compétences"] == "Python (pratique)"
    assert row["Niveau demandé"] == "niveau 4 (bac)"
    assert row["Niveau à la sortie"] == "non communiqué"
    assert (row["Ville"], row["Département"], row["Durée en heures"]) == ("Rodez", "Aveyron", "35")
    assert row["Distance en km"] == "58"
    assert (row["Prochaine date"], row["Places libres"]) == ("2027-02-04", "3")
    assert row["Financements"] == "compte personnel de formation (CPF)"
    assert row["Accessible aux personnes handicapées"] == "oui"
    assert row["Vérifiée le"] == "2027-01-12"
    assert row["Reste à charge en euros, demandeur d'emploi"] == "0"
    assert row["Reste à charge en euros, salarié"] == "1234.5"
    assert (row["Source du coût, salarié"], row["Date du coût, salarié"]) == ("organisme", "2027-01-15")
    assert row["Reste à charge en euros, apprenti"] == ""


def test_there_is_one_row_per_offering_that_answers(client):
    course = make_course("Données", offering={"where": "Rodez"})
    make_offering(course, modality="remote")
    make_course("Sans action", offered=False)
    assert [row["Formation"] for row in rows_of(client)] == ["Données", "Données", "Sans action"]
    assert [row["Sur place ou à distance"] for row in rows_of(client, "modalite=remote")] == ["entièrement à distance"]


@pytest.mark.parametrize(
    ("starts_on", "precision", "said"),
    [
        (datetime.date(2027, 3, 1), "month", "2027-03"),
        (datetime.date(2028, 1, 1), "year", "2028"),
        (None, "unknown", ""),
    ],
)
def test_a_partial_date_is_not_made_a_day(client, starts_on, precision, said):
    make_course("Données", session={"starts_on": starts_on, "starts_precision": precision})
    assert rows_of(client)[0]["Prochaine date"] == said


def test_the_list_says_how_and_when_it_was_made(client):
    make_course("Données")
    notes = notes_of(client, "q=donn%C3%A9es&tri=date&niveau=zzz&page=2")
    assert "Données fictives de démonstration" in notes
    said = " ".join(notes).replace("\N{NO-BREAK SPACE}", " ")
    assert "15 janvier 2027" in said
    assert "http://localhost:8000/formations/?q=donn%C3%A9es&tri=date" in said
    assert "page=" not in said
    assert "date de début" in said
    assert "n’est pas compté" in said


def test_production_says_nothing_of_a_demonstration(client, settings):
    settings.CAMINS_DEMO = False
    make_course("Données")
    assert not any("fictives" in note for note in notes_of(client))


def test_a_list_that_is_cut_says_so_last(client, monkeypatch):
    assert table.MOST_ROWS == 5_000
    monkeypatch.setattr(table, "MOST_ROWS", 3)
    for number in range(3):
        make_offering(make_course(f"Formation {number}"), modality="remote")
    assert len(rows_of(client)) == 3
    assert notes_of(client)[-1].startswith("Liste arrêtée à 3 lignes")
    assert read_sheet(client).active.max_row == 1 + 3 + 1 + len(notes_of(client))
    monkeypatch.setattr(table, "MOST_ROWS", 6)
    assert len(rows_of(client)) == 6
    assert not notes_of(client)[-1].startswith("Liste arrêtée")


@pytest.mark.parametrize("planted", ["=1+1", "+cmd", "-2", "@SUM(A1)", " =1", "\t=1"])
def test_no_cell_is_a_formula(client, planted):
    make_cost(make_course(planted, offering={"where": "Rodez"}).offerings.get(), cents=None, condition=planted)
    assert rows_of(client)[0]["Formation"] == f"'{planted}"
    sheet = read_sheet(client).active
    assert sheet["A2"].value == f"'{planted}"
    assert not [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]


def test_a_sheet_has_days_numbers_and_a_header_that_stays(client):
    make_course(
        "Don\x0bnées",
        offering={"where": "Rodez", "costs": {"jobseeker": 12_050}, "duration_hours": 35},
        session={"starts_on": in_days(20)},
    )
    book = read_sheet(client)
    sheet = book.active
    header, row = ([*line] for line in sheet.iter_rows(max_row=2))
    cells = {name.value: cell for name, cell in zip(header, row, strict=True)}
    assert cells["Formation"].value == "Données"
    assert cells["Prochaine date"].is_date
    assert cells["Prochaine date"].value == datetime.datetime(2027, 2, 4)
    assert cells["Durée en heures"].value == 35
    assert cells["Reste à charge en euros, demandeur d'emploi"].value == 120.5
    assert cells["Reste à charge en euros, salarié"].value is None
    assert cells["Date du coût, demandeur d'emploi"].is_date
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.bold for cell in header)
    assert "Données fictives de démonstration" in book.properties.description


def test_both_tables_say_the_same(client):
    make_session(make_offering(make_course("Données"), modality="remote"), starts_on=in_days(9))
    lines = [[cell or "" for cell in line] for line in read_sheet(client).active.iter_rows(values_only=True)]
    assert [line[:5] for line in lines[:3]] == [line[:5] for line in read_csv(client)[:3]]


def test_the_file_is_named_after_its_day(client):
    for path, kind in ((CSV, "csv"), (XLSX, "xlsx")):
        assert client.get(path)["Content-Disposition"] == f'attachment; filename="formations-2027-01-15.{kind}"'
        assert client.post(path).status_code == 405


def test_costs_are_read_at_once(count_queries):
    for number in range(12):
        make_offering(make_course(f"F {number}", offering={"where": "Rodez", "costs": {"jobseeker": 0}}))
    assert count_queries(CSV) <= 6
