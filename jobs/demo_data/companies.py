"""The fictional register of companies: the employers of the demonstration, newcomers, and some that closed."""

from dataclasses import dataclass
from typing import Final

from jobs.demo_data.employers import EMPLOYERS
from portal.accounts.demo_data.numbers import siret
from portal.reference.words.places import TOWNS

# nothing is known of this one: the register does not answer
OUT_OF_ORDER: Final = siret(3099)
INSEE: Final = {town.name: town.insee for town in TOWNS}


@dataclass(frozen=True)
class CompanyFacts:
    siret: str
    name: str
    address: str
    town: str
    is_closed: bool = False

    @property
    def insee(self) -> str:
        return INSEE[self.town]


def _new(rank: int, name: str, address: str, town: str, *, is_closed: bool = False) -> CompanyFacts:
    return CompanyFacts(siret(rank), name, address, town, is_closed)


# ranks from 3000: the employers hold those from 2000
NEWCOMERS: Final = (
    _new(3001, "Vergers du Lendemain", "4 chemin des Canisses", "Perpignan"),
    _new(3002, "Ateliers Tarnais de Mesure", "17 rue du Moulin Neuf", "Albi"),
    _new(3003, "Clinique des Trois Platanes", "2 allée des Platanes", "Montpellier"),
    _new(3004, "Roulements Cévenols", "9 zone de la Croix Haute", "Alès"),
    _new(3005, "Assurances du Pont Vieux", "31 quai du Pont Vieux", "Toulouse"),
)
CLOSED: Final = (
    _new(3011, "Filature de l'Agout", "1 rue de la Filature", "Castres", is_closed=True),
    _new(3012, "Négoce Sainte-Marthe", "12 place Sainte-Marthe", "Tarbes", is_closed=True),
)
COMPANIES: Final = (
    *(CompanyFacts(facts.siret, facts.name, "1 rue de l’Exemple", facts.town) for facts in EMPLOYERS),
    *NEWCOMERS,
    *CLOSED,
)
