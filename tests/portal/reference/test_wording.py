"""The words people type and the words of the files meet under one key."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reference.traps import NEVER_ALIKE, OTHER_TRADE, confusable
from portal.reference.wording import fold_gender, normalise, plain, title_key, words

_PAIRS = """
développeur/développeuse
technicien de maintenance/technicienne de maintenance
conducteur de travaux/conductrice de travaux
infirmier/infirmière
boulanger/boulangère
conseiller en insertion/conseillère en insertion
assistant de direction/assistante de direction
employé de banque/employée de banque
chargé d'études statistiques/chargée d'études statistiques
chef de projet IA/cheffe de projet IA
ingénieur machine learning/ingénieure machine learning
expert en sécurité des données/experte en sécurité des données
consultant data/consultante data
formateur en intelligence artificielle/formatrice en intelligence artificielle
adjoint administratif/adjointe administrative
agent d'accueil/agente d'accueil
attaché commercial/attachée commerciale
directeur général/directrice générale
délégué à la protection des données/déléguée à la protection des données
avocat/avocate
artisan/artisane
écrivain public/écrivaine publique
vigneron/vigneronne
éducateur sportif/éducatrice sportive
statisticien/statisticienne
mathématicien/mathématicienne
chercheur en apprentissage automatique/chercheuse en apprentissage automatique
gestionnaire paie/gestionnaire paie
animateur/animatrice
apprenti/apprentie
étudiant/étudiante
religieux/religieuse
auteur/autrice
maître d'hôtel/maîtresse d'hôtel
marchand/marchande
professeur certifié/professeure certifiée
aide-soignant/aide-soignante
auxiliaire de vie/auxiliaire de vie
comptable/comptable
chauffeur livreur/chauffeuse livreuse
cuisinier/cuisinière
couvreur/couvreuse
opérateur sur commande numérique/opératrice sur commande numérique
acheteur industriel/acheteuse industrielle
lycéen/lycéenne
magistrat/magistrate
ambulancier/ambulancière
caissier/caissière
electricien/electricienne
monteur-câbleur/monteuse-câbleuse
"""
PAIRS = _PAIRS.strip().split("\n")


@pytest.mark.parametrize("pair", PAIRS)
def test_a_man_and_a_woman_of_one_trade_have_one_key(pair):
    man, woman = pair.split("/")
    assert title_key(man) == title_key(woman)


_WRITTEN = """
développeur·se
développeur·euse
développeur(se)
développeur(euse)
développeur.euse
développeur.se
développeur/se
développeur/euse
développeur-euse
développeuse
Développeur / Développeuse
développeur ou développeuse
DEVELOPPEUR H/F
Développeur (h/f)
développeur F/H
développeur (F-H)
développeur (h/f/x)
je veux devenir développeuse
je voudrais être développeur
comment devenir développeur ?
Je souhaite me reconvertir en tant que développeur
reconversion développeur
développeur débutant
développeur sans diplôme
CDI développeur
formation pour devenir développeur
un métier de développeur
je cherche un emploi de développeur
je suis au chômage et j’aimerais être développeur
développeur
"""


@pytest.mark.parametrize("written", [*_WRITTEN.strip().split("\n"), "  développeur\t"])
def test_one_trade_written_thirty_ways_has_one_key(written):
    assert title_key(written) == "developpeur"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("je veux devenir data scientist", "data scientist"),
        ("je voudrais travailler dans la donnée", "donnee"),
        ("je cherche une formation de machine learning", "machine learning"),
        (
            "J'aimerais me former à l'intelligence artificielle",
            "intelligence artificielle",
        ),
        ("Œuvrer dans l'æronautique", "oeuvrer dans aeronautique"),
        ("chef·fe d’équipe", "chef equipe"),
        ("conseiller·ère", "conseiller"),
        ("chargé.e.s de clientèle", "charges de clientele"),
        ("Opérateur(trice) machine", "operateur machine"),
        ("Pharmacien en gros / Pharmacienne en gros", "pharmacien en gros"),
        ("travail social", "travail social"),
        ("conseiller clientèle à distance", "conseiller clientele a distance"),
    ],
)
def test_what_surrounds_a_goal_goes_and_the_goal_stays(written, key):
    assert normalise(written) == key


@pytest.mark.parametrize("kept", ["formation", "je veux devenir", "CDI", "un métier de"])
def test_a_text_made_of_phrases_only_is_not_emptied(kept):
    assert normalise(kept)


@pytest.mark.parametrize(
    ("left", "right"),
    [("C", "C++"), ("C", "C#"), (".NET", "net"), ("R", "R&D"), ("santé", "sant")],
)
def test_names_that_differ_by_a_sign_stay_apart(left, right):
    assert title_key(left) != title_key(right)


def test_initials_with_dots_are_the_initials():
    assert plain("I.A. et D.P.O.") == "ia et dpo"


@pytest.mark.parametrize(
    "word",
    [
        "vente",
        "santé",
        "matrice",
        "personne",
        "domaine",
        "carrière",
        "plante",
        "heure",
        "archive",
    ],
)
def test_a_noun_is_not_taken_for_a_woman_of_the_trade(word):
    assert fold_gender(plain(word)) == plain(word)


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        " ",
        "\x00",
        "///",
        "((((",
        "·" * 500,
        "ﷺ" * 300,
        "é" * 10_000,
        "/" * 10_000,
        "h/f " * 900,
    ],
)
def test_a_hostile_text_gives_a_short_key(hostile):
    assert len(title_key(hostile)) <= 200


def test_a_long_text_is_cut_between_words():
    assert normalise("analyste " * 100, max_length=20) == "analyste analyste"


def test_words_keep_their_order_and_repeat():
    assert words("Data, data & l'IA : c'est 2 fois") == (
        "data",
        "data",
        "ia",
        "c",
        "est",
        "2",
        "fois",
    )


@given(st.text(max_size=300))
def test_every_level_is_stable_when_applied_twice(text):
    for fold in (plain, title_key):
        assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aeinrstuéèœ·()/-. '’hf", max_size=60))
def test_text_made_of_the_trickiest_signs_is_stable_too(text):
    assert title_key(title_key(text)) == title_key(text)
    assert bool(title_key(text)) == bool(words(text))


@pytest.mark.parametrize(
    ("query", "candidate", "refused"),
    [
        ("analyste data", "analyste date", True),
        ("vente en ligne", "verte en ligne", True),
        ("manager", "manger", True),
        ("gestion de données", "gestion de randonnées", True),
        ("data et date", "date et data", False),
        ("data analist", "data analyst", False),
        ("vente", "vente", False),
    ],
)
def test_look_alikes_are_refused_and_typing_slips_are_not(query, candidate, refused):
    assert confusable(words(query), words(candidate)) is refused


def test_docker_beside_another_word_is_the_tool_not_the_dock():
    assert "N3203" in OTHER_TRADE["docker"]


def test_the_guard_list_holds_pairs_of_plain_words():
    assert all(len(pair) == 2 and all(plain(word) == word for word in pair) for pair in NEVER_ALIKE)


def rome_pairs(folder):
    """The two gendered readings of each long title: "Acheteur / Acheteuse d'art" gives both with "d'art"."""
    with (folder / "rome" / "unix_referentiel_appellation_v460_utf8.csv").open(encoding="utf-8", newline="") as lines:
        titles = [row["libelle_appellation_long"] for row in csv.DictReader(lines)]
    for title in titles:
        if title.count(" / ") == 1:
            man, woman = title.split(" / ")
            shared = woman.split()[len(man.split()) :]
            yield title, " ".join([man, *shared]), woman


def test_the_real_titles_of_rome_agree_between_man_and_woman(shared_data):
    pairs = list(rome_pairs(shared_data))
    agreeing = [pair for pair in pairs if title_key(pair[1]) == title_key(pair[2])]
    assert len(pairs) > 6_000
    assert len(agreeing) / len(pairs) >= 0.99


def test_the_long_title_of_rome_has_the_key_of_each_half(shared_data):
    apart = [
        title
        for title, man, woman in rome_pairs(shared_data)
        if title_key(man) == title_key(woman) and title_key(title) != title_key(man)
    ]
    assert apart == []
