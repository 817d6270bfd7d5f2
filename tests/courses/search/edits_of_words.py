"""Edits of the rows that courses name (places, skills, jobs, certifications, bodies), drawn with a seed."""

import random

from courses.models import ApprenticeshipCentre, TrainingProvider
from portal.reference.enums import Importance
from portal.reference.models import (
    Certification,
    Commune,
    Department,
    JobProfile,
    Occupation,
    ProfileSkill,
    Skill,
)
from portal.reference.wording import title_key
from tests.courses.search.edits import Edit, one, run, some_ids, words


def rename_a_commune(draw: random.Random) -> None:
    commune = one(draw, Commune.objects.all())
    if commune:
        commune.name = f"{words(draw, 1)}-sur-{words(draw, 1)}"
        commune.save()


def move_a_commune(draw: random.Random) -> None:
    commune, department = one(draw, Commune.objects.all()), one(draw, Department.objects.all())
    if commune and department:
        place = draw.choice([(None, None), (44.3, 2.5), (43.6, None), (42.5, 0.1)])
        Commune.objects.filter(pk=commune.pk).update(department=department, latitude=place[0], longitude=place[1])


def replace_a_commune(draw: random.Random) -> None:
    """Removed and written again, as a load that starts from nothing does; constraints wait for its end."""
    commune = one(draw, Commune.objects.all())
    if commune:
        run("DELETE FROM reference_commune WHERE insee = %s", commune.pk)
        commune.name = words(draw, 2)
        commune.save(force_insert=True)


def rename_a_department(draw: random.Random) -> None:
    Department.objects.filter(pk__in=some_ids(draw, Department.objects.all(), 1)).update(name=words(draw, 2))


def rename_skills(draw: random.Random) -> None:
    rows = list(Skill.objects.filter(pk__in=some_ids(draw, Skill.objects.all(), 2)))
    for row in rows:
        row.label = words(draw)
        row.key = title_key(row.label)
    Skill.objects.bulk_update(rows, ["label", "key"])


def change_the_code_of_a_skill(draw: random.Random) -> None:
    skill = one(draw, Skill.objects.all())
    if skill:
        Skill.objects.filter(pk=skill.pk).update(code=f"{skill.pk}-{draw.randint(1, 9)}")


def rename_a_profile(draw: random.Random) -> None:
    profile = one(draw, JobProfile.objects.all())
    if profile:
        # a plural says the same to the text search, and is another word for spelling
        profile.name = draw.choice([f"{profile.name}s", words(draw), f"{words(draw, 1)} {draw.randint(1, 99)}"])[:120]
        profile.key = title_key(profile.name)
        profile.slug = draw.choice([profile.slug, f"{profile.pk}-{draw.randint(1, 9)}"])
        profile.save()


def hide_or_show_a_profile(draw: random.Random) -> None:
    JobProfile.objects.filter(pk__in=some_ids(draw, JobProfile.objects.all(), 1)).update(is_shown=draw.random() < 0.6)


def ask_a_skill_of_a_profile(draw: random.Random) -> None:
    profile, skill = one(draw, JobProfile.objects.all()), one(draw, Skill.objects.all())
    if profile and skill:
        ProfileSkill.objects.update_or_create(
            profile=profile,
            skill=skill,
            defaults={"level": draw.randint(1, 3), "importance": draw.choice(Importance.values)},
        )


def ask_a_skill_no_more(draw: random.Random) -> None:
    ProfileSkill.objects.filter(pk__in=some_ids(draw, ProfileSkill.objects.all(), 2)).delete()


def change_what_profiles_ask(draw: random.Random) -> None:
    ProfileSkill.objects.filter(pk__in=some_ids(draw, ProfileSkill.objects.all())).update(level=draw.randint(1, 3))


def change_a_certification(draw: random.Random) -> None:
    row = one(draw, Certification.objects.all())
    if row:
        row.title, row.level = words(draw), draw.choice([None, 4, 6])
        if draw.random() < 0.3:
            row.number = f"{row.pk}{draw.randint(100, 999)}"
        row.save()


def rename_an_occupation(draw: random.Random) -> None:
    Occupation.objects.filter(pk__in=some_ids(draw, Occupation.objects.all(), 1)).update(label=words(draw))


def rename_a_provider(draw: random.Random) -> None:
    row = one(draw, TrainingProvider.objects.all())
    if row:
        row.name, row.presentation = draw.choice([row.name, words(draw)]), words(draw)
        row.save()


def change_a_centre(draw: random.Random) -> None:
    row = one(draw, ApprenticeshipCentre.objects.all())
    if row:
        row.name, row.uai = words(draw), draw.choice([row.uai, f"{draw.randint(1_000_000, 9_999_999)}Z"])
        row.save()


OF_WORDS: tuple[Edit, ...] = (
    rename_a_commune,
    move_a_commune,
    replace_a_commune,
    rename_a_department,
    rename_skills,
    change_the_code_of_a_skill,
    rename_a_profile,
    rename_a_profile,
    hide_or_show_a_profile,
    ask_a_skill_of_a_profile,
    ask_a_skill_no_more,
    change_what_profiles_ask,
    change_a_certification,
    rename_an_occupation,
    rename_a_provider,
    change_a_centre,
)
