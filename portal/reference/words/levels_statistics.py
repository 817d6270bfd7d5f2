"""What a person can be seen doing at each level of the skills of statistics: notions, practice, mastery."""

from portal.reference.words.shapes import Levels

STATISTICS_LEVELS: dict[str, Levels] = {
    "statistiques": (
        "Calcule une moyenne et une médiane et dit laquelle décrit le mieux un groupe.",
        "Décrit un jeu de données par ses chiffres clés et mesure le lien entre deux grandeurs.",
        "Choisit la méthode qui convient à une étude et repère les conclusions abusives des autres.",
    ),
    "probabilites": (
        "Calcule la chance d'un événement simple et reconnaît deux événements indépendants.",
        "Modélise une situation incertaine par une loi connue et en tire une prévision chiffrée.",
        "Construit un modèle de hasard pour un cas nouveau et en vérifie les hypothèses.",
    ),
    "tests-hypotheses": (
        "Explique pourquoi un écart entre deux groupes peut n'être dû qu'au hasard.",
        "Prépare un test A/B, fixe d'avance sa taille et conclut sans forcer le résultat.",
        "Conçoit une expérience à plusieurs facteurs et défend ses conclusions devant des experts.",
    ),
    "regression": (
        "Lit une droite de tendance et dit ce qu'elle prévoit et où elle cesse de valoir.",
        "Ajuste une régression, contrôle ses erreurs et explique le poids de chaque facteur.",
        "Choisit entre plusieurs modèles statistiques et sépare la cause de la simple coïncidence.",
    ),
    "algebre-lineaire": (
        "Multiplie deux petites matrices et dit ce que représente un vecteur de mesures.",
        "Calcule un gradient et explique comment un modèle s'en sert pour apprendre.",
        "Démontre ou adapte la méthode mathématique d'un article pour un nouveau modèle.",
    ),
    "optimisation": (
        "Décrit un problème de planning par un but à atteindre et des contraintes à respecter.",
        "Écrit un problème de tournées ou d'horaires pour un solveur et vérifie sa solution.",
        "Invente une méthode de résolution quand le problème est trop grand pour un solveur.",
    ),
    "series-temporelles": (
        "Distingue une tendance, une saison et un accident sur une courbe de ventes.",
        "Prévoit les mois suivants avec une marge d'erreur et compare à une prévision naïve.",
        "Conçoit les prévisions de milliers de séries et sait quand ne plus leur faire confiance.",
    ),
}
