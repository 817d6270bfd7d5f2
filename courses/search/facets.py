"""The facets: for each, its address parameter, its choices, and the condition each choice puts on rows.

Facts of an offering (place, cost, dates...) must all hold for one and the same offering of the course.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.enums import EntryMode, Funding, Modality
from courses.models import CourseProfile, CourseSkill, Offering, OfferingCost
from courses.search.distance import km_from
from courses.search.question import (
    RADII_KM,
    UNKNOWN,
    WHOLE_REGION,
    Answer,
    Cost,
    CourseQuestion,
    Duration,
    StartWindow,
)
from courses.search.starts import ONE_MONTH_DAYS, SIX_MONTHS_DAYS, THREE_MONTHS_DAYS, joinable_on, starting_within
from portal.reference.enums import Level

Conditions = Mapping[str, Q]


@dataclass(frozen=True)
class Facet:
    """One way to narrow. `conditions(question, values)` gives the condition of each of `values` on its rows.

    `path` leads from a row to its values where they are many: such a facet is counted by grouping, in its own query.
    """

    field: str
    name: str
    title: str | Promise
    rows: Literal["course", "offering"]
    conditions: Callable[[CourseQuestion, tuple[str, ...]], Conditions]
    path: str = ""

    def condition(self, question: CourseQuestion) -> Q | None:
        """The values asked, any of them; None when nothing is asked."""
        values = self.asked(question)
        if not values:
            return None
        either = Q()
        for condition in self.conditions(question, values).values():
            either |= condition
        return either

    def asked(self, question: CourseQuestion) -> tuple[str, ...]:
        if self.field == "radius_km":
            return (str(question.radius_km),) if question.has_reach else ()
        return getattr(question, self.field)


def _three_values(column: str):
    by_answer = {Answer.YES: Q(**{column: True}), Answer.NO: Q(**{column: False}), Answer.UNKNOWN: Q(**{column: None})}

    def conditions(question, values):
        return {value: by_answer[value] for value in values}

    return conditions


def _bounds(column: str, value: str, factor: int = 1) -> Q:
    """ "8-35" → between 8 and 35 inclusive; "601-" has no end; "0" is exactly 0; unknown is NULL and nothing else."""
    if value == UNKNOWN:
        return Q(**{f"{column}__isnull": True})
    low, dash, high = value.partition("-")
    if not dash:
        return Q(**{column: int(low) * factor})
    # up to 500 € ends where the range from 501 € begins: 500,50 € lies in between and counts as "up to 500"
    condition = Q(**{f"{column}__gt": (int(low) - 1) * factor}) if int(low) else Q(**{f"{column}__gte": 0})
    return condition & Q(**{f"{column}__lte": int(high) * factor}) if high else condition


def _costs(question, values):
    return {value: _bounds("cost_cents", value, factor=100) for value in values}


def _durations(question, values):
    return {value: _bounds("duration_hours", value) for value in values}


def _modalities(question, values):
    return {value: Q(modality=None) if value == UNKNOWN else Q(modality=value) for value in values}


def _entry_levels(question, values):
    return {value: Q(entry_level=None) if value == UNKNOWN else Q(entry_level=int(value)) for value in values}


def _starts(question: CourseQuestion, values):
    day, mine = question.day, {"offering": OuterRef("pk")}
    windows = {
        StartWindow.ONE_MONTH: (0, ONE_MONTH_DAYS),
        StartWindow.THREE_MONTHS: (ONE_MONTH_DAYS + 1, THREE_MONTHS_DAYS),
        StartWindow.SIX_MONTHS: (THREE_MONTHS_DAYS + 1, SIX_MONTHS_DAYS),
        StartWindow.LATER: (SIX_MONTHS_DAYS + 1, None),
    }
    permanent = Q(entry_mode=EntryMode.PERMANENT)
    made = {}
    for value in values:
        if value in windows:
            made[value] = Q(Exists(starting_within(day, *windows[value]).filter(**mine)))
        elif value == StartWindow.PERMANENT:
            made[value] = permanent
        else:
            dated = joinable_on(day).filter(starts_precision__in=["day", "month"], **mine)
            made[value] = ~permanent & Q(~Exists(dated))
    return made


def _radii(question: CourseQuestion, values):
    anywhere = Q(pk__isnull=False)
    return {
        value: anywhere if value == WHOLE_REGION else Q(modality=Modality.REMOTE) | Q(km__lte=float(value))
        for value in values
    }


def _departments(question, values):
    return {value: Q(commune__department=value) for value in values}


def _fundings(question, values):
    return {value: Q(fundings=[]) if value == UNKNOWN else Q(fundings__contains=[value]) for value in values}


def _profiles(question, values):
    links = CourseProfile.objects.filter(course=OuterRef("pk"))
    return {value: Q(Exists(links.filter(profile__slug=value))) for value in values}


def _skills(question, values):
    links = CourseSkill.objects.filter(course=OuterRef("pk"))
    return {value: Q(Exists(links.filter(skill__code=value))) for value in values}


ENTRY_LEVELS = [(str(value), label) for value, label in Level.choices] + [(UNKNOWN, _("non communiqué"))]
FUNDINGS = [*Funding.choices, (UNKNOWN, _("non communiqué"))]
RADII = [*((str(radius), f"{radius} km") for radius in RADII_KM), (WHOLE_REGION, _("toute l’Occitanie"))]
MODALITIES = [*Modality.choices, (UNKNOWN, _("non communiquée"))]

COST = Facet("costs", "cout", _("Reste à charge"), "offering", _costs)
RADIUS = Facet("radius_km", "rayon", _("Distance"), "offering", _radii)
DEPARTMENT = Facet("departments", "departement", _("Département"), "offering", _departments)
MODALITY = Facet("modalities", "modalite", _("Sur place ou à distance"), "offering", _modalities)
START = Facet("starts", "debut", _("Début"), "offering", _starts)
DURATION = Facet("durations", "duree", _("Durée"), "offering", _durations)
ENTRY_LEVEL = Facet("entry_levels", "niveau", _("Niveau demandé pour entrer"), "course", _entry_levels)
PROFILE = Facet("profiles", "metier", _("Métier visé"), "course", _profiles, "profile_links__profile__slug")
SKILL = Facet("skills", "competence", _("Compétence enseignée"), "course", _skills)
FUNDING = Facet("fundings", "financement", _("Qui peut financer"), "offering", _fundings)
CERTIFYING = Facet("certifying", "certifiante", _("Formation certifiante"), "course", _three_values("is_certifying"))
ACCESSIBLE = Facet(
    "accessible", "accessible", _("Accessible aux personnes handicapées"), "offering", _three_values("is_accessible")
)
FACETS = (
    COST,
    RADIUS,
    DEPARTMENT,
    MODALITY,
    START,
    DURATION,
    ENTRY_LEVEL,
    PROFILE,
    SKILL,
    FUNDING,
    CERTIFYING,
    ACCESSIBLE,
)
# the choices that do not depend on the words of the catalogue
FIXED_CHOICES = {
    COST.field: Cost.choices,
    RADIUS.field: RADII,
    MODALITY.field: MODALITIES,
    START.field: StartWindow.choices,
    DURATION.field: Duration.choices,
    ENTRY_LEVEL.field: ENTRY_LEVELS,
    FUNDING.field: FUNDINGS,
    CERTIFYING.field: Answer.choices,
    ACCESSIBLE.field: Answer.choices,
}


def has_distances(question: CourseQuestion) -> bool:
    """Whether offerings have a `km`: somebody said where they start from, and we know where that is."""
    return question.home is not None and question.home.is_located


def offerings_seen(question: CourseQuestion):
    """Offerings with what conditions and orders speak of: `cost_cents` for the audience, `starts_on`, `km`.

    `starts_on`: when the first session one can still join starts at the latest. `km` needs a located home.
    """
    costs = OfferingCost.objects.filter(offering=OuterRef("pk"), audience=question.audience)
    sessions = joinable_on(question.day).filter(offering=OuterRef("pk"))
    rows = Offering.objects.order_by().alias(
        cost_cents=Subquery(costs.values("left_to_pay_cents")[:1]),
        starts_on=Subquery(sessions.values("latest_start")[:1]),
    )
    home = question.home
    if home is None or home.latitude is None or home.longitude is None:
        return rows
    return rows.alias(km=km_from(home.latitude, home.longitude))
