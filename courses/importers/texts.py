"""Foreign texts, often full of escaped HTML, as plain text: paragraphs on their own lines, "- " before items.

The result is plain: nothing in it is ever marked safe in a template, so nothing survives that could run.
"""

import re
import unicodedata
from html import unescape

import nh3

BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "html li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
INLINE = frozenset(
    "a abbr acronym b big br cite code em font i kbd label mark q s samp small span strike strong sub sup tt u".split()
)
DROPPED = frozenset("script style iframe object embed noscript template svg math title head select textarea".split())
KNOWN = "|".join(
    sorted(BLOCKS | INLINE | DROPPED | {"img", "input", "button", "meta", "link", "base", "video", "audio"})
)

# "<" that opens no known tag and carries no attribute is a sign of comparison ("< 26 ans"), to be kept as such.
SIGN = re.compile(rf"<(?!(?:{KNOWN})\b|!--|/[A-Za-z]|[A-Za-z][^<>=]*=)", re.IGNORECASE)
TAG_START = re.compile(rf"(?<!<)(?<!</)(?:</?)++(?=(?:{KNOWN})\b)", re.IGNORECASE)
MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!--|</?[A-Za-z][^<>]*=")
ENTITY = re.compile(r"&(?:[A-Za-z]{2,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
LINE_TAG = re.compile(rf"</?(?:br|{'|'.join(sorted(BLOCKS))})\b[^<>]*>", re.IGNORECASE)
ITEM = re.compile(r"\s*<li>\s*")
PARAGRAPH = re.compile(r"\s*</?(?:p|h[1-6]|ul|ol|table|blockquote|section|div|dl)>\s*")
BREAK = re.compile(rf"[ \t]*<(?:br|/?(?:{'|'.join(sorted(BLOCKS))}))>[ \t]*")
TAG = re.compile(r"<[^<>]*>")
SPACES = re.compile(r"[^\S\n]+")
BETWEEN_ITEMS = re.compile(r"^(- .*)\n\n(?=- )", re.MULTILINE)
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd-\uffff]"
)
PASSES = 4
FILLERS = re.compile(r"[\s.\-–—_*/?]*|n[./]?[car]\.?|non (?:renseigné|communiqué|précisé)e?s?\.?", re.IGNORECASE)


def plain_text(text: str) -> str:
    """`text` without markup, line breaks kept; empty when it only fills a compulsory field ("-", "NC")."""
    if not text.strip():
        return ""
    text = unicodedata.normalize("NFC", CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    for _pass in range(PASSES):  # some flows escape their HTML twice
        text = without_markup(text) if MARKUP.search(text) else unescape_once(text)
        if TAG_START.search(text) is None:
            break
    return tidy(TAG_START.sub("", text))


def plain_line(text: str) -> str:
    """`text` on one line, for names and titles."""
    return " ".join(plain_text(text).split())


def unescape_once(text: str) -> str:
    """Only whole entities: the address "?a=1&copy=2" keeps its ampersand."""
    return CONTROL.sub("", ENTITY.sub(lambda found: unescape(found[0]), text))


def without_markup(text: str) -> str:
    """HTML as text. nh3 drops scripts, attributes and unknown tags; what is left is only a handful of bare tags."""
    if LINE_TAG.search(text):
        text = " ".join(text.split())  # its line breaks are HTML's, not the source's
    clean = nh3.clean(
        SIGN.sub("&lt;", text),
        tags=set(BLOCKS | {"br"}),
        clean_content_tags=set(DROPPED),
        attributes={},
        strip_comments=True,
        link_rel=None,
    )
    clean = ITEM.sub("\n- ", clean)
    clean = PARAGRAPH.sub("\n\n", clean)
    clean = BREAK.sub("\n", clean)
    return unescape_once(TAG.sub("", clean))


def tidy(text: str) -> str:
    """Single spaces, no blank line at the ends, one at most between paragraphs, none inside a list."""
    lines = [SPACES.sub(" ", line).strip() for line in text.split("\n")]
    lines = [line for line in lines if line != "-"]
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    joined = BETWEEN_ITEMS.sub(r"\1\n", joined)
    return "" if FILLERS.fullmatch(joined) else joined
