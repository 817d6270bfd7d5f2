"""What the design may weigh, and the contrasts it keeps, in light and in dark."""

import gzip
import io
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from fontTools.ttLib import TTFont

from portal.web.outlines import OUTLINES, department_map, quantile_of

ROOT = Path(__file__).resolve().parents[3]
CSS = [ROOT / "static" / "css" / name for name in ("tokens.css", "base.css", "components.css", "print.css")]
KB = 1024
FACES = ("fonts/atkinson-regular.woff2", "fonts/atkinson-bold.woff2")


def packed(*paths: Path) -> int:
    """Bytes the files weigh together, each compressed alone as a server sends them."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def test_style_sheets_stay_under_ten_kilobytes():
    assert packed(*CSS) <= 10 * KB
    assert sum(len(path.read_text().splitlines()) for path in CSS) < 700


def test_scripts_stay_under_seventeen_kilobytes():
    site = ROOT / "static" / "js" / "site.js"
    assert site.stat().st_size < 4 * KB
    assert packed(site, Path(finders.find("django_htmx/htmx-2.min.js"))) <= 17 * KB


def test_the_two_fonts_are_built_light_and_french():
    faces = [Path(finders.find(name)).read_bytes() for name in FACES]
    assert all(len(face) <= 36 * KB for face in faces)
    assert sum(map(len, faces)) <= 36 * KB
    for face in faces:
        assert face[:4] == b"wOF2"
        known = TTFont(io.BytesIO(face)).getBestCmap()
        assert not [char for char in "aàâæçéèêëîïôœùûüÿÀÉÇŒ’«»…–€0123456789²%·\u00a0" if ord(char) not in known]


def test_the_font_licence_travels_with_the_fonts():
    assert "SIL OPEN FONT LICENSE" in Path(finders.find("fonts/atkinson-licence.txt")).read_text().upper()


def test_a_font_is_built_once():
    first = Path(finders.find(FACES[0]))
    built_at = first.stat().st_mtime_ns
    assert Path(finders.find(FACES[0])).stat().st_mtime_ns == built_at
    assert finders.find("fonts/other.woff2") is None


# --- map


def drawn_map(counts: dict[str, int]) -> str:
    departments = department_map(
        counts, url_for=lambda code: f"/formations/?departement={code}", say=lambda n: f"{n} formations"
    )
    return render_to_string("components/map.html", {"departments": departments, "title": "t", "unit_title": "u"})


def test_the_map_weighs_at_most_four_kilobytes():
    page = drawn_map({"31": 82, "34": 61, "12": 9})
    assert len(gzip.compress(page.encode(), 9)) <= 4 * KB


def test_each_departement_is_a_named_link_and_a_table_row():
    page = drawn_map({"31": 82, "30": 12})
    assert len(OUTLINES) == page.count("<path ") == page.count('<tr><th scope="row"') == 13
    assert 'aria-label="Gard\N{NO-BREAK SPACE}: 12 formations"' in page
    assert 'aria-label="Lozère\N{NO-BREAK SPACE}: 0 formations"' in page
    assert page.count('href="/formations/?departement=30"') == 2


def test_nothing_has_its_own_colour_and_the_rest_goes_by_quarters():
    counts = [0, 0, 1, 2, 3, 4, 5, 6, 7, 80]
    assert [quantile_of(count, counts) for count in counts] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert quantile_of(0, []) == 0
    assert quantile_of(3, [3, 3]) == 1


def test_numbers_drawn_in_the_map_are_never_localised():
    assert not re.search(r' [xy]="\d+\s\d', drawn_map({"31": 12_000}))


# --- colours

TEXT, MARK = 4.5, 3.0
PAIRS = [
    *[
        (text, ground, TEXT)
        for text in ("ink", "slate", "woad", "brick", "garrigue")
        for ground in ("paper", "card", "sand")
    ],
    ("woad-deep", "woad-tint", TEXT),
    ("woad", "woad-tint", TEXT),
    ("ink", "woad-tint", TEXT),
    ("slate", "woad-tint", TEXT),
    ("brick", "brick-tint", TEXT),
    ("ink", "brick-tint", TEXT),
    ("garrigue", "garrigue-tint", TEXT),
    ("ink", "garrigue-tint", TEXT),
    ("ink", "sun-tint", TEXT),
    ("on-sun", "sun", TEXT),
    ("on-woad", "woad", TEXT),
    ("on-woad", "woad-deep", TEXT),
    ("card", "brick", TEXT),
    *[("on-map", f"map-{step}", TEXT) for step in range(3)],
    ("on-map-3", "map-3", TEXT),
    ("on-map-4", "map-4", TEXT),
    ("edge", "card", MARK),
    ("edge", "paper", MARK),
    ("wall", "card", MARK),
    ("wall", "paper", MARK),
    ("ring", "sun", MARK),
]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", block))


def palettes() -> dict[str, dict[str, str]]:
    source = re.sub(r"/\*.*?\*/", "", CSS[0].read_text(), flags=re.S)
    light = tokens(re.search(r":root \{(.*?)\}", source, re.S)[1])
    by_device = tokens(re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\}', source, re.S)[1])
    by_choice = tokens(re.search(r':root\[data-theme="dark"\] \{(.*?)\}', source, re.S)[1])
    return {"light": light, "device": {**light, **by_device}, "choice": {**light, **by_choice}}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two #rrggbb colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_ruler_measures_what_the_standard_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("palette", ["light", "device"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_contrast(palette, front, ground, least):
    colours = palettes()[palette]
    assert contrast(colours[front], colours[ground]) >= least


def test_both_ways_into_the_dark_are_the_same_dark():
    dark = palettes()
    assert dark["device"] == dark["choice"]
    colours = {name for name, value in dark["light"].items() if value.startswith("#")}
    assert [name for name in sorted(colours - {"on-sun"}) if dark["choice"][name] == dark["light"][name]] == []


def test_colours_live_in_the_tokens_only():
    """Save black and white on paper, and the heart of the sunflower."""
    strays = {
        path.name: set(
            re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])", re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S))
        )
        for path in CSS[1:3]
    }
    assert strays == {"base.css": set(), "components.css": {"#6e2412"}}


# --- content security policy

FORBIDDEN = {
    "inline style": re.compile(r"<[a-z][^>]*\sstyle="),
    "style element": re.compile(r"<style\b"),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)"),
    "handler attribute": re.compile(r"<[a-z][^>]*\s(?:on[a-z]+|hx-on[^\s=]*)="),
    "evaluated attribute": re.compile(r"hx-(?:vals|headers)=['\"]js:"),
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_no_template_needs_an_unsafe_policy(name):
    guilty = [path.name for path in (ROOT / "templates").rglob("*.html") if FORBIDDEN[name].search(path.read_text())]
    assert guilty == []


@pytest.mark.parametrize("planted", ['<p style="a">', "<style>", "<script>x", '<a onclick="x">', "<a hx-vals='js:x'>"])
def test_each_breach_would_be_seen(planted):
    assert any(rule.search(planted) for rule in FORBIDDEN.values())


def test_components_are_short_and_say_what_they_take():
    for path in (ROOT / "templates" / "components").glob("*.html"):
        source = path.read_text()
        assert len(source.splitlines()) <= 120, path.name
        assert source.startswith(("{#", "{% comment %}")), path.name
