"""The lines of an LHEO index become drafts of their body; what is already here is neither changed nor withdrawn."""

import pytest

from courses.importers import flow
from courses.importers.lheo_mend import leaves
from courses.models import Course, ImportSource
from portal.accounts.models import Organisation
from portal.moderation.models import Status
from tests.courses.importers.runs import applied, carried, send, undone
from tests.makers import make_organisation, make_provider, publish

pytestmark = pytest.mark.django_db
SIRET = "19750707200027"
LINE = """<resume-offre numero="{number}" href="https://of.example/formation">
<domaine-formation><code-FORMACODE>31052</code-FORMACODE><code-ROME>M1805</code-ROME></domaine-formation>
<intitule-formation>{title}</intitule-formation><nom-organisme>Mon organisme</nom-organisme><SIRET>{siret}</SIRET>
<codepostal>31000</codepostal><ville>Toulouse</ville><departement>31</departement><certifiante>1</certifiante>
<code-niveau-entree>5</code-niveau-entree><prise-en-charge-frais-possible>1</prise-en-charge-frais-possible>
<code-public-vise>80006</code-public-vise><nombre-heures-total>{hours}</nombre-heures-total>
<session><periode><debut>{starts}</debut><fin>20270930</fin></periode>
<adresse-inscription><adresse><ligne>-</ligne><codepostal>31000</codepostal><ville>Toulouse</ville></adresse></adresse-inscription></session></resume-offre>"""
WORDS = {"number": "A", "title": "Développer avec des données", "siret": SIRET, "hours": "482", "starts": "20270301"}


def index(*lines: dict[str, str]) -> bytes:
    told = "".join(LINE.format(**{**WORDS, **line}) for line in lines)
    return f'<lheo-index xmlns="http://www.lheo.org/2.2"><resumes-offres>{told}</resumes-offres></lheo-index>'.encode()


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.CAMINS_VAR = tmp_path


@pytest.fixture
def body():
    organisation = make_organisation(name="Mon organisme")
    Organisation.objects.filter(pk=organisation.pk).update(siret=SIRET)
    make_provider(organisation=organisation)
    return organisation


@pytest.fixture(params=["trusted", "reviewed"])
def source(request):
    return ImportSource.objects.create(name="index", is_trusted=request.param == "trusted")


def test_a_line_is_planned_as_a_draft_and_says_what_to_complete(source, body):
    run = send(index({}), source=source)
    row = run.rows.get()
    assert (run.state, run.counts["draft"], row.verb) == ("planned", 1, "draft")
    assert (row.has_errors, row.get_verb_display()) == (False, "brouillon")
    assert "À compléter avant de le soumettre" in row.faults[0]["message"]


def test_the_draft_is_the_bodys_whatever_the_trust(source, body):
    applied(index({}), source=source)
    course = Course.objects.of_organisation(body).get()
    assert (course.status, course.title, course.website) == (
        Status.DRAFT, "Développer avec des données", "https://of.example/formation",
    )  # fmt: skip
    offering = course.offerings.get()
    assert (offering.duration_hours, offering.town, offering.sessions.count()) == (482, "Toulouse", 1)


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.DRAFT, Status.WITHDRAWN])
def test_what_is_here_is_left_as_it_is(source, body, status):
    applied(index({}, {"number": "B", "title": "Une autre"}), source=source)
    Course.objects.update(objective="Complété par l'organisme")
    if status == Status.PUBLISHED:
        [publish(course) for course in Course.objects.all()]
    Course.objects.update(status=status)
    before = list(Course.objects.values().order_by("pk"))
    run = send(index({"title": "Un autre titre"}), source=source, is_whole_offer=True)
    assert (run.counts.get("same"), run.counts.get("gone", 0)) == (1, 0)
    assert run.rows.get(key="A").diff == []
    flow.apply(run)
    carried(run)
    assert list(Course.objects.values().order_by("pk")) == before


def test_a_line_in_fault_is_mended_as_a_line_of_an_index(source, body):
    run = send(index({"starts": "20270230"}), source=source)
    row = run.rows.get()
    assert (run.state, row.has_errors) == ("to_mend", True)
    place = next(leaf for leaf in leaves(row.raw["xml"], row.line) if leaf.name == "debut")
    flow.mend(row, {str(place.rank): "20270301"})
    row.refresh_from_db()
    assert (row.has_errors, row.title) == (False, WORDS["title"])


def test_an_undone_draft_goes_and_comes_back(source, body):
    undone(applied(index({}), source=source))
    assert Course.objects.get().status == Status.ARCHIVED
    applied(index({}), source=source)
    assert Course.objects.get().status == Status.DRAFT
