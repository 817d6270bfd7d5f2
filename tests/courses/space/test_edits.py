"""A member's edits: at once where nothing is approved, held as one proposal where it is, dates and seats at once."""

import pytest
from django.utils import timezone

from courses.actions import state_seats
from courses.models import Course, CourseSkill, Offering, Session
from portal.accounts.enums import Role
from portal.moderation.actions import accept_proposal, approve, refuse_proposal
from portal.moderation.models import Proposal, Status, content_hash
from tests import makers
from tests.courses.space.conftest import address, send
from tests.house.fields import forms_of
from tests.identities import make_agent

pytestmark = pytest.mark.django_db


def waiting(course) -> dict:
    return Proposal.objects.waiting().about(course).get().changes


def test_a_published_text_waits_and_the_page_keeps_the_approved_one(course, at_work, client):
    answer = send(at_work(), address("course", "change", course.pk), title="Python gratuit")
    assert answer.status_code == 302
    assert Course.objects.get(pk=course.pk).title == "Initiation à Python"
    assert waiting(course) == {"title": "Python gratuit"}
    assert "Python gratuit" not in client.get(course.get_absolute_url()).content.decode()


def test_the_form_shows_what_waits_and_a_second_edit_adds_to_the_first(course, at_work):
    member = at_work()
    send(member, address("course", "change", course.pk), title="Python, deuxième")
    page = member.get(address("course", "change", course.pk)).content.decode()
    assert 'value="Python, deuxième"' in page
    send(member, address("course", "change", course.pk), objective="Écrire deux programmes.")
    assert waiting(course) == {"title": "Python, deuxième", "objective": "Écrire deux programmes."}


def test_an_edit_that_comes_back_to_the_approved_text_waits_no_more(course, at_work):
    member = at_work()
    send(member, address("course", "change", course.pk), title="Autre")
    send(member, address("course", "change", course.pk), title="Initiation à Python")
    assert not Proposal.objects.waiting().about(course).exists()


def test_prices_and_costs_wait_under_their_offering(course, at_work):
    offering = course.offerings.get()
    path = address("offering", "change", offering.pk)
    answer = send(at_work(), path, price_cents="1 200,50", **{"costs-0-left_to_pay_cents": "300"})
    assert answer.status_code == 302
    assert Offering.objects.get(pk=offering.pk).price_cents == 100_000
    assert offering.costs.get().left_to_pay_cents == 0
    assert waiting(course) == {
        f"offering.{offering.pk}.price_cents": 120_050,
        f"offering.{offering.pk}.cost.jobseeker": {"cents": 30_000, "condition": ""},
    }
    accept_proposal(Proposal.objects.waiting().about(course).get(), by=make_agent(Role.MODERATOR))
    offering.refresh_from_db()
    assert (offering.price_cents, offering.costs.get().left_to_pay_cents) == (120_050, 30_000)


def test_an_offering_to_add_and_one_to_take_away_wait(course, at_work):
    offering = course.offerings.get()
    path = address("course", "change", course.pk)
    commune = makers.make_commune("Albi")
    new = {"offerings-1-modality": "onsite", "offerings-1-commune": commune.pk, "offerings-1-price_cents": "80"}
    send(at_work(), path, **{"offerings-TOTAL_FORMS": 2, "offerings-0-DELETE": "on", **new})
    assert list(course.offerings.all()) == [offering]
    accept_proposal(Proposal.objects.waiting().about(course).get(), by=make_agent(Role.MODERATOR))
    added = course.offerings.get()
    assert (added.commune, added.price_cents, added.modality) == (commune, 8_000, "onsite")
    row = Course.objects.get(pk=course.pk)
    assert row.revision.sha256 == content_hash(row.moderated_content())


def test_dates_and_seats_of_a_published_course_change_at_once_and_say_who(course, at_work):
    session = Session.objects.get()
    path = address("course", "change", course.pk)
    day = makers.in_days(60)
    send(at_work(), path, **{"sessions-0-starts_on": day, "sessions-0-ends_on": day, "sessions-0-seats_left": 3})
    session.refresh_from_db()
    assert (session.starts_on, session.seats_left, session.seats_said_by) == (day, 3, "Atelier des Causses")
    assert (timezone.now() - session.seats_said_at).total_seconds() < 60
    assert not Proposal.objects.waiting().about(course).exists()


def test_the_list_of_sessions_is_edited_in_place(course, at_work):
    session = Session.objects.get()
    answer = send(at_work(), address("session", "changelist"), **{"form-0-seats_left": 2, "_save": "1"})
    assert answer.status_code == 302
    session.refresh_from_db()
    assert (session.seats_left, session.seats_said_by) == (2, "Atelier des Causses")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("sessions-0-seats_left", "13", "plus de places"),
        ("sessions-0-ends_on", "2026-01-01", "avant le début"),
    ],
)
def test_impossible_seats_and_dates_are_refused_in_words(course, at_work, field, value, sentence):
    before = Session.objects.values().get()
    answer = send(at_work(), address("course", "change", course.pk), **{field: value})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert Session.objects.values().get() == before


def test_a_new_course_is_the_body_s_own_draft(body, at_work):
    send(at_work(), address("course", "add"), title="Nouvelle formation", objective="Apprendre.")
    made = Course.objects.get(title="Nouvelle formation")
    assert (made.provider, made.status, made.slug) == (body, Status.DRAFT, "nouvelle-formation")


def test_a_draft_changes_at_once_and_is_submitted_when_an_agent_can_read_it(body, at_work):
    draft = makers.make_course("Brouillon", provider=body, published=False, offered=False)
    member = at_work()
    send(member, address("course", "change", draft.pk), title="Mieux")
    draft.refresh_from_db()
    assert draft.title == "Mieux"
    move = address("course", "move", draft.pk)
    member.post(move, {"verb": "submit"})
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT, "no objective, no offering: nothing to read"
    Course.objects.filter(pk=draft.pk).update(objective="Apprendre.")
    makers.make_offering(draft, where="Rodez")
    member.post(move, {"verb": "submit"})
    draft.refresh_from_db()
    assert draft.status == Status.SUBMITTED


def test_a_refusal_is_read_where_it_is_mended(body, at_work):
    draft = makers.make_course("Brouillon", provider=body, published=False)
    draft.submit(by=None)
    draft.ask_changes(by=make_agent(Role.MODERATOR), reason="Dites le prix.")
    member = at_work()
    assert "Dites le prix." in member.get(address("course", "change", draft.pk)).content.decode()
    assert "Dites le prix." in member.get("/espace-organisme/").content.decode()


def test_a_refused_edit_is_told_with_its_reason(course, at_work):
    member = at_work()
    send(member, address("course", "change", course.pk), title="100 % financé")
    refuse_proposal(
        Proposal.objects.waiting().about(course).get(), by=make_agent(Role.MODERATOR), reason="Pas de promesse."
    )
    assert "Pas de promesse." in member.get(address("course", "change", course.pk)).content.decode()


def test_the_preview_shows_what_waits_and_keeps_nothing(course, at_work, client):
    member = at_work()
    send(member, address("course", "change", course.pk), title="Python demain")
    assert "Python demain" in member.get(address("course", "preview", course.pk)).content.decode()
    assert Course.objects.get(pk=course.pk).title == "Initiation à Python"


def test_a_reader_sees_and_writes_nothing(course, at_work):
    reader = at_work(Role.READER)
    assert reader.get(address("course", "change", course.pk)).status_code == 200
    assert reader.post(address("course", "change", course.pk), {"title": "x"}).status_code == 403
    assert reader.post(address("course", "move", course.pk), {"verb": "withdraw"}).status_code == 404


def test_skills_and_jobs_are_proposed_on_saving_with_the_words_that_led_there(body, at_work):
    profile = makers.make_profile("Data analyst")
    makers.make_skill("Statistiques")
    send(at_work(), address("course", "add"), title="Devenir data analyst", objective="Faire des statistiques.")
    made = Course.objects.get(title="Devenir data analyst")
    assert made.skill_links.get().evidence
    proposed = made.code_suggestions.waiting().get(kind="profile")
    assert proposed.profile == profile
    member = at_work()
    panel = address("course", "suggestions", made.pk)
    member.post(panel, {"decision": f"accept-code-{proposed.pk}"})
    assert made.profile_links.get().profile == profile
    member.post(panel, {"decision": f"accept-skill-{made.skill_links.get().pk}"})
    assert CourseSkill.objects.get(course=made).origin == "validated"


def test_the_history_names_own_people_and_no_agent(course, at_work):
    agent = make_agent(Role.MODERATOR, email="agente@region.example")
    member = at_work()
    send(member, address("course", "change", course.pk), title="Autre titre")
    accept_proposal(Proposal.objects.waiting().about(course).get(), by=agent)
    send(member, address("course", "change", course.pk), website="https://exemple.example/")
    page = member.get(address("course", "history", course.pk)).content.decode()
    assert "modification" in page
    assert "Intitulé" in page
    assert "agente@region.example" not in page


def test_a_form_opened_before_a_statement_of_seats_does_not_undo_it(course, at_work):
    """The form still shows four seats; another person said one meanwhile; only the dates are changed here."""
    session, member = Session.objects.get(), at_work()
    path = address("course", "change", course.pk)
    form = max(forms_of(member.get(path)), key=len)
    state_seats(session, seats_left=1, by_name="Quelqu’un", at=timezone.now())
    form |= {"sessions-0-note": ["Salle 2"], "sessions-0-starts_on": [str(makers.in_days(29))], "_continue": ["1"]}
    member.post(path, {name: values for name, values in form.items() if values})
    session.refresh_from_db()
    assert (session.starts_on, session.seats_left, session.seats_said_by) == (makers.in_days(29), 1, "Quelqu’un")


@pytest.mark.parametrize(("said", "left"), [({"is_full": "on"}, 0), ({"seats_left": "0"}, 0), ({"seats_left": "2"}, 2)])
def test_full_and_no_seat_left_are_the_same(course, at_work, said, left):
    session = Session.objects.get()
    send(
        at_work(), address("offering", "change", session.offering_id), **{f"sessions-0-{k}": v for k, v in said.items()}
    )
    session.refresh_from_db()
    assert (session.seats_left, session.is_full) == (left, left == 0)


def test_a_draft_that_was_published_meanwhile_is_not_changed_behind_the_agent(body, at_work):
    """The form was opened on a submitted course; it was approved; what is sent then waits."""
    draft = makers.make_course("Brouillon", provider=body, published=False, objective="Apprendre.")
    draft.submit(by=None)
    member, path = at_work(), address("course", "change", draft.pk)
    form = max(forms_of(member.get(path)), key=len) | {"title": ["Après"], "_continue": ["1"]}
    approve(draft, by=make_agent(Role.MODERATOR))
    member.post(path, {name: values for name, values in form.items() if values})
    assert Course.objects.get(pk=draft.pk).title == "Brouillon"
    assert waiting(draft) == {"title": "Après"}
