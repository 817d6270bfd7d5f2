"""Every kind of edit that may change a search document, drawn with a seed: what tests do to a catalogue.

An edit takes a `random.Random` and changes something, or nothing where the rows it wants are not there. Those of
reference rows are in `edits_of_words`.
"""

import datetime
import random
from collections.abc import Callable

from django.db import connection
from django.db.models import F, Model, QuerySet

from courses.enums import Audience, EntryMode, Funding, Modality, Recruitment
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
from tests.makers import DAY, in_days, make_cost, make_course, make_offering, make_session

Edit = Callable[[random.Random], None]
WORDS = (
    "analyser programmer données réseau statistique tableur vision robot prompt langage python éthique découvrir "
    "bases nettoyer visualiser déployer entraîner évaluer protéger automatiser modèles images textes"
).split()
FAR = (-400, -95, -40, -8, -1, 0, 1, 5, 29, 30, 31, 60, 90, 91, 92, 120, 181, 182, 183, 300, 500)


def words(draw: random.Random, most: int = 4) -> str:
    return " ".join(draw.sample(WORDS, draw.randint(1, most)))


def one[M: Model](draw: random.Random, rows: QuerySet[M]) -> M | None:
    """A row drawn by its rank: the same seed gives the same row, whatever the numbers of the rows."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return rows.get(pk=draw.choice(keys)) if keys else None


def some_ids(draw: random.Random, rows: QuerySet, most: int = 4) -> list:
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return draw.sample(keys, min(len(keys), draw.randint(1, most)))


def run(statement: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


# --- courses


TEXTS = (
    "title summary objective for_whom what_you_learn entry_requirements how_you_learn how_assessed what_next".split()
)


def change_a_text(draw: random.Random) -> None:
    course, name = one(draw, Course.objects.all()), draw.choice(TEXTS)
    if course:
        setattr(course, name, words(draw) if name == "title" or draw.random() < 0.7 else "")
        course.save()


def change_facts(draw: random.Random) -> None:
    facts = {
        "entry_level": draw.choice([None, 0, 3, 4, 5, 8]),
        "exit_level": draw.choice([None, 0, 4, 6, 8]),
        "is_certifying": draw.choice([None, True, False]),
        "verified_on": draw.choice([None, *(in_days(-days) for days in (0, 29, 30, 31, 90, 91, 180, 364, 365, 400))]),
        "demand": draw.choice([0, 1, 4, 5, 19, 20, 49, 50]),
    }
    chosen = dict(draw.sample(sorted(facts.items()), 2))
    Course.objects.filter(pk__in=some_ids(draw, Course.objects.all())).update(**chosen)


def change_many_courses_at_once(draw: random.Random) -> None:
    rows = list(Course.objects.filter(pk__in=some_ids(draw, Course.objects.all())))
    for row in rows:
        row.summary, row.slug = words(draw), draw.choice(["formation", "parcours"])
    Course.objects.bulk_update(rows, ["summary", "slug"])


def change_body_and_centre(draw: random.Random) -> None:
    course = one(draw, Course.objects.all())
    provider, centre = one(draw, TrainingProvider.objects.all()), one(draw, ApprenticeshipCentre.objects.all())
    if course and provider:
        course.provider, course.centre = provider, draw.choice([None, centre])
        course.save(update_fields=["provider", "centre"])


def add_a_course(draw: random.Random) -> None:
    provider = one(draw, TrainingProvider.objects.all())
    if provider and Course.objects.count() < 16:
        make_course(
            words(draw),
            provider=provider,
            profiles=JobProfile.objects.filter(pk__in=some_ids(draw, JobProfile.objects.all(), 2)),
            skills={skill: draw.randint(1, 3) for skill in Skill.objects.order_by("pk")[: draw.randint(0, 2)]},
            offered=draw.random() < 0.8,
            published=draw.random() < 0.8,
        )


def remove_a_course(draw: random.Random) -> None:
    course = one(draw, Course.objects.all())
    if course and Course.objects.count() > 5:
        course.delete()


def remove_a_course_in_sql(draw: random.Random) -> None:
    """Children last: constraints wait for the end of the transaction."""
    course = one(draw, Course.objects.filter(offerings=None))
    if course and Course.objects.count() > 5:
        run("DELETE FROM courses_course WHERE id = %s", course.pk)
        for table in ("courseskill", "courseprofile", "course_certifications", "course_occupations"):
            run(f"DELETE FROM courses_{table} WHERE course_id = %s", course.pk)


def publish(draw: random.Random) -> None:
    publish_trusted(list(Course.objects.filter(pk__in=some_ids(draw, Course.objects.all()))), origin="tests")


def withdraw(draw: random.Random) -> None:
    course = one(draw, Course.objects.filter(status__in=["published", "submitted"]))
    if course:
        course.withdraw(by=None)


def archive_or_reopen(draw: random.Random) -> None:
    course = one(draw, Course.objects.filter(status__in=["withdrawn", "archived"]))
    if course:
        course.archive(by=None) if course.status == "withdrawn" else course.reopen(by=None)


def hide_or_show(draw: random.Random) -> None:
    Course.objects.filter(pk__in=some_ids(draw, Course.objects.all(), 2)).update(
        hidden_since=draw.choice([None, None, DAY])
    )


# --- what courses give


def add_skills(draw: random.Random) -> None:
    course = one(draw, Course.objects.all())
    if course:
        CourseSkill.objects.bulk_create(
            [
                CourseSkill(course=course, skill_id=skill, level_given=draw.randint(1, 3))
                for skill in some_ids(draw, Skill.objects.all(), 3)
            ],
            ignore_conflicts=True,
        )


def change_a_skill_link(draw: random.Random) -> None:
    link = one(draw, CourseSkill.objects.all())
    if link:
        link.level_given, link.level_required = draw.randint(1, 3), draw.randint(0, 3)
        link.save()


def remove_skills(draw: random.Random) -> None:
    CourseSkill.objects.filter(pk__in=some_ids(draw, CourseSkill.objects.all(), 2)).delete()


def set_profiles(draw: random.Random) -> None:
    course = one(draw, Course.objects.all())
    if course:
        course.profiles.set(some_ids(draw, JobProfile.objects.all(), 3) if draw.random() < 0.8 else [])


def change_a_profile_link(draw: random.Random) -> None:
    link, profile = one(draw, CourseProfile.objects.all()), one(draw, JobProfile.objects.all())
    if link and profile and not CourseProfile.objects.filter(course=link.course_id, profile=profile).exists():
        CourseProfile.objects.filter(pk=link.pk).update(profile=profile)


def touch_profile_links(draw: random.Random) -> None:
    """Rows move in their table: an order that nobody asked for would change."""
    CourseProfile.objects.filter(pk__in=some_ids(draw, CourseProfile.objects.all())).update(origin="validated")


def set_certifications(draw: random.Random) -> None:
    course = one(draw, Course.objects.all())
    if course:
        ids = some_ids(draw, Certification.objects.all(), 2)
        draw.choice([course.certifications.add, course.certifications.remove])(*ids)


def set_occupations(draw: random.Random) -> None:
    course = one(draw, Course.objects.all())
    if course:
        course.occupations.set(some_ids(draw, Occupation.objects.all(), 2) if draw.random() < 0.8 else [])


def move_a_link_in_sql(draw: random.Random) -> None:
    link, course = one(draw, CourseSkill.objects.all()), one(draw, Course.objects.all())
    if link and course and not CourseSkill.objects.filter(course=course, skill=link.skill_id).exists():
        run("UPDATE courses_courseskill SET course_id = %s WHERE id = %s", course.pk, link.pk)


# --- offerings, costs, sessions


def add_an_offering(draw: random.Random) -> None:
    course = one(draw, Course.objects.all())
    if course and course.offerings.count() < 4:
        made = make_offering(
            course, where=one(draw, Commune.objects.all()), modality=draw.choice([None, *Modality.values])
        )
        make_cost(made, audience=draw.choice(Audience.values), cents=draw.choice([None, 0, 40_000]))


def change_offerings(draw: random.Random) -> None:
    facts = {
        "commune": draw.choice([None, one(draw, Commune.objects.all())]),
        "town": draw.choice(["", "Ailleurs-sur-Tarn"]),
        "modality": draw.choice([None, *Modality.values]),
        "entry_mode": draw.choice(EntryMode.values),
        "duration_hours": draw.choice([None, 0, 7, 8, 35, 36, 210, 211, 600, 601]),
        "is_accessible": draw.choice([None, True, False]),
        "fundings": draw.sample(Funding.values, draw.randint(0, 3)),
    }
    chosen = dict(draw.sample(sorted(facts.items()), 2))
    Offering.objects.filter(pk__in=some_ids(draw, Offering.objects.all(), 3)).update(**chosen)


def move_an_offering(draw: random.Random) -> None:
    offering, course = one(draw, Offering.objects.all()), one(draw, Course.objects.all())
    if offering and course:
        offering.course = course
        offering.save()


def remove_an_offering(draw: random.Random) -> None:
    offering = one(draw, Offering.objects.all())
    if offering and Offering.objects.count() > 6:
        offering.delete()


def set_costs(draw: random.Random) -> None:
    offering = one(draw, Offering.objects.all())
    if offering:
        cents = draw.choice([None, 0, 1, 50_000, 50_001, 200_000, 200_001, 9_000_000_000])
        said = {} if cents is None else {"source": "tests", "stated_on": DAY}
        offering.costs.update_or_create(
            audience=draw.choice(Audience.values),
            defaults={"left_to_pay_cents": cents, "condition": draw.choice(["", "Sur dossier."]), **said},
        )


def accept_a_cost(draw: random.Random) -> None:
    offering = one(draw, Offering.objects.all())
    if offering:
        offering.apply_change(f"cost.{draw.choice(Audience.values)}", draw.choice([None, 0, 70_000]))


def remove_costs(draw: random.Random) -> None:
    OfferingCost.objects.filter(pk__in=some_ids(draw, OfferingCost.objects.all(), 2)).delete()


def add_sessions(draw: random.Random) -> None:
    offering = one(draw, Offering.objects.all())
    if offering and offering.sessions.count() < 5:
        make_session(offering, **a_start(draw), **a_state(draw))


def a_start(draw: random.Random) -> dict:
    start, precision = draw.choice([None, *map(in_days, FAR)]), draw.choice(["day", "day", "month", "year"])
    if start is None:
        return {"starts_on": None}
    day = {"day": start.day, "month": 1, "year": 1}[precision]
    month = 1 if precision == "year" else start.month
    return {"starts_on": datetime.date(start.year, month, day), "starts_precision": precision}


def a_state(draw: random.Random) -> dict:
    return {
        "is_full": draw.random() < 0.1,
        "seats_left": draw.choice([None, None, 0, 1, 2, 9]),
        "recruitment": draw.choice(Recruitment.values),
        "registration_closes_on": draw.choice([None, None, *map(in_days, (-20, -1, 0, 1, 10, 40, 200))]),
    }


def change_a_session(draw: random.Random) -> None:
    session = one(draw, Session.objects.all())
    if session:
        start = {"starts_precision": "day", **a_start(draw)}
        if start["starts_on"] is None:
            start["starts_precision"] = "unknown"
        said = {"seats": None, "seats_said_by": "tests", "seats_said_at": "2027-01-14T09:00Z"}
        ends = {"ends_on": None, "ends_precision": "unknown"}
        for name, value in {**start, **ends, **a_state(draw), **said}.items():
            setattr(session, name, value)
        session.save()


def shift_sessions_in_sql(draw: random.Random) -> None:
    Session.objects.filter(pk__in=some_ids(draw, Session.objects.all(), 5), starts_precision="day").update(
        starts_on=F("starts_on") + datetime.timedelta(days=draw.choice([-30, -1, 1, 30])), ends_on=None,
        ends_precision="unknown",
    )  # fmt: skip


def move_a_session(draw: random.Random) -> None:
    session, offering = one(draw, Session.objects.all()), one(draw, Offering.objects.all())
    if session and offering:
        run("UPDATE courses_session SET offering_id = %s WHERE id = %s", offering.pk, session.pk)


def remove_sessions(draw: random.Random) -> None:
    Session.objects.filter(pk__in=some_ids(draw, Session.objects.all(), 2)).delete()


def remove_an_offering_before_its_children(draw: random.Random) -> None:
    offering = one(draw, Offering.objects.all())
    if offering and Offering.objects.count() > 6:
        run("DELETE FROM courses_offering WHERE id = %s", offering.pk)
        run("DELETE FROM courses_session WHERE offering_id = %s", offering.pk)
        run("DELETE FROM courses_offeringcost WHERE offering_id = %s", offering.pk)


OF_COURSES: tuple[Edit, ...] = (
    change_a_text,
    change_a_text,
    change_facts,
    change_facts,
    change_many_courses_at_once,
    change_body_and_centre,
    add_a_course,
    add_a_course,
    remove_a_course,
    remove_a_course_in_sql,
    publish,
    publish,
    withdraw,
    archive_or_reopen,
    hide_or_show,
    hide_or_show,
    add_skills,
    add_skills,
    change_a_skill_link,
    remove_skills,
    set_profiles,
    change_a_profile_link,
    touch_profile_links,
    set_certifications,
    set_certifications,
    set_occupations,
    move_a_link_in_sql,
    add_an_offering,
    add_an_offering,
    change_offerings,
    change_offerings,
    move_an_offering,
    remove_an_offering,
    set_costs,
    accept_a_cost,
    remove_costs,
    add_sessions,
    add_sessions,
    change_a_session,
    shift_sessions_in_sql,
    move_a_session,
    remove_sessions,
    remove_an_offering_before_its_children,
)
