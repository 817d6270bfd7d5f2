"""Codes proposed when a file is imported, and what later imports do of those that a person accepted or refused."""

import pytest

from courses.actions import accept_code, refuse_code
from courses.models import CodeSuggestion, Course
from portal.accounts.enums import Role
from portal.reference.models import Certification, Formacode, Occupation
from tests.identities import make_agent

pytestmark = pytest.mark.django_db

ROME = "        <code-ROME>M1405</code-ROME>\n"


@pytest.fixture
def certified(words):
    """Two certifications that vote for what our file speaks of; one code of them is not in the file."""
    scientist = Certification.objects.create(register="RNCP", number="34757", title="Data scientist")
    scientist.occupations.set(Occupation.objects.filter(code="M1405"))
    scientist.formacodes.set([Formacode.objects.create(code="31088", label="Programmation"), "31026"])


@pytest.fixture
def agent():
    return make_agent(Role.MODERATOR)


def course() -> Course:
    return Course.objects.get(external_id="CAMINS-01")


def proposed() -> set[str]:
    return {row.target.code for row in CodeSuggestion.objects.waiting().filter(course=course())}


def the(code: str) -> CodeSuggestion:
    return next(row for row in CodeSuggestion.objects.waiting().filter(course=course()) if row.target.code == code)


@pytest.mark.usefixtures("certified")
class TestAnImport:
    def test_proposes_codes_beside_those_that_the_file_declares(self, load):
        load()
        assert {"31088"} <= proposed()
        assert {"M1405", "31026", "31028"} & proposed() == set()
        assert "31088" not in {code.pk for code in course().formacodes.all()}

    def test_proposes_what_a_file_does_not_say(self, load, changed_file):
        load(changed_file((ROME, "")))
        assert "M1405" in proposed()

    def test_takes_back_what_the_source_declares_since(self, load, changed_file):
        load(changed_file((ROME, "")))
        load()
        assert "M1405" not in proposed()
        assert [job.code for job in course().occupations.all()] == ["M1405"]

    def test_proposes_again_what_the_source_no_longer_declares(self, load, changed_file):
        load()
        load(changed_file((ROME, "")))
        assert "M1405" in proposed()

    def test_keeps_an_accepted_code_and_changes_nothing_the_second_time(self, load, changed_file, agent):
        without = changed_file((ROME, ""))
        load(without)
        for code in ("M1405", "31088"):
            accept_code(the(code), by=agent)
        report = load(without)
        assert (report.counts["changed"], report.counts["same"]) == (0, report.counts["read"])
        assert [job.code for job in course().occupations.all()] == ["M1405"]
        assert load().counts["changed"] == 0, "the source says now what a person accepted before"
        assert "31088" in {code.pk for code in course().formacodes.all()}

    def test_drops_an_accepted_code_that_an_agent_took_away(self, load, changed_file, agent):
        without = changed_file((ROME, ""))
        load(without)
        accept_code(the("M1405"), by=agent)
        course().occupations.clear()
        assert load(without).counts["changed"] == 0
        assert not course().occupations.exists()

    def test_does_not_bring_back_a_refused_code(self, load, changed_file, agent):
        load()
        refuse_code(the("31088"), by=agent)
        load(changed_file(("Data scientist : des données", "Data scientist, des données")))
        assert "31088" not in proposed()

    def test_a_trial_proposes_nothing(self, load):
        load(dry_run=True)
        assert not CodeSuggestion.objects.exists()
