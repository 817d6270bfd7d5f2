"""What comes first, what is left out, and why: a sentence each."""

from datetime import date

import pytest

from jobs.matching.criteria import COVERAGE, CRITERIA, FILTERS
from jobs.matching.engine import OFF_GOAL, assess, change_between, exclusion, iso_week, rank, why_left_out
from jobs.matching.facts import CourseFacts, Link, SkillNeed
from tests.jobs.matching.cases import TODAY, course, seeker

WEEK = iso_week(TODAY)


def ranked(who, *courses):
    return [answer.course.pk for answer in rank(who, courses, week=WEEK).answers]


def reasons(who, *courses):
    return [(left.course_pk, left.reason) for left in rank(who, courses, week=WEEK).excluded]


def term(who, facts, criterion):
    (found,) = [t for t in assess(who, facts).terms if t.criterion == criterion]
    return found


def test_the_course_that_teaches_more_of_what_is_missing_comes_first():
    assert ranked(seeker("python", "sql"), course(1, "python"), course(2, "python", "sql")) == [2, 1]


def test_a_skill_already_held_earns_nothing():
    answer = assess(seeker("python", "sql", held=(("python", 2),)), course(1, "python", "sql"))
    assert [gain.code for gain in answer.gains] == ["sql"]
    assert answer.coverage == COVERAGE


def test_a_course_without_any_missing_skill_link_or_title_is_not_an_answer():
    assert ranked(seeker("python"), course(1, "pottery")) == []


def test_all_missing_skills_to_their_level_are_all_the_points_of_coverage():
    assert assess(seeker("python:3", "sql:1"), course(1, "python:0-3", "sql:0-1")).coverage == COVERAGE


def test_half_of_the_levels_is_half_of_the_points_and_the_rest_is_left():
    answer = assess(seeker("python:2"), course(1, "python:0-1"))
    assert answer.coverage == COVERAGE // 2
    assert [(left.code, left.reached_level, left.wanted_level) for left in answer.leaves] == [("python", 1, 2)]


def test_a_level_beyond_the_one_wanted_earns_no_more():
    who = seeker("python:2")
    assert assess(who, course(1, "python:0-3")).score == assess(who, course(1, "python:0-2")).score


def test_an_essential_skill_weighs_three_desirable_ones():
    who = seeker()
    who = type(who)((SkillNeed("python", "Python", 1, 3), SkillNeed("law", "Droit", 1, 1)), TODAY)
    points = {gain.code: gain.points for gain in assess(who, course(1, "python:0-1", "law:0-1")).gains}
    assert points == {"python": 450, "law": 150}


def test_a_skill_only_a_rule_suggests_counts_three_quarters():
    who = seeker("python")
    assert assess(who, course(1, "python", origin="suggested")).coverage == COVERAGE * 3 // 4
    assert assess(who, course(1, "python", origin="validated")).coverage == COVERAGE


def test_a_course_brings_only_the_levels_above_the_one_it_asks_for():
    answer = assess(seeker("python:3"), course(1, "python:2-3"))
    assert [(gain.from_level, gain.to_level) for gain in answer.gains] == [(2, 3)]
    assert [(left.reached_level, left.wanted_level) for left in answer.leaves] == [(0, 3)]


def test_a_prerequisite_the_person_said_not_to_hold_is_told_and_lowers():
    unmet = term(seeker("mlops", held=(("python", 1),)), course(1, "mlops", "python:2-3"), "prerequisite")
    assert (unmet.state, unmet.points) == ("unmet", -30)
    assert unmet.fact("skills") == (("python", "Python", 2, 1),)


def test_a_prerequisite_the_person_said_nothing_of_is_to_check():
    unknown = term(seeker("mlops", held=(("sql", 3),)), course(1, "mlops", "python:2-3"), "prerequisite")
    assert (unknown.state, unknown.points) == ("unknown", -10)
    assert unknown.fact("skills") == (("python", "Python", 2, None),)


def test_a_prerequisite_held_at_its_level_is_met():
    met = term(seeker("mlops", held=(("python", 2),)), course(1, "mlops", "python:2-3"), "prerequisite")
    assert (met.state, met.points) == ("met", 0)


def test_a_near_course_comes_before_a_far_one():
    who = seeker("python", has_place=True)
    assert ranked(who, course(1, "python", distance_km=80), course(2, "python", distance_km=12)) == [2, 1]


def test_a_remote_course_beats_one_out_of_reach_which_is_told_with_its_distance():
    who = seeker("python", has_place=True, reach_km=40)
    courses = course(1, "python", distance_km=190), course(2, "python", distance_km=None, is_remote=True)
    ranking = rank(who, courses, week=WEEK)
    assert [answer.course.pk for answer in ranking.answers] == [2]
    assert dict(ranking.excluded[0].facts) == {"distance_km": 190, "reach_km": 40}


def test_a_course_at_an_unknown_place_stays_with_something_to_check():
    who = seeker("python", has_place=True, reach_km=40)
    answer = rank(who, [course(1, "python", distance_km=None)], week=WEEK).answers[0]
    assert [t.criterion for t in answer.unknowns] == ["place"]


def test_a_course_sure_of_its_place_comes_before_one_to_check():
    who = seeker("python", has_place=True)
    assert ranked(who, course(1, "python", distance_km=None), course(2, "python", distance_km=99)) == [2, 1]


def test_without_a_place_the_place_says_nothing():
    assert [t for t in assess(seeker("python"), course(1, "python")).terms if t.criterion == "place"] == []


def test_an_earlier_start_comes_first():
    early, late = date(2027, 2, 1), date(2027, 9, 1)
    who = seeker("python")
    assert ranked(who, course(1, "python", starts_on=late), course(2, "python", starts_on=early)) == [2, 1]


def test_the_start_closest_to_the_day_the_person_is_free_comes_first():
    who = seeker("python", starts_after=date(2027, 6, 1))
    june, january = date(2027, 6, 7), date(2027, 12, 1)
    assert ranked(who, course(1, "python", starts_on=january), course(2, "python", starts_on=june)) == [2, 1]


def test_a_start_before_the_person_is_free_is_left_out():
    who = seeker("python", starts_after=date(2027, 6, 1))
    assert reasons(who, course(1, "python", starts_on=date(2027, 5, 31))) == [(1, "starts_outside")]


def test_a_start_some_time_in_june_is_to_check_for_somebody_free_on_the_tenth():
    who = seeker("python", starts_after=date(2027, 6, 10))
    month = course(1, "python", starts_on=date(2027, 6, 1), start_precision="month")
    assert exclusion(who, month) is None
    assert term(who, month, "date").state == "unknown"


def test_a_start_some_time_in_2026_is_over():
    who = seeker("python", starts_after=TODAY)
    year = course(1, "python", starts_on=date(2026, 1, 1), start_precision="year")
    assert reasons(who, year) == [(1, "starts_outside")]


def test_a_course_one_may_enter_all_year_round_suits_every_date():
    who = seeker("python", starts_after=date(2027, 6, 1), starts_before=date(2027, 6, 30))
    always = course(1, "python", starts_on=None, start_precision="unknown", start_note="permanent")
    assert term(who, always, "date").points == 60


def test_a_course_whose_dates_are_to_come_stays_with_something_to_check():
    who = seeker("python", starts_before=date(2027, 6, 30))
    undated = course(1, "python", starts_on=None, start_precision="unknown")
    assert reasons(who, undated) == []
    assert term(who, undated, "date").state == "unknown"


def test_free_for_this_person_is_worth_all_the_points_of_cost_and_unknown_is_not_free():
    who = seeker("python")
    assert term(who, course(1, "python", cost_cents=0), "cost").points == 60
    assert term(who, course(1, "python", cost_cents=None), "cost").state == "unknown"
    assert ranked(who, course(1, "python", cost_cents=None), course(2, "python", cost_cents=120_000)) == [2, 1]


def test_over_budget_is_left_out_and_an_unknown_cost_is_not():
    who = seeker("python", budget_cents=40_000)
    assert reasons(who, course(1, "python", cost_cents=40_001), course(2, "python", cost_cents=None)) == [
        (1, "over_budget")
    ]


def test_a_mandatory_level_above_the_person_s_leaves_out_and_an_advised_one_lowers():
    who = seeker("python", entry_level=4)
    mandatory = course(1, "python", entry_level=6, entry_is_mandatory=True)
    advised = course(2, "python", entry_level=6, entry_is_mandatory=False)
    unsaid = course(3, "python", entry_level=6)
    assert reasons(who, mandatory, advised, unsaid) == [(1, "level_too_high")]
    assert [term(who, facts, "entry_level").state for facts in (advised, unsaid)] == ["unmet", "unknown"]


def test_no_diploma_asked_suits_everyone():
    assert term(seeker("python", entry_level=0), course(1, "python", entry_level=0), "entry_level").state == "met"


def test_only_remote_leaves_out_what_is_on_site_and_keeps_what_is_not_stated():
    who = seeker("python", only_remote=True)
    assert reasons(who, course(1, "python", is_remote=False), course(2, "python", is_remote=None)) == [
        (1, "not_remote")
    ]


def test_somebody_who_refuses_distance_learning_gets_none():
    who = seeker("python", accepts_remote=False)
    assert reasons(who, course(1, "python", is_remote=True)) == [(1, "remote_refused")]


def test_links_and_title_together_never_outweigh_a_quarter_of_the_skills():
    codes = ("profile", "mlops"), ("formacode", "31028"), ("rome", "M1405"), ("rome_parent", "M1403")
    who = seeker("python", targets=frozenset(codes))
    links = tuple(Link(kind, code) for kind, code in codes)
    linked = assess(who, course(1, links=links, title_match=60))
    assert (linked.points_of("link"), linked.points_of("title")) == (60, 60)
    assert linked.score < COVERAGE // 4


def test_a_link_to_another_job_is_no_evidence():
    who = seeker("python", targets=frozenset({("profile", "mlops")}))
    assert assess(who, course(1, "python", links=(Link("profile", "dpo"),))).points_of("link") == 0


def test_the_best_option_of_a_course_answers_for_it_and_it_shows_once():
    who = seeker("python", has_place=True, reach_km=50)
    onsite = course(1, "python", offering_pk=10, distance_km=120)
    near = course(1, "python", offering_pk=11, distance_km=30)
    ranking = rank(who, [onsite, near], week=WEEK)
    assert [answer.course.offering_pk for answer in ranking.answers] == [11]
    assert ranking.excluded == ()


def test_left_out_courses_are_counted_once_in_the_order_of_the_reasons():
    who = seeker("python", has_place=True, reach_km=50, budget_cents=10_000)
    courses = [
        course(1, "python", cost_cents=50_000, distance_km=10),
        course(2, "python", cost_cents=50_000, distance_km=90),
        course(3, "python", cost_cents=0, distance_km=90),
        course(3, "python", cost_cents=0, distance_km=95, offering_pk=5),
    ]
    ranking = rank(who, courses, week=WEEK)
    assert ranking.exclusion_counts == (("too_far", 2), ("over_budget", 1))
    assert next(left for left in ranking.excluded if left.course_pk == 2).also == ("over_budget",)


def test_any_named_course_can_be_asked_why_it_is_not_there():
    who = seeker("python", budget_cents=0)
    assert why_left_out(who, [course(1, "pottery")]).reason == OFF_GOAL
    assert why_left_out(who, [course(1, "python", cost_cents=100)]).reason == "over_budget"
    assert why_left_out(who, [course(1, "python", cost_cents=0)]) is None


def test_what_separates_a_course_from_the_one_before_is_told_by_criterion():
    who = seeker("python", has_place=True)
    ranking = rank(who, [course(1, "python", distance_km=60), course(2, "python", distance_km=22)], week=WEEK)
    change = change_between(*ranking.answers)
    assert (change.points_behind, change.loses) == (38, (("place", 38),))


def test_equal_courses_take_turns_from_week_to_week_and_a_week_can_be_replayed():
    who = seeker("python")
    equals = [course(pk, "python") for pk in range(1, 6)]
    firsts = {rank(who, equals, week=f"2027-W{number:02}").answers[0].course.pk for number in range(1, 41)}
    assert firsts == {1, 2, 3, 4, 5}
    assert rank(who, equals, week="2027-W02") == rank(who, equals, week="2027-W02")


def test_the_week_is_the_iso_one():
    assert iso_week(date(2027, 1, 1)) == "2026-W53"


def test_without_a_goal_every_course_is_an_answer():
    assert ranked(seeker(has_place=True), course(1, "pottery", distance_km=3), course(2, distance_km=9)) == [1, 2]


def test_an_empty_catalogue_gives_an_empty_page():
    ranking = rank(seeker("python"), [], week=WEEK)
    assert (ranking.answers, ranking.excluded, ranking.exclusion_counts) == ((), (), ())


@pytest.mark.parametrize(("level", "weight"), [(0, 3), (4, 3), (2, 0)])
def test_a_need_out_of_bounds_is_refused(level, weight):
    with pytest.raises(ValueError, match="python"):
        SkillNeed("python", "Python", level, weight)


def test_a_skill_needed_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        seeker("python:1", "python:2")


def test_a_title_cannot_be_worth_more_than_its_weight():
    with pytest.raises(ValueError, match="title match"):
        CourseFacts(1, "Formation", title_match=121)


def test_the_registry_names_each_criterion_and_filter_once():
    codes = [rule.code for rule in CRITERIA] + [rule.reason for rule in FILTERS]
    assert len(codes) == len(set(codes))
    assert sum(rule.weight for rule in CRITERIA if rule.weight > 0) == 1_020
