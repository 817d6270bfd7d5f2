"""An employer's world: a profile with its skills, courses near and far, a need on its way."""

import re

import pytest
from django.core.cache import cache

from jobs.demo_data.companies import NEWCOMERS
from jobs.models import EmployerNeed, NeedDraft
from portal.mail.models import OutgoingMail
from tests import makers

BEGIN = "/entreprises/besoins/"
WHO = {"siret": NEWCOMERS[1].siret, "company": "", "person": "Aline Roux", "email": "aline@mesure.example"}
HOW = {
    "headcount": "2",
    "contract": "permanent",
    "place": "Albi",
    "remote": "non",
    "wished_on": "2027-06-01",
    "salary_min": "32000",
    "salary_max": "38000",
}
COMMITMENT = {"said": ["would_hire", "shared_group"], "may_be_named": "on"}


@pytest.fixture(autouse=True)
def _no_throttle():
    cache.clear()


@pytest.fixture
def albi(db):
    return makers.make_commune("Albi")


@pytest.fixture
def profile(albi):
    skills = {makers.make_skill("Python"): 2, makers.make_skill("SQL"): 2, makers.make_skill("Statistiques"): 1}
    return makers.make_profile("Data analyst", aliases=["Analyste de données"], skills=skills)


class Writer:
    """Somebody who fills the pages with a browser."""

    def __init__(self, client):
        self.client = client
        self.secret = ""

    def post(self, page: str, said: dict, **how):
        return self.client.post(f"{BEGIN}{self.secret}/{page}/", said, **how)

    def get(self, page: str):
        return self.client.get(f"{BEGIN}{self.secret}/{page}/")

    def begin(self, **who):
        answer = self.client.post(BEGIN, {**WHO, **who})
        if answer.status_code == 302:
            self.secret = re.search(r"besoins/(\w+)/quoi/", answer["Location"])[1]
        return answer

    def what(self, title: str = "Data analyst H/F", **said):
        """The title, then the job and skills that are proposed, as they come."""
        self.post("quoi", {"title": title})
        return self.post("quoi", {**self.fields("quoi"), "continuer": "1", **said})

    def fields(self, page: str) -> dict:
        """What the form of a page holds as it is shown."""
        form = self.get(page).context["form"]
        said = {field.html_name: field.value() for field in form}
        return {name: value for name, value in said.items() if value not in (None, "")}

    def fill(self, *, who=None, how=None, commitment=None, title: str = "Data analyst H/F"):
        self.begin(**(who or {}))
        self.what(title)
        self.post("comment", {**HOW, **(how or {})})
        return self.post("engagement", COMMITMENT if commitment is None else commitment)

    def confirm(self):
        self.post("envoi", {"renvoyer": "1"})
        return self.post("envoi", {"code": last_code()})

    @property
    def draft(self) -> NeedDraft:
        return NeedDraft.objects.latest("pk")


def last_code(kind: str = "need code") -> str:
    return re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", OutgoingMail.objects.filter(kind=kind).latest("pk").body)[0]


@pytest.fixture
def writer(client, profile) -> Writer:
    return Writer(client)


@pytest.fixture
def sent(writer) -> EmployerNeed:
    """A need that waits for an agent."""
    writer.fill()
    writer.confirm()
    return EmployerNeed.objects.latest("pk")
