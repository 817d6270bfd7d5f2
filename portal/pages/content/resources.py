"""Studies and plans worth reading, summed up in our words."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal.pages.content.figures import REGION, TOULEMPLOI
from portal.pages.content.sources import Source, Text


@dataclass(frozen=True)
class Resource:
    title: Text
    what: Text
    points: tuple[Text, ...]
    source: Source


RESOURCES = (
    Resource(
        _("L'étude de la DREETS Occitanie sur l'intelligence artificielle"),
        _("La direction régionale du travail a compté les entreprises, les emplois et les formations de la filière."),
        (
            _("Près de 300 établissements spécialisés et 5 385 emplois."),
            _("544 millions d'euros de chiffre d'affaires en 2023, 80 % de plus en quatre ans."),
            _("257 cursus recensés fin 2024."),
            _(
                "Profils difficiles à recruter : data scientists, ingénieurs en apprentissage automatique, "
                "développeurs en vision et en langage, experts en sécurité."
            ),
        ),
        TOULEMPLOI,
    ),
    Resource(
        _("Le plan intelligence artificielle de la Région Occitanie"),
        _("Adopté le 11 juillet 2024 pour la période 2024-2028, il dispose de 60 millions d'euros."),
        (
            _("22 millions pour structurer la filière et soutenir ses projets de recherche."),
            _(
                "9 millions pour la formation, avec l'objectif de doubler le nombre d'étudiants, de demandeurs "
                "d'emploi et de salariés formés."
            ),
            _("Une ligne de conduite : une IA de confiance, explicable et responsable."),
        ),
        REGION,
    ),
    Resource(
        _("L'avis du Ceser Occitanie sur le plan IA"),
        _("Le conseil économique, social et environnemental régional s'est saisi du sujet en décembre 2025."),
        (
            _("13 recommandations, dont plusieurs sur la formation et l'emploi."),
            _("Une idée centrale : faire de la formation le pilier de la transition."),
        ),
        Source(
            "Centre Inffo, Le Quotidien de la formation",
            "https://www.centre-inffo.fr/site-centre-inffo/actualites-centre-inffo/le-quotidien-de-la-formation-actualite-formation-professionnelle-apprentissage/articles-2025/plan-ia-en-occitanie-le-ceser-veut-faire-de-la-formation-le-pilier-de-la-transition",
        ),
    ),
)
