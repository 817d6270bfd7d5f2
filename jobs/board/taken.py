"""The board taken away: an Atom feed and a table."""

import datetime
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.views.feed import DatedFeed
from jobs.board.filters import NeedFilterSet
from jobs.board.read import row_of
from jobs.models import NeedSkill
from portal.reference.enums import Importance
from portal.web.exports import readable
from portal.web.templatetags.camins import day as day_in_words

MOST_ENTRIES = 50
MOST_ROWS = 10_000


def feed(asked: NeedFilterSet) -> str:
    """The latest needs that answer, as Atom."""
    site, address = settings.CAMINS_SITE_URL, asked.address.without("vue")
    about = ", ".join(asked.names.values()) or _("tous")
    demo = [_("Données fictives de démonstration") + "."] if settings.CAMINS_DEMO else []
    made = DatedFeed(
        title=readable(_("Besoins d’employeurs : %(about)s") % {"about": about}) + " – Camins",
        link=site + address.url,
        description="",
        subtitle=readable(" ".join([*demo, *asked.not_understood])),
        language="fr",
        author_name="Camins",
        feed_url=site + address.on("jobs:needs_atom").url,
        made_at=timezone.make_aware(datetime.datetime.combine(asked.day, datetime.time())),
    )
    host = urlsplit(site).hostname
    for need in asked.found[:MOST_ENTRIES]:
        row = row_of(need)
        told = [
            row.profile,
            row.place or _("lieu non communiqué"),
            row.contract,
            _("postes : %(n)d") % {"n": row.headcount},
            _("souhaité le %(day)s") % {"day": day_in_words(row.wished_on)} if row.wished_on else "",
        ]
        made.add_item(
            title=readable(row.title),
            link=site + row.url,
            description=readable(", ".join(filter(None, told)) + "."),
            unique_id=f"tag:{host},2027:besoin-{row.pk}",
            author_name=readable(row.employer or _("employeur non nommé")),
            pubdate=need.published_at,
            updateddate=need.published_at,
        )
    return made.writeString("utf-8")


def table_header() -> list[str]:
    return [
        _("numéro"), _("intitulé"), _("métier"), _("employeur"), _("commune"), _("département"), _("à distance"),
        _("contrat"), _("postes"), _("date souhaitée"), _("indispensables"), _("souhaitées"), _("publié le"),
        _("valable jusqu'au"), _("adresse"),
    ]  # fmt: skip


def table_rows(asked: NeedFilterSet) -> Iterator[Sequence[object]]:
    """The needs that answer, at most 10 000; an employer that did not agree to be named has no name here."""
    links = NeedSkill.objects.select_related("skill").order_by("skill__label")
    remote = {True: _("oui"), False: _("non"), None: ""}
    for need in asked.found.prefetch_related(Prefetch("skill_links", links))[:MOST_ROWS]:
        row = row_of(need)
        skills: dict[str, list[str]] = {Importance.ESSENTIAL: [], Importance.DESIRABLE: []}
        for link in need.skill_links.all():
            skills[link.importance].append(link.skill.label)
        yield [
            row.pk, row.title, row.profile, row.employer or _("non nommé"), need.commune.name if need.commune else "",
            row.department, remote[need.is_remote], row.contract, row.headcount, row.wished_on,
            ", ".join(skills[Importance.ESSENTIAL]), ", ".join(skills[Importance.DESIRABLE]), row.posted_on,
            row.expires_on, settings.CAMINS_SITE_URL + row.url,
        ]  # fmt: skip
