"""Words that mean something else outside computing: they count only in the company of one of their neighbours.

A docker loads ships (ROME N3203), a "prompt rétablissement" owes nothing to a chatbot, Spark is also a brand. Only a
name found alone is guarded: "Docker Compose" or "prompt engineering" need no company.
"""

from courses.suggest.words import key_words

AI = "ia ai chatbot chatgpt copilot génératif générative gpt intelligence langage llm machine mistral modèle nlp"
COMPUTING = (
    "algorithme api application code codage cloud conteneur données data développement développeur devops framework "
    "informatique langage logiciel numérique open programmation python serveur sql web"
)
COMPANY = {
    "docker": "conteneur container conteneurisation kubernetes devops cloud linux déploiement git python api",
    "spark": "hadoop pyspark databricks kafka data données massives cluster sql",
    "react": "javascript typescript front web node vue angular html css",
    "scala": "java spark jvm kotlin langage programmation",
    "helm": "kubernetes k8s conteneur docker",
    "ros": "robot robotique gazebo",
    "rag": f"{AI} embedding vectoriel vectorielle recherche",
    "rasa": AI,
    "whisper": f"{AI} vocal vocale transcription parole",
    "prompt": AI,
    "prompting": AI,
    "dify": AI,
    "flowise": AI,
    "bash": "linux shell script unix commande terminal",
    "jax": "python tensorflow pytorch",
    "ocr": "document reconnaissance caractère lecture numérisation image ia facture",
    "iam": "accès identité sécurité authentification habilitation",
    "yolo": "vision image objet détection caméra",
    "reporting": f"{COMPUTING} indicateur tableau bord bi",
    "transformers": f"{AI} neurone attention",
    "scraping": COMPUTING,
}
GUARDS = {key_words(word)[0]: frozenset(key_words(company)) for word, company in COMPANY.items()}
