"""Who makes AI in Occitanie: what each does, in our words, with its source."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal.pages.content.sources import Source, Text


@dataclass(frozen=True)
class Actor:
    name: str
    full_name: Text
    place: Text
    what: Text
    for_you: Text
    # empty: we know of no site of its own
    website: str
    source: Source


ACTORS = (
    Actor(
        "ANITI",
        _("Institut interdisciplinaire d'intelligence artificielle de Toulouse"),
        "Toulouse",
        _(
            "ANITI réunit des laboratoires, des universités et écoles d'ingénieurs et des industriels autour d'une "
            "question : comment faire confiance à l'IA quand une panne aurait des conséquences graves, dans un avion "
            "ou à l'hôpital ? L'institut croise apprentissage par les données et raisonnement logique. Il a reçu le "
            "label « IA Cluster » en mai 2024."
        ),
        _("Des thèses, des chaires, des modules de master et des formations courtes pour les salariés."),
        "https://aniti.univ-toulouse.fr",
        Source(
            "Agence nationale de la recherche, fiche du projet ANITI",
            "https://anr.fr/ProjetIA-19-P3IA-0004",
        ),
    ),
    Actor(
        "IA Montpellier Méditerranée",
        _("Association de l'intelligence artificielle à Montpellier"),
        "Montpellier",
        _(
            "Créée en 2025 par la Région, la Métropole, l'Université et le CHU de Montpellier, Digital 113 et la "
            "French Tech Méditerranée, l'association rapproche chercheurs, entreprises et collectivités. Ses terrains "
            "sont la santé, l'environnement et une IA responsable."
        ),
        _("Des rencontres ouvertes aux non-spécialistes et une porte d'entrée vers les entreprises locales."),
        "",
        Source(
            "Ville de Montpellier, magazine En Commun",
            "https://encommun.montpellier.fr/articles/2025-02-19-ia-montpellier-mediterranee-une-association-pour-federer-les-energies-du",
            datetime.date(2025, 2, 19),
        ),
    ),
    Actor(
        "Ekitia",
        _("Pôle éthique de l'économie de la donnée"),
        "Toulouse",
        _(
            "Née en 2019 sous le nom d'Occitanie Data, Ekitia aide des collectivités, des entreprises et des centres "
            "de recherche à partager leurs données dans un cadre de confiance. Sa charte éthique sert à passer un "
            "projet d'IA au crible avant de le lancer."
        ),
        _("Une référence pour les métiers de l'éthique, du droit et de la gouvernance des données."),
        "https://www.ekitia.fr",
        Source(
            "CCI Occitanie, entretien avec le président d'Occitanie Data",
            "https://www.occitanie.cci.fr/actualite/occitanie-data-devient-ekitia",
            datetime.date(2021, 6, 21),
        ),
    ),
    Actor(
        "Aerospace Valley",
        _("Pôle de compétitivité de l'aéronautique, de l'espace et des drones"),
        _("Toulouse, Occitanie et Nouvelle-Aquitaine"),
        _(
            "Le pôle rassemble plus de 800 membres, grands groupes, PME, laboratoires et écoles. Il fait naître des "
            "projets de recherche communs ; la vision par ordinateur, l'IA embarquée et les données spatiales y "
            "tiennent une grande place. Son label a été renouvelé jusqu'en 2026."
        ),
        _("Des employeurs pour l'IA embarquée, la vision, la maintenance prédictive et la sécurité."),
        "https://www.aerospace-valley.com",
        Source(
            "La Tribune Toulouse",
            "https://toulouse.latribune.fr/entreprises/business/2023-03-28/aeronautique-aerospace-valley-reconduit-sa-labellisation-pour-quatre-ans-et-fourmille-d-idees-pour-la-filiere-956841.html",
            datetime.date(2023, 3, 28),
        ),
    ),
    Actor(
        "Eurobiomed",
        _("Pôle de compétitivité de la santé du Grand Sud"),
        _("Montpellier, Toulouse et Marseille"),
        _(
            "Né de la fusion, en 2019, de deux pôles de santé, Eurobiomed relie hôpitaux, chercheurs et entreprises "
            "d'Occitanie et de Provence-Alpes-Côte d'Azur : médicament, diagnostic, dispositifs médicaux et santé "
            "numérique, où l'IA lit des images et des dossiers."
        ),
        _("Un débouché pour qui vient du soin ou du laboratoire et se forme à la donnée de santé."),
        "https://www.eurobiomed.org",
        Source(
            "Le Journal des entreprises",
            "https://www.lejournaldesentreprises.com/region-sud/article/les-poles-eurobiomed-et-cancer-bio-sante-fusionnent-326750",
            datetime.date(2019, 9, 20),
        ),
    ),
)
