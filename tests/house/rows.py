"""What the demonstration leaves empty, so that every screen of the back-office has a row to show."""

import datetime

from django.utils import timezone

from courses.enums import ClaimWay, DocumentKind
from courses.importers.doors import make_token
from courses.importers.flow import own_source
from courses.models import (
    ApprenticeshipCentre,
    Claim,
    ClaimDocument,
    Contact,
    Course,
    ImportFault,
    ImportRun,
    ImportSource,
    StagingRow,
    TrainingProvider,
)
from jobs.actions import keep_project
from jobs.demo_data.companies import NEWCOMERS
from jobs.employers import drafts
from jobs.employers.answers import Commitments, How, Wanted, What, Who
from jobs.employers.register import Company
from jobs.models import EmployerNeed, ImportedOffer, NeedAttachment, NeedDailyCount, Pool, PoolNotice, SkillDemand
from portal.accounts import team
from portal.accounts.demo_data.numbers import siret
from portal.accounts.models import Invitation, Organisation, Tombstone, User
from portal.mail.models import OutgoingMail
from portal.moderation.flags import report
from portal.reference.models import (
    Commune,
    EmploymentBasin,
    FormerCommune,
    ListedCentre,
    Nsf,
    Occupation,
    OccupationMove,
    Skill,
)

# the employer of the matrix: it has needs in every state, and one that a stranger wrote
EMPLOYER = "Laiteries du Rouergue"
NEWCOMER_SIRET = NEWCOMERS[0].siret
# the body of the matrix, one of the demonstration's: it has rows in every state
BODY = "Causses Données Formation"
# on the demonstration's public list, and not on the portal
UNCLAIMED_SIRET = siret(71)
TOKEN = "invitation-de-la-matrice"
PROJECT_ANSWERS = {"metier": ["data-analyst"], "public": ["jobseeker"]}


def body() -> Organisation:
    return Organisation.objects.get(name=BODY)


def employer() -> Organisation:
    return Organisation.objects.get(name=EMPLOYER)


def alone() -> EmployerNeed:
    """A need of the employer that somebody wrote without an account."""
    return EmployerNeed.objects.filter(employer__organisation=employer(), is_attached=False).first()


def draft_of_a_need() -> str:
    """Its secret: every page is written, the code is not asked yet."""
    company = Company(NEWCOMER_SIRET, "open", name="Vergers du Lendemain", town="Perpignan")
    secret = drafts.begin(Who(company, company.name, "Nine Essai", "nine@essai.example"))
    row = drafts.find(secret)
    drafts.write(row, What("Data analyst", is_done=True, skills=(Wanted("python", "essential", 2),)))
    drafts.write(row, How(headcount=2, contract="permanent"))
    drafts.write(row, Commitments(("would_hire",)))
    return secret


def complete(day: datetime.date) -> str:
    """Add one row of each kind that is missing; the secret of the project that was kept."""
    EmploymentBasin.objects.get_or_create(code="7699", defaults={"name": "Bassin d’essai"})
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
    course = Course.objects.published().first()
    assert course is not None
    report(course, "Une personne signale une erreur.")
    listed = {"source": "Essai", "listed_on": day, "seen_on": day}
    ListedCentre.objects.create(uai="0129998Y", name="CFA d’une liste d’essai", **listed)
    claim()
    demand(day)
    team_and_tombstone()
    asked_by = User.objects.get(email="employeur@camins.example")
    NeedAttachment.objects.create(need=alone(), asked_by=asked_by)
    Invitation.objects.create(
        organisation=employer(),
        email="invitee@lait.example",
        role="reader",
        token_hash="0" * 64,
        invited_by=asked_by,
        expires_at=timezone.now() + team.LASTS,
    )
    return keep_project(answers=PROJECT_ANSWERS, day=day)


def demand(day: datetime.date) -> None:
    """A letter to an employer, a pool that sleeps, a body told of one, an offer read elsewhere, a demand counted."""
    need, pool = EmployerNeed.objects.first(), Pool.objects.first()
    assert need is not None
    assert pool is not None
    NeedDailyCount.objects.create(need=need, day=day, contacts=1)
    asleep = {"formed_on": day, "counted_on": day, "quarter_on": day.replace(year=day.year - 2, month=1, day=1)}
    Pool.objects.create(profile=pool.profile, basin=pool.basin, stage="lapsed", **asleep)
    PoolNotice.objects.create(pool=pool, provider=TrainingProvider.objects.first(), told_on=day)
    said = {"posted_on": day, "seen_on": day, "fingerprint": "0" * 64}
    ImportedOffer.objects.create(number="199ESSAI", title="Analyste de données", **said)
    counted = {"month_on": day.replace(day=1), "counted_on": day, "posts": 2, "adverts": 1}
    SkillDemand.objects.create(skill=Skill.objects.first(), provenance="posted", **counted)


def claim() -> None:
    """One that waits for an agent, with its document; one that waits for a code."""
    who = {"siret": UNCLAIMED_SIRET, "name": "Atelier des Lauzes", "person_name": "Nine Essai"}
    waiting = Claim.objects.create(**who, email="nine@essai.example", way=ClaimWay.AGENT)
    content = b"%PDF-1.4 essai %%EOF"
    ClaimDocument.objects.create(
        claim=waiting, kind=DocumentKind.PDF, size=len(content), sha256="0" * 64, content=content
    )
    later = timezone.now() + datetime.timedelta(days=2)
    coded = {"way": ClaimWay.CODE, "code_hash": "0" * 64, "code_sent_to": "c…@essai.example", "code_expires_at": later}
    Claim.objects.create(**who, email="autre@essai.example", **coded)


def team_and_tombstone() -> None:
    """An invitation into the body, from its manager; an organisation that was struck off."""
    Invitation.objects.create(
        organisation=body(),
        email="invitee@essai.example",
        role="editor",
        token_hash=team.hash_of(TOKEN),
        invited_by=User.objects.get(email="organisme@camins.example"),
        expires_at=timezone.now() + team.LASTS,
    )
    struck = Organisation.objects.create(siret=siret(73), name="Organisme radié d’essai", kinds=["body"])
    agent = User.objects.get(email="moderation@camins.example")
    Tombstone.objects.create(organisation=struck, reason="Essai", struck_by=agent)


def add_import() -> None:
    """An import of the body that waits to be mended, with one faulty row; a key of its software."""
    maker = User.objects.get(email="organisme@camins.example")
    make_token(own_source(body()), label="Logiciel d’essai", by=maker)
    run = ImportRun.objects.create(
        source=own_source(body()), state="to_mend", file_name="offre.csv", dialect="csv", is_by_member=True
    )
    told = {"line": 2, "element": "prix", "field": "prix", "code": "unread-price", "value": "cher", "severity": "error"}
    faults = [{**told, "message": "Ce prix est illisible."}]
    StagingRow.objects.create(
        run=run, rank=1, line=2, title="Essai", raw={"titre": "Essai", "prix": "cher"}, faults=faults,
        fault_codes=["prix:unread-price"], has_errors=True,
    )  # fmt: skip
