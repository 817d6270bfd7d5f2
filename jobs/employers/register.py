"""What a register of companies says of a SIRET. Silence is an answer too: "to check", which blocks nobody."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from jobs.enums import CompanyState

# registers write names in capitals and as long as they like
LONGEST_NAME, LONGEST_ADDRESS = 250, 250


@dataclass(frozen=True)
class Company:
    """An establishment. Empty texts are not known; `insee` is the code of its commune, `source` who says so."""

    siret: str
    state: str = CompanyState.UNCHECKED.value
    name: str = ""
    address: str = ""
    town: str = ""
    insee: str = ""
    source: str = ""

    @property
    def is_closed(self) -> bool:
        return self.state == CompanyState.CLOSED


class CompanyRegister(Protocol):
    def look_up(self, siret: str) -> Company:
        """What is known of 14 digits; never raises: a register that is away leaves the company UNCHECKED."""
        ...


class NoRegister:
    """Nobody is asked: agents check."""

    def look_up(self, siret: str) -> Company:
        return Company(siret)


def company_register() -> CompanyRegister:
    """The register that the settings name."""
    # each brings what it needs only where it is used
    if settings.CAMINS_COMPANY_REGISTER == "demo":
        from jobs.employers.register_demo import DemoRegister

        return DemoRegister()
    if settings.CAMINS_COMPANY_REGISTER == "public":
        from jobs.employers.register_public import PublicRegister

        return PublicRegister()
    return NoRegister()
