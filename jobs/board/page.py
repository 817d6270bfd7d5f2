"""The context of board_need.html: one open need."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from jobs.board.letters import address_of
from jobs.board.read import employer_of, need_url, place_of, posted_on, slug_of
from jobs.board.structured import structured
from jobs.employers.summary import salary
from jobs.enums import Commitment
from jobs.models import EmployerNeed
from portal.reference.enums import Importance
from portal.web.templatetags.camins import day as day_in_words
from portal.web.templatetags.camins import level, number


def need_page(need: EmployerNeed, day: datetime.date) -> dict[str, Any]:
    links = list(need.skill_links.all())
    labels = dict(Commitment.choices)
    return {
        "need": need,
        "profile": need.profile if need.profile is not None and need.profile.is_shown else None,
        "employer": employer_of(need),
        "facts": _facts(need),
        "posted_on": posted_on(need),
        "skills": [
            (_("Indispensables"), [link for link in links if link.importance == Importance.ESSENTIAL]),
            (_("Souhaitées"), [link for link in links if link.importance == Importance.DESIRABLE]),
        ]
        if links
        else [],
        "commitments": [labels[key] for key in need.commitments if key in labels],
        "courses_url": courses_url(need),
        "contact_url": reverse("jobs:need_contact", args=[slug_of(need), need.pk]) if address_of(need) else "",
        "day": day,
        "canonical_url": settings.CAMINS_SITE_URL + need_url(need),
        "structured_data": structured(need),
        "breadcrumb": [{"title": _("Besoins d’employeurs"), "url": reverse("jobs:needs")}, {"title": need.title}],
    }


def courses_url(need: EmployerNeed) -> str:
    """The courses that lead to its job, from its town where it has one; by its first skills without a job."""
    asked: list[tuple[str, str]] = []
    if need.profile is not None and need.profile.is_shown:
        asked.append(("metier", need.profile.slug))
    else:
        asked += [("competence", link.skill.code) for link in need.skill_links.all()[:3]]
    if need.commune:
        asked.append(("lieu", f"{need.commune.name} ({need.commune.insee})"))
    return f"{reverse('courses:search')}?{urlencode(asked)}"


def _facts(need: EmployerNeed) -> list[dict[str, str]]:
    place, unknown = place_of(need), _("non communiqué")
    paid = salary(need.salary_min_euros, need.salary_max_euros)
    return [
        {"term": _("Contrat"), "value": str(need.get_contract_display()), "icon": "briefcase"},
        {"term": _("Postes"), "value": number(need.headcount), "icon": "people"},
        {"term": _("Lieu"), "value": place or unknown, "icon": "pin", "tone": "" if place else "unknown"},
        {
            "term": _("Date souhaitée"),
            "value": day_in_words(need.wished_on) or unknown,
            "icon": "calendar",
            "tone": "" if need.wished_on else "unknown",
        },
        {
            "term": _("Niveau"),
            "value": str(level(need.level)),
            "icon": "steps",
            "tone": "" if need.level is not None else "unknown",
        },
        *([{"term": _("Salaire brut par an"), "value": paid, "icon": "euro"}] if paid else []),
    ]
