"""An LHEO file into the base: idempotent, moderated, withdrawn only when the file is whole."""

import datetime

import pytest

from courses.importers.lheo import read_lheo
from courses.importers.present import COURSE_FIELDS, OFFERING_FIELDS, SESSION_FIELDS, Base, course_row
from courses.importers.rows import course_row as planned_row
from courses.importers.write import GONE
from courses.models import (
    Course,
    CourseSkill,
    ImportRun,
    ImportSource,
    Offering,
    OfferingCost,
    Session,
    TrainingProvider,
)
from portal.accounts.models import Organisation
from portal.moderation.models import ModerationEvent, Status
from tests.courses.importers.states import OURS, counts, everything

pytestmark = pytest.mark.django_db


def without(number: str, text: str) -> tuple[str, str]:
    """The change that takes one formation out of the file."""
    start = text.index(f'<formation numero="{number}"')
    return text[start : text.index("</formation>", start) + len("</formation>")], ""


class TestFirstImport:
    def test_everything_is_there(self, load):
        report = load()
        assert counts(report) == {"read": 5, "new": 5, "warnings": 1}
        assert [(fault.code, fault.value) for fault in report.faults] == [("unknown-code", "M1873")]
        assert (Course.objects.count(), Offering.objects.count(), Session.objects.count()) == (5, 7, 9)
        assert TrainingProvider.objects.count() == Organisation.objects.count() == 3

    def test_the_rows_are_what_was_planned(self, load):
        load()
        base = Base.read()
        for reading in read_lheo(OURS):
            course = Course.objects.get(external_id=reading.record.number)
            held, planned = course_row(course), planned_row(reading.record, base.lookups, course.provider_id)
            assert held == planned

    def test_comparison_covers_every_planned_field(self):
        [reading, *_others] = read_lheo(OURS)
        row = planned_row(reading.record, Base.read().lookups, None)
        assert set(row.values) == set(COURSE_FIELDS)
        assert set(row.children[0].values) == set(OFFERING_FIELDS)
        assert set(row.children[0].children[0].values) == set(SESSION_FIELDS)

    def test_a_trusted_source_publishes_with_a_revision(self, load):
        load()
        course = Course.objects.get(external_id="CAMINS-01")
        assert (course.status, course.version, course.verified_on) == (Status.PUBLISHED, 1, datetime.date(2027, 1, 11))
        assert course.revision.content["offerings"][0]["price_cents"] == 875_000
        assert TrainingProvider.objects.published().count() == 3

    def test_another_source_waits_for_a_moderator(self, load):
        load(is_trusted=False)
        assert set(Course.objects.values_list("status", flat=True)) == {Status.SUBMITTED}
        assert set(TrainingProvider.objects.values_list("status", flat=True)) == {Status.SUBMITTED}
        assert not Course.objects.published().exists()

    def test_codes_and_places_are_linked(self, load):
        load()
        course = Course.objects.get(external_id="CAMINS-01")
        assert [occupation.code for occupation in course.occupations.all()] == ["M1405"]
        assert {formacode.code for formacode in course.formacodes.all()} == {"31026", "31028"}
        towns = dict(course.offerings.values_list("external_id", "commune__name"))
        assert towns == {"CAMINS-01-TLS": "Toulouse", "CAMINS-01-RDZ": "Rodez"}
        assert course.certification_note == "RNCP 99901"

    def test_a_town_is_found_by_postcode_and_name(self, load):
        load()
        assert Offering.objects.get(external_id="CAMINS-04-MDE").commune.name == "Mende"

    def test_two_places_are_two_offerings(self, load):
        load()
        offerings = Offering.objects.filter(course__external_id="CAMINS-02").order_by("pk")
        assert [offering.external_id for offering in offerings] == ["CAMINS-02-ALT", "CAMINS-02-ALT@30000"]
        assert [offering.sessions.count() for offering in offerings] == [1, 1]

    def test_what_is_left_to_pay_has_its_audience_source_and_day(self, load):
        load()
        costs = {cost.audience: cost for cost in Offering.objects.get(external_id="CAMINS-01-TLS").costs.all()}
        assert {audience: cost.left_to_pay_cents for audience, cost in costs.items()} == {
            "self_funded": 875_000,
            "jobseeker": 0,
            "employee": 0,
        }
        assert (costs["jobseeker"].source, costs["jobseeker"].stated_on) == ("camins", datetime.date(2027, 1, 11))
        [unknown] = Offering.objects.get(external_id="CAMINS-01-RDZ").costs.all()
        assert (unknown.audience, unknown.left_to_pay_cents) == ("jobseeker", None)
        assert unknown.condition.startswith("Aucun pour les demandeurs d'emploi")

    def test_partial_dates_stay_partial(self, load):
        load()
        dates = dict(Session.objects.values_list("external_id", "starts_precision"))
        assert (dates["CAMINS-01-TLS-B"], dates["CAMINS-03-DIST-P"], dates["CAMINS-05-TRB-27"]) == (
            "month",
            "unknown",
            "year",
        )

    def test_skills_are_proposed_with_their_words(self, load):
        load()
        links = CourseSkill.objects.filter(course__external_id="CAMINS-01").order_by("evidence")
        assert [(link.origin, link.evidence, link.rule) for link in links] == [
            ("suggested", "Python", "words-1"),
            ("suggested", "SQL", "words-1"),
        ]

    def test_the_onisep_file_is_imported(self, load, shared_data):
        report = load(shared_data / "lheo" / "exemple-bts-onisep-2.2.xml", name="onisep")
        assert (report.dialect, report.counts["new"], report.refusal) == ("lheo 2.2", 1, None)
        course = Course.objects.get()
        assert (course.exit_level, course.entry_level, course.provider.nda) == (5, None, None)
        assert course.offerings.get().sessions.get().ends_on == datetime.date(2017, 8, 31)

    def test_a_body_already_here_is_found_and_left_as_it_is(self, load):
        load()
        TrainingProvider.objects.filter(nda="76000000901").update(name="Nom choisi par l'organisme")
        load(name="autre")
        assert TrainingProvider.objects.count() == 3
        assert Course.objects.filter(provider__name="Nom choisi par l'organisme").count() == 4


class TestSecondImport:
    @pytest.mark.parametrize("is_trusted", [True, False])
    def test_the_same_file_changes_nothing(self, load, is_trusted):
        load(is_trusted=is_trusted)
        before = everything()
        report = load(is_trusted=is_trusted)
        assert everything() == before
        assert counts(report) == {"read": 5, "same": 5, "warnings": 1}
        assert ImportRun.objects.count() == 2

    def test_a_dry_run_writes_nothing_at_all(self, load):
        before = everything()
        report = load(dry_run=True)
        assert (report.counts["new"], report.run, everything()) == (5, None, before)
        assert not ImportSource.objects.exists()
        assert not ImportRun.objects.exists()

    def test_a_dry_run_says_what_would_change(self, load, changed_file):
        load()
        report = load(changed_file(("Data engineer en apprentissage", "Ingénierie de la donnée")), dry_run=True)
        assert counts(report) == {"read": 5, "same": 4, "changed": 1, "warnings": 1}
        assert set(report.changed_fields) == {"title", "slug"}
        assert Course.objects.filter(title="Data engineer en apprentissage").exists()

    def test_a_trusted_change_is_published_with_a_new_revision(self, load, changed_file):
        load()
        report = load(changed_file(("8 750,00", "7 900,00")))
        assert counts(report) == {"read": 5, "same": 4, "changed": 1, "warnings": 1}
        course = Course.objects.get(external_id="CAMINS-01")
        assert (course.version, course.revision.content["offerings"][0]["price_cents"]) == (2, 790_000)
        cost = OfferingCost.objects.get(offering__external_id="CAMINS-01-TLS", audience="self_funded")
        assert cost.left_to_pay_cents == 790_000

    def test_new_dates_need_no_new_revision(self, load, changed_file):
        load()
        report = load(changed_file(("<debut>20270301</debut>", "<debut>20270308</debut>")))
        assert report.counts["changed"] == 1
        assert Course.objects.get(external_id="CAMINS-01").version == 1
        assert Session.objects.get(external_id="CAMINS-01-TLS-A").starts_on == datetime.date(2027, 3, 8)

    def test_sessions_come_and_go(self, load, changed_file):
        load()
        load(changed_file(('numero="CAMINS-04-MDE-1"', 'numero="CAMINS-04-MDE-9"')))
        sessions = Session.objects.filter(offering__course__external_id="CAMINS-04")
        assert sorted(session.external_id for session in sessions) == ["CAMINS-04-MDE-2", "CAMINS-04-MDE-9"]

    def test_an_offering_can_go(self, load, changed_file):
        load()
        load(changed_file(('numero="CAMINS-01-RDZ"', 'numero="CAMINS-01-RODEZ"')))
        numbers = Offering.objects.filter(course__external_id="CAMINS-01").values_list("external_id", flat=True)
        assert sorted(numbers) == ["CAMINS-01-RODEZ", "CAMINS-01-TLS"]

    def test_a_newer_file_confirms_what_it_repeats(self, load, changed_file):
        load()
        load(changed_file(("2027-01-11T06:30:00", "2027-01-14T06:30:00")))
        assert set(Course.objects.values_list("verified_on", flat=True)) == {datetime.date(2027, 1, 14)}

    def test_a_course_hidden_because_nobody_confirmed_it_is_shown_again(self, load, changed_file):
        load()
        Course.objects.update(hidden_since=datetime.date(2027, 1, 12))
        load()
        assert not Course.objects.published().exists(), "the same file says nothing new"
        load(changed_file(("2027-01-11T06:30:00", "2027-01-14T06:30:00")))
        assert Course.objects.published().count() == 5

    def test_codes_follow_the_file(self, load, changed_file):
        load()
        load(changed_file(("<code-ROME>M1405</code-ROME>", "<code-ROME>M1889</code-ROME>")))
        course = Course.objects.get(external_id="CAMINS-01")
        assert [occupation.code for occupation in course.occupations.all()] == ["M1889"]

    def test_validated_skills_are_left_alone_and_proposals_renewed(self, load, changed_file):
        load()
        python = CourseSkill.objects.get(course__external_id="CAMINS-01", skill__label="Python")
        python.origin, python.rule, python.level_given = "validated", "", 3
        python.save()
        load(changed_file(("Python et SQL pour l'analyse", "Python pour l'analyse")))
        links = CourseSkill.objects.filter(course__external_id="CAMINS-01")
        assert [(link.skill.label, link.origin, link.level_given) for link in links] == [("Python", "validated", 3)]


class TestGone:
    def test_a_course_absent_from_a_whole_file_is_withdrawn(self, load, changed_file):
        load()
        report = load(changed_file(without("CAMINS-04", OURS.read_text())))
        assert counts(report) == {"read": 4, "same": 4, "gone": 1, "warnings": 1}
        assert Course.objects.get(external_id="CAMINS-04").status == Status.WITHDRAWN

    def test_it_comes_back_with_the_file(self, load, changed_file):
        load()
        load(changed_file(without("CAMINS-04", OURS.read_text())))
        report = load()
        assert counts(report) == {"read": 5, "same": 4, "back": 1, "warnings": 1}
        assert Course.objects.get(external_id="CAMINS-04").status == Status.PUBLISHED

    def test_what_a_person_withdrew_stays_withdrawn(self, load):
        load()
        Course.objects.get(external_id="CAMINS-04").withdraw(by=None, reason="demande de l'organisme")
        assert counts(load()) == {"read": 5, "same": 5, "warnings": 1}
        assert Course.objects.get(external_id="CAMINS-04").status == Status.WITHDRAWN

    def test_nothing_is_withdrawn_when_a_formation_is_refused(self, load, changed_file):
        load()
        gone, bad = without("CAMINS-04", OURS.read_text()), ("<debut>20270301</debut>", "<debut>20270230</debut>")
        report = load(changed_file(gone, bad))
        assert counts(report) == {"read": 4, "same": 3, "refused": 1, "warnings": 1}
        assert not Course.objects.filter(status=Status.WITHDRAWN).exists()

    def test_courses_of_other_sources_are_left_alone(self, load, changed_file):
        load()
        load(changed_file(without("CAMINS-04", OURS.read_text())), name="autre")
        assert not Course.objects.filter(status=Status.WITHDRAWN).exists()

    def test_the_reason_is_kept(self, load, changed_file):
        load()
        load(changed_file(without("CAMINS-04", OURS.read_text())))
        assert ModerationEvent.objects.get(verb="withdraw").reason == GONE


class TestFaults:
    def test_they_are_kept_with_their_line(self, load, changed_file):
        report = load(changed_file(("<debut>20270301</debut>", "<debut>20270230</debut>")))
        fault = report.run.faults.get(severity="error")
        line = 1 + OURS.read_text()[: OURS.read_text().index("<debut>20270301")].count("\n")
        assert (fault.line, fault.code, fault.value) == (line, "impossible-date", "20270230")
        assert (report.counts["new"], report.counts["refused"]) == (4, 1)

    def test_a_cut_file_leaves_the_base_as_it_was(self, load, tmp_path):
        load()
        before = everything()
        path = tmp_path / "cut.xml"
        path.write_bytes(OURS.read_bytes()[:-500])
        report = load(path)
        assert everything() == before
        assert (report.refusal.code, report.counts["new"], report.counts["changed"]) == ("not-xml", 0, 0)
        assert report.run.faults.get().code == "not-xml"

    def test_a_course_without_a_findable_body_is_refused(self, load, shared_data):
        report = load(shared_data / "lheo" / "minimal-2.3.xml")
        assert (counts(report), [fault.code for fault in report.faults]) == ({"read": 1, "refused": 1}, ["no-body"])

    def test_an_index_makes_drafts_once(self, load, shared_data):
        path = shared_data / "lheo" / "exemple-lheo-index-2.2.xml"
        report = load(path)
        assert (report.counts["draft"], report.counts["new"]) == (8, 0)
        assert set(Course.objects.values_list("status", flat=True)) == {Status.DRAFT}
        assert Course.objects.get(title="Licence pro guide conférencier").certification_note == "RNCP 25730"
        again = load(path)
        assert (again.counts["draft"], again.counts["same"], Course.objects.count()) == (0, 8, 8)

    @pytest.mark.parametrize("name", ["1.3", "hostile"])
    def test_a_refused_file_is_told_in_a_run(self, load, shared_data, name):
        files = {
            "1.3": shared_data / "lheo" / "ancien-1.3-photographe.xml",
            "hostile": shared_data / "badinput" / "files" / "xxe-passwd.xml",
        }
        report = load(files[name])
        assert report.refusal is not None
        assert (Course.objects.count(), ImportRun.objects.get().faults.count()) == (0, 1)
