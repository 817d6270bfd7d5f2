"""Names of the Formacodes that the demonstration cites and the portal's own words do not (Formacode, Centre Inffo)."""

from typing import Final

FORMACODE_NAMES: Final[dict[str, str]] = {
    "11017": "Statistique appliquée",
    "11054": "Mathématiques",
    "11083": "Mathématiques mise à niveau",
    "13129": "Prévision économique",
    "13287": "Droit communautaire",
    "24220": "Gestion réseau informatique",
    "31029": "Master data management",
    "31032": "Système exploitation informatique",
    "31085": "Informatisation",
    "31624": "Maintenance industrielle",
    "31845": "Logistique",
    "32135": "Conduite projet",
    "32663": "Comptabilité",
    "33054": "Ressources humaines",
    "44542": "Pédagogie",
    "46301": "Communication entreprise",
}
