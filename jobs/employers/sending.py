"""From a finished draft to a need that agents read: written once, however often it is sent."""

import datetime
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jobs.employers import letters
from jobs.employers.answers import Answers, Commitments, How, What, Who
from jobs.employers.drafts import DraftRefused, answers_of, is_closed, is_confirmed
from jobs.employers.wanted import rows_of_target
from jobs.enums import CompanyState
from jobs.models import Employer, EmployerNeed, NeedDraft, NeedSkill
from portal.accounts.actions import hold
from portal.accounts.enums import OrganisationKind
from portal.accounts.models import Organisation
from portal.reference.models import Commune, Skill
from portal.web.clock import today

SHOWN_DAYS = 60


@transaction.atomic
def send(draft: NeedDraft) -> EmployerNeed:
    """Write the need and hand it to moderation; sent twice, the same need. Raises DraftRefused, with a sentence."""
    # without its need: a join would show it as it was before the lock
    row = NeedDraft.objects.select_for_update().get(pk=draft.pk)
    if row.need is not None and is_closed(row):
        return row.need
    answers = _signed(row)
    if not is_confirmed(row):
        raise DraftRefused(_("Entrez d’abord le code reçu par courriel."))
    who, what, how, commitment = answers.who, answers.what, answers.how, answers.commitment
    if who is None or what is None or how is None or commitment is None or not what.is_done:
        raise DraftRefused(_("Il manque une page : reprenez-la avant d’envoyer."))
    _check_member(row)
    employer = employer_of(who, commitment, is_member=row.organisation_id is not None)
    need = row.need or EmployerNeed(is_attached=row.organisation_id is not None)
    _fill(need, employer, answers)
    need.save()
    _write_skills(need, what)
    need.submit(by=row.person)
    NeedDraft.objects.filter(pk=row.pk).update(need=need, code_hash="")
    letters.confirm_posted(need)
    if not need.is_attached:
        letters.tell_members(need)
    return need


def _signed(draft: NeedDraft) -> Answers:
    """Its pages; those of an organisation, under the name of the member who sends them."""
    answers, person = answers_of(draft), draft.person
    if person is None or answers.who is None:
        return answers
    return replace(answers, who=replace(answers.who, person=str(person)[:150], email=person.email.lower()))


def _check_member(draft: NeedDraft) -> None:
    """Whoever writes in the name of an organisation still may, and its SIRET is its own. Raises DraftRefused."""
    organisation, person, who = draft.organisation, draft.person, answers_of(draft).who
    if organisation is None:
        return
    writing = organisation.memberships.writing().filter(user=person)
    if who is None or who.company.siret != organisation.siret or not writing.exists():
        raise DraftRefused(_("Vous n’écrivez plus au nom de cette organisation : demandez à ses responsables."))


def employer_of(who: Who, commitment: Commitments, *, is_member: bool) -> Employer:
    """The employer of that SIRET, made where it is new. A stranger changes nothing of one that is known, save what the
    register says; its name is shown less if they say so, never more. A member says whether it is shown.
    """
    company = who.company
    organisation, _is_new = Organisation.objects.get_or_create(
        siret=company.siret, defaults={"name": who.name[:250], "kinds": [OrganisationKind.EMPLOYER.value]}
    )
    hold(organisation.pk)
    organisation.refresh_from_db()
    if OrganisationKind.REGION in organisation.kinds:
        raise DraftRefused(_("La Région ne poste pas de besoin par cette page."))
    if OrganisationKind.EMPLOYER not in organisation.kinds:
        organisation.kinds = [*organisation.kinds, OrganisationKind.EMPLOYER.value]
        organisation.save(update_fields=["kinds"])
    employer, _is_new = Employer.objects.get_or_create(
        organisation=organisation,
        defaults={
            "name": who.name[:250],
            "address": company.address,
            "commune": Commune.objects.filter(insee=company.insee).first() if company.insee else None,
            "contact_email": who.email,
            "may_be_named": commitment.may_be_named,
        },
    )
    if company.state != CompanyState.UNCHECKED or employer.register_checked_on is None:
        employer.register_state = company.state
        employer.register_source = company.source[:80]
        employer.register_checked_on = today()
    if is_member or not (commitment.may_be_named or organisation.memberships.present().exists()):
        employer.may_be_named = commitment.may_be_named
    employer.save()
    return employer


def _fill(need: EmployerNeed, employer: Employer, answers: Answers) -> None:
    who, what, how, commitment = answers.who, answers.what, answers.how, answers.commitment
    assert who is not None
    assert what is not None
    assert how is not None
    assert commitment is not None
    need.employer = employer
    need.profile, need.occupation = rows_of_target(what.chosen)
    need.title, need.description, need.level = what.title, what.description, what.level
    _fill_conditions(need, how)
    need.commitments = list(commitment.said)
    need.poster_name, need.poster_email = who.person, who.email
    need.email_confirmed_at = timezone.now()
    need.expires_on, need.reminded_on = today() + datetime.timedelta(days=SHOWN_DAYS), None
    need.verified_on = today()


def _fill_conditions(need: EmployerNeed, how: How) -> None:
    need.headcount, need.contract, need.is_remote = how.headcount, how.contract, how.is_remote
    need.commune = Commune.objects.filter(insee=how.insee).first() if how.insee else None
    need.wished_on = datetime.date.fromisoformat(how.wished_on) if how.wished_on else None
    need.salary_min_euros, need.salary_max_euros = how.salary_min, how.salary_max


def _write_skills(need: EmployerNeed, what: What) -> None:
    known = Skill.objects.in_bulk([each.code for each in what.skills], field_name="code")
    need.skill_links.all().delete()
    NeedSkill.objects.bulk_create(
        NeedSkill(need=need, skill=known[each.code], importance=each.importance, level=each.level)
        for each in what.skills
        if each.code in known
    )
