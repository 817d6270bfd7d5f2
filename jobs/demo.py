"""The second floor of the demonstration: invented employers and what they need."""

import datetime
from collections.abc import Callable, Iterator, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.demo_data.variety import number
from jobs.actions import write_demand
from jobs.demo_data.employers import EMPLOYERS
from jobs.demo_data.needs import NeedFacts, build_needs
from jobs.demo_needs import vary
from jobs.demo_pools import load_pools
from jobs.employers.register_demo import SOURCE
from jobs.enums import CompanyState, FilledHow
from jobs.models import Employer, EmployerNeed, NeedSkill
from portal.accounts.enums import OrganisationKind
from portal.accounts.models import Organisation
from portal.moderation.actions import publish_trusted
from portal.reference.enums import Importance
from portal.reference.models import JobProfile, Skill
from portal.reference.words.places import TOWNS

ORIGIN = "démonstration : données fictives"
BATCH = 1000
# By place in the list of needs: a handful wait for an agent, are still drafts, were withdrawn or are filled.
SUBMITTED_EVERY, DRAFT_EVERY, WITHDRAWN_EVERY, FILLED_EVERY = 50, 97, 131, 43


@transaction.atomic
def load(*, day: datetime.date, report: Callable[..., None]) -> None:
    """Lay employers and needs, all dates counted from `day`. A base that holds them already is left as it is."""
    if Employer.objects.filter(organisation__siret__in=[facts.siret for facts in EMPLOYERS]).exists():
        return
    told = build_needs()
    report(_("employeurs"), 0, len(EMPLOYERS))
    employers = _load_employers(day)
    report(_("besoins d'employeurs"), 0, len(told))
    needs = _load_needs(told, employers, day)
    _settle(needs, day)
    vary(day)
    report(_("demande par formation"), None, None)
    write_demand(day)
    report(_("besoins groupés"), None, None)
    load_pools(day)
    report(_("besoins d'employeurs"), len(told), len(told))


def _load_employers(day: datetime.date) -> dict[str, Employer]:
    towns = {town.name: town.insee for town in TOWNS}
    Organisation.objects.bulk_create(
        (Organisation(siret=f.siret, name=f.name, kinds=[OrganisationKind.EMPLOYER]) for f in EMPLOYERS),
        ignore_conflicts=True,
    )
    held = {row.siret: row for row in Organisation.objects.filter(siret__in=[facts.siret for facts in EMPLOYERS])}
    employers = {
        facts.key: Employer(
            organisation=held[facts.siret],
            name=facts.name,
            sector=facts.sector,
            commune_id=towns[facts.town],
            presentation=facts.presentation,
            contact_email=facts.email,
            may_be_named=facts.may_be_named,
            register_state=CompanyState.OPEN,
            register_source=SOURCE,
            register_checked_on=day,
        )
        for facts in EMPLOYERS
    }
    Employer.objects.bulk_create(employers.values())
    return employers


def _load_needs(told: Sequence[NeedFacts], employers: dict[str, Employer], day: datetime.date) -> list[EmployerNeed]:
    profiles = {profile.slug: profile for profile in JobProfile.objects.prefetch_related("occupation_links")}
    towns = {town.name: town.insee for town in TOWNS}
    needs = [_need_row(facts, employers[facts.employer], profiles[facts.profile], towns, day) for facts in told]
    EmployerNeed.objects.bulk_create(needs, batch_size=BATCH)
    NeedSkill.objects.bulk_create(_skill_rows(told, needs), batch_size=BATCH)
    return needs


def _need_row(
    facts: NeedFacts, employer: Employer, profile: JobProfile, towns: dict[str, str], day: datetime.date
) -> EmployerNeed:
    links = sorted(profile.occupation_links.all(), key=lambda link: link.pk)
    created_on = day - datetime.timedelta(days=3 + number(f"{facts.key}made", 150))
    return EmployerNeed(
        employer=employer,
        title=facts.title,
        description=facts.description,
        profile=profile,
        occupation_id=links[0].occupation_id if links else None,
        commune_id=towns[facts.town],
        headcount=facts.headcount,
        contract=facts.contract,
        level=facts.level,
        is_remote=facts.is_remote,
        wished_on=None if facts.wished_offset is None else day + datetime.timedelta(days=facts.wished_offset),
        commitments=list(facts.commitments),
        expires_on=day + datetime.timedelta(days=facts.expires_offset),
        verified_on=created_on,
        created_at=timezone.make_aware(datetime.datetime.combine(created_on, datetime.time(10))),
        published_at=timezone.make_aware(datetime.datetime.combine(created_on, datetime.time(17))),
    )


def _skill_rows(told: Sequence[NeedFacts], needs: Sequence[EmployerNeed]) -> Iterator[NeedSkill]:
    skills = dict(Skill.objects.own_words().values_list("code", "pk"))
    for facts, need in zip(told, needs, strict=True):
        for importance, wanted in ((Importance.ESSENTIAL, facts.essential), (Importance.DESIRABLE, facts.desirable)):
            for code, level in wanted.items():
                yield NeedSkill(need=need, skill_id=skills[code], importance=importance, level=level)


def _settle(needs: Sequence[EmployerNeed], day: datetime.date) -> None:
    """Publish the needs, save a few that wait, are drafts or were withdrawn; mark some as filled."""
    shown, submitted, withdrawn, filled = [], [], [], []
    for rank, need in enumerate(needs, start=1):
        if rank % SUBMITTED_EVERY == 0:
            submitted.append(need)
        elif rank % DRAFT_EVERY == 0:
            EmployerNeed.objects.filter(pk=need.pk).update(published_at=None)
        else:
            shown.append(need)
            if rank % WITHDRAWN_EVERY == 0:
                withdrawn.append(need)
            elif rank % FILLED_EVERY == 0:
                filled.append(need.pk)
    publish_trusted(shown, origin=ORIGIN)
    EmployerNeed.objects.filter(pk__in=filled).update(
        filled_on=day - datetime.timedelta(days=6), filled_how=FilledHow.WITHOUT
    )
    for need in submitted:
        need.move("submit", by=None, submitted_at=need.created_at, published_at=None)
    for need in withdrawn:
        need.withdraw(by=None, reason=_("Projet reporté."))
