"""What a person can be seen doing at each level of the skills of programming: notions, practice, mastery."""

from portal.reference.words.shapes import Levels

PROGRAMMING_LEVELS: dict[str, Levels] = {
    "python": (
        "Lit un court programme Python, en explique le rôle et change une valeur sans le casser.",
        "Écrit sans aide un programme de plusieurs fonctions qui lit un fichier et traite ses erreurs.",
        "Organise un projet Python de plusieurs modules, testé, et relit le code des autres.",
    ),
    "langage-r": (
        "Ouvre un fichier dans RStudio, relance une analyse déjà écrite et en lit le graphique.",
        "Écrit une analyse en R du fichier brut au graphique, que quelqu'un d'autre peut relancer.",
        "Construit en R un outil partagé par une équipe, sous forme de paquet ou d'application Shiny.",
    ),
    "javascript": (
        "Modifie le texte ou la couleur d'une page web dans un code JavaScript existant.",
        "Écrit une page interactive qui demande des données à un serveur et les affiche.",
        "Conçoit toute une application web en JavaScript, rapide, testée et facile à reprendre.",
    ),
    "java-scala": (
        "Suit le déroulement d'une classe Java et y corrige une erreur signalée.",
        "Écrit et teste un service en Java ou en Scala à partir d'une description précise.",
        "Choisit l'architecture d'un grand système en Java ou en Scala et règle ses lenteurs.",
    ),
    "c-cpp": (
        "Compile un petit programme en C et explique à quoi sert chacune de ses parties.",
        "Écrit un programme en C ou C++ et corrige ses fuites de mémoire avec un outil d'analyse.",
        "Accélère un code en C++ en mesurant le temps et la mémoire, sans changer ses résultats.",
    ),
    "algorithmique": (
        "Découpe une tâche simple en étapes, conditions et répétitions, sur papier.",
        "Choisit entre une liste, un dictionnaire ou un arbre et justifie son choix par un calcul.",
        "Conçoit un algorithme pour un problème nouveau, prouve qu'il est juste et estime son coût.",
    ),
    "git": (
        "Enregistre ses changements dans Git et retrouve une ancienne version d'un fichier.",
        "Travaille sur une branche, demande une relecture et règle un conflit entre deux versions.",
        "Fixe les règles de branches d'une équipe et répare un historique abîmé sans rien perdre.",
    ),
    "linux": (
        "Parcourt des dossiers, lit et copie des fichiers en tapant des commandes.",
        "Installe un logiciel sur un serveur, règle les droits et automatise une tâche par un script.",
        "Administre plusieurs serveurs, trouve la cause d'une panne dans leurs journaux et la corrige.",
    ),
    "tests-logiciels": (
        "Suit un scénario de test écrit et décrit avec précision ce qui ne marche pas.",
        "Écrit des tests automatiques qui couvrent les cas courants et les cas d'erreur.",
        "Définit la stratégie de tests d'un produit et décide s'il peut être livré.",
    ),
    "api-web": (
        "Interroge une API depuis sa documentation et retrouve une valeur dans la réponse.",
        "Écrit une API documentée, avec ses contrôles d'accès et ses messages d'erreur.",
        "Conçoit une API utilisée par plusieurs équipes et la fait évoluer sans casser leurs logiciels.",
    ),
    "assistants-code": (
        "Demande un bout de code à une IA et dit, en l'essayant, s'il fait ce qu'il faut.",
        "Découpe une tâche pour un assistant, relit chaque ligne proposée et la teste.",
        "Fixe à une équipe les règles d'usage d'un assistant de code et mesure ce qu'il fait gagner.",
    ),
}
