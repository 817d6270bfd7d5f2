"""What a person can be seen doing at each level of the skills of data: notions, practice, mastery."""

from portal.reference.words.shapes import Levels

DATA_LEVELS: dict[str, Levels] = {
    "sql": (
        "Lit une requête SQL simple et en explique le résultat.",
        "Écrit une requête qui relie plusieurs tables, regroupe des lignes et vérifie les totaux.",
        "Réécrit une requête lente sur une grande base et explique à d'autres ce qui l'a accélérée.",
    ),
    "bases-de-donnees": (
        "Se connecte à une base, retrouve ses tables et dit ce que chacune contient.",
        "Crée une base, règle les droits, planifie ses sauvegardes et en restaure une.",
        "Garantit qu'une base répond vite et sans arrêt, et la répare après un incident grave.",
    ),
    "nosql": (
        "Retrouve un document dans une base NoSQL et dit en quoi elle diffère d'un tableau.",
        "Conçoit le rangement des documents d'une application et les interroge sans lenteur.",
        "Choisit le type de base qui convient à un besoin et la répartit sur plusieurs serveurs.",
    ),
    "modelisation-donnees": (
        "Lit un schéma de base et explique comment deux tables sont reliées.",
        "Dessine le modèle des données d'un service à partir d'entretiens avec ses utilisateurs.",
        "Conçoit un modèle commun à plusieurs services et arbitre leurs définitions opposées.",
    ),
    "nettoyage-donnees": (
        "Repère à l'œil des doublons, des cases vides et des dates mal écrites dans un tableau.",
        "Nettoie un fichier de milliers de lignes avec un outil et note chaque correction faite.",
        "Construit un nettoyage qui se relance tout seul et signale les erreurs jamais vues.",
    ),
    "exploration-donnees": (
        "Calcule un total, une moyenne et un classement sur un tableau et dit ce qui en ressort.",
        "Croise plusieurs fichiers, formule une explication et montre ce qui la confirme ou non.",
        "Transforme une question floue en analyse et dit clairement ce que les données taisent.",
    ),
    "pandas": (
        "Ouvre un tableau dans un carnet Python et en trie ou filtre les lignes.",
        "Assemble plusieurs tableaux avec pandas, calcule des groupes et contrôle le résultat.",
        "Traite vite des tableaux de millions de lignes et range son code en fonctions testées.",
    ),
    "visualisation-donnees": (
        "Lit un graphique sans se tromper et trace une courbe ou des barres avec un outil.",
        "Choisit le graphique adapté à la question, avec ses unités, ses sources et son titre.",
        "Conçoit une série de graphiques ou de cartes que le public comprend et qui ne trompent pas.",
    ),
    "tableaux-de-bord": (
        "Met à jour un tableau de suivi existant et explique un de ses indicateurs.",
        "Construit un tableau de bord à partir des besoins d'une équipe et vérifie ses chiffres.",
        "Définit avec une direction les indicateurs qui comptent et écarte ceux qui trompent.",
    ),
    "power-bi": (
        "Ouvre un rapport Power BI, filtre une période et en exporte un tableau.",
        "Relie plusieurs sources, écrit des calculs et publie un rapport mis à jour chaque jour.",
        "Organise les rapports de toute une entreprise : modèle commun, droits d'accès et lenteurs.",
    ),
    "entrepots-donnees": (
        "Explique la différence entre une base de travail et un entrepôt de données.",
        "Ajoute une nouvelle source à un entrepôt et contrôle que rien ne s'est perdu.",
        "Conçoit un entrepôt pour plusieurs services, avec son coût, ses droits et son historique.",
    ),
    "pipelines-donnees": (
        "Suit le trajet d'une donnée d'un outil à l'autre et dit où elle est transformée.",
        "Construit une chaîne qui charge des données chaque nuit et prévient en cas d'échec.",
        "Conçoit des chaînes qui supportent les pannes et les changements de format sans rien perdre.",
    ),
    "calcul-distribue": (
        "Explique pourquoi un calcul est partagé entre plusieurs machines et lance un exemple.",
        "Écrit avec Spark un traitement de données trop grosses pour un seul ordinateur.",
        "Trouve pourquoi un calcul réparti ralentit et règle le partage du travail et son coût.",
    ),
    "flux-temps-reel": (
        "Distingue un traitement en continu d'un traitement de nuit et cite un usage de chacun.",
        "Met en place un flux qui lit des messages, les transforme et les enregistre à mesure.",
        "Garantit qu'un flux ne perd ni ne double aucun message, même quand un serveur tombe.",
    ),
    "gouvernance-donnees": (
        "Retrouve dans un catalogue le responsable d'une donnée et sa définition.",
        "Décrit les données d'un service, nomme leurs responsables et suit les règles écrites.",
        "Fait adopter par plusieurs services les mêmes règles de données et vérifie leur respect.",
    ),
    "collecte-donnees": (
        "Recopie des données d'un site avec un outil simple et lit ses conditions d'usage.",
        "Écrit un programme qui relève des pages sans les surcharger et reprend après un échec.",
        "Organise une collecte durable sur de nombreux sites et en vérifie le cadre légal.",
    ),
    "donnees-ouvertes": (
        "Trouve un jeu de données public et lit sa licence, sa date et son auteur.",
        "Réutilise plusieurs jeux publics, en vérifie la qualité et cite leurs sources.",
        "Ouvre les données d'une organisation dans un format réutilisable et anime leur usage.",
    ),
    "sig": (
        "Ouvre une carte dans un logiciel, y ajoute une couche et mesure une distance.",
        "Croise plusieurs couches pour répondre à une question de terrain et édite la carte.",
        "Bâtit la base géographique d'une organisation et automatise ses analyses.",
    ),
}
