"""Proposed codes in the base: written beside declarations, decided once, never proposed again once refused."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from courses import code_suggestions
from courses.actions import AlreadyDecided, accept_code, accept_skill, refuse_code, refuse_skill
from courses.code_suggestions import CodeProposer, Held, renew
from courses.enums import CodeKind, SkillOrigin, SuggestionState
from courses.models import CodeSuggestion, Course, CourseSkill
from courses.suggestions import Suggester
from courses.tasks import renew_code_suggestions
from portal.accounts.enums import Role
from portal.moderation.models import ModerationEvent
from portal.reference.models import Certification, Formacode, JobTitle, Occupation
from portal.reference.wording import title_key
from tests.identities import make_agent
from tests.makers import make_course, make_skill

pytestmark = pytest.mark.django_db


def make_occupation(code: str, label: str, parent: Occupation | None = None) -> Occupation:
    job = Occupation.objects.create(code=code, label=label, key=title_key(label), parent=parent)
    JobTitle.objects.create(occupation=job, label=label, key=title_key(label))
    return job


def make_certification(number: str, title: str, *rome: str, formacodes: tuple[str, ...] = (), register: str = "RNCP"):
    made = Certification.objects.create(register=register, number=number, title=title)
    made.occupations.set(Occupation.objects.filter(code__in=rome))
    made.formacodes.set(formacodes)
    return made


@pytest.fixture(autouse=True)
def words():
    """A little of ROME and of the certifications."""
    family = make_occupation("M1403", "Chargé d'études socio-économiques")
    make_occupation("M1405", "Data scientist", family)
    make_occupation("D1102", "Boulanger / Boulangère")
    Formacode.objects.bulk_create(
        Formacode(code=code, label=label) for code, label in (("31026", "Data science"), ("21538", "Boulangerie"))
    )
    make_certification("34757", "Data scientist", "M1403", formacodes=("31026",))
    make_certification("1", "Science des données", "M1403", formacodes=("31026",))
    make_certification("2", "CAP boulanger", "D1102", formacodes=("21538",))


@pytest.fixture
def agent():
    return make_agent(Role.MODERATOR)


@pytest.fixture
def propose():
    """`propose(course)`: the waiting proposals of a course once renewed, as (code, rank)."""

    def propose(course: Course) -> list[tuple[str, int]]:
        CodeProposer(Held()).propose([course])
        return waiting_of(course)

    return propose


def waiting_of(course: Course) -> list[tuple[str, int]]:
    rows = CodeSuggestion.objects.waiting().filter(course=course).in_order()
    return [(row.target.code, row.rank) for row in rows]


def the(course: Course, code: str) -> CodeSuggestion:
    return next(row for row in course.code_suggestions.all() if row.target.code == code)


def test_a_proposal_says_who_speaks_for_it(propose):
    course = make_course("Devenir data scientist")
    assert propose(course)[0] == ("M1405", 1)
    said = the(course, "M1405")
    assert (said.kind, said.witness, said.witness_title) == ("rome", "RNCP34757", "Data scientist")
    assert (said.state, said.rule, said.is_wide) == (SuggestionState.PROPOSED, "votes-1", False)
    assert the(course, "31026").witness == "RNCP34757"


def test_what_a_course_declares_is_not_proposed_and_its_family_neither(propose):
    course = make_course("Science des données")
    assert ("M1403", 1) in propose(course)
    assert the(course, "M1403").is_wide
    course.occupations.add(Occupation.objects.get(code="M1405"))
    course.formacodes.add("31026")
    assert {"M1403", "M1405", "31026"} & {code for code, _rank in propose(course)} == set()


def test_an_occupation_refines_the_family_that_a_course_declares(propose):
    course = make_course("Data scientist")
    course.occupations.add(Occupation.objects.get(code="M1403"))
    assert ("M1405", 1) in propose(course)


def test_renewing_without_a_change_writes_nothing(propose):
    course = make_course("Data scientist")
    before = propose(course)
    with CaptureQueriesContext(connection) as queries:
        assert propose(course) == before
    written = ("INSERT", "UPDATE", "DELETE")
    assert not [query["sql"] for query in queries if query["sql"].startswith(written)]


def test_renewing_follows_the_title_and_leaves_what_was_decided(propose, agent):
    course = make_course("Data scientist")
    propose(course)
    refuse_code(the(course, "31026"), by=agent)
    Course.objects.filter(pk=course.pk).update(title="CAP boulanger")
    assert propose(Course.objects.get(pk=course.pk)) == [("D1102", 1), ("21538", 1)]
    assert the(course, "31026").state == SuggestionState.REFUSED


def test_accepting_gives_the_code_to_the_course_once(propose, agent):
    course = make_course("Data scientist")
    propose(course)
    said = the(course, "M1405")
    accept_code(said, by=agent)
    accept_code(the(course, "31026"), by=agent)
    assert list(course.occupations.values_list("code", flat=True)) == ["M1405"]
    assert list(course.formacodes.values_list("code", flat=True)) == ["31026"]
    said.refresh_from_db()
    assert (said.state, said.decided_by, said.decided_at is not None) == (SuggestionState.ACCEPTED, agent, True)
    with pytest.raises(AlreadyDecided, match="n'attend plus"):
        refuse_code(said, by=agent)
    assert propose(course) == []


def test_a_decision_leaves_its_traces(propose, agent):
    course = make_course("Data scientist")
    propose(course)
    said = the(course, "M1405")
    accept_code(said, by=agent)
    event = ModerationEvent.objects.about(course).first()
    assert (event.verb, event.by, event.reason) == ("accept_suggestion", agent, "code ROME M1405 Data scientist")
    states = list(said.events.order_by("pgh_id").values_list("pgh_label", "state"))
    assert states == [("insert", "proposed"), ("update", "accepted")]
    course.refresh_from_db()
    assert course.version == 1, "codes are no part of what an approval covers"


def test_a_refusal_is_remembered_whatever_the_certifications_become(propose, agent):
    course = make_course("Data scientist")
    propose(course)
    refuse_code(the(course, "M1405"), by=agent)
    make_certification("9", "Data scientist confirmé", "M1403", "M1405")
    assert "M1405" not in [code for code, _rank in propose(course)]
    assert not course.occupations.exists()


def test_the_suggester_is_built_again_only_when_what_it_knows_changed():
    held = Held()
    first = held.current()
    assert held.current() is first
    make_certification("77", "Pâtissier", "D1102")
    second = held.current()
    assert second is not first
    Certification.objects.get(number="77").formacodes.add("21538")
    assert held.current() is not second


def test_a_retired_occupation_is_neither_proposed_nor_voted_for(propose):
    Occupation.objects.filter(code="D1102").update(is_obsolete=True)
    course = make_course("CAP boulanger")
    assert "D1102" not in [code for code, _rank in propose(course)]


def test_certifications_without_a_register_keep_the_number_that_names_them(propose):
    make_certification("CI12", "Tailleur de pierre", "D1102", register="OTHER")
    course = make_course("Tailleur de pierre")
    propose(course)
    assert the(course, "D1102").witness == "CI12"


def test_the_command_and_the_task_renew_the_published_courses_only(monkeypatch):
    monkeypatch.setattr(code_suggestions, "HELD", Held())
    shown, draft = make_course("Data scientist"), make_course("Data scientist", published=False)
    told: list[tuple[int, int]] = []
    assert renew(lambda done, total: told.append((done, total))) == len(waiting_of(shown)) > 0
    assert told == [(1, 1)]
    assert waiting_of(draft) == []
    CodeSuggestion.objects.all().delete()
    out = StringIO()
    call_command("suggest_codes", stdout=out, stderr=StringIO())
    assert f"{len(waiting_of(shown))} codes proposés attendent" in out.getvalue()
    assert renew_code_suggestions() == len(waiting_of(shown))


def test_thirty_courses_cost_no_more_queries_than_three():
    proposer = CodeProposer(Held())
    proposer.propose([make_course("Data scientist")])

    def cost(count: int) -> int:
        courses = [make_course(f"Data scientist {number}") for number in range(count)]
        with CaptureQueriesContext(connection) as queries:
            proposer.propose(courses)
        return len(queries)

    assert cost(3) == cost(30)


def test_only_sure_proposals_of_the_first_ranks_are_signs():
    course = make_course()
    jobs = [make_occupation(f"A11{number:02d}", f"Métier {number}") for number in range(4)]
    for job, rank, points in zip(jobs, (1, 2, 2, 3), (600, 599, 900, 900), strict=True):
        CodeSuggestion.objects.create(
            course=course, kind=CodeKind.ROME, occupation=job, rank=rank, points=points, rule="t"
        )
    CodeSuggestion.objects.create(
        course=course, kind=CodeKind.FORMACODE, formacode_id="31026", rank=1, points=699, rule="t"
    )
    signs = CodeSuggestion.objects.signs()
    assert [row.occupation.code for row in signs.order_by("rank")] == ["A1100", "A1102"]
    assert {row.pk for row in CodeSuggestion.objects.all() if row.is_sign} == {row.pk for row in signs}
    signs.update(state=SuggestionState.REFUSED, decided_at=course.created_at)
    assert not CodeSuggestion.objects.signs().exists()


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "rome", "formacode_id": "31026"},
        {"kind": "formacode"},
        {"kind": "formacode", "formacode_id": "31026", "state": "refused"},
    ],
)
def test_the_base_refuses_a_proposal_that_says_two_things(values):
    course = make_course()
    with pytest.raises(IntegrityError), transaction.atomic():
        CodeSuggestion.objects.create(course=course, rank=1, rule="t", **values)


class TestSkills:
    @pytest.fixture
    def link(self):
        make_skill("Python", kind="ai")
        course = make_course("Programmer en Python")
        Suggester().suggest([course])
        return course.skill_links.get()

    def test_an_accepted_skill_is_validated(self, link, agent):
        accept_skill(link, by=agent)
        link.refresh_from_db()
        assert link.origin == SkillOrigin.VALIDATED
        with pytest.raises(AlreadyDecided):
            refuse_skill(link, by=agent)
        assert ModerationEvent.objects.about(link.course).first().verb == "accept_suggestion"

    def test_a_refused_skill_does_not_come_back(self, link, agent):
        refuse_skill(link, by=agent)
        assert not CourseSkill.objects.exists()
        Suggester().suggest([link.course])
        assert not CourseSkill.objects.exists()
        said = CodeSuggestion.objects.get(kind=CodeKind.SKILL)
        assert (said.state, said.witness_title, said.decided_by) == (SuggestionState.REFUSED, "Python", agent)

    def test_a_declared_skill_is_not_decided(self, link, agent):
        CourseSkill.objects.update(origin=SkillOrigin.DECLARED)
        for decide in (accept_skill, refuse_skill):
            with pytest.raises(AlreadyDecided):
                decide(link, by=agent)
        assert CourseSkill.objects.get().origin == SkillOrigin.DECLARED
