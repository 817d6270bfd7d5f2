"""Two texts side by side, field by field: the words that go and the words that come are marked."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from portal.moderation.models import Moderated, Proposal

PIECE = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
# pairs of equal pieces that a comparison may have to weigh; 3,000 characters of French make some 5,000, the same
# word a hundred times makes 10,000. Beyond, two texts are shown whole.
MOST_PAIRS = 10_000
MOST_PIECES = 2_000
NOTHING = "–"


@dataclass(frozen=True)
class Compared:
    """One field: its name, the published text and the proposed one, marked where they differ."""

    name: str
    before: SafeString
    after: SafeString
    is_changed: bool


def compared(name: str, before: str, after: str) -> Compared:
    marked = marks(before, after)
    return Compared(name, *marked, is_changed=before != after)


def marks(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Both texts, escaped, with `<del>` around what goes and `<ins>` around what comes."""
    if before == after:
        return conditional_escape(before), conditional_escape(after)
    old, new = PIECE.findall(before), PIECE.findall(after)
    if _is_too_long(old, new):
        return format_html("<del>{}</del>", before), format_html("<ins>{}</ins>", after)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    gone = ((tag in ("delete", "replace"), "".join(old[i:j])) for tag, i, j, _k, _l in steps)
    come = ((tag in ("insert", "replace"), "".join(new[k:m])) for tag, _i, _j, k, m in steps)
    return _marked(gone, "del"), _marked(come, "ins")


def _is_too_long(old: list[str], new: list[str]) -> bool:
    if max(len(old), len(new)) > MOST_PIECES:
        return True
    often = Counter(new)
    return sum(count * often[piece] for piece, count in Counter(old).items()) > MOST_PAIRS


def _marked(parts: Iterable[tuple[bool, str]], tag: str) -> SafeString:
    shown = ((_in(tag, text) if is_marked else conditional_escape(text),) for is_marked, text in parts if text)
    return format_html_join("", "{}", shown)


def _in(tag: str, text: str) -> SafeString:
    return format_html("<del>{}</del>", text) if tag == "del" else format_html("<ins>{}</ins>", text)


def with_approved(row: Moderated) -> list[Compared]:
    """The approved content beside today's, field by field; empty for a row never approved."""
    if row.revision is None:
        return []
    before = row.content_lines(row.revision.content)
    return list(_side_by_side(before, row.content_lines(row.moderated_content())))


def _side_by_side(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> Iterator[Compared]:
    """Lines of the same name face each other; of several, the first faces the first."""
    places: dict[tuple[str, int], list[str]] = {}
    for side, lines in enumerate((before, after)):
        seen: dict[str, int] = {}
        for name, text in lines:
            seen[name] = seen.get(name, 0) + 1
            places.setdefault((name, seen[name]), [NOTHING, NOTHING])[side] = text
    for (name, _number), (old, new) in places.items():
        yield compared(name, old, new)


def with_proposed(proposal: Proposal) -> list[Compared]:
    """What an edit would change in its row, then the fields it leaves."""
    row = proposal.subject
    if not isinstance(row, Moderated):
        return []
    lines = [compared(*row.change_line(name, value)) for name, value in proposal.changes.items()]
    named = {line.name for line in lines}
    kept = [compared(name, text, text) for name, text in row.moderated_lines() if name not in named]
    return [*lines, *kept]
