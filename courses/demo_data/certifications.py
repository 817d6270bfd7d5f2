"""Invented certifications with their codes: they vote when codes are proposed for a course, and nothing else."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class LabelledFacts:
    """A title, its European level, its ROME codes and its Formacodes, both of the demonstration's own words."""

    title: str
    level: int | None
    rome: str
    formacodes: str


# one that courses lead to and that is over, and the one that takes its place
EXPIRED: Final[dict[str, str]] = {"Concepteur d'assistants d'IA générative": "DEMO-0002"}
EXPIRED_SINCE_DAYS: Final = 75

LABELLED: Final[tuple[LabelledFacts, ...]] = (
    LabelledFacts("Data analyst", 6, "M1419", "31025 11016"),
    LabelledFacts("Analyste de données et statistiques", 6, "M1419 M1414", "11036 11016"),
    LabelledFacts("Data scientist", 7, "M1405", "31026 31028"),
    LabelledFacts("Expert en apprentissage automatique et science des données", 7, "M1405 M1889", "31026 31028"),
    LabelledFacts("Data engineer", 7, "M1811", "31023 31052"),
    LabelledFacts("Développeur de bases de données SQL", 5, "M1894 M1868", "30887 31036"),
    LabelledFacts("Utiliser le langage SQL pour interroger des données", None, "M1894", "30887"),
    LabelledFacts("Programmer en Python", None, "M1805", "30812 31088"),
    LabelledFacts("Développeur web et application mobile", 5, "M1855 M1861", "31090 31089"),
    LabelledFacts("Concepteur développeur d'applications", 6, "M1861 M1805", "31088 31057"),
    LabelledFacts("Concepteur d'applications sans code", 5, "M1887", "31088"),
    LabelledFacts("Ingénieur en intelligence artificielle", 7, "M1889", "31028"),
    LabelledFacts("Développeur en IA générative et agents conversationnels", 6, "M1889", "31028 14240"),
    LabelledFacts("Vision par ordinateur et analyse d'images", 7, "M1889", "46280 46006"),
    LabelledFacts("Intelligence artificielle embarquée et objets connectés", 7, "M1873 M1892", "24346 46265"),
    LabelledFacts("Technicien d'objets connectés", 5, "I1320 I1314", "46265"),
    LabelledFacts("Administrateur cloud et DevOps", 6, "M1827 M1860", "31011 31034"),
    LabelledFacts("Analyste en cybersécurité", 6, "M1844", "31006"),
    LabelledFacts("Expert en sécurité des systèmes d'information", 7, "M1856 M1819", "31006 24293"),
    LabelledFacts("Délégué à la protection des données", 6, "K1906", "13238 13235"),
    LabelledFacts("Juriste du numérique", 7, "K1903 K1906", "13235 13253"),
    LabelledFacts("Créer des tableaux de bord décisionnels", None, "M1851 M1824", "31014 11018"),
    LabelledFacts("Contrôleur de gestion et données", 6, "M1204 M1222", "32652"),
    LabelledFacts("Comptable assistant", 4, "M1203", "32663"),
    LabelledFacts("Tableur : traiter et présenter des données", None, "M1602", "15052"),
    LabelledFacts("Secrétaire assistant", 4, "M1607 M1604", "35054 15052"),
    LabelledFacts("Chargé de communication numérique", 6, "E1112 M1718", "46347 34093"),
    LabelledFacts("Créateur de contenus et d'images numériques", 5, "E1104", "46202"),
    LabelledFacts("Animateur de communauté en ligne", 5, "E1101", "46347"),
    LabelledFacts("Chef de projet informatique", 7, "M1853", "31094"),
    LabelledFacts("Référent numérique et intelligence artificielle dans l'entreprise", None, "M1402", "32016 31028"),
    LabelledFacts("Directeur de la transformation numérique", 7, "M1426 M1423", "32016 32070"),
    LabelledFacts("Formateur d'adultes", 5, "K2111", "44586"),
    LabelledFacts("Ingénieur pédagogique multimédia", 7, "K2119", "44554"),
    LabelledFacts("Technicien support informatique", 4, "I1404 I1401", "31051"),
    LabelledFacts("Technicien de maintenance industrielle", 4, "I1304", "31624 24431"),
    LabelledFacts("Technicien en automatismes et robotique", 5, "I1302", "24454 24451"),
    LabelledFacts("Prévoir les pannes d'une machine par ses capteurs", None, "I1304 I1302", "24431"),
    LabelledFacts("Préparateur de commandes en entrepôt", 3, "N1103 N1110", "31845"),
    LabelledFacts("Agriculture de précision et outils numériques", 5, "A1304 A1416", "21052 21054"),
    LabelledFacts("Cartographe et géomaticien", 6, "M1808", "12232"),
    LabelledFacts("Pilote de drone professionnel", None, "N2206", "31862"),
    LabelledFacts("Aide-soignant", 4, "J1501", "43454"),
    LabelledFacts("Spécialiste de la santé numérique", 7, "M1880 H1223", "43454 12008"),
    LabelledFacts("Boulanger", 3, "D1102", ""),
    LabelledFacts("Conducteur routier", 3, "N4101", "31845"),
    LabelledFacts("Électricien du bâtiment", 3, "F1602", ""),
)
