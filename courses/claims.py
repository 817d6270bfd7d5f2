"""The verbs of a claim: asked, proved by a code, accepted or refused by an agent.

A claim is decided by its code alone only where nobody is there yet and nothing recalls a struck-off organisation.
"""

import datetime
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from courses import claim_letters as letters
from courses.claim_document import Proof
from courses.claim_lookup import Found, look_up
from courses.enums import ClaimState, ClaimWay
from courses.importers.bodies import free_nda
from courses.models import Claim, ClaimDocument, TrainingProvider
from courses.models.claim import MOST_TRIES
from courses.page_slug import page_slug
from portal.accounts import actions
from portal.accounts.codes import hash_of_code, new_code
from portal.accounts.enums import OrganisationKind, Role
from portal.accounts.models import Organisation, User
from portal.accounts.tombstones import Identifiers, Likeness, likenesses

CODE_LASTS, CODES_A_DAY = datetime.timedelta(hours=48), 3
UNUSED_FOR, DOCUMENT_KEPT = datetime.timedelta(days=7), datetime.timedelta(days=90)


class ClaimRefused(Exception):
    """A claim, or a decision on it, that cannot be; `str()` is the French sentence for the person who tried."""


class AlreadyDecided(ClaimRefused):
    def __init__(self) -> None:
        super().__init__(_("Cette demande n'attend plus : une autre personne l'a décidée. Rechargez la page."))


@dataclass(frozen=True)
class Asking:
    """Who asks, and how they will prove it; `user` is None for a visitor."""

    name: str
    email: str
    way: str
    proof: Proof | None = None
    user: User | None = None


def likenesses_of(claim: Claim, found: Found | None = None) -> list[Likeness]:
    """The struck-off organisations that this claim recalls, the address of who asks included."""
    found = found or look_up(claim.siret)
    told = found.identifiers if found else Identifiers(sirens=(claim.siret[:9],), ndas=(claim.nda,))
    return likenesses(told + Identifiers(emails=(claim.email,)))


@transaction.atomic
def ask(found: Found, asking: Asking) -> Claim:
    """Write a claim down, and send the code or tell the team. Raises ClaimRefused."""
    if refusal := why_not_ask(found, asking):
        raise ClaimRefused(refusal)
    waiting = Claim.objects.waiting().filter(siret=found.siret, email=asking.email)
    if waiting.filter(way=ClaimWay.AGENT).exists():
        raise ClaimRefused(_("Votre demande attend déjà la décision d'un agent : un courriel vous dira laquelle."))
    waiting.update(state=ClaimState.EXPIRED, decided_at=timezone.now())
    try:
        with transaction.atomic():
            claim = Claim.objects.create(
                siret=found.siret,
                nda=found.nda,
                name=found.name[:250],
                organisation=found.organisation,
                person=asking.user,
                person_name=asking.name,
                email=asking.email,
                way=asking.way,
            )
    except IntegrityError as twice:  # the same form, sent twice at once
        raise ClaimRefused(_("Votre demande est déjà arrivée.")) from twice
    if asking.proof:
        proof = asking.proof
        ClaimDocument.objects.create(
            claim=claim, kind=proof.kind, size=len(proof.content), sha256=proof.sha256, content=proof.content
        )
    if claim.way == ClaimWay.CODE and likenesses_of(claim, found):
        _to_an_agent(claim)
    if claim.way == ClaimWay.CODE:
        send_code(claim)
    if found.organisation and found.has_team:
        letters.tell_managers(claim, found.organisation)
    return claim


def why_not_ask(found: Found, asking: Asking) -> str:
    """The sentence that refuses this claim; empty where nothing does."""
    if not found.siret or found.is_region:
        return _("Cette organisation ne se rejoint pas d'ici : écrivez-nous.")
    if asking.user and found.organisation and found.organisation.has_member(asking.user):
        return _("Vous faites déjà partie de cet organisme.")
    if asking.way == ClaimWay.AGENT:
        return "" if asking.proof else _("Joignez un document : un agent l'examinera.")
    if found.has_team:
        return _("Cet organisme a déjà une équipe : demandez-lui une invitation, ou joignez un document.")
    if not (found.provider and found.provider.address_on_record):
        return _("Aucune adresse sûre n'est connue pour cet organisme : joignez plutôt un document.")
    return ""


def _to_an_agent(claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(way=ClaimWay.AGENT, code_hash="", code_expires_at=None)
    claim.refresh_from_db()


def _hash(claim: Claim, code: str) -> str:
    return hash_of_code(f"courses.claims {claim.key}", code)


@transaction.atomic
def send_code(claim: Claim) -> None:
    """Send a new code to the address on record; the former one is worth nothing. Raises ClaimRefused."""
    row = Claim.objects.waiting().select_for_update().filter(pk=claim.pk, way=ClaimWay.CODE).first()
    provider = TrainingProvider.objects.select_for_update(of=("self",)).filter(organisation__siret=claim.siret)
    body = provider.select_related("contact_said_by").first()  # held: three mails a day, however many ask at once
    to = body.address_on_record if body else ""
    if row is None or not to:
        raise ClaimRefused(_("Aucun code ne peut partir pour cette demande."))
    if letters.codes_sent_today(to) >= CODES_A_DAY:
        raise ClaimRefused(_("Trois codes sont déjà partis à cette adresse aujourd'hui : réessayez demain."))
    code = new_code()
    fields = {
        "code_hash": _hash(row, code),
        "code_sent_to": letters.masked(to),
        "code_expires_at": timezone.now() + CODE_LASTS,
        "tries": 0,
    }
    Claim.objects.filter(pk=row.pk).update(**fields)
    letters.send_code(row, code, to=to)
    claim.refresh_from_db()


@transaction.atomic
def enter_code(claim: Claim, code: str) -> bool:
    """Accept the claim on the right code; False on a wrong one, whose try is counted. Raises ClaimRefused."""
    row = Claim.objects.waiting().select_for_update().filter(pk=claim.pk, way=ClaimWay.CODE).first()
    if row is None:
        raise AlreadyDecided
    if row.is_locked:
        raise ClaimRefused(_("Ce code ne vaut plus : demandez-en un autre, ou joignez un document."))
    if not constant_time_compare(row.code_hash, _hash(row, code)):
        Claim.objects.filter(pk=row.pk, tries__lt=MOST_TRIES).update(tries=F("tries") + 1)
        claim.refresh_from_db()
        return False
    found = look_up(row.siret)
    if found is None or found.has_team or likenesses_of(row, found):
        _to_an_agent(row)  # somebody came, or was struck off, since the code left
    else:
        _accept(row, found, by=None)
    claim.refresh_from_db()
    return True


def why_not_decide(claim: Claim, by: User) -> str:
    """The sentence that keeps this agent from deciding; empty where nothing does."""
    organisation = Organisation.objects.filter(siret=claim.siret).first()
    if claim.person_id == by.pk or claim.email.lower() == by.email.lower():
        return _("Cette demande est la vôtre : une autre personne doit décider.")
    if organisation and organisation.has_member(by):
        return _("Vous êtes membre de cet organisme : une autre personne doit décider.")
    return ""


@transaction.atomic
def accept(claim: Claim, *, by: User) -> Claim:
    """Let the person in, as a manager. Raises ClaimRefused, AlreadyDecided where another agent came first."""
    row = _waiting_for(claim, by)
    found = look_up(row.siret)
    if found is None:
        raise ClaimRefused(_("Aucune liste ne connaît plus cet organisme : refusez, ou attendez la prochaine liste."))
    _accept(row, found, by=by)
    claim.refresh_from_db()
    return claim


@transaction.atomic
def refuse(claim: Claim, *, by: User, reason: str) -> None:
    """Refuse, with a reason that the person reads. Raises ClaimRefused."""
    row = _waiting_for(claim, by)
    if not reason.strip():
        raise ClaimRefused(_("Écrivez le motif : la personne le lira."))
    _decide(row, ClaimState.REFUSED, decided_by=by, reason=reason.strip())
    letters.tell_refused(row)
    claim.refresh_from_db()


def _waiting_for(claim: Claim, by: User) -> Claim:
    row = Claim.objects.for_agents().select_for_update().filter(pk=claim.pk).first()
    if row is None:
        raise AlreadyDecided
    if refusal := why_not_decide(row, by):
        raise ClaimRefused(refusal)
    return row


def _decide(row: Claim, state: ClaimState, **fields: object) -> None:
    Claim.objects.filter(pk=row.pk).update(state=state, decided_at=timezone.now(), code_hash="", **fields)
    row.refresh_from_db()


def _accept(row: Claim, found: Found, *, by: User | None) -> None:
    if not found.siret or found.is_region:
        raise ClaimRefused(_("Cette organisation ne se rejoint pas d'ici."))
    organisation = _organisation(found)
    if OrganisationKind.BODY in found.kinds:
        _draft(found, organisation)
    user = _account(row)
    try:
        actions.join(user=user, organisation=organisation, role=Role.MANAGER)
    except actions.RoleRefused as refused:
        raise ClaimRefused(str(refused)) from refused
    _decide(row, ClaimState.ACCEPTED, decided_by=by, person=user, organisation=organisation)
    letters.tell_accepted(row, user)


def _organisation(found: Found) -> Organisation:
    """The organisation, made from what the list says where it is not there yet."""
    kinds = [kind.value for kind in found.kinds]
    organisation, _is_new = Organisation.objects.get_or_create(
        siret=found.siret, defaults={"name": found.name[:250], "kinds": kinds}
    )
    actions.hold(organisation.pk)
    lacking = [kind for kind in kinds if kind not in organisation.kinds]
    if lacking:
        organisation.kinds = [*organisation.kinds, *lacking]
        organisation.save(update_fields=["kinds"])
    return organisation


def _draft(found: Found, organisation: Organisation) -> None:
    """A sheet to complete, from the public list; nothing of it is shown before a moderator approves it."""
    listed = found.listed
    if listed is None or TrainingProvider.objects.filter(organisation=organisation).exists():
        return
    TrainingProvider.objects.create(
        organisation=organisation,
        name=found.name,
        slug=page_slug(found.name, otherwise="organisme"),
        nda=free_nda(found.nda),
        address=listed.address,
        postcode=listed.postcode,
        commune=listed.commune,
    )


def _account(row: Claim) -> User:
    """The account of who asked, opened without a password where there is none: a link by mail sets it."""
    known = row.person if isinstance(row.person, User) else None
    known = known or User.objects.filter(email__iexact=row.email).first()
    if known is not None:
        return known
    user = User.objects.create_user(row.email, None, name=row.person_name)
    EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    return user


@transaction.atomic
def tidy() -> int:
    """Close the claims whose code was left unused, delete the documents of decided ones in time; return how many."""
    now = timezone.now()
    unused = Claim.objects.waiting().filter(way=ClaimWay.CODE, asked_at__lt=now - UNUSED_FOR)
    closed = unused.update(state=ClaimState.EXPIRED, decided_at=now, code_hash="")
    old, _each = ClaimDocument.objects.filter(claim__decided_at__lt=now - DOCUMENT_KEPT).delete()
    return closed + old
