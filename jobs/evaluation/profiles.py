"""The tasks about jobs of AI: free text → job, and confirmed job → courses, on titles.

The sets speak of twelve jobs of their own; `OWN` says which of the portal's profiles answer for each. With
`is_given` the jobs are those of the file, in its words alone.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from courses.suggest import Vocabulary, suggest_skills
from jobs.evaluation.files import Ranking, Row, Unreadable, gains_of, rows_of
from jobs.evaluation.measures import DEPTH
from jobs.evaluation.tasks import Gains, Task
from jobs.matching.engine import rank
from jobs.matching.facts import SUGGESTED, CourseFacts, Link, SeekerFacts, SkillNeed, Taught
from jobs.matching.titles import GoalWords, TitleWords
from jobs.matching.vocabulary import JobWords, ProfileVocabulary, description_words
from portal.reference.wording import title_key
from portal.reference.words import ALL_SKILLS, PROFILES
from portal.reference.words.shapes import ProfileWord, SkillWord

# a job of the sets → the portal's profiles that answer for it, the nearest first
OWN: Mapping[str, tuple[str, ...]] = {
    "DA": ("data-analyst",),
    "DS": ("data-scientist",),
    "DE": ("data-engineer",),
    "ML": ("ingenieur-apprentissage-automatique", "ingenieur-mlops"),
    "GN": ("developpeur-ia-generative", "concepteur-assistants-ia"),
    "CV": ("ingenieur-vision",),
    "SE": ("expert-securite-ia",),
    "PM": ("chef-produit-ia",),
    "DP": ("responsable-conformite-ia",),
    "DV": ("developpeur-applications-ia",),
    "RB": ("ingenieur-ia-embarquee", "technicien-ia-embarquee"),
    "CL": ("ingenieur-cloud-donnees",),
}
# profiles that a text may mean without being one of the twelve, and the nearest of these
NEAR: Mapping[str, str] = {"technicien-donnees": "DA", "referent-ia": "PM"}
ESSENTIAL, DESIRABLE = 3, 1
# a title that names a skill is taken to give practice of it
TITLE_LEVEL = 2
# courses are ranked without dates: any day does
DAY = date(2027, 1, 1)
SKILLS: Mapping[str, SkillWord] = {skill.code: skill for skill in ALL_SKILLS}


@dataclass(frozen=True)
class Job:
    """A job in words: (key, label) of its names; (code, weight, level) of its skills; the codes that are evidence."""

    slug: str
    names: tuple[str, ...]
    skills: tuple[tuple[str, int, int], ...]
    targets: frozenset[tuple[str, str]]
    text: str = ""


@dataclass(frozen=True)
class JobSet:
    """Jobs, the names of their skills, and which jobs answer for each code of the sets."""

    jobs: Mapping[str, Job]
    skill_names: Mapping[str, tuple[str, ...]]
    # those that only come with a life, not with a course, count for no title
    counted: frozenset[str]
    answering: Mapping[str, tuple[str, ...]]
    also: Mapping[str, str] = field(default_factory=dict)

    def vocabulary(self) -> JobWords:
        return JobWords(
            [
                ProfileVocabulary(
                    job.slug,
                    names=tuple((title_key(name), name) for name in job.names),
                    skills=self._pairs(job, ESSENTIAL),
                    extras=self._pairs(job, DESIRABLE),
                    text=description_words([job.text]),
                )
                for job in self.jobs.values()
            ]
        )

    def title_words(self) -> TitleWords:
        return TitleWords(
            [
                GoalWords(
                    job.slug,
                    tuple(title_key(name) for name in job.names),
                    needed=self._keys(job, ESSENTIAL),
                    welcome=self._keys(job, DESIRABLE),
                )
                for job in self.jobs.values()
            ]
        )

    def code_of(self, slug: str) -> str:
        """The code of the sets that `slug` answers for, empty for none."""
        own = next((code for code, slugs in self.answering.items() if slug in slugs), "")
        return own or self.also.get(slug, "")

    def _pairs(self, job: Job, weight: int) -> tuple[tuple[str, str], ...]:
        names = (name for code, own, _level in job.skills if own == weight for name in self.skill_names[code])
        return tuple((title_key(name), name) for name in names)

    def _keys(self, job: Job, weight: int) -> tuple[str, ...]:
        codes = (code for code, own, _level in job.skills if own == weight and code in self.counted)
        return tuple(title_key(name) for code in codes for name in self.skill_names[code])


def own_jobs() -> JobSet:
    """The portal's profiles, in the words that it ships."""
    return JobSet(
        jobs={profile.slug: _own_job(profile) for profile in PROFILES},
        skill_names={code: (skill.label, *skill.aliases) for code, skill in SKILLS.items()},
        counted=frozenset(code for code, skill in SKILLS.items() if skill.kind == "ai"),
        answering=OWN,
        also=NEAR,
    )


def _own_job(profile: ProfileWord) -> Job:
    wanted = ((profile.essential, ESSENTIAL), (profile.desirable, DESIRABLE))
    return Job(
        slug=profile.slug,
        names=(profile.name, *profile.aliases, *profile.adverts),
        skills=tuple((code, weight, level) for levels, weight in wanted for code, level in levels.items()),
        targets=frozenset(
            {("formacode", code) for code in profile.formacodes}
            | {("rome", code) for code, _why in profile.occupations}
        ),
        text=" ".join((profile.summary, *profile.tasks)),
    )


def given_jobs(index: Path) -> JobSet:
    """The jobs of `profils_cibles.json` alone. Raises Unreadable."""
    path = index / "eval/profils_cibles.json"
    try:
        found: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        labels = rows_of(index / "nomenclatures/formacode_certifinfo.csv", ("code", "libelle"))
        codes = {row["libelle"]: row["code"] for row in labels}
        jobs = {
            slug: Job(
                slug=slug,
                names=(said["libelle"], *said["libelles_equivalents"]),
                skills=tuple((skill, ESSENTIAL, TITLE_LEVEL) for skill in said["competences"]),
                targets=frozenset(
                    {("formacode", codes[label]) for label in said["formacodes"] if label in codes}
                    | {("rome", code) for code in said["rome"]}
                ),
            )
            for slug, said in found.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Unreadable(_("%(path)s : profils illisibles (%(fault)s).") % {"path": path, "fault": fault}) from fault
    skills = frozenset(skill for job in jobs.values() for skill, _weight, _level in job.skills)
    return JobSet(jobs, {skill: (skill,) for skill in skills}, skills, {slug: (slug,) for slug in jobs})


@dataclass
class JobTask(Task):
    @cached_property
    def jobs(self) -> JobSet:
        return given_jobs(self.index) if self.is_given else own_jobs()

    def group(self, query: Row) -> str:
        return f"{self.name}-given" if self.is_given else self.name


class Profiles(JobTask):
    """What a person or an employer writes → jobs."""

    name, columns = "profiles", ("requete",)

    def answer(self, query: Row) -> Ranking:
        signs = self._vocabulary.meant(title_key(query["requete"]))
        codes = [self.jobs.code_of(sign.slug) for sign in signs]
        return list(dict.fromkeys(filter(None, codes)))[:DEPTH]

    def own_set(self, folder: Path) -> tuple[list[Row], Gains]:
        return self.queries(folder / "ia_requetes_dev.csv"), gains_of(folder / "ia_profils_dev_juges.csv")

    @cached_property
    def _vocabulary(self) -> JobWords:
        return self.jobs.vocabulary()


class Courses(JobTask):
    """A confirmed job → courses known by their titles and their codes, ranked by the score of the pages."""

    name, columns = "courses", ("profil",)

    def answer(self, query: Row) -> Ranking:
        slugs = self.jobs.answering.get(query["profil"], ())
        return self._ranked(tuple(slug for slug in slugs if slug in self.jobs.jobs))

    def own_set(self, folder: Path) -> tuple[list[Row], Gains]:
        """One query a job: the courses judged for the first text that asks for it."""
        gains = gains_of(folder / "ia_formations_dev_juges.csv")
        asked: dict[str, str] = {}
        for row in rows_of(folder / "ia_profils_dev_juges.csv", ("qid", "profil")):
            if row["qid"] in gains:
                asked.setdefault(row["profil"], row["qid"])
        return [{"qid": qid, "profil": job} for job, qid in asked.items()], gains

    def _ranked(self, slugs: Sequence[str]) -> Ranking:
        jobs = [self.jobs.jobs[slug] for slug in slugs]
        if not jobs:
            return []
        needs: dict[str, SkillNeed] = {}
        for job in jobs:
            for code, weight, level in job.skills:
                known = needs.get(code, SkillNeed(code, code, level, weight))
                needs[code] = SkillNeed(code, code, max(level, known.level), max(weight, known.weight))
        targets = frozenset().union(*(job.targets for job in jobs))
        titles = self._titles.titles(slugs)
        seeker = SeekerFacts(tuple(needs.values()), DAY, targets=targets)
        facts = [
            CourseFacts(
                pk,
                row["intitule"],
                teaches=self._taught[pk],
                links=_links(row),
                title_match=titles.points(title_key(row["intitule"])),
            )
            for pk, row in enumerate(self._courses)
        ]
        answers = rank(seeker, facts, week="").answers
        return [self._courses[answer.course.pk]["id"] for answer in answers[:DEPTH]]

    @cached_property
    def _courses(self) -> list[Row]:
        columns = ("id", "intitule", "codes_rome", "code_formacode")
        return rows_of(self.index / "eval/ia_formations.csv", columns)

    @cached_property
    def _taught(self) -> list[tuple[Taught, ...]]:
        names = {code: self.jobs.skill_names[code] for code in self.jobs.counted}
        vocabulary = Vocabulary.of(names)
        return [
            tuple(
                Taught(found.code, found.code, 0, TITLE_LEVEL, SUGGESTED, found.evidence)
                for found in suggest_skills(row["intitule"], vocabulary)
            )
            for row in self._courses
        ]

    @cached_property
    def _titles(self) -> TitleWords:
        return self.jobs.title_words()


def _links(row: Row) -> tuple[Link, ...]:
    formacode = [Link("formacode", row["code_formacode"])] if row["code_formacode"] else []
    return (*formacode, *(Link("rome", code) for code in row["codes_rome"].split("|") if code))
