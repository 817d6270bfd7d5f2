"""One flow for every file: read into rows, mended, planned, applied at once, undone."""

import datetime

import pytest
from django.utils import timezone

from courses.importers import flow
from courses.importers.staging import SAMPLES
from courses.models import ColumnMapping, Course, ImportChange, ImportRun, ImportSource, Offering, Session, StagingRow
from courses.models.imports import RunMoved
from portal.accounts.enums import Role
from portal.moderation.actions import approve
from portal.moderation.models import Proposal, Status
from tests.courses.importers.runs import applied, carried, send, undone
from tests.courses.importers.states import OURS, everything
from tests.courses.importers.tables import SIRET, csv_bytes, table, xlsx_file
from tests.makers import make_commune, make_organisation, make_provider, make_user

pytestmark = pytest.mark.django_db
TWO = [{"numero": "A"}, {"numero": "B", "titre": "Python pour tous"}]


@pytest.fixture(autouse=True)
def towns(settings, tmp_path):
    settings.CAMINS_VAR = tmp_path
    make_commune("Toulouse", insee="31555")
    make_commune("Rodez", insee="12202")


@pytest.fixture
def trusted():
    return ImportSource.objects.create(name="sure", is_trusted=True)


def rows(run) -> list[tuple]:
    return list(run.rows.order_by("rank").values_list("line", "key", "has_errors", "verb"))


class TestReading:
    def test_a_sound_table_is_planned_at_once(self):
        run = send(csv_bytes(TWO))
        assert (run.state, run.dialect, run.counts) == (
            "planned",
            "csv",
            {"read": 2, "refused": 0, "left_out": 0, "new": 2},
        )
        assert rows(run) == [(2, "A", False, "new"), (3, "B", False, "new")]
        assert not Course.objects.exists()

    def test_xlsx_and_lheo_go_the_same_way(self, tmp_path):
        sheet = xlsx_file(tmp_path / "a.xlsx", table(TWO)).read_bytes()
        assert [(run.state, run.counts["new"]) for run in (send(sheet), send(OURS.read_bytes()))] == [
            ("planned", 2),
            ("planned", 5),
        ]

    def test_a_fault_stops_before_the_plan_with_its_raw_value(self):
        run = send(csv_bytes([*TWO, {"numero": "C", "date_debut": "30/02/2027"}]))
        assert (run.state, run.counts) == ("to_mend", {"read": 3, "refused": 1})
        [row] = run.rows.faulty()
        assert row.raw["date_debut"] == "30/02/2027"
        assert [(fault["field"], fault["code"], fault["line"]) for fault in row.faults] == [
            ("date_debut", "impossible-date", 4)
        ]

    @pytest.mark.parametrize("content", [b"", b"a;b\n", b"<html/>", b"\xd0\xcf\x11\xe0", b"PK\x03\x04x"])
    def test_a_file_that_is_none_is_refused_in_a_sentence(self, content):
        run = send(content)
        assert run.state in ("refused", "to_map")
        assert run.state == "to_map" or run.refusal.endswith(".")
        assert not run.rows.exists()

    def test_hidden_signs_are_kept_visible_and_refused(self):
        run = send(csv_bytes([{"titre": "I\x00A"}]))
        [row] = run.rows.all()
        assert (row.raw["titre"], row.has_errors) == ("I\u2400A", True)

    def test_an_unknown_town_is_told(self):
        run = send(csv_bytes([{"ville": "Toulouze"}]))
        assert [fault["code"] for row in run.rows.all() for fault in row.faults] == ["unknown-town"]

    def test_no_file_is_kept_that_is_too_big(self, tmp_path):
        big = (b"x" * 1024 * 1024 for _ in range(51))
        with pytest.raises(flow.files.ImportRefused):
            flow.files.store(big)
        assert list((tmp_path / "imports").iterdir()) == []

    def test_a_worker_that_never_ends_is_given_up(self):
        run = send(csv_bytes(TWO))
        flow.apply(run)
        ImportRun.objects.filter(pk=run.pk).update(tries=6)
        assert carried(run).state == "applying"
        flow_work_gives_up(run)


def flow_work_gives_up(run) -> None:
    from courses.importers.work import give_up_on_the_hopeless

    assert give_up_on_the_hopeless() == 1
    run.refresh_from_db()
    assert (run.state, Course.objects.count()) == ("failed", 0)


class TestColumns:
    FILE = csv_bytes(TWO).replace(b"titre;organisme", b"Mon titre;organisme")

    def test_unknown_headers_are_asked_for_then_remembered(self):
        run = send(self.FILE)
        assert run.state == "to_map"
        assert run.columns["headers"][0] == "Mon titre"
        assert len(run.columns["samples"]) == min(SAMPLES, 2)
        flow.name_columns(run, {"Mon titre": "titre"}, by=make_user())
        assert carried(run).state == "planned"
        assert send(self.FILE).state == "planned"
        assert list(ColumnMapping.objects.values_list("header", "field")) == [("mon_titre", "titre")]

    def test_what_one_organisation_said_is_not_anothers(self):
        mine, other = (flow.own_source(make_organisation()) for _ in range(2))
        run = send(self.FILE, source=mine)
        flow.name_columns(run, {"Mon titre": "titre"}, by=make_user())
        assert (send(self.FILE, source=mine).state, send(self.FILE, source=other).state) == ("planned", "to_map")


class TestMending:
    def faulty(self):
        return send(
            csv_bytes(
                [{"numero": "A", "prix": "cher"}, {"numero": "B", "prix": "cher"}, {"numero": "C", "prix": "5 000"}]
            )
        )

    def test_one_row(self):
        run = self.faulty()
        flow.mend(run.rows.get(key="A"), {"prix": "900"})
        row = run.rows.get(key="A")
        assert (row.raw["prix"], row.mended, row.has_errors) == ("cher", {"prix": "900"}, False)
        assert row.resolved["offerings"][0]["price_cents"] == 90_000

    def test_the_value_of_the_file_forgets_the_correction(self):
        run = self.faulty()
        for value in ("900", "cher"):
            flow.mend(run.rows.get(key="A"), {"prix": value})
        assert (run.rows.get(key="A").mended, run.rows.get(key="A").has_errors) == ({}, True)

    def test_one_value_everywhere(self):
        run = self.faulty()
        assert flow.mend_everywhere(run, "prix", "cher", "0") == 2
        assert not run.rows.faulty().exists()

    def test_an_empty_value_everywhere(self):
        run = send(csv_bytes([{"siret": ""}, {"siret": "", "titre": "Autre"}]))
        assert flow.mend_everywhere(run, "siret", "", SIRET) == 2
        assert not run.rows.faulty().exists()

    def test_rows_left_out_are_not_applied(self):
        run = self.faulty()
        assert flow.leave_out(run, run.rows.faulty(), is_left_out=True) == 2
        flow.plan(run)
        flow.apply(carried(run))
        assert carried(run).counts == {"read": 3, "refused": 0, "left_out": 2, "new": 1}

    def test_faulty_rows_do_not_stop_the_others(self):
        run = applied(csv_bytes([{"numero": str(number)} for number in range(49)] + [{"numero": "X", "prix": "cher"}]))
        assert (Course.objects.count(), run.counts["refused"], run.counts["new"]) == (49, 1, 49)
        assert [(fault.line, fault.element) for fault in run.faults.all()] == [(51, "prix")]

    def test_a_formation_of_lheo_is_mended_by_the_place_of_its_text(self):
        run = send(OURS.read_bytes().replace(b"20270301", b"20270230"))
        [row] = run.rows.faulty()
        from courses.importers.lheo_mend import leaves

        [leaf] = [leaf for leaf in leaves(row.raw["xml"], row.line) if leaf.text == "20270230"]
        assert {fault["line"] for fault in row.faults if fault["code"] == "impossible-date"} == {leaf.line}
        flow.mend(row, {str(leaf.rank): "20270302"})
        assert not run.rows.faulty().exists()
        flow.plan(run)
        flow.apply(carried(run))
        carried(run)
        assert Session.objects.get(external_id="CAMINS-01-TLS-A").starts_on == datetime.date(2027, 3, 2)

    def test_a_run_that_is_applied_is_mended_no_more(self):
        run = applied(csv_bytes(TWO))
        with pytest.raises(RunMoved):
            flow.mend(run.rows.first(), {"titre": "Autre"})
        with pytest.raises(RunMoved):
            flow.leave_out(run, run.rows.all(), is_left_out=True)

    def test_mending_a_planned_run_asks_for_a_new_plan(self):
        run = send(csv_bytes(TWO))
        flow.mend(run.rows.first(), {"titre": "Autre"})
        run.refresh_from_db()
        assert run.state == "to_mend"
        with pytest.raises(RunMoved):
            flow.apply(run)


class TestApplying:
    def test_another_source_waits_for_a_moderator(self):
        applied(csv_bytes(TWO), by=make_user())
        assert set(Course.objects.values_list("status", flat=True)) == {"submitted"}

    def test_a_trusted_source_publishes(self, trusted):
        applied(csv_bytes(TWO), source=trusted)
        [course, _other] = Course.objects.published().order_by("external_id")
        assert (course.title, course.offerings.get().commune_id) == ("IA pour tous", "31555")

    def test_lines_of_one_course_are_joined(self, trusted):
        lines = [{"date_debut": "04/01/2027"}, {"date_debut": "05/01/2027"}, {"ville": "Rodez", "code_postal": "12000"}]
        run = applied(csv_bytes(lines), source=trusted)
        assert (run.counts["new"], Offering.objects.count(), Session.objects.count()) == (1, 2, 3)

    def test_the_same_file_twice_changes_nothing(self, trusted):
        applied(csv_bytes(TWO), source=trusted)
        before = everything()
        run = applied(csv_bytes(TWO), source=trusted)
        assert run.counts == {"read": 2, "refused": 0, "left_out": 0, "same": 2}
        kept = {"courses_stagingrow"}
        assert {name: rows for name, rows in everything().items() if name not in kept} == {
            name: rows for name, rows in before.items() if name not in kept
        }

    def test_a_plan_shows_what_changes(self, trusted):
        applied(csv_bytes(TWO), source=trusted)
        run = send(csv_bytes([{**TWO[0], "prix": "900", "date_fin": "2027-01-09"}, TWO[1]]), source=trusted)
        row = run.rows.get(key="A")
        assert row.verb == "changed"
        assert ["Toulouse – Prix total TTC", "1\xa0200,50\xa0€", "900\xa0€"] in row.diff
        assert ["Toulouse – Session du 04/01/2027 – Fin", "08/01/2027", "09/01/2027"] in row.diff

    def test_gone_only_when_the_file_is_the_whole_offer(self, trusted):
        applied(csv_bytes(TWO), source=trusted)
        assert "gone" not in applied(csv_bytes(TWO[:1]), source=trusted).counts
        run = applied(csv_bytes(TWO[:1]), source=trusted, is_whole_offer=True)
        assert (run.counts["gone"], Course.objects.get(external_id="B").status) == (1, "withdrawn")

    @pytest.mark.parametrize("odd", [{"prix": "cher"}, {}])
    def test_a_faulty_or_left_out_row_is_never_gone(self, odd, trusted):
        applied(csv_bytes(TWO), source=trusted)
        run = send(csv_bytes([TWO[0], {**TWO[1], **odd}]), source=trusted, is_whole_offer=True)
        if not odd:
            flow.leave_out(run, run.rows.filter(key="B"), is_left_out=True)
        flow.plan(run)
        flow.apply(carried(run))
        assert "gone" not in carried(run).counts
        assert Course.objects.get(external_id="B").status == "published"

    def test_an_edit_of_a_published_course_becomes_a_proposal(self):
        by = make_user()
        applied(csv_bytes(TWO), by=by)
        for course in Course.objects.all():
            approve(course, by=by)
        applied(csv_bytes([{**TWO[0], "description": "Autre chose"}, TWO[1]]), by=by)
        assert Course.objects.get(external_id="A").objective == "Découvrir l'IA"
        assert Proposal.objects.waiting().get().changes == {"objective": "Autre chose"}


class TestOwner:
    @pytest.fixture
    def mine(self):
        body = make_organisation(name="Mon organisme")
        return flow.own_source(body), make_user(organisation=body, role=Role.EDITOR)

    def test_the_siret_of_another_is_a_fault(self, mine):
        source, by = mine
        run = send(
            csv_bytes([{}, {"siret": source.organisation.siret, "numero": "A"}]),
            source=source,
            by=by,
            is_by_member=True,
        )
        assert [(row.line, row.fault_codes) for row in run.rows.faulty()] == [(2, ["siret:not-yours"])]
        assert source.organisation.siret in run.rows.faulty().get().faults[0]["message"]

    def test_nor_can_the_nda_of_another_be_borrowed(self, mine):
        source, by = mine
        other = make_provider(nda="76310999999")
        run = send(
            csv_bytes([{"siret": source.organisation.siret, "nda": other.nda}]), source=source, by=by, is_by_member=True
        )
        assert run.rows.get().fault_codes == ["siret:not-yours"]

    def test_nor_by_lheo(self, mine):
        source, by = mine
        run = send(OURS.read_bytes(), source=source, by=by, is_by_member=True)
        assert run.rows.faulty().count() == 5

    def test_an_agent_imports_for_anyone(self, mine):
        source, _by = mine
        assert send(csv_bytes([{}]), source=source).state == "planned"


class TestUndo:
    def test_new_courses_are_withdrawn_and_come_back_with_the_next_import(self, trusted):
        run = undone(applied(csv_bytes(TWO), source=trusted))
        assert (run.state, set(Course.objects.values_list("status", flat=True))) == ("undone", {"withdrawn"})
        again = applied(csv_bytes(TWO), source=trusted)
        assert (again.counts["back"], Course.objects.published().count()) == (2, 2)

    def test_changed_courses_get_their_former_values(self, trusted):
        applied(csv_bytes(TWO), source=trusted)
        held = Course.objects.get(external_id="A")
        run = applied(
            csv_bytes([{**TWO[0], "titre": "Autre", "ville": "Rodez", "code_postal": "12000"}]), source=trusted
        )
        assert Course.objects.get(pk=held.pk).title == "Autre"
        undone(run)
        held.refresh_from_db()
        assert (held.title, held.offerings.get().town, held.status) == ("IA pour tous", "Toulouse", "published")
        assert held.offerings.get().sessions.get().ends_on == datetime.date(2027, 1, 8)
        assert held.revision.content["title"] == "IA pour tous"

    def test_what_changed_since_is_kept_and_said(self, trusted):
        applied(csv_bytes(TWO), source=trusted)
        run = applied(csv_bytes([{**TWO[0], "titre": "Autre", "description": "Neuve"}]), source=trusted)
        Course.objects.filter(external_id="A").update(title="Retouchée")
        run = undone(run)
        course = Course.objects.get(external_id="A")
        assert (course.title, course.objective) == ("Retouchée", "Découvrir l'IA")
        assert len(run.kept) == 1
        assert run.kept[0].startswith("Retouchée : ")

    def test_gone_ones_come_back(self, trusted):
        applied(csv_bytes(TWO), source=trusted)
        run = applied(csv_bytes(TWO[:1]), source=trusted, is_whole_offer=True)
        undone(run)
        assert Course.objects.published().count() == 2

    def test_those_that_came_back_go(self, trusted):
        applied(csv_bytes(TWO), source=trusted)
        applied(csv_bytes(TWO[:1]), source=trusted, is_whole_offer=True)
        run = applied(csv_bytes(TWO), source=trusted)
        assert run.counts["back"] == 1
        undone(run)
        assert Course.objects.get(external_id="B").status == "withdrawn"

    def test_a_proposal_nobody_decided_is_taken_back(self):
        by = make_user()
        applied(csv_bytes(TWO), by=by)
        for course in Course.objects.all():
            approve(course, by=by)
        undone(applied(csv_bytes([{**TWO[0], "description": "Autre chose"}]), by=by), by=by)
        assert not Proposal.objects.waiting().exists()

    def test_after_thirty_days_it_is_too_late(self, trusted):
        run = applied(csv_bytes(TWO), source=trusted)
        run.ended_at = timezone.now() - datetime.timedelta(days=31)
        with pytest.raises(flow.TooLate):
            flow.undo(run, by=None)

    def test_undone_twice_is_refused(self, trusted):
        run = undone(applied(csv_bytes(TWO), source=trusted))
        with pytest.raises(RunMoved):
            flow.undo(run, by=None)

    def test_lheo_by_the_command_can_be_undone_too(self, load):
        report = load()
        undone(report.run)
        assert not Course.objects.filter(status=Status.PUBLISHED).exists()


class TestForgetting:
    def test_files_and_rows_go_after_thirty_days(self, trusted):
        run = applied(csv_bytes(TWO), source=trusted)
        path = run.path
        assert path.exists()
        flow.forget_old(timezone.now())
        assert path.exists()
        flow.forget_old(timezone.now() + datetime.timedelta(days=31))
        assert (path.exists(), StagingRow.objects.count(), ImportChange.objects.count()) == (False, 0, 2)

    def test_a_dropped_import_leaves_its_trace_only(self):
        run = send(csv_bytes(TWO))
        flow.drop(run)
        assert (ImportRun.objects.get().state, StagingRow.objects.count()) == ("dropped", 0)
