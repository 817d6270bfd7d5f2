"""A part of a page that is always the same but for a few words, rendered once and filled in from then on."""

import re
from collections.abc import Iterator
from itertools import count

from django import template
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()
# what stands in a kept part where a value goes: no keyboard writes these
FIRST_MARK = 0xE020
MOST_VERSIONS = 300


class KeptNode(Node):
    """`versions`: what makes another text of the part; `holes`: name → the value that goes where the part names it."""

    def __init__(self, nodelist: NodeList, versions: list[FilterExpression], holes: dict[str, FilterExpression]):
        self.nodelist, self.versions, self.holes = nodelist, versions, tuple(holes.values())
        self.marks = dict(zip(holes, map(chr, count(FIRST_MARK)), strict=False))
        self.cut = re.compile(f"[{''.join(self.marks.values())}]") if holes else None
        self.kept: dict[tuple, tuple[list[str], list[int]]] = {}

    def render(self, context: Context) -> SafeString:
        key = (get_language(), *[str(version.resolve(context)) for version in self.versions])
        kept = self.kept.get(key)
        if kept is None:
            kept = self._render(context)
            if len(self.kept) >= MOST_VERSIONS:
                self.kept.clear()
            self.kept[key] = kept
        texts, places = kept
        if not places:
            return mark_safe(texts[0])  # noqa: S308 (a template made it)
        found = (hole.resolve(context) for hole in self.holes)
        values = ["" if value is None else conditional_escape(value) for value in found]
        return mark_safe("".join(_filled(texts, places, values)))  # noqa: S308 (a template made it, values are escaped)

    def _render(self, context: Context) -> tuple[list[str], list[int]]:
        with context.push(**{name: mark_safe(mark) for name, mark in self.marks.items()}):  # noqa: S308 (a sign)
            text = self.nodelist.render(context)
        if self.cut is None:
            return [text], []
        return self.cut.split(text), [ord(found[0]) - FIRST_MARK for found in self.cut.finditer(text)]


def _filled(texts: list[str], places: list[int], values: list[str]) -> Iterator[str]:
    yield texts[0]
    for place, text in zip(places, texts[1:], strict=True):
        yield values[place]
        yield text


@register.tag
def keep(parser: Parser, token: Token) -> KeptNode:
    """`{% keep sort is_demo url=address %}…{{ url }}…{% endkeep %}`: render once for each sort and is_demo.

    The part may read whatever it is kept by, and nothing else that changes; a named value is only written, escaped,
    where the part says `{{ name }}`: never tested, never filtered there. Kept in memory, with its template.
    """
    _name, *bits = token.split_contents()
    versions: list[FilterExpression] = []
    while bits and not re.match(r"\w+=", bits[0]):
        versions.append(parser.compile_filter(bits.pop(0)))
    holes = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"keep: {bits[0]!r} comes after a named value")
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeptNode(nodelist, versions, holes)
