"""Addresses read every night: nothing new does nothing, what goes wrong is said to the body and to the agents."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from courses.importers import doors, flow
from courses.models import Course, ImportRun, ImportSource
from courses.space.todo import waiting
from courses.tasks import carry_imports, pull_feeds
from portal.accounts.enums import Role
from portal.web.outside import Fetched, OutsideRefused, fetch
from portal.web.space import SPACE
from tests.courses.importers.runs import carried
from tests.courses.importers.tables import csv_bytes
from tests.identities import make_agent, make_member
from tests.makers import make_commune, make_organisation

URL = "https://of.example/flux/offre.csv?jeton=1"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(settings, tmp_path):
    settings.CAMINS_VAR = tmp_path
    make_commune("Toulouse", insee="31555")


@pytest.fixture
def body():
    return make_organisation(name="Mon organisme")


@pytest.fixture
def manager(body):
    return make_member(body, Role.MANAGER)


@pytest.fixture
def source(body, manager) -> ImportSource:
    source = flow.own_source(body)
    source.feed_url, source.feed_is_whole = URL, True
    source.feed_given(manager)
    source.save()
    return source


class Site:
    """What stands at the address; `asked` says how it was read."""

    def __init__(self, body: bytes = b"", status: int = 200, refused: str = ""):
        self.body, self.status, self.refused, self.asked = body, status, refused, []

    def __call__(self, url, **options):
        self.asked.append((url, options))
        if self.refused:
            raise OutsideRefused(self.refused)
        return Fetched(self.status, self.body, url)


def offer(body, *lines) -> bytes:
    return csv_bytes([{"siret": body.siret, **line} for line in lines or ({"numero": "1"},)])


class TestPulling:
    def test_a_new_file_is_applied_by_itself(self, source, body, manager):
        site = Site(offer(body))
        run = carried(doors.pull(source, read=site))
        assert (run.state, run.file_name, run.by, run.is_by_member) == ("applied", "offre.csv", manager, True)
        assert run.is_whole_offer
        assert Course.objects.get().status == "submitted"
        assert site.asked == [(URL, {"most_bytes": 50 * 1024 * 1024, "seconds": 60, "schemes": ("https",)})]

    def test_the_same_file_does_nothing(self, source, body):
        site = Site(offer(body))
        carried(doors.pull(source, read=site))
        assert doors.pull(source, read=site) is None
        assert ImportRun.objects.count() == 1
        source.refresh_from_db()
        assert (source.feed_checked_at is not None, source.feed_fault) == (True, "")

    @pytest.mark.parametrize(
        ("site", "words"),
        [
            (Site(refused="Ce site est trop lent : réessayez plus tard."), "trop lent"),
            (Site(b"non", status=404), "404"),
            (Site(b""), "vide"),
        ],
    )
    def test_what_goes_wrong_is_kept_with_its_sentence(self, source, site, words):
        assert doors.pull(source, read=site) is None
        source.refresh_from_db()
        assert words in source.feed_fault
        assert not ImportRun.objects.exists()

    def test_a_fault_is_over_once_the_address_answers(self, source, body):
        doors.pull(source, read=Site(b"", status=500))
        doors.pull(source, read=Site(offer(body)))
        source.refresh_from_db()
        assert source.feed_fault == ""

    @pytest.mark.parametrize(
        "url",
        ["https://127.0.0.1/a.csv", "https://[::1]/a.csv", "https://169.254.169.254/latest", "https://10.0.0.8/a.csv"],
    )
    def test_an_inner_address_is_never_read(self, source, url):
        ImportSource.objects.update(feed_url=url)
        source.refresh_from_db()
        assert doors.pull(source, read=fetch) is None
        source.refresh_from_db()
        assert source.feed_fault == "Cette adresse n’est pas sur l’internet public."

    def test_an_address_changed_meanwhile_is_left_to_the_next_night(self, source, body):
        def read(url, **options):
            ImportSource.objects.update(feed_url="https://autre.example/a.csv")
            return Fetched(200, offer(body), url)

        assert doors.pull(source, read=read) is None
        assert not ImportRun.objects.exists()

    def test_a_source_of_an_agent_speaks_of_any_body(self, body):
        agent = make_agent(Role.IMPORTER)
        source = ImportSource.objects.create(name="carif", feed_url=URL, feed_set_by=agent)
        run = carried(doors.pull(source, read=Site(csv_bytes([{"numero": "1"}]))))
        assert (run.state, run.by, run.is_by_member) == ("applied", agent, False)

    def test_the_night_reads_every_address(self, source, body, monkeypatch):
        monkeypatch.setattr(doors.pull, "__kwdefaults__", {"read": Site(offer(body))})
        ImportSource.objects.create(name="sans-adresse")
        assert pull_feeds() == 1
        assert carry_imports() == 1
        assert ImportRun.objects.get().state == "applied"
        assert pull_feeds() == 0


class TestOneThatWaits:
    """A feed in fault every night: one run waits, the newest; what a person began is left to them."""

    def night(self, source, body, *lines) -> ImportRun:
        return carried(doors.pull(source, read=Site(offer(body, *lines))))

    def test_is_replaced_by_the_next_night(self, source, body):
        first, last = (self.night(source, body, {"prix": words}) for words in ("cher", "très cher"))
        first.refresh_from_db()
        assert (first.state, last.state, first.rows.count()) == ("dropped", "to_mend", 1)
        assert f"{timezone.localtime(last.started_at):%d/%m/%Y}" in first.refusal

    def test_says_so_on_its_page(self, client, source, body, manager):
        first = self.night(source, body, {"prix": "cher"})
        self.night(source, body, {"prix": "1"})
        client.force_login(manager)
        told = client.get(reverse("organisme:courses_importrun_change", args=[first.pk])).content.decode()
        assert "fichier plus récent de cette source" in told

    def test_stays_while_the_next_file_cannot_be_read(self, source, body):
        first = self.night(source, body, {"prix": "cher"})
        carried(doors.pull(source, read=Site(b"\x00\x01 rien")))
        first.refresh_from_db()
        assert first.state == "to_mend"

    def test_stays_once_a_person_began_to_mend(self, source, body):
        first = self.night(source, body, {"prix": "cher"}, {"numero": "2", "prix": "cher"})
        flow.mend(first.rows.first(), {"prix": "10"})
        self.night(source, body, {"prix": "très cher"})
        first.refresh_from_db()
        assert first.state == "to_mend"

    def test_a_part_of_the_offer_sent_by_a_machine_stays(self, source, body):
        ImportSource.objects.filter(pk=source.pk).update(feed_is_whole=False)
        source.refresh_from_db()
        part = carried(
            flow.upload(
                source=source, chunks=[offer(body, {"prix": "cher"})], file_name="a.csv", by=None, is_unattended=True
            )
        )
        self.night(source, body, {"prix": "très cher"})
        part.refresh_from_db()
        assert part.state == "to_mend"


def test_a_leaver_answers_for_nothing(source, body, manager):
    other = make_member(body, Role.MANAGER)
    assert doors.answering_for(source, manager) == manager
    manager.memberships.update(left_at="2026-01-01T00:00:00Z")
    assert doors.answering_for(source, manager) == other


def test_a_source_cannot_both_publish_and_keep_drafts(source):
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportSource.objects.update(is_trusted=True, is_draft_only=True)
    ImportSource.objects.update(is_draft_only=True)
    source.refresh_from_db()
    source.give_trust()
    assert source.trust == "published"


class TestScreens:
    def at(self, page, *args) -> str:
        return reverse(f"organisme:courses_{page}", args=args)

    def test_a_manager_gives_the_address_of_the_first_source(self, client, body, manager):
        client.force_login(manager)
        answer = client.post(self.at("importsource_add"), {"feed_url": URL, "feed_is_whole": "on"})
        assert answer.status_code == 302
        source = ImportSource.objects.get()
        assert (source.organisation, source.feed_url, source.feed_set_by) == (body, URL, manager)
        assert source.name == f"organisme-{body.pk}"
        assert client.get(self.at("importsource_add")).status_code == 403

    @pytest.mark.parametrize(
        "url", ["http://of.example/a.csv", "https://of.example:8443/a", "https://a:b@of.example/", "ftp://x/", "javas"]
    )
    def test_an_odd_address_is_refused_at_once(self, client, source, manager, url):
        client.force_login(manager)
        answer = client.post(self.at("importsource_change", source.pk), {"feed_url": url})
        assert answer.status_code == 200
        source.refresh_from_db()
        assert source.feed_url == URL

    def test_a_new_address_forgets_the_former_fault(self, client, source, manager):
        source.feed_read("Illisible")
        client.force_login(manager)
        client.post(self.at("importsource_change", source.pk), {"feed_url": "https://of.example/b.csv"})
        source.refresh_from_db()
        assert (source.feed_url, source.feed_fault) == ("https://of.example/b.csv", "")

    def test_a_body_never_trusts_itself(self, client, source, manager):
        client.force_login(manager)
        client.post(self.at("importsource_change", source.pk), {"feed_url": URL, "is_trusted": "on"})
        source.refresh_from_db()
        assert source.is_trusted is False

    def test_a_key_is_shown_once_then_revoked(self, client, source, manager):
        client.force_login(manager)
        answer = client.post(self.at("feedtoken_add"), {"label": "Logiciel"})
        secret = answer.context["secret"]
        token = doors.token_of(secret)
        assert secret in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        page = self.at("feedtoken_change", token.pk)
        assert secret not in client.get(page).content.decode()
        client.post(page, {"verb": "revoke"})
        assert doors.token_of(secret) is None
        assert "Révoquer" not in client.get(page).content.decode()

    def test_a_body_has_a_few_keys(self, client, source, manager):
        client.force_login(manager)
        for _turn in range(doors.MOST_TOKENS):
            client.post(self.at("feedtoken_add"), {"label": "Logiciel"})
        answer = client.post(self.at("feedtoken_add"), {"label": "De trop"})
        assert "révoquez celles" in answer.content.decode()
        assert source.tokens.count() == doors.MOST_TOKENS

    def test_the_body_is_told_of_the_fault(self, source, manager, rf):
        doors.pull(source, read=Site(b"non", status=404))
        request = rf.get("/")
        request.user, request.session, request.space = manager, {}, SPACE
        line = next(each for each in waiting(request) if "Sources" in str(each.label))
        assert (line.count, "404" in str(line.hint)) == (1, True)

    def test_the_agents_see_the_health_of_sources(self, client, source, body):
        doors.pull(source, read=Site(b"non", status=404))
        carried(doors.pull(source, read=Site(offer(body, {"prix": "cher"}))))
        ImportSource.objects.create(name="saine")
        client.force_login(make_agent(Role.IMPORTER))
        told = client.get("/gestion/courses/importsource/?sante=defaut").content.decode()
        assert "attend d&#x27;être vérifié" in told
        assert "1 en faute" in told
        assert "saine" not in told
        assert "rien reçu" in client.get("/gestion/courses/importsource/?sante=silencieuse").content.decode()
