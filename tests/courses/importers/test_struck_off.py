"""Nothing of a body that the Région struck off comes in by a file, however trusted its source."""

import pytest

from courses.importers import doors, flow
from courses.models import Course, ImportSource, TrainingProvider
from portal.accounts import striking
from portal.accounts.enums import Role
from portal.accounts.models import Organisation
from portal.moderation.models import Status
from portal.reference.numbers import luhn_is_right
from portal.web.outside import Fetched
from tests.courses.importers.runs import applied, carried, send, undone
from tests.courses.importers.tables import csv_bytes
from tests.identities import make_agent
from tests.makers import make_commune, make_provider

OTHER_SIREN = "19750707200027"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(settings, tmp_path):
    settings.CAMINS_VAR = tmp_path
    make_commune("Toulouse", insee="31555")


@pytest.fixture
def body():
    return make_provider("Mirage").organisation


@pytest.fixture
def source():
    return ImportSource.objects.create(name="region", is_trusted=True)


def strike(body) -> None:
    striking.strike_off(body, by=make_agent(Role.MANAGER), reason="Annonces trompeuses")


def offer(body, *numbers: str, sound: str = "") -> bytes:
    lines = [{"siret": body.siret, "numero": each} for each in numbers]
    return csv_bytes([*lines, *([{"siret": sound, "numero": "S"}] if sound else [])])


def test_its_rows_are_in_fault_and_the_others_published(source, body):
    strike(body)
    sound = make_provider("Sain").organisation
    Organisation.objects.filter(pk=sound.pk).update(siret=OTHER_SIREN)
    run = send(offer(body, "A", sound=OTHER_SIREN), source=source, is_unattended=True)
    assert (run.state, run.counts["refused"], run.counts["new"]) == ("to_mend", 1, 1)
    assert "radié du portail" in run.rows.get(key="A").faults[-1]["message"]
    assert ImportSource.objects.with_last_run().in_trouble().get() == source
    flow.plan(run)
    flow.apply(carried(run))
    carried(run)
    assert list(Course.objects.values_list("external_id", "status")) == [("S", Status.PUBLISHED)]


def test_another_establishment_of_the_same_legal_person_is_refused_too(source, body):
    strike(body)
    siret = next(each for n in range(10) if luhn_is_right(each := f"{body.siren}9999{n}"))
    run = send(csv_bytes([{"siret": siret, "numero": "A"}]), source=source)
    assert run.counts["refused"] == 1
    assert not TrainingProvider.objects.filter(organisation__siret=siret).exists()


def test_struck_off_between_the_plan_and_its_application(source, body):
    run = send(offer(body, "A"), source=source)
    strike(body)
    flow.apply(run)
    run = carried(run)
    assert (run.state, run.counts["refused"]) == ("applied", 1)
    assert not Course.objects.filter(provider__organisation=body).exists()
    assert run.faults.get(code="struck-off").severity == "error"


def test_an_undo_puts_nothing_of_it_back_online(source, body):
    applied(offer(body, "A", "B"), source=source)
    gone = applied(offer(body, "B"), source=source, is_whole_offer=True)
    strike(body)
    undone(gone)
    assert not Course.objects.filter(provider__organisation=body, status=Status.PUBLISHED).exists()


def test_its_address_is_read_no_more_and_the_agents_see_why(body):
    source = flow.own_source(body)
    ImportSource.objects.filter(pk=source.pk).update(feed_url="https://of.example/offre.csv")
    strike(body)
    source.refresh_from_db()
    assert doors.pull(source, read=lambda url, **options: Fetched(200, offer(body, "A"), url)) is None
    source.refresh_from_db()
    assert "radié" in source.feed_fault
    assert ImportSource.objects.with_last_run().in_trouble().get() == source
