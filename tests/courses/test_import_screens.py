"""A body imports its own offer: sends a file, mends five mistakes on screen, applies, undoes. No script is needed."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from courses.importers import flow, progress
from courses.importers.columns import COLUMNS
from courses.models import Course, ImportRun, ImportSource
from portal.accounts.enums import Role
from tests.courses.importers.states import OURS
from tests.courses.importers.tables import csv_bytes
from tests.house import bad_input
from tests.identities import make_agent, make_member
from tests.makers import make_commune, make_course, make_organisation, make_provider

pytestmark = pytest.mark.django_db
MISTAKES = [
    {"numero": "1", "titre": ""},
    {"numero": "2", "date_debut": "30/02/2027"},
    {"numero": "3", "prix": "cher"},
    {"numero": "4", "duree_heures": "-35"},
    {"numero": "5", "modalite": "sur la lune"},
    {"numero": "6"},
]
MENDED = {"titre": "IA pour tous", "date_debut": "28/02/2027", "date_fin": "", "prix": "900", "duree_heures": "35"}


@pytest.fixture(autouse=True)
def here(settings, tmp_path):
    settings.CAMINS_VAR = tmp_path
    make_commune("Toulouse", insee="31555")


@pytest.fixture
def body():
    return make_organisation(name="Mon organisme")


class Visitor:
    """A member, or an agent, in front of the screens of one site."""

    def __init__(self, client, user, site, callbacks):
        client.force_login(user)
        self.client, self.site, self.callbacks = client, site, callbacks

    def at(self, page: str, *args) -> str:
        return reverse(f"{self.site}:courses_importrun_{page}", args=args)

    def post(self, address: str, **fields):
        with self.callbacks(execute=True):
            answer = self.client.post(address, fields)
        self.said = text_of(self.client.get(answer["Location"])) if answer.status_code == 302 else text_of(answer)
        return answer

    def send(self, content: bytes, **fields) -> ImportRun:
        self.post(self.at("add"), file=SimpleUploadedFile("offre.csv", content), **fields)
        return ImportRun.objects.order_by("-pk").first()


def text_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


@pytest.fixture
def member(client, body, django_capture_on_commit_callbacks):
    return Visitor(client, make_member(body, Role.EDITOR), "organisme", django_capture_on_commit_callbacks)


@pytest.fixture
def agent(client, django_capture_on_commit_callbacks):
    return Visitor(client, make_agent(Role.IMPORTER), "gestion", django_capture_on_commit_callbacks)


def own(body, lines) -> bytes:
    return csv_bytes([{"siret": body.siret, **line} for line in lines])


class TestABody:
    def test_mends_five_mistakes_and_submits(self, member, body):
        run = member.send(own(body, MISTAKES))
        assert run.state == "to_mend"
        assert "Ce prix est illisible" in member.said
        faulty = list(run.rows.faulty().order_by("rank"))
        after = [*(member.at("row", run.pk, row.rank) for row in faulty[1:]), member.at("change", run.pk)]
        for row, following in zip(faulty, after, strict=True):
            fields = {f"v-{name}": value for name, value in {**row.raw, **MENDED, "modalite": "sur place"}.items()}
            answer = member.post(member.at("row", run.pk, row.rank), verb="mend", **fields)
            assert answer["Location"] == following
            assert "elle est sans faute" in member.said
        assert "lignes en faute" not in member.said
        member.post(member.at("change", run.pk), verb="plan")
        assert "6 formations nouvelles" in member.said
        member.post(member.at("change", run.pk), verb="apply")
        assert "appliqué" in member.said
        assert list(Course.objects.values_list("status", flat=True)) == ["submitted"] * 6
        assert {course.provider.organisation for course in Course.objects.all()} == {body}

    def test_replaces_a_value_everywhere(self, member, body):
        run = member.send(own(body, [{"numero": "1", "prix": "cher"}, {"numero": "2", "prix": "cher"}]))
        member.post(member.at("rows", run.pk), verb="replace", field="prix", old="cher", new="0")
        assert "2 lignes changées" in member.said
        assert not run.rows.faulty().exists()

    def test_leaves_out_all_rows_with_a_fault(self, member, body):
        run = member.send(own(body, MISTAKES))
        member.post(member.at("rows", run.pk) + "?faute=prix:unread-price", verb="leave_out")
        assert list(run.rows.filter(is_left_out=True).values_list("key", flat=True)) == ["3"]
        member.post(member.at("rows", run.pk) + "?etat=faulty", verb="leave_out")
        assert "4 lignes changées" in member.said

    def test_names_the_columns_once(self, member, body):
        content = own(body, [{}]).replace(b"titre;", b"Mon titre;")
        run = member.send(content)
        assert "Quelle colonne est laquelle" in member.said
        names = run.columns["fields"]
        told = {f"c-{rank}": name or "titre" for rank, name in enumerate(names)}
        member.post(member.at("change", run.pk), verb="columns", **{**told, "c-0": ""})
        assert "Il manque encore : titre" in member.said
        member.post(member.at("change", run.pk), verb="columns", **told)
        assert "1 formations nouvelles" in member.said
        assert member.send(content).state == "planned"

    def test_undoes_what_was_applied(self, member, body):
        run = member.send(own(body, [{"numero": "1"}]))
        member.post(member.at("change", run.pk), verb="apply")
        member.post(member.at("change", run.pk), verb="undo")
        assert "1 formations retirées par l’annulation" in member.said
        assert Course.objects.get().status == "withdrawn"

    def test_cannot_import_for_another(self, member):
        run = member.send(csv_bytes([{}]))
        assert "Ce SIRET n'est pas celui de votre organisation" in member.said
        assert run.rows.faulty().count() == 1

    def test_sees_no_import_of_another_nor_of_an_agent(self, member, body, agent):
        other = flow.own_source(make_organisation(name="Autre"))
        theirs = [
            ImportRun.objects.create(source=other, file_name="x.csv", is_by_member=True, state="to_mend"),
            ImportRun.objects.create(source=flow.own_source(body), file_name="y.csv", state="to_mend"),
        ]
        member.client.force_login(make_member(body))
        for run in theirs:
            for page in ("change", "rows"):
                assert member.client.get(member.at(page, run.pk)).status_code == 404

    def test_a_reader_only_reads(self, client, body, member):
        run = member.send(own(body, MISTAKES))
        client.force_login(make_member(body, Role.READER))
        assert client.get(member.at("rows", run.pk)).status_code == 200
        assert client.post(member.at("change", run.pk), {"verb": "plan"}).status_code == 403
        assert client.get(member.at("add")).status_code == 403

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"\x00" * 200, "Ce n'est pas un fichier CSV"),
            (b"<a/>", "Le fichier n'est pas en LHEO"),
            (b"PK\x03\x04", "abîmé"),
        ],
    )
    def test_a_file_that_is_none_is_refused_in_a_sentence(self, content, sentence, member):
        run = member.send(content)
        assert run.state == "refused"
        assert sentence in member.said

    def test_no_file_no_import(self, member):
        answer = member.post(member.at("add"))
        assert (answer.status_code, ImportRun.objects.count()) == (200, 0)

    def test_lheo_is_mended_by_its_texts(self, member):
        run = member.send(OURS.read_bytes().replace(b"20270301", b"20270230"))
        row = run.rows.filter(fault_codes__contains=["debut:impossible-date"]).get()
        page = member.client.get(member.at("row", run.pk, row.rank)).content.decode()
        name = re.search(r'name="(v-\d+)" value="20270230"', page)[1]
        member.post(member.at("row", run.pk, row.rank), verb="mend", **values_of(page), **{name: "20270302"})
        row.refresh_from_db()
        assert (row.mended, row.fault_codes) == ({name[2:]: "20270302"}, ["SIRET:not-yours"])

    @pytest.mark.parametrize("verb", ["", "columns", "publish", "\x00", "undo"])
    def test_an_action_that_is_none_changes_nothing(self, verb, member, body):
        run = member.send(own(body, [{}]))
        assert member.post(member.at("change", run.pk), verb=verb).status_code == 302
        run.refresh_from_db()
        assert run.state == "planned"


def values_of(page: str) -> dict[str, str]:
    """The values of the page's form, save those that a test changes."""
    found = re.findall(r'<input type="text" name="(v-\d+)"(?: value="([^"]*)")?', page)
    texts = re.findall(r'<textarea name="(v-\d+)"[^>]*>\n?([^<]*)</textarea>', page)
    return {name: unescape(value) for name, value in [*found, *texts] if value != "20270230"}


class TestTheExport:
    def test_holds_the_bodys_published_courses_only(self, member, body):
        mine = make_course("La nôtre", provider=make_provider(organisation=body))
        make_course("En cours", provider=mine.provider, published=False)
        make_course("Une autre")
        answer = member.client.get(member.at("export"))
        assert "attachment" in answer["Content-Disposition"]
        assert re.findall(r"<intitule-formation>([^<]*)<", answer.content.decode()) == ["La nôtre"]


class TestAnAgent:
    def test_imports_for_any_source(self, agent):
        run = agent.send(csv_bytes([{}]), source_name="une-source")
        assert (run.state, run.source.name, run.is_by_member) == ("planned", "une-source", False)

    def test_whose_source_is_trusted_publishes(self, agent):
        ImportSource.objects.create(name="sure", is_trusted=True)
        run = agent.send(csv_bytes([{}]), source_name="sure")
        agent.post(agent.at("change", run.pk), verb="apply")
        assert Course.objects.published().count() == 1

    def test_a_moderator_does_not_import(self, client, agent):
        client.force_login(make_agent(Role.MODERATOR))
        assert client.get(agent.at("add")).status_code == 403


class TestTheModel:
    def test_it_explains_each_column_on_a_second_sheet(self, member, tmp_path):
        path = tmp_path / "a.xlsx"
        path.write_bytes(member.client.get(member.at("model", "xlsx")).content)
        book = load_workbook(path)
        assert [cell.value for cell in book.worksheets[0][1]] == [column.name for column in COLUMNS]
        assert book.worksheets[1].max_row == len(COLUMNS) + 1

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_filled_in_with_its_own_example_it_is_read(self, kind, agent):
        model = agent.client.get(agent.at("model", kind)).content
        run = agent.send(model, source_name="essai")
        assert (run.state, run.counts["read"]) == ("planned", 1), [row.faults for row in run.rows.all()]


def test_progress_is_shown_while_a_worker_is_at_work(member, body):
    run = ImportRun.objects.create(source=flow.own_source(body), state="reading", file_name="a.csv", is_by_member=True)
    flow.files.folder()
    progress.tell(run.pk, 30, 120)
    page = member.client.get(member.at("change", run.pk))
    assert 'max="120" value="30"' in page.content.decode()
    assert "Actualiser la page" in page.content.decode()
    progress.forget(run.pk)
    ImportRun.objects.filter(pk=run.pk).update(state="applied")
    done = member.client.get(member.at("change", run.pk), headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"


def test_hostile_values_never_break_a_page(member, body, shared_data, sample_of):
    run = member.send(own(body, MISTAKES))
    rows, row, add = member.at("rows", run.pk), member.at("row", run.pk, 1), member.at("add")
    places = [(rows, "GET", name) for name in ("faute", "etat", "page")]
    places += [(row, "POST", name) for name in ("v-titre", "v-prix", "verb")] + [(rows, "POST", "old")]
    fixed = {rows: {"verb": "replace", "field": "prix", "new": "0"}, row: {"verb": "mend"}}
    values = bad_input.cases(shared_data, "values")
    for (address, method, name), case in sample_of(sample_of([(place, case) for place in places for case in values])):
        sent = {**(fixed[address] if method == "POST" else {}), name: case.raw.decode("utf-8", "replace")}
        answer = member.client.generic(
            method,
            address + (f"?{urlencode(sent)}" if method == "GET" else ""),
            urlencode(sent) if method == "POST" else "",
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code in (200, 302, 400, 414), (name, case.id)
        shown = member.client.get(row).content.decode()
        assert not [needle for needle in case.needles if needle in shown], case.id
    hostile = [SimpleUploadedFile(name, b"a") for name in ("../../x", "a" * 300, "é\u202e.csv", "x\r\ny")]
    assert {member.post(add, file=file).status_code for file in hostile} <= {200, 302}
