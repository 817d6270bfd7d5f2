"""What somebody asks of the catalogue, cleaned: plain values, hashable, free of the request and of the clock."""

import datetime
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from courses.enums import Audience
from portal.reference.models import Commune

RADII_KM = (10, 30, 50, 100)
DEFAULT_RADIUS_KM = 30
WHOLE_REGION = "region"
PAGE_SIZE = 20
# nobody reads further; a question that gives more should be narrowed
LAST_PAGE = 50
UNKNOWN = "inconnu"


class Sort(TextChoices):
    RELEVANCE = "pertinence", _("pertinence")
    DATE = "date", _("date de début")
    DISTANCE = "distance", _("distance")
    COST = "cout", _("reste à charge")
    DURATION = "duree", _("durée")


class Cost(TextChoices):
    """What is left to pay, in whole euros; each value is a range of its own, unknown among them."""

    FREE = "0", _("0 € à ma charge")
    UP_TO_500 = "1-500", _("jusqu’à 500 €")
    UP_TO_2000 = "501-2000", _("de 500 à 2 000 €")
    MORE = "2001-", _("plus de 2 000 €")
    UNKNOWN = UNKNOWN, _("non communiqué")


class Duration(TextChoices):
    """Total length in hours."""

    DAY = "0-7", _("une journée au plus (7 heures)")
    DAYS = "8-35", _("quelques jours (8 à 35 heures)")
    WEEKS = "36-210", _("quelques semaines (36 à 210 heures)")
    MONTHS = "211-600", _("quelques mois (211 à 600 heures)")
    MORE = "601-", _("plus de 600 heures")
    UNKNOWN = UNKNOWN, _("non communiquée")


class StartWindow(TextChoices):
    """When one can begin, in days from the day of the question."""

    ONE_MONTH = "30-jours", _("d’ici un mois")
    THREE_MONTHS = "90-jours", _("dans un à trois mois")
    SIX_MONTHS = "180-jours", _("dans trois à six mois")
    LATER = "plus-tard", _("plus tard")
    PERMANENT = "permanent", _("entrées toute l’année")
    UNKNOWN = UNKNOWN, _("date à venir")


class Answer(TextChoices):
    """A fact with three values."""

    YES = "oui", _("oui")
    NO = "non", _("non")
    UNKNOWN = UNKNOWN, _("non communiqué")


@dataclass(frozen=True)
class Home:
    """Where somebody starts from: a commune, by its centre. WGS84 degrees, None where the source gives none."""

    insee: str
    name: str
    department: str
    latitude: float | None
    longitude: float | None

    @classmethod
    def of(cls, commune: Commune) -> "Home":
        return cls(commune.insee, commune.name, commune.department_id, commune.latitude, commune.longitude)

    @property
    def is_located(self) -> bool:
        return self.latitude is not None and self.longitude is not None


@dataclass(frozen=True)
class CourseQuestion:
    """Values of one field widen it (or), fields narrow each other (and); an empty field asks nothing.

    `radius_km` only counts with a located `home`; None is the whole region. Courses entirely at a distance are
    within any radius.
    """

    day: datetime.date
    text: str = ""
    home: Home | None = None
    radius_km: int | None = DEFAULT_RADIUS_KM
    audience: str = Audience.JOBSEEKER
    departments: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()
    fundings: tuple[str, ...] = ()
    entry_levels: tuple[str, ...] = ()
    exit_levels: tuple[str, ...] = ()
    durations: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    certifying: tuple[str, ...] = ()
    accessible: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()
    # numbers of bodies; UAI of CFA
    providers: tuple[str, ...] = ()
    centres: tuple[str, ...] = ()
    # the text exactly as typed: no spelling is mended
    is_literal: bool = False
    sort: str = Sort.RELEVANCE
    page: int = 1

    def without(self, field: str) -> "CourseQuestion":
        """The same question with `field` asking nothing."""
        nothing: dict[str, Any] = {"radius_km": None, "text": ""}
        return replace(self, **{field: nothing.get(field, ()), "page": 1})

    @property
    def has_reach(self) -> bool:
        """Whether distance narrows the answers."""
        return self.home is not None and self.home.is_located and self.radius_km is not None
