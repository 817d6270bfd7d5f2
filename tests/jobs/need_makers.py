"""Employers and needs for tests, published by moderation's own verbs."""

from jobs.models import Employer, EmployerNeed, NeedSkill, Pool
from portal.accounts.enums import OrganisationKind
from portal.reference.enums import Importance
from portal.reference.models import EmploymentBasin
from tests.makers import DAY, in_days, make_commune, make_organisation, publish


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


def make_pool(profile, **fields) -> Pool:
    """A pool as the rule would have formed it today, without its needs."""
    basin, _made = EmploymentBasin.objects.get_or_create(code="7614", defaults={"name": "Rodez"})
    told = {"employer_count": 3, "headcount": 4, "departments": ["12"], "first_wished_on": DAY, "last_wished_on": DAY}
    values = {"quarter_on": DAY.replace(day=1), "formed_on": DAY, "counted_on": DAY, **told, **fields}
    return Pool.objects.create(profile=profile, basin=basin, **values)
