"""The demonstration's register: fictional companies, some of them closed; whoever is not in it is unknown."""

from functools import cache

from jobs.demo_data.companies import COMPANIES, OUT_OF_ORDER
from jobs.employers.register import Company
from jobs.enums import CompanyState

SOURCE = "registre de démonstration"


class DemoRegister:
    def look_up(self, siret: str) -> Company:
        if siret == OUT_OF_ORDER:  # as when the real one is away
            return Company(siret)
        return _companies().get(siret) or Company(siret, CompanyState.UNKNOWN.value, source=SOURCE)


@cache
def _companies() -> dict[str, Company]:
    return {
        each.siret: Company(
            siret=each.siret,
            state=(CompanyState.CLOSED if each.is_closed else CompanyState.OPEN).value,
            name=each.name,
            address=each.address,
            town=each.town,
            insee=each.insee,
            source=SOURCE,
        )
        for each in COMPANIES
    }
