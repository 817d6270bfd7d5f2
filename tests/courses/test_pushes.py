"""Software of a body sends files with its key; a row in fault stops it for a person."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from kombu.exceptions import OperationalError

from courses.importers import doors, flow
from courses.models import Course, FeedToken, ImportRun
from courses.tasks import carry_imports
from portal.accounts.enums import Role
from tests.courses.importers.runs import carried
from tests.courses.importers.tables import csv_bytes
from tests.makers import make_commune, make_organisation, make_user

ADDRESS = "/api/v1/imports/"


@pytest.fixture(autouse=True)
def here(settings, tmp_path):
    settings.CAMINS_VAR = tmp_path
    cache.clear()


class Software:
    """What a body's software does with one key; a browser's cookies and tokens are nowhere."""

    def __init__(self, name: str, callbacks=None):
        self.body = make_organisation(name=name)
        self.person = make_user(f"{self.body.pk}@essai.example", organisation=self.body, role=Role.MANAGER)
        self.source = flow.own_source(self.body)
        self.token, self.secret = doors.make_token(self.source, label="Logiciel", by=self.person)
        self.client, self.callbacks = Client(enforce_csrf_checks=True), callbacks

    def file(self, *lines) -> bytes:
        return csv_bytes([{"siret": self.body.siret, **line} for line in lines or ({"numero": "1"},)])

    def send(self, content: bytes | None = None, *, query: str = "", kind: str = "text/csv", secret="", **headers):
        headers = {"Authorization": f"Bearer {secret or self.secret}", **headers}
        body = self.file() if content is None else content
        if self.callbacks is None:
            return self.client.post(ADDRESS + query, body, content_type=kind, headers=headers)
        with self.callbacks(execute=True):
            return self.client.post(ADDRESS + query, body, content_type=kind, headers=headers)

    def ask(self, number: int, secret: str = ""):
        headers = {"Authorization": f"Bearer {secret or self.secret}"}
        return self.client.get(f"{ADDRESS}{number}/", headers=headers)


@pytest.fixture
def software(db, django_capture_on_commit_callbacks):
    make_commune("Toulouse", insee="31555")
    return Software("Mon organisme", django_capture_on_commit_callbacks)


class TestSending:
    def test_a_file_without_fault_is_applied_by_itself(self, software):
        answer = software.send()
        assert (answer.status_code, answer.json()["a_faire"]) == (201, False)
        told = software.ask(answer.json()["id"]).json()
        assert (told["etat"], told["decompte"]["nouvelles"], told["anomalies"]) == ("applied", 1, [])
        assert Course.objects.get().status == "submitted"
        assert ImportRun.objects.get().by == software.person

    def test_a_row_in_fault_waits_for_a_person(self, software):
        number = software.send(software.file({"numero": "1"}, {"numero": "2", "prix": "cher"})).json()["id"]
        told = software.ask(number).json()
        assert (told["etat"], told["a_faire"], told["decompte"]["en_faute"]) == ("to_mend", True, 1)
        assert [(each["ligne"], each["champ"]) for each in told["anomalies"]] == [(3, "prix")]
        assert "illisible" in told["anomalies"][0]["phrase"]
        assert not Course.objects.exists()

    def test_a_person_who_takes_it_in_hand_decides(self, software):
        run = ImportRun.objects.get(pk=software.send(software.file({"prix": "cher"})).json()["id"])
        flow.mend(run.rows.get(), {"prix": "900"})
        run.refresh_from_db()
        flow.plan(run)
        carried(run)
        assert run.state == "planned"
        assert not Course.objects.exists()

    def test_the_siret_of_another_body_is_a_fault(self, software):
        told = software.ask(software.send(csv_bytes([{}])).json()["id"]).json()
        assert [each["champ"] for each in told["anomalies"] if each["gravite"] == "error"] == ["siret"]

    def test_a_file_that_lost_most_courses_waits(self, software):
        software.send(software.file(*({"numero": str(number)} for number in range(5))))
        told = software.ask(software.send(query="?toute_offre=1").json()["id"]).json()
        assert (told["etat"], told["decompte"]["absentes"]) == ("planned", 4)
        assert Course.objects.filter(status="submitted").count() == 5

    def test_an_unreadable_file_is_refused_with_its_sentence(self, software):
        told = software.ask(software.send(b"<lheo xmlns='http://www.lheo.org/1.3'/>", kind="text/xml").json()["id"])
        assert (told.json()["etat"], "LHEO 1.3" in told.json()["phrase"]) == ("refused", True)


class TestTrust:
    @pytest.mark.parametrize(
        ("fields", "status"),
        [({}, "submitted"), ({"is_trusted": True}, "published"), ({"is_draft_only": True}, "draft")],
    )
    def test_says_what_becomes_of_new_courses(self, software, fields, status):
        type(software.source).objects.filter(pk=software.source.pk).update(**fields)
        software.send()
        assert Course.objects.get().status == status


class TestTwice:
    def test_the_same_sending_is_the_same_run(self, software):
        first = software.send(**{"Idempotency-Key": "envoi-1"})
        second = software.send(**{"Idempotency-Key": "envoi-1"})
        assert (first.status_code, second.status_code) == (201, 200)
        assert first.json()["id"] == second.json()["id"]
        assert ImportRun.objects.count() == 1

    def test_another_file_under_the_same_key_is_refused(self, software):
        software.send(**{"Idempotency-Key": "envoi-1"})
        answer = software.send(software.file({"numero": "2"}), **{"Idempotency-Key": "envoi-1"})
        assert answer.status_code == 422
        assert "autre fichier" in answer.json()["detail"]
        assert ImportRun.objects.count() == 1

    def test_the_keys_of_two_bodies_do_not_meet(self, software):
        other = Software("Autre organisme", software.callbacks)
        assert software.send(**{"Idempotency-Key": "1"}).status_code == 201
        assert other.send(**{"Idempotency-Key": "1"}).status_code == 201

    def test_a_refused_sending_leaves_no_file(self, software, settings):
        software.send(**{"Idempotency-Key": "1"})
        software.send(software.file({"numero": "2"}), **{"Idempotency-Key": "1"})
        assert len(list((settings.CAMINS_VAR / "imports").iterdir())) == 1


class TestWalls:
    def test_the_run_of_another_body_does_not_exist(self, software):
        other = Software("Autre organisme", software.callbacks)
        number = software.send().json()["id"]
        assert other.ask(number).status_code == 404
        assert other.ask(number).json() == {"detail": "Rien ne répond à cette adresse."}
        assert other.ask(10**30).status_code == 404
        assert software.ask(number).status_code == 200

    def test_what_an_agent_imports_for_the_body_is_not_told(self, software):
        run = ImportRun.objects.create(source=software.source, file_name="a.csv", is_by_member=False)
        assert software.ask(run.pk).status_code == 404

    @pytest.mark.parametrize(
        "head", ["", "Bearer", "Bearer ", "Basic abc", "Bearer inconnue", "Bearer é\x80", "x" * 9000]
    )
    def test_no_other_key_opens(self, software, head):
        answer = software.client.post(ADDRESS, b"x", content_type="text/csv", headers={"Authorization": head})
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        assert not ImportRun.objects.exists()

    def test_a_revoked_key_opens_no_more(self, software):
        assert doors.revoke(software.token, by=software.person)
        assert not doors.revoke(software.token, by=software.person)
        assert software.send().status_code == 401

    def test_a_session_is_no_key(self, software):
        software.client.force_login(software.person)
        assert software.client.post(ADDRESS, b"x", content_type="text/csv").status_code == 401

    def test_the_text_of_a_key_is_nowhere_in_the_base(self, software):
        software.send()
        with connection.cursor() as cursor:
            for table in ("courses_feedtoken", "courses_feedtokenevent"):
                cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t")
                assert software.secret not in str(cursor.fetchall())
        assert FeedToken.objects.get().last_used_on is not None


class TestBadRequests:
    @pytest.mark.parametrize(
        ("sent", "status", "word"),
        [
            ({"content": b"", "query": "?nom=a.csv"}, 400, "vide"),
            ({"kind": "application/json", "content": b"{}"}, 415, "Format inconnu"),
            ({"kind": "multipart/form-data; boundary=x", "query": "?nom=a.csv"}, 415, "fichier seul"),
            ({"query": "?nom=a.pdf"}, 400, "nom de fichier"),
            ({"query": "?nom=../../a.csv"}, 400, "nom de fichier"),
            ({"query": f"?nom={'a' * 300}.csv"}, 400, "nom"),
            ({"query": "?toute_offre=peut-être"}, 400, "toute_offre"),
            ({"Idempotency-Key": ""}, 400, "Idempotency-Key"),
            ({"Idempotency-Key": "é"}, 400, "Idempotency-Key"),
            ({"Idempotency-Key": "a" * 81}, 400, "Idempotency-Key"),
            ({"Content-Length": str(60 * 1024 * 1024)}, 413, "50"),
        ],
    )
    def test_get_a_sentence_and_no_run(self, software, sent, status, word):
        answer = software.send(**sent)
        assert answer.status_code == status
        assert word in answer.json()["detail"]
        assert not ImportRun.objects.exists()

    def test_a_file_that_grows_beyond_is_cut(self, software, monkeypatch):
        monkeypatch.setattr("courses.importers.files.MAX_BYTES", 100)
        assert software.send(b"a" * 200).status_code == 413

    def test_too_many_are_slowed_down(self, software, monkeypatch):
        monkeypatch.setattr("courses.api.push_views.SENDINGS", 1)
        software.send()
        answer = software.send()
        assert (answer.status_code, answer["Retry-After"]) == (429, "600")

    def test_another_key_behind_the_same_address_is_not(self, software, monkeypatch):
        monkeypatch.setattr("courses.api.push_views.SENDINGS", 1)
        other = Software("Un voisin", software.callbacks)
        assert [each.send().status_code for each in (software, other, other)] == [201, 201, 429]

    def test_wrong_keys_are_counted_by_address_and_stop_no_right_one(self, software, monkeypatch):
        monkeypatch.setattr("courses.api.push_views.BAD_KEYS", 1)
        assert [software.send(secret="camins_faux").status_code for _turn in range(2)] == [401, 429]
        assert software.ask(1, secret="camins_faux").status_code == 429
        assert software.send().status_code == 201


class TestTheBell:
    """A file is carried on with at once; should the bell fail, it stays received and the clock finds it."""

    def test_rings_once_the_run_is_there(self, software, monkeypatch):
        found = []
        monkeypatch.setattr(carry_imports, "apply_async", lambda **options: found.append(ImportRun.objects.count()))
        assert software.send().status_code == 201
        assert found == [1]

    def test_that_fails_does_not_fail_the_sending(self, software, monkeypatch):
        def broken(**options):
            raise OperationalError("no broker")

        monkeypatch.setattr(carry_imports, "apply_async", broken)
        answer = software.send()
        assert (answer.status_code, answer.json()["etat"]) == (201, "uploaded")
        assert carry_imports() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_once_are_one_run():
    make_commune("Toulouse", insee="31555")
    software, answers = Software("Mon organisme"), []
    ready = threading.Barrier(4)

    def send():
        ready.wait()
        answers.append(Software.send(software, **{"Idempotency-Key": "x"}).status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _turn in range(4)]
    [each.start() for each in threads]
    [each.join() for each in threads]
    assert sorted(answers) == [200, 200, 200, 201]
    assert ImportRun.objects.count() == 1
