"""What a person can be seen doing at each level of the skills useful everywhere: notions, practice, mastery."""

from portal.reference.words.shapes import Levels

_EVERYDAY: dict[str, Levels] = {
    "tableur": (
        "Saisit des nombres dans un tableau et fait une somme.",
        "Écrit des formules avec conditions, trie, filtre et trace un graphique.",
        "Construit un classeur à plusieurs feuilles, sûr, que d'autres remplissent sans l'abîmer.",
    ),
    "traitement-texte": (
        "Tape un courrier, le met en forme simplement et l'enregistre.",
        "Rédige un rapport avec titres, sommaire, tableaux et numéros de page.",
        "Crée des modèles de documents et des envois personnalisés pour une équipe.",
    ),
    "diaporamas": (
        "Ajoute du texte et une image à des pages à projeter.",
        "Prépare un diaporama lisible, avec un plan clair et peu de texte.",
        "Conçoit une présentation qui convainc et un modèle repris par ses collègues.",
    ),
    "messagerie-agenda": (
        "Envoie un message avec une pièce jointe et note un rendez-vous.",
        "Trie ses messages, partage son agenda et organise une réunion à plusieurs.",
        "Gère les messages et les agendas d'une équipe ou d'une direction sans rien oublier.",
    ),
    "recherche-information": (
        "Trouve une adresse ou un horaire sur internet et vérifie le nom du site.",
        "Compare plusieurs sources, en note la date et retient la plus fiable.",
        "Mène une recherche difficile et en rend une note avec toutes ses sources.",
    ),
    "saisie-donnees": (
        "Recopie des informations dans un logiciel en se relisant.",
        "Saisit vite de longues listes, avec très peu d'erreurs, et contrôle les totaux.",
        "Organise une saisie à plusieurs, repère les erreurs répétées et en supprime la cause.",
    ),
    "outils-collaboratifs": (
        "Rejoint une réunion en ligne et ouvre un document partagé.",
        "Écrit à plusieurs dans un document, suit des tâches et anime une réunion en ligne.",
        "Choisit et organise les outils d'une équipe à distance et aide chacun à s'en servir.",
    ),
    "classement-documents": (
        "Range un document au bon endroit et le retrouve.",
        "Classe des dossiers selon un plan et respecte les durées de conservation.",
        "Conçoit le plan de classement d'un service et le fait suivre par tous.",
    ),
    "logiciel-gestion": (
        "Consulte une fiche client ou un stock dans un logiciel.",
        "Enregistre commandes, factures ou mouvements et corrige une erreur de saisie.",
        "Règle le logiciel pour un service et forme les nouveaux utilisateurs.",
    ),
    "depannage-informatique": (
        "Redémarre un appareil, vérifie ses branchements et décrit la panne.",
        "Rétablit une connexion, une imprimante ou une mise à jour sans aide.",
        "Trouve la cause de pannes rares et écrit la marche à suivre pour les autres.",
    ),
    "reseaux-sociaux": (
        "Publie un message et répond à un commentaire avec courtoisie.",
        "Tient un calendrier de publications et lit les résultats de chacune.",
        "Construit la présence d'une organisation en ligne et gère une crise.",
    ),
}

_COMMUNICATION: dict[str, Levels] = {
    "redaction": (
        "Écrit un message court que son lecteur comprend du premier coup.",
        "Rédige un compte rendu ou un article clair, avec un plan.",
        "Écrit pour des publics variés et améliore les textes des autres.",
    ),
    "orthographe": (
        "Relit un message et corrige les fautes les plus visibles.",
        "Écrit presque sans faute et se sert à bon escient d'un correcteur.",
        "Corrige des textes destinés à être publiés, sens et ponctuation compris.",
    ),
    "prise-de-parole": (
        "Présente son travail en quelques phrases devant des collègues.",
        "Expose un sujet devant un groupe et répond à ses questions.",
        "Capte une grande salle, s'adapte à ses réactions et tient le temps prévu.",
    ),
    "synthese": (
        "Résume une page en trois phrases fidèles.",
        "Tire d'un long dossier une note d'une page pour décider.",
        "Rapproche des sources opposées et fait apparaître l'essentiel sans rien trahir.",
    ),
    "vulgarisation": (
        "Explique un mot difficile avec un exemple courant.",
        "Fait comprendre un sujet technique à une personne qui le découvre.",
        "Prépare des explications justes et simples pour tous les publics.",
    ),
    "anglais": (
        "Comprend une notice simple et répond par une phrase écrite.",
        "Lit une documentation et tient une conversation de travail.",
        "Négocie, rédige et présente en anglais sans préparation.",
    ),
    "langues-etrangeres": (
        "Salue, renseigne et comprend des demandes simples dans une autre langue.",
        "Travaille à l'oral et à l'écrit dans une autre langue sur des sujets connus.",
        "Mène dans une autre langue toutes les tâches de son métier.",
    ),
    "argumentation": (
        "Donne une raison et un exemple à l'appui de son avis.",
        "Défend une proposition par des faits et répond aux objections.",
        "Convainc un auditoire réservé et reconnaît les bons arguments de l'autre.",
    ),
    "animation-reunion": (
        "Prépare un ordre du jour et prend des notes.",
        "Mène une réunion à l'heure, où chacun parle, et qui finit par des décisions.",
        "Conduit des réunions difficiles et choisit la méthode qui convient au groupe.",
    ),
}

_ORGANISATION: dict[str, Levels] = {
    "gestion-projet": (
        "Suit ses propres tâches dans un projet et prévient d'un retard.",
        "Mène un projet simple : étapes, moyens, délais et compte rendu.",
        "Dirige un grand projet, anticipe les risques et tient budget et délais.",
    ),
    "methodes-agiles": (
        "Participe aux points courts d'une équipe et tient ses tâches à jour.",
        "Découpe un travail en petites livraisons et tient compte des retours.",
        "Anime une équipe agile et adapte la méthode sans en perdre l'esprit.",
    ),
    "organisation": (
        "Prépare une liste de ce qui est à faire et range son poste.",
        "Organise sa semaine, prévoit les imprévus et n'oublie rien d'important.",
        "Organise le travail d'un service et simplifie ce qui complique la vie de tous.",
    ),
    "gestion-priorites": (
        "Demande ce qui est urgent et commence par là.",
        "Trie ses tâches, tient ses délais et annonce à temps ce qui glissera.",
        "Arbitre entre des urgences opposées et protège le temps de son équipe.",
    ),
    "planification": (
        "Lit un planning et signale deux tâches qui se gênent.",
        "Établit le planning d'une petite équipe et le corrige en cas d'absence.",
        "Planifie de nombreuses personnes et machines et réduit les temps morts.",
    ),
    "respect-procedures": (
        "Suit une consigne pas à pas et demande quand elle n'est pas claire.",
        "Applique plusieurs procédures, note les écarts et les signale.",
        "Écrit ou améliore une procédure et s'assure qu'elle est comprise.",
    ),
    "suivi-budget": (
        "Note les dépenses et garde les justificatifs.",
        "Suit un budget mois par mois et explique les écarts.",
        "Construit le budget d'un service et propose des corrections à temps.",
    ),
    "amelioration-continue": (
        "Signale ce qui fait perdre du temps dans son travail.",
        "Essaie une amélioration avec ses collègues et en mesure l'effet.",
        "Anime la démarche d'un atelier ou d'un service et fait durer les progrès.",
    ),
    "demarche-qualite": (
        "Contrôle un travail avec une liste et coche chaque point.",
        "Relève les écarts, en cherche la cause et garde la preuve des contrôles.",
        "Prépare une certification et fait vivre la qualité dans une organisation.",
    ),
    "tracabilite": (
        "Note ce qui a été fait, quand et par qui.",
        "Tient un registre complet et retrouve vite l'histoire d'un lot ou d'un dossier.",
        "Conçoit un suivi de bout en bout et sait le défendre lors d'un contrôle.",
    ),
    "securite-travail": (
        "Repère un danger, porte ses protections et prévient un responsable.",
        "Applique les règles de son poste et protège les autres en cas d'accident.",
        "Évalue les risques d'un lieu de travail et fait adopter les mesures utiles.",
    ),
}

_RELATION: dict[str, Levels] = {
    "relation-client": (
        "Écoute une demande simple et y répond avec politesse.",
        "Traite une réclamation jusqu'au bout et s'assure que la personne est satisfaite.",
        "Suit des clients importants dans la durée et améliore le service d'après leurs retours.",
    ),
    "accueil": (
        "Salue, fait patienter et dirige une personne.",
        "Accueille plusieurs personnes à la fois et renseigne sans erreur.",
        "Organise un accueil, y compris pour les publics difficiles ou fragiles.",
    ),
    "ecoute": (
        "Laisse parler sans couper et reformule ce qui a été dit.",
        "Pose des questions ouvertes et fait dire le besoin réel.",
        "Entend ce qui n'est pas dit, dans des situations tendues ou douloureuses.",
    ),
    "travail-equipe": (
        "Fait sa part et partage l'information utile.",
        "Aide ses collègues, demande de l'aide et règle un désaccord simplement.",
        "Fait travailler ensemble des personnes très différentes.",
    ),
    "encadrement": (
        "Montre une tâche à une personne nouvelle et vérifie son travail.",
        "Répartit le travail d'une petite équipe et fait des retours réguliers.",
        "Dirige plusieurs équipes, fait grandir les personnes et rend compte.",
    ),
    "pedagogie": (
        "Explique un geste pas à pas et recommence autrement si besoin.",
        "Prépare une séance adaptée à ce que les personnes savent déjà.",
        "Construit un apprentissage complet et aide d'autres à transmettre.",
    ),
    "accompagnement-personnes": (
        "Aide une personne dans une tâche en respectant son rythme.",
        "Suit une personne plusieurs mois vers un but fixé avec elle.",
        "Accompagne des situations complexes et coordonne plusieurs intervenants.",
    ),
    "negociation": (
        "Dit clairement son besoin et demande celui de l'autre.",
        "Prépare une négociation et obtient un accord que chacun tient.",
        "Mène des négociations longues, à plusieurs, sur des enjeux lourds.",
    ),
    "gestion-conflits": (
        "Garde son calme et demande l'aide d'un responsable.",
        "Apaise une dispute et propose une issue acceptable.",
        "Résout des conflits installés et prévient leur retour.",
    ),
}

_REASONING: dict[str, Levels] = {
    "calcul": (
        "Compte, lit un tableau simple et calcule un pourcentage.",
        "Estime un ordre de grandeur et repère un résultat impossible.",
        "Construit des calculs à plusieurs étapes et contrôle ceux des autres.",
    ),
    "logique": (
        "Enchaîne des étapes dans le bon ordre et en explique la raison.",
        "Décompose un problème en cas et n'en oublie aucun.",
        "Trouve la faille d'un raisonnement compliqué et la montre clairement.",
    ),
    "resolution-problemes": (
        "Décrit un problème avec précision et essaie une solution connue.",
        "Cherche la cause pas à pas et vérifie que le remède tient.",
        "Résout des problèmes jamais vus en réunissant les bonnes personnes.",
    ),
    "esprit-critique": (
        "Demande d'où vient une information avant de la répéter.",
        "Compare des avis opposés et sépare les faits des opinions.",
        "Démonte un argument trompeur et revient sur son propre avis quand les faits l'imposent.",
    ),
    "rigueur": (
        "Relit son travail et corrige ses erreurs.",
        "Rend un travail complet et constant, même répétitif.",
        "Garantit l'exactitude d'un travail collectif, contrôles à l'appui.",
    ),
    "observation": (
        "Remarque ce qui a changé par rapport à d'habitude.",
        "Décrit précisément ce qui se passe et repère un détail anormal.",
        "Relie des signes discrets et prévient un problème avant les autres.",
    ),
    "secret-professionnel": (
        "Garde pour soi ce qui s'apprend au travail.",
        "Choisit quoi dire, à qui, et protège les documents confidentiels.",
        "Traite des dossiers très sensibles et fait respecter le secret autour de soi.",
    ),
    "autonomie": (
        "Fait sans aide une tâche connue et demande en cas de blocage.",
        "Organise son travail sans contrôle quotidien et rend compte.",
        "Prend en charge un domaine entier et décide dans son cadre.",
    ),
    "lecture-plans": (
        "Trouve son chemin sur un plan simple et suit une notice illustrée.",
        "Lit un plan ou un schéma de son métier et en tire les cotes utiles.",
        "Interprète des plans complexes et y relève les incohérences.",
    ),
    "apprendre": (
        "Suit un cours ou une vidéo et refait l'exercice.",
        "Apprend sans aide un outil nouveau et trouve ses propres sources.",
        "Maîtrise vite un sujet inconnu et le transmet aux autres.",
    ),
}

GENERAL_LEVELS: dict[str, Levels] = {
    **_EVERYDAY,
    **_COMMUNICATION,
    **_ORGANISATION,
    **_RELATION,
    **_REASONING,
}
