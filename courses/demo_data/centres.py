"""Twelve apprenticeship centres (CFA) that do not exist; a body of `providers` answers for the courses of each."""

from dataclasses import dataclass
from typing import Final

from portal.accounts.demo_data.numbers import siret, telephone, uai


@dataclass(frozen=True)
class CentreFacts:
    """A CFA; `partner` is the key of the body that answers for its courses."""

    key: str
    rank: int
    name: str
    department: str
    town: str
    street: str
    partner: str
    presentation: str

    @property
    def uai(self) -> str:
        return uai(self.department, self.rank)

    @property
    def siret(self) -> str:
        return siret(900 + self.rank)

    @property
    def website(self) -> str:
        return f"https://cfa-{self.key}.example"

    @property
    def email(self) -> str:
        return f"accueil@cfa-{self.key}.example"

    @property
    def telephone(self) -> str:
        return telephone(self.department, 500 + self.rank)


CENTRES: Final[tuple[CentreFacts, ...]] = (
    CentreFacts(
        "mille-signaux",
        1,
        "CFA des Mille Signaux",
        "31",
        "Toulouse",
        "5 impasse du Vieux-Port-Saint-Sauveur",
        "mille-signaux",
        "Trois cents apprentis en électronique, en logiciel embarqué et en vision. Le centre tient une bourse aux "
        "contrats : un jeudi par mois, des entreprises viennent présenter leurs postes.",
    ),
    CentreFacts(
        "ellipses",
        2,
        "CFA des Ellipses",
        "31",
        "Labège",
        "104 allée des Ellipses",
        "hautes-etudes-calcul-occitan",
        "L'apprentissage du bac+3 au bac+5 en sciences des données. Deux jours de cours, trois jours en entreprise, "
        "avec un tuteur scientifique et un tuteur de métier.",
    ),
    CentreFacts(
        "autan",
        3,
        "CFA de l'Autan Numérique",
        "31",
        "Colomiers",
        "33 avenue des Planeurs",
        "escola-numerica",
        "Du bac au bac+2, pour apprendre un métier technique du numérique sans quitter l'ouest toulousain. Un "
        "internat associé accueille les jeunes venus du Gers et du Comminges.",
    ),
    CentreFacts(
        "rives-du-lez",
        4,
        "CFA des Rives du Lez",
        "34",
        "Montpellier",
        "212 rue des Micocouliers",
        "haute-ecole-lez",
        "Formations en alternance du bac+2 au bac+5. Le service des contrats relit les annonces avec les candidats et "
        "organise des entretiens d'entraînement.",
    ),
    CentreFacts(
        "saladelle",
        5,
        "CFA La Saladelle",
        "34",
        "Montpellier",
        "70 avenue des Étangs",
        "ecusson-savoirs",
        "Commerce, gestion et données : des diplômes de bureau où l'on apprend aussi à automatiser. La moitié des "
        "apprentis a plus de vingt-quatre ans.",
    ),
    CentreFacts(
        "pont-canal",
        6,
        "CFA du Pont-Canal",
        "34",
        "Béziers",
        "8 quai du Halage",
        "neuf-ecluses",
        "Un petit centre de cent vingt apprentis, tourné vers la gestion et le support informatique des entreprises "
        "du Biterrois.",
    ),
    CentreFacts(
        "sept-tours",
        7,
        "CFA des Sept Tours",
        "30",
        "Nîmes",
        "35 rue des Lavandières-d'En-Haut",
        "sept-collines",
        "Parcours en alternance vers la donnée et la relation aux usagers. Le centre aide à passer le permis et prête "
        "des vélos pour rejoindre l'entreprise.",
    ),
    CentreFacts(
        "tramontane",
        8,
        "CFA Tramontane",
        "66",
        "Perpignan",
        "26 rue du Vent-d'En-Haut",
        "tramontane-competences",
        "Logistique, support et développement : l'apprentissage pour les métiers qui recrutent en plaine du "
        "Roussillon, avec des échanges à Gérone.",
    ),
    CentreFacts(
        "verriers",
        9,
        "CFA des Verriers",
        "81",
        "Albi",
        "54 avenue des Verriers-d'Art",
        "tarn-lumieres",
        "Développement, données et réseaux en alternance, du bac+2 au bac+3, au service des entreprises du Tarn et de "
        "l'Aveyron.",
    ),
    CentreFacts(
        "embergue",
        10,
        "CFA de l'Embergue",
        "12",
        "Rodez",
        "10 rue de l'Embergue-Basse",
        "causses-donnees",
        "Un centre interentreprises : gestion, données et maintenance connectée. Le rythme, une semaine sur trois, "
        "tient compte des distances du département.",
    ),
    CentreFacts(
        "ajusteurs",
        11,
        "CFA des Ajusteurs Réunis",
        "65",
        "Tarbes",
        "Rue des Ajusteurs-Réunis",
        "adour-machines",
        "Maintenance, robotique et capteurs en alternance. Les apprentis réparent les machines du plateau technique "
        "et en gardent la trace dans un carnet numérique.",
    ),
    CentreFacts(
        "faubourg",
        12,
        "CFA du Faubourg",
        "82",
        "Montauban",
        "42 faubourg des Imprimeurs",
        "tescou-tertiaire",
        "Métiers du bureau et de l'assistance numérique. Chaque apprenti mène un projet d'automatisation dans son "
        "entreprise, présenté devant les autres en fin d'année.",
    ),
)
