"""The facets: for each, its address parameter, its choices, and the label by which a document carries a choice.

Facts of an offering (place, cost, dates...) must all hold for one and the same offering of the course.
"""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.enums import Funding, Modality
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
from portal.reference.enums import Level


# known by what it is, not by what it holds: a title in the reader's language is no key
@dataclass(frozen=True, eq=False)
class Facet:
    """One way to narrow. `of`: what its choices are facts of, hence how documents carry them.

    "offering" and "course": a known list, packed in documents; "place": départements; "km": distances from home;
    "profile": jobs; "name": one of so many that only those asked are counted (a skill, a body, a certification).
    """

    field: str
    name: str
    title: str | Promise
    of: Literal["offering", "course", "place", "km", "profile", "name"]

    def asked(self, question: CourseQuestion) -> tuple[str, ...]:
        if self.of == "km":
            return (str(question.radius_km),) if question.has_reach else ()
        return getattr(question, self.field)

    def label(self, value: str, question: CourseQuestion) -> str:
        """The label that a document carries for `value`."""
        who = f".{question.audience}" if self.field == "costs" else ""
        return f"{self.name}{who}={value}"

    @property
    def is_of_offering(self) -> bool:
        """Whether its choice must hold for the same offering as those of the other facets of this kind."""
        return self.of in ("offering", "place", "km")


LEVELS = [(str(value), label) for value, label in Level.choices] + [(UNKNOWN, _("non communiqué"))]
FUNDINGS = [*Funding.choices, (UNKNOWN, _("non communiqué"))]
RADII = [*((str(radius), f"{radius} km") for radius in RADII_KM), (WHOLE_REGION, _("toute l’Occitanie"))]
MODALITIES = [*Modality.choices, (UNKNOWN, _("non communiquée"))]

COST = Facet("costs", "cout", _("Reste à charge"), "offering")
RADIUS = Facet("radius_km", "rayon", _("Distance"), "km")
DEPARTMENT = Facet("departments", "departement", _("Département"), "place")
MODALITY = Facet("modalities", "modalite", _("Sur place ou à distance"), "offering")
START = Facet("starts", "debut", _("Début"), "offering")
DURATION = Facet("durations", "duree", _("Durée"), "offering")
ENTRY_LEVEL = Facet("entry_levels", "niveau", _("Niveau demandé pour entrer"), "course")
EXIT_LEVEL = Facet("exit_levels", "sortie", _("Niveau à la sortie"), "course")
PROFILE = Facet("profiles", "metier", _("Métier visé"), "profile")
SKILL = Facet("skills", "competence", _("Compétence enseignée"), "name")
FUNDING = Facet("fundings", "financement", _("Qui peut financer"), "offering")
CERTIFYING = Facet("certifying", "certifiante", _("Formation certifiante"), "course")
CERTIFICATION = Facet("certifications", "certification", _("Certification préparée"), "name")
ACCESSIBLE = Facet("accessible", "accessible", _("Accessible aux personnes handicapées"), "offering")
PROVIDER = Facet("providers", "organisme", _("Organisme"), "name")
CENTRE = Facet("centres", "cfa", _("CFA"), "name")
FACETS = (
    COST,
    RADIUS,
    DEPARTMENT,
    MODALITY,
    START,
    DURATION,
    ENTRY_LEVEL,
    EXIT_LEVEL,
    PROFILE,
    SKILL,
    FUNDING,
    CERTIFYING,
    CERTIFICATION,
    ACCESSIBLE,
    PROVIDER,
    CENTRE,
)
# the choices that do not depend on the words of the catalogue
FIXED_CHOICES = {
    COST.field: Cost.choices,
    RADIUS.field: RADII,
    MODALITY.field: MODALITIES,
    START.field: StartWindow.choices,
    DURATION.field: Duration.choices,
    ENTRY_LEVEL.field: LEVELS,
    EXIT_LEVEL.field: LEVELS,
    FUNDING.field: FUNDINGS,
    CERTIFYING.field: Answer.choices,
    ACCESSIBLE.field: Answer.choices,
}
