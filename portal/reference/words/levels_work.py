"""What a person can be seen doing at each level: AI in products, at the desk, in automation and in training."""

from portal.reference.words.shapes import Levels

_PRODUCT: dict[str, Levels] = {
    "cas-usage-ia": (
        "Décrit une tâche de son travail où une IA pourrait aider, et une où elle nuirait.",
        "Mène des entretiens, classe les idées par utilité et difficulté et en essaie une.",
        "Bâtit la liste des usages de toute une organisation et en écarte les mauvais, chiffres en main.",
    ),
    "produit-ia": (
        "Reformule le besoin d'un utilisateur en une phrase vérifiable.",
        "Tient la liste des améliorations d'un produit et choisit les prochaines avec l'équipe.",
        "Décide de la direction d'un produit d'IA et renonce à ce qui ne sert pas.",
    ),
    "projet-ia": (
        "Cite les étapes d'un projet de données et la place de chacun.",
        "Conduit un projet de données de l'essai à la mise en service, en tenant délais et budget.",
        "Dirige plusieurs projets incertains à la fois et sait en arrêter un à temps.",
    ),
    "conduite-changement-ia": (
        "Écoute les craintes d'une équipe devant un outil d'IA et les rapporte fidèlement.",
        "Prépare l'arrivée d'un outil : information, essais avec l'équipe, aide au démarrage.",
        "Mène la transformation d'un métier avec ses représentants et corrige le plan en route.",
    ),
    "valeur-ia": (
        "Liste ce qu'un projet d'IA coûte et ce qu'il doit rapporter.",
        "Mesure avant et après le temps gagné et la qualité, et compare à la dépense.",
        "Construit la mesure de valeur de tous les projets et fait arrêter ceux qui perdent.",
    ),
    "choix-solutions-ia": (
        "Compare deux outils d'IA sur le prix, les données et les conditions d'usage.",
        "Écrit un cahier des charges, organise un essai et note les offres.",
        "Négocie un contrat d'IA : données, qualité promise, sortie possible.",
    ),
    "experience-utilisateur-ia": (
        "Observe une personne utiliser un outil et note où elle hésite.",
        "Dessine un écran, l'essaie avec cinq personnes et le corrige.",
        "Conçoit l'usage d'un service d'IA qui dit ses doutes et laisse la main à la personne.",
    ),
    "strategie-ia": (
        "Résume les priorités d'IA de son organisation et ce qu'elles changent dans son travail.",
        "Rédige un plan d'action d'IA chiffré pour un service ou une petite entreprise.",
        "Fixe le cap d'une grande organisation, répartit les moyens et en rend compte.",
    ),
    "veille-ia": (
        "Suit deux ou trois sources fiables et signale une nouveauté utile.",
        "Trie les annonces, essaie ce qui compte et en publie une synthèse régulière.",
        "Lit les articles de recherche, repère les résultats fragiles et oriente des choix.",
    ),
}

_OFFICE: dict[str, Levels] = {
    "assistants-ia": (
        "Pose une question à un assistant et n'y met aucune information confidentielle.",
        "Emploie chaque semaine un assistant pour des tâches variées et relit tout ce qu'il rend.",
        "Choisit l'assistant qui convient à chaque tâche et fait progresser ses collègues.",
    ),
    "redaction-ia": (
        "Fait reformuler un courrier par une IA et corrige ce qui ne convient pas.",
        "Prépare avec une IA un texte long, à son ton, et en vérifie chaque fait.",
        "Met au point des modèles de textes pour un service et garantit leur qualité.",
    ),
    "synthese-ia": (
        "Obtient le résumé d'une page et le compare avec l'original.",
        "Résume un dossier de plusieurs documents et repère ce que l'IA a oublié.",
        "Organise la synthèse de gros dossiers, avec renvois aux pages et contrôle des erreurs.",
    ),
    "tableur-ia": (
        "Demande une formule à une IA et l'essaie sur un cas dont la réponse est connue.",
        "Construit un tableau de calcul avec une IA et en contrôle les totaux.",
        "Refait un classeur complexe avec une IA et prouve qu'il donne les mêmes résultats.",
    ),
    "presentation-ia": (
        "Produit quelques pages avec une IA et remplace ce qui est faux ou vague.",
        "Prépare un diaporama complet, clair, à la charte de son organisation.",
        "Crée des modèles et des visuels réutilisés par une équipe, accessibles à tous.",
    ),
    "recherche-ia": (
        "Interroge une IA de recherche et ouvre la source avant de la croire.",
        "Croise les réponses avec d'autres sources et garde la trace de sa recherche.",
        "Mène une recherche difficile, évalue la fiabilité de chaque source et forme d'autres.",
    ),
    "comptes-rendus-ia": (
        "Demande l'accord de tous, enregistre et relit une transcription.",
        "Tire d'une transcription un compte rendu juste : décisions, responsables et dates.",
        "Fixe les règles d'enregistrement d'une organisation et traite les réunions sensibles.",
    ),
    "verification-ia": (
        "Repère une réponse d'IA trop belle et cherche une seconde source.",
        "Vérifie méthodiquement chiffres, noms et citations d'une réponse longue.",
        "Construit les contrôles d'un service et montre aux autres les pièges les plus courants.",
    ),
    "usage-prudent-ia": (
        "Cite trois informations à ne jamais confier à une IA publique.",
        "Applique la charte de son organisation et signale chaque usage d'une IA.",
        "Écrit une charte d'usage de l'IA, l'explique et la fait vivre dans les équipes.",
    ),
}

_AUTOMATION: dict[str, Levels] = {
    "automatisation-nocode": (
        "Active une automatisation toute prête entre deux logiciels et vérifie son effet.",
        "Construit un enchaînement de plusieurs étapes avec conditions et alerte en cas d'échec.",
        "Conçoit et documente les automatisations d'un service, sûres et faciles à reprendre.",
    ),
    "rpa": (
        "Lance un robot logiciel existant et reconnaît quand il s'est arrêté.",
        "Programme un robot qui saisit des données dans un logiciel et traite les imprévus.",
        "Pilote un parc de robots et décide quelles tâches ne pas leur confier.",
    ),
    "applications-nocode": (
        "Modifie un formulaire ou une liste dans une application sans code.",
        "Crée une application utile à son équipe, avec données reliées et droits d'accès.",
        "Conçoit des applications pour toute une organisation et sait quand passer au code.",
    ),
    "analyse-processus": (
        "Décrit son travail étape par étape et nomme celle qui fait perdre du temps.",
        "Dessine un processus avec ceux qui le vivent et propose des simplifications.",
        "Refond un processus entre plusieurs services et prouve le gain par des mesures.",
    ),
    "scripts-bureautiques": (
        "Enregistre une macro et la relance sur un autre fichier.",
        "Écrit une macro qui traite plusieurs fichiers et prévient des erreurs.",
        "Construit un outil de bureau fiable, documenté, utilisé par d'autres sans son aide.",
    ),
    "assistants-nocode": (
        "Prépare un assistant simple avec une consigne et un document.",
        "Règle un assistant pour une équipe, avec ses sources, ses limites et ses essais.",
        "Déploie plusieurs assistants, suit leurs erreurs et retire ceux qui ne servent pas.",
    ),
}

_TRAINING: dict[str, Levels] = {
    "formation-ia": (
        "Montre un outil d'IA à un collègue et répond à ses premières questions.",
        "Anime une journée de formation à l'IA avec des exercices tirés du travail du groupe.",
        "Forme des publics très différents, évalue ce qu'ils ont retenu et prépare d'autres formateurs.",
    ),
    "conception-formation-ia": (
        "Rédige un exercice sur l'IA avec son objectif et sa correction.",
        "Conçoit un module complet : objectifs, activités, évaluation, supports faits avec l'IA.",
        "Bâtit un parcours entier, le fait évaluer et l'améliore d'après les résultats.",
    ),
    "sensibilisation-ia": (
        "Explique l'IA à un proche avec un exemple juste et sans jargon.",
        "Anime un atelier de découverte pour le grand public et répond aux inquiétudes.",
        "Conçoit une campagne de sensibilisation et l'adapte à chaque public.",
    ),
    "support-ia": (
        "Note la demande d'un utilisateur et retrouve la réponse dans un guide.",
        "Dépanne les problèmes courants d'un outil d'IA et en écrit le mode d'emploi.",
        "Organise l'aide aux utilisateurs et fait corriger l'outil d'après leurs questions.",
    ),
    "mediation-numerique": (
        "Aide une personne à faire une démarche en ligne sans la faire à sa place.",
        "Évalue ce qu'une personne sait faire et l'amène à être autonome en quelques séances.",
        "Monte un lieu ou un programme d'aide au numérique et en forme les aidants.",
    ),
}

WORK_LEVELS: dict[str, Levels] = {**_PRODUCT, **_OFFICE, **_AUTOMATION, **_TRAINING}
