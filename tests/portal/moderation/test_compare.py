"""Two texts side by side: marked word by word, escaped, and shown whole where they are too long to compare."""

import time

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from courses.enums import Funding
from courses.models import Course
from portal.accounts.enums import Role
from portal.moderation import actions
from portal.moderation.compare import MOST_PIECES, marks, with_approved, with_proposed
from portal.moderation.models import content_hash
from portal.reference.models import Certification
from tests import makers
from tests.identities import make_agent


def test_only_the_words_that_change_are_marked():
    before, after = marks("Apprendre Python en dix jours.", "Apprendre Python en douze jours !")
    assert before == "Apprendre Python en<del> dix</del> jours<del>.</del>"
    assert after == "Apprendre Python en<ins> douze</ins> jours<ins> !</ins>"


def test_the_same_text_has_no_mark():
    assert marks("Le même <b>", "Le même <b>") == ("Le même &lt;b&gt;",) * 2


@given(st.text(alphabet="ab<>&' \n.", max_size=40), st.text(alphabet="ab<>&' \n.", max_size=40))
def test_marks_lose_nothing_and_let_nothing_through(before, after):
    for shown, text, tag in zip(marks(before, after), (before, after), ("del", "ins"), strict=True):
        bare = shown.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
        assert "<" not in bare
        assert ">" not in bare
        for char, escape in (("&lt;", "<"), ("&gt;", ">"), ("&#x27;", "'"), ("&amp;", "&")):
            bare = bare.replace(char, escape)
        assert bare == text


def test_very_long_texts_are_shown_and_not_compared():
    began = time.process_time()
    before, after = marks("a " * MOST_PIECES, "b " * MOST_PIECES)
    assert before.startswith("<del>a a")
    assert after.startswith("<ins>b b")
    for often in (99, 100, 600):  # the same word again and again: the worst there is to compare
        marks("mot " * often, "autre mot " * often)
    assert time.process_time() - began < 5


@pytest.fixture
def course(db) -> Course:
    course = makers.make_course("Python", offering={"where": "Rodez", "price_cents": 100, "costs": {"jobseeker": 0}})
    course.withdraw(by=None)
    return course


def changed(course: Course) -> dict[str, tuple[str, str]]:
    return {line.name: (line.before, line.after) for line in with_approved(course) if line.is_changed}


def test_a_row_is_compared_with_what_was_approved(course):
    Course.objects.filter(pk=course.pk).update(title="Python avancé", entry_level=5)
    course.offerings.update(price_cents=25_000, fundings=["cpf"])
    course.offerings.get().costs.update(left_to_pay_cents=1_000)
    course.certifications.add(Certification.objects.create(register="RNCP", number="37827", title="Data analyst"))
    course.refresh_from_db()
    found = changed(course)
    assert found.pop("intitulé") == ("Python", "Python<ins> avancé</ins>")
    assert found.pop("certifications")[1] == "<ins>RNCP 37827</ins>"
    price = next(value for name, value in found.items() if "prix total" in name)
    assert price == ("<del>1</del>\xa0€", "<ins>250</ins>\xa0€")
    assert found["Rodez – financeurs"][1] == f"<ins>{Funding.CPF.label}</ins>"
    assert any("reste à payer" in name for name in found)
    assert len(found) == 4, found


def test_offerings_are_compared_by_who_they_are_and_not_by_their_rank(course):
    first = course.offerings.get()
    second = makers.make_offering(course, where="Albi", price_cents=20_000)
    makers.publish(course)
    first.delete()
    second.price_cents = 30_000
    second.save()
    course.refresh_from_db()
    found = changed(course)
    assert found["Albi – prix total TTC"] == ("<del>200</del>\xa0€", "<ins>300</ins>\xa0€")
    assert {name for name in found if name.startswith("Albi")} == {"Albi – prix total TTC"}
    gone = {name: text for name, text in found.items() if "retirée" in name}
    assert gone["action de formation 1, retirée – prix total TTC"] == ("<del>1\xa0€</del>", "<ins>–</ins>")


def test_two_offerings_of_one_town_are_told_apart(course):
    other = makers.make_offering(course, where="Rodez", price_cents=100)
    makers.publish(course)
    proposal = actions.propose(course, changes={f"offering.{other.pk}.price_cents": 900}, by=makers.make_user())
    lines = with_proposed(proposal)
    assert [line.name for line in lines if line.is_changed] == ["Rodez (2) – prix total TTC"]
    assert [line.after for line in lines if line.name == "Rodez – prix total TTC"] == ["1\xa0€"]


def test_who_an_offering_is_changes_no_hash(course):
    content = course.moderated_content()
    assert content["offerings"][0].pop("_identity")
    assert content_hash(content) == content_hash(course.moderated_content())


def test_nothing_changed_is_nothing_marked(course):
    assert changed(course) == {}
    assert with_approved(makers.make_course(published=False)) == []


def test_the_page_of_a_row_folds_what_stays(client, course):
    course.submit(by=None)
    Course.objects.filter(pk=course.pk).update(summary="Un <script>résumé</script> neuf")
    client.force_login(make_agent(Role.MODERATOR))
    page = client.get(reverse("gestion:courses_course_moderate", args=[course.pk])).content.decode()
    assert "Ce qui change" in page
    assert "<ins>Un &lt;script&gt;résumé&lt;/script&gt; neuf</ins>" in page
    folded = page[page.index('<details class="compared-same"') :]
    assert "Intitulé" in folded[: folded.index("</details>")]


def test_the_page_of_a_proposal_marks_words(client, course):
    course.submit(by=None)
    actions.approve(course, by=makers.make_user())
    proposal = actions.propose(course, changes={"title": "Python <b>avancé"}, by=makers.make_user())
    client.force_login(make_agent(Role.MODERATOR))
    page = client.get(reverse("gestion:moderation_proposal_change", args=[proposal.pk])).content.decode()
    assert "Python<ins> &lt;b&gt;avancé</ins>" in page
