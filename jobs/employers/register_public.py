"""The State's open service "Recherche d'entreprises": no key, public data, called only where the settings say so."""

import json
from collections.abc import Callable
from typing import Any

from jobs.employers.register import LONGEST_ADDRESS, LONGEST_NAME, Company
from jobs.enums import CompanyState
from portal.web.outside import Fetched, OutsideRefused, fetch

ADDRESS = "https://recherche-entreprises.api.gouv.fr/search?q={siret}&page=1&per_page=1"
SOURCE = "API Recherche d’entreprises (État)"
SECONDS, MOST_BYTES = 3.0, 500_000
OPEN = "A"


class PublicRegister:
    def __init__(self, read: Callable[..., Fetched] = fetch):
        self._read = read

    def look_up(self, siret: str) -> Company:
        try:
            answer = self._read(ADDRESS.format(siret=siret), most_bytes=MOST_BYTES, seconds=SECONDS)
            if answer.status != 200:
                return Company(siret)
            return read_answer(siret, json.loads(answer.body))
        except (OutsideRefused, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            # away, slow, or in a shape nobody foresaw: an agent checks
            return Company(siret)


def read_answer(siret: str, said: Any) -> Company:
    """The company of `siret` in an answer of the service. Raises TypeError, KeyError, AttributeError on odd shapes."""
    for found in said["results"]:
        head = found.get("siege") or {}
        for site in (head, *(found.get("matching_etablissements") or ())):
            if site.get("siret") == siret:
                return _company(siret, found, site)
    return Company(siret, CompanyState.UNKNOWN.value, source=SOURCE)


def _company(siret: str, found: dict[str, Any], site: dict[str, Any]) -> Company:
    is_open = site.get("etat_administratif") == OPEN and found.get("etat_administratif", OPEN) == OPEN
    return Company(
        siret=siret,
        state=(CompanyState.OPEN if is_open else CompanyState.CLOSED).value,
        name=str(found.get("nom_raison_sociale") or found.get("nom_complet") or "")[:LONGEST_NAME],
        address=str(site.get("adresse") or "")[:LONGEST_ADDRESS],
        town=str(site.get("libelle_commune") or "")[:100],
        insee=str(site.get("commune") or "")[:5],
        source=SOURCE,
    )
