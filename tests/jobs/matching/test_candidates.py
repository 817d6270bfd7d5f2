"""From rows to facts, and from a request to a page of answers."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import CodeSuggestion, CourseSkill, Session
from jobs.matching.candidates import Here, course_facts, distance_km, goal_of
from jobs.matching.recommendation import Request, query_key, recommend, why_not
from jobs.reasons import reason_of
from portal.reference.models import Formacode, OccupationSkill
from tests.jobs.matching.cases import TODAY, seeker
from tests.jobs.matching.rows import make_course, make_occupation, make_offering, make_profile, make_skill, make_town

pytestmark = pytest.mark.django_db
RODEZ = Here(44.3506, 2.5750)


def only_fact(who, **said):
    (fact,) = course_facts(who, **said)
    return fact


def titles(request):
    return [answer.course.title for answer in recommend(request, day=TODAY).ranking.answers]


def test_a_profile_asks_for_its_skills_essential_ones_weighing_three():
    make_profile("data-analyst", essential=["sql"], desirable=["python"])
    assert [(n.code, n.level, n.weight) for n in goal_of(["data-analyst"]).needs] == [("sql", 2, 3), ("python", 2, 1)]


def test_two_profiles_that_share_a_skill_ask_for_it_once_at_its_heaviest():
    make_profile("data-analyst", essential=["sql"])
    make_profile("data-engineer", desirable=["sql"])
    assert [(need.code, need.weight) for need in goal_of(["data-analyst", "data-engineer"]).needs] == [("sql", 3)]


def test_a_profile_no_longer_shown_asks_for_nothing():
    make_profile("old", essential=["sql"], is_shown=False)
    assert goal_of(["old", "never-was"]).needs == ()


def test_an_occupation_asks_for_the_core_of_rome_where_the_portal_has_no_words_of_its_own():
    job = make_occupation("M1405", "Data scientist")
    OccupationSkill.objects.create(occupation=job, skill=make_skill("ogr-1"), core="main")
    OccupationSkill.objects.create(occupation=job, skill=make_skill("ogr-2"), core="other")
    assert [(need.code, need.level, need.weight) for need in goal_of(occupations=["M1405"]).needs] == [("ogr-1", 2, 3)]


def test_an_occupation_is_looked_for_under_its_wider_code_too():
    parent = make_occupation("M1403", "Études et prospectives")
    make_occupation("M1405", "Data scientist", parent=parent)
    wide = make_course("Enquêtes et statistiques")
    wide.occupations.add(parent)
    (answer,) = recommend(Request(occupations=("M1405",)), day=TODAY).ranking.answers
    assert [(term.fact("kind"), term.points) for term in answer.terms if term.criterion == "link"] == [
        ("rome_parent", 5)
    ]


def test_only_published_courses_that_are_not_hidden_answer():
    make_profile("data-analyst", essential=["sql"])
    make_course("brouillon", teaches=["sql"], published=False)
    hidden = make_course("masquée", teaches=["sql"])
    type(hidden).objects.filter(pk=hidden.pk).update(hidden_since=date(2027, 1, 1))
    make_course("visible", teaches=["sql"])
    assert titles(Request(profiles=("data-analyst",))) == ["visible"]


def test_a_course_found_by_its_title_alone_answers_weakly():
    make_profile("data-analyst", "analyste de données")
    make_course("Devenir analyste de données")
    make_course("Tourner un vase")
    (answer,) = recommend(Request(profiles=("data-analyst",)), day=TODAY).ranking.answers
    assert 60 < answer.points_of("title") <= 120


def test_a_formacode_of_the_profile_is_evidence():
    profile = make_profile("data-analyst")
    code = Formacode.objects.create(code="31025", label="Data analytics")
    profile.formacodes.add(code)
    make_course("Initiation").formacodes.add(code)
    (answer,) = recommend(Request(profiles=("data-analyst",)), day=TODAY).ranking.answers
    assert answer.points_of("link") == 15


def test_distance_is_that_of_the_commune_where_the_offering_is():
    albi = make_town("81004", "Albi", 43.9277, 2.1480)
    make_course(teaches=["sql"], offer={"commune": albi})
    assert 55 <= only_fact(seeker("sql"), here=RODEZ).distance_km <= 62


def test_the_exact_point_of_an_offering_wins_over_its_commune():
    albi = make_town("81004", "Albi", 43.9277, 2.1480)
    make_course(teaches=["sql"], offer={"commune": albi, "latitude": 44.36, "longitude": 2.58})
    assert only_fact(seeker("sql"), here=RODEZ).distance_km == 1


def test_a_course_entirely_at_a_distance_has_no_distance():
    albi = make_town("81004", "Albi", 43.9277, 2.1480)
    make_course(teaches=["sql"], offer={"commune": albi, "modality": "remote"})
    fact = only_fact(seeker("sql"), here=RODEZ)
    assert (fact.is_remote, fact.distance_km) == (True, None)


def test_what_an_offering_does_not_say_stays_unknown():
    make_course(teaches=["sql"], offer={"modality": None, "starts": ()})
    fact = only_fact(seeker("sql"), here=RODEZ)
    assert (fact.is_remote, fact.distance_km, fact.cost_cents, fact.starts_on, fact.demand) == (None,) * 5


def test_a_course_without_any_offering_is_still_a_candidate():
    make_course(teaches=["sql"], offer=False)
    assert only_fact(seeker("sql")).offering_pk == 0


def test_the_cost_is_that_of_the_person_s_audience_and_never_another_s():
    make_course(teaches=["sql"], offer={"cost_cents": 90_000, "audience": "employee"})
    assert only_fact(seeker("sql", audience="employee")).cost_cents == 90_000
    assert only_fact(seeker("sql", audience="jobseeker")).cost_cents is None


def test_free_is_zero():
    make_course(teaches=["sql"], offer={"cost_cents": 0})
    assert only_fact(seeker("sql")).cost_cents == 0


def test_the_first_session_that_suits_the_dates_is_the_one_proposed():
    make_course(teaches=["sql"], offer={"starts": ("2027-02-01", "2027-06-01", "2027-10-01")})
    assert only_fact(seeker("sql")).starts_on == date(2027, 2, 1)
    assert only_fact(seeker("sql", starts_after=date(2027, 4, 1))).starts_on == date(2027, 6, 1)


def test_when_no_session_suits_the_dates_the_first_one_says_why():
    make_profile("data-analyst", essential=["sql"])
    make_course(teaches=["sql"], offer={"starts": ("2027-02-01",)})
    request = Request(profiles=("data-analyst",), starts_after=date(2027, 4, 1))
    assert recommend(request, day=TODAY).ranking.exclusion_counts == (("starts_outside", 1),)


def test_a_session_that_started_yesterday_is_not_proposed():
    make_course(teaches=["sql"], offer={"starts": ("2027-01-14",)})
    fact = only_fact(seeker("sql"))
    assert (fact.starts_on, fact.has_session) == (None, False)


def test_a_full_session_is_not_proposed_and_says_so():
    make_course(teaches=["sql"], offer={"starts": ("2027-02-01",)})
    Session.objects.update(is_full=True)
    assert only_fact(seeker("sql")).start_note == "full"


def test_entries_all_year_round_need_no_session():
    make_course(teaches=["sql"], offer={"entry_mode": "permanent", "starts": ()})
    assert only_fact(seeker("sql")).has_session


def test_demand_never_counted_is_unknown_and_counted_is_a_number():
    make_course(teaches=["sql"], demand=0, demand_counted_on=TODAY)
    assert only_fact(seeker("sql")).demand == 0


def test_each_offering_is_one_way_and_the_course_answers_once():
    make_profile("data-analyst", essential=["sql"])
    course = make_course(teaches=["sql"], offer={"cost_cents": 500_000})
    remote = make_offering(course, modality="remote", cost_cents=0)
    (answer,) = recommend(Request(profiles=("data-analyst",), here=RODEZ), day=TODAY).ranking.answers
    assert answer.course.offering_pk == remote.pk


def test_a_skill_that_only_a_rule_suggests_reaches_the_engine_as_such():
    course = make_course(teaches=["sql"])
    CourseSkill.objects.filter(course=course).update(origin="suggested", rule="mots v1", evidence="requêtes SQL")
    (lesson,) = only_fact(seeker("sql")).teaches
    assert (lesson.origin, lesson.evidence) == ("suggested", "requêtes SQL")


def test_any_published_course_can_be_asked_why_it_is_not_recommended():
    make_profile("data-analyst", essential=["sql"])
    request = Request(profiles=("data-analyst",), budget_cents=0)
    pottery, dear = make_course("Poterie", teaches=["clay"]), make_course(teaches=["sql"], offer={"cost_cents": 100})
    draft, free = make_course(published=False), make_course(teaches=["sql"], offer={"cost_cents": 0})
    courses = [pottery.pk, dear.pk, draft.pk, free.pk]
    reasons = why_not(request, recommend(request, day=TODAY), courses)
    assert {pk: said and said.reason for pk, said in reasons.items()} == {
        pottery.pk: "off_goal",
        dear.pk: "over_budget",
        free.pk: None,
    }


def test_thirty_courses_cost_no_more_queries_than_three_and_ten_at_most():
    profile = make_profile("data-analyst", "analyste", essential=["sql", "python"])
    job = make_occupation("M1419", "Data analyst")
    request = Request(profiles=("data-analyst",), occupations=("M1419",), here=RODEZ)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            recommend(request, day=TODAY)
        return len(queries)

    for number in range(3):
        make_course(f"Formation {number}", teaches=["sql"], profile=profile).occupations.add(job)
    few = cost()
    for number in range(27):
        make_offering(make_course(f"Formation {number}", teaches=["sql", "python"], profile=profile))
    assert cost() == few <= 10


def test_without_a_goal_every_published_course_is_shown():
    make_course("Poterie", teaches=["clay"])
    make_course("SQL", teaches=["sql"])
    assert sorted(titles(Request())) == ["Poterie", "SQL"]


def test_an_unknown_goal_and_an_empty_catalogue_give_an_empty_page():
    assert titles(Request(profiles=("never-was",))) == []


def test_skills_that_no_longer_exist_or_four_hundred_of_them_change_nothing():
    make_profile("data-analyst", essential=["sql"])
    make_course("SQL", teaches=["sql"])
    held = tuple((f"gone-{number}", 3) for number in range(400))
    assert titles(Request(profiles=("data-analyst",), held=held)) == ["SQL"]


def test_the_key_of_a_question_holds_no_place_and_no_order():
    assert query_key(["a", "b"], [], [("x", 1), ("y", 2)]) == query_key(["b", "a"], [], [("y", 2), ("x", 1)])
    here = replace(Request(profiles=("a",)), here=RODEZ)
    seekers = [recommend(request, day=TODAY).seeker for request in (here, Request(profiles=("a",)))]
    assert seekers[0].query_key == seekers[1].query_key


@pytest.mark.parametrize(
    ("here", "there", "km"),
    [((43.6045, 1.4440), (43.6119, 3.8772), 196), ((44.35, 2.57), (44.35, 2.57), 0), ((0, 0), (0, 180), 20015)],
)
def test_distances_are_those_of_the_globe(here, there, km):
    assert distance_km(Here(*here), *there) == km


def propose(course, kind, code, *, rank=1, points=900, **said):
    column = {"rome": "occupation", "formacode": "formacode"}[kind]
    return CodeSuggestion.objects.create(
        course=course, kind=kind, rank=rank, points=points, rule="t", witness="RNCP34757", **{column: code}, **said
    )


def link_terms(request):
    (answer,) = recommend(request, day=TODAY).ranking.answers
    return [term for term in answer.terms if term.criterion == "link"]


class TestProposedCodes:
    """Codes that wait for a person speak at three quarters, when they are sure, and say that they are proposals."""

    REQUEST = Request(occupations=("M1405",))

    @pytest.fixture
    def job(self):
        return make_occupation("M1405", "Data scientist", parent=make_occupation("M1403", "Études"))

    def test_a_proposed_occupation_counts_three_quarters_and_says_why(self, job):
        propose(make_course("Un cours"), "rome", job)
        terms = link_terms(self.REQUEST)
        assert [(t.fact("kind"), t.points, t.fact("source")) for t in terms] == [
            ("rome", 7, "suggested"),
            ("rome_parent", 3, "suggested"),
        ]
        assert [reason_of(term).sentence for term in terms] == [
            "Le code métier (ROME) est proposé d’après RNCP34757, à confirmer : compté aux trois quarts.",
            "La famille de ce métier (ROME) est proposée d’après RNCP34757, à confirmer :"
            " indice faible, compté aux trois quarts.",
        ]

    def test_a_wide_proposal_speaks_of_the_family_only(self, job):
        propose(make_course("Un cours"), "rome", job.parent, is_wide=True)
        assert [(term.fact("kind"), term.points) for term in link_terms(self.REQUEST)] == [("rome_parent", 3)]
        family = Request(occupations=("M1403",))
        assert [(term.fact("kind"), term.points) for term in link_terms(family)] == [("rome_parent", 3)]

    def test_what_is_declared_too_counts_whole(self, job):
        course = make_course("Un cours")
        course.occupations.add(job)
        propose(course, "rome", job)
        assert [(term.points, term.fact("source")) for term in link_terms(self.REQUEST)] == [
            (10, "declared"),
            (5, "declared"),
        ]

    def test_a_proposed_formacode_counts_three_quarters(self):
        code = Formacode.objects.create(code="31025", label="Data analytics")
        make_profile("data-analyst").formacodes.add(code)
        propose(make_course("Initiation"), "formacode", code)
        (term,) = link_terms(Request(profiles=("data-analyst",)))
        assert term.points == 11
        assert reason_of(term).sentence == (
            "Un code de spécialité (Formacode) de ce métier est proposé d’après RNCP34757, à confirmer :"
            " compté aux trois quarts."
        )

    @pytest.mark.parametrize(
        "said",
        [
            {"rank": 3},
            {"points": 599},
            {"state": "refused", "decided_at": datetime(2027, 1, 1, tzinfo=UTC)},
        ],
        ids=str,
    )
    def test_a_weak_or_a_refused_proposal_is_no_sign(self, said, job):
        propose(make_course("Un cours"), "rome", job, **said)
        assert titles(self.REQUEST) == []

    def test_a_proposal_without_a_witness_says_that_only_the_title_speaks(self, job):
        propose(make_course("Un cours"), "rome", job)
        CodeSuggestion.objects.update(witness="")
        assert "est proposé d’après l’intitulé, à confirmer" in reason_of(link_terms(self.REQUEST)[0]).sentence

    def test_proposals_cost_no_query(self, job):
        def cost():
            with CaptureQueriesContext(
                connection,
            ) as queries:
                recommend(self.REQUEST, day=TODAY)
            return len(queries)

        make_course("Sans proposition").occupations.add(job)
        few = cost()
        for number in range(10):
            propose(make_course(f"Formation {number}"), "rome", job)
        assert cost() == few <= 10
