"""What a person can be seen doing at each level: security, and law with ethics."""

from portal.reference.words.shapes import Levels

_SECURITY: dict[str, Levels] = {
    "hygiene-numerique": (
        "Choisit des mots de passe solides, reconnaît un message piégé et le signale.",
        "Protège les postes et les sauvegardes d'un petit service et explique les gestes utiles.",
        "Fait adopter des règles de protection à toute une organisation et les vérifie sur place.",
    ),
    "securite-ia": (
        "Cite ce qu'il faut protéger dans une IA : ses données, ses accès, le modèle lui-même.",
        "Applique une liste de protections à un projet d'IA et corrige les points faibles.",
        "Conçoit la sécurité d'un système d'IA, des données d'apprentissage à l'arrêt du service.",
    ),
    "attaques-adverses": (
        "Montre sur un exemple qu'une image à peine changée peut tromper un modèle.",
        "Essaie des attaques connues sur un modèle et chiffre sa résistance.",
        "Imagine des attaques nouvelles contre un modèle et met au point leur parade.",
    ),
    "injection-invites": (
        "Reconnaît un texte qui cherche à détourner une IA de ses consignes.",
        "Essaie des textes piégés sur une application et limite ce qu'elle peut faire.",
        "Conçoit une application où un détournement réussi ne cause aucun dommage grave.",
    ),
    "tests-intrusion": (
        "Explique le cadre légal d'un test d'intrusion et lit un rapport de failles.",
        "Mène avec un accord écrit un test sur une application et en rédige les failles.",
        "Dirige des tests sur un système entier et aide à réparer les failles les plus graves.",
    ),
    "gestion-acces": (
        "Range ses mots de passe dans un coffre et demande seulement les accès utiles.",
        "Donne et retire les accès d'un service et remplace une clé divulguée.",
        "Définit les droits d'une organisation, les fait contrôler et réagit à un abus.",
    ),
    "detection-incidents": (
        "Reconnaît les signes d'une attaque et prévient les bonnes personnes sans tarder.",
        "Analyse des alertes, écarte les fausses et suit la procédure jusqu'au retour à la normale.",
        "Conduit la réponse à une attaque grave et tire les leçons pour éviter la suivante.",
    ),
    "analyse-risques": (
        "Liste ce qui peut arriver à un fichier sensible et qui en souffrirait.",
        "Mène une analyse de risques avec une méthode connue et propose des protections.",
        "Arbitre avec une direction les risques acceptés et tient cette liste à jour.",
    ),
    "anonymisation": (
        "Repère dans un fichier ce qui permet de reconnaître une personne.",
        "Retire ou brouille les données d'identité et vérifie qu'on ne peut les recouper.",
        "Choisit une méthode d'anonymisation, en chiffre le risque restant et la fait valider.",
    ),
}

_LAW: dict[str, Levels] = {
    "rgpd": (
        "Reconnaît une donnée personnelle et cite les droits des personnes concernées.",
        "Tient le registre d'un service, informe les personnes et répond à leurs demandes.",
        "Conseille une organisation sur des cas difficiles et dialogue avec l'autorité de contrôle.",
    ),
    "reglement-ia": (
        "Cite les quatre niveaux de risque du règlement et un usage interdit.",
        "Classe un système d'IA selon le règlement et liste les obligations qui en découlent.",
        "Met une organisation en conformité et prépare le dossier d'un système à haut risque.",
    ),
    "ethique-ia": (
        "Se demande devant un outil d'IA qui il sert et qui il peut léser.",
        "Anime une discussion avec les personnes touchées et en tire des changements précis.",
        "Installe dans une organisation un examen des projets qui peut vraiment en arrêter un.",
    ),
    "biais": (
        "Donne l'exemple d'une IA injuste et dit d'où vient l'injustice.",
        "Compare les erreurs d'un modèle entre groupes de personnes et corrige un écart.",
        "Choisit avec les personnes concernées quelle égalité viser et la garantit dans la durée.",
    ),
    "propriete-intellectuelle-ia": (
        "Demande d'où vient une image ou un texte avant de s'en servir avec une IA.",
        "Vérifie les licences des données et des modèles d'un projet et en garde la preuve.",
        "Négocie les droits d'un projet d'IA et tranche les cas que la loi règle mal.",
    ),
    "documentation-modeles": (
        "Lit la fiche d'un modèle et y trouve ses données, ses limites et ses usages exclus.",
        "Rédige la fiche complète d'un modèle, comprise par des non-spécialistes.",
        "Fixe ce que toute une organisation doit écrire sur ses modèles et le tient à jour.",
    ),
    "audit-ia": (
        "Suit une grille de contrôle et relève les preuves manquantes d'un système d'IA.",
        "Mène l'audit d'un système : entretiens, essais, écarts et recommandations.",
        "Conçoit une méthode d'audit, dirige une équipe et défend un avis défavorable.",
    ),
    "analyse-impact": (
        "Dit quand une analyse d'impact est obligatoire et à qui la demander.",
        "Rédige l'analyse d'impact d'un traitement courant avec ceux qui le connaissent.",
        "Traite un cas à fort risque, associe les personnes et fait changer le projet.",
    ),
    "controle-humain": (
        "Refuse une réponse d'IA douteuse et sait à qui la signaler.",
        "Organise la relecture des décisions d'une IA : qui, quand, avec quels droits.",
        "Conçoit un contrôle que l'habitude n'endort pas et en mesure l'efficacité réelle.",
    ),
}

RULE_LEVELS: dict[str, Levels] = {**_SECURITY, **_LAW}
