"""Rows of the base in one line each, published unless told otherwise."""

from datetime import date

from courses.models import Course, CourseProfile, CourseSkill, Offering, OfferingCost, Session, TrainingProvider
from portal.accounts.models import Organisation
from portal.moderation.actions import publish_trusted
from portal.reference.models import (
    Commune,
    Department,
    JobProfile,
    JobProfileAlias,
    JobTitle,
    Occupation,
    ProfileSkill,
    Skill,
)
from portal.reference.models.place import commune_key
from portal.reference.wording import title_key


def make_skill(code):
    return Skill.objects.get_or_create(code=code, defaults={"label": code.title(), "key": title_key(code)})[0]


def make_profile(slug, *aliases, name="", essential=(), desirable=(), **fields):
    name = name or slug.replace("-", " ").capitalize()
    profile = JobProfile.objects.create(slug=slug, name=name, key=title_key(name), summary="…", **fields)
    for alias in aliases:
        JobProfileAlias.objects.create(profile=profile, label=alias, key=title_key(alias))
    for importance, codes in (("essential", essential), ("desirable", desirable)):
        for code in codes:
            ProfileSkill.objects.create(profile=profile, skill=make_skill(code), importance=importance, level=2)
    return profile


def make_occupation(code, label, *titles, **fields):
    job = Occupation.objects.create(code=code, label=label, key=title_key(label), **fields)
    for title in (label, *titles):
        JobTitle.objects.create(occupation=job, label=title, key=title_key(title), is_main=title == label)
    return job


def make_town(insee, name, latitude, longitude, postcode="", population=10_000):
    department, _ = Department.objects.get_or_create(code=insee[:2], defaults={"name": f"Département {insee[:2]}"})
    return Commune.objects.create(
        insee=insee,
        name=name,
        key=commune_key(name),
        department=department,
        postcodes=[postcode or insee],
        population=population,
        latitude=latitude,
        longitude=longitude,
    )


def make_course(title="Formation", *, teaches=(), profile=None, offer=True, published=True, **fields):
    """A course that teaches each code from nothing to practice; `offer` gives it one offering, or its fields."""
    organisation, _ = Organisation.objects.get_or_create(siret="13002526500013", defaults={"name": "Organisme"})
    provider, _ = TrainingProvider.objects.get_or_create(
        organisation=organisation, defaults={"name": "Organisme", "slug": "organisme"}
    )
    course = Course.objects.create(provider=provider, title=title, slug="formation", **fields)
    for code in teaches:
        CourseSkill.objects.create(course=course, skill=make_skill(code), level_given=2)
    if profile:
        CourseProfile.objects.create(course=course, profile=profile)
    if offer:
        make_offering(course, **(offer if isinstance(offer, dict) else {}))
    if published:
        publish_trusted([course], origin="test")
    return course


def make_offering(course, *, starts=("2027-03-01",), cost_cents=None, audience="jobseeker", **fields):
    fields = {"modality": "onsite", **fields}
    offering = Offering.objects.create(course=course, **fields)
    for day in starts:
        Session.objects.create(offering=offering, starts_on=date.fromisoformat(day), ends_precision="unknown")
    if cost_cents is not None:
        OfferingCost.objects.create(
            offering=offering,
            audience=audience,
            left_to_pay_cents=cost_cents,
            source="test",
            stated_on=date(2027, 1, 1),
        )
    return offering
