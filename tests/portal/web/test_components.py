"""The parts of the pages, fed with plain mappings: what is known is said, what is not is never 0."""

import datetime as dt
import re

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils.html import strip_tags

COURSE = {
    "url": "/formations/analyste-1/",
    "title": "Analyste de données : bases",
    "provider": "Atelier <b>",
    "cost_cents": 125_000,
    "cost_audience": "salarié",
    "starts_on": dt.date(2027, 3, 1),
    "starts_precision": "month",
    "duration_hours": 420,
    "modality": "onsite",
    "town": "Rodez",
    "distance_km": 3.2,
    "entry_level": 0,
}


def words(name: str, /, **context: object) -> str:
    """The text of a component as a reader sees it, hard spaces made plain."""
    return re.sub(r"\s+", " ", strip_tags(render_to_string(f"components/{name}.html", context))).strip()


def test_a_course_card_tells_its_facts_in_the_promised_order():
    text = words("course_card", course=COURSE)
    order = [
        "Reste à charge 1 250 €",
        "Prochaine date mars 2027",
        "Durée 420 heures",
        "Lieu Rodez, à 3 km",
        "Il faut avant sans diplôme",
    ]
    positions = [text.index(fact) for fact in order]
    assert positions == sorted(positions)


def test_what_a_card_does_not_know_it_says():
    unknown = {"url": "/", "title": "t", "provider": "p", "starts_precision": "unknown"}
    text = words(
        "course_card",
        course={**unknown, "cost_cents": None, "starts_on": None, "duration_hours": None, "entry_level": None},
    )
    assert "Reste à charge non communiqué" in text
    assert "Prochaine date date à venir" in text
    assert "Durée non communiquée" in text
    assert "Lieu non communiqué" in text
    assert not re.search(r"\b0\b", text)


def test_nothing_to_pay_is_told_from_not_known():
    free = render_to_string("components/course_card.html", {"course": {**COURSE, "cost_cents": 0}})
    assert "fact-good" in free
    assert "fact-unknown" not in free


def test_a_card_escapes_what_comes_from_outside():
    page = render_to_string("components/course_card.html", {"course": COURSE})
    assert "Atelier &lt;b&gt;" in page


def test_a_card_of_a_recommendation_names_what_is_learnt_and_what_is_left():
    text = words(
        "course_card", course={**COURSE, "covered": ["SQL"], "missing": ["Python"], "points": 742, "points_max": 1000}
    )
    assert "742 points sur 1 000" in text
    assert "Vous apprenez : SQL" in text
    assert "Il vous reste : Python" in text


@pytest.mark.parametrize(
    ("state", "word"), [("met", "Convient"), ("unmet", "Ne convient pas"), ("unknown", "À vérifier")]
)
def test_a_reason_says_its_answer_in_words(state, word):
    reason = {"sentence": "Elle a lieu à Rodez.", "state": state, "points": 40, "points_max": 150}
    text = words("reason_list", reasons=[reason], total=40, total_max=150)
    assert text.startswith(f"{word} Elle a lieu")
    assert "40 sur 150" in text
    assert "Total : 40 points sur 150" in text


def test_a_session_says_its_dates_seats_and_who_counted():
    session = {
        "starts_on": dt.date(2027, 3, 1),
        "starts_precision": "day",
        "ends_on": dt.date(2027, 6, 1),
        "ends_precision": "month",
        "town": "Rodez",
        "modality": "mixed",
        "seats_left": 1,
        "seats_told_on": dt.date(2027, 1, 10),
        "state": "open",
        "state_label": "Inscriptions ouvertes",
    }
    text = words("session_table", sessions=[session])
    for fact in ("1er mars 2027", "juin 2027", "en partie à distance", "1 place libre", "dit le 10 janvier 2027"):
        assert fact in text


def test_a_pager_keeps_the_question_and_writes_numbers_whole():
    page = Paginator(range(30_000), 12).page(1_200)
    drawn = render_to_string("components/pager.html", {"page": page, "query": "q=ia&lieu=Rodez"})
    assert 'href="?q=ia&amp;lieu=Rodez&amp;page=1201"' in drawn
    assert drawn.count('aria-current="page"') == 1
    assert not render_to_string("components/pager.html", {"page": Paginator([1], 12).page(1)}).strip()


def test_a_removable_filter_says_what_its_link_does():
    text = words("active_filters", filters=[{"label": "À distance", "url": "?"}])
    assert text == "Retirer le filtre : À distance"


def test_a_chart_gives_its_numbers_in_a_table_too():
    rows = [{"label": "Gers", "value": 4}, {"label": "Lozère", "value": None, "text": "moins de 5"}]
    figure = {"title": "Postes", "unit": "Postes", "label_title": "Département", "rows": rows}
    drawn = render_to_string("components/figure_bar.html", {"figure": figure})
    assert drawn.count("moins de 5") == 2
    assert drawn.count('width="100%"') == 1
    assert drawn.count("<rect") == 1


def test_a_source_line_has_its_date_in_words():
    assert (
        words("source_line", name="France Travail", date=dt.date(2027, 1, 1))
        == "Source : France Travail, 1er janvier 2027"
    )
