"""Words and acronyms of the field that mean the same, as people type them: each group is one meaning.

Read by search: whoever types one of them finds what says another. Forms of a job (feminine, inclusive) need no line
here, `wording.fold_gender` makes them one; names of jobs and skills have their own aliases.
"""

GROUPS: tuple[tuple[str, ...], ...] = (
    ("IA", "intelligence artificielle", "AI", "artificial intelligence"),
    ("IA générative", "intelligence artificielle générative", "GenAI", "gen AI", "IAG"),
    ("ML", "machine learning", "apprentissage automatique", "apprentissage machine", "apprentissage statistique"),
    ("deep learning", "apprentissage profond", "DL", "réseaux de neurones"),
    ("LLM", "LLMs", "grand modèle de langage", "grands modèles de langage", "modèle de langage", "modèles de langage"),
    (
        "NLP",
        "TAL",
        "TALN",
        "traitement automatique du langage",
        "traitement automatique des langues",
        "traitement du langage",
        "natural language processing",
    ),
    ("RAG", "génération augmentée", "génération augmentée par récupération", "recherche augmentée"),
    ("data science", "datascience", "science des données", "sciences des données", "science de la donnée"),
    ("data", "donnée", "données", "datas"),
    ("big data", "données massives", "mégadonnées"),
    ("computer vision", "vision par ordinateur", "vision artificielle", "analyse d'images"),
    ("dataviz", "data visualisation", "visualisation de données", "visualisation des données"),
    ("BI", "business intelligence", "informatique décisionnelle", "décisionnel"),
    ("RGPD", "GDPR", "protection des données", "protection des données personnelles"),
    ("DPO", "délégué à la protection des données"),
    ("IoT", "internet des objets", "objets connectés"),
    ("cyber", "cybersécurité", "sécurité informatique", "cyber sécurité"),
    ("prompt", "prompts", "prompting", "art du prompt", "rédaction de prompts"),
    ("chatbot", "chatbots", "agent conversationnel", "assistant conversationnel", "robot conversationnel"),
    ("Power BI", "PowerBI"),
    ("dev", "développement", "développer"),
    ("stats", "statistique", "statistiques"),
    ("maths", "mathématiques", "math"),
    ("bdd", "base de données", "bases de données"),
    ("alternance", "apprentissage en alternance", "contrat d'apprentissage"),
    ("robotique", "robots"),
    ("SIG", "système d'information géographique", "géomatique", "données géographiques", "cartographie"),
    ("cobot", "robot collaboratif", "cobotique"),
    ("jumeau numérique", "digital twin", "jumeaux numériques"),
    ("éthique de l'IA", "IA responsable", "IA de confiance"),
    ("règlement européen sur l'IA", "AI Act", "règlement IA"),
)
