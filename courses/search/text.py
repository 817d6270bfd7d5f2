"""What the words of a question mean here: a text search, and the jobs and skills they name."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramSimilarity
from django.db.models import Case, Exists, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from courses.models import Course, CourseProfile, CourseSkill
from portal.reference.models import JobProfile, JobProfileAlias, Skill
from portal.reference.wording import normalise, title_key, words

# a course that leads to the job somebody named, or teaches the skill, comes before one whose text has the word;
# a skill counts by the level the course gives (1 to 3)
NAMED_PROFILE_BONUS = 1.0
NAMED_SKILL_BONUS_PER_LEVEL = 0.3
LEAST_LIKENESS = 0.35
MOST_WORDS = 12


@dataclass(frozen=True)
class TextMatch:
    """How a text selects and ranks courses. `is_partial`: no course has all the words, so one is enough."""

    text: str
    is_partial: bool = False
    profiles: tuple[int, ...] = ()
    skills: tuple[int, ...] = ()

    @property
    def condition(self) -> Q:
        """A condition on courses; an empty text selects every course."""
        if not self.text:
            return Q()
        condition = Q(search=self._query)
        if self.profiles:
            condition |= Q(self._named(CourseProfile, profile__in=self.profiles))
        if self.skills:
            condition |= Q(self._named(CourseSkill, skill__in=self.skills))
        return condition

    @property
    def rank(self):
        """An expression on courses, 0 without a text; only its order means something."""
        if not self.text:
            return Value(0.0, output_field=FloatField())
        rank: Any = SearchRank(F("search"), self._query)
        if self.profiles:
            leads_there = When(self._named(CourseProfile, profile__in=self.profiles), then=Value(NAMED_PROFILE_BONUS))
            rank += Case(leads_there, default=Value(0.0), output_field=FloatField())
        if self.skills:
            links = CourseSkill.objects.filter(course=OuterRef("pk"), skill__in=self.skills).order_by("-level_given")
            level = Coalesce(Subquery(links.values("level_given")[:1]), 0, output_field=FloatField())
            rank += level * Value(NAMED_SKILL_BONUS_PER_LEVEL)
        return rank

    @property
    def _query(self) -> SearchQuery:
        if not self.is_partial:
            return SearchQuery(self.text, config="fr", search_type="websearch")
        return SearchQuery(_one_of(self.text), config="fr", search_type="websearch")

    @staticmethod
    def _named(model, **named) -> Exists:
        return Exists(model.objects.filter(course=OuterRef("pk"), **named))


def understand(text: str) -> TextMatch:
    """Look `text` up: the jobs and skills it names, and whether any published course has all its words.

    At most three queries, whatever the catalogue. Whether one word is enough depends on the text alone, never on
    the other filters: counts would not add up otherwise.
    """
    if not text:
        return TextMatch("")
    key = title_key(text)
    profiles = JobProfile.objects.shown().filter(Q(key=key) | Q(aliases__key=key)).distinct()
    skills = Skill.objects.filter(Q(key=key) | Q(aliases__key=key)).distinct()
    match = TextMatch(
        text,
        profiles=tuple(profiles.values_list("pk", flat=True)[:5]),
        skills=tuple(skills.values_list("pk", flat=True)[:5]),
    )
    if Course.objects.published().filter(match.condition).exists() or not _one_of(text):
        return match
    return TextMatch(text, is_partial=True, profiles=match.profiles, skills=match.skills)


def nearest_name(text: str) -> str | None:
    """The name of a job or of a skill that is spelled most like `text`, for who slipped; None when nothing is near."""
    key = title_key(text)
    named: list[tuple[QuerySet, str]] = [
        (JobProfile.objects.shown(), "name"),
        (JobProfileAlias.objects.filter(profile__is_shown=True), "label"),
        (Skill.objects.own_words(), "label"),
    ]
    found = []
    for rows, name in named:
        alike: Any = rows.filter(key__trigram_similar=key).annotate(likeness=TrigramSimilarity("key", key))
        alike = alike.filter(likeness__gte=LEAST_LIKENESS).order_by("-likeness", "pk")
        found += list(alike.values_list("likeness", name)[:1])
    return max(found)[1] if found else None


def _one_of(text: str) -> str:
    """The words of `text`, without the phrases around a goal, any of which is enough; each is quoted as a word."""
    return " or ".join(f'"{word}"' for word in words(normalise(text))[:MOST_WORDS])
