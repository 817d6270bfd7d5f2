"""What a job seeker should see first, judged by reading the demonstration's catalogue, never by running a search.

Judged by the portal's public rule: a course whose title has the words, that leads to the job named, or that teaches the
skill named (higher level first) comes before one that only mentions the words; then nearness, a course wholly at a
distance standing after 50 km. A title that names a job which the course leads to says more than a short course filed
under that job. Nothing here rests on demand, freshness or dates: where many courses are as good, any of them will do.
"""

from dataclasses import dataclass
from typing import Final

KINDS: Final = ("title", "skill", "sentence", "typo", "feminine", "acronym", "job", "unfinished", "place", "facet")


@dataclass(frozen=True)
class JudgedSearch:
    """One search and what must come first.

    `query` holds the parameters of the address. `first`: these courses fill the first places, in any order among
    themselves. `among`: each of the first `top` answers is one of these. A search makes one of the two demands.
    """

    kind: str
    query: tuple[tuple[str, str], ...]
    first: tuple[str, ...] = ()
    among: frozenset[str] = frozenset()
    top: int = 3
    why: str = ""


def _keys(family: str, ranks: str) -> frozenset[str]:
    """Keys of some courses of a family: ("sql", "01 02")."""
    return frozenset(f"{family}-{rank}" for rank in ranks.split())


def _search(words: str, **parameters: str) -> tuple[tuple[str, str], ...]:
    return (("q", words), *parameters.items())


# --- Groups of courses that are as good as one another ------------------------------------------------------------

ANALYST_PATHS = _keys("data-analyst", "01 02 03 04 05 06 07 08 09 10") | _keys("appr-analyste", "01 02 03")
SCIENTIST_PATHS = _keys("data-scientist", "01 02 03 04 05")
MASTERS = _keys("master", "01 02") | _keys("appr-ingenieur", "01 02")
ENGINEER_PATHS = _keys("data-engineer", "01 02 03 04")
LEARNING_PATHS = _keys("ingenieur-ml", "01 02")
GENERATIVE_PATHS = _keys("developpeur-generatif", "01 02 03")
AI_DEVELOPER_PATHS = (
    _keys("developpeur-ia", "01 02 03 04 05") | _keys("appr-developpeur", "01 02 03") | GENERATIVE_PATHS
)
TECHNICIAN_PATHS = _keys("technicien-donnees", "01 02 03 04 05 06 07 08") | _keys("appr-technicien", "01 02 03 04 05")
SUPPORT_PATHS = _keys("support-ia", "01 02 03 04") | _keys("appr-technicien", "04")
ASSISTANT_PATHS = _keys("assistant", "01 02 03 04")
MAINTENANCE_PATHS = _keys("technicien-equipements", "01 02 03") | _keys("appr-maintenance", "01 02 03")
ANNOTATION = _keys("annotation", "01 02 03 04 05")

PYTHON_IN_TITLE = _keys("python-analyse", "01 02 03 04") | {"statistiques-02", "langage-02"}
PYTHON = (
    PYTHON_IN_TITLE
    | SCIENTIST_PATHS
    | MASTERS
    | ENGINEER_PATHS
    | LEARNING_PATHS
    | _keys("developpeur-ia", "01 02 03 04 05")
    | _keys("appr-developpeur", "01 02 03")
    | _keys("ingenieur-mlops", "01 02")
)
"""Python in the title, or taught to level 3."""
SQL = _keys("sql", "01 02 03 04") | ENGINEER_PATHS | _keys("appr-ingenieur", "01 02") | {"pipelines-02"}
"""SQL in the title, a whole course on it, or taught to level 3."""
LEARNING = (
    _keys("apprentissage-automatique", "01 02 03 04 05")
    | {"maths-avancees-01"}
    | LEARNING_PATHS
    | SCIENTIST_PATHS
    | MASTERS
)
"""Machine learning in the title, in French or in English, or taught to level 3."""
DEEP_LEARNING = _keys("apprentissage-profond", "01 02 03") | LEARNING_PATHS | _keys("master", "01 02")
DATA_SCIENCE = SCIENTIST_PATHS | MASTERS | LEARNING_PATHS
STATISTICS = (
    _keys("statistiques", "01 02 03 04")
    | {"maths-logique-02", "data-analyst-07", "donnees-sante-04"}
    | SCIENTIST_PATHS
    | MASTERS
)
DASHBOARDS = (
    _keys("tableaux-de-bord", "01 02 03 04 05")
    | _keys("data-analyst", "01 02 03 04 05 06 08 09 10")
    | _keys("controle-gestion-data", "01 02 03 04 05")
    | _keys("appr-analyste", "01 02 03")
)
SPREADSHEET = (
    _keys("tableur-donnees", "01 02 03 04 05")
    | _keys("technicien-donnees", "01 02 03 04 05 06 07")
    | _keys("appr-technicien", "01 02 03 04 05")
    | _keys("appr-analyste", "01 02 03")
    | {"controle-gestion-data-04"}
)
CYBERSECURITY = _keys("securite", "01 02") | _keys("securite-long", "01 02") | _keys("hygiene", "01 02")
AI_IN_TITLE = (
    _keys("premier-jour", "01 02 03 04 05")
    | _keys("ia-recherche-emploi", "01 02 03")
    | _keys("passerelle-numerique", "02")
    | _keys("explorer-metiers", "01 04 05")
    | _keys("esprit-critique", "02 03")
    | _keys("assistants-travail", "01 02 03 04 05 06")
    | _keys("prompts-pro", "01 03")
    | _keys("tableur-donnees", "02")
    | _keys("automatisation-nocode", "02 04")
    | _keys("annotation", "02")
    | _keys("support-ia", "01 02 03 04")
    | _keys("cloud-conteneurs", "02 03")
    | _keys("ingenieur-mlops", "02")
    | _keys("plateforme-technicien", "02")
    | AI_DEVELOPER_PATHS
    | _keys("code-assiste", "01 02")
    | _keys("rag", "01")
    | _keys("agents", "01 03")
    | _keys("conversation", "02")
    | _keys("creation", "01 02 04 05")
    | _keys("evaluation-llm", "01 02")
    | _keys("reglement-ia", "01 02 03")
    | _keys("conformite-long", "01 02")
    | _keys("ethique", "01 02")
    | CYBERSECURITY
    | _keys("chef-projet", "01")
    | _keys("chef-produit", "01 02")
    | _keys("referent", "01 02 03 04 05")
    | _keys("formateur", "01 02 03 04")
    | _keys("dirigeants", "01 02")
    | _keys("soin", "01 02 03")
    | _keys("donnees-sante", "01")
    | _keys("agriculture", "01")
    | _keys("enseigner", "01 02")
    | _keys("collectivites", "01 02 03")
    | _keys("ressources-humaines", "01")
    | _keys("transport", "03")
    | _keys("assistant", "01 02")
    | _keys("technicien-equipements", "01 02")
    | _keys("embarque", "01")
    | _keys("ingenieur-embarque", "01 02")
    | _keys("appr-maintenance", "02")
    | _keys("appr-ingenieur", "01 02")
)
"""AI in the title; the courses that teach its foundations to level 3 are all among them."""
AI_USE = (
    _keys("assistants-travail", "01 02 03 04 05 06")
    | _keys("referent", "01 02 03 04 05")
    | _keys("formateur", "01 02 03 04")
    | ASSISTANT_PATHS
    | _keys("support-ia", "01 02 03 04")
)
"""Everyday use of assistants taught to level 2 or 3."""
NO_CODE = _keys("automatisation-nocode", "01 02 03 04 05") | {"agents-03"}

# --- Titles typed nearly in full ----------------------------------------------------------------------------------

TITLES: tuple[JudgedSearch, ...] = (
    JudgedSearch(
        "title",
        _search("technicien données pour l'industrie et la logistique"),
        ("technicien-donnees-03",),
        why="The title in full.",
    ),
    JudgedSearch(
        "title",
        _search("gestionnaire de paie et données sociales"),
        ("controle-gestion-data-03",),
        why="The title in full.",
    ),
    JudgedSearch(
        "title",
        _search("docker et kubernetes pour les équipes d'ia"),
        ("cloud-conteneurs-02",),
        why="The title in full, without its capitals.",
    ),
    JudgedSearch(
        "title", _search("imagerie satellite drones"), ("vision-03",), why="The title without its small word."
    ),
    JudgedSearch("title", _search("la vigne l'eau et l'ia"), ("agriculture-01",), why="The title without its comma."),
    JudgedSearch("title", _search("elles codent demain"), ("explorer-metiers-03",), why="The start of the title."),
    JudgedSearch("title", _search("SQL à son rythme"), ("sql-04",), why="The title in full."),
    JudgedSearch(
        "title",
        _search("recruter avec l'IA sans discriminer"),
        ("ressources-humaines-01",),
        why="The title in full.",
    ),
    JudgedSearch(
        "title",
        _search("secretaire medicale et outils d'ia"),
        ("assistant-02",),
        why="The title in full, without accents.",
    ),
    JudgedSearch(
        "title",
        _search("data analyst pour la santé"),
        ("data-analyst-07",),
        why="The title in full, among ten courses for the same job.",
    ),
    JudgedSearch(
        "title",
        _search("passerelle métiers de la donnée"),
        ("passerelle-numerique-01",),
        why="Another title has the job words, this one has them all.",
    ),
    JudgedSearch(
        "title",
        _search("Quel métier de l'IA pour moi"),
        ("explorer-metiers-05",),
        why="The title without its question mark.",
    ),
    JudgedSearch("title", _search("aides à domicile"), ("soin-03",), why="The only title with these words."),
    JudgedSearch("title", _search("statistiques recherche clinique"), ("statistiques-03",), why="All in one title."),
    JudgedSearch(
        "title", _search("secrétaires de mairie"), ("collectivites-02",), why="The only title with both words."
    ),
    JudgedSearch(
        "title",
        _search("maintenance prédictive"),
        ("maintenance-01",),
        why="The whole title, and the skill it teaches.",
    ),
)

# --- Skills -------------------------------------------------------------------------------------------------------

SKILLS: tuple[JudgedSearch, ...] = (
    JudgedSearch(
        "skill",
        _search("python"),
        among=PYTHON,
        top=5,
        why="In the title, or mastered at the end; the rest mention it.",
    ),
    JudgedSearch("skill", _search("sql"), among=SQL, top=5, why="A course on SQL, or one that leads to its mastery."),
    JudgedSearch(
        "skill",
        _search("power bi"),
        ("tableaux-de-bord-01",),
        why="The only title with the tool, which it teaches; elsewhere it is one tool of a longer course.",
    ),
    JudgedSearch("skill", _search("kubernetes"), ("cloud-conteneurs-02",), why="Title and skill."),
    JudgedSearch(
        "skill", _search("docker"), ("cloud-conteneurs-02",), why="The only title with it, and containers to level 3."
    ),
    JudgedSearch("skill", _search("pytorch"), ("apprentissage-profond-01",), why="The only title with the tool."),
    JudgedSearch("skill", _search("scikit-learn"), ("apprentissage-automatique-03",), why="The only title with it."),
    JudgedSearch("skill", _search("statistiques"), among=STATISTICS, top=4, why="In the title, or taught to level 3."),
    JudgedSearch(
        "skill",
        _search("tableur"),
        tuple(sorted(_keys("tableur-donnees", "01 02 04"))),
        why="The three titles with the word, all to level 3.",
    ),
    JudgedSearch(
        "skill", _search("excel"), among=SPREADSHEET, why="Nobody writes the brand: courses of spreadsheet to level 3."
    ),
    JudgedSearch(
        "skill",
        _search("tableau de bord"),
        among=DASHBOARDS,
        top=4,
        why="In the title in the plural, or taught to level 3.",
    ),
    JudgedSearch(
        "skill",
        _search("qgis"),
        among=_keys("cartographie", "01 02 03") | {"data-scientist-04"},
        why="The four courses that give practice of geographic data.",
    ),
    JudgedSearch(
        "skill",
        _search("télédétection"),
        among=_keys("conseil-agricole", "01 02") | {"cartographie-02", "vision-03", "data-scientist-04"},
        why="The five courses that give practice of it; others give notions.",
    ),
    JudgedSearch(
        "skill",
        _search("reconnaissance vocale"),
        ("langage-03",),
        why="The only course on voice.",
    ),
    JudgedSearch("skill", _search("langage R"), ("donnees-sante-04",), why="The only course that teaches it."),
    JudgedSearch(
        "skill",
        _search("tests d'intrusion"),
        ("securite-long-01", "securite-long-02"),
        why="The only two that teach it.",
    ),
    JudgedSearch("skill", _search("données ouvertes"), ("gouvernance-04",), why="Title and skill."),
    JudgedSearch(
        "skill",
        _search("agents d'IA"),
        among=_keys("agents", "01 02 03") | GENERATIVE_PATHS,
        why="In the title, or the skill to level 2.",
    ),
    JudgedSearch("skill", _search("séries temporelles"), ("previsions-01",), why="Title and skill."),
    JudgedSearch("skill", _search("vision par ordinateur"), ("vision-01",), why="The whole title, and the skill."),
    JudgedSearch("skill", _search("annotation d'images"), ("annotation-03",), why="Title and skill."),
    JudgedSearch("skill", _search("annotation"), among=ANNOTATION, why="The family; elsewhere it is a side task."),
    JudgedSearch(
        "skill",
        _search("gouvernance des données"),
        ("gouvernance-01", "gouvernance-02"),
        why="One has it as its title, the other is the one that leads to mastery and to the post.",
    ),
    JudgedSearch(
        "skill",
        _search("conduite du changement"),
        ("chef-projet-02",),
        why="The only mastery of it, and a title that says the same.",
    ),
    JudgedSearch(
        "skill",
        _search("réseaux de neurones"),
        ("apprentissage-profond-02",),
        why="Title, and deep learning to level 3.",
    ),
    JudgedSearch(
        "skill",
        _search("IA générative"),
        ("developpeur-generatif-01", "developpeur-generatif-03"),
        why="In the title, and mastered at the end.",
    ),
    JudgedSearch("skill", _search("cybersécurité"), among=CYBERSECURITY, why="Security is their matter."),
    JudgedSearch("skill", _search("intelligence artificielle"), among=AI_IN_TITLE, top=5, why="The title is on AI."),
)

# --- Whole sentences ----------------------------------------------------------------------------------------------

SENTENCES: tuple[JudgedSearch, ...] = (
    JudgedSearch(
        "sentence",
        _search("je voudrais apprendre à programmer en python"),
        among=PYTHON_IN_TITLE,
        why="Only Python matters; a course of programming that asks for Python first is no answer.",
    ),
    JudgedSearch(
        "sentence",
        _search("comment devenir data scientist"),
        among=SCIENTIST_PATHS | MASTERS,
        top=4,
        why="The whole paths to the job, which their titles name.",
    ),
    JudgedSearch(
        "sentence",
        _search("je cherche une formation pour devenir développeuse en intelligence artificielle"),
        among=AI_DEVELOPER_PATHS | LEARNING_PATHS,
        why="The whole paths to the job, whose titles name it.",
    ),
    JudgedSearch(
        "sentence",
        _search("découvrir l'intelligence artificielle quand on n'y connaît rien"),
        among=_keys("premier-jour", "01 02 03 04 05") | _keys("explorer-metiers", "01 02 03 04 05"),
        top=1,
        why="First steps, open to all; only one title says both to discover and AI.",
    ),
    JudgedSearch(
        "sentence",
        _search("je suis secrétaire et je veux utiliser l'IA au bureau"),
        among=_keys("assistants-travail", "01 02 03 04 05")
        | ASSISTANT_PATHS
        | {"automatisation-nocode-02", "collectivites-02"},
        why="AI for office work, named so in the title or made for the job.",
    ),
    JudgedSearch(
        "sentence",
        _search("je veux me reconvertir comme analyste de données"),
        among=ANALYST_PATHS,
        why="The paths to the job.",
    ),
    JudgedSearch(
        "sentence", _search("apprendre à faire des tableaux de bord"), among=DASHBOARDS, why="Title, or level 3."
    ),
    JudgedSearch(
        "sentence",
        _search("comment utiliser l'IA pour trouver un emploi"),
        among=_keys("ia-recherche-emploi", "01 02 03 04"),
        top=2,
        why="The workshops made for that; other courses only say that an employment counsellor sends people.",
    ),
    JudgedSearch(
        "sentence",
        _search("je voudrais me former à la cybersécurité des systèmes d'IA"),
        among=CYBERSECURITY,
        why="Security is the matter, AI alone is not.",
    ),
    JudgedSearch(
        "sentence",
        _search("l'IA pour les soignants à l'hôpital"),
        among=_keys("soin", "01 02 03") | _keys("donnees-sante", "01 02 03 04"),
        top=2,
        why="AI in care.",
    ),
    JudgedSearch(
        "sentence",
        _search("je suis comptable et je veux apprendre le SQL"),
        ("sql-02",),
        why="Its title has both the job and the skill.",
    ),
    JudgedSearch(
        "sentence",
        _search("apprendre à écrire de bons prompts"),
        among=_keys("prompts-pro", "01 02 03") | GENERATIVE_PATHS,
        why="The courses that lead to mastery of prompts.",
    ),
    JudgedSearch(
        "sentence",
        _search("créer des images et des vidéos avec l'IA"),
        ("creation-01",),
        why="The title says it.",
    ),
)

# --- Typing errors: the same demand as the search that was meant ---------------------------------------------------

TYPOS: tuple[JudgedSearch, ...] = (
    JudgedSearch("typo", _search("pyhton"), among=PYTHON, top=5, why="python"),
    JudgedSearch(
        "typo", _search("inteligence artificielle"), among=AI_IN_TITLE, top=5, why="intelligence artificielle"
    ),
    JudgedSearch(
        "typo",
        _search("machin learning"),
        ("apprentissage-automatique-02", "apprentissage-automatique-04"),
        why="machine learning, in English in the title",
    ),
    JudgedSearch("typo", _search("apprentisage automatique"), among=LEARNING, top=4, why="apprentissage automatique"),
    JudgedSearch("typo", _search("data analiste"), among=ANALYST_PATHS, top=5, why="data analyste"),
    JudgedSearch("typo", _search("cybersécurtié"), among=CYBERSECURITY, why="cybersécurité"),
    JudgedSearch("typo", _search("statistqiues"), among=STATISTICS, top=4, why="statistiques"),
    JudgedSearch("typo", _search("tablau de bord"), among=DASHBOARDS, top=4, why="tableau de bord"),
    JudgedSearch("typo", _search("kubernets"), ("cloud-conteneurs-02",), why="kubernetes"),
    JudgedSearch("typo", _search("maintenence prédictive"), ("maintenance-01",), why="maintenance prédictive"),
    JudgedSearch("typo", _search("anotation"), among=ANNOTATION, why="annotation"),
    JudgedSearch("typo", _search("secrétaire médicalle"), ("assistant-02",), why="secrétaire médicale"),
    JudgedSearch(
        "typo", _search("dévelopeur IA"), among=AI_DEVELOPER_PATHS | LEARNING_PATHS, top=4, why="développeur IA"
    ),
    JudgedSearch("typo", _search("pover bi"), ("tableaux-de-bord-01",), why="power bi"),
)

# --- Feminine forms ------------------------------------------------------------------------------------------------

FEMININE: tuple[JudgedSearch, ...] = (
    JudgedSearch(
        "feminine",
        _search("développeuse IA"),
        among=AI_DEVELOPER_PATHS | LEARNING_PATHS,
        top=4,
        why="The paths whose titles name the job, in either gender.",
    ),
    JudgedSearch(
        "feminine",
        _search("ingénieure données"),
        among=ENGINEER_PATHS | _keys("appr-ingenieur", "01 02"),
        why="The whole paths to data engineering.",
    ),
    JudgedSearch(
        "feminine",
        _search("cheffe de projet IA"),
        ("chef-produit-01", "chef-produit-02"),
        why="They lead to the job and name it.",
    ),
    JudgedSearch(
        "feminine",
        _search("technicienne de maintenance"),
        among=MAINTENANCE_PATHS,
        why="The whole paths to the job; a few days of maintenance do not make a technician.",
    ),
    JudgedSearch(
        "feminine",
        _search("formatrice IA"),
        ("formateur-01", "formateur-02"),
        why="They lead to the job and name it.",
    ),
    JudgedSearch("feminine", _search("annotatrice de données"), ("annotation-01",), why="The title names the job."),
    JudgedSearch(
        "feminine",
        _search("référente IA"),
        tuple(sorted(_keys("referent", "01 02 03 04 05"))),
        why="Five titles name the job they lead to.",
    ),
    JudgedSearch(
        "feminine",
        _search("assistante administrative"),
        among=ASSISTANT_PATHS,
        why="The whole paths to the job.",
    ),
    JudgedSearch(
        "feminine",
        _search("conseillère agricole"),
        ("conseil-agricole-02",),
        why="The title names the job.",
    ),
    JudgedSearch("feminine", _search("chargée de communication"), ("creation-04",), why="The title names the job."),
    JudgedSearch(
        "feminine",
        _search("experte en cybersécurité"),
        ("securite-long-01", "securite-long-02"),
        why="The only two whole paths to the job.",
    ),
    JudgedSearch(
        "feminine",
        _search("contrôleuse de gestion"),
        ("controle-gestion-data-04",),
        why="Title, and the whole path to the job.",
    ),
)

# --- Acronyms, English words and synonyms ---------------------------------------------------------------------------

ACRONYMS: tuple[JudgedSearch, ...] = (
    JudgedSearch("acronym", _search("IA"), among=AI_IN_TITLE, top=5, why="The title is on AI."),
    JudgedSearch("acronym", _search("AI"), among=AI_IN_TITLE, top=5, why="IA in English."),
    JudgedSearch(
        "acronym", _search("machine learning"), among=LEARNING, top=4, why="Title in either language, or level 3."
    ),
    JudgedSearch("acronym", _search("ML"), among=LEARNING, why="Machine learning."),
    JudgedSearch("acronym", _search("apprentissage automatique"), among=LEARNING, top=4, why="Machine learning."),
    JudgedSearch("acronym", _search("deep learning"), among=DEEP_LEARNING, why="Apprentissage profond."),
    JudgedSearch(
        "acronym",
        _search("LLM"),
        among=GENERATIVE_PATHS | _keys("rag", "01 02") | {"langage-01", "prompts-pro-03", "evaluation-llm-01"},
        why="Large models are the matter of the course, not a lesson in it.",
    ),
    JudgedSearch(
        "acronym",
        _search("NLP"),
        among=GENERATIVE_PATHS | {"langage-01", "master-02"},
        why="The five courses that give practice of language processing.",
    ),
    JudgedSearch("acronym", _search("TAL"), ("langage-01",), why="Its title is what the letters stand for."),
    JudgedSearch(
        "acronym",
        _search("RAG"),
        tuple(sorted(_keys("rag", "01 02 03") | GENERATIVE_PATHS)),
        why="The six that give practice or mastery; others give notions.",
    ),
    JudgedSearch(
        "acronym",
        _search("MLOps"),
        ("mlops-01", "ingenieur-mlops-01", "ingenieur-mlops-02"),
        why="Title, or mastery and the job.",
    ),
    JudgedSearch(
        "acronym",
        _search("RGPD"),
        ("conformite-long-01", "conformite-long-02"),
        why="The only mastery of it; many others give notions.",
    ),
    JudgedSearch(
        "acronym",
        _search("AI Act"),
        among=_keys("reglement-ia", "01 02 03") | _keys("conformite-long", "01 02"),
        why="The European regulation is their matter.",
    ),
    JudgedSearch("acronym", _search("science des données"), among=DATA_SCIENCE, why="Title, job or mastery."),
    JudgedSearch("acronym", _search("data science"), among=DATA_SCIENCE, why="Title, job or mastery."),
    JudgedSearch(
        "acronym",
        _search("ETL"),
        among=ENGINEER_PATHS | _keys("pipelines", "01 02"),
        why="Data pipelines are their matter.",
    ),
    JudgedSearch(
        "acronym", _search("big data"), ("temps-reel-01",), why="Its title says it in French: données massives."
    ),
    JudgedSearch(
        "acronym",
        _search("RPA"),
        tuple(sorted(_keys("rpa", "01 02 03"))),
        why="The three that lead to mastery.",
    ),
    JudgedSearch(
        "acronym",
        _search("SIG"),
        among=_keys("cartographie", "01 02 03") | {"data-scientist-04"},
        why="The four courses that give practice of geographic data.",
    ),
    JudgedSearch(
        "acronym",
        _search("edge AI"),
        ("embarque-01", "ingenieur-embarque-01", "ingenieur-embarque-02"),
        why="IA embarquée in the title, and practice or mastery of it.",
    ),
    JudgedSearch("acronym", _search("no-code"), among=NO_CODE, why="Automation without code."),
    JudgedSearch(
        "acronym",
        _search("chatbot"),
        among=_keys("conversation", "01 02 03") | {"prompts-pro-03"},
        why="The four that teach how to design one.",
    ),
    JudgedSearch(
        "acronym", _search("ChatGPT"), among=AI_USE, why="Nobody writes the brand: everyday use of assistants."
    ),
    JudgedSearch(
        "acronym",
        _search("prompt engineering"),
        among=_keys("prompts-pro", "01 02 03") | GENERATIVE_PATHS,
        why="Mastery of prompts.",
    ),
)

# --- Job titles -----------------------------------------------------------------------------------------------------

JOBS: tuple[JudgedSearch, ...] = (
    JudgedSearch("job", _search("data analyst"), among=ANALYST_PATHS, top=5, why="The whole paths to the job."),
    JudgedSearch(
        "job",
        _search("développeur IA"),
        among=AI_DEVELOPER_PATHS | LEARNING_PATHS,
        top=4,
        why="The paths whose titles name the job.",
    ),
    JudgedSearch("job", _search("analyste de données"), among=ANALYST_PATHS, top=5, why="The same job in French."),
    JudgedSearch(
        "job",
        _search("data scientist"),
        tuple(sorted(SCIENTIST_PATHS)),
        why="Five titles name the job they lead to.",
    ),
    JudgedSearch(
        "job",
        _search("data engineer"),
        ("data-engineer-01", "data-engineer-03"),
        why="The job is the whole title.",
    ),
    JudgedSearch(
        "job",
        _search("technicien de la donnée"),
        among=TECHNICIAN_PATHS,
        top=5,
        why="The whole paths to the job.",
    ),
    JudgedSearch("job", _search("technicien support informatique"), among=SUPPORT_PATHS, why="The paths to the job."),
    JudgedSearch(
        "job", _search("ingénieur machine learning"), ("ingenieur-ml-01",), why="Its title is the job in French."
    ),
    JudgedSearch(
        "job",
        _search("géomaticien"),
        tuple(sorted(_keys("cartographie", "01 02 03"))),
        why="They lead to the job and give practice of its main skill.",
    ),
    JudgedSearch(
        "job",
        _search("prompt engineer"),
        among=_keys("prompts-pro", "01 02 03") | _keys("conversation", "01 02 03"),
        why="They lead to the job and practise its main skill.",
    ),
    JudgedSearch(
        "job",
        _search("délégué à la protection des données"),
        ("conformite-long-02",),
        why="The title names the job.",
    ),
    JudgedSearch("job", _search("responsable conformité IA"), ("conformite-long-01",), why="The title names the job."),
    JudgedSearch(
        "job",
        _search("développeur no-code"),
        among=NO_CODE | _keys("rpa", "01 02 03"),
        why="All lead to the job.",
    ),
    JudgedSearch(
        "job",
        _search("data steward"),
        among=TECHNICIAN_PATHS | _keys("gouvernance", "01 02 03"),
        why="The job of clean data: technicians, and quality of data.",
    ),
    JudgedSearch(
        "job",
        _search("ingénieur vision"),
        among=_keys("vision", "01 02 03") | _keys("vision-industrielle", "01 02 03"),
        why="They lead to the job and have it as their matter.",
    ),
    JudgedSearch("job", _search("opérateur logistique"), ("transport-02",), why="The title names the job."),
)

# --- Unfinished last words ------------------------------------------------------------------------------------------

UNFINISHED: tuple[JudgedSearch, ...] = (
    JudgedSearch("unfinished", _search("pyth"), among=PYTHON, top=5, why="python"),
    JudgedSearch("unfinished", _search("cybersécu"), among=CYBERSECURITY, why="cybersécurité"),
    JudgedSearch("unfinished", _search("data analy"), among=ANALYST_PATHS, top=5, why="data analyst"),
    JudgedSearch("unfinished", _search("tableaux de b"), among=DASHBOARDS, why="tableaux de bord"),
    JudgedSearch("unfinished", _search("machine lear"), among=LEARNING, why="machine learning"),
    JudgedSearch("unfinished", _search("statist"), among=STATISTICS, why="statistiques"),
    JudgedSearch("unfinished", _search("maintenance préd"), ("maintenance-01",), why="maintenance prédictive"),
    JudgedSearch("unfinished", _search("développeur IA géné"), ("developpeur-generatif-01",), why="IA générative"),
    JudgedSearch("unfinished", _search("kuber"), ("cloud-conteneurs-02",), why="kubernetes"),
    JudgedSearch("unfinished", _search("apprentissage prof"), among=DEEP_LEARNING, why="apprentissage profond"),
)

# --- Places ---------------------------------------------------------------------------------------------------------

PLACES: tuple[JudgedSearch, ...] = (
    JudgedSearch(
        "place",
        _search("python", lieu="Rodez"),
        among=_keys("python-analyse", "01 02 03 04")
        | _keys("developpeur-ia", "02 04")
        | {"statistiques-02", "data-analyst-03", "data-engineer-02", "data-scientist-03"},
        why="Python at a distance by title or mastery, or practised in Rodez itself.",
    ),
    JudgedSearch("place", _search("data analyst", lieu="Rodez"), ("data-analyst-03",), why="The job, in the town."),
    JudgedSearch(
        "place",
        _search("data analyst", lieu="Nîmes"),
        ("data-analyst-10", "appr-analyste-01"),
        why="Both paths to the job in the town, before those at a distance.",
    ),
    JudgedSearch("place", _search("data analyst", lieu="Perpignan"), ("data-analyst-08",), why="The job, in the town."),
    JudgedSearch(
        "place",
        _search("data analyst", lieu="Mende"),
        ("data-analyst-01", "data-analyst-05"),
        why="No path to the job nearby: the two at a distance.",
    ),
    JudgedSearch(
        "place",
        _search("data analyst", lieu="Foix", rayon="100"),
        ("data-analyst-01", "data-analyst-05", "data-analyst-06"),
        why="All the paths to the job within 100 km or at a distance.",
    ),
    JudgedSearch(
        "place",
        _search("technicien de la donnée", lieu="Mende"),
        ("technicien-donnees-07",),
        why="Title and job, in the town.",
    ),
    JudgedSearch(
        "place",
        _search("technicien de la donnée", lieu="Cahors"),
        among=_keys("technicien-donnees", "02 05 06"),
        why="Two titles name the job, at a distance; one whole path to it is in the town.",
    ),
    JudgedSearch("place", _search("référent IA", lieu="Auch"), ("referent-04",), why="Title and job, in the town."),
    JudgedSearch(
        "place", _search("référent IA", lieu="Montauban"), ("referent-02",), why="Title and job, in the town."
    ),
    JudgedSearch(
        "place",
        _search("développeur IA", lieu="Perpignan"),
        ("developpeur-ia-03",),
        why="Title and job, in the town.",
    ),
    JudgedSearch(
        "place",
        _search("développeur IA", lieu="Albi"),
        ("developpeur-ia-05", "appr-developpeur-01"),
        why="Two titles name the job, in the town.",
    ),
    JudgedSearch("place", _search("sql", lieu="Toulouse", rayon="10"), ("sql-01",), why="Title, in the town."),
    JudgedSearch("place", _search("power bi", lieu="Nîmes"), ("tableaux-de-bord-01",), why="Title, in the town."),
    JudgedSearch(
        "place",
        _search("maintenance", lieu="Tarbes"),
        ("maintenance-01", "technicien-equipements-02", "appr-maintenance-01"),
        why="Three titles with the word, in the town.",
    ),
    JudgedSearch(
        "place",
        _search("maintenance", lieu="Rodez"),
        ("appr-maintenance-03",),
        why="Its title has the word, in the town.",
    ),
    JudgedSearch(
        "place",
        _search("annotation", lieu="Perpignan"),
        ("annotation-01", "annotation-05"),
        why="Both courses of annotation in the town, before the one at a distance.",
    ),
    JudgedSearch(
        "place", _search("cybersécurité", lieu="Albi"), ("securite-long-02",), why="Title and job, in the town."
    ),
    JudgedSearch("place", _search("cybersécurité", lieu="Montauban"), ("hygiene-01",), why="Title, in the town."),
    JudgedSearch("place", _search("vigne", lieu="Narbonne"), ("agriculture-01",), why="The only title, in the town."),
    JudgedSearch(
        "place", _search("tableaux de bord", lieu="Béziers"), ("tableaux-de-bord-05",), why="Title, in the town."
    ),
    JudgedSearch(
        "place",
        _search("secrétaire", lieu="Albi", rayon="50"),
        ("assistant-02",),
        why="The only title with the word within 50 km.",
    ),
    JudgedSearch(
        "place",
        _search("IA", lieu="Mende"),
        among=_keys("premier-jour", "05")
        | _keys("explorer-metiers", "04")
        | _keys("soin", "02")
        | _keys("collectivites", "01"),
        why="AI in the title, in the town, before all that is at a distance.",
    ),
    JudgedSearch(
        "place",
        _search("intelligence artificielle", lieu="Foix", rayon="10"),
        ("premier-jour-02", "enseigner-02"),
        why="The two titles on AI in the town.",
    ),
    JudgedSearch(
        "place",
        _search("vision industrielle", lieu="Blagnac"),
        ("vision-industrielle-01", "vision-industrielle-02"),
        why="The two courses of it, in the town.",
    ),
    JudgedSearch(
        "place", _search("data engineer", lieu="Montpellier"), ("data-engineer-03",), why="Whole title, in the town."
    ),
    JudgedSearch(
        "place",
        _search("data scientist", lieu="Montpellier", rayon="10"),
        ("data-scientist-02", "data-scientist-04"),
        why="Two titles name the job within 10 km.",
    ),
    JudgedSearch(
        "place",
        _search("MLOps", lieu="Toulouse"),
        ("mlops-01", "ingenieur-mlops-01", "ingenieur-mlops-02"),
        why="All three are at the gates of the town.",
    ),
    JudgedSearch(
        "place",
        _search("machine learning", lieu="Albi"),
        ("apprentissage-automatique-03",),
        why="The title says it in French, in the town.",
    ),
    JudgedSearch("place", _search("statistiques", lieu="Castres"), ("statistiques-04",), why="Title, in the town."),
    JudgedSearch(
        "place",
        _search("conseiller en agriculture", lieu="Auch"),
        ("conseil-agricole-02",),
        why="The path to the job, in the town.",
    ),
)

# --- Facets ---------------------------------------------------------------------------------------------------------

FACETS: tuple[JudgedSearch, ...] = (
    JudgedSearch(
        "facet",
        _search("python", cout="0"),
        among=_keys("data-scientist", "01 02 03")
        | _keys("data-engineer", "01 02")
        | _keys("developpeur-ia", "02 03 04 05")
        | LEARNING_PATHS
        | {"statistiques-02", "langage-02", "ingenieur-mlops-01"},
        why="Python in the title or mastered, with nothing left to pay.",
    ),
    JudgedSearch(
        "facet",
        _search("python", modalite="remote"),
        among=_keys("python-analyse", "01 02 03 04")
        | _keys("developpeur-ia", "02 04")
        | {"statistiques-02", "data-engineer-02", "data-scientist-03"},
        why="Python in the title or mastered, wholly at a distance.",
    ),
    JudgedSearch(
        "facet",
        _search("data analyst", modalite="remote"),
        ("data-analyst-01", "data-analyst-05"),
        why="The two paths to the job at a distance.",
    ),
    JudgedSearch(
        "facet",
        _search("data analyst", cout="0", departement="34"),
        ("data-analyst-02", "data-analyst-07"),
        why="The two paths to the job in the Hérault that cost nothing.",
    ),
    JudgedSearch(
        "facet",
        _search("IA", departement="48"),
        among=_keys("premier-jour", "05")
        | _keys("explorer-metiers", "04")
        | _keys("soin", "02")
        | _keys("collectivites", "01")
        | _keys("donnees-sante", "02"),
        why="AI in the title, or its foundations practised on the way to an AI job.",
    ),
    JudgedSearch(
        "facet",
        _search("IA", departement="09"),
        ("premier-jour-02", "enseigner-02"),
        why="The two titles on AI in the Ariège.",
    ),
    JudgedSearch(
        "facet",
        _search("développeuse IA", public="apprentice", cout="0"),
        tuple(sorted(_keys("appr-developpeur", "01 02 03"))),
        why="Three apprenticeships lead to the job, development and AI in their titles.",
    ),
    JudgedSearch("facet", _search("sql", cout="0"), ("sql-01",), why="The only title on SQL that costs nothing."),
    JudgedSearch(
        "facet",
        _search("cybersécurité", cout="0"),
        ("hygiene-01", "securite-long-02"),
        why="The two titles with the word, both free.",
    ),
    JudgedSearch(
        "facet",
        _search("machine learning", modalite="remote"),
        among=_keys("apprentissage-automatique", "01 04 05") | {"data-scientist-03", "maths-avancees-01"},
        why="Title in either language, family or mastery, at a distance.",
    ),
    JudgedSearch(
        "facet",
        _search("technicien", departement="82"),
        ("support-ia-02", "appr-technicien-04"),
        why="The two titles with the word in the Tarn-et-Garonne.",
    ),
    JudgedSearch(
        "facet",
        _search("automatisation", departement="65"),
        ("automatisation-nocode-05", "data-analyst-09"),
        why="The two titles with the word in the Hautes-Pyrénées.",
    ),
    JudgedSearch(
        "facet",
        _search("annotation", niveau="0"),
        tuple(sorted(_keys("annotation", "01 02 03"))),
        why="The three courses of annotation that ask for no diploma.",
    ),
    JudgedSearch("facet", _search("power bi", cout="0"), ("tableaux-de-bord-01",), why="Title, free at a distance."),
    JudgedSearch(
        "facet",
        _search("statistiques", certifiante="oui"),
        among=_keys("data-scientist", "01 02 03 04") | MASTERS | {"data-analyst-07", "donnees-sante-04"},
        why="Mastery of it, with a certification.",
    ),
)

JUDGED: tuple[JudgedSearch, ...] = (
    *TITLES,
    *SKILLS,
    *SENTENCES,
    *TYPOS,
    *FEMININE,
    *ACRONYMS,
    *JOBS,
    *UNFINISHED,
    *PLACES,
    *FACETS,
)
