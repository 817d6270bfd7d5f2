"""Courses of other bodies whose text this one repeats: a few candidates from the indexes, judged by their words."""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q
from django.utils.translation import gettext as _

from courses.checks import COPIED_PERCENT, SHOWN, WORD, copied_percent
from portal.moderation.models import Status

# what a body writes of its own; the other texts are the same everywhere, or short
COMPARED = ("summary", "objective", "what_you_learn")
CANDIDATES = 20
PASSAGE_WORDS = 8
SIREN = 9


def near_twin(course: Any, texts: Mapping[str, str]) -> str:
    """What a flag says of the course of another body that these texts repeat most; "" when there is none.

    `texts` by field, with the title: a title is no proof, it only helps to find. Reads at most 40 rows, found by the
    trigrams of the title and by a passage of the longest text.
    """
    own = [texts[name] for name in COMPARED]
    near = _near(course, texts["title"], max(own, key=len))
    judged = [(copied_percent("\n".join(own), _text_of(other)), -other.pk) for other in near.values()]
    percent, number = max(judged, default=(0, 0))
    if percent < COPIED_PERCENT:
        return ""
    other = near[-number]
    told = {"percent": percent, "title": other.title[:SHOWN], "number": other.pk, "body": other.provider.name[:SHOWN]}
    return _("%(percent)d pour cent du texte sont dans « %(title)s » (nº %(number)d) de %(body)s") % told


def _text_of(course: Any) -> str:
    return "\n".join(getattr(course, name) for name in COMPARED)


def _near(course: Any, title: str, longest: str) -> dict[int, Any]:
    siren = course.provider.organisation.siret[:SIREN]
    others = (
        type(course)
        ._default_manager.filter(status__in=(Status.PUBLISHED, Status.SUBMITTED))
        .exclude(provider__organisation__siret__startswith=siren)
        .select_related("provider")
        .only("title", *COMPARED, "provider__name")
        .order_by()
    )
    found = {each.pk: each for each in others.filter(title__trigram_similar=title)[:CANDIDATES]}
    passage = _passage(longest)
    if passage:
        said = SearchQuery(passage, config="fr", search_type="plain")
        found |= {each.pk: each for each in others.filter(Q(search=said))[:CANDIDATES]}
    return found


def _passage(text: str) -> str:
    """A few words from the middle of a text: whoever copied it has them all."""
    words = WORD.findall(text)
    middle = max(0, (len(words) - PASSAGE_WORDS) // 2)
    return " ".join(words[middle : middle + PASSAGE_WORDS]) if len(words) >= PASSAGE_WORDS else ""
