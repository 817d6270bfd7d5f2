"""How employers speak of the posts they open: titles and tasks for each job profile."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class PostWords:
    """`titles` as written in adverts; `tasks` are sentences of the description, in any order."""

    titles: tuple[str, ...]
    tasks: tuple[str, ...]


POSTS: Final[dict[str, PostWords]] = {
    "data-analyst": PostWords(
        (
            "Data analyst H/F",
            "Analyste de données",
            "Chargé d'études statistiques H/F",
            "Analyste reporting et indicateurs",
        ),
        (
            "Vous construisez et tenez à jour les tableaux de bord des équipes.",
            "Vous transformez des questions floues en chiffres utiles.",
            "Vous fiabilisez les données avec les services qui les saisissent.",
            "Vous présentez chaque mois trois constats et une proposition.",
        ),
    ),
    "technicien-ia-embarquee": PostWords(
        (
            "Technicien de maintenance et capteurs H/F",
            "Technicienne, technicien d'équipements connectés",
            "Technicien vision et robotique d'atelier H/F",
            "Installateur de capteurs H/F",
        ),
        (
            "Vous installez et réglez caméras, capteurs et boîtiers de calcul.",
            "Vous diagnostiquez une panne, mécanique ou de mesure.",
            "Vous tenez l'historique des interventions.",
            "Vous formez les opérateurs aux gestes simples.",
        ),
    ),
    "technicien-donnees": PostWords(
        (
            "Technicien données H/F",
            "Gestionnaire de base de données métier",
            "Assistant données et qualité H/F",
            "Technicienne, technicien données de production",
        ),
        (
            "Vous contrôlez chaque matin les données de la veille.",
            "Vous corrigez à la source plutôt que dans le fichier.",
            "Vous préparez les extractions demandées par les services.",
            "Vous tenez le dictionnaire des données à jour.",
        ),
    ),
    "data-scientist": PostWords(
        (
            "Data scientist H/F",
            "Ingénieur modélisation et prévision H/F",
            "Scientifique des données",
            "Data scientist séries temporelles",
        ),
        (
            "Vous cadrez la question avec les équipes avant de modéliser.",
            "Vous comparez des modèles et dites ce qu'ils valent.",
            "Vous préparez la mise en service avec les ingénieurs.",
            "Vous expliquez une prévision à des non-spécialistes.",
        ),
    ),
    "developpeur-ia-generative": PostWords(
        (
            "Développeur IA générative H/F",
            "Développeuse, développeur Python et modèles de langage",
            "Ingénieur d'application IA H/F",
            "Développeur assistants documentaires H/F",
        ),
        (
            "Vous construisez des assistants qui citent leurs sources.",
            "Vous évaluez chaque version sur un jeu de questions.",
            "Vous branchez les modèles sur nos outils, avec des droits limités.",
            "Vous écrivez des essais et relisez le code des autres.",
        ),
    ),
    "developpeur-applications-ia": PostWords(
        (
            "Développeur d'applications d'IA H/F",
            "Développeuse, développeur Python et interfaces",
            "Développeur logiciel, intégration de l'IA H/F",
        ),
        (
            "Vous branchez des modèles existants sur nos logiciels.",
            "Vous programmez l'écran et le service, et leurs essais.",
            "Vous prévoyez ce qui se passe quand le modèle se trompe.",
            "Vous livrez par petites étapes, avec les utilisateurs.",
        ),
    ),
    "ingenieur-cloud-donnees": PostWords(
        (
            "Ingénieur cloud et données H/F",
            "Administratrice, administrateur de serveurs et de conteneurs",
            "Ingénieur d'exploitation H/F",
        ),
        (
            "Vous installez et tenez les serveurs de données et de modèles.",
            "Vous écrivez l'infrastructure comme un programme.",
            "Vous surveillez pannes, coûts et énergie.",
            "Vous gérez accès, secrets et sauvegardes.",
        ),
    ),
    "data-engineer": PostWords(
        (
            "Data engineer H/F",
            "Ingénieure, ingénieur de données",
            "Développeur flux de données H/F",
            "Architecte de données junior H/F",
        ),
        (
            "Vous bâtissez des chaînes de traitement que l'on peut relancer.",
            "Vous modélisez l'entrepôt avec les analystes.",
            "Vous surveillez qualité, délais et coûts.",
            "Vous documentez ce que vous livrez.",
        ),
    ),
    "assistant-administratif-ia": PostWords(
        (
            "Assistant administratif H/F",
            "Secrétaire polyvalente, polyvalent",
            "Gestionnaire administratif et accueil H/F",
            "Assistante, assistant de direction",
        ),
        (
            "Vous accueillez, renseignez et orientez.",
            "Vous rédigez courriers et comptes rendus, avec une aide que vous vérifiez.",
            "Vous suivez les dossiers et les relances.",
            "Vous proposez ce qui peut être automatisé.",
        ),
    ),
    "controleur-gestion-data": PostWords(
        (
            "Contrôleur de gestion H/F",
            "Contrôleuse, contrôleur de gestion et données",
            "Analyste de performance H/F",
            "Comptable orienté données H/F",
        ),
        (
            "Vous automatisez les états mensuels sans perdre le contrôle.",
            "Vous expliquez les écarts aux responsables.",
            "Vous construisez budget et prévisions.",
            "Vous fiabilisez les données de coûts.",
        ),
    ),
    "charge-communication-ia": PostWords(
        (
            "Chargé de communication H/F",
            "Responsable éditoriale, éditorial",
            "Chargé de marketing numérique H/F",
            "Animatrice, animateur de réseaux sociaux",
        ),
        (
            "Vous préparez le calendrier et les contenus.",
            "Vous créez visuels et textes, en disant ce qui vient d'une machine.",
            "Vous mesurez ce qui est lu et corrigez.",
            "Vous répondez aux avis et aux questions.",
        ),
    ),
    "ingenieur-ia-embarquee": PostWords(
        (
            "Ingénieur IA embarquée H/F",
            "Développeuse, développeur logiciel embarqué et IA",
            "Ingénieur traitement du signal H/F",
            "Ingénieure, ingénieur essais et perception",
        ),
        (
            "Vous faites tenir un modèle dans un boîtier.",
            "Vous mesurez consommation et temps de réponse.",
            "Vous préparez les dossiers de sûreté.",
            "Vous menez des essais, au banc puis en vrai.",
        ),
    ),
    "technicien-support-ia": PostWords(
        (
            "Technicien support H/F",
            "Conseillère, conseiller support aux utilisateurs",
            "Référent outils numériques H/F",
            "Technicien d'assistance et de formation H/F",
        ),
        (
            "Vous répondez aux demandes et suivez leur résolution.",
            "Vous installez et paramétrez les assistants d'IA.",
            "Vous écrivez des fiches d'aide claires.",
            "Vous animez de courtes séances de prise en main.",
        ),
    ),
    "annotateur-donnees": PostWords(
        (
            "Annotateur de données H/F",
            "Opératrice, opérateur de contrôle d'images",
            "Opérateur de saisie et d'annotation H/F",
            "Évaluateur de réponses d'IA H/F",
        ),
        (
            "Vous annotez images ou textes selon une consigne écrite.",
            "Vous signalez les cas douteux.",
            "Vous contrôlez le travail d'un collègue, et lui le vôtre.",
            "Vous proposez des améliorations de la consigne.",
        ),
    ),
    "ingenieur-vision": PostWords(
        (
            "Ingénieur vision par ordinateur H/F",
            "Développeuse, développeur traitement d'images",
            "Ingénieur imagerie et détection H/F",
            "Chercheur appliqué en vision H/F",
        ),
        (
            "Vous choisissez optique, lumière et modèle.",
            "Vous constituez des jeux d'images équilibrés.",
            "Vous suivez les erreurs avec la production.",
            "Vous livrez un service rapide et mesuré.",
        ),
    ),
    "charge-ia-sante": PostWords(
        (
            "Chargé de données de santé H/F",
            "Référente, référent données et IA du soin",
            "Attaché aux données cliniques H/F",
            "Coordinateur qualité et données H/F",
        ),
        (
            "Vous faites le lien entre soignants et informaticiens.",
            "Vous suivez la qualité des données et le respect du secret.",
            "Vous évaluez un outil avant qu'il entre dans un service.",
            "Vous formez les équipes à ses limites.",
        ),
    ),
    "ingenieur-apprentissage-automatique": PostWords(
        (
            "Ingénieur apprentissage automatique H/F",
            "Machine learning engineer",
            "Ingénieure, ingénieur en modèles profonds",
            "Ingénieur de recherche appliquée H/F",
        ),
        (
            "Vous entraînez et comparez des modèles.",
            "Vous rendez les modèles plus petits et plus rapides.",
            "Vous écrivez des essais qui empêchent de régresser.",
            "Vous suivez la recherche et en gardez l'utile.",
        ),
    ),
    "responsable-conformite-ia": PostWords(
        (
            "Responsable conformité de l'IA H/F",
            "Juriste données et IA",
            "Déléguée, délégué à la protection des données",
            "Chargé d'éthique et de conformité H/F",
        ),
        (
            "Vous tenez le registre des systèmes d'IA.",
            "Vous conduisez les analyses d'impact.",
            "Vous relisez contrats et cahiers des charges.",
            "Vous formez les métiers à leurs obligations.",
        ),
    ),
    "referent-ia": PostWords(
        (
            "Référent IA H/F",
            "Chargée, chargé de projet numérique",
            "Assistant organisation et numérique H/F",
            "Animateur de la transformation numérique H/F",
        ),
        (
            "Vous repérez les tâches qui gagneraient à changer.",
            "Vous testez les outils avec les équipes.",
            "Vous écrivez des règles d'usage simples.",
            "Vous mesurez ce qui a vraiment été gagné.",
        ),
    ),
    "geomaticien-ia": PostWords(
        (
            "Géomaticien H/F",
            "Chargée, chargé d'études cartographiques",
            "Ingénieur images satellites H/F",
            "Technicien géomatique et drones H/F",
        ),
        (
            "Vous croisez images, relevés et données ouvertes.",
            "Vous produisez des cartes que l'on comprend.",
            "Vous automatisez la détection des changements.",
            "Vous vérifiez sur le terrain.",
        ),
    ),
    "concepteur-assistants-ia": PostWords(
        (
            "Concepteur d'assistants IA H/F",
            "Rédactrice, rédacteur conversationnel",
            "Concepteur de consignes et d'évaluations H/F",
            "Chargé de relation numérique H/F",
        ),
        (
            "Vous écrivez et testez les consignes de nos assistants.",
            "Vous lisez les conversations et corrigez ce qui agace.",
            "Vous préparez la reprise par une personne.",
            "Vous notez les réponses avec une grille partagée.",
        ),
    ),
    "ingenieur-mlops": PostWords(
        ("Ingénieur MLOps H/F", "Ingénieure, ingénieur de plateforme IA", "Ingénieur fiabilité des modèles H/F"),
        (
            "Vous automatisez la livraison des modèles.",
            "Vous surveillez dérive, délais et consommation.",
            "Vous protégez accès et secrets.",
            "Vous conduisez les incidents jusqu'à leur leçon.",
        ),
    ),
    "developpeur-no-code-ia": PostWords(
        (
            "Chargé d'automatisation H/F",
            "Développeuse, développeur sans code",
            "Technicien automatisation de processus H/F",
        ),
        (
            "Vous dessinez les procédures avec ceux qui les vivent.",
            "Vous construisez des automatismes surveillés.",
            "Vous prévoyez la reprise par une personne.",
            "Vous formez les utilisateurs.",
        ),
    ),
    "conseiller-agriculture-numerique": PostWords(
        (
            "Conseiller en agriculture numérique H/F",
            "Technicienne, technicien agronomie et capteurs",
            "Animateur de groupe et outils d'observation H/F",
        ),
        (
            "Vous conseillez sur place, sans rien vendre.",
            "Vous installez et étalonnez des capteurs.",
            "Vous exploitez images et relevés de parcelles.",
            "Vous animez les échanges entre exploitants.",
        ),
    ),
    "chef-produit-ia": PostWords(
        ("Chef de produit IA H/F", "Cheffe, chef de projet données", "Responsable de produit numérique H/F"),
        (
            "Vous écoutez les utilisateurs et décidez de l'ordre des choses.",
            "Vous tenez budget, délais et promesses.",
            "Vous mesurez la valeur rendue.",
            "Vous savez arrêter ce qui ne sert pas.",
        ),
    ),
    "expert-securite-ia": PostWords(
        ("Expert sécurité de l'IA H/F", "Analyste en cybersécurité", "Ingénieure, ingénieur sécurité des modèles"),
        (
            "Vous éprouvez nos assistants et nos modèles.",
            "Vous durcissez accès, données et livraisons.",
            "Vous préparez et menez les exercices de crise.",
            "Vous rendez compte en langage clair.",
        ),
    ),
    "formateur-ia": PostWords(
        ("Formateur aux usages de l'IA H/F", "Formatrice, formateur numérique et IA", "Concepteur de formations H/F"),
        (
            "Vous concevez et animez des ateliers pour des publics variés.",
            "Vous adaptez vos supports à chacun.",
            "Vous suivez les progrès et ajustez.",
            "Vous tenez une veille utile.",
        ),
    ),
}
