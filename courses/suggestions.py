"""Proposed skills and codes of courses, written beside those that people declare or validate."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from courses.code_suggestions import CodeProposer
from courses.enums import CodeKind, SkillOrigin
from courses.models import CodeSuggestion, Course, CourseSkill
from courses.profile_suggestions import ProfileProposer
from courses.suggest import RULE, Vocabulary, suggest_skills
from portal.reference.models import Skill

# courses whose codes one run of the worker looks for
AT_ONCE = 100


class Suggester:
    """Reads the portal's own words once, then proposes. What a person said of a course is never touched."""

    def __init__(self) -> None:
        self.ids: dict[str, int] | None = None
        self.vocabulary = Vocabulary()
        self.codes = CodeProposer()

    def suggest(self, courses: Sequence[Course]) -> int:
        """Renew the proposals of these courses; return how many there are now."""
        return self.suggest_skills(courses) + self.codes.propose(courses)

    def suggest_skills(self, courses: Sequence[Course]) -> int:
        """Renew the proposed skills; one that a person refused does not come back."""
        if not courses:
            return 0
        ids = self._read()
        CourseSkill.objects.filter(course__in=courses, origin=SkillOrigin.SUGGESTED, rule=RULE).delete()
        taken = set(CourseSkill.objects.filter(course__in=courses).values_list("course_id", "skill_id"))
        decided = CodeSuggestion.objects.decided().filter(course__in=courses, kind=CodeKind.SKILL)
        taken |= set(decided.values_list("course_id", "skill_id"))
        links = [
            CourseSkill(
                course=course,
                skill_id=ids[found.code],
                origin=SkillOrigin.SUGGESTED,
                rule=RULE,
                evidence=found.evidence,
            )
            for course in courses
            for found in suggest_skills(text_of(course), self.vocabulary)
            if (course.pk, ids[found.code]) not in taken
        ]
        CourseSkill.objects.bulk_create(links)
        return len(links)

    def _read(self) -> dict[str, int]:
        if self.ids is None:
            skills = list(Skill.objects.own_words().filter(is_obsolete=False).prefetch_related("aliases"))
            self.ids = {skill.code: skill.pk for skill in skills}
            self.vocabulary = Vocabulary.of(
                {skill.code: (skill.label, *(alias.label for alias in skill.aliases.all())) for skill in skills}
            )
        return self.ids


@transaction.atomic
def look_for_suggestions(course: Course) -> None:
    """After an edit: skills and jobs are proposed at once; codes take a worker some seconds, so they are asked for."""
    Suggester().suggest_skills([course])
    ProfileProposer().propose(course)
    Course.objects.filter(pk=course.pk).update(codes_asked_at=timezone.now())


@transaction.atomic
def answer_asked() -> int:
    """Propose codes for the courses whose members changed them; return how many were looked at."""
    asked = list(Course.objects.codes_asked()[:AT_ONCE].select_for_update(skip_locked=True))
    CodeProposer().propose(asked)
    Course.objects.filter(pk__in=[course.pk for course in asked]).update(codes_asked_at=None)
    return len(asked)


def text_of(course: Course) -> str:
    """What the course gives; what it asks for before entry is left out."""
    return ".\n".join(filter(None, (course.title, course.objective, course.what_you_learn)))
