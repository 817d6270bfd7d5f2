"""Skills proposed from the words of a listing: whole words only, with their evidence, and no classic trap."""

import time

import pytest

from courses.suggest import Vocabulary, suggest_skills
from courses.suggest.guards import GUARDS
from courses.suggest.skills import MOST
from portal.reference.words.skills_ai import AI_SKILLS
from portal.reference.words.skills_general import GENERAL_SKILLS

OWN_WORDS = [*AI_SKILLS, *GENERAL_SKILLS]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.of({word.code: (word.label, *word.aliases) for word in OWN_WORDS})


@pytest.fixture
def found(vocabulary):
    return lambda text: {suggestion.code: suggestion.evidence for suggestion in suggest_skills(text, vocabulary)}


@pytest.mark.parametrize(
    ("text", "code", "evidence"),
    [
        ("Programmer en Python", "python", "Python"),
        ("Analyse des données avec SQL.", "exploration-donnees", "Analyse des données"),
        ("- Réseaux de neurones convolutifs", "apprentissage-profond", "Réseaux de neurones"),
        ("les grands modèles de langage", "llm", "grands modèles de langage"),
        ("Recherche augmentée (RAG) et chatbots", "rag", "RAG"),
        ("Langage C++ embarqué", "c-cpp", "Langage C++"),
        ("conteneurs Docker, cloud", "conteneurs", "conteneurs Docker"),
        ("l'apprentissage supervisé", "apprentissage-automatique", "l'apprentissage supervisé"),
    ],
)
def test_a_skill_is_proposed_with_the_words_that_name_it(text, code, evidence, found):
    assert found(text)[code] == evidence


@pytest.mark.parametrize(
    "text",
    [
        "Docker portuaire : charger et décharger les navires",
        "La date de votre rendez-vous",
        "Une formation mandataire judiciaire",
        "Randonnées en montagne",
        "Une vente de fleurs vertes",
        "Master sciences de la vision, optique et lunetterie",
        "Pièces de rechange automobile (PRA)",
        "Souhaiter un prompt rétablissement",
        "Stage de React Pilates",
        "Le ros, une épice du terroir",
        "analyse, données",
        "les données. Massives, les pierres",
    ],
)
def test_look_alikes_propose_nothing(text, found):
    assert found(text) == {}


def test_a_guarded_word_counts_in_company(found):
    assert "conteneurs" in found("Déployer avec Docker sous Linux")
    assert "redaction-invites" in found("Écrire un prompt pour ChatGPT")
    assert "calcul-distribue" in found("Spark et Hadoop")


def test_a_longer_name_hides_the_shorter_one_inside_it(found):
    assert set(found("IA générative")) == {"llm"}
    assert {"pandas", "python"} == set(found("analyse de données avec Python")), "a label keeps its place"


def test_the_oftenest_named_comes_first_and_the_list_is_short(vocabulary):
    ranked = suggest_skills("SQL. Python. Python. " + ". ".join(word.label for word in AI_SKILLS), vocabulary)
    assert (ranked[0].code, ranked[0].times > 2, len(ranked)) == ("python", True, MOST)


def test_every_label_of_the_vocabulary_proposes_its_own_skill(vocabulary):
    alone = {
        word.code for word in OWN_WORDS if word.code not in {s.code for s in suggest_skills(word.label, vocabulary, 99)}
    }
    assert alone == set()


def test_every_guard_guards_a_name(vocabulary):
    singles = {name.words[0] for names in vocabulary.names.values() for name in names if len(name.words) == 1}
    assert set(GUARDS) <= singles


def test_a_long_text_takes_no_time(vocabulary):
    began = time.process_time()
    suggest_skills("données analyse de IA générative Python " * 500, vocabulary)
    assert time.process_time() - began < 1
