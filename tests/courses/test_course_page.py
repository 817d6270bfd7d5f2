"""The page of one course: facts first, seven sections, nothing unknown shown as known."""

import datetime
import json
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from courses.models import Course, ImportSource
from portal.reference.models import Certification
from tests.makers import (
    DAY,
    in_days,
    make_commune,
    make_course,
    make_offering,
    make_profile,
    make_provider,
    make_session,
    make_skill,
)

pytestmark = pytest.mark.django_db
HEADINGS = [
    "Pour qui",
    "Ce qu’il faut avant",
    "Ce que vous apprendrez",
    "Comment vous apprendrez",
    "Comment c’est évalué",
    "Le matériel",
    "Et après",
]


def words(html: str) -> str:
    """The text of a page, spaces made ordinary."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def page(client: Client, course: Course, query: str = "") -> str:
    response = client.get(f"{course.get_absolute_url()}?{query}" if query else course.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def facts(html: str) -> str:
    return words(html.partition('<dl class="facts">')[2].partition("</dl>")[0])


def json_ld(html: str) -> dict:
    return json.loads(html.partition('<script type="application/ld+json">')[2].partition("</script>")[0])


def test_the_seven_sections_stand_in_their_order_and_silence_is_said(client):
    html = page(client, make_course("Données", for_whom="Toute personne."))
    headings = re.findall(r"<h2 id=\"[^\"]+\">([^<]+)</h2>", html)
    assert [each.replace("\N{NO-BREAK SPACE}", " ") for each in headings[:7]] == HEADINGS
    assert "Toute personne." in html
    assert html.count("L’organisme ne l’a pas encore dit.") == 6
    assert html.count("<h1") == 1


def test_facts_come_first_in_the_order_of_the_cards(client):
    course = make_course(
        "Données",
        entry_level=4,
        offering={"where": "Rodez", "costs": {"jobseeker": 0}, "duration_hours": 35},
        session={"starts_on": in_days(17)},
    )
    assert facts(page(client, course)) == (
        "Reste à charge 0 € demandeur d’emploi Prochaine date 1er février 2027 Durée 35 heures "
        "Lieu Rodez sur place Il faut avant bac"
    )


def test_unknown_facts_are_said_to_be_unknown(client):
    said = facts(page(client, make_course("Données", offering={"modality": None})))
    assert said == (
        "Reste à charge non communiqué demandeur d’emploi Prochaine date date à venir Durée non communiquée "
        "Lieu non communiqué Il faut avant non communiqué"
    )


def test_the_search_one_comes_from_gives_audience_distance_and_the_way_back(client):
    course = make_course("Données", offering={"where": "Albi", "costs": {"jobseeker": 0, "employee": 90_000}})
    make_commune("Rodez")
    html = page(client, course, "q=donn%C3%A9es&lieu=Rodez&rayon=100&public=employee")
    assert "900 € salarié" in facts(html)
    assert "Albi, à 58 km" in facts(html)
    assert 'href="/formations/?q=donn%C3%A9es&amp;lieu=Rodez&amp;rayon=100&amp;public=employee"' in html
    assert f'<link rel="canonical" href="http://localhost:8000{course.get_absolute_url()}">' in html


def test_the_offering_that_answers_the_search_is_the_one_shown(client):
    course = make_course("Données", offering={"where": "Rodez", "costs": {"jobseeker": 50_000}})
    make_offering(course, modality="remote", costs={"jobseeker": 0})
    assert "Lieu À distance" in facts(page(client, course, "modalite=remote"))
    assert "Reste à charge 0 €" in facts(page(client, course, "cout=0"))


def test_each_session_says_what_it_invites_to_do(client):
    course = make_course("Données", session={"starts_on": in_days(40)})
    offering = course.offerings.get()
    make_session(offering, starts_on=in_days(3))
    make_session(offering, starts_on=in_days(60), is_full=True)
    make_session(offering, starts_on=in_days(80), seats_left=1)
    make_session(offering, starts_on=None)
    make_session(offering, starts_on=in_days(-30))
    html = page(client, course)
    table = words(html.partition("<tbody")[2].partition("</tbody>")[0])
    states = re.findall(
        r"Commence dans les 7 jours|Inscriptions ouvertes|Complète|Dernières places|Dates à venir", table
    )
    assert states == [
        "Commence dans les 7 jours",
        "Inscriptions ouvertes",
        "Complète",
        "Dernières places",
        "Dates à venir",
    ]
    assert "1 place libre, dit le 14 janvier 2027" in table


def test_a_partial_date_is_shown_as_far_as_it_is_known(client):
    course = make_course("Données", session={"starts_on": datetime.date(2027, 3, 1), "starts_precision": "month"})
    html = page(client, course)
    assert "Prochaine date mars 2027" in facts(html)
    assert json_ld(html)["hasCourseInstance"][0]["startDate"] == "2027-03"


def test_every_audience_has_its_cost_with_source_and_date_or_is_said_unknown(client):
    course = make_course("Données", offering={"costs": {"jobseeker": 0, "apprentice": None}})
    table = words(page(client, course).partition('id="cout"')[2].partition("</table>")[0])
    assert "demandeur d’emploi 0 € organisme, 15 janvier 2027" in table
    assert "salarié non communiqué apprenti non communiqué sans prise en charge non communiqué" in table


def test_places_that_cost_differently_have_a_table_each(client):
    course = make_course("Données", offering={"where": "Rodez", "costs": {"jobseeker": 0}})
    make_offering(course, where="Toulouse", costs={"jobseeker": 20_000})
    html = page(client, course)
    assert "<h3>Rodez</h3>" in html
    assert "<h3>Toulouse</h3>" in html
    assert "autre montant selon le lieu" in facts(html)


def test_skills_go_from_a_level_to_a_level_and_jobs_are_links(client):
    course = make_course("Données", skills={make_skill("Python"): 2}, profiles=[make_profile("Data analyst")])
    course.skill_links.update(level_required=1, origin="suggested", rule="titre v1", evidence="en Python")
    html = page(client, course)
    assert "demandé notions → atteint pratique" in words(html)
    assert "proposée par une règle, d’après « en Python »" in words(html)
    assert 'href="/metiers/data-analyst/"' in html


@pytest.mark.parametrize(("answer", "said"), [(True, "oui"), (False, "non"), (None, "non communiqué")])
def test_accessibility_has_three_answers(client, answer, said):
    html = page(client, make_course("Données", offering={"is_accessible": answer}))
    assert f"Accessible aux personnes handicapées : {said}" in words(html)


def test_the_address_of_the_body_never_shows(client):
    course = make_course("Données", provider=make_provider(contact_email="cachee@organisme.example"))
    assert "cachee@" not in page(client, course)
    assert "cachee@" not in client.get(course.provider.get_absolute_url()).content.decode()


def test_source_and_day_of_verification_are_said(client):
    source = ImportSource.objects.create(name="carif", label="Carif-Oref Occitanie")
    text = words(page(client, make_course("Données", source=source, external_id="1", verified_on=DAY)))
    assert "Source : Carif-Oref Occitanie. Vérifiée le 15 janvier 2027." in text


def test_structured_data_says_what_is_known_and_nothing_else(client):
    course = make_course(
        "Données",
        summary="En deux mots.",
        offering={"where": "Rodez", "price_cents": 120_050, "duration_hours": 35},
        session={"starts_on": in_days(17)},
    )
    make_offering(course, modality="remote")
    data = json_ld(page(client, course))
    assert data["@type"] == "Course"
    assert data["offers"] == [{"@type": "Offer", "category": "Paid", "price": "1200.50", "priceCurrency": "EUR"}]
    onsite, online = data["hasCourseInstance"]
    assert (onsite["startDate"], onsite["endDate"]) == ("2027-02-01", "2027-02-05")
    assert onsite["location"]["address"]["addressLocality"] == "Rodez"
    assert online == {"@type": "CourseInstance", "courseMode": "Online"}


def test_a_price_nobody_gave_is_no_offer(client):
    assert "offers" not in json_ld(page(client, make_course("Données")))


def test_texts_cannot_leave_their_place(client):
    evil = "</script><script>alert(1)</script>"
    course = make_course(
        f"Titre {evil}", summary=evil, what_you_learn=f"- {evil}\n- deux", provider=make_provider(evil)
    )
    html = page(client, course)
    assert "<script>alert" not in html
    assert json_ld(html)["description"] == evil


def test_items_of_a_text_become_a_list(client):
    html = page(client, make_course("Données", what_you_learn="Vous saurez :\n- lire un tableau\n- le nettoyer"))
    assert "<li>lire un tableau</li><li>le nettoyer</li>" in html


def test_a_certification_is_named_with_its_level(client):
    course = make_course("Données")
    course.certifications.add(Certification.objects.create(register="RNCP", number="37837", title="Titre X", level=6))
    text = words(page(client, course))
    assert "Titre RNCP, niveau 6" in text
    assert "Titre X (37837), niveau 6 (bac+3 ou 4)" in text


def test_a_wrong_slug_moves_to_the_right_address_with_its_query(client):
    course = make_course("Données", slug="donnees")
    response = client.get(f"/formations/autre-{course.pk}/?public=employee")
    assert (response.status_code, response["Location"]) == (301, f"{course.get_absolute_url()}?public=employee")


def test_a_course_never_published_does_not_exist(client):
    assert client.get(make_course("Données", published=False).get_absolute_url()).status_code == 404
    assert client.get("/formations/rien-999999999999999999999/").status_code == 404
    assert client.get(f"/formations/rien-{'9' * 4_400}/").status_code == 404


@pytest.mark.parametrize("how", ["withdrawn", "hidden"])
def test_a_course_once_published_is_gone_and_near_ones_are_proposed(client, how):
    skill = make_skill("Python")
    gone, near = make_course("Partie", skills={skill: 1}), make_course("Voisine", skills={skill: 2})
    make_course("Sans rapport")
    if how == "withdrawn":
        gone.withdraw(by=None)
    else:
        Course.objects.filter(pk=gone.pk).update(hidden_since=DAY)
    response = client.get(gone.get_absolute_url())
    html = response.content.decode()
    assert response.status_code == 410
    assert near.get_absolute_url() in html
    assert "Sans rapport" not in html


def test_queries_do_not_grow_with_rows(client, count_queries: Callable[[str], int]):
    course = make_course("Données", session={})
    # the needs that a job of it serves are asked of the base where there is a job
    course.profile_links.create(profile=make_profile("Métier"))
    few = count_queries(course.get_absolute_url())
    for number in range(6):
        make_session(make_offering(course, where="Rodez", costs={"jobseeker": number}))
        course.skill_links.create(skill=make_skill(f"Compétence {number}"))
        course.profile_links.create(profile=make_profile(f"Métier {number}"))
    assert count_queries(course.get_absolute_url()) == few
    assert few <= 14
