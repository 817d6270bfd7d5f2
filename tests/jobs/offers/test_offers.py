"""Offers of France Travail: read, fitted or not, merged, without contacts; and what they add to demand."""

import datetime
import json

import pytest
from django.core.management import call_command

from jobs.models import ImportedOffer, SkillDemand
from jobs.offers.demand import write_skill_demand
from jobs.offers.directions import directions
from jobs.offers.load import load_offers
from jobs.offers.records import OfferFault, record_of, without_contacts
from portal.reference.loaders.report import FileRefused
from portal.reference.loaders.words import load_words
from portal.reference.models import Department
from tests.jobs.need_makers import make_need
from tests.makers import DAY, make_commune, make_course, make_profile, make_skill

OFFER = {
    "id": "199AAAA",
    "intitule": "Data analyst H/F",
    "description": "Vous savez SQL et Python. Contact : Mme Durand, 06 12 34 56 78, rh@entreprise.example",
    "dateCreation": "2027-01-04T10:00:00.000Z",
    "dateActualisation": "2027-01-10T10:00:00.000Z",
    "romeCode": "M1419",
    "typeContrat": "CDI",
    "nombrePostes": 2,
    "offresManqueCandidats": True,
    "lieuTravail": {"libelle": "12 - RODEZ", "commune": "12202"},
    "entreprise": {"nom": "Entreprise Secrète"},
    "contact": {"nom": "Mme Durand", "courriel": "rh@entreprise.example"},
}


def flat(**fields):
    return {"lieuTravail.libelle": "12 - RODEZ", "lieuTravail.commune": "12202", **OFFER, **fields}


def loaded(*offers, name="offres.json"):
    return load_offers(json.dumps({"resultats": offers}).encode(), name, day=DAY)


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Data analyst H/F – 06 12 34 56 78", "Data analyst H/F"),
        ("Data analyst, contacter Mme Durand", "Data analyst"),
        ("Data analyst rh@x.example +33 (0)6.12.34.56.78", "Data analyst"),
        ("<b>Data</b> &amp; IA https://x.example/offre", "Data & IA"),
        ("Contact : 05-61-00-00-00 / Data engineer", "Data engineer"),
        ("Ingénieur 2027 R2026", "Ingénieur 2027 R2026"),
    ],
)
def test_a_title_loses_its_contacts_and_nothing_else(title, kept):
    assert without_contacts(title) == kept


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"id": ""}, "numéro"),
        ({"id": "x" * 41}, "numéro"),
        ({"intitule": "06 12 34 56 78"}, "intitulé"),
        ({"dateCreation": "2027-02-31", "dateActualisation": None}, "date"),
        ({"nombrePostes": 10_000}, "postes"),
        ({"nombrePostes": "beaucoup"}, "postes"),
    ],
)
def test_an_offer_that_cannot_be_counted_says_why(fields, why):
    with pytest.raises(OfferFault, match=why):
        record_of(flat(**fields))


def test_a_record_reads_place_contract_and_what_the_source_says():
    record = record_of(flat(natureContrat="Contrat apprentissage"))
    assert (record.commune, record.department, record.contract) == ("12202", "12", "apprenticeship")
    assert record.lacks_candidates is True
    assert record_of(flat(offresManqueCandidats="")).lacks_candidates is None


def test_the_fingerprint_ignores_the_number_and_the_dates_only():
    told = record_of(flat()).fingerprint
    assert record_of(flat(id="199BBBB", dateActualisation="2027-01-12")).fingerprint == told
    assert record_of(flat(description="Autre chose")).fingerprint != told


@pytest.fixture
def rodez(db):
    make_profile(
        "Data analyst", aliases=["Analyste de données"], skills={make_skill("SQL"): 2, make_skill("Python"): 2}
    )
    return make_commune("Rodez", department="12", insee="12202")


def test_nothing_of_a_contact_or_of_the_text_is_kept(rodez):
    loaded(OFFER)
    kept = json.dumps(list(ImportedOffer.objects.values()), default=str)
    for secret in ("Durand", "06 12", "rh@", "Secrète", "Vous savez"):
        assert secret not in kept


def test_an_offer_has_its_profile_with_a_confidence_its_place_and_the_skills_its_text_names(rodez):
    loaded(OFFER, {**OFFER, "id": "199CCCC", "intitule": "Cuisinier H/F", "romeCode": "G1602"})
    fitted, other = ImportedOffer.objects.order_by("number")
    assert (fitted.profile.slug, fitted.commune_id, fitted.department_id) == ("data-analyst", "12202", "12")
    assert 60 <= fitted.confidence <= 100
    assert {skill.label for skill in fitted.skills.all()} == {"Python", "SQL"}
    assert (other.profile, other.confidence, other.skills.count()) == (None, None, 0)


def test_a_name_alone_is_doubted_where_the_text_names_none_of_its_skills(rodez):
    loaded({**OFFER, "description": "Vous accueillez les visiteurs.", "romeCode": "M1601"})
    assert ImportedOffer.objects.get().profile is None


def test_offers_that_say_the_same_are_one_and_a_second_load_changes_nothing(rodez):
    copy = {**OFFER, "id": "199BBBB"}
    first = loaded(OFFER, copy)
    offer = ImportedOffer.objects.get()
    assert (offer.number, offer.other_numbers) == ("199AAAA", ["199BBBB"])
    assert "Doublons fondus dans une autre offre : 1." in first.notes
    before = list(ImportedOffer.objects.values())
    again = loaded(OFFER, copy).things[0]
    assert list(ImportedOffer.objects.values()) == before
    assert (again.created, again.changed, again.retired) == (0, 0, 0)


def test_an_offer_that_comes_to_say_what_another_says_is_merged(rodez):
    loaded(OFFER, {**OFFER, "id": "199BBBB", "intitule": "Analyste de données"})
    assert ImportedOffer.objects.count() == 2
    loaded({**OFFER, "id": "199BBBB"})
    assert ImportedOffer.objects.get().other_numbers == ["199BBBB"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01", b"{", b'{"x": 1}', b"a|b\n1|2\n", b'{"resultats": 3}', b"[" * 100_000],
    ids=["empty", "binary", "cut", "other", "table", "no list", "deep"],
)
def test_a_file_that_is_none_of_the_two_is_refused_in_french(rodez, content):
    with pytest.raises(FileRefused, match=r"fichier|JSON|liste|resultats"):
        load_offers(content, "offres.json", day=DAY)


def test_broken_offers_are_told_with_their_rank_and_the_others_count(rodez):
    report = loaded(OFFER, "rien", {**OFFER, "id": "199DDDD", "nombrePostes": 10_000})
    assert (report.sources[0].read, report.refused, ImportedOffer.objects.count()) == (3, 2, 1)


def test_demand_is_told_by_skill_place_level_month_and_provenance(rodez):
    sql = make_skill("SQL")
    need = make_need("Analyste", skills=[sql], headcount=3)
    type(need).objects.filter(pk=need.pk).update(
        published_at=datetime.datetime(2026, 12, 31, 23, 30, tzinfo=datetime.UTC)
    )
    loaded(OFFER)
    write_skill_demand(DAY)
    told = SkillDemand.objects.filter(skill=sql).order_by("provenance")
    assert list(told.values_list("department", "level", "month_on", "provenance", "posts", "adverts")) == [
        ("12", None, datetime.date(2027, 1, 1), "imported", 2, 1),
        ("12", 2, datetime.date(2027, 1, 1), "posted", 3, 1),  # the new year has begun in Paris
    ]
    assert write_skill_demand(DAY) == SkillDemand.objects.count()


def test_an_offer_of_another_region_is_kept_and_counted_nowhere(rodez):
    report = loaded({**OFFER, "lieuTravail": {"libelle": "07 - ANNONAY", "commune": "07010"}})
    assert ImportedOffer.objects.get().department is None
    assert "Offres hors d’Occitanie, gardées sans compter dans la demande : 1." in report.notes
    assert write_skill_demand(DAY) == 0


def test_the_two_directions_are_two_columns_and_what_is_not_said_is_not_zero(rodez):
    sql, python, excel = make_skill("SQL"), make_skill("Python"), make_skill("Excel")
    make_need("Analyste", skills=[sql, python], headcount=3)
    loaded(OFFER)
    make_course(skills={sql: 2}, offering={"where": "Albi"}, session={"seats_left": 1})
    make_course(skills={excel: 2}, offering={"where": "Albi"}, session={"seats_left": 5})
    make_course(skills={python: 2}, offering={"where": "Albi"}, session={})
    found = {each.label: each for each in directions("", DAY)}
    assert (found["SQL"].posts, found["SQL"].imported, found["SQL"].lacking) == (3, 2, 2)
    assert (found["SQL"].without_candidates, found["SQL"].without_offers) == (4, 0)
    assert (found["Excel"].without_candidates, found["Excel"].without_offers) == (0, 5)
    assert (found["Python"].silent, found["Python"].without_candidates, found["Python"].without_offers) == (1, 5, None)
    assert "Excel" not in {each.label for each in directions("12", DAY)}


@pytest.mark.django_db
def test_the_real_offers_load_with_a_profile_or_none(shared_data, capsys):
    load_words()
    path = shared_data / "offres" / "offres_france_travail_extrait.csv"
    call_command("import_offers_ft", str(path))
    told = capsys.readouterr().out
    assert ImportedOffer.objects.count() == 37
    # trades of Ardèche: none is a job of AI, and none lies in Occitanie
    assert "Offres dont aucun profil ne convient : 37." in told
    assert not ImportedOffer.objects.filter(department__isnull=False).exists()
    assert Department.objects.filter(code="07").first() is None


@pytest.mark.django_db
def test_a_trial_load_writes_nothing(tmp_path):
    path = tmp_path / "offres.json"
    path.write_text(json.dumps([OFFER]))
    call_command("import_offers_ft", str(path), dry_run=True)
    assert not ImportedOffer.objects.exists()
