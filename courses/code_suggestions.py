"""Proposed ROME codes and Formacodes of courses: the votes of the base's certifications, written beside declarations.

The indexes take seconds and hundreds of megabytes to build: they belong to commands and workers, never to a request.
One process builds them once, and again when what they are made of has changed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from itertools import batched
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.enums import CodeKind
from courses.models import CodeSuggestion, Course
from courses.suggest.codes import FORMACODE, ROME, RULE, CodeSuggester, Known, Labelled, ProposedCode
from portal.reference.enums import Register
from portal.reference.models import Certification, Formacode, JobTitle, Occupation, OccupationSkill

BATCH = 200
# a family that needs no proposal: the course carries one of its occupations
WIDE = "wide"
# what a proposal says, beside its course and its code
SAID = ("rank", "points", "is_wide", "witness", "witness_title", "rule")

Progress = Callable[[int, int], None]
# kind and primary key of a code
Target = tuple[str, Any]


def silent(done: int, total: int) -> None:
    """The progress of a renewal to which nobody listens."""


def short_name(register: str, number: str) -> str:
    """ "RNCP34757"; a number that says its register already stands alone."""
    return number if register in (Register.OTHER, Register.DEMO) else f"{register}{number}"


def read_known() -> Known:
    """What the base knows, in six queries whatever its size."""
    families = {
        code: parent or code
        for code, parent in Occupation.objects.filter(is_obsolete=False)
        .order_by("code")
        .values_list("code", "parent__code")
    }
    return Known(
        certifications=_labelled(),
        families=families,
        titles=tuple(_titles(families)),
        said=tuple(_said(families)),
        formacodes=tuple(Formacode.objects.order_by("code").values_list("label", "code")),
    )


def _labelled() -> tuple[Labelled, ...]:
    rome: dict[int, list[str]] = defaultdict(list)
    for pk, code in Certification.occupations.through.objects.order_by("occupation__code").values_list(
        "certification_id", "occupation__code"
    ):
        rome[pk].append(code)
    formacodes: dict[int, list[str]] = defaultdict(list)
    for pk, code in Certification.formacodes.through.objects.order_by("formacode_id").values_list(
        "certification_id", "formacode_id"
    ):
        formacodes[pk].append(code)
    rows = Certification.objects.order_by("register", "number").values_list("pk", "register", "number", "title")
    return tuple(
        Labelled(short_name(register, number), title, tuple(rome[pk]), tuple(formacodes[pk]))
        for pk, register, number, title in rows
        if pk in rome or pk in formacodes
    )


def _titles(families: dict[str, str]) -> Iterator[tuple[str, str]]:
    labels = Occupation.objects.filter(is_obsolete=False).order_by("code").values_list("label", "code")
    titles = JobTitle.objects.order_by("occupation__code", "key", "pk").values_list("label", "occupation__code")
    yield from dict.fromkeys(pair for rows in (labels, titles) for pair in rows if pair[1] in families)


def _said(families: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Definitions of the occupations and their skills."""
    for code, text in Occupation.objects.filter(is_obsolete=False).order_by("code").values_list("code", "definition"):
        if text:
            yield code, text
    skills = OccupationSkill.objects.order_by("occupation__code", "skill__code")
    for code, label in skills.values_list("occupation__code", "skill__label"):
        if code in families:
            yield code, label


class Held:
    """The suggester of this process with the digest of what it was made of, and the titles of its witnesses."""

    def __init__(self) -> None:
        self.digest = b""
        self.suggester: CodeSuggester | None = None
        self.titles: dict[str, str] = {}

    def current(self) -> CodeSuggester:
        """Read the base and, if it changed, build anew."""
        known = read_known()
        digest = blake2b(repr(known).encode(), digest_size=16).digest()
        if self.suggester is None or digest != self.digest:
            self.suggester, self.digest = CodeSuggester(known), digest
            self.titles = {each.name: each.title for each in known.certifications}
        return self.suggester


HELD = Held()


class CodeProposer:
    """Writes proposals for courses, with the suggester as it is when first asked; decided ones are never touched."""

    def __init__(self, held: Held = HELD):
        self.held = held
        self.suggester: CodeSuggester | None = None
        self.ids: dict[str, int] = {}

    @transaction.atomic
    def propose(self, courses: Sequence[Course]) -> int:
        """Renew the proposals of these courses, writing only what differs; return how many wait now."""
        if not courses:
            return 0
        if self.suggester is None:
            self.suggester = self.held.current()
            self.ids = dict(Occupation.objects.values_list("code", "pk"))
        closed = self._closed([course.pk for course in courses])
        known: dict[tuple[int, Target], CodeSuggestion] = {
            (row.course_id, target_of(row)): row
            for row in CodeSuggestion.objects.waiting().filter(course__in=courses).select_for_update()
        }
        wanted = {
            (course.pk, target): self._row(course, target, said)
            for course in courses
            for said in self.suggester.suggest(course.title, course.objective)
            if (target := self._target(said)) not in closed[course.pk]
            and not (said.is_wide and (WIDE, target[1]) in closed[course.pk])
        }
        _write(known, wanted)
        return len(wanted)

    def _closed(self, courses: list[int]) -> dict[int, set[Target]]:
        """Course → the codes not to propose: those it carries, those a person decided."""
        closed: dict[int, set[Target]] = defaultdict(set)
        for row in CodeSuggestion.objects.decided().filter(course__in=courses):
            closed[row.course_id].add(target_of(row))
        carried = Course.occupations.through._default_manager.filter(course__in=courses)
        for pk, occupation, family in carried.values_list("course_id", "occupation_id", "occupation__parent_id"):
            closed[pk] |= {(ROME, occupation), (WIDE, occupation), (WIDE, family)}
        labelled = Course.formacodes.through._default_manager.filter(course__in=courses)
        for pk, formacode in labelled.values_list("course_id", "formacode_id"):
            closed[pk].add((FORMACODE, formacode))
        return closed

    def _target(self, said: ProposedCode) -> Target:
        return (said.kind, self.ids[said.code] if said.kind == ROME else said.code)

    def _row(self, course: Course, target: Target, said: ProposedCode) -> CodeSuggestion:
        column = "occupation_id" if said.kind == ROME else "formacode_id"
        return CodeSuggestion(
            course=course,
            kind=said.kind,
            **{column: target[1]},
            rank=said.rank,
            points=said.points,
            is_wide=said.is_wide,
            witness=said.witness,
            witness_title=self.held.titles.get(said.witness, ""),
            rule=RULE,
        )


def target_of(row: CodeSuggestion) -> Target:
    """Kind and key of what a row proposes."""
    keys = {CodeKind.ROME: row.occupation_id, CodeKind.FORMACODE: row.formacode_id, CodeKind.SKILL: row.skill_id}
    return row.kind, keys[CodeKind(row.kind)]


def _write(known: dict[tuple[int, Target], CodeSuggestion], wanted: dict[tuple[int, Target], CodeSuggestion]) -> None:
    gone = [row.pk for key, row in known.items() if key not in wanted]
    CodeSuggestion.objects.waiting().filter(pk__in=gone).delete()
    changed = []
    for key, row in known.items():
        new = wanted.get(key)
        if new is not None and any(getattr(row, name) != getattr(new, name) for name in SAID):
            new.pk, new.proposed_at = row.pk, timezone.now()
            changed.append(new)
    CodeSuggestion.objects.bulk_update(changed, [*SAID, "proposed_at"], batch_size=BATCH)
    CodeSuggestion.objects.bulk_create(row for key, row in wanted.items() if key not in known)


def renew(progress: Progress = silent) -> int:
    """Renew the proposals of all published courses; return how many wait on them."""
    proposer, waiting, done = CodeProposer(), 0, 0
    rows = Course.objects.published().only("pk", "title", "objective").order_by("pk")
    total = rows.count()
    for batch in batched(rows.iterator(chunk_size=BATCH), BATCH):
        waiting += proposer.propose(batch)
        done += len(batch)
        progress(done, total)
    return waiting
