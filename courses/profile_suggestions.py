"""Jobs proposed for a course: those that its title or objective names, else those whose skills it teaches most."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.enums import CodeKind
from courses.models import CodeSuggestion, Course, CourseProfile, CourseSkill
from courses.suggest import Vocabulary, suggest_skills
from portal.reference.models import JobProfile, ProfileSkill

RULE = "profile-1"
MOST = 3
# fewer skills in common say nothing
FEWEST_SKILLS = 3
LONGEST_EVIDENCE = 300


@dataclass(frozen=True)
class ProposedProfile:
    profile_id: int
    evidence: str
    points: int  # thousandths


class ProfileProposer:
    """Reads the portal's jobs once, then proposes. What a person decided of a course never comes back."""

    def __init__(self) -> None:
        profiles = list(JobProfile.objects.shown().prefetch_related("aliases"))
        self.ids = {profile.slug: profile.pk for profile in profiles}
        self.vocabulary = Vocabulary.of(
            {each.slug: (each.name, *(alias.label for alias in each.aliases.all())) for each in profiles}
        )
        self.wanted: dict[int, set[int]] = defaultdict(set)
        links = ProfileSkill.objects.filter(profile__in=self.ids.values()).order_by("profile_id", "skill_id")
        for profile, skill in links.values_list("profile_id", "skill_id"):
            self.wanted[profile].add(skill)

    def propose(self, course: Course) -> int:
        """Renew the proposed jobs of one course; return how many wait."""
        waiting = CodeSuggestion.objects.waiting().filter(course=course, kind=CodeKind.PROFILE)
        waiting.delete()
        closed = set(CourseProfile.objects.filter(course=course).values_list("profile_id", flat=True))
        decided = CodeSuggestion.objects.decided().filter(course=course, kind=CodeKind.PROFILE)
        closed |= set(decided.values_list("profile_id", flat=True))
        found = [each for each in self.named(course) or self.by_skills(course) if each.profile_id not in closed]
        CodeSuggestion.objects.bulk_create(self._rows(course, found[:MOST]))
        return len(found[:MOST])

    def _rows(self, course: Course, found: Sequence[ProposedProfile]) -> list[CodeSuggestion]:
        return [
            CodeSuggestion(
                course=course,
                kind=CodeKind.PROFILE,
                profile_id=each.profile_id,
                rank=rank,
                points=each.points,
                witness_title=each.evidence,
                rule=RULE,
            )
            for rank, each in enumerate(found, 1)
        ]

    def named(self, course: Course) -> list[ProposedProfile]:
        text = ".\n".join(filter(None, (course.title, course.objective, course.what_next)))
        return [
            ProposedProfile(self.ids[said.code], _("d’après « %(words)s »") % {"words": said.evidence}, 1_000)
            for said in suggest_skills(text, self.vocabulary, MOST)
        ]

    def by_skills(self, course: Course) -> list[ProposedProfile]:
        """Jobs that share most skills with the course, in parts of what they want; proposed skills count too."""
        links = CourseSkill.objects.filter(course=course).select_related("skill").order_by("-level_given", "pk")
        labels = {link.skill_id: link.skill.label for link in links}
        shared = {profile: [pk for pk in labels if pk in wanted] for profile, wanted in self.wanted.items()}
        ranked = sorted(
            (profile for profile, common in shared.items() if len(common) >= FEWEST_SKILLS),
            key=lambda profile: (-len(shared[profile]), len(self.wanted[profile]), profile),
        )
        return [
            ProposedProfile(
                profile,
                (_("en commun : %(skills)s") % {"skills": ", ".join(labels[pk] for pk in shared[profile])})[
                    :LONGEST_EVIDENCE
                ],
                1_000 * len(shared[profile]) // len(self.wanted[profile]),
            )
            for profile in ranked[:MOST]
        ]
