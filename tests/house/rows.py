"""What the demonstration leaves empty, so that every screen of the back-office has a row to show."""

import datetime

from courses.importers.flow import own_source
from courses.models import ApprenticeshipCentre, Contact, Course, ImportFault, ImportRun, ImportSource, StagingRow
from jobs.actions import keep_project
from portal.accounts.models import Organisation
from portal.mail.models import OutgoingMail
from portal.reference.models import Commune, EmploymentBasin, FormerCommune, Nsf, Occupation, OccupationMove

# the body of the matrix, one of the demonstration's: it has rows in every state
BODY = "Causses Données Formation"
PROJECT_ANSWERS = {"metier": ["data-analyst"], "public": ["jobseeker"]}


def body() -> Organisation:
    return Organisation.objects.get(name=BODY)


def complete(day: datetime.date) -> str:
    """Add one row of each kind that is missing; the secret of the project that was kept."""
    EmploymentBasin.objects.get_or_create(code="7612", defaults={"name": "Bassin d’essai"})
    town = Commune.objects.first()
    FormerCommune.objects.get_or_create(insee="12999", defaults={"name": "Ancienne commune", "commune": town})
    Nsf.objects.get_or_create(code="326", defaults={"label": "Informatique"})
    first, second = Occupation.objects.all()[:2]
    OccupationMove.objects.get_or_create(start=first, target=second, defaults={"rank": 1})
    OutgoingMail.objects.create(to="a@essai.example", subject="Objet", body="Texte", kind="contact", tries=1)
    run = ImportRun.objects.create(
        source=ImportSource.objects.first(), file_name="essai.xml", sha256="0" * 64, dialect="2.3", counts={"read": 1}
    )
    ImportFault.objects.create(run=run, line=3, element="formation", code="date", severity="error", message="Date")
    add_import()
    ApprenticeshipCentre.objects.create(organisation=body(), uai="0129999Z", name="CFA d’essai")
    Contact.objects.create(organisation=body(), role="disability", name="Camille Essai")
    assert Course.objects.exists()
    return keep_project(answers=PROJECT_ANSWERS, day=day)


def add_import() -> None:
    """An import of the body that waits to be mended, with one faulty row."""
    run = ImportRun.objects.create(
        source=own_source(body()), state="to_mend", file_name="offre.csv", dialect="csv", is_by_member=True
    )
    told = {"line": 2, "element": "prix", "field": "prix", "code": "unread-price", "value": "cher", "severity": "error"}
    faults = [{**told, "message": "Ce prix est illisible."}]
    StagingRow.objects.create(
        run=run, rank=1, line=2, title="Essai", raw={"titre": "Essai", "prix": "cher"}, faults=faults,
        fault_codes=["prix:unread-price"], has_errors=True,
    )  # fmt: skip
