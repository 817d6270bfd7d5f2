"""Organisations that the demonstration's accounts belong to. Courses and jobs describe the same ones, by SIRET."""

from dataclasses import dataclass
from typing import Final

from portal.accounts.demo_data.numbers import siret


@dataclass(frozen=True)
class OrganisationFacts:
    rank: int
    name: str
    kind: str

    @property
    def siret(self) -> str:
        return siret(self.rank)


REGION: Final = OrganisationFacts(3100, "Région Occitanie (démonstration)", "region")
BODY: Final = OrganisationFacts(28, "Causses Données Formation", "body")
OTHER_BODY: Final = OrganisationFacts(1, "Atelier Brique et Calcul", "body")
CENTRE: Final = OrganisationFacts(910, "CFA de l'Embergue", "cfa")
EMPLOYER: Final = OrganisationFacts(2045, "Laiteries du Rouergue", "employer")

ORGANISATIONS: Final = (REGION, BODY, OTHER_BODY, CENTRE, EMPLOYER)
