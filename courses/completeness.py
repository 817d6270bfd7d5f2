"""How complete a listing is: of twenty things that people look for, how many it says, and which comes next.

Said to bodies in their space. Nothing is ranked by it but listings that would otherwise be level (docs/search.md).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.enums import Modality
from courses.models import Course, Offering

FEWEST_SKILLS = 3
Said = Callable[[Course], bool]


@dataclass(frozen=True)
class Item:
    """`where` is the part of the form to go to."""

    label: object
    is_said: Said
    where: str = ""


def _text(name: str) -> Said:
    return lambda course: bool(getattr(course, name))


def _offerings(is_said: Callable[[Offering], bool]) -> Said:
    """True when there is an offering, and of each of them."""

    def said(course: Course) -> bool:
        rows = course.offerings.all()
        return bool(rows) and all(is_said(row) for row in rows)

    return said


def _is_placed(offering: Offering) -> bool:
    return offering.commune_id is not None or offering.modality == Modality.REMOTE


ITEMS: tuple[Item, ...] = (
    Item(_("l’objectif"), _text("objective"), "objective"),
    Item(_("la présentation en quelques mots"), _text("summary"), "summary"),
    Item(_("ce qu’on apprend"), _text("what_you_learn"), "what_you_learn"),
    Item(_("pour qui"), _text("for_whom"), "for_whom"),
    Item(_("ce qu’il faut avant d’entrer"), _text("entry_requirements"), "entry_requirements"),
    Item(_("le niveau d’entrée"), lambda course: course.entry_level is not None, "entry_level"),
    Item(_("comment on apprend"), _text("how_you_learn"), "how_you_learn"),
    Item(_("comment c’est évalué"), _text("how_assessed"), "how_assessed"),
    Item(_("la suite possible"), _text("what_next"), "what_next"),
    Item(_("si elle est certifiante"), lambda course: course.is_certifying is not None, "is_certifying"),
    Item(_("au moins trois compétences"), lambda course: len(course.skill_links.all()) >= FEWEST_SKILLS, "skill_links"),
    Item(_("un métier visé"), lambda course: bool(course.profile_links.all()), "profile_links"),
    Item(_("au moins un code ROME"), lambda course: bool(course.occupations.all()), "occupations"),
    Item(_("au moins un Formacode"), lambda course: bool(course.formacodes.all()), "formacodes"),
    Item(_("où et comment elle se suit"), _offerings(_is_placed), "offerings"),
    Item(_("la durée"), _offerings(lambda each: each.duration_hours is not None), "offerings"),
    Item(_("le prix"), _offerings(lambda each: each.price_cents is not None), "offerings"),
    Item(_("si elle peut être prise en charge"), _offerings(lambda each: each.can_be_funded is not None), "offerings"),
    Item(_("l’accès aux personnes handicapées"), _offerings(lambda each: each.is_accessible is not None), "offerings"),
    Item(
        _("au moins une session datée"),
        lambda course: any(each.starts_on for row in course.offerings.all() for each in row.sessions.all()),
        "sessions",
    ),
)


@dataclass(frozen=True)
class Completeness:
    """`said` of `total` things; `missing` in the order of their use to people."""

    said: int
    total: int
    missing: tuple[Item, ...]

    @property
    def next(self) -> Item | None:
        return self.missing[0] if self.missing else None


def completeness(course: Course) -> Completeness:
    """Read it on rows of `with_what_counts`: the number of queries is then fixed."""
    missing = tuple(item for item in ITEMS if not item.is_said(course))
    return Completeness(len(ITEMS) - len(missing), len(ITEMS), missing)


def with_what_counts(courses: QuerySet[Course]) -> QuerySet[Course]:
    return courses.prefetch_related("offerings__sessions", "skill_links", "profile_links", "occupations", "formacodes")


def incomplete(courses: Iterable[Course]) -> list[Course]:
    return [course for course in courses if completeness(course).missing]
