"""What a person can be seen doing at each level: annotation of data, and AI in the trades."""

from portal.reference.words.shapes import Levels

_ANNOTATION: dict[str, Levels] = {
    "annotation-images": (
        "Entoure et nomme des objets sur des images en suivant une consigne.",
        "Annote des centaines d'images au même rythme, avec peu d'erreurs, cas douteux notés.",
        "Règle l'outil et l'équipe d'annotation et garantit la qualité d'un jeu complet.",
    ),
    "annotation-textes": (
        "Marque dans un texte les noms de lieux ou de personnes demandés.",
        "Annote des textes ou des sons variés et justifie ses choix par la consigne.",
        "Traite les cas les plus ambigus et forme des annotateurs à des textes de métier.",
    ),
    "consignes-annotation": (
        "Signale une consigne d'annotation qui peut se lire de deux façons.",
        "Écrit des consignes avec exemples et contre-exemples et les essaie à plusieurs.",
        "Conçoit le schéma d'annotation d'un domaine nouveau et le stabilise avec des experts.",
    ),
    "controle-annotation": (
        "Relit des annotations et relève celles qui ne suivent pas la consigne.",
        "Tire un échantillon, mesure l'accord entre annotateurs et fait corriger.",
        "Fixe les seuils de qualité d'un projet et remonte à la cause des désaccords.",
    ),
    "qualite-donnees": (
        "Vérifie sur une liste que les données sont complètes et signale les manques.",
        "Met en place des contrôles réguliers et suit chaque erreur jusqu'à sa correction.",
        "Définit la qualité attendue avec les métiers et agit à la source des erreurs.",
    ),
    "evaluation-humaine-ia": (
        "Compare deux réponses d'une IA et dit laquelle est meilleure, et pourquoi.",
        "Note de longues séries de réponses avec une grille, de façon égale du début à la fin.",
        "Construit la grille de notation, entraîne les évaluateurs et analyse leurs écarts.",
    ),
    "jeux-donnees": (
        "Rassemble des exemples demandés et note d'où vient chacun.",
        "Constitue un jeu équilibré, sépare apprentissage et essai et vérifie les droits.",
        "Conçoit un jeu de référence, décrit ses limites et le maintient dans le temps.",
    ),
}

_FIELDS: dict[str, Levels] = {
    "ia-sante": (
        "Cite un usage de l'IA en santé et la règle qui protège les données des patients.",
        "Utilise ou essaie un outil d'IA de soin en respectant le cadre et en gardant l'avis humain.",
        "Conduit un projet d'IA en santé, de l'accès aux données à la preuve de son utilité.",
    ),
    "ia-agriculture": (
        "Lit sur une carte ou une application l'état d'une parcelle ou d'un troupeau.",
        "Règle un apport d'eau ou d'engrais d'après des capteurs et vérifie au champ.",
        "Équipe une exploitation, combine capteurs et prévisions et en mesure le gain.",
    ),
    "maintenance-predictive": (
        "Relève les mesures d'une machine et signale une dérive.",
        "Règle des alertes à partir des mesures et planifie l'intervention avant la panne.",
        "Bâtit la prévision des pannes d'un atelier et prouve les arrêts évités.",
    ),
    "ia-finance": (
        "Fait proposer un classement de factures par une IA et contrôle chaque ligne.",
        "Automatise des écritures ou des rapprochements et traite les anomalies signalées.",
        "Conçoit des contrôles et des prévisions par IA qu'un auditeur peut vérifier.",
    ),
    "ia-rh": (
        "Dit ce qu'une IA n'a pas le droit de décider seule dans un recrutement.",
        "Utilise une IA pour rédiger ou trier, et vérifie qu'aucun groupe n'est écarté.",
        "Encadre l'IA des ressources humaines avec le droit du travail et les représentants.",
    ),
    "ia-marketing": (
        "Prépare une publication avec une IA et la relit avant de la diffuser.",
        "Monte une campagne assistée par IA et en mesure les résultats honnêtement.",
        "Pilote une stratégie de contenus et de ciblage par IA dans le respect des personnes.",
    ),
    "ia-relation-client": (
        "Se sert d'une réponse proposée par une IA après l'avoir adaptée au client.",
        "Règle un outil qui trie ou prépare les réponses et suit la satisfaction.",
        "Organise un service client où l'IA aide sans jamais empêcher de joindre quelqu'un.",
    ),
    "ia-education": (
        "Prépare un exercice avec une IA et en vérifie la justesse.",
        "Adapte des activités à des élèves différents et fait débattre de l'IA en classe.",
        "Repense évaluations et enseignements à l'heure de l'IA et accompagne ses collègues.",
    ),
    "ia-territoires": (
        "Cite un usage de l'IA dans une commune et les données dont il a besoin.",
        "Mène avec un service public un essai sur l'eau, l'énergie ou les risques.",
        "Conduit la politique d'IA d'une collectivité et en rend compte aux habitants.",
    ),
    "ia-logistique": (
        "Lit une prévision de besoins ou une tournée proposée et signale ce qui cloche.",
        "Règle un outil de prévision ou de tournées et compare au résultat réel.",
        "Repense stocks et transports avec l'IA et prouve les kilomètres et ruptures évités.",
    ),
}

FIELD_LEVELS: dict[str, Levels] = {**_ANNOTATION, **_FIELDS}
