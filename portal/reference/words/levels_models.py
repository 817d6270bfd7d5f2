"""What a person can be seen doing at each level of the skills of models: learning, language, vision."""

from portal.reference.words.shapes import Levels

_LEARNING: dict[str, Levels] = {
    "bases-ia": (
        "Dit ce qu'est une IA, cite trois usages connus et une erreur possible.",
        "Explique comment un modèle apprend et prévoit dans quels cas il se trompera.",
        "Juge si un problème relève de l'IA et démonte une promesse irréaliste, preuves en main.",
    ),
    "apprentissage-automatique": (
        "Distingue apprendre avec ou sans exemples corrigés et reconnaît un cas de chaque.",
        "Entraîne un modèle sur des données préparées et mesure s'il fait mieux qu'une règle simple.",
        "Choisit la méthode, les données et la mesure d'un projet et forme des débutants.",
    ),
    "apprentissage-profond": (
        "Décrit les couches d'un réseau de neurones et relance un entraînement fourni.",
        "Adapte un réseau existant à de nouvelles images ou de nouveaux textes et lit ses courbes.",
        "Conçoit un réseau pour un problème nouveau et comprend pourquoi un entraînement échoue.",
    ),
    "scikit-learn": (
        "Relance un modèle scikit-learn dans un carnet et lit son score.",
        "Compare plusieurs modèles par validation croisée et garde le plus simple qui suffit.",
        "Écrit une chaîne complète, de la préparation au réglage, qu'une équipe peut réutiliser.",
    ),
    "pytorch-tensorflow": (
        "Exécute un exemple de réseau de neurones et change sa taille ou son nombre de passages.",
        "Écrit la boucle d'entraînement d'un réseau et charge ses propres données.",
        "Programme une couche ou une fonction de coût nouvelle et répartit le calcul entre machines.",
    ),
    "preparation-variables": (
        "Transforme une date ou une catégorie en nombres qu'un modèle peut lire.",
        "Construit de nouvelles variables à partir du métier et mesure ce qu'elles apportent.",
        "Repère une variable qui trahit la réponse et organise des variables communes à une équipe.",
    ),
    "evaluation-modeles": (
        "Explique pourquoi on teste un modèle sur des données qu'il n'a jamais vues.",
        "Choisit la mesure qui convient au besoin et chiffre l'incertitude d'un score.",
        "Construit un protocole d'évaluation honnête et repère les tricheries involontaires.",
    ),
    "apprentissage-renforcement": (
        "Explique l'apprentissage par essais et récompenses sur l'exemple d'un jeu.",
        "Entraîne un programme dans un simulateur et suit le progrès de ses récompenses.",
        "Conçoit la récompense d'un cas réel et empêche le programme de la détourner.",
    ),
    "recommandation": (
        "Explique pourquoi un site propose tel film à partir des choix d'autres personnes.",
        "Construit une recommandation à partir d'historiques et la compare aux plus vendus.",
        "Conçoit une recommandation à grande échelle, variée, juste et que l'on peut expliquer.",
    ),
    "detection-anomalies": (
        "Repère sur une courbe une valeur qui sort de l'ordinaire et dit pourquoi.",
        "Règle un détecteur en choisissant entre fausses alertes et pannes manquées.",
        "Conçoit une détection sans exemples de pannes et la fait accepter par le terrain.",
    ),
    "explicabilite": (
        "Dit quels éléments ont le plus compté dans une réponse, à partir d'un outil donné.",
        "Produit l'explication d'une décision dans les mots de la personne concernée.",
        "Choisit la méthode d'explication, en vérifie la fidélité et en annonce les limites.",
    ),
}

_LANGUAGE: dict[str, Levels] = {
    "traitement-langage": (
        "Découpe un texte en mots avec un outil et explique ce qu'un programme peut en tirer.",
        "Entraîne un programme à classer des messages ou à en extraire des noms.",
        "Conçoit le traitement de textes difficiles, dans plusieurs langues, et mesure ses erreurs.",
    ),
    "fouille-texte": (
        "Compte les mots les plus fréquents d'un ensemble de textes et en lit le résultat.",
        "Dégage les thèmes et les avis de milliers de réponses et vérifie sur un échantillon.",
        "Construit un suivi continu de textes et montre ce que les thèmes trouvés laissent de côté.",
    ),
    "llm": (
        "Explique qu'un modèle de langage devine la suite d'un texte et peut inventer.",
        "Choisit un modèle selon la tâche, le coût et la confidentialité, après des essais.",
        "Compare l'intérieur de plusieurs modèles et prévoit leurs limites sur un cas nouveau.",
    ),
    "redaction-invites": (
        "Écrit une demande claire à une IA, avec son but, son public et la forme voulue.",
        "Améliore une consigne par essais notés et y joint des exemples bien choisis.",
        "Construit des consignes stables pour un service et les teste à chaque changement de modèle.",
    ),
    "rag": (
        "Explique pourquoi une IA répond mieux quand on lui donne des documents à citer.",
        "Met en place une IA qui répond à partir d'un dossier et affiche ses sources.",
        "Règle le découpage, la recherche et les droits d'accès, et mesure les réponses fausses.",
    ),
    "recherche-vectorielle": (
        "Montre sur un exemple qu'une recherche par le sens trouve un texte sans mot commun.",
        "Indexe des documents pour une recherche par le sens et mesure si elle trouve les bons.",
        "Combine recherche par mots et par le sens sur des millions de textes, à coût maîtrisé.",
    ),
    "agents-ia": (
        "Décrit les étapes et les outils d'un agent d'IA et dit ce qu'il ne doit pas faire.",
        "Construit un agent qui emploie deux ou trois outils et demande l'accord avant d'agir.",
        "Conçoit des agents fiables, limités dans leurs droits, dont chaque action est tracée.",
    ),
    "ajustement-llm": (
        "Dit dans quels cas ajuster un modèle vaut mieux que mieux rédiger la demande.",
        "Prépare des exemples, ajuste un petit modèle et le compare au modèle de départ.",
        "Choisit la méthode d'ajustement selon le budget et évite d'abîmer ce qui marchait.",
    ),
    "chatbots": (
        "Modifie les réponses d'un agent conversationnel et essaie ses dialogues.",
        "Conçoit un dialogue complet, avec ses impasses et le passage à une personne.",
        "Pilote un agent ouvert au public, analyse ses échecs et décide ce qu'il ne traite pas.",
    ),
    "evaluation-llm": (
        "Note des réponses d'une IA avec une grille fournie et justifie chaque note.",
        "Prépare des cas d'essai variés et compare deux modèles ou deux consignes.",
        "Bâtit une évaluation continue, mêlant mesures et avis humains, qui décide d'une mise en ligne.",
    ),
    "voix": (
        "Transcrit un enregistrement avec un outil et corrige les mots mal compris.",
        "Intègre la reconnaissance ou la synthèse de la parole dans une application simple.",
        "Adapte un modèle de parole à des accents, du bruit ou un vocabulaire de métier.",
    ),
    "traduction-automatique": (
        "Traduit un texte avec un outil et repère les passages qui sonnent faux.",
        "Relit et corrige une traduction automatique jusqu'à pouvoir la publier.",
        "Règle un outil avec un glossaire de métier et juge quels textes ne pas lui confier.",
    ),
    "generation-images": (
        "Produit une image simple à partir d'une description et dit qu'elle vient d'une IA.",
        "Obtient une série d'images cohérentes, les retouche et vérifie les droits d'usage.",
        "Dirige une production d'images ou de vidéos par IA, du style aux règles de publication.",
    ),
    "api-llm": (
        "Envoie une demande à un modèle de langage par son API et lit la réponse.",
        "Branche un modèle sur une application et gère ses erreurs, ses délais et son coût.",
        "Conçoit un service qui tient la charge, change de modèle sans arrêt et protège les données.",
    ),
}

_VISION: dict[str, Levels] = {
    "vision-ordinateur": (
        "Essaie un modèle de reconnaissance d'images et décrit ses réussites et ses erreurs.",
        "Entraîne un modèle sur ses propres images et mesure ses résultats de jour comme de nuit.",
        "Conçoit un système de vision complet, des prises de vue à son suivi en service.",
    ),
    "traitement-images": (
        "Recadre, éclaircit et change de format une série d'images avec un logiciel.",
        "Programme le nettoyage et la mesure d'images : contours, tailles, couleurs.",
        "Met au point une méthode de mesure sur des images difficiles et en chiffre l'erreur.",
    ),
    "detection-objets": (
        "Explique la différence entre nommer une image et y situer un objet.",
        "Entraîne un détecteur d'objets sur des images annotées et règle son seuil.",
        "Obtient une détection fiable et rapide sur des objets petits, cachés ou nouveaux.",
    ),
    "ocr": (
        "Numérise une facture, la fait lire par un logiciel et corrige les chiffres faux.",
        "Met en place la lecture d'un type de formulaire et contrôle le taux d'erreurs.",
        "Conçoit la lecture de documents variés ou manuscrits et l'envoi des cas douteux à relire.",
    ),
    "vision-industrielle": (
        "Allume et nettoie une caméra de contrôle et reconnaît une image inutilisable.",
        "Installe et règle caméra, éclairage et seuils pour trier des pièces sur une ligne.",
        "Conçoit le poste de contrôle d'un produit nouveau et prouve qu'il laisse peu de défauts.",
    ),
    "teledetection": (
        "Télécharge une image satellite et y reconnaît l'eau, les bois et les cultures.",
        "Calcule un indice de végétation et compare deux dates sur un même territoire.",
        "Construit la carte d'un phénomène par IA et la vérifie par des relevés de terrain.",
    ),
}

MODEL_LEVELS: dict[str, Levels] = {**_LEARNING, **_LANGUAGE, **_VISION}
