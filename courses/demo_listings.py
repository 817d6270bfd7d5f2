"""Courses, offerings, sessions and certifications of the demonstration, as rows."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from courses.demo_bodies import TOWNS_BY_NAME
from courses.demo_data.catalogue import build_courses
from courses.demo_data.certifications import EXPIRED, EXPIRED_SINCE_DAYS, LABELLED
from courses.demo_data.formacodes import FORMACODE_NAMES
from courses.demo_data.shapes import CourseFacts, OfferingFacts, SessionFacts
from courses.demo_data.variety import number
from courses.enums import SkillOrigin
from courses.models import (
    ApprenticeshipCentre,
    Course,
    CourseProfile,
    CourseSkill,
    ImportSource,
    Offering,
    OfferingCost,
    Session,
    TrainingProvider,
)
from portal.moderation.actions import publish_trusted
from portal.reference.enums import Register
from portal.reference.models import Certification, Formacode, JobProfile, Occupation, Skill

BATCH = 1000
# listings that nobody confirmed for so many days: one says so to the public, its body is asked about both
UNCONFIRMED = {"rpa-02": 230, "sql-02": 190}
TEXTS = (
    "title",
    "summary",
    "objective",
    "for_whom",
    "entry_requirements",
    "what_you_learn",
    "how_you_learn",
    "how_assessed",
    "what_to_bring",
    "what_next",
)


def course_row(
    facts: CourseFacts,
    *,
    source: ImportSource,
    providers: dict[str, TrainingProvider],
    centres: dict[str, ApprenticeshipCentre],
    day: datetime.date,
    is_shown: bool = True,
) -> Course:
    provider, centre = providers[facts.provider], centres.get(facts.centre)
    home = centre.website if centre else provider.website
    return Course(
        provider=provider,
        centre=centre,
        slug=slugify(facts.title)[:80].strip("-"),
        entry_level=facts.entry_level,
        entry_level_is_mandatory=facts.entry_level_is_mandatory,
        exit_level=facts.exit_level,
        is_certifying=bool(facts.certification),
        certification_note=f"{facts.certification} (fictive)" if facts.certification else "",
        website=f"{home}/formations/{facts.key}" if number(f"{facts.key}site", 4) else "",
        source=source,
        external_id=facts.key,
        verified_on=day - datetime.timedelta(days=UNCONFIRMED.get(facts.key) or number(f"{facts.key}verified", 120)),
        created_at=_instant(day, -150 - number(f"{facts.key}created", 300)),
        published_at=_instant(day, -20 - number(f"{facts.key}published", 120)) if is_shown else None,
        **{name: getattr(facts, name) for name in TEXTS},
    )


def load_listings(rows: Sequence[tuple[CourseFacts, Course]], *, day: datetime.date) -> dict[str, Course]:
    """Create the courses with all that hangs on them; return them by key. They stay drafts."""
    Course.objects.bulk_create([course for _facts, course in rows], batch_size=BATCH)
    _load_links(rows, day=day)
    offerings = [(facts, _offering_row(facts, course)) for told, course in rows for facts in told.offerings]
    Offering.objects.bulk_create([row for _facts, row in offerings], batch_size=BATCH)
    OfferingCost.objects.bulk_create(_cost_rows(offerings, day), batch_size=BATCH)
    Session.objects.bulk_create(
        (_session_row(session, row, day) for facts, row in offerings for session in facts.sessions), batch_size=BATCH
    )
    return {facts.key: course for facts, course in rows}


def publish_listings(courses: Iterable[Course], *, origin: str) -> int:
    """Publish drafts through moderation's trusted door; return how many."""
    keys = [course.pk for course in courses]
    ready = Course.objects.filter(pk__in=keys).prefetch_related("offerings__costs").order_by("pk")
    return publish_trusted(list(ready), origin=origin)


def _instant(day: datetime.date, offset: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=offset), datetime.time(9)))


def _load_links(rows: Sequence[tuple[CourseFacts, Course]], *, day: datetime.date) -> None:
    skills = dict(Skill.objects.own_words().values_list("code", "pk"))
    profiles = dict(JobProfile.objects.values_list("slug", "pk"))
    CourseSkill.objects.bulk_create(
        (
            CourseSkill(
                course=course,
                skill_id=skills[code],
                level_required=asked,
                level_given=given,
                origin=_origin(course, code),
            )
            for facts, course in rows
            for code, (asked, given) in facts.skills.items()
        ),
        batch_size=BATCH,
    )
    CourseProfile.objects.bulk_create(
        (CourseProfile(course=course, profile_id=profiles[slug]) for facts, course in rows for slug in facts.profiles),
        batch_size=BATCH,
    )
    _load_codes(rows, day=day)


def _origin(course: Course, code: str) -> str:
    """Agents have looked at one skill in five."""
    is_validated = number(f"{course.external_id}{code}", 5) == 0
    return SkillOrigin.VALIDATED if is_validated else SkillOrigin.DECLARED


def _load_codes(rows: Sequence[tuple[CourseFacts, Course]], *, day: datetime.date) -> None:
    """Formacodes, ROME codes and the invented certifications."""
    Formacode.objects.bulk_create(
        (Formacode(code=code, label=label) for code, label in FORMACODE_NAMES.items()), ignore_conflicts=True
    )
    _load_certifications(rows, day=day)
    held = dict(Certification.objects.filter(register=Register.DEMO).values_list("number", "pk"))
    occupations = dict(Occupation.objects.values_list("code", "pk"))
    _link(Course.formacodes.through, "formacode_id", ((c, code) for f, c in rows for code in f.formacodes))
    _link(
        Course.occupations.through, "occupation_id", ((c, occupations[code]) for f, c in rows for code in f.occupations)
    )
    pairs = ((c, held[f.certification_number]) for f, c in rows if f.certification)
    _link(Course.certifications.through, "certification_id", pairs)


def _load_certifications(rows: Sequence[tuple[CourseFacts, Course]], *, day: datetime.date) -> None:
    """Those that courses lead to; one of them is over."""
    told = {facts.certification_number: facts for facts, _course in rows if facts.certification}
    Certification.objects.bulk_create(
        (
            Certification(
                register=Register.DEMO,
                number=key,
                title=facts.certification,
                level=facts.exit_level,
                certifier="Démonstration de Camins",
                **_validity(facts.certification, day),
            )
            for key, facts in told.items()
        ),
        ignore_conflicts=True,
    )


def _validity(title: str, day: datetime.date) -> dict[str, Any]:
    if title not in EXPIRED:
        return {"is_active": True}
    return {
        "is_active": False,
        "valid_until": day - datetime.timedelta(days=EXPIRED_SINCE_DAYS),
        "replaced_by": EXPIRED[title],
        "source": "démonstration, données fictives",
        "checked_on": day,
    }


def load_labels() -> None:
    """More certifications, and the codes that all of them carry: they are what votes for codes."""
    Certification.objects.bulk_create(
        (
            Certification(
                register=Register.DEMO,
                number=f"DEMO-V{rank:03d}",
                title=facts.title,
                level=facts.level,
                certifier="Démonstration de Camins",
                is_active=True,
            )
            for rank, facts in enumerate(LABELLED, 1)
        ),
        ignore_conflicts=True,
    )
    said = [(f.certification_number, f.occupations, f.formacodes) for f in build_courses() if f.certification]
    for rank, facts in enumerate(LABELLED, 1):
        said.append((f"DEMO-V{rank:03d}", tuple(facts.rome.split()), tuple(facts.formacodes.split())))
    numbers = dict(Certification.objects.filter(register=Register.DEMO).values_list("number", "pk"))
    occupations = dict(Occupation.objects.values_list("code", "pk"))
    rome = {(numbers[number], occupations[code]) for number, codes, _labels in said for code in codes}
    Certification.occupations.through.objects.bulk_create(
        Certification.occupations.through(certification_id=pk, occupation_id=other) for pk, other in sorted(rome)
    )
    labels = {(numbers[number], code) for number, _codes, codes in said for code in codes}
    Certification.formacodes.through.objects.bulk_create(
        Certification.formacodes.through(certification_id=pk, formacode_id=code) for pk, code in sorted(labels)
    )


def _link(through, column: str, pairs: Iterable[tuple[Course, object]]) -> None:
    through.objects.bulk_create((through(course_id=c.pk, **{column: other}) for c, other in pairs), batch_size=BATCH)


def _offering_row(facts: OfferingFacts, course: Course) -> Offering:
    town = TOWNS_BY_NAME.get(facts.town)
    provider = course.centre or course.provider
    at_home = town is not None and provider.commune_id == town.insee
    return Offering(
        course=course,
        external_id=facts.key,
        modality=facts.modality,
        rhythm=facts.rhythm,
        rhythm_note=facts.rhythm_note,
        entry_mode=facts.entry_mode,
        place_name=provider.name if at_home else "",
        address=provider.address if at_home else "",
        postcode=town.postcodes[0] if town else "",
        commune_id=town.insee if town else None,
        town=town.name if town else "",
        audience_note=facts.audience_note,
        admission=facts.admission,
        is_accessible=facts.is_accessible,
        accessibility_note=facts.accessibility_note,
        duration_hours=facts.hours_in_centre + facts.hours_in_company,
        hours_in_centre=facts.hours_in_centre,
        hours_in_company=facts.hours_in_company or None,
        duration_note=facts.duration_note,
        price_cents=facts.price_cents,
        can_be_funded=facts.can_be_funded,
        fundings=list(facts.fundings),
        funding_note=facts.funding_note,
    )


def _cost_rows(offerings: Iterable[tuple[OfferingFacts, Offering]], day: datetime.date) -> Iterator[OfferingCost]:
    """A known amount says who told it, and when; an unknown one has nobody to name."""
    for facts, row in offerings:
        stated_on = day - datetime.timedelta(days=number(f"{facts.key}stated", 120))
        for cost in facts.costs:
            is_known = cost.left_to_pay_cents is not None
            yield OfferingCost(
                offering=row,
                audience=cost.audience,
                left_to_pay_cents=cost.left_to_pay_cents,
                condition=cost.condition,
                source=row.course.provider.name if is_known else "",
                stated_on=stated_on if is_known else None,
            )


def first_day(facts: SessionFacts, day: datetime.date) -> datetime.date | None:
    """The first possible day: the next right weekday, or the first of the month or year that is told."""
    if facts.start_offset is None:
        return None
    start = day + datetime.timedelta(days=facts.start_offset)
    if facts.start_precision == "month":
        return start.replace(day=1)
    if facts.start_precision == "year":
        return start.replace(month=1, day=1)
    return start + datetime.timedelta(days=(facts.weekday - start.weekday()) % 7)


def _session_row(facts: SessionFacts, offering: Offering, day: datetime.date) -> Session:
    starts_on = first_day(facts, day)
    length = facts.length_days
    ends_on = None
    if starts_on is not None and length is not None and facts.start_precision == "day":
        ends_on = starts_on + datetime.timedelta(days=length)
    closes_on = None
    if starts_on is not None and facts.registration_lead_days is not None:
        closes_on = starts_on - datetime.timedelta(days=facts.registration_lead_days)
    is_told = facts.seats_left is not None
    return Session(
        offering=offering,
        external_id=facts.key,
        starts_on=starts_on,
        starts_precision=facts.start_precision,
        ends_on=ends_on,
        ends_precision="day" if ends_on else "unknown",
        registration_closes_on=closes_on,
        seats=facts.seats,
        seats_left=facts.seats_left,
        seats_said_by=offering.course.provider.name if is_told else "",
        seats_said_at=_instant(day, -1 - number(f"{facts.key}said", 12)) if is_told else None,
        recruitment=facts.recruitment,
        is_full=facts.is_full,
        note=facts.note,
    )
