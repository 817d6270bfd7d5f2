"""The employers' needs in public: what is shown, to whom an employer is named, what is gone, what a letter leaves."""

import json
import re

import pytest
from django.core.cache import cache

from jobs.board.read import need_url
from jobs.models import EmployerNeed, NeedDailyCount
from portal.mail.models import OutgoingMail
from tests.jobs.need_makers import make_employer, make_need
from tests.makers import DAY, in_days, make_course, make_profile, make_skill

pytestmark = pytest.mark.django_db
LETTER = {"name": "Camille", "email": "camille@exemple.fr", "message": "Bonjour, ce poste est-il encore à prendre ?"}


@pytest.fixture(autouse=True)
def nobody_wrote_before():
    cache.clear()


def shown(client, query=""):
    page = client.get(f"/besoins/{query}")
    assert page.status_code == 200
    return re.findall(r'<th scope="row" role="rowheader"><a href="[^"]*">([^<]*)</a>', page.content.decode())


def test_the_board_shows_open_needs_only_the_latest_first(client):
    make_need("Premier")
    make_need("Second")
    make_need("Pourvu", filled_on=DAY)
    make_need("Expiré", expires_on=in_days(-1))
    make_need("Brouillon", published=False)
    assert shown(client) == ["Second", "Premier"]


def test_each_filter_keeps_its_own_needs_and_they_add_up(client):
    analyst, python = make_profile("Data analyst"), make_skill("Python")
    make_need("Un", profile=analyst, skills=[python])
    make_need("Deux", profile=analyst, town="Toulouse", contract="apprenticeship")
    make_need("Trois", town="Toulouse", skills=[python, make_skill("SQL")])
    assert shown(client, "?metier=data-analyst") == ["Deux", "Un"]
    assert shown(client, "?competence=python") == ["Trois", "Un"]
    assert shown(client, "?departement=31") == ["Trois", "Deux"]
    assert shown(client, "?contrat=apprenticeship") == ["Deux"]
    assert shown(client, "?metier=data-analyst&departement=31&competence=python") == []


def test_a_value_that_does_not_exist_is_said_and_the_rest_counts(client):
    make_need("Un")
    make_need("Deux", town="Toulouse")
    page = client.get("/besoins/?metier=rien&departement=31&contrat=cdi&page=x").content.decode()
    assert page.count("n’existe pas ou n’existe plus") == 2
    assert "Cette page n’existe pas" in page
    assert shown(client, "?metier=rien&departement=31") == ["Deux"]


def test_an_employer_is_named_only_with_its_consent(client):
    silent = make_need("Discret", employer=make_employer("Maison Discrète", presentation="Nous, Maison Discrète."))
    named = make_need("Nommé", employer=make_employer("Maison Nommée", may_be_named=True))
    pages = ["/besoins/", "/besoins/flux.atom", need_url(silent), need_url(silent) + "contact/"]
    for path in pages:
        assert "Maison Discrète" not in client.get(path).content.decode(), path
    table = b"".join(client.get("/besoins/export.csv").streaming_content).decode("utf-8-sig")
    assert "Maison Discrète" not in table
    assert "Maison Nommée" in table
    assert "Maison Nommée" in client.get(need_url(named)).content.decode()


def posting(page: str):
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1]) if found and "JobPosting" in found[1] else None


@pytest.mark.parametrize(
    ("least", "most", "ends", "words"),
    [
        (30_000, 36_000, {"minValue": 30_000, "maxValue": 36_000}, "de 30 000 à 36 000 €"),
        (None, 36_000, {"maxValue": 36_000}, "au plus 36 000 €"),
    ],
)
def test_a_salary_that_was_said_is_shown(client, least, most, ends, words):
    named = make_employer("Nommée", may_be_named=True)
    need = make_need("Analyste", employer=named, salary_min_euros=least, salary_max_euros=most)
    page = client.get(need_url(need)).content.decode()
    assert posting(page)["baseSalary"]["value"] == {"@type": "QuantitativeValue", **ends, "unitText": "YEAR"}
    assert words in page.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")


def test_job_posting_data_are_there_only_for_a_named_employer(client):
    python = make_skill("Python")
    named = make_need("Analyste </script>", employer=make_employer("Nommée", may_be_named=True), skills=[python])
    told = posting(client.get(need_url(named)).content.decode())
    assert told["title"] == "Analyste </script>"
    assert told["hiringOrganization"]["name"] == "Nommée"
    assert told["validThrough"] == in_days(30).isoformat()
    assert told["jobLocation"]["address"]["addressLocality"] == "Rodez"
    assert "employmentType" not in told  # a CDI may be part time
    assert "baseSalary" not in told
    assert posting(client.get(need_url(make_need("Discret"))).content.decode()) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"filled_on": DAY}, "est pourvu"),
        ({"expires_on": in_days(-2)}, "a expiré le 13\N{NO-BREAK SPACE}janvier 2027"),
    ],
)
def test_a_closed_need_is_gone_and_shows_near_ones(client, change, said):
    analyst = make_profile("Data analyst")
    need, other = make_need("Fermé", profile=analyst), make_need("Voisin", profile=analyst, town="Toulouse")
    EmployerNeed.objects.filter(pk=need.pk).update(**change)
    for path in (need_url(need), need_url(need) + "contact/"):
        page = client.get(path)
        assert page.status_code == 410
        assert said in page.content.decode()
        assert need_url(other) in page.content.decode()
    assert client.post(need_url(need) + "contact/", LETTER).status_code == 410
    assert not OutgoingMail.objects.exists()


def test_a_withdrawn_need_is_gone_and_a_draft_never_was(client):
    need, draft = make_need("Retiré"), make_need("Brouillon", published=False)
    need.withdraw(by=None, reason="Essai")
    assert client.get(need_url(need)).status_code == 410
    assert client.get(need_url(draft)).status_code == 404
    assert client.get("/besoins/rien-999999/").status_code == 404


def test_a_wrong_title_in_the_address_is_put_right(client):
    need = make_need("Analyste de données")
    page = client.get(f"/besoins/autre-{need.pk}/?x=1")
    assert (page.status_code, page["Location"]) == (301, f"{need_url(need)}?x=1")


def test_a_letter_is_relayed_counted_and_shows_no_address(client):
    need = make_need("Analyste")
    page = client.post(need_url(need) + "contact/", LETTER, follow=True)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.reply_to) == ("secret@employeur.example", "camille@exemple.fr")
    assert LETTER["message"] in mail.body
    assert "Votre message est parti" in page.content.decode()
    assert "secret@" not in page.content.decode()
    assert list(NeedDailyCount.objects.values_list("need", "day", "contacts")) == [(need.pk, DAY, 1)]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"email": "x"}, 422), ({"message": "court"}, 422), ({"relance": "robot"}, 302), ({"name": ""}, 422)],
)
def test_a_wrong_letter_leaves_nothing(client, wrong, status):
    need = make_need("Analyste")
    assert client.post(need_url(need) + "contact/", {**LETTER, **wrong}).status_code == status
    assert not OutgoingMail.objects.exists()
    assert not NeedDailyCount.objects.exists()


def test_an_employer_without_address_cannot_be_written_to(client):
    need = make_need("Analyste", employer=make_employer(contact_email=""))
    assert "n’a pas donné d’adresse" in client.get(need_url(need) + "contact/").content.decode()
    assert client.post(need_url(need) + "contact/", LETTER).status_code == 200
    assert "contact/" not in client.get(need_url(need)).content.decode()


def test_too_many_letters_are_slowed_down(client):
    need = make_need("Analyste")
    for _time in range(20):
        client.post(need_url(need) + "contact/", {})
    answer = client.post(need_url(need) + "contact/", LETTER)
    assert answer.status_code == 429


def test_the_table_and_the_feed_answer_the_same_question(client):
    make_need("Un", headcount=3)
    make_need("=cmd|' /C calc'!A0", town="Toulouse")
    table = b"".join(client.get("/besoins/export.csv?departement=12").streaming_content).decode("utf-8-sig")
    assert "Un" in table
    assert "calc" not in table
    assert "'=cmd" in b"".join(client.get("/besoins/export.csv").streaming_content).decode("utf-8-sig")
    atom = client.get("/besoins/flux.atom?departement=12").content.decode()
    assert "<title>Un</title>" in atom
    assert "calc" not in atom


def test_the_map_counts_needs_by_departement_and_keeps_the_filters(client):
    make_need("Un")
    make_need("Deux", town="Toulouse")
    page = client.get("/besoins/?vue=carte&contrat=permanent").content.decode()
    assert "Besoins par département" in page
    assert "contrat=permanent&amp;vue=carte&amp;departement=31" in page


def test_a_job_and_a_course_tell_the_needs_they_serve(client):
    analyst = make_profile("Data analyst")
    course = make_course("Analyser", profiles=[analyst])
    make_need("Un", profile=analyst, headcount=2)
    make_need("Deux", profile=analyst, employer=make_employer("Discrète"))
    for path in ("/metiers/data-analyst/", course.get_absolute_url()):
        page = client.get(path).content.decode()
        assert "2 besoins d’employeurs, 3 postes" in page.replace("\N{NO-BREAK SPACE}", " ")
        assert "15\N{NO-BREAK SPACE}janvier 2027" in page
        assert "/besoins/?metier=data-analyst" in page
        assert "Discrète" not in page


def test_the_site_map_lists_open_needs_only(client):
    need, closed = make_need("Un"), make_need("Deux", filled_on=DAY)
    page = client.get("/sitemap.xml").content.decode()
    assert need_url(need) in page
    assert need_url(closed) not in page


def test_a_job_tells_who_lacks_whom_in_two_figures(client):
    analyst = make_profile("Data analyst")
    make_need("Un", profile=analyst, headcount=5)
    make_course(profiles=[analyst], offering={"where": "Albi"}, session={"seats_left": 2})
    page = client.get("/metiers/data-analyst/").content.decode()
    assert "Employeurs sans candidats" in page
    assert "<dd>3 postes</dd>" in page
    assert "<dd>0 place</dd>" in page
    assert "tension" not in page.casefold()
    make_course(profiles=[analyst], offering={"where": "Albi"}, session={})
    page = client.get("/metiers/data-analyst/").content.decode()
    assert "<dd>au plus 3 postes</dd>" in page
    assert "<dd>non communiqué</dd>" in page
