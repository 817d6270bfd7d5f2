"""Texts of foreign files become plain: nothing is lost that people read, nothing stays that a browser runs."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.importers.texts import TAG_START, plain_line, plain_text


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("<p>Un.</p><p>Deux <b>gras</b>.</p>", "Un.\n\nDeux gras."),
        ("Un<br/>deux", "Un\ndeux"),
        ("<p>Programme :</p><ul><li>Python</li><li>SQL</li></ul><p>Fin</p>", "Programme :\n\n- Python\n- SQL\n\nFin"),
        ("ligne 1\nligne 2\n\n\n\nligne 3", "ligne 1\nligne 2\n\nligne 3"),
        ("&lt;p&gt;échappé deux fois&lt;/p&gt;", "échappé deux fois"),
        ("R&amp;D, caf&eacute;, A&T, ?a=1&copy=2", "R&D, café, A&T, ?a=1&copy=2"),
        ("moins de 26 ans : < 26, plus : >= 26", "moins de 26 ans : < 26, plus : >= 26"),
        ("<moins de 26 ans", "<moins de 26 ans"),
        ("a\u00a0: b\tc", "a : b c"),
    ],
)
def test_what_people_read_is_kept(source, plain):
    assert plain_text(source) == plain


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("IA <p onclick=oc31()>IA</p>", "IA\n\nIA"),
        ("<script>alert(1)</script>bon", "bon"),
        ("<img src=x onerror=alert(1)>", ""),
        ("<xss onmouseover=alert(1)>x</xss>", "x"),
        ("<svg><script>1</script></svg>t", "t"),
        ("<a href='javascript:alert(1)'>lien</a>", "lien"),
        ("<scr<script>ipt>alert(1)</scr</script>ipt>", ""),
        ("x <!-- <script> --> y", "x y"),
        ("un\u202etxt\u0000", "untxt"),
    ],
)
def test_what_a_browser_would_run_is_gone(source, plain):
    assert plain_text(source) == plain


@pytest.mark.parametrize(
    "filler", ["-", " - ", ".", "NC", "n.c.", "N/A", "Non communiqué", "non renseignée.", "", "  ", "--"]
)
def test_a_filler_is_nothing(filler):
    assert plain_text(filler) == ""


def test_a_title_holds_on_one_line():
    assert plain_line("\nTitre professionnel\n d'accompagnateur\n") == "Titre professionnel d'accompagnateur"


PIECES = [
    "<",
    ">",
    "&lt;",
    "&gt;",
    "&amp;",
    "script",
    "/",
    "p",
    "svg",
    " ",
    "onload=",
    '"',
    "a",
    "li",
    "<!--",
    "-->",
    "\n",
    "é",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_known_tag_ever_survives(source):
    assert TAG_START.search(plain_text(source)) is None


@given(st.text(max_size=300))
def test_any_text_comes_out_tidy(source):
    plain = plain_text(source)
    assert plain == plain.strip()
    assert "\n\n\n" not in plain
    assert "  " not in plain


@pytest.mark.parametrize(
    "piece", ["<", "</", "&lt;", "&amp;", "<p>", "<a ", "<a=", "a<b", "\n- ", "- \n\n", " ", "<!--", "&"]
)
def test_a_long_hostile_text_takes_no_time(piece):
    began = time.process_time()
    plain_text(piece * (3_000 // len(piece)))
    assert time.process_time() - began < 0.5
