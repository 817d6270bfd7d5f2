"""Employers and needs for tests, published by moderation's own verbs."""

from jobs.models import Employer, EmployerNeed, NeedSkill
from portal.accounts.enums import OrganisationKind
from portal.reference.enums import Importance
from tests.makers import in_days, make_commune, make_organisation, publish


def make_employer(name="Atelier des Lauzes", **fields) -> Employer:
    organisation = make_organisation(kinds=[OrganisationKind.EMPLOYER])
    values = {"contact_email": "secret@employeur.example", "may_be_named": False, **fields}
    return Employer.objects.create(organisation=organisation, name=name, **values)


def make_need(title="Analyste de données", *, town="Rodez", published=True, skills=(), **fields) -> EmployerNeed:
    values = {"contract": "permanent", "expires_on": in_days(30), **fields}
    values.setdefault("employer", None)
    values["employer"] = values["employer"] or make_employer()
    need = EmployerNeed.objects.create(title=title, commune=make_commune(town) if town else None, **values)
    for skill in skills:
        NeedSkill.objects.create(need=need, skill=skill, importance=Importance.ESSENTIAL, level=2)
    return publish(need) if published else need
