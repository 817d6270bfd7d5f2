"""What registers say of a SIRET: found, closed, unknown, or to check; a register that is away blocks nobody."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured

from jobs.demo_data.companies import CLOSED, COMPANIES, NEWCOMERS, OUT_OF_ORDER
from jobs.employers.register import NoRegister, company_register
from jobs.employers.register_demo import DemoRegister
from jobs.employers.register_public import SECONDS, PublicRegister
from jobs.enums import CompanyState
from portal.env import env_one_of
from portal.reference.numbers import luhn_is_right
from portal.web.outside import Fetched, OutsideRefused

SIRET = "13002526500013"
SITE = {
    "siret": SIRET,
    "adresse": "20 AVENUE DE SEGUR 75007 PARIS",
    "commune": "75107",
    "libelle_commune": "PARIS",
    "etat_administratif": "A",
}


def answer(body, status: int = 200):
    """A register whose service answers so; what was asked is kept on it."""
    asked = []

    def read(url, **limits):
        asked.append((url, limits))
        if isinstance(body, Exception):
            raise body
        return Fetched(status, body if isinstance(body, bytes) else json.dumps(body).encode(), url)

    register = PublicRegister(read)
    register.asked = asked
    return register


def found(*sites, state: str = "A", head=SITE) -> dict:
    return {"results": [{"nom_raison_sociale": "DINUM", "etat_administratif": state, "siege": head,
                         "matching_etablissements": list(sites)}]}  # fmt: skip


class TestThePublicService:
    def test_a_head_office_is_named_with_its_place(self):
        register = answer(found())
        company = register.look_up(SIRET)
        assert (company.name, company.town, company.insee, company.state) == ("DINUM", "PARIS", "75107", "open")
        (url, limits) = register.asked[0]
        assert SIRET in url
        assert url.startswith("https://")
        assert limits["seconds"] == SECONDS == 3.0

    def test_another_site_of_the_company_is_found_among_those_that_match(self):
        other = {**SITE, "siret": "13002526500021", "libelle_commune": "RODEZ"}
        assert answer(found(other)).look_up("13002526500021").town == "RODEZ"

    @pytest.mark.parametrize("body", [found(head={**SITE, "etat_administratif": "F"}), found(state="C")])
    def test_a_closed_site_and_a_closed_company_are_closed(self, body):
        assert answer(body).look_up(SIRET).is_closed

    @pytest.mark.parametrize(
        "body", [{"results": []}, found(head={**SITE, "siret": "13002526500039"}), found(head=None)]
    )
    def test_a_number_that_is_not_there_is_unknown(self, body):
        assert answer(body).look_up(SIRET).state == CompanyState.UNKNOWN

    @pytest.mark.parametrize(
        "body",
        [
            OutsideRefused("trop lent"),
            b"<html>",
            b"",
            b"[1]",
            b"null",
            {"erreur": "x"},
            {"results": [3]},
            {"results": None},
            {"results": [{"siege": "x"}]},
            b"[" * 100_000,
        ],
        ids=str,
    )
    def test_a_service_that_is_away_or_odd_leaves_the_company_to_check(self, body):
        assert answer(body).look_up(SIRET).state == CompanyState.UNCHECKED

    @pytest.mark.parametrize("status", [204, 404, 429, 500])
    def test_so_does_one_that_refuses(self, status):
        assert answer(found(), status).look_up(SIRET).state == CompanyState.UNCHECKED

    def test_long_names_are_cut_to_what_the_base_holds(self):
        long = {"results": [{"nom_complet": "X" * 900, "siege": {**SITE, "adresse": "Y" * 900}}]}
        company = answer(long).look_up(SIRET)
        assert (len(company.name), len(company.address)) == (250, 250)


class TestTheDemonstration:
    def test_its_numbers_are_right_and_each_is_once(self):
        numbers = [each.siret for each in COMPANIES]
        assert all(map(luhn_is_right, numbers))
        assert len(set(numbers)) == len(numbers) == 60 + len(NEWCOMERS) + len(CLOSED)

    def test_open_closed_unknown_and_away(self):
        said = [DemoRegister().look_up(n).state for n in (NEWCOMERS[0].siret, CLOSED[0].siret, SIRET, OUT_OF_ORDER)]
        assert said == ["open", "closed", "unknown", "unchecked"]


@pytest.mark.parametrize(("said", "kind"), [("", NoRegister), ("demo", DemoRegister), ("public", PublicRegister)])
def test_the_settings_name_the_register(settings, said, kind):
    settings.CAMINS_COMPANY_REGISTER = said
    assert isinstance(company_register(), kind)


def test_without_a_register_a_company_is_to_check():
    assert NoRegister().look_up(SIRET).state == CompanyState.UNCHECKED


def test_an_odd_setting_stops_the_start(monkeypatch):
    monkeypatch.setenv("CAMINS_COMPANY_REGISTER", "insee")
    with pytest.raises(ImproperlyConfigured, match="'demo'"):
        env_one_of("CAMINS_COMPANY_REGISTER", ("", "demo", "public"), default="")
