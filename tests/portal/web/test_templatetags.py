"""The words of the pages: typography, days, prices, distances, levels, icons, widgets."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils.safestring import SafeString, mark_safe

from portal.web.icons import ICONS
from portal.web.templatetags import camins

H = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Pour qui ?", f"Pour qui{H}?"),
        ("Pour qui?", f"Pour qui{H}?"),
        ("Un « mot » ici", f"Un «{H}mot{H}» ici"),
        ("Un «mot» ici", f"Un «{H}mot{H}» ici"),
        ("12 % ; 3 € : oui !", f"12{H}%{H}; 3{H}€{H}: oui{H}!"),
        ("fine\u202f: étroite", f"fine{H}: étroite"),
        ("déjà\u00a0: fait", f"déjà{H}: fait"),
        ("à 10:30, le 3/4", "à 10:30, le 3/4"),
        ("https://a.fr/?q=ia;b et mailto:a@b.fr?x", "https://a.fr/?q=ia;b et mailto:a@b.fr?x"),
        ("Vraiment !?", f"Vraiment{H}!?"),
        ("l'IA d'aujourd'hui, dit-on 'ici'", "l’IA d’aujourd’hui, dit-on 'ici'"),
        ("https://a.fr/l'ia", "https://a.fr/l'ia"),
        ("", ""),
    ],
)
def test_french_marks_get_a_hard_space_and_addresses_none(typed, printed):
    assert camins.typo(typed) == printed


def test_typography_is_settled_once():
    once = camins.typo("« Quoi ? » : 5 % !")
    assert camins.typo(once) == once


def test_markup_and_entities_pass_through_a_safe_text():
    markup = mark_safe('<a title="l\'x">A &amp; B</a> ; l&#x27;ennui')
    printed = camins.typo(markup)
    assert printed == f'<a title="l\'x">A &amp; B</a>{H}; l’ennui'
    assert isinstance(printed, SafeString)


def test_a_text_of_the_outside_is_still_escaped():
    page = Template("{% load camins %}{{ text|typo }}").render(Context({"text": "<script> ; &"}))
    assert page == f"&lt;script&gt;{H}; &amp;"


@pytest.mark.parametrize(
    ("value", "style", "words"),
    [
        (dt.date(2027, 2, 1), "", f"1er{H}février 2027"),
        (dt.date(2027, 3, 15), "", f"15{H}mars 2027"),
        (dt.date(2027, 3, 15), "short", f"15{H}mars"),
        (dt.date(2027, 3, 1), "weekday", f"lundi 1er{H}mars 2027"),
        (dt.datetime(2027, 1, 31, 23, 30, tzinfo=dt.UTC), "", f"1er{H}février 2027"),
        (None, "", ""),
    ],
)
def test_days_are_said_in_french_words(value, style, words):
    assert camins.day(value, style) == words


@pytest.mark.parametrize(
    ("value", "precision", "words"),
    [
        (dt.date(2027, 3, 1), "day", f"1er{H}mars 2027"),
        (dt.date(2027, 3, 1), "month", "mars 2027"),
        (dt.date(2027, 1, 1), "year", "2027"),
        (dt.date(2027, 1, 1), "unknown", "date à venir"),
        (None, "day", "date à venir"),
        (None, "", "date à venir"),
    ],
)
def test_a_partial_day_never_says_more_than_is_known(value, precision, words):
    assert camins.partial_day(value, precision) == words


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, f"0{H}€"),
        (125_000, f"1{H}250{H}€"),
        (125_050, f"1{H}250,50{H}€"),
        (5, f"0,05{H}€"),
        (123_456_700, f"1{H}234{H}567{H}€"),
        (None, "non communiqué"),
        ("", "non communiqué"),
    ],
)
def test_an_unknown_price_is_never_zero(cents, words):
    assert camins.euros(cents) == words


@pytest.mark.parametrize(
    ("distance_km", "words"),
    [
        (0, f"moins de 1{H}km"),
        (0.4, f"moins de 1{H}km"),
        (12.4, f"12{H}km"),
        (1200, f"1{H}200{H}km"),
        (None, "distance inconnue"),
    ],
)
def test_distances(distance_km, words):
    assert camins.km(distance_km) == words


@pytest.mark.parametrize(
    ("duration_hours", "words"),
    [
        (35, f"35{H}heures"),
        (1, f"1{H}heure"),
        (Decimal("7.5"), f"7{H}h{H}30"),
        (1200, f"1{H}200{H}heures"),
        (None, "non communiquée"),
    ],
)
def test_durations(duration_hours, words):
    assert camins.hours(duration_hours) == words


def test_no_diploma_asked_is_not_an_unknown_level():
    assert camins.level(0) == "sans diplôme"
    assert camins.level(None) == camins.level(9) == camins.level("") == "non communiqué"
    assert camins.level(7) == f"bac{H}+{H}5"


def test_modality_and_numbers():
    assert camins.modality("remote") == "à distance"
    assert camins.modality(None) == "non communiqué"
    assert camins.number(12_345) == f"12{H}345"
    assert camins.number(Decimal("3.50")) == "3,5"
    assert camins.number(1234.5) == f"1{H}234,5"
    assert camins.number(None) == "non communiqué"


@pytest.mark.parametrize("name", sorted(ICONS))
def test_each_icon_is_hidden_from_screen_readers(name):
    drawn = camins.icon(name, "big")
    assert 'aria-hidden="true"' in drawn
    assert f'd="{ICONS[name]}"' in drawn
    assert 'class="icon big"' in drawn


def test_an_unknown_icon_is_a_fault():
    with pytest.raises(KeyError):
        camins.icon("licorne")


def test_the_menu_marks_the_entry_the_page_lies_under():
    assert camins.under("/formations/x-1/", "/formations/")
    assert not camins.under("/metiers/", "/formations/")
    assert not camins.under(None, "/formations/")


def test_a_long_pager_has_gaps():
    page = Paginator(range(260), 12).page(5)
    assert camins.page_range(page) == [1, "…", 4, 5, 6, "…", 22]


def test_bars_keep_the_unknown_apart_from_zero():
    rows = [
        {"label": "a", "value": 8},
        {"label": "b", "value": 2},
        {"label": "c", "value": 0},
        {"label": "d", "value": None},
    ]
    assert [row["percent"] for row in camins.bars(rows)] == ["100", "25", "0", None]
    assert camins.bars([]) == []


def test_structured_data_cannot_leave_its_element():
    script = camins.json_ld({"name": "</script><script>alert(1)&"})
    assert script.count("<") == 2
    inside = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(inside) == {"name": "</script><script>alert(1)&"}


class MessageForm(forms.Form):
    email = forms.EmailField(label="Votre adresse", help_text="Nous ne la montrons pas.")
    goal = forms.ChoiceField(label="But", widget=forms.RadioSelect, choices=[("a", "Découvrir"), ("b", "Changer")])
    agreed = forms.BooleanField(label="J'accepte")


def test_a_field_ties_label_help_and_error_to_its_widget():
    form = MessageForm({"email": "non", "goal": "", "agreed": ""})
    assert not form.is_valid()
    page = Template(
        '{% include "components/field.html" with field=form.email autocomplete="email" only %}'
        '{% include "components/field.html" with field=form.goal only %}'
        '{% include "components/field.html" with field=form.agreed only %}'
        '{% include "components/error_summary.html" with form=form only %}'
    ).render(Context({"form": form}))
    assert '<label for="id_email">' in page
    assert 'autocomplete="email"' in page
    assert 'aria-invalid="true"' in page
    for described in ("id_email_helptext", "id_email_error", "id_goal_error", "id_agreed_error"):
        assert f'id="{described}"' in page
    assert 'aria-describedby="id_email_helptext id_email_error"' in page
    assert "<fieldset" in page
    assert "<legend" in page
    for target in ('href="#id_email"', 'href="#id_goal"', 'href="#id_agreed"'):
        assert target in page
    assert page.count('id="id_goal"') == 1
