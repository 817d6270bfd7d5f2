"""Qualiopi certificates: what the public list says, with its source and its date, and nothing else."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command

from courses.models import QualiopiCertificate
from courses.qualiopi import renew_certificates
from courses.tasks import renew_qualiopi
from portal.accounts.enums import Role
from portal.reference.models import ListedBody
from tests import makers
from tests.identities import make_agent

pytestmark = pytest.mark.django_db


def listed(nda: str = "76000000101", **fields) -> ListedBody:
    values = {"name": "X", "region": "76", "source": "Liste", "listed_on": makers.DAY, "seen_on": makers.DAY}
    return ListedBody.objects.create(nda=nda, **{**values, **fields})


def certificates(provider) -> list[tuple]:
    return sorted(provider.qualiopi.values_list("category", "source", "checked_on"))


def test_true_is_a_certificate_and_neither_false_nor_unknown_is():
    provider = makers.make_provider(nda="76000000101")
    listed(does_training=True, does_vae=True, does_skills_review=False, does_apprenticeship=None)
    assert renew_certificates() == {"new": 2}
    assert certificates(provider) == [("training", "Liste", makers.DAY), ("vae", "Liste", makers.DAY)]
    assert renew_certificates() == {"same": 2}


def test_a_body_is_found_by_its_siret_when_its_number_is_unknown():
    provider, other = makers.make_provider(), makers.make_provider(nda="76000000199")
    listed(siret=provider.organisation.siret, does_training=True)
    renew_certificates()
    assert (len(certificates(provider)), certificates(other)) == (1, [])


def test_a_newer_list_moves_the_date_and_takes_back_what_it_denies():
    provider = makers.make_provider(nda="76000000101")
    line = listed(does_training=True, does_vae=True)
    renew_certificates()
    later = makers.DAY + datetime.timedelta(days=9)
    ListedBody.objects.filter(pk=line.pk).update(listed_on=later, does_vae=None)
    assert renew_certificates() == {"changed": 1, "gone": 1}
    assert certificates(provider) == [("training", "Liste", later)]
    ListedBody.objects.update(gone_on=later)
    assert renew_qualiopi() == 1
    assert certificates(provider) == []


def test_what_somebody_typed_in_goes_and_without_any_list_nothing_moves():
    provider = makers.make_provider(nda="76000000101", qualiopi=["training"])
    assert renew_certificates() == {}
    assert len(certificates(provider)) == 1
    listed("76000000555")
    assert renew_certificates() == {"gone": 1}


def test_the_command_says_what_it_did():
    makers.make_provider(nda="76000000101")
    listed(does_training=True)
    out = StringIO()
    call_command("renew_qualiopi", stdout=out)
    assert "1 nouveaux, 0 mis à jour, 0 inchangés, 0 retirés" in out.getvalue()


def test_nobody_types_one_in(client):
    provider = makers.make_provider(qualiopi=["training"])
    client.force_login(make_agent(Role.MANAGER))
    assert client.get("/gestion/courses/qualiopicertificate/add/").status_code == 403
    sent = {"provider": provider.pk, "category": "vae", "source": "moi", "checked_on": "2027-01-01"}
    assert client.post("/gestion/courses/qualiopicertificate/add/", sent).status_code == 403
    page = client.get(f"/gestion/courses/trainingprovider/{provider.pk}/change/").content.decode()
    assert "qualiopi-0-category" not in page
    assert QualiopiCertificate.objects.count() == 1
