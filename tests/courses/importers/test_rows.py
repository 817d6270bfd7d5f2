"""A record as rows, and rows compared: no database."""

from dataclasses import replace
from datetime import date

import pytest

from courses.importers.plan import Step, gone, plan
from courses.importers.records import (
    CertificationRecord,
    CodeRef,
    CourseRecord,
    EquipmentRecord,
    FunderRecord,
    OfferingRecord,
    PartialDate,
    PlaceRecord,
    ProviderRecord,
    SessionRecord,
)
from courses.importers.rows import Lookups, Row, course_row, cut

BODY = ProviderRecord(nda="76000000901", siret="00000901900019", name="Atelier")
COMMUNES = {"31555": "31555", "12202": "12202"}
LOOKUPS = Lookups(
    commune_of=lambda place: COMMUNES.get(place.insee),
    rome=frozenset({"M1405"}),
    formacode=frozenset({"31028"}),
    certifications=frozenset({("RNCP", "99901")}),
)


def record(*offerings: OfferingRecord, **fields: object) -> CourseRecord:
    values = {"number": "C1", "title": "Data scientist", "provider": BODY, **fields}
    return CourseRecord(line=1, offerings=offerings or (OfferingRecord(line=2, number="A1"),), **values)


def row(*offerings: OfferingRecord, **fields: object) -> Row:
    return course_row(record(*offerings, **fields), LOOKUPS, provider_id=1)


def offering(**fields: object) -> OfferingRecord:
    return OfferingRecord(line=2, **{"number": "A1", **fields})


def only_offering(**fields: object) -> Row:
    [child] = row(offering(**fields)).children
    return child


class TestCourse:
    def test_only_known_codes_are_linked(self):
        links = row(rome_codes=("M1405", "M9999"), formacodes=(CodeRef("31028"), CodeRef("99999"))).links
        assert (links["occupations"], links["formacodes"]) == ({"M1405"}, {"31028"})

    def test_certifications_the_base_lacks_are_said_in_words(self):
        made = row(certifications=(CertificationRecord(rncp="99901"), CertificationRecord(rncp="1", rs="22")))
        assert made.links["certifications"] == {("RNCP", "99901")}
        assert made.values["certification_note"] == "RNCP 1, RS 22"

    def test_conditions_that_all_share_are_the_course_s(self):
        made = row(offering(conditions="Bac"), offering(number="A2", conditions="Bac"))
        assert made.values["entry_requirements"] == "Bac"
        assert [child.values["conditions"] for child in made.children] == ["", ""]

    def test_conditions_that_differ_stay_with_their_offering(self):
        made = row(offering(conditions="Bac"), offering(number="A2", conditions="CAP"))
        assert made.values["entry_requirements"] == ""
        assert [child.values["conditions"] for child in made.children] == ["Bac", "CAP"]

    def test_a_level_is_mandatory_only_when_all_agree(self):
        yes, no = offering(is_entry_level_mandatory=True), offering(number="A2", is_entry_level_mandatory=False)
        assert row(yes).values["entry_level_is_mandatory"] is True
        assert row(yes, no).values["entry_level_is_mandatory"] is None

    def test_equipment_is_a_list(self):
        made = row(offering(equipment=(EquipmentRecord("équipement numérique", 600, "Ordinateur"),)))
        assert made.values["what_to_bring"] == "- Ordinateur, environ 600 €"

    def test_without_a_number_the_key_is_the_body_and_the_title(self):
        assert (
            row(number="").key == row(number="", objective="autre").key == "sans-numero:00000901900019:data-scientist"
        )


class TestOffering:
    def test_each_place_is_an_offering(self):
        places = (PlaceRecord(insee="31555"), PlaceRecord(insee="12202"), PlaceRecord(insee="12202", name="annexe"))
        children = row(offering(places=places)).children
        assert [child.key for child in children] == ["A1", "A1@12202", "A1@12202-3"]
        assert [child.values["commune_id"] for child in children] == ["31555", "12202", "12202"]

    def test_at_a_distance_there_is_no_commune(self):
        child = only_offering(modality="remote", places=(PlaceRecord(insee="31555", latitude=1.0, longitude=2.0),) * 2)
        assert (child.values["commune_id"], child.values["latitude"]) == (None, None)

    def test_unknown_is_never_zero(self):
        values = only_offering().values
        assert {name for name, value in values.items() if value == 0 and value is not False} == set()
        assert (values["price_cents"], values["can_be_funded"], values["is_accessible"], values["modality"]) == (
            None,
        ) * 4

    @pytest.mark.parametrize(
        ("text", "answer"),
        [("Oui", True), ("non", False), ("", None), ("Nous contacter", None), ("Oui, sauf l'étage", None)],
    )
    def test_accessible_needs_a_plain_answer(self, text, answer):
        assert only_offering(accessibility=text).values["is_accessible"] is answer

    @pytest.mark.parametrize(
        ("text", "rhythm"),
        [
            ("Temps plein", "full_time"),
            ("En alternance, temps plein", "alternation"),
            ("À votre rythme", "own_pace"),
            ("le samedi", "evening"),
            ("-", ""),
        ],
    )
    def test_the_rhythm_is_read_from_its_words(self, text, rhythm):
        assert only_offering(rhythm=text).values["rhythm"] == rhythm

    def test_funders_and_cpf_are_fundings(self):
        funders = (
            FunderRecord("2", "région"),
            FunderRecord("11", "État"),
            FunderRecord("13", "État"),
            FunderRecord("0", ""),
        )
        [child] = row(offering(funders=funders), certifications=(CertificationRecord(cpf="1"),)).children
        assert child.values["fundings"] == ["region", "state", "other", "cpf"]

    def test_costs_follow_the_audiences(self):
        child = only_offering(price_cents=5000, left_to_pay="120 €", audiences=frozenset({"employee", "self_funded"}))
        assert {audience: cents for audience, (cents, _said) in child.costs.items()} == {
            "self_funded": 5000,
            "employee": 12_000,
        }

    def test_a_cost_in_words_is_an_unknown_amount(self):
        assert only_offering(left_to_pay="selon votre situation").costs == {
            "jobseeker": (None, "selon votre situation")
        }


class TestSession:
    def test_partial_registration_days_are_left_out(self):
        month = PartialDate(date(2027, 9, 1), "month")
        session = SessionRecord(line=3, number="S1", starts=month, registration_closes=month)
        [child] = only_offering(sessions=(session,)).children
        assert (child.values["starts_precision"], child.values["registration_closes_on"]) == ("month", None)

    def test_without_numbers_sessions_are_told_apart(self):
        day = PartialDate(date(2027, 9, 1), "day")
        sessions = (SessionRecord(3, starts=day), SessionRecord(4, starts=day), SessionRecord(5))
        keys = [child.key for child in only_offering(sessions=sessions).children]
        assert keys == ["sans-numero:2027-09-01", "sans-numero:2027-09-01-2", "sans-numero:date-inconnue"]


class TestPlan:
    def test_a_row_is_new_changed_or_same(self):
        held = {"C1": row(), "C2": row(number="C2")}
        steps = plan([row(title="Autre"), row(number="C2"), row(number="C3")], held)
        assert [step.verb for step in steps] == ["changed", "same", "new"]

    def test_the_order_below_does_not_matter(self):
        first, second = offering(), offering(number="A2")
        [step] = plan([row(first, second)], {"C1": row(second, first)})
        assert step.verb == "same"

    def test_a_change_deep_below_is_a_change(self):
        session = SessionRecord(3, "S1", starts=PartialDate(date(2027, 9, 1), "day"))
        later = replace(session, starts=PartialDate(date(2027, 9, 2), "day"))
        [step] = plan([row(offering(sessions=(later,)))], {"C1": row(offering(sessions=(session,)))})
        assert (step.verb, step.changed_fields) == ("changed", ("offerings",))

    def test_it_names_what_changes(self):
        [step] = plan([row(title="Autre", rome_codes=("M1405",))], {"C1": row()})
        assert step.changed_fields == ("title", "slug", "occupations")
        assert Step("new", row()).changed_fields == ()

    def test_gone_is_known_and_not_seen(self):
        assert gone(["a", "b", "c"], ["b", "d"]) == {"a", "c"}


def test_a_long_text_is_cut_between_words():
    assert cut("un deux trois", 13) == "un deux trois"
    assert cut("un deux trois", 9) == "un deux…"
    assert cut("u" * 20, 5) == "uuuu…"
