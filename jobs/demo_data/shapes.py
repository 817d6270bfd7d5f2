"""The shape of an invented employer."""

from dataclasses import dataclass
from typing import Final

from portal.accounts.demo_data.numbers import siret

FIRST_RANK: Final = 2000
"""Where the employers' numbers begin: bodies and centres hold the smaller ones."""


@dataclass(frozen=True)
class EmployerFacts:
    """`wanted` tells job profiles and how many different needs: "data-analyst:2 technicien-donnees:1"."""

    key: str
    rank: int
    name: str
    sector: str
    town: str
    may_be_named: bool
    wanted: str
    presentation: str

    @property
    def siret(self) -> str:
        return siret(FIRST_RANK + self.rank)

    @property
    def email(self) -> str:
        return f"recrutement@{self.key}.example"
