"""The panel of proposals on the page of a course at /gestion/, and the lists that lead there."""

import re

import pytest
from django.urls import reverse

from courses.code_suggestions import CodeProposer, Held
from courses.enums import CodeKind, SkillOrigin, SuggestionState
from courses.models import CodeSuggestion, Course, CourseSkill
from portal.accounts.enums import Role
from portal.reference.models import Certification, Formacode, Occupation
from portal.reference.wording import title_key
from tests.identities import make_agent
from tests.makers import make_course, make_skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    """A course for which a ROME code, a Formacode and a skill are proposed."""
    job = Occupation.objects.create(code="M1405", label="Data scientist", key=title_key("Data scientist"))
    label = Formacode.objects.create(code="31026", label="Data science")
    made = Certification.objects.create(register="RNCP", number="34757", title="Data scientist <niveau 7>")
    made.occupations.add(job)
    made.formacodes.add(label)
    course = make_course("Data scientist")
    CodeProposer(Held()).propose([course])
    CourseSkill.objects.create(
        course=course, skill=make_skill("Python"), origin=SkillOrigin.SUGGESTED, rule="words-1", evidence="en Python"
    )
    return course


@pytest.fixture
def signed_in(client):
    def sign_in(role: str):
        client.force_login(make_agent(role))
        return client

    return sign_in


def page_of(client, course: Course) -> str:
    return client.get(reverse("gestion:courses_course_change", args=[course.pk])).content.decode()


def decide(client, course: Course, decision: str):
    address = reverse("gestion:courses_course_suggestions", args=[course.pk])
    return client.post(address, {"decision": decision}, follow=True)


def messages_of(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def the(kind: str) -> CodeSuggestion:
    return CodeSuggestion.objects.get(kind=kind)


def test_each_proposal_is_shown_with_its_witness_or_its_words_and_two_buttons(signed_in, course):
    page = page_of(signed_in(Role.MODERATOR), course)
    assert "Propositions (3)" in page
    assert page.count("comme RNCP34757 Data scientist &lt;niveau 7&gt;") == 2
    assert "d’après « en Python »" in page
    buttons = re.findall(r'name="decision" value="([^"]+)" (?:class="refuse" )?aria-label="([^"]+)"', page)
    names = ("M1405 Data scientist", "31026 Data science", "Python")
    assert [label for _value, label in buttons] == [
        f"{verb} {name}" for name in names for verb in ("Accepter", "Refuser")
    ]
    assert len({value for value, _label in buttons}) == 6
    assert "Compte déjà dans l’orientation, aux trois quarts." in page


def test_an_agent_who_may_not_change_courses_reads_and_does_not_decide(signed_in, course):
    client = signed_in(Role.IMPORTER)
    page = page_of(client, course)
    assert "comme RNCP34757" in page
    assert 'name="decision"' not in page
    assert decide(client, course, f"accept-code-{the(CodeKind.ROME).pk}").status_code == 403
    assert the(CodeKind.ROME).state == SuggestionState.PROPOSED


def test_accepting_a_code_says_so_and_the_course_carries_it(signed_in, course):
    answer = decide(signed_in(Role.MODERATOR), course, f"accept-code-{the(CodeKind.ROME).pk}")
    assert messages_of(answer) == ["Accepté : code ROME M1405 Data scientist."]
    assert [job.code for job in course.occupations.all()] == ["M1405"]
    assert "Propositions (2)" in answer.content.decode()


def test_refusing_a_code_says_that_it_will_not_come_back(signed_in, course):
    answer = decide(signed_in(Role.MANAGER), course, f"refuse-code-{the(CodeKind.FORMACODE).pk}")
    assert messages_of(answer) == ["Refusé, et ne reviendra pas : Formacode 31026 Data science."]
    assert not course.formacodes.exists()


@pytest.mark.parametrize(
    ("verb", "said", "origins"),
    [("accept", "Accepté : Python.", ["validated"]), ("refuse", "Refusé, et ne reviendra pas : Python.", [])],
)
def test_a_skill_is_decided_like_a_code(verb, said, origins, signed_in, course):
    link = course.skill_links.get()
    assert messages_of(decide(signed_in(Role.MODERATOR), course, f"{verb}-skill-{link.pk}")) == [said]
    assert list(course.skill_links.values_list("origin", flat=True)) == origins


def test_what_no_longer_waits_is_told_and_changes_nothing(signed_in, course):
    client = signed_in(Role.MODERATOR)
    other = make_course("Une autre")
    gone = "Cette proposition n'attend plus : rechargez la page avant de recommencer."
    number = the(CodeKind.ROME).pk
    assert messages_of(decide(client, other, f"accept-code-{number}")) == [gone], "a proposal of another course"
    assert messages_of(decide(client, course, "accept-code-999999999")) == [gone]
    decide(client, course, f"refuse-code-{number}")
    assert messages_of(decide(client, course, f"accept-code-{number}")) == [gone]
    assert messages_of(decide(client, course, "accept-skill-999999999")) == [gone]
    assert not Course.occupations.through.objects.exists()


@pytest.mark.parametrize("decision", ["", "accept", "accept-code-0", "accept-code-x", "drop-code-1", "accept-course-1"])
def test_another_decision_does_not_exist(decision, signed_in, course):
    assert decide(signed_in(Role.MODERATOR), course, decision).status_code == 404


def test_a_code_added_by_hand_is_no_longer_proposed_on_the_page(signed_in, course):
    course.occupations.add(Occupation.objects.get(code="M1405"))
    page = page_of(signed_in(Role.MODERATOR), course)
    assert "Propositions (2)" in page
    assert "Aucun code ROME n’attend." in page


def test_the_page_costs_no_more_queries_with_ten_proposals(signed_in, course, count_queries):
    signed_in(Role.MODERATOR)
    address = reverse("gestion:courses_course_change", args=[course.pk])
    few = count_queries(address)
    for number in range(9):
        job = Occupation.objects.create(code=f"A11{number:02d}", label=f"Métier {number}", key=f"metier {number}")
        CodeSuggestion.objects.create(course=course, kind=CodeKind.ROME, occupation=job, rank=3, points=300, rule="t")
    assert count_queries(address) == few


def test_the_list_can_be_narrowed_to_what_waits_and_the_index_says_how_many(signed_in, course):
    client = signed_in(Role.MODERATOR)
    make_course("Sans proposition")
    coded = make_course("Déjà codée")
    job = Occupation.objects.create(code="A1101", label="Laboureur", key="laboureur")
    CodeSuggestion.objects.create(course=coded, kind=CodeKind.ROME, occupation=job, rank=1, points=900, rule="t")
    coded.occupations.add(Occupation.objects.get(code="M1405"))
    coded.formacodes.add("31026")

    def titles(choice: str) -> set[str]:
        page = client.get(reverse("gestion:courses_course_changelist"), {"propositions": choice})
        return {row.title for row in page.context["cl"].result_list}

    assert titles("a-decider") == {"Data scientist", "Déjà codée"}
    assert titles("sans-code") == {"Data scientist"}
    (line,) = [line for line in client.get(reverse("gestion:index")).context["waiting"] if "codes" in str(line.label)]
    assert (line.count, client.get(line.url).status_code) == (1, 200)


def test_the_trace_of_decisions_is_a_screen_that_only_shows(signed_in, course):
    client = signed_in(Role.MODERATOR)
    decide(client, course, f"refuse-code-{the(CodeKind.ROME).pk}")
    page = client.get(reverse("gestion:courses_codesuggestion_changelist"), {"state__exact": "refused"})
    assert [row.target.code for row in page.context["cl"].result_list] == ["M1405"]


def test_a_proposal_is_no_declared_code_for_the_public(client, course):
    page = client.get(course.get_absolute_url()).content.decode()
    api = client.get(reverse("courses:api_course", args=[course.pk])).content.decode()
    for text in (page, api):
        assert "M1405" not in text
        assert "31026" not in text
        assert "RNCP34757" not in text
