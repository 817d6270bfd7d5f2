"""Load the portal's own vocabulary (``portal.reference.words``) into the base.

The words rule over what is theirs: skills of the kinds ai, general and trade, their other names, job profiles and
their links, former occupations. Where an official list speaks too, it wins whichever came first: the words create a
town, a Formacode or a ROME code that is missing and leave alone what ROME or the list of communes has written.
A skill or a profile that the words no longer hold may be in use: it is retired, never deleted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.reference.enums import Importance
from portal.reference.loaders.report import Report
from portal.reference.loaders.sync import Key, retire, sync, sync_exactly, take_stock
from portal.reference.models import (
    Commune,
    Department,
    EmploymentBasin,
    Formacode,
    JobProfile,
    JobProfileAlias,
    JobTitle,
    Occupation,
    OccupationSkill,
    ProfileOccupation,
    ProfileSkill,
    Skill,
    SkillAlias,
    SkillEvidence,
)
from portal.reference.models.place import commune_key
from portal.reference.wording import title_key
from portal.reference.words import ALL_SKILLS, FORMER_OCCUPATIONS, PROFILES, WORDS_VERSION
from portal.reference.words.adverts import SEEN
from portal.reference.words.basins import BASIN_OF, BASINS
from portal.reference.words.evidence import FORMACODE_NAMES, OCCUPATION_NAMES
from portal.reference.words.places import DEPARTMENTS, TOWNS, DepartmentFacts, Town
from portal.reference.words.shapes import FormerWord, ProfileWord, SkillWord

SOURCE = "Camins"


@dataclass(frozen=True)
class Vocabulary:
    """All that ``load_words`` loads, and the version it writes beside."""

    skills: tuple[SkillWord, ...] = ()
    profiles: tuple[ProfileWord, ...] = ()
    former: tuple[FormerWord, ...] = ()
    departments: tuple[DepartmentFacts, ...] = ()
    towns: tuple[Town, ...] = ()
    version: str = f"{SOURCE} {WORDS_VERSION}"


OWN_WORDS = Vocabulary(ALL_SKILLS, PROFILES, FORMER_OCCUPATIONS, DEPARTMENTS, TOWNS)


@transaction.atomic
def load_words(report: Report | None = None, words: Vocabulary = OWN_WORDS) -> Report:
    """Bring the base to `words`; a second run writes nothing. Returns the report, opened here if none is given."""
    report = report or Report()
    for label, load in (
        (_("départements et villes"), _load_places),
        (_("compétences"), _load_skills),
        (_("métiers de départ"), _load_occupations),
        (_("profils de métier"), _load_profiles),
    ):
        report.progress(label, None, None)
        load(words, report)
    if report.touched:
        take_stock(Commune, Skill, SkillAlias, Occupation, JobTitle, OccupationSkill, ProfileSkill, JobProfileAlias)
    return report


def _load_places(words: Vocabulary, report: Report) -> None:
    chief_towns = {town.insee: town.name for town in words.towns}
    departments = {
        (d.code,): {
            "name": d.name,
            "chief_town": chief_towns.get(d.chef_lieu_insee, ""),
            "population": d.population,
        }
        for d in words.departments
    }
    sync(Department.objects.all(), ("code",), departments, report.thing(_("départements")))
    basins = {(basin.code,): {"name": basin.name} for basin in BASINS} if words.towns else {}
    sync(EmploymentBasin.objects.all(), ("code",), basins, report.thing(_("bassins d'emploi")), change=False)
    towns = {
        (town.insee,): {
            "name": town.name,
            "key": commune_key(town.name),
            "department_id": town.department,
            "basin_id": BASIN_OF.get(town.insee),
            "postcodes": list(town.postcodes),
            "population": town.population,
            "latitude": town.latitude,
            "longitude": town.longitude,
        }
        for town in words.towns
    }
    # the complete list of communes, once imported, is more exact than these towns
    sync(Commune.objects.all(), ("insee",), towns, report.thing(_("villes")), change=False)


def _load_skills(words: Vocabulary, report: Report) -> None:
    skills: dict[Key, dict[str, Any]] = {
        (word.code,): {
            "label": word.label,
            "kind": word.kind,
            "family": word.family,
            "description": word.description,
            "levels": list(word.levels),
            "key": title_key(word.label),
            "is_obsolete": False,
        }
        for word in words.skills
    }
    thing = report.thing(_("compétences"))
    sync(Skill.objects.own_words(), ("code",), skills, thing)
    retire(Skill.objects.own_words().exclude(code__in=[word.code for word in words.skills]), thing)

    ids = _skill_ids()
    aliases = {(ids[word.code], key): {"label": label} for word in words.skills for key, label in _by_key(word.aliases)}
    thing = report.thing(_("autres noms des compétences"))
    sync_exactly(SkillAlias.objects.all(), Q(), ("skill_id", "key"), aliases, thing)
    evidence: dict[Key, dict[str, Any]] = {
        (ids[word.code], link.source, link.code): {"closeness": link.closeness}
        for word in words.skills
        for link in word.evidence
    }
    thing = report.thing(_("liens des compétences avec le ROME et ESCO"))
    sync_exactly(SkillEvidence.objects.all(), Q(), ("skill_id", "source", "code"), evidence, thing)


def _load_occupations(words: Vocabulary, report: Report) -> None:
    names = {code: OCCUPATION_NAMES.get(code, code) for profile in words.profiles for code, _why in profile.occupations}
    names |= {word.rome: word.label for word in words.former}
    official = set(Occupation.objects.exclude(version__startswith=SOURCE).values_list("code", flat=True))
    own = {
        (code,): {"label": label, "key": title_key(label), "domain_code": code[:3], "version": words.version}
        for code, label in names.items()
        if code not in official
    }
    thing = report.thing(_("codes ROME cités"))
    sync(Occupation.objects.all(), ("code",), own, thing)
    thing.same += len(names.keys() & official)

    _mark_common_starts(words, report)
    ids = dict(Occupation.objects.filter(code__in=names).values_list("code", "id"))
    titles = {
        (ids[word.rome], key): {"label": label}
        for word in words.former
        for key, label in _by_key((word.label, *word.aliases))
    }
    thing = report.thing(_("titres de métiers de départ"))
    sync_exactly(JobTitle.objects.filter(ogr=None), Q(), ("occupation_id", "key"), titles, thing)

    skill_ids = _skill_ids()
    links = {
        (ids[word.rome], skill_ids[code]): {"level": level, "source": SOURCE}
        for word in words.former
        for code, level in word.skills
    }
    known = OccupationSkill.objects.filter(skill_id__in=skill_ids.values())
    thing = report.thing(_("compétences des métiers de départ"))
    sync_exactly(known, Q(source=SOURCE), ("occupation_id", "skill_id"), links, thing)


def _mark_common_starts(words: Vocabulary, report: Report) -> None:
    thing = report.thing(_("métiers de départ"))
    starts = [word.rome for word in words.former]
    marked = Occupation.objects.filter(is_common_start=True)
    thing.retired = marked.exclude(code__in=starts).update(is_common_start=False)
    thing.same = marked.count()
    thing.created = Occupation.objects.filter(code__in=starts, is_common_start=False).update(is_common_start=True)


def _load_profiles(words: Vocabulary, report: Report) -> None:
    profiles: dict[Key, dict[str, Any]] = {
        (word.slug,): {
            "name": word.name,
            "key": title_key(word.name),
            "family": word.family,
            "summary": word.summary,
            "tasks": list(word.tasks),
            "usual_level": word.usual_level,
            "entry_note": word.entry_note,
            "version": words.version,
        }
        for word in words.profiles
    }
    thing = report.thing(_("profils de métier"))
    sync(JobProfile.objects.all(), ("slug",), profiles, thing)
    gone = JobProfile.objects.filter(version__startswith=SOURCE, is_shown=True).exclude(
        slug__in=[word.slug for word in words.profiles]
    )
    thing.retired += gone.update(is_shown=False)
    ids = dict(JobProfile.objects.filter(slug__in=[word.slug for word in words.profiles]).values_list("slug", "id"))
    _load_profile_names(words, ids, report)
    _load_profile_links(words, ids, report)
    _load_profile_formacodes(words, ids, report)


def _load_profile_names(words: Vocabulary, ids: dict[str, int], report: Report) -> None:
    aliases = {
        (ids[word.slug], key): {"label": label, "source": words.version}
        for word in words.profiles
        for key, label in _by_key(word.aliases)
    }
    for word in words.profiles:
        for key, label in _by_key(word.adverts):
            aliases.setdefault((ids[word.slug], key), {"label": label, "source": f"{words.version}, {SEEN}"})
    known = JobProfileAlias.objects.filter(profile_id__in=ids.values())
    thing = report.thing(_("autres noms des profils"))
    sync_exactly(known, Q(source__startswith=SOURCE), ("profile_id", "key"), aliases, thing)


def _load_profile_links(words: Vocabulary, ids: dict[str, int], report: Report) -> None:
    skill_ids = _skill_ids()
    skills = {
        (ids[word.slug], skill_ids[code]): {"importance": importance, "level": level}
        for word in words.profiles
        for importance, wanted in ((Importance.DESIRABLE, word.desirable), (Importance.ESSENTIAL, word.essential))
        for code, level in wanted.items()
    }
    known = ProfileSkill.objects.filter(profile_id__in=ids.values())
    sync_exactly(known, Q(), ("profile_id", "skill_id"), skills, report.thing(_("compétences des profils")))

    occupation_ids = dict(Occupation.objects.values_list("code", "id"))
    evidence = {
        (ids[word.slug], occupation_ids[code]): {"why": why}
        for word in words.profiles
        for code, why in word.occupations
    }
    cited = ProfileOccupation.objects.filter(profile_id__in=ids.values())
    thing = report.thing(_("liens des profils avec le ROME"))
    sync_exactly(cited, Q(), ("profile_id", "occupation_id"), evidence, thing)


def _load_profile_formacodes(words: Vocabulary, ids: dict[str, int], report: Report) -> None:
    codes: dict[Key, dict[str, Any]] = {
        (code,): {"label": FORMACODE_NAMES.get(code, code)} for word in words.profiles for code in word.formacodes
    }
    sync(Formacode.objects.all(), ("code",), codes, report.thing(_("Formacodes cités")), change=False)
    links: dict[Key, dict[str, Any]] = {
        (ids[word.slug], code): {} for word in words.profiles for code in word.formacodes
    }
    known = JobProfile.formacodes.through.objects.filter(jobprofile_id__in=ids.values())
    thing = report.thing(_("Formacodes des profils"))
    sync_exactly(known, Q(), ("jobprofile_id", "formacode_id"), links, thing)


def _skill_ids() -> dict[str, int]:
    return dict(Skill.objects.own_words().values_list("code", "id"))


def _by_key(labels: Iterable[str]) -> list[tuple[str, str]]:
    """(key, label) of each label, the first of those that only differ by gender, case or accents."""
    first: dict[str, str] = {}
    for label in labels:
        first.setdefault(title_key(label), label)
    return list(first.items())
