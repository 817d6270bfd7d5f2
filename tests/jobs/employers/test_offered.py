"""What an employer gets back: who is trained for the post, how near, and what nobody teaches."""

import pytest
from django.urls import reverse

from jobs.employers.around import centres_near, composed, lacks_training, others_near
from jobs.employers.offered import offered_for
from jobs.enums import Contract
from jobs.models import Employer, EmployerNeed, NeedSkill
from portal.accounts.enums import OrganisationKind
from tests import makers


def make_need(profile, *, town: str | None = "Albi", employer=None, **fields) -> EmployerNeed:
    """A published need that asks for what its profile asks for."""
    if employer is None:
        organisation = makers.make_organisation(kinds=[OrganisationKind.EMPLOYER])
        employer = Employer.objects.create(organisation=organisation, name=organisation.name)
    values = {"title": "Data analyst", "contract": Contract.PERMANENT, "is_attached": False, **fields}
    values = {"expires_on": makers.in_days(30), **values}
    place = makers.make_commune(town) if town else None
    need = EmployerNeed.objects.create(employer=employer, profile=profile, commune=place, **values)
    for link in profile.skill_links.all():
        NeedSkill.objects.create(need=need, skill=link.skill, level=link.level, importance=link.importance)
    return makers.publish(need)


@pytest.fixture
def skills(profile):
    return {name: makers.make_skill(name) for name in ("Python", "SQL", "Statistiques")}


def course(title: str, taught: dict, town: str = "Albi", **fields):
    return makers.make_course(title, skills=taught, offering={"where": town, **fields.pop("offering", {})}, **fields)


class TestCourses:
    def test_the_most_covered_comes_first_then_the_nearest(self, profile, skills):
        some = course("Python seul", {skills["Python"]: 2})
        most = course("Python et SQL", {skills["Python"]: 2, skills["SQL"]: 2}, "Rodez")
        weak = course("Tout, en notions", dict.fromkeys(skills.values(), 1))
        offered = offered_for(make_need(profile), makers.DAY)
        # both have twelve points: the one that brings more skills whole comes first, though it is farther
        assert [(each.course, each.points) for each in offered.trainings] == [(most, 12), (weak, 12), (some, 6)]

    def test_what_no_near_course_brings_is_said(self, profile, skills):
        course("Python", {skills["Python"]: 2, skills["SQL"]: 1})
        course("Stat loin", {skills["Statistiques"]: 3}, "Montpellier")
        offered = offered_for(make_need(profile), makers.DAY)
        assert [each.label for each in offered.untaught_near] == ["SQL", "Statistiques"]
        assert [each.course.title for each in offered.near] == ["Python"]

    def test_a_course_at_a_distance_is_near_everywhere(self, profile, skills):
        course("En ligne", {skills["Python"]: 2}, "Montpellier", offering={"modality": "remote"})
        assert len(offered_for(make_need(profile), makers.DAY).near) == 1

    def test_a_need_without_a_place_sees_the_whole_region(self, profile, skills):
        course("Loin", {skills["Python"]: 2}, "Montpellier")
        assert len(offered_for(make_need(profile, town=None), makers.DAY).near) == 1

    def test_who_comes_out_within_a_year(self, profile, skills):
        made = course("Python", {skills["Python"]: 2})
        offering = made.offerings.get()
        makers.make_session(offering, starts_on=makers.in_days(10), seats=12)
        makers.make_session(offering, starts_on=makers.in_days(90), seats=None)
        makers.make_session(offering, starts_on=makers.in_days(-3), seats=8)
        makers.make_session(offering, starts_on=makers.in_days(400), seats=50)
        (training,) = offered_for(make_need(profile), makers.DAY).trainings
        assert (training.ends_on, training.seats) == (makers.in_days(1), 20)

    def test_seats_nobody_said_are_not_zero(self, profile, skills):
        made = course("Python", {skills["Python"]: 2})
        makers.make_session(made.offerings.get(), starts_on=makers.in_days(10))
        (training,) = offered_for(make_need(profile), makers.DAY).trainings
        assert training.seats is None

    def test_what_is_not_shown_is_not_offered(self, profile, skills):
        course("Brouillon", {skills["Python"]: 2}, published=False)
        assert offered_for(make_need(profile), makers.DAY).trainings == ()

    def test_the_cost_does_not_grow_with_the_courses(self, profile, skills, django_assert_max_num_queries):
        need = make_need(profile)
        for turn in range(12):
            course(f"Python {turn}", {skills["Python"]: 2})
        with django_assert_max_num_queries(6):
            offered_for(need, makers.DAY)


class TestComposing:
    def test_courses_are_put_together_until_everything_is_taught(self, profile, skills):
        course("Python", {skills["Python"]: 2})
        course("SQL et stat", {skills["SQL"]: 2, skills["Statistiques"]: 1}, "Montpellier")
        offered = offered_for(make_need(profile), makers.DAY)
        assert lacks_training(offered)
        assert [(part.training.course.title, len(part.adds)) for part in composed(offered)] == [
            ("SQL et stat", 2),
            ("Python", 1),
        ]

    def test_one_course_that_teaches_enough_is_enough(self, profile, skills):
        course("Tout", {skills["Python"]: 2, skills["SQL"]: 3, skills["Statistiques"]: 1})
        offered = offered_for(make_need(profile), makers.DAY)
        assert not lacks_training(offered)
        assert offered.untaught_near == []

    def test_a_need_without_skills_lacks_nothing(self, profile):
        need = make_need(profile)
        need.skill_links.all().delete()
        offered = offered_for(need, makers.DAY)
        assert (lacks_training(offered), composed(offered)) == (False, [])


class TestAround:
    def test_others_are_counted_and_only_those_who_agreed_are_named(self, profile):
        mine = make_need(profile)
        named = make_need(profile, headcount=3, commitments=["shared_group"])
        Employer.objects.filter(pk=named.employer_id).update(name="Nommée", may_be_named=True)
        make_need(profile, headcount=2)
        make_need(profile, town="Montpellier")
        make_need(profile, filled_on=makers.DAY, filled_how="without")
        make_need(profile, employer=mine.employer)
        others = others_near(mine, makers.DAY)
        assert (others.employers, others.posts, others.sharing, others.names) == (2, 5, 1, ("Nommée",))

    def test_centres_within_reach_those_that_teach_it_first(self, profile, skills):
        near = makers.make_centre("Près", commune=makers.make_commune("Albi"))
        teaching = makers.make_centre("Enseigne", commune=makers.make_commune("Rodez"))
        makers.make_centre("Loin", commune=makers.make_commune("Montpellier"))
        course("Alternance", {skills["Python"]: 2}, centre=teaching)
        need = make_need(profile, contract=Contract.APPRENTICESHIP)
        found = centres_near(need, offered_for(need, makers.DAY).asked)
        assert [each.centre for each in found] == [teaching, near]
        assert makers.make_centre("Sans lieu") not in [each.centre for each in found]


def test_the_page_says_it_in_words(client, profile, skills):
    need = make_need(profile, contract=Contract.APPRENTICESHIP)
    html = client.get(need.owner_address()).content.decode()
    for said in ("Aucune formation près de vous", "POEI", "POEC", "Aucun CFA connu", "Python, SQL, Statistiques"):
        assert said in html.replace("\N{NO-BREAK SPACE}", " ")


def test_the_letter_to_a_body_begins_with_its_reason(client, profile, skills):
    made = course("Python", {skills["Python"]: 2})
    need = make_need(profile)
    html = client.get(need.owner_address()).content.decode()
    assert "objet=recrutement" in html
    page = client.get(reverse("courses:contact", args=[made.slug, made.pk]) + "?objet=recrutement")
    assert "Nous recrutons" in page.content.decode()
