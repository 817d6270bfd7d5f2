"""A random catalogue, drawn with a seed: every fact of an offering may be unknown, and no two offerings agree."""

import random
from dataclasses import dataclass, field
from typing import Any

from courses.enums import Audience, EntryMode, Funding, Modality
from courses.models import (
    ApprenticeshipCentre,
    Course,
    CourseProfile,
    CourseSkill,
    Offering,
    OfferingCost,
    Session,
    TrainingProvider,
)
from portal.moderation.actions import publish_trusted
from portal.reference.models import Certification, Commune, JobProfile, Occupation, Skill
from tests.courses.search.edits import a_start, a_state, words
from tests.makers import (
    DAY,
    TOWNS,
    in_days,
    make_centre,
    make_commune,
    make_profile,
    make_provider,
    make_skill,
)

SKILLS = ("Python", "SQL", "Statistique", "Machine learning", "Visualisation de données")
JOBS = {"Data analyst": ["analyste de données"], "Data engineer": ["ingénieur data"], "Technicien IA": []}


@dataclass
class Named:
    """The rows that the courses of a catalogue name."""

    providers: list[TrainingProvider]
    centres: list[ApprenticeshipCentre]
    profiles: list[JobProfile]
    skills: list[Skill]
    certifications: list[Certification]
    occupations: list[Occupation]
    communes: list[Commune] = field(default_factory=list)


def make_named() -> Named:
    skills = [make_skill(label) for label in SKILLS]
    named = Named(
        providers=[make_provider(name) for name in ("Greta du Rouergue", "École des données", "Atelier numérique")],
        centres=[make_centre(), make_centre()],
        profiles=[
            make_profile(name, aliases=aliases, skills={skills[place]: 2, skills[place + 1]: 3})
            for place, (name, aliases) in enumerate(JOBS.items())
        ],
        skills=skills,
        certifications=[
            Certification.objects.create(register=register, number=number, title=title, level=level)
            for register, number, title, level in (
                ("RNCP", "37137", "Concepteur en science des données", 6),
                ("RS", "5890", "Programmer avec Python", None),
                ("DEMO", "7", "Certification d’essai", 5),
            )
        ],
        occupations=[
            Occupation.objects.create(code=code, label=label, key=label.lower())
            for code, label in (("M1405", "Data scientist"), ("M1805", "Études et développement informatique"))
        ],
    )
    nowhere = make_commune("Sans-Place", department="48", insee="48999", latitude=None, longitude=None)
    named.communes = [*(make_commune(town) for town in TOWNS), nowhere]
    return named


def make_catalogue(draw: random.Random, courses: int = 40) -> Named:
    """Courses with none to four offerings, hidden and unpublished ones among them."""
    named = make_named()
    made = Course.objects.bulk_create([_course(draw, named) for _each in range(courses)])
    publish_most(draw, made)
    links: list[Any] = [each for course in made for each in _links(draw, named, course)]
    for model in (CourseProfile, CourseSkill, Course.certifications.through, Course.occupations.through):
        model.objects.bulk_create([link for link in links if type(link) is model])
    offerings = Offering.objects.bulk_create(
        [_offering(draw, named, course) for course in made for _each in range(draw.choice([0, 1, 1, 2, 3, 4]))]
    )
    OfferingCost.objects.bulk_create([cost for offering in offerings for cost in _costs(draw, offering)])
    Session.objects.bulk_create(
        [_session(draw, offering) for offering in offerings for _each in range(draw.choice([0, 1, 1, 2, 3]))]
    )
    return named


def publish_most(draw: random.Random, courses: list[Course]) -> None:
    kept = [course for course in courses if draw.random() < 0.9]
    publish_trusted(kept, origin="tests")
    Course.objects.filter(pk__in=[course.pk for course in kept if draw.random() < 0.08]).update(hidden_since=DAY)


def _course(draw: random.Random, named: Named) -> Course:
    return Course(
        title=words(draw),
        slug="formation",
        summary=draw.choice(["", words(draw)]),
        objective=draw.choice(["", words(draw, 6)]),
        what_you_learn=draw.choice(["", words(draw, 6)]),
        provider=draw.choice(named.providers),
        centre=draw.choice([None, None, *named.centres]),
        entry_level=draw.choice([None, 0, 3, 4, 5, 8]),
        exit_level=draw.choice([None, 0, 4, 6, 8]),
        is_certifying=draw.choice([None, True, False]),
        demand=draw.choice([0, 0, 1, 5, 20, 50]),
        verified_on=draw.choice([None, *(in_days(-days) for days in (0, 30, 31, 100, 365, 400))]),
    )


def _links(draw: random.Random, named: Named, course: Course) -> list[Any]:
    certified, rome = Course.certifications.through, Course.occupations.through
    return [
        *(CourseProfile(course=course, profile=each) for each in draw.sample(named.profiles, draw.randint(0, 2))),
        *(
            CourseSkill(course=course, skill=each, level_given=draw.randint(1, 3))
            for each in draw.sample(named.skills, draw.randint(0, 3))
        ),
        *(
            certified(course=course, certification=each)
            for each in draw.sample(named.certifications, draw.choice([0, 0, 1, 2]))
        ),
        *(rome(course=course, occupation=each) for each in draw.sample(named.occupations, draw.choice([0, 0, 1]))),
    ]


def _offering(draw: random.Random, named: Named, course: Course) -> Offering:
    return Offering(
        course=course,
        commune=draw.choice([None, *named.communes]),
        modality=draw.choice([None, *Modality.values]),
        entry_mode=draw.choice([EntryMode.FIXED, EntryMode.FIXED, EntryMode.PERMANENT]),
        duration_hours=draw.choice([None, 0, 7, 8, 35, 36, 210, 211, 600, 601]),
        fundings=draw.sample(Funding.values, draw.randint(0, 3)),
        is_accessible=draw.choice([None, True, False]),
    )


def _costs(draw: random.Random, offering: Offering) -> list[OfferingCost]:
    made = []
    for audience in draw.sample(Audience.values, draw.randint(0, 4)):
        cents = draw.choice([None, 0, 0, 1, 50_000, 50_001, 200_000, 200_001])
        said = {} if cents is None else {"source": "tests", "stated_on": DAY}
        made.append(OfferingCost(offering=offering, audience=audience, left_to_pay_cents=cents, **said))
    return made


def _session(draw: random.Random, offering: Offering) -> Session:
    start = {"starts_precision": "day", **a_start(draw)}
    if start["starts_on"] is None:
        start["starts_precision"] = "unknown"
    said = {"seats_said_by": "tests", "seats_said_at": "2027-01-14T09:00Z"}
    return Session(offering=offering, ends_precision="unknown", **start, **a_state(draw), **said)
