"""What a person can be seen doing at each level: models in service, and models inside devices."""

from portal.reference.words.shapes import Levels

_OPERATIONS: dict[str, Levels] = {
    "mlops": (
        "Décrit le chemin d'un modèle, de l'essai au service rendu, et ce qui peut y casser.",
        "Automatise l'entraînement, le contrôle et la livraison d'un modèle.",
        "Organise la vie de nombreux modèles dans une entreprise, de leurs versions à leur retrait.",
    ),
    "conteneurs": (
        "Lance un logiciel dans un conteneur fourni et lit son journal.",
        "Écrit la recette d'un conteneur léger et relie plusieurs conteneurs entre eux.",
        "Définit les conteneurs d'une équipe, sûrs et à jour, et dépanne les cas difficiles.",
    ),
    "kubernetes": (
        "Affiche l'état des services d'un groupe de serveurs et redémarre celui qui est bloqué.",
        "Déploie une application sur Kubernetes, avec ses réglages, ses secrets et ses limites.",
        "Conçoit et exploite des groupes de serveurs qui supportent la perte de l'un d'eux.",
    ),
    "ci-cd": (
        "Lit le compte rendu d'un contrôle automatique et dit quelle étape a échoué.",
        "Écrit la chaîne qui contrôle et publie un logiciel à chaque changement.",
        "Conçoit des livraisons fréquentes, sans arrêt du service, avec retour en arrière possible.",
    ),
    "cloud": (
        "Crée un espace de stockage chez un hébergeur et surveille ce qu'il coûte.",
        "Installe une application sur des serveurs loués, avec ses droits et ses sauvegardes.",
        "Choisit et décrit toute une infrastructure louée, sûre, réversible et au juste coût.",
    ),
    "surveillance-modeles": (
        "Lit le tableau de suivi d'un modèle et signale une baisse de ses résultats.",
        "Installe des alertes sur les données et les réponses d'un modèle et cherche la cause.",
        "Décide quand réentraîner ou arrêter un modèle, et prouve que le remède a marché.",
    ),
    "mise-en-service-modeles": (
        "Appelle un modèle déjà en service et mesure son temps de réponse.",
        "Met un modèle à disposition par une API et essaie sa tenue à la charge.",
        "Sert des modèles à de très nombreux utilisateurs, vite, sans arrêt et sans gaspillage.",
    ),
    "suivi-experiences": (
        "Note pour chaque essai les données, les réglages et le résultat obtenu.",
        "Enregistre ses essais dans un outil et refait à l'identique un essai passé.",
        "Impose à une équipe un suivi qui permet de refaire et de comparer tous ses essais.",
    ),
    "calcul-gpu": (
        "Lance un calcul sur une carte graphique et vérifie qu'elle travaille vraiment.",
        "Réserve des machines, répartit un entraînement et reprend après une coupure.",
        "Réduit fortement le temps d'un calcul en mesurant où il se perd, sur plusieurs machines.",
    ),
    "orchestration-taches": (
        "Repère dans un calendrier de traitements celui qui a échoué et le relance.",
        "Enchaîne des traitements qui dépendent les uns des autres, avec reprises et alertes.",
        "Conçoit les enchaînements de tout un service et tient leurs délais même en cas de panne.",
    ),
    "ia-frugale": (
        "Cite ce qui consomme dans une IA et compare deux outils sur ce point.",
        "Mesure l'énergie d'un modèle et choisit le plus petit qui rend le service.",
        "Fixe un budget d'énergie à un projet et renonce à l'IA quand elle ne le vaut pas.",
    ),
}

_EMBEDDED: dict[str, Levels] = {
    "ia-embarquee": (
        "Explique pourquoi un modèle tourne dans un appareil plutôt que sur internet.",
        "Installe un modèle prêt sur une carte et mesure sa vitesse et sa chauffe.",
        "Conçoit un produit dont l'IA tient dans la mémoire et l'énergie d'un petit appareil.",
    ),
    "compression-modeles": (
        "Explique ce que l'on gagne et ce que l'on risque en allégeant un modèle.",
        "Réduit la taille d'un modèle avec un outil et mesure la justesse perdue.",
        "Combine plusieurs méthodes d'allègement pour tenir une limite sans dégrader le service.",
    ),
    "systemes-embarques": (
        "Branche une carte électronique, y charge un programme fourni et lit une mesure.",
        "Programme une carte qui lit des capteurs et commande un moteur dans les délais.",
        "Conçoit un système embarqué sûr, économe et mis à jour à distance.",
    ),
    "capteurs-iot": (
        "Pose un capteur connecté, l'associe à son application et vérifie ses mesures.",
        "Installe un réseau de capteurs, règle ses envois et remplace ceux qui dérivent.",
        "Choisit capteurs, réseau et protections pour un site entier et garantit ses mesures.",
    ),
    "accelerateurs-ia": (
        "Cite les types de puces pour l'IA et ce que chacune fait le mieux.",
        "Prépare un modèle pour une puce donnée et corrige les opérations refusées.",
        "Choisit ou conçoit le matériel d'un produit par des mesures de vitesse et d'énergie.",
    ),
    "robotique": (
        "Met un robot en marche et à l'arrêt en sécurité et rejoue un programme existant.",
        "Programme les mouvements d'un robot à partir de ses capteurs et règle sa précision.",
        "Conçoit une cellule robotisée complète et prouve qu'elle est sûre pour les personnes.",
    ),
    "traitement-signal": (
        "Reconnaît sur un signal le bruit, une période et un choc.",
        "Filtre un signal et en tire les mesures utiles à un modèle.",
        "Met au point un traitement pour un capteur nouveau et justifie chaque réglage.",
    ),
    "maintenance-equipements-ia": (
        "Suit une notice pour nettoyer, redémarrer et contrôler un appareil doté d'IA.",
        "Installe un équipement, met à jour son modèle et trouve l'origine d'une panne courante.",
        "Organise la maintenance d'un parc d'équipements et règle les pannes que d'autres laissent.",
    ),
}

OPERATION_LEVELS: dict[str, Levels] = {**_OPERATIONS, **_EMBEDDED}
