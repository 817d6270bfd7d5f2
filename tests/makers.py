"""Rows for tests: a test states what matters, the rest has sensible values. Published by moderation's own verbs."""

import datetime
from collections.abc import Iterable, Mapping
from itertools import count

from django.utils.text import slugify

from courses.models import (
    ApprenticeshipCentre,
    Course,
    CourseProfile,
    CourseSkill,
    Offering,
    OfferingCost,
    QualiopiCertificate,
    Session,
    TrainingProvider,
)
from portal.accounts.actions import join
from portal.accounts.enums import OrganisationKind, Role
from portal.accounts.models import Organisation, User
from portal.moderation.actions import publish_trusted
from portal.reference.enums import Importance
from portal.reference.models import Commune, Department, JobProfile, JobProfileAlias, ProfileSkill, Skill, SkillAlias
from portal.reference.models.place import commune_key
from portal.reference.numbers import luhn_is_right
from portal.reference.wording import title_key

DAY = datetime.date(2027, 1, 15)
IN_A_MONTH = DAY + datetime.timedelta(days=30)
ORIGIN = "tests"
_numbers = count(1)

# (département, latitude, longitude, postcode) of real towns: distances in tests are true ones
TOWNS = {
    "Rodez": ("12", 44.3526, 2.5740, "12000"),
    "Toulouse": ("31", 43.6045, 1.4440, "31000"),
    "Montpellier": ("34", 43.6119, 3.8772, "34000"),
    "Mende": ("48", 44.5181, 3.5008, "48000"),
    "Albi": ("81", 43.9277, 2.1480, "81000"),
    "Onet-le-Château": ("12", 44.3650, 2.5580, "12850"),
    "Auch": ("32", 43.6460, 0.5850, "32000"),
}
DEPARTMENTS = {"12": "Aveyron", "31": "Haute-Garonne", "32": "Gers", "34": "Hérault", "48": "Lozère", "81": "Tarn"}


def in_days(days: int) -> datetime.date:
    """A day counted from the day of the tests."""
    return DAY + datetime.timedelta(days=days)


def publish(row):
    """Publish one row through the verb of moderation; gives the row."""
    publish_trusted([row], origin=ORIGIN)
    return row


def make_siret() -> str:
    """A SIRET nobody has, right by its Luhn check."""
    body = f"{900_000_000_0000 + next(_numbers):013d}"
    return next(body + digit for digit in "0123456789" if luhn_is_right(body + digit))


def make_department(*, code: str = "12") -> Department:
    return Department.objects.get_or_create(code=code, defaults={"name": DEPARTMENTS.get(code, f"Département {code}")})[
        0
    ]


def make_commune(name: str = "Rodez", *, department: str = "", insee: str = "", **fields) -> Commune:
    """A commune; a town of TOWNS comes with its true place, and is the same row when asked twice."""
    known = TOWNS.get(name)
    if known and not department:
        found = Commune.objects.filter(key=commune_key(name)).select_related("department").first()
        if found:
            return found
    code, latitude, longitude, postcode = known or (department or "12", None, None, "")
    values = {
        "latitude": latitude,
        "longitude": longitude,
        "postcodes": [postcode] if postcode else [],
        "population": 1_000,
        **fields,
    }
    return Commune.objects.create(
        insee=insee or f"{department or code}{next(_numbers) % 999:03d}",
        name=name,
        key=commune_key(name),
        department=make_department(code=department or code),
        **values,
    )


def make_skill(label: str = "Python", *, aliases: Iterable[str] = (), **fields) -> Skill:
    found = Skill.objects.filter(label=label).first()
    if found:
        return found
    skill = Skill.objects.create(code=slugify(label)[:60], label=label, key=title_key(label), **fields)
    SkillAlias.objects.bulk_create(SkillAlias(skill=skill, label=alias, key=title_key(alias)) for alias in aliases)
    return skill


def make_profile(
    name: str = "Data analyst", *, aliases: Iterable[str] = (), skills: Mapping[Skill, int] | None = None, **fields
) -> JobProfile:
    """A job of AI; `skills`: skill → level wanted, all essential."""
    values = {"slug": slugify(name)[:60], "summary": f"{name} : en une phrase.", **fields}
    profile = JobProfile.objects.create(name=name, key=title_key(name), **values)
    JobProfileAlias.objects.bulk_create(
        JobProfileAlias(profile=profile, label=alias, key=title_key(alias)) for alias in aliases
    )
    for skill, level in (skills or {}).items():
        ProfileSkill.objects.create(profile=profile, skill=skill, level=level, importance=Importance.ESSENTIAL)
    return profile


def make_organisation(*, name: str = "", kinds: Iterable[str] = (OrganisationKind.BODY,)) -> Organisation:
    return Organisation.objects.create(
        siret=make_siret(), name=name or f"Organisation {next(_numbers)}", kinds=list(kinds)
    )


def make_user(email: str = "", *, organisation: Organisation | None = None, role: str = Role.EDITOR, **fields) -> User:
    """A person, member of `organisation` with `role` if one is given."""
    user = User.objects.create_user(
        email or f"personne-{next(_numbers)}@essai.example", "un mot de passe long", **fields
    )
    if organisation is not None:
        join(user=user, organisation=organisation, role=role)
    return user


def make_provider(
    name: str = "",
    *,
    organisation: Organisation | None = None,
    published: bool = True,
    qualiopi: Iterable[str] = (),
    **fields,
) -> TrainingProvider:
    name = name or f"Organisme {next(_numbers)}"
    values = {"slug": slugify(name)[:80], "contact_email": "secret@organisme.example", **fields}
    provider = TrainingProvider.objects.create(
        organisation=organisation or make_organisation(name=name), name=name, **values
    )
    QualiopiCertificate.objects.bulk_create(
        QualiopiCertificate(provider=provider, category=category, source="liste d’essai", checked_on=DAY)
        for category in qualiopi
    )
    return publish(provider) if published else provider


def make_centre(name: str = "", *, published: bool = True, **fields) -> ApprenticeshipCentre:
    number = next(_numbers)
    values = {"uai": f"{number:07d}A", "contact_email": "secret@cfa.example", **fields}
    organisation = values.pop("organisation", None) or make_organisation(kinds=[OrganisationKind.CFA])
    centre = ApprenticeshipCentre.objects.create(organisation=organisation, name=name or f"CFA {number}", **values)
    return publish(centre) if published else centre


def make_course(
    title: str = "",
    *,
    provider: TrainingProvider | None = None,
    profiles: Iterable[JobProfile] = (),
    skills: Mapping[Skill, int] | None = None,
    offered: bool = True,
    published: bool = True,
    offering: Mapping | None = None,
    session: Mapping | None = None,
    **fields,
) -> Course:
    """A published course with one offering, on site; `skills`: skill → level given.

    `offering` and `session` are the arguments of make_offering and make_session; no session unless one is given.
    """
    title = title or f"Formation {next(_numbers)}"
    course = Course.objects.create(
        title=title, provider=provider or make_provider(), **{"slug": slugify(title)[:80] or "formation", **fields}
    )
    CourseProfile.objects.bulk_create(CourseProfile(course=course, profile=profile) for profile in profiles)
    CourseSkill.objects.bulk_create(
        CourseSkill(course=course, skill=skill, level_given=level) for skill, level in (skills or {}).items()
    )
    if offered:
        made = make_offering(course, **(offering or {}))
        if session is not None:
            make_session(made, **session)
    return publish(course) if published else course


def make_offering(
    course: Course, *, where: Commune | str | None = None, costs: Mapping[str, int | None] | None = None, **fields
) -> Offering:
    """`where`: a commune, or a town of TOWNS; `costs`: audience → cents left to pay (None: unknown, said to be so)."""
    commune = make_commune(where) if isinstance(where, str) else where
    offering = Offering.objects.create(course=course, commune=commune, **{"modality": "onsite", **fields})
    for audience, cents in (costs or {}).items():
        make_cost(offering, audience=audience, cents=cents)
    return offering


def make_cost(offering: Offering, *, audience: str = "jobseeker", cents: int | None = 0, condition: str = ""):
    said = {} if cents is None else {"source": "organisme", "stated_on": DAY}
    return OfferingCost.objects.create(
        offering=offering, audience=audience, left_to_pay_cents=cents, condition=condition, **said
    )


def make_session(offering: Offering, *, starts_on: datetime.date | None = IN_A_MONTH, **fields) -> Session:
    """A session of five days that starts in a month; None: no date yet."""
    if starts_on is None:
        fields = {"starts_precision": "unknown", "ends_precision": "unknown", **fields}
    elif fields.get("starts_precision", "day") != "day":
        fields = {"ends_precision": "unknown", **fields}
    else:
        fields = {"ends_on": starts_on + datetime.timedelta(days=4), **fields}
    if fields.get("seats_left") is not None:
        fields = {
            "seats_said_by": "organisme",
            "seats_said_at": datetime.datetime(2027, 1, 14, 9, tzinfo=datetime.UTC),
            **fields,
        }
    return Session.objects.create(offering=offering, starts_on=starts_on, **fields)
