"""Posting a need: four pages and a code; nothing lost, nothing doubled, nothing learnt by a stranger."""

import datetime
import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from jobs.demo_data.companies import CLOSED, OUT_OF_ORDER
from jobs.employers import drafts, sending
from jobs.employers.register import NoRegister
from jobs.models import Employer, EmployerNeed, NeedDraft
from jobs.models.posting import MOST_TRIES
from portal.accounts.enums import OrganisationKind, Role
from portal.accounts.models import Organisation
from portal.mail.models import OutgoingMail
from portal.moderation.actions import approve
from portal.moderation.flags import check_texts
from portal.moderation.letters import tell_waiting
from portal.moderation.models import Flag, Status
from portal.reference.models import Skill
from tests import makers
from tests.identities import make_agent
from tests.jobs.employers.conftest import BEGIN, COMMITMENT, HOW, WHO, last_code

UNKNOWN = "13002526500013"


def text(answer) -> str:
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


class TestTheJourney:
    def test_a_need_is_posted_from_nothing_and_waits_for_an_agent(self, sent, writer, profile, albi):
        assert sent.status == Status.SUBMITTED
        assert (sent.title, sent.profile, sent.commune, sent.headcount) == ("Data analyst H/F", profile, albi, 2)
        assert (sent.salary_min_euros, sent.salary_max_euros) == (32_000, 38_000)
        assert sent.commitments == ["would_hire", "shared_group"]
        assert sent.wished_on == datetime.date(2027, 6, 1)
        assert sent.expires_on == makers.DAY + datetime.timedelta(days=60)
        assert sorted(sent.skill_links.values_list("skill__label", "importance", "level")) == [
            ("Python", "essential", 2),
            ("SQL", "essential", 2),
            ("Statistiques", "essential", 1),
        ]
        assert sent.employer.name == "Ateliers Tarnais de Mesure"
        assert (sent.employer.may_be_named, sent.employer.register_state) == (True, "open")
        assert (sent.poster_email, sent.is_attached) == ("aline@mesure.example", False)

    def test_the_confirmation_leads_to_its_page_and_the_page_shows_where_it_stands(self, sent, client):
        body = OutgoingMail.objects.filter(kind="need posted").latest("pk").body
        address = re.search(r"http://localhost:8000(/entreprises/besoins/suivi/\S+)", body)[1]
        page = client.get(address)
        assert page.status_code == 200
        assert "Un agent de la Région le lit" in text(page)

    def test_the_company_is_named_back_with_its_place(self, writer):
        writer.begin()
        html = text(writer.get("quoi"))
        assert "Ateliers Tarnais de Mesure" in html
        assert "17 rue du Moulin Neuf, Albi" in html

    def test_the_skills_are_edited_without_a_script(self, writer):
        writer.begin()
        writer.post("quoi", {"title": "Data analyst"})
        said = {**writer.fields("quoi"), "c-python": "desirable", "n-python": "3", "c-sql": ""}
        makers.make_skill("Tableur")
        writer.post("quoi", {**said, "more": "tableur", "ajouter": "1"})
        kept = {each.code: (each.importance, each.level) for each in drafts.answers_of(writer.draft).what.skills}
        assert kept == {"python": ("desirable", 3), "statistiques": ("essential", 1), "tableur": ("essential", 2)}

    def test_another_job_brings_its_own_skills(self, writer):
        makers.make_profile("Géomaticienne", skills={makers.make_skill("QGIS"): 2})
        writer.begin()
        writer.post("quoi", {"title": "Data analyst"})
        writer.post("quoi", {**writer.fields("quoi"), "other": "geomaticienne", "continuer": "1"})
        what = drafts.answers_of(writer.draft).what
        assert (what.target, what.is_done) == ("p:geomaticienne", False)
        assert [each.code for each in what.skills] == ["qgis"]

    def test_a_title_that_names_no_job_goes_on_without_one(self, writer):
        writer.fill(title="Xyzzy plugh")
        writer.confirm()
        need = EmployerNeed.objects.latest("pk")
        assert (need.profile, need.occupation, need.skill_links.count()) == (None, None, 0)

    def test_it_resumes_where_it_stopped_by_its_secret_address(self, writer, client):
        writer.begin()
        writer.what()
        assert client.get(f"{BEGIN}{writer.secret}/")["Location"].endswith("/comment/")
        assert writer.get("envoi")["Location"].endswith("/comment/")
        client.post(f"{BEGIN}{writer.secret}/")
        assert writer.secret in OutgoingMail.objects.get(kind="need draft").body

    def test_the_secret_is_nowhere_in_the_base(self, writer):
        writer.begin()
        assert not NeedDraft.objects.filter(secret_sha256__contains=writer.secret).exists()
        assert writer.secret not in str(writer.draft.answers)

    def test_a_stranger_learns_nothing_from_an_address_that_is_not_theirs(self, client, sent):
        for secret in ("0" * 24, "x", "a" * 300):
            assert client.get(f"{BEGIN}{secret}/").status_code == 410
            assert client.post(f"{BEGIN}{secret}/quoi/", {"title": "Data analyst"}).status_code == 410
        assert client.get(f"{BEGIN}suivi/abc/").status_code == 410

    def test_every_page_with_a_secret_stays_out_of_caches_and_of_search_engines(self, writer):
        writer.fill()
        for page in ("qui", "quoi", "comment", "engagement", "envoi"):
            answer = writer.get(page)
            assert answer["Cache-Control"] == "no-store"
            assert 'content="noindex"' in text(answer)
            # "no-referrer" would have browsers send no origin with the form, which is refused
            assert 'content="same-origin"' in text(answer)


class TestBadInput:
    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("siret", "", "Écrivez le SIRET"),
            ("siret", "123", "14 chiffres du SIRET"),
            ("siret", "13002526500014", "Ce SIRET n'existe pas"),
            ("siret", "٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "14 chiffres du SIRET"),
            ("siret", "1" * 9_000, "40"),
            ("email", "aline", "adresse complète"),
            ("person", "", "Écrivez votre nom"),
        ],
    )
    def test_the_first_page_says_what_is_wrong_and_keeps_the_rest(self, writer, field, value, said):
        answer = writer.begin(**{field: value})
        html = text(answer)
        assert answer.status_code == 422
        assert said in html.replace("’", "'").replace("&#x27;", "'") or said in html
        kept = "aline@mesure.example" if field != "email" else "Aline Roux"
        assert kept in html
        assert not NeedDraft.objects.exists()

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("headcount", "10000", "500 au plus"),
            ("headcount", "0", "au moins 1"),
            ("headcount", "-3", "au moins 1"),
            ("headcount", "deux", "en chiffres"),
            ("headcount", "9" * 40, "500 au plus"),
            ("contract", "esclave", "Choisissez dans la liste"),
            ("wished_on", "2027-02-30", "Cette date n’existe pas"),
            ("wished_on", "2020-01-01", "Cette date est passée"),
            ("wished_on", "2090-01-01", "dans les trois ans"),
            ("salary_min", "12,5", "sans centimes"),
            ("salary_max", "20000", "plus bas que l’autre"),
            ("salary_max", "9" * 30, "au plus"),
            ("place", "Xyzville", "Nous ne connaissons pas cette commune"),
            ("place", "", "Écrivez la ville du poste"),
        ],
    )
    def test_impossible_conditions(self, writer, field, value, said):
        writer.begin()
        writer.what()
        answer = writer.post("comment", {**HOW, field: value})
        assert answer.status_code == 422
        assert said in text(answer)
        assert drafts.answers_of(writer.draft).how is None

    def test_a_closed_company_is_told_and_flagged_and_goes_on(self, writer):
        writer.fill(who={"siret": CLOSED[0].siret})
        assert "fermé" in text(writer.get("quoi"))
        writer.confirm()
        check_texts()
        need = EmployerNeed.objects.latest("pk")
        assert need.employer.register_state == "closed"
        assert Flag.objects.open().about(need).filter(kind="company", detail__contains="fermé").exists()

    @pytest.mark.parametrize("siret", [UNKNOWN, OUT_OF_ORDER])
    def test_a_company_nobody_knows_gives_its_name_and_goes_on(self, writer, siret):
        asked = writer.begin(siret=siret)
        assert asked.status_code == 422
        assert "écrivez-le" in text(asked)
        assert writer.begin(siret=siret, company="Chez Nous SARL").status_code == 302

    def test_without_a_register_nobody_is_stopped(self, writer, settings):
        settings.CAMINS_COMPANY_REGISTER = ""
        assert NoRegister().look_up(WHO["siret"]).state == "unchecked"
        assert writer.begin(company="Ateliers").status_code == 302
        assert "À vérifier" in text(writer.get("quoi"))

    def test_a_telephone_in_the_title_is_flagged_for_agents(self, writer):
        writer.fill(title="Data analyst 06 12 34 56 78")
        writer.confirm()
        check_texts()
        assert Flag.objects.open().filter(kind="phone_in_title").count() == 1

    def test_a_free_mailbox_is_flagged(self, writer):
        writer.fill(who={"email": "aline@gmail.com"})
        writer.confirm()
        check_texts()
        assert "gmail.com" in Flag.objects.open().get(kind="free_mail").detail

    def test_a_text_copied_from_another_employer_is_flagged(self, writer):
        words = " ".join(f"mot{n} pour dire le travail" for n in range(12))
        for who in ({}, {"siret": "13002526500013", "company": "Copie"}):
            writer.begin(**who)
            writer.post("quoi", {"title": "Data analyst"})
            writer.post("quoi", {**writer.fields("quoi"), "description": words, "continuer": "1"})
            writer.post("comment", HOW)
            writer.post("engagement", COMMITMENT)
            writer.confirm()
        check_texts()
        first, second = EmployerNeed.objects.order_by("pk")
        assert Flag.objects.open().about(second).filter(kind="near_duplicate").exists()
        assert first.employer != second.employer

    def test_markup_is_text(self, writer):
        writer.fill(title="<b>Data</b> analyst <script>alert(1)</script>")
        writer.confirm()
        need = EmployerNeed.objects.latest("pk")
        html = text(writer.client.get(need.owner_address()))
        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html

    def test_a_robot_is_thanked_and_nothing_is_kept(self, client, profile):
        assert client.post(BEGIN, {**WHO, "relance": "x"}).status_code == 302
        assert not NeedDraft.objects.exists()

    @pytest.mark.parametrize("more", ["xyzxyz", "Pyton"])
    def test_an_unknown_skill_is_said_and_the_rest_is_kept(self, writer, more):
        writer.begin()
        writer.post("quoi", {"title": "Data analyst"})
        answer = writer.post("quoi", {**writer.fields("quoi"), "more": more, "continuer": "1"})
        assert answer.status_code == 422
        assert "Compétence inconnue" in text(answer)
        assert more in text(answer)

    def test_the_throttle_counts_before_the_register_is_asked(self, client, profile, monkeypatch):
        asked = []

        class Register:
            def look_up(self, siret):
                asked.append(siret)
                return NoRegister().look_up(siret)

        monkeypatch.setattr("jobs.views.need_pages.company_register", Register)
        answers = [client.post(BEGIN, {**WHO, "company": "Chez Nous"}).status_code for _turn in range(32)]
        assert answers == [302] * 30 + [429] * 2
        assert len(asked) == 30

    def test_a_page_kept_by_an_older_version_is_asked_again(self, writer):
        writer.fill()
        NeedDraft.objects.update(answers={**writer.draft.answers, "comment": {"heads": 3}})
        assert writer.get("envoi")["Location"].endswith("/comment/")


class TestTheCode:
    def test_a_wrong_code_is_counted_and_five_close_it(self, writer):
        writer.fill()
        writer.post("envoi", {"renvoyer": "1"})
        right = last_code()
        wrong = "AAAA-AAAA" if right != "AAAA-AAAA" else "BBBB-BBBB"
        for _try in range(MOST_TRIES):
            assert writer.post("envoi", {"code": wrong}).status_code == 422
        assert writer.post("envoi", {"code": right}).status_code == 302
        assert not EmployerNeed.objects.exists()

    def test_a_code_is_old_after_two_hours(self, writer):
        writer.fill()
        writer.post("envoi", {"renvoyer": "1"})
        NeedDraft.objects.update(code_expires_at=timezone.now())
        writer.post("envoi", {"code": last_code()})
        assert not EmployerNeed.objects.exists()

    def test_three_a_day_leave_for_one_address_whatever_the_draft(self, writer):
        for _turn in range(2):
            writer.fill()
            for _again in range(2):
                writer.post("envoi", {"renvoyer": "1"})
        assert OutgoingMail.objects.filter(kind="need code").count() == 3

    def test_another_address_asks_for_another_code(self, writer):
        writer.fill()
        writer.post("envoi", {"renvoyer": "1"})
        writer.post("qui", {**WHO, "email": "autre@ailleurs.example"})
        assert writer.post("envoi", {"code": last_code()}).status_code == 422
        assert not EmployerNeed.objects.exists()

    def test_nothing_leaves_without_the_code(self, writer):
        writer.fill()
        writer.post("envoi", {"envoyer": "1"})
        assert not EmployerNeed.objects.exists()

    def test_sent_twice_it_is_one_need(self, writer):
        writer.fill()
        first = writer.confirm()
        again = writer.post("envoi", {"code": last_code()})
        assert first["Location"] == again["Location"]
        assert sending.send(writer.draft) == EmployerNeed.objects.get()
        assert OutgoingMail.objects.filter(kind="need posted").count() == 1


class TestWhoseItIs:
    def test_a_stranger_changes_nothing_of_a_known_employer(self, writer):
        organisation = Organisation.objects.create(
            siret=WHO["siret"], name="Le vrai nom", kinds=[OrganisationKind.EMPLOYER]
        )
        manager = makers.make_user(organisation=organisation, role=Role.MANAGER)
        Employer.objects.create(
            organisation=organisation, name="Le vrai nom", contact_email="vraie@mesure.example", may_be_named=False
        )
        writer.fill()
        writer.confirm()
        employer = Employer.objects.get()
        assert (employer.name, employer.contact_email) == ("Le vrai nom", "vraie@mesure.example")
        assert employer.may_be_named is False
        assert OutgoingMail.objects.filter(kind="need told", to=manager.email).count() == 1
        assert not EmployerNeed.objects.editable_by(manager).exists()

    def test_the_region_posts_nothing_here(self, writer):
        Organisation.objects.create(siret=WHO["siret"], name="Région", kinds=[OrganisationKind.REGION])
        writer.fill()
        writer.confirm()
        assert not EmployerNeed.objects.exists()

    def test_an_agents_decision_reaches_who_wrote_it(self, sent, client):
        approve(sent, by=make_agent(Role.MODERATOR))
        tell_waiting()
        letter = OutgoingMail.objects.get(kind="decision")
        assert letter.to == "aline@mesure.example"
        assert sent.owner_address() in letter.body

    def test_corrections_reopen_the_same_need(self, sent, client, writer):
        sent.ask_changes(by=make_agent(Role.MODERATOR), reason="Dites le niveau attendu.")
        page = text(client.get(sent.owner_address()))
        assert "Dites le niveau attendu." in page
        former = writer.secret
        address = client.post(sent.owner_address(), {"verbe": "corriger"})["Location"]
        writer.secret = re.search(r"besoins/(\w+)/", address)[1]
        assert client.get(f"{BEGIN}{former}/").status_code == 410
        writer.post("quoi", {**writer.fields("quoi"), "title": "Data analyst confirmée", "continuer": "1"})
        writer.post("envoi", {"envoyer": "1"})
        need = EmployerNeed.objects.get()
        assert (need.title, need.status) == ("Data analyst confirmée", Status.SUBMITTED)

    def test_an_approval_covers_the_skills(self, sent):
        approve(sent, by=make_agent(Role.MODERATOR))
        sent.refresh_from_db()
        assert sent.is_as_approved()
        go = Skill.objects.create(code="go", label="Go", key="go")
        sent.skill_links.create(skill=go, importance="essential", level=1)
        assert not EmployerNeed.objects.get().is_as_approved()


def test_the_throttle_of_the_pages_is_per_place(client, profile):
    for _turn in range(31):
        client.post(BEGIN, {**WHO, "company": "Chez Nous"})
    assert client.post(BEGIN, WHO, REMOTE_ADDR="192.0.2.7").status_code == 302
    cache.clear()
