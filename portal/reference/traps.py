"""Words that look alike, or that mean something else here: the guard list of text search, pure data and one question.

Trigrams find "data analist", but they also bring "verte" for "vente" and a dock worker for "Docker". Each pair was
met in French job search; each is tested.
"""

from collections.abc import Iterable
from itertools import product

# spelled alike, not the same thing: a candidate that differs from the query by such a pair is refused
_LOOK_ALIKES = """
data/date data/dates data/mandataire data/dattes
donnees/randonnees donnee/randonnee donnees/randonnee donnee/randonnees
vente/verte vente/vent verte/verre
manager/manger manager/menager management/menagement
docker/docteur docker/rocker
vision/division vision/television vision/provision vision/revision
robot/rabot cloud/clou prompt/pompe prompteur/promoteur
modele/modeleur modeles/modeleurs
reseau/roseau agent/argent agents/argents
cyber/cuber java/lava
statistique/statique ethique/ethnique
vocal/local ordinateur/coordinateur
chiffre/chiffrement chiffres/chiffrement
"""
NEVER_ALIKE: frozenset[frozenset[str]] = frozenset(frozenset(pair.split("/")) for pair in _LOOK_ALIKES.split())

# an AI tool or idea whose name is also an old trade's word: occupations found through it alone are not proposed
# as soon as the query says anything else
OTHER_TRADE: dict[str, frozenset[str]] = {
    "docker": frozenset({"N3203"}),  # dock worker
    "dockers": frozenset({"N3203"}),
}

# words that by themselves name no trade: a job title that shares only these with the query is not an answer
_EMPTY_HANDED = """
data donnee donnees vision numerique digital intelligence systeme systemes technique general adjoint assistant
chef charge responsable agent technicien ingenieur expert consultant conseiller specialiste projet projets service
metier travail homme femme niveau de en et a au aux du des la le les sur pour par avec dans un une
"""
EMPTY_HANDED: frozenset[str] = frozenset(_EMPTY_HANDED.split())


def confusable(query: Iterable[str], candidate: Iterable[str]) -> bool:
    """Return whether `candidate` answers a word of `query` with its look-alike ("vente" by "verte").

    Words said on both sides cannot mislead and are left out.
    """
    asked, given = set(query), set(candidate)
    return any(frozenset(pair) in NEVER_ALIKE for pair in product(asked - given, given - asked))
