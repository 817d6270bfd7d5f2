"""The filters of the search page: each box rendered once by its template, then filled with the counts of a question.

A hundred choices cost a template more than the search itself: the template runs once per box and version of the
words, with a mark wherever something depends on the question.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.web.templatetags.camins import number

TEMPLATE = "components/facet.html"
# what stands where the template says what depends on the question; no keyboard writes it, and no name keeps it
MARK = chr(0xE010)
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FacetBox:
    """One filter: its choices, how many courses each would give (none: not counted), which are taken."""

    name: str
    title: str
    choices: Pairs
    counts: Sequence[int] | None
    taken: tuple[str, ...]
    is_radio: bool = False
    stays_open: bool = False
    errors: list[str] = field(default_factory=list)
    language: str | None = None

    @property
    def html(self) -> SafeString:
        """The box, filled; what was typed by somebody is nowhere in it."""
        parts = _parts(self.name, self.title, self.choices, self.is_radio, self.language)
        fillings = [self._said, " open" if self._is_open else "", self._badge, *self._choice_fillings()]
        return mark_safe("".join(_interleaved(parts, fillings)))  # noqa: S308 (a template escaped every part)

    @property
    def _said(self) -> str:
        """What could not be understood of this filter."""
        return render_to_string("courses/partials/facet_errors.html", {"errors": self.errors}) if self.errors else ""

    @property
    def _is_open(self) -> bool:
        return self.stays_open or bool(self.errors) or (bool(self.taken) and not self.is_radio)

    @property
    def _badge(self) -> str:
        checked = 0 if self.is_radio else len(self.taken)
        if not checked:
            return ""
        one, many = _counted_words(self.language)[1]
        return f'<span class="badge badge-woad">{checked}{many if checked > 1 else one}</span>'

    def _choice_fillings(self) -> Iterable[str]:
        one, many = _counted_words(self.language)[0]
        for place, (value, _label) in enumerate(self.choices):
            yield " checked" if value in self.taken else ""
            if self.counts is None:
                yield ""
            else:
                count = self.counts[place]
                shown = number(count) if count > 999 else count
                yield f' <span class="count">{shown}{many if count > 1 else one}</span>'


@lru_cache
def _counted_words(language: str | None) -> tuple[tuple[str, str], tuple[str, str]]:
    """What a screen reader adds to a count of courses, then to a count of choices: for one, for several."""
    pairs = ((_("formation"), _("formations")), (_("choix coché"), _("choix cochés")))
    one, many = ([f'<span class="visually-hidden"> {words}</span>' for words in pair] for pair in pairs)
    return (one[0], one[1]), (many[0], many[1])


def _interleaved(parts: Sequence[str], fillings: Sequence[str]) -> Iterable[str]:
    yield parts[0]
    for filling, part in zip(fillings, parts[1:], strict=True):
        yield filling
        yield part


@lru_cache(maxsize=400)
def _parts(name: str, title: str, choices: Pairs, is_radio: bool, language: str | None) -> tuple[str, ...]:
    """The text of a box around its marks, in one language."""
    # names come from listings, where anything may have been pasted
    shown = [(value, words.replace(MARK, "")) for value, words in choices]
    context = {"name": name, "title": title, "choices": shown, "kind": "radio" if is_radio else "checkbox"}
    return tuple(get_template(TEMPLATE).render({"facet": context, "mark": MARK}).strip().split(MARK))
