"""From a person's words to rows of the base: jobs they may aim at, the job they have, the place they name.

Everything found is a proposal with its reason, for the person to confirm or refuse; below a floor nothing is proposed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from jobs.matching.nearness import likeness
from jobs.matching.sentence import Said, place_phrases, postcodes, read_sentence
from jobs.matching.vocabulary import EXACT, NEAR, SAID, ProfileVocabulary, description_words, jobs_meant
from portal.reference.enums import Importance
from portal.reference.models import (
    Commune,
    Department,
    JobProfile,
    JobProfileAlias,
    JobTitle,
    Occupation,
    OccupationSkill,
    ProfileSkill,
    SkillAlias,
)
from portal.reference.models.place import commune_key
from portal.reference.traps import EMPTY_HANDED, OTHER_TRADE, confusable
from portal.reference.wording import title_key

MOST_PROPOSED = 3
# titles read from the base before they are compared word by word
TITLES_READ = 60
# likeness, 0 to 100, from which a job title is proposed, and from which it is taken for the present job
TITLE_FLOOR, SURE_TITLE = 40, 60
# skills of the present job that serve a goal move it up, and are told: this for each, divided by how many jobs ask it
SHARED_SKILL_POINTS = 48
# from which two words are one, mistyped
SAME_WORD = 45
# a place written without a capital must be a town that people name, not a hamlet called like a common word
KNOWN_TOWN = 2_000
ROME_CODE = re.compile(r"[a-n]\d{4}")
# families of what any job teaches: sharing "rigueur" with a goal says nothing of it
EVERYONES_FAMILIES = ("relation", "raisonnement", "organisation")


@dataclass(frozen=True, slots=True)
class GoalFound:
    """A job somebody may aim at: one of the portal's profiles, or an occupation of ROME, and why it is proposed.

    `reason` is "exact", "said", "near" or "words"; `witnesses` are the names or skills that led here; `shared` the
    skills that the present job usually gives. `points` only order proposals.
    """

    profile: JobProfile | None
    occupation: Occupation | None
    reason: str
    witnesses: tuple[str, ...]
    points: int
    shared: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        if self.profile:
            return str(self.profile.name)
        return str(self.occupation.label) if self.occupation else ""

    @property
    def summary(self) -> str:
        return str(self.profile.summary) if self.profile else ""

    @property
    def why(self) -> str:
        """The reason in one or two French sentences."""
        named = ", ".join(f"« {witness} »" for witness in self.witnesses)
        sentences = {
            EXACT: _("C’est un nom de ce métier : %(named)s."),
            SAID: _("Vous citez un nom de ce métier : %(named)s."),
            NEAR: _("Proche d’un nom de ce métier : %(named)s."),
        }
        why = sentences.get(self.reason, _("Vos mots se retrouvent ici : %(named)s.")) % {"named": named}
        if self.shared:
            known = ", ".join(self.shared[:MOST_PROPOSED])
            why += " " + _("On y utilise ce que votre métier donne souvent : %(skills)s.") % {"skills": known}
        return why

    def target(self) -> dict[str, Any]:
        """What choosing it says: a profile or an occupation, never both."""
        return {"profile": self.profile, "occupation": self.occupation}


@dataclass(frozen=True, slots=True)
class TitleFound:
    """An occupation found by one of its titles, with how alike they are, 0 to 100."""

    occupation: Occupation
    title: str
    points: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What a sentence may mean, part by part, each to be confirmed. `said` holds the words themselves.

    `former` is set only when a title is near enough; `communes` holds homonyms when the place is not sure.
    """

    said: Said
    goals: tuple[GoalFound, ...] = ()
    former: Occupation | None = None
    formers: tuple[TitleFound, ...] = ()
    commune: Commune | None = None
    communes: tuple[Commune, ...] = ()
    department: Department | None = None


def understand(text: str, *, day: date) -> Heard:
    """Return what `text`, a word or a sentence, may say. Ten queries at most, whatever it holds."""
    phrases, communes, department = _places(text)
    said = read_sentence(text, places=phrases, day=day)
    formers = tuple(titles_called(said.present, limit=MOST_PROPOSED))
    former = formers[0].occupation if formers and formers[0].points >= SURE_TITLE else None
    return Heard(
        said=said,
        goals=tuple(goals_called(said.goal, former=former)),
        former=former,
        formers=formers,
        commune=communes[0] if len(communes) == 1 else None,
        communes=tuple(communes),
        department=department,
    )


def goals_called(text: str, *, former: Occupation | None = None, limit: int = MOST_PROPOSED) -> list[GoalFound]:
    """Return up to `limit` profiles, then up to `limit` occupations, that `text` may name, each with its reason.

    An empty list is an answer: none of them fits, and the page shows them all.
    """
    key = title_key(text)
    if not key:
        return []
    found = [
        GoalFound(None, title.occupation, EXACT if title.is_exact else NEAR, (title.title,), title.points)
        for title in titles_called(text, limit=limit)
    ]
    return [*_profiles_called(key, former)[:limit], *found]


def occupations_called(text: str, *, limit: int = MOST_PROPOSED) -> list[Occupation]:
    """Return up to `limit` occupations that `text` may name, best first."""
    return [found.occupation for found in titles_called(text, limit=limit)]


def titles_called(text: str, *, limit: int = MOST_PROPOSED) -> list[TitleFound]:
    """Return up to `limit` occupations with the title that `text` is nearest to, best first. One query.

    A ROME code is understood as such: "M1405".
    """
    key = title_key(text)
    if not key:
        return []
    if ROME_CODE.fullmatch(key):
        coded = Occupation.objects.filter(code=key.upper())
        return [TitleFound(job, job.label, 100, True) for job in coded]
    words = key.split()
    barred = {code for word in words if len(words) > 1 for code in OTHER_TRADE.get(word, ())}
    best: dict[int, tuple[tuple[Any, ...], TitleFound]] = {}
    for title in _titles_like(key):
        job, points = title.occupation, likeness(key, title.key)
        is_exact = title.key == key
        parts = title.key.split()
        if job.code in barred or confusable(words, parts) or not (is_exact or _shares_a_trade(words, parts)):
            continue
        place = (not is_exact, -points, not job.is_common_start, not title.is_main, job.code, title.label)
        if points >= TITLE_FLOOR and (job.pk not in best or place < best[job.pk][0]):
            best[job.pk] = (place, TitleFound(job, title.label, points, is_exact))
    ordered = sorted(best.values(), key=lambda kept: kept[0])
    return [found for _place, found in ordered[:limit]]


def profile_vocabulary() -> tuple[dict[str, JobProfile], list[ProfileVocabulary]]:
    """Return the profiles shown, by slug, and the words of each. Two queries."""
    profiles: dict[int, Any] = {profile.pk: profile for profile in _profiles_with_names()}
    skills: dict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
    aliases = SkillAlias.objects.filter(skill=OuterRef("skill_id")).order_by("key")
    links = ProfileSkill.objects.filter(profile__in=profiles).annotate(alias_list=_names(aliases))
    ordered = links.order_by("profile_id", "-importance", "-level", "skill__code")
    columns = ("profile_id", "importance", "skill__key", "skill__label", "alias_list")
    for pk, importance, key, label, others in ordered.values_list(*columns):
        skills[pk, importance] += _pairs(key, label, others)
    words = [
        ProfileVocabulary(
            slug=profile.slug,
            names=tuple(_pairs(profile.key, profile.name, profile.alias_list)),
            skills=tuple(skills[profile.pk, Importance.ESSENTIAL]),
            extras=tuple(skills[profile.pk, Importance.DESIRABLE]),
            text=description_words((profile.summary, *profile.tasks)),
        )
        for profile in profiles.values()
    ]
    return {profile.slug: profile for profile in profiles.values()}, words


def _profiles_called(key: str, former: Occupation | None) -> list[GoalFound]:
    profiles, words = profile_vocabulary()
    shared = _shared_skills(former) if former else {}
    found = []
    for sign in jobs_meant(key, words):
        skills = shared.get(sign.slug, [])
        points = sign.points + sum(worth for worth, _label in skills)
        told = tuple(label for _worth, label in sorted(skills, key=lambda skill: (-skill[0], skill[1])))
        found.append(GoalFound(profiles[sign.slug], None, sign.reason, sign.witnesses, points, told))
    return sorted(found, key=lambda goal: (goal.reason != EXACT, -goal.points, goal.label))


def _profiles_with_names() -> QuerySet[Any]:
    aliases = JobProfileAlias.objects.filter(profile=OuterRef("pk")).order_by("key")
    shown: QuerySet[Any] = JobProfile.objects.shown().annotate(alias_list=_names(aliases)).order_by("slug")
    return shown


def _names(aliases: QuerySet[Any]) -> ArraySubquery:
    return ArraySubquery(aliases.values(json=JSONObject(key="key", label="label")))


def _pairs(key: str, label: str, aliases: Iterable[dict[str, str]]) -> list[tuple[str, str]]:
    return [(key, label), *((alias["key"], alias["label"]) for alias in aliases)]


def _shared_skills(former: Occupation) -> dict[str, list[tuple[int, str]]]:
    """Slug of a profile to (points, label) of the skills it asks for and that people of `former` usually have."""
    usual = OccupationSkill.objects.filter(occupation=former, level__isnull=False).values("skill_id")
    askers: dict[str, list[str]] = defaultdict(list)
    telling = ProfileSkill.objects.filter(skill__in=usual, profile__is_shown=True)
    links = telling.exclude(skill__family__in=EVERYONES_FAMILIES).order_by("profile__slug")
    for slug, label in links.values_list("profile__slug", "skill__label"):
        askers[label].append(slug)
    shared: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for label, slugs in askers.items():
        for slug in slugs:
            shared[slug].append((max(1, SHARED_SKILL_POINTS // len(slugs)), label))
    return shared


def _shares_a_trade(asked: Sequence[str], given: Sequence[str]) -> bool:
    """Whether the two share a word that says something of the trade, mistyped or not."""
    telling = [word for word in given if word not in EMPTY_HANDED]
    return any(likeness(word, other) >= SAME_WORD for word in asked if word not in EMPTY_HANDED for other in telling)


def _titles_like(key: str) -> QuerySet[JobTitle]:
    near = JobTitle.objects.filter(Q(key=key) | Q(key__trigram_similar=key), occupation__is_obsolete=False)
    ranked = near.annotate(near=TrigramSimilarity("key", key)).select_related("occupation")
    return ranked.order_by("-near", "-occupation__is_common_start", "-is_main", "occupation__code", "pk")[:TITLES_READ]


def _places(text: str) -> tuple[list[str], list[Commune], Department | None]:
    """(the words that name a place, the communes they may be, the département). A postcode wins over a name."""
    towns = Commune.objects.select_related("department")
    for code in postcodes(text):
        coded = list(towns.called(code))
        if coded:
            return [code, *_named(text, {commune.key for commune in coded})], coded, None
    phrases = place_phrases(text)
    keys: dict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        keys[commune_key(phrase)].append(phrase)
    found: dict[str, list[Commune]] = defaultdict(list)
    for commune in towns.filter(key__in=keys).order_by("-population", "insee"):
        if any(phrases[phrase] for phrase in keys[commune.key]) or (commune.population or 0) >= KNOWN_TOWN:
            found[commune.key].append(commune)
    departments = {commune_key(row.name): row for row in Department.objects.all() if commune_key(row.name) in keys}
    if not found and not departments:
        return [], [], None
    longest = max([*found, *departments], key=lambda key: (len(key.split()), key in found, key))
    said = [phrase for key in {*found, *departments} for phrase in sorted(keys[key], key=len, reverse=True)]
    return said, found.get(longest, []), None if longest in found else departments[longest]


def _named(text: str, keys: set[str]) -> list[str]:
    return [phrase for phrase in place_phrases(text) if commune_key(phrase) in keys]
