"""Listings that the public does not see yet or any more, and edits that wait: the back-office must show life."""

from dataclasses import dataclass
from typing import Final

DRAFT, SUBMITTED, CHANGES_ASKED, WITHDRAWN, ARCHIVED = "draft", "submitted", "changes_asked", "withdrawn", "archived"


@dataclass(frozen=True)
class WaitingFacts:
    """A listing built on the texts of another one of the same body; `days_ago` is when it reached its state."""

    key: str
    model: str
    title: str
    state: str
    days_ago: int
    reason: str = ""


@dataclass(frozen=True)
class ProposalFacts:
    """An edit of a published listing: the field, its new text, and how many days it has waited."""

    course: str
    field: str
    text: str
    days_ago: int


WAITING: Final[tuple[WaitingFacts, ...]] = (
    WaitingFacts("attente-01", "sql-02", "SQL pour gestionnaires de stock", SUBMITTED, 2),
    WaitingFacts("attente-02", "controle-gestion-data-01", "Trésorerie et prévisions avec la donnée", SUBMITTED, 6),
    WaitingFacts("attente-03", "apprentissage-automatique-01", "Apprentissage automatique, niveau 2", SUBMITTED, 1),
    WaitingFacts("attente-04", "soin-02", "L'IA pour les aidants familiaux", SUBMITTED, 11),
    WaitingFacts("attente-05", "maintenance-01", "Prévoir les pannes d'une ligne de conditionnement", SUBMITTED, 4),
    WaitingFacts("attente-06", "tableur-donnees-01", "Ranger dix ans de fichiers", DRAFT, 3),
    WaitingFacts("attente-07", "chef-projet-01", "Cadrer un projet d'IA dans une association", DRAFT, 9),
    WaitingFacts("attente-08", "creation-03", "Affiches et droit d'auteur", DRAFT, 20),
    WaitingFacts(
        "attente-09",
        "tableaux-de-bord-02",
        "Tableaux de bord pour les coopératives",
        CHANGES_ASKED,
        5,
        "Le prix annoncé et le détail des coûts ne se correspondent pas. Indiquez le montant pour un salarié.",
    ),
    WaitingFacts(
        "attente-10",
        "referent-01",
        "Référent IA dans le bâtiment",
        CHANGES_ASKED,
        8,
        "Dites ce qu'il faut savoir avant d'entrer, et nommez les trois compétences les plus travaillées.",
    ),
    WaitingFacts(
        "attente-11",
        "vision-01",
        "Vision thermique",
        WITHDRAWN,
        30,
        "Le matériel n'est plus disponible : la formation s'arrête.",
    ),
    WaitingFacts(
        "attente-12", "ia-recherche-emploi-02", "Atelier lettre de motivation", WITHDRAWN, 60, "Atelier remplacé."
    ),
    WaitingFacts("attente-13", "premier-jour-02", "Une heure avec l'IA", ARCHIVED, 90, "Format abandonné."),
)

PROPOSALS: Final[tuple[ProposalFacts, ...]] = (
    ProposalFacts(
        "data-analyst-03",
        "summary",
        "Six mois, trois jours à Rodez et deux chez soi, pour devenir data analyst. Nouveau : un stage en cabinet.",
        3,
    ),
    ProposalFacts(
        "technicien-donnees-01",
        "what_to_bring",
        "Un ordinateur est prêté pendant toute la formation, y compris chez vous.",
        7,
    ),
    ProposalFacts(
        "data-engineer-01",
        "entry_requirements",
        "Un bac+3, ou deux ans d'expérience du développement. Un test de Python et de SQL remplace le diplôme.",
        1,
    ),
)
