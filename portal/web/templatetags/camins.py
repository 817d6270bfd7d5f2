"""Words and marks of the pages: French typography, days, prices, distances, icons, form widgets.

Load with `{% load camins %}`. Unknown values are said in words, never shown as 0.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BoundField
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.web.icons import ICONS

register = template.Library()

# under this, what other people did is not told
LEAST_TOLD = 5
NBSP = "\N{NO-BREAK SPACE}"

# tags, entities and addresses pass untouched; then the marks that want a hard space
_UNTOUCHED = r"(?P<keep><[^<>]*>|&\#?\w+;|\b(?:https?|mailto|tel):[^\s<>]+)"
_BEFORE = r"(?<=[\w)\]’'\"%€…])(?:[ \u202f\u00a0]+(?P<mark>[;:!?»%€]+)|(?P<tight>[;!?»])(?=[\s»)]|$))"
_LONE = r"[ \u202f\u00a0]+(?P<lone>[;:!?»%€])"
_OPEN = r"«[ \u202f\u00a0]*"
# a typewriter's apostrophe between two letters, as it is written or as a template escapes it
_ELISION = r"(?P<elision>(?<=\w)(?:'|&\#(?:x27|39);)(?=\w))"
_TYPO = re.compile(f"{_ELISION}|{_UNTOUCHED}|{_BEFORE}|{_LONE}|(?P<open>{_OPEN})")


@register.filter(is_safe=True)
@stringfilter
def typo(text: str) -> str:
    """Put U+00A0 before `; : ! ? » % €` and after `«` (the font has no U+202F), and curl apostrophes.

    Tags, other entities and addresses are kept.
    """

    def harden(match: re.Match[str]) -> str:
        if match["keep"]:
            return match["keep"]
        if match["elision"]:
            return "’"
        if match["open"]:
            return "«" + NBSP
        return NBSP + (match["mark"] or match["tight"] or match["lone"])

    return _TYPO.sub(harden, text)


@register.filter
def day(value: dt.date | str | None, style: str = "") -> str:
    """A civil day in words: "1er février 2027"; style "weekday" adds "lundi", "short" leaves the year out.

    An instant is read as its Paris day. None gives an empty string.
    """
    if not isinstance(value, dt.date):
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    french = (get_language() or "fr").startswith("fr")
    number = "1er" if french and value.day == 1 else str(value.day)
    words = f"{number}{NBSP}{date_format(value, 'F')}"
    if style == "weekday":
        words = f"{date_format(value, 'l')} {words}"
    return words if style == "short" else f"{words} {value.year}"


@register.filter
def partial_day(value: dt.date | str | None, precision: str = "day") -> str:
    """A day at its precision (day, month, year, unknown): "15 mars 2027", "mars 2027", "2027" or "date à venir"."""
    if not isinstance(value, dt.date) or precision == "unknown":
        return _("date à venir")
    if precision == "month":
        return f"{date_format(value, 'F')} {value.year}"
    if precision == "year":
        return str(value.year)
    return day(value)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", NBSP)


@register.filter
def number(value: float | Decimal | str | None) -> str:
    """12345 → "12 345", 3.5 → "3,5"; None → "non communiqué"."""
    if value is None or value == "":
        return _("non communiqué")
    exact = Decimal(str(value))
    if exact == exact.to_integral_value():
        return _grouped(int(exact))
    whole, _dot, decimals = f"{exact.normalize():,f}".partition(".")
    return whole.replace(",", NBSP) + "," + decimals


@register.filter
def few(count: int) -> str:
    """A count of what others did: one under five is not told, but nothing is nothing."""
    return _("moins de %(n)d") % {"n": LEAST_TOLD} if is_small(count) else number(count)


@register.filter
def told(count: int) -> int:
    """The same as a bar: one that is not told has no length."""
    return 0 if is_small(count) else count


def is_small(count: int) -> bool:
    return 0 < count < LEAST_TOLD


@register.filter
def euros(cents: int | str | None) -> str:
    """Cents → "1 250 €" or "1 250,50 €"; 0 is "0 €"; None is "non communiqué"."""
    if cents is None or cents == "":
        return _("non communiqué")
    whole, rest = divmod(abs(int(cents)), 100)
    sign = "-" if int(cents) < 0 else ""
    return f"{sign}{_grouped(whole)}{f',{rest:02d}' if rest else ''}{NBSP}€"


@register.filter
def km(distance_km: float | str | None) -> str:
    """Kilometres → "12 km", under one "moins de 1 km"; None → "distance inconnue"."""
    if distance_km is None or distance_km == "":
        return _("distance inconnue")
    exact_km = float(distance_km)
    if exact_km < 1:
        return _("moins de 1 km").replace(" km", f"{NBSP}km")
    return f"{_grouped(round(exact_km))}{NBSP}km"


@register.filter
def hours(duration_hours: float | Decimal | str | None) -> str:
    """Hours → "35 heures", 7.5 → "7 h 30"; None → "non communiquée"."""
    if duration_hours is None or duration_hours == "":
        return _("non communiquée")
    whole, minutes = divmod(round(Decimal(str(duration_hours)) * 60), 60)
    if minutes:
        return f"{_grouped(whole)}{NBSP}h{NBSP}{minutes:02d}"
    return _grouped(whole) + NBSP + ngettext("heure", "heures", whole)


@register.filter
def level(european_level: int | None) -> str:
    """European level (0 = no diploma asked, 1..8) → words; None or anything else → "non communiqué"."""
    words = {
        0: _("sans diplôme"),
        1: _("savoirs de base"),
        2: _("avant le CAP"),
        3: _("CAP"),
        4: _("bac"),
        5: _("bac + 2"),
        6: _("bac + 3 ou 4"),
        7: _("bac + 5"),
        8: _("doctorat"),
    }
    try:
        return words[int(european_level)].replace(" + ", f"{NBSP}+{NBSP}")  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError):
        return _("non communiqué")


@register.filter
def modality(code: str | None) -> str:
    """onsite, mixed, remote → "sur place", "en partie à distance", "à distance"; anything else → "non communiqué"."""
    words = {"onsite": _("sur place"), "mixed": _("en partie à distance"), "remote": _("à distance")}
    return words.get(str(code), _("non communiqué"))


@register.filter
def page_range(page: Page[Any]) -> list[int | str]:
    """The page numbers to show for a Django page: first, last, neighbours, and "…" for a gap."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def bars(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each row {label, value, text?} its `percent` of the greatest value (0..100, one decimal); unknown → None."""
    known = [row["value"] for row in rows if row.get("value") is not None]
    top = max(known, default=0)
    drawn = []
    for row in rows:
        value = row.get("value")
        percent = None if value is None else round(100 * value / top, 1) if top else 0.0
        drawn.append({**row, "percent": None if percent is None else f"{percent:g}"})
    return drawn


@register.filter
def section(path: str | None) -> str:
    """The first part of an address: pages of one section have the same head."""
    return (path or "/").split("/", 2)[1] if (path or "").startswith("/") else ""


@register.filter
def under(path: str | None, root: str) -> bool:
    """True when the address `path` is `root` or lies below it: marks the current entry of the menu."""
    return (path or "").startswith(root)


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """The icon `name` as an inline SVG hidden from screen readers; KeyError if it does not exist."""
    return format_html(
        '<svg class="icon{}" width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        f" {css}" if css else "",
        ICONS[name],
    )


@register.simple_tag
def widget(field: BoundField, autocomplete: str = "", inputmode: str = "") -> SafeString:
    """Render a bound field's widget, with the autocomplete token and keyboard the page asks for."""
    attrs = {"autocomplete": autocomplete, "inputmode": inputmode}
    return field.as_widget(attrs={key: value for key, value in attrs.items() if value})


@register.simple_tag
def json_ld(content: dict[str, Any] | list[Any]) -> SafeString:
    """A `<script type="application/ld+json">` whose text cannot close the element."""
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False)
    for char, escape in (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026")):
        text = text.replace(char, escape)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped just above)
