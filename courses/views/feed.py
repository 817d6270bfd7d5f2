"""A search as an Atom feed: its first answers, in its order."""

import datetime
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from courses.enums import Audience
from courses.filters import CourseFilterSet
from courses.search.cards import CourseCard, card_of
from courses.search.taken import first_found, taken
from courses.views.search_words import search_in_words
from portal.web.exports import readable
from portal.web.templatetags.camins import euros, hours, partial_day

MOST_ENTRIES = 50
ATOM = "application/atom+xml; charset=utf-8"


class DatedFeed(Atom1Feed):
    """A feed without entries is of the day of the search, not of the moment it is read."""

    def __init__(self, *args, made_at: datetime.datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.made_at = made_at

    def latest_post_date(self) -> datetime.datetime:
        return super().latest_post_date() if self.items else self.made_at


def feed(asked: CourseFilterSet) -> str:
    question, address = asked.question, asked.address.without("page")
    site, query = settings.CAMINS_SITE_URL, f"?{address.query}" if address.pairs else ""
    who = _("Restes à charge pour : %(who)s.") % {"who": Audience(question.audience).label}
    demo = [_("Données fictives de démonstration") + "."] if settings.CAMINS_DEMO else []
    made = DatedFeed(
        title=readable(search_in_words(question)) + " – Camins",
        link=site + address.url,
        description="",
        subtitle=readable(" ".join([who, *demo, *asked.not_understood])),
        language="fr",
        author_name="Camins",
        feed_url=site + reverse("courses:search_atom") + query,
        made_at=_instant(question.day.isoformat()),
    )
    host = urlsplit(site).hostname
    found = first_found(question, asked.state, MOST_ENTRIES)
    for each in taken(found.hits):
        place = each.places[0] if each.places else None
        card = card_of(each.course_id, each.facts, place, question, None)
        made.add_item(
            title=readable(card.title),
            link=site + card.url + query,
            description=readable(_summary(card)),
            unique_id=f"tag:{host},2027:formation-{each.course_id}",
            author_name=readable(card.provider),
            pubdate=_instant(each.facts["published_at"]),
            updateddate=_updated(each.facts),
        )
    return made.writeString("utf-8")


def _summary(card: CourseCard) -> str:
    """What it is, then what the card says, unknown said to be so."""
    known = [
        (_("reste à charge"), euros(card.cost_cents)),
        (_("prochaine date"), _start(card)),
        (_("durée"), hours(card.duration_hours)),
        (_("lieu"), _("à distance") if card.modality == "remote" else card.town or _("non communiqué")),
    ]
    facts = ", ".join(f"{name} : {value}" for name, value in known)
    return " ".join(each for each in (card.summary, facts[:1].upper() + facts[1:] + ".") if each)


def _start(card: CourseCard) -> str:
    if card.is_permanent and card.starts_on is None:
        return _("entrées toute l’année")
    return partial_day(card.starts_on, card.starts_precision)


def _updated(facts: Mapping[str, Any]) -> datetime.datetime:
    """The latest that is known: published, or found to be still right."""
    return max(_instant(each) for each in (facts["published_at"], facts["verified_on"]) if each)


def _instant(text: str) -> datetime.datetime:
    """A moment as documents write it; a day begins at midnight in Paris."""
    found = datetime.datetime.fromisoformat(text)
    return found if timezone.is_aware(found) else timezone.make_aware(found)
