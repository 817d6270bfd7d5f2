"""Claiming an organisation: by a code, by a document; wrong, late, twice, disputed; and what nobody may read."""

import datetime
import re
import threading
from collections import Counter

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from courses import claim_letters, claims
from courses.claim_document import MOST_BYTES
from courses.claim_lookup import look_up
from courses.claims import AlreadyDecided, Asking, ClaimRefused
from courses.enums import ClaimState, ClaimWay
from courses.models import Claim, ClaimDocument, ImportSource, TrainingProvider
from portal.accounts import striking
from portal.accounts.enums import OrganisationKind, Role
from portal.accounts.models import Organisation, User
from portal.mail.models import OutgoingMail
from portal.moderation.models import Status
from portal.reference.models import ListedBody, ListedCentre
from tests import makers
from tests.identities import PASSWORD, make_agent, verified

ADDRESS = "/organismes/rejoindre/"
NDA = "76000000071"
PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR....IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0 an image \xff\xd9"
ROUNDS = 200


@pytest.fixture(autouse=True)
def _no_throttle():
    cache.clear()


def make_listed(**fields) -> ListedBody:
    siret = fields.pop("siret", makers.make_siret())
    values = {"nda": NDA, "name": "Atelier des Lauzes", "town": "Rodez", "region": "76", "does_training": True}
    dated = {"source": "Liste d’essai", "listed_on": makers.DAY, "seen_on": makers.DAY}
    return ListedBody.objects.create(siret=siret, siren=siret[:9], **{**values, **dated, **fields})


@pytest.fixture
def listed(db):
    """On the public list, and not on the portal."""
    return make_listed()


@pytest.fixture
def trusted(db):
    return ImportSource.objects.create(name="carif", is_trusted=True)


@pytest.fixture
def body(trusted):
    """On the portal by a trusted import, with an address on record and no team."""
    said = {"contact_as_said": "contact@lauzes.example", "contact_said_by": trusted}
    return makers.make_provider("Atelier des Lauzes", nda=NDA, **said)


def asked(number: str, **fields) -> dict:
    who = {"name": "Nine Baptiste", "email": "nine@lauzes.example", "way": "code"}
    return {"numero": number, **who, **fields}


def with_document(number: str, content: bytes = PDF, name: str = "kbis.pdf", **fields) -> dict:
    return asked(number, way="agent", document=SimpleUploadedFile(name, content), **fields)


def ask_by_code(client, body) -> tuple[Claim, str]:
    """Claim through the page; the claim and the code that left by mail."""
    answer = client.post(ADDRESS, asked(body.organisation.siret))
    assert answer.status_code == 302, answer.content.decode()
    return Claim.objects.latest("pk"), last_code()


def last_code() -> str:
    mail = OutgoingMail.objects.filter(kind=claim_letters.CODE).latest("pk")
    return re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", mail.body)[0]


def page_of(claim: Claim) -> str:
    return f"{ADDRESS}{claim.key}/"


def managers_of(siret: str) -> list[str]:
    found = Organisation.objects.filter(siret=siret).first()
    present = found.memberships.present().filter(role=Role.MANAGER) if found else []
    return [each.user.email for each in present]


class TestWhatIsKnown:
    @pytest.mark.parametrize("spaced", [False, True])
    def test_a_number_finds_the_line_of_the_list(self, client, listed, spaced):
        for number in (listed.siret, listed.nda):
            written = " ".join(re.findall("...?", number)) if spaced else number
            html = client.get(ADDRESS, {"numero": written}).content.decode().replace("\N{NO-BREAK SPACE}", " ")
            for said in ("Atelier des Lauzes", "Rodez", listed.siret, NDA, "certifié", "la liste ne le dit pas"):
                assert said in html
            assert "Liste d’essai" in html
            assert "15 janvier 2027" in html

    def test_nothing_private_is_shown(self, client, body):
        makers.make_user("responsable@lauzes.example", organisation=body.organisation, role=Role.MANAGER)
        html = client.get(ADDRESS, {"numero": NDA}).content.decode()
        assert "Atelier des Lauzes" in html
        for private in ("contact@", "responsable@", "secret@", "…@"):
            assert private not in html

    def test_an_address_on_record_or_none_give_the_same_page(self, client, body):
        with_one = client.get(ADDRESS, {"numero": NDA}).content
        TrainingProvider.objects.update(contact_as_said="", contact_said_by=None)
        without = client.get(ADDRESS, {"numero": NDA}).content
        hidden = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
        assert hidden.sub(b"", with_one) == hidden.sub(b"", without)

    def test_a_known_person_and_an_unknown_one_get_the_same_answers(self, client, listed):
        makers.make_user("nine@lauzes.example")
        seen = []
        for email in ("nine@lauzes.example", "inconnue@lauzes.example"):
            answer = client.post(ADDRESS, with_document(listed.siret, email=email))
            page = client.get(answer["Location"]).content.decode()
            seen.append((answer.status_code, re.sub(r"[0-9a-f-]{36}|value=\"\w+\"", "", page)))
        assert seen[0] == seen[1]

    @pytest.mark.parametrize(
        ("number", "said"),
        [
            ("", "Écrivez un SIRET ou un NDA"),
            ("12", "14 chiffres du SIRET"),
            ("7" * 41, "40"),
            ("1" * 7_000, "40"),
            ("7328293200007X", "14 chiffres du SIRET"),
            ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "14 chiffres du SIRET"),
            ("73282932000075", "n’existe pas"),
            ("73282932000074", "ne connaît ce numéro"),
            ("99999999999", "ne connaît ce numéro"),
        ],
    )
    def test_an_odd_number_gets_a_sentence(self, client, listed, number, said):
        answer = client.get(ADDRESS, {"numero": number})
        assert answer.status_code == 422
        assert said in answer.content.decode()

    def test_a_body_gone_from_the_list_is_found_no_more(self, client, listed):
        ListedBody.objects.update(gone_on=makers.DAY)
        assert client.get(ADDRESS, {"numero": NDA}).status_code == 422

    def test_another_establishment_finds_the_one_line_of_its_siren(self, listed):
        assert look_up(f"{listed.siren}00099").siret == listed.siret
        make_listed(nda="76000000072", siret=f"{listed.siren}00024")
        assert look_up(f"{listed.siren}00099") is None

    def test_a_centre_of_a_list_can_be_claimed(self, client, db):
        siret = makers.make_siret()
        dated = {"source": "Liste", "listed_on": makers.DAY, "seen_on": makers.DAY}
        ListedCentre.objects.create(uai="0129001A", siret=siret, name="CFA des Lauzes", **dated)
        page = client.get(ADDRESS, {"numero": siret}).content.decode()
        assert "pas d’adresse où envoyer un code" in page
        assert "la décision d’ouverture du CFA avec son code UAI" in page
        assert 'value="code"' not in page
        by_code = {**with_document(siret), "way": "code"}
        assert "Un code ne peut partir" in client.post(ADDRESS, by_code).content.decode()
        without = {name: value for name, value in with_document(siret).items() if name != "document"}
        assert "un agent l’examinera" in client.post(ADDRESS, without).content.decode()
        client.post(ADDRESS, with_document(siret))
        claims.accept(Claim.objects.get(), by=make_agent(Role.MODERATOR))
        organisation = Organisation.objects.get(siret=siret)
        assert (organisation.kinds, organisation.name) == ([OrganisationKind.CFA], "CFA des Lauzes")
        assert not TrainingProvider.objects.filter(organisation=organisation).exists()


class TestByCode:
    def test_the_code_opens_the_account_by_a_link(self, client, body):
        claim, code = ask_by_code(client, body)
        mail = OutgoingMail.objects.get(kind=claim_letters.CODE)
        assert (mail.to, claim.code_sent_to) == ("contact@lauzes.example", "c…@lauzes.example")
        assert "c…@lauzes.example" in client.get(page_of(claim)).content.decode()
        assert code.replace("-", "") not in str(Claim.objects.values().get())
        client.post(page_of(claim), {"code": code.lower()})
        assert managers_of(body.organisation.siret) == ["nine@lauzes.example"]
        user = User.objects.get(email="nine@lauzes.example")
        assert not user.has_usable_password()
        assert not user.emailaddress_set.get().verified
        claim.refresh_from_db()
        assert (claim.state, claim.decided_by, claim.person) == (ClaimState.ACCEPTED, None, user)

    def test_the_link_of_the_mail_sets_a_password_and_verifies_the_address(self, client, body):
        claim, code = ask_by_code(client, body)
        client.post(page_of(claim), {"code": code})
        letter = OutgoingMail.objects.get(kind=claim_letters.DECISION)
        link = re.search(r"https?://[^/]+(/compte/password/reset/key/\S+)", letter.body)[1]
        form = client.get(link)["Location"]
        client.post(
            form, {"password1": "une phrase dont je me souviens", "password2": "une phrase dont je me souviens"}
        )
        user = User.objects.get(email="nine@lauzes.example")
        assert user.check_password("une phrase dont je me souviens")
        assert user.emailaddress_set.get().verified
        signed = {"login": user.email, "password": "une phrase dont je me souviens"}
        assert client.post("/compte/login/", signed).status_code == 302
        assert client.get("/espace-organisme/")["Location"] == "/compte/2fa/"
        assert "token_fail" in client.get(link).context_data

    def test_somebody_who_has_an_account_is_told_to_sign_in(self, client, body):
        user = verified(makers.make_user("nine@lauzes.example"))
        claim, code = ask_by_code(client, body)
        client.post(page_of(claim), {"code": code})
        assert managers_of(body.organisation.siret) == [user.email]
        letter = OutgoingMail.objects.get(kind=claim_letters.DECISION)
        assert "/compte/login/" in letter.body
        assert User.objects.get(pk=user.pk).check_password(PASSWORD)

    def test_five_wrong_codes_and_the_right_one_is_worth_nothing(self, client, body):
        claim, code = ask_by_code(client, body)
        for _ in range(5):
            answer = client.post(page_of(claim), {"code": "AAAA-AAAA"})
            assert answer.status_code == 422
        assert "Ce code ne vaut plus" in client.get(page_of(claim)).content.decode()
        client.post(page_of(claim), {"code": code})
        claim.refresh_from_db()
        assert (claim.state, claim.tries) == (ClaimState.WAITING, 5)
        assert managers_of(body.organisation.siret) == []

    def test_after_48_hours_the_code_is_worth_nothing(self, client, body):
        claim, code = ask_by_code(client, body)
        Claim.objects.update(code_expires_at=timezone.now() - datetime.timedelta(seconds=1))
        client.post(page_of(claim), {"code": code})
        assert managers_of(body.organisation.siret) == []

    def test_a_code_is_used_once(self, client, body):
        claim, code = ask_by_code(client, body)
        client.post(page_of(claim), {"code": code})
        with pytest.raises(AlreadyDecided):
            claims.enter_code(claim, code.replace("-", ""))
        assert OutgoingMail.objects.filter(kind=claim_letters.DECISION).count() == 1

    def test_a_code_of_another_claim_is_a_wrong_one(self, client, body):
        first, code = ask_by_code(client, body)
        client.post(ADDRESS, asked(NDA, email="autre@lauzes.example"))
        other = Claim.objects.latest("pk")
        assert not claims.enter_code(other, code.replace("-", ""))
        assert claims.enter_code(first, code.replace("-", ""))

    def test_another_code_replaces_the_first_and_a_fourth_of_the_day_does_not_leave(self, client, body):
        claim, code = ask_by_code(client, body)
        for _ in range(4):
            client.post(page_of(claim), {"renvoyer": "1"})
        assert OutgoingMail.objects.filter(kind=claim_letters.CODE).count() == 3
        assert client.post(page_of(claim), {"code": code}).status_code == 422
        claim.refresh_from_db()
        assert claims.enter_code(claim, last_code().replace("-", ""))

    @pytest.mark.parametrize("why", ["untrusted", "unsaid", "of another"])
    def test_no_code_leaves_for_an_address_that_nobody_vouches_for(self, client, body, trusted, why):
        if why == "untrusted":
            ImportSource.objects.update(is_trusted=False)
        elif why == "unsaid":  # the body's own words say nothing of who they are
            TrainingProvider.objects.update(contact_said_by=None, contact_email="voleur@ailleurs.example")
        else:
            ImportSource.objects.update(organisation=makers.make_organisation())
        answer = client.post(ADDRESS, asked(NDA))
        assert answer.status_code == 422
        assert "Aucune adresse sûre" in answer.content.decode()
        assert not OutgoingMail.objects.exists()

    def test_an_address_changed_by_hand_gets_no_code(self, client, body):
        TrainingProvider.objects.update(contact_email="voleur@ailleurs.example")
        ask_by_code(client, body)
        assert OutgoingMail.objects.get().to == "contact@lauzes.example"

    @pytest.mark.parametrize("code", ["", "court", "AAAA-AAA0", "x" * 10_000, "A\x00AAAAAA"])
    def test_an_odd_code_gets_a_sentence_and_costs_no_try(self, client, body, code):
        claim, _code = ask_by_code(client, body)
        answer = client.post(page_of(claim), {"code": code})
        assert answer.status_code == 422
        assert "field-error" in answer.content.decode()
        claim.refresh_from_db()
        assert claim.tries == 0

    def test_a_team_that_came_meanwhile_sends_it_to_an_agent(self, client, body):
        claim, code = ask_by_code(client, body)
        makers.make_user("autre@lauzes.example", organisation=body.organisation, role=Role.MANAGER)
        client.post(page_of(claim), {"code": code})
        claim.refresh_from_db()
        assert (claim.state, claim.way) == (ClaimState.WAITING, ClaimWay.AGENT)
        assert managers_of(body.organisation.siret) == ["autre@lauzes.example"]


class TestByDocument:
    @pytest.mark.parametrize(("content", "kind"), [(PDF, "pdf"), (PNG, "png"), (JPEG, "jpeg")])
    def test_an_agent_saves_it_and_accepts(self, client, listed, content, kind):
        client.post(ADDRESS, with_document(listed.siret, content, name="../../etc/<b>x</b>.html"))
        claim = Claim.objects.get()
        agent = make_agent(Role.MODERATOR)
        client.force_login(agent)
        assert "Demandes pour rejoindre un organisme" in client.get("/gestion/").content.decode()
        saved = client.get(f"/gestion/courses/claim/{claim.pk}/document/")
        assert saved.content == content
        assert saved["Content-Disposition"] == f'attachment; filename="demande-{claim.pk}.{kind}"'
        assert saved["X-Content-Type-Options"] == "nosniff"
        page = client.get(f"/gestion/courses/claim/{claim.pk}/change/").content.decode()
        assert "etc" not in str(ClaimDocument.objects.defer("content").values("kind", "size").get())
        assert "Enregistrer le document" in page
        client.post(f"/gestion/courses/claim/{claim.pk}/decider/", {"decision": "accept"})
        claim.refresh_from_db()
        assert (claim.state, claim.decided_by) == (ClaimState.ACCEPTED, agent)
        assert managers_of(listed.siret) == ["nine@lauzes.example"]
        assert OutgoingMail.objects.filter(kind=claim_letters.DECISION, to="nine@lauzes.example").count() == 1

    def test_a_body_of_the_list_becomes_a_draft(self, client, listed):
        client.post(ADDRESS, with_document(listed.siret))
        claims.accept(Claim.objects.get(), by=make_agent(Role.MANAGER))
        provider = TrainingProvider.objects.get()
        assert (provider.name, provider.nda, provider.slug, provider.status) == (
            "Atelier des Lauzes",
            NDA,
            "atelier-des-lauzes",
            Status.DRAFT,
        )
        assert provider.organisation.kinds == [OrganisationKind.BODY]

    def test_a_refusal_has_a_reason_that_the_person_reads(self, client, listed):
        client.post(ADDRESS, with_document(listed.siret))
        claim, agent = Claim.objects.get(), make_agent(Role.MODERATOR)
        with pytest.raises(ClaimRefused, match="motif"):
            claims.refuse(claim, by=agent, reason="  ")
        claims.refuse(claim, by=agent, reason="Le document est illisible.")
        assert "Le document est illisible." in OutgoingMail.objects.get().body
        assert managers_of(listed.siret) == []
        assert "refusée" in client.get(page_of(claim)).content.decode()

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"document": b"PK\x03\x04 an archive"}, "pas un PDF"),
            ({"document": b"<html>%PDF-1.7 %%EOF"}, "pas un PDF"),
            ({"document": b"%PDF-1.7 cut in the middle"}, "pas un PDF"),
            ({"document": PNG[:20]}, "pas un PDF"),
            ({"document": b""}, "est vide"),
            ({"document": PDF + b"x" * MOST_BYTES}, "5 Mo"),
            ({"document": None}, "Joignez un document"),
            ({"name": ""}, "Écrivez votre nom"),
            ({"name": "x" * 10_000}, "150"),
            ({"name": "a\x00b"}, "nul"),
            ({"email": "nine"}, "adresse complète"),
            ({"email": "nine@x.example\nBcc: a@b.example"}, "adresse complète"),
            ({"email": f"{'x' * 300}@x.example"}, "254"),
            ({"way": ""}, "Choisissez une des deux"),
            ({"way": "magie"}, "field-error"),
            ({"numero": "1"}, "14 chiffres"),
        ],
    )
    def test_odd_fields_get_a_sentence_and_leave_nothing(self, client, listed, fields, said):
        given = {**with_document(listed.siret), **fields}
        if given["document"] is None:
            del given["document"]
        elif isinstance(given["document"], bytes):
            given["document"] = SimpleUploadedFile("kbis.pdf", given["document"], "application/pdf")
        answer = client.post(ADDRESS, given)
        assert answer.status_code == 422
        assert said in answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert not Claim.objects.exists()

    def test_a_second_claim_waits_for_the_first(self, client, listed):
        client.post(ADDRESS, with_document(listed.siret))
        answer = client.post(ADDRESS, with_document(listed.siret))
        assert "attend déjà" in answer.content.decode()
        assert Claim.objects.count() == 1

    def test_a_robot_leaves_nothing(self, client, listed):
        client.post(ADDRESS, with_document(listed.siret, relance="x"))
        assert not Claim.objects.exists()

    def test_somebody_signed_in_is_not_asked_who_they_are(self, client, listed):
        user = verified(makers.make_user("moi@essai.example", name="Moi"))
        client.force_login(user)
        client.post(ADDRESS, with_document(listed.siret, name_="x", email="autre@essai.example"))
        claim = Claim.objects.get()
        assert (claim.email, claim.person, claim.person_name) == ("moi@essai.example", user, "Moi")

    @pytest.mark.parametrize("role", [Role.IMPORTER, None])
    def test_nobody_else_reads_the_document_nor_decides(self, client, listed, role):
        client.post(ADDRESS, with_document(listed.siret))
        claim = Claim.objects.get()
        if role:
            client.force_login(make_agent(role))
        assert client.get(f"/gestion/courses/claim/{claim.pk}/document/").status_code in (302, 403)
        answer = client.post(f"/gestion/courses/claim/{claim.pk}/decider/", {"decision": "accept"})
        assert answer.status_code in (302, 403)
        claim.refresh_from_db()
        assert claim.state == ClaimState.WAITING

    def test_old_documents_are_forgotten_and_unused_codes_closed(self, client, listed, body):
        body.organisation.memberships.all().delete()
        client.post(ADDRESS, with_document(listed.siret, email="a@b.example"))
        claims.refuse(Claim.objects.get(), by=make_agent(Role.MODERATOR), reason="Non")
        unused, _code = ask_by_code(client, body)
        assert claims.tidy() == 0
        Claim.objects.filter(pk=unused.pk).update(asked_at=timezone.now() - datetime.timedelta(days=8))
        Claim.objects.exclude(pk=unused.pk).update(decided_at=timezone.now() - datetime.timedelta(days=91))
        assert claims.tidy() == 2
        unused.refresh_from_db()
        assert (unused.state, ClaimDocument.objects.count()) == (ClaimState.EXPIRED, 0)


class TestDispute:
    def test_an_organisation_with_a_team_goes_to_agents_and_its_managers_know(self, client, body):
        makers.make_user("chef@lauzes.example", organisation=body.organisation, role=Role.MANAGER)
        makers.make_user("lecteur@lauzes.example", organisation=body.organisation, role=Role.READER)
        assert "déjà une équipe" in client.post(ADDRESS, asked(NDA)).content.decode()
        client.post(ADDRESS, with_document(NDA))
        told = OutgoingMail.objects.filter(kind=claim_letters.TOLD)
        assert [mail.to for mail in told] == ["chef@lauzes.example"]
        assert "Nine Baptiste" in told.get().body
        assert Claim.objects.get().way == ClaimWay.AGENT

    def test_an_agent_who_is_a_member_or_who_asked_does_not_decide(self, client, body):
        client.post(ADDRESS, with_document(NDA))
        claim = Claim.objects.get()
        member, asker = make_agent(Role.MODERATOR), make_agent(Role.MANAGER, email="nine@lauzes.example")
        makers.join(user=member, organisation=body.organisation, role=Role.READER)
        for agent in (member, asker):
            with pytest.raises(ClaimRefused, match="une autre personne"):
                claims.accept(claim, by=agent)
            client.force_login(agent)
            page = client.get(f"/gestion/courses/claim/{claim.pk}/change/").content.decode()
            assert "une autre personne doit décider" in page
            assert 'value="accept"' not in page

    def test_the_region_is_claimed_by_nobody(self, client, listed):
        Organisation.objects.create(siret=listed.siret, name="Région", kinds=["region", "body"])
        for given in (asked(NDA), with_document(NDA)):
            assert client.post(ADDRESS, given).status_code == 422
        claim = Claim.objects.create(
            siret=listed.siret, name="Région", person_name="X", email="x@y.example", way=ClaimWay.AGENT
        )
        with pytest.raises(ClaimRefused):
            claims.accept(claim, by=make_agent(Role.MANAGER))
        assert not User.objects.filter(email="x@y.example").exists()

    def test_what_recalls_a_struck_off_body_goes_to_an_agent_with_a_warning(self, client, body):
        former = makers.make_provider("Ancien", contact_email="info@lauzes.example")
        striking.strike_off(former.organisation, by=makers.make_user(), reason="Fraude")
        client.post(ADDRESS, asked(NDA))
        claim = Claim.objects.get()
        assert (claim.way, OutgoingMail.objects.filter(kind=claim_letters.CODE).count()) == (ClaimWay.AGENT, 0)
        agent = make_agent(Role.MODERATOR)
        client.force_login(agent)
        page = client.get(f"/gestion/courses/claim/{claim.pk}/change/").content.decode()
        assert "Ressemble à un organisme radié" in page
        assert "le même domaine de courriel" in page
        claims.accept(claim, by=agent)
        assert managers_of(body.organisation.siret) == ["nine@lauzes.example"]

    def test_a_struck_off_body_is_joined_by_nobody(self, client, body):
        striking.strike_off(body.organisation, by=makers.make_user(), reason="Fraude")
        client.post(ADDRESS, with_document(NDA))
        with pytest.raises(ClaimRefused, match="radiée"):
            claims.accept(Claim.objects.get(), by=make_agent(Role.MANAGER))
        assert managers_of(body.organisation.siret) == []

    def test_the_database_refuses_what_the_verbs_refuse(self, listed):
        row = {"siret": listed.siret, "name": "X", "person_name": "X", "email": "x@y.example", "way": "agent"}
        now = timezone.now()
        for wrong in (
            {"state": "accepted", "decided_at": now},
            {"state": "refused", "decided_at": now, "reason": "Non"},
            {"state": "accepted"},
            {"tries": 6},
            {"siret": "1"},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Claim.objects.create(**{**row, **wrong})

    def test_signing_up_stays_closed(self, client, db):
        client.post("/compte/signup/", {"email": "x@y.example", "password1": "une phrase dont je me souviens"})
        assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_agents_one_wins_and_the_other_is_told(share_of, record_count):
    agents = [make_agent(Role.MODERATOR), make_agent(Role.MANAGER)]
    for number in range(share_of(ROUNDS)):
        listed = make_listed(nda=f"7600000{number:04d}")
        asking = Asking("Nine", f"nine-{number}@lauzes.example", ClaimWay.AGENT, proof=claims.Proof("pdf", PDF))
        claim = claims.ask(look_up(listed.siret), asking)
        barrier, raised = threading.Barrier(2), []

        def decide(verb, by, barrier=barrier, raised=raised, claim=claim):
            try:
                barrier.wait(timeout=10)
                verb(Claim.objects.get(pk=claim.pk), by=by)
            except AlreadyDecided:
                raised.append(by)
            finally:
                connection.close()

        def refuse(row, *, by):
            claims.refuse(row, by=by, reason="Non")

        threads = [
            threading.Thread(target=decide, args=each) for each in zip((claims.accept, refuse), agents, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        claim.refresh_from_db()
        accepted = claim.state == ClaimState.ACCEPTED
        assert len(raised) == 1
        assert bool(managers_of(listed.siret)) == accepted
        assert Counter(OutgoingMail.objects.values_list("to", flat=True))[claim.email] == 1
        record_count("races of claims", 1)
