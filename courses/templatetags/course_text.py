"""Long texts of listings: plain text with "- " items, shown as paragraphs and lists."""

import re

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.web.templatetags.camins import typo

register = template.Library()

ITEM = re.compile(r"\s*[-–•*]\s+(?P<text>.*)")


@register.filter
@stringfilter
def paragraphs(text: str) -> SafeString:
    """Blank lines part paragraphs, lines that begin with "- " make a list; everything is escaped."""
    made: list[str] = []
    items: list[str] = []
    lines: list[str] = []

    def close() -> None:
        if lines:
            made.append(f"<p>{'<br>'.join(lines)}</p>")
        if items:
            made.append("<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>")
        lines.clear()
        items.clear()

    for line in text.strip().splitlines():
        item = ITEM.fullmatch(line)
        if item:
            if lines:
                close()
            items.append(typo(escape(item["text"].strip())))
        elif not line.strip():
            close()
        else:
            if items:
                close()
            lines.append(typo(escape(line.strip())))
    close()
    return mark_safe("\n".join(made))  # noqa: S308 (each line was escaped above)
