"""The catalogue of the demonstration: large enough, uneven as life is, invented throughout, and always the same."""

import re
import subprocess
import sys
from collections import Counter

import pytest

from courses.demo_data.catalogue import build_courses, skills
from courses.demo_data.centres import CENTRES
from courses.demo_data.formacodes import FORMACODE_NAMES
from courses.demo_data.providers import PROVIDERS
from courses.demo_data.shapes import CourseFacts, OfferingFacts, SessionFacts
from courses.demo_data.voices import VOICES
from courses.demo_data.waiting import PROPOSALS, WAITING
from courses.enums import Audience, DatePrecision, EntryMode, Funding, Modality, QualiopiCategory, Recruitment, Rhythm
from courses.models import Course, Offering, OfferingCost, Session
from portal.accounts.demo_data.numbers import UAI_KEYS
from portal.reference.numbers import luhn_is_right
from portal.reference.words import ALL_SKILLS, FORMER_OCCUPATIONS, PROFILES
from portal.reference.words.evidence import FORMACODE_NAMES as CITED_FORMACODES
from portal.reference.words.places import DEPARTMENTS, TOWNS

COURSES = build_courses()
OFFERINGS = [offering for course in COURSES for offering in course.offerings]
SESSIONS = [session for offering in OFFERINGS for session in offering.sessions]
DEPARTMENT_OF = {town.name: town.department for town in TOWNS}
BY_KEY = {course.key: course for course in COURSES}
TEXT_FIELDS = (
    "title summary objective for_whom entry_requirements what_you_learn how_you_learn how_assessed what_to_bring "
    "what_next"
).split()
# Schools, companies, clusters and public bodies that exist: none may be given an invented course.
REAL_WORDS = set(
    "greta afpa cnam insa isae supaero enseeiht enac cesi epitech ynov epsi simplon openclassrooms m2i orsys polytech "
    "cci airbus thales capgemini sopra atos cnes continental sanofi aniti ekitia eurobiomed onisep ibm google "
    "microsoft mistral openai chu iut".split()
)
REAL_PHRASES = ("le wagon", "wild code", "ia school", "business school", "digital 113", "ad'occ", "aerospace valley")
# What no invented name may call itself.
PROTECTED_NAMES = {"université", "lycée", "faculté", "chambre", "académie", "ministère"}


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[\w']+", text.lower()))


def departments_of(course: CourseFacts) -> set[str]:
    return {DEPARTMENT_OF[offering.town] for offering in course.offerings if offering.town}


def test_the_world_has_the_size_that_was_asked_for() -> None:
    assert (len(PROVIDERS), len(CENTRES), len(COURSES)) == (40, 12, 260)
    assert 850 <= len(SESSIONS) <= 950


def test_numbers_are_well_formed_and_belong_to_nobody() -> None:
    sirets = [facts.siret for facts in (*PROVIDERS, *CENTRES)]
    assert len(set(sirets)) == 52
    for siret in sirets:
        assert luhn_is_right(siret)
        assert luhn_is_right(siret[:9])
        # below the first SIREN ever given
        assert siret[:9] < "000325175"
    assert all(re.fullmatch(r"7600\d{7}", facts.activity_number) for facts in PROVIDERS)
    assert len({facts.activity_number for facts in PROVIDERS}) == 40
    for centre in CENTRES:
        assert re.fullmatch(r"0\d{2}9\d{3}[A-Z]", centre.uai)
        assert centre.uai[7] == UAI_KEYS[int(centre.uai[:7]) % 23]
        assert DEPARTMENT_OF[centre.town] == centre.department == centre.uai[1:3]
    assert len({centre.uai for centre in CENTRES}) == 12


def test_sites_and_addresses_use_the_reserved_domain() -> None:
    for facts in (*PROVIDERS, *CENTRES):
        assert facts.website.endswith(".example")
        assert facts.email.endswith(".example")
        assert re.fullmatch(r"[a-z-]+", facts.key)


def test_no_real_institution_is_given_an_invented_course() -> None:
    told = [(facts.key, f"{facts.name} {facts.presentation}") for facts in (*PROVIDERS, *CENTRES)]
    told += [(course.key, " ".join(getattr(course, field) for field in TEXT_FIELDS)) for course in COURSES]
    for key, text in told:
        assert not words_of(text) & REAL_WORDS, key
        assert not [phrase for phrase in REAL_PHRASES if phrase in text.lower()], key
    for facts in (*PROVIDERS, *CENTRES):
        assert not words_of(facts.name) & PROTECTED_NAMES


def test_no_registered_cfa_of_the_region_bears_an_invented_name_or_number(shared_data) -> None:
    registered = (shared_data / "organismes" / "cfa_occitanie_2021.csv").read_text().upper()
    for centre in CENTRES:
        assert centre.uai not in registered
        assert centre.name.upper() not in registered


def test_no_body_offers_two_courses_of_one_title() -> None:
    titles = Counter((course.provider, course.centre, course.title) for course in COURSES)
    assert [pair for pair, times in titles.items() if times > 1] == []
    assert len({course.title for course in COURSES}) > 250


def test_every_text_is_written_and_no_two_courses_read_the_same() -> None:
    for course in COURSES:
        for field in TEXT_FIELDS:
            text = getattr(course, field)
            assert text.strip() == text != "", (course.key, field)
            assert len(text) <= (600 if field == "summary" else 3000)
            assert "  " not in text.replace("\n", "|"), (course.key, field, text)
            assert not re.search(r"lorem|xxx|todo|\{|\}", text, re.IGNORECASE)
        assert course.what_you_learn.count("\n") >= 3
        assert all(line.startswith("- ") for line in course.what_you_learn.splitlines())
    for field in ("summary", "what_you_learn", "for_whom"):
        assert len({getattr(course, field) for course in COURSES}) >= {"for_whom": 120}.get(field, 255), field


def test_every_code_is_one_of_the_words() -> None:
    known = {skill.code for skill in ALL_SKILLS}
    slugs = {profile.slug for profile in PROFILES}
    rome = {code for profile in PROFILES for code, _why in profile.occupations} | {f.rome for f in FORMER_OCCUPATIONS}
    for course in COURSES:
        assert set(course.skills) <= known, course.key
        assert set(course.profiles) <= slugs, course.key
        assert set(course.occupations) <= rome, course.key
        assert set(course.formacodes) <= {*CITED_FORMACODES, *FORMACODE_NAMES}, course.key
        assert course.skills
        assert all(0 <= asked <= given and 1 <= given <= 3 for asked, given in course.skills.values())
    assert {o.town for o in OFFERINGS if o.town} <= set(DEPARTMENT_OF)
    assert set(VOICES) == {facts.key for facts in PROVIDERS}


def test_own_formacode_names_are_those_of_the_nomenclature(shared_data) -> None:
    official = (shared_data / "nomenclatures" / "formacode_certifinfo.csv").read_text().splitlines()
    for code, name in FORMACODE_NAMES.items():
        assert any(line.startswith(f"{code},{name},") for line in official), code


@pytest.mark.parametrize("field", ["modality", "rhythm", "entry_mode"])
def test_offerings_speak_the_words_of_the_models(field: str) -> None:
    words = {"modality": Modality, "rhythm": Rhythm, "entry_mode": EntryMode}[field]
    assert {getattr(offering, field) for offering in OFFERINGS} <= set(words.values)


def test_costs_sessions_and_certificates_speak_the_words_of_the_models() -> None:
    assert {cost.audience for offering in OFFERINGS for cost in offering.costs} == set(Audience.values)
    assert {funding for offering in OFFERINGS for funding in offering.fundings} <= set(Funding.values)
    assert {session.start_precision for session in SESSIONS} == set(DatePrecision.values)
    assert {session.recruitment for session in SESSIONS} == set(Recruitment.values)
    assert {c for facts in PROVIDERS for c in facts.qualiopi or ()} == set(QualiopiCategory.values)


def test_entry_goes_from_no_diploma_to_bac_plus_five() -> None:
    levels = Counter(course.entry_level for course in COURSES)
    assert {0, 3, 4, 5, 6, 7, None} <= set(levels)
    assert levels[0] >= 30
    assert {course.entry_level_is_mandatory for course in COURSES} == {True, False, None}
    assert {3, 4, 5, 6, 7, None} <= {course.exit_level for course in COURSES}


def test_all_departments_are_served_and_unevenly() -> None:
    places = Counter(department for course in COURSES for department in departments_of(course))
    assert set(places) == {department.code for department in DEPARTMENTS}
    assert places["31"] > places["34"] > 3 * places["48"]
    assert max(places["48"], places["32"], places["09"]) < places["12"]
    apart = sum(offering.modality != "onsite" for offering in OFFERINGS) / len(OFFERINGS)
    assert 0.25 <= apart <= 0.45


def test_every_profile_is_taught_and_some_are_missing_from_some_departments() -> None:
    taught = {profile.slug: [c for c in COURSES if profile.slug in c.profiles] for profile in PROFILES}
    assert min(len(courses) for courses in taught.values()) >= 4
    served = {slug: {d for course in courses for d in departments_of(course)} for slug, courses in taught.items()}
    assert sum(len(departments) < 5 for departments in served.values()) >= 5


def can_reach(course: CourseFacts, towns: set[str]) -> bool:
    return any(offering.modality == "remote" or offering.town in towns for offering in course.offerings)


@pytest.mark.parametrize(
    ("towns", "profile", "level", "least"),
    [
        ({"Rodez", "Albi"}, "data-analyst", 5, 12),
        ({"Rodez", "Albi"}, "controleur-gestion-data", 5, 8),
        ({"Rodez"}, "technicien-donnees", 5, 8),
        ({"Mende"}, "charge-ia-sante", 5, 3),
        ({"Mende"}, "technicien-donnees", 5, 5),
        ({"Perpignan"}, "technicien-donnees", 0, 3),
        ({"Perpignan"}, "annotateur-donnees", 0, 2),
    ],
)
def test_people_of_small_towns_find_real_choices(towns: set[str], profile: str, level: int, least: int) -> None:
    found = [
        course
        for course in COURSES
        if profile in course.profiles and (course.entry_level or 0) <= level and can_reach(course, towns)
    ]
    assert len(found) >= least, [course.key for course in found]


def test_a_driver_without_diploma_in_perpignan_can_start_without_knowing_anything() -> None:
    first_steps = [
        course
        for course in COURSES
        if course.entry_level == 0
        and course.profiles
        and any(offering.town == "Perpignan" for offering in course.offerings)
        and not any(asked for asked, _given in course.skills.values())
    ]
    assert len(first_steps) >= 4


def test_unknown_costs_are_left_unknown() -> None:
    costs = [cost for offering in OFFERINGS for cost in offering.costs]
    assert sum(cost.left_to_pay_cents is None for cost in costs) > 100
    assert all(cost.condition == "" for cost in costs if cost.left_to_pay_cents is None)
    assert sum(cost.left_to_pay_cents == 0 for cost in costs) > 100
    assert any(offering.price_cents is None for offering in OFFERINGS)
    for course in COURSES:
        for offering in course.offerings:
            audiences = [cost.audience for cost in offering.costs]
            assert len(audiences) == len(set(audiences))
            assert ("apprentice" in audiences) == bool(course.centre)


def test_without_a_qualiopi_certificate_nobody_promises_public_money() -> None:
    bare = {facts.key for facts in PROVIDERS if not facts.qualiopi}
    assert len(bare) >= 2
    assert {facts.qualiopi for facts in PROVIDERS} >= {None, ()}
    for course in COURSES:
        is_public = all(offering.price_cents == 0 for offering in course.offerings)
        if course.provider in bare and not is_public:
            assert not {f for o in course.offerings for f in o.fundings} & {"region", "cpf", "opco", "france_travail"}


def test_apprenticeships_are_taught_by_a_centre_whose_body_is_certified_for_them() -> None:
    certified = {facts.key for facts in PROVIDERS if "apprenticeship" in (facts.qualiopi or ())}
    assert {centre.partner for centre in CENTRES} <= certified
    assert {course.centre for course in COURSES if course.centre} == {centre.key for centre in CENTRES}


def test_sessions_fit_their_period_and_their_seats() -> None:
    for session in SESSIONS:
        assert (session.start_offset is None) == (session.start_precision == "unknown")
        assert session.start_offset is None or -120 <= session.start_offset <= 400
        assert session.seats_left is None or 0 <= session.seats_left <= session.seats
        assert 0 <= session.weekday <= 6
    coming = [session for session in SESSIONS if session.start_offset is None or session.start_offset >= 7]
    assert len(coming) > 550
    assert sum(session.start_precision == "day" for session in SESSIONS) > 0.85 * len(SESSIONS)
    assert 10 < sum(session.is_full or session.seats_left == 0 for session in coming) < 80


def test_every_course_has_a_session_to_come() -> None:
    for course in COURSES:
        sessions = [session for offering in course.offerings for session in offering.sessions]
        assert any(session.start_offset is None or session.start_offset > 0 for session in sessions), course.key


def test_certifications_make_no_real_claim() -> None:
    numbers = {course.certification: course.certification_number for course in COURSES if course.certification}
    assert len(numbers) >= 25
    assert all(re.fullmatch(r"DEMO-\d{4}", number) for number in numbers.values())
    assert len(set(numbers.values())) == len(numbers)
    for course in COURSES:
        assert not re.search(r"\b(RNCP|RS)\s*\d", " ".join(getattr(course, field) for field in TEXT_FIELDS))
        assert (course.certification_number in course.how_assessed) or not course.certification


def test_keys_are_unique_and_fit_the_columns() -> None:
    keys = [course.key for course in COURSES] + [o.key for o in OFFERINGS] + [s.key for s in SESSIONS]
    assert len(keys) == len(set(keys))
    limits = {model: {f.name: f.max_length for f in model._meta.fields} for model in (Course, Offering, OfferingCost)}
    assert all(len(course.title) <= limits[Course]["title"] for course in COURSES)
    for offering in OFFERINGS:
        for name in ("accessibility_note", "audience_note", "duration_note", "rhythm_note", "funding_note"):
            assert len(getattr(offering, name)) <= limits[Offering][name]
        assert all(len(cost.condition) <= limits[OfferingCost]["condition"] for cost in offering.costs)
    assert all(len(session.note) <= Session._meta.get_field("note").max_length for session in SESSIONS)


def test_waiting_listings_and_proposals_speak_of_courses_that_exist() -> None:
    assert {told.model for told in WAITING} <= set(BY_KEY)
    assert {told.state for told in WAITING} == {"draft", "submitted", "changes_asked", "withdrawn", "archived"}
    titles = {(course.provider, course.title) for course in COURSES}
    assert not {(BY_KEY[told.model].provider, told.title) for told in WAITING} & titles
    assert {told.course for told in PROPOSALS} <= set(BY_KEY)
    assert all(getattr(BY_KEY[told.course], told.field) != told.text for told in PROPOSALS)


def test_a_required_skill_is_never_given_below_what_is_asked() -> None:
    analyst = BY_KEY["data-analyst-01"]
    assert analyst.skills["tableur"] == (2, 2)
    assert analyst.skills["sql"] == (0, 2)
    assert isinstance(analyst.offerings[0], OfferingFacts)
    assert isinstance(analyst.offerings[0].sessions[0], SessionFacts)
    assert skills.__doc__


def test_two_builds_are_equal_even_in_another_process() -> None:
    build_courses.cache_clear()
    assert build_courses() == COURSES
    code = "import hashlib; from courses.demo_data.catalogue import build_courses as b; "
    code += "print(hashlib.sha256(repr(b()).encode()).hexdigest())"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": s}
        ).stdout
        for s in ("1", "2")
    }
    assert len(runs) == 1
