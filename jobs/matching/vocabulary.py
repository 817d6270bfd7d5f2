"""Which AI job do these words speak of? Pure: vocabulary in, points and witnesses out.

Two signs are added: how alike the text is to a name of the job, and how much of what the text says is in the job's
vocabulary, a word counting the more the fewer jobs use it. Points compare jobs; they are never shown as a confidence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from jobs.matching.nearness import contains_words, likeness
from portal.reference.traps import EMPTY_HANDED, confusable

EXACT, SAID, NEAR, WORDS = "exact", "said", "near", "words"
# a job under these points is not proposed; calibrated on the development requests
FLOOR = 33
# a name said inside a longer text is worth this likeness at least
SAID_LIKENESS = 55
# "DPO" for "data protection officer", "datascientist" for "data scientist"
OTHERWISE_LIKENESS = 90
NAME_TIMES = 2
# where a word is found: in a name, in a skill, in what the person does all day
IN_NAME, IN_SKILL, IN_EXTRA, IN_TEXT = 6, 4, 3, 1
RARITY = 60
SAME_WORDS = {"data": "donnee"}
# a word alone that five jobs or more share ("donnée", "IA") tells no job by its likeness to one of its names
VAGUE = RARITY // 5
CENTRALITY = 10
# the shape of a post, not its matter: found in every branch
_ROLES = """
technicien ingenieur charge chef responsable conseiller consultant assistant agent expert specialiste directeur adjoint
gestionnaire referent animateur operateur projet mission service manager coordinateur analyste developpeur redacteur
assistance support produit etude
"""
ROLE_WORDS: frozenset[str] = frozenset(_ROLES.split())
ROLE_RARITY = 4
LONG_WORD = 6
SAME_START = 5
TYPO_LIKENESS = 55

_LITTLE = """
a au aux avec ce ces dans de des du elle en et etre eux faire il je la le les leur lui ma mais me meme mes moi mon ne
nos notre nous on ou par pas plus pour qu que qui sa se ses son sur ta te tes toi ton tu un une vos votre vous y veut
veux bien tres chez sans travailler metier metiers travail job emploi poste domaine secteur monde formation utiliser
savoir pouvoir devenir apprendre aider aide comprendre chose choses truc trucs besoin nouveau nouvelle autre autres
"""
LITTLE_WORDS: frozenset[str] = frozenset(_LITTLE.split())


@dataclass(frozen=True)
class ProfileVocabulary:
    """The words of one job: pairs (key, label) of its names, of the skills it needs and of those it welcomes
    (`extras`), and the ``singular`` words of its description.
    """

    slug: str
    names: tuple[tuple[str, str], ...]
    skills: tuple[tuple[str, str], ...] = ()
    extras: tuple[tuple[str, str], ...] = ()
    text: frozenset[str] = frozenset()

    @cached_property
    def places(self) -> dict[str, int]:
        """Word to the best place where the job says it."""
        places = dict.fromkeys(self.text, IN_TEXT)
        for place, pairs in ((IN_EXTRA, self.extras), (IN_SKILL, self.skills), (IN_NAME, self.names)):
            places |= {word: place for key, _label in pairs for word in singular(key)}
        return places

    @cached_property
    def long_words(self) -> tuple[str, ...]:
        """Words of names and skills long enough to be recognised when mistyped, or in another form."""
        return tuple(sorted(w for w, place in self.places.items() if place >= IN_EXTRA and len(w) >= LONG_WORD))


@dataclass(frozen=True, slots=True)
class Sign:
    """A job that the text may mean: why ("exact", "said", "near", "words") and what led to it, in the job's words."""

    slug: str
    points: int
    reason: str
    witnesses: tuple[str, ...]


def singular(key: str) -> list[str]:
    """The words of `key` without what "métiers de la donnée", "données" and "data" differ by."""
    one = (word[:-1] if len(word) > 3 and word.endswith("s") else word for word in key.split())
    return [SAME_WORDS.get(word, word) for word in one]


def jobs_meant(key: str, vocabulary: Sequence[ProfileVocabulary]) -> list[Sign]:
    """Return the jobs that `key`, a title_key, may mean, best first; none when nothing is near enough."""
    said = [word for word in dict.fromkeys(singular(key)) if word not in LITTLE_WORDS]
    if not said:
        return []
    rarity = {word: _rarity(word, vocabulary) for word in said}
    signs = [_sign(key, rarity, profile) for profile in vocabulary]
    kept = [sign for sign in signs if sign.points >= FLOOR]
    return sorted(kept, key=lambda sign: (-sign.points, sign.slug))


def _rarity(word: str, vocabulary: Sequence[ProfileVocabulary]) -> int:
    """How much a word tells: the fewer jobs use it the more; one that none uses counts like a shared one."""
    if word in ROLE_WORDS:
        return ROLE_RARITY
    users = sum(1 for profile in vocabulary if profile.places.get(word, 0) >= IN_EXTRA)
    return RARITY // users if users else RARITY // 4


def _sign(key: str, rarity: dict[str, int], profile: ProfileVocabulary) -> Sign:
    found = {word: _find(word, profile) for word in rarity}
    telling = {known for word, (place, known) in found.items() if place and word not in ROLE_WORDS}
    only_roles = all(word in ROLE_WORDS for word in rarity)
    names = [
        (name, label)
        for name, label in profile.names
        if only_roles or name == key or _is_short_for(key, name) or telling & set(singular(name))
    ]
    name_points, reason, label = _best_name(key, names)
    if reason != EXACT and len(rarity) == 1 and max(rarity.values()) <= VAGUE:
        name_points, reason, label = _centrality(rarity, profile), WORDS, ""
    told = sum(rarity[word] * place for word, (place, _known) in found.items())
    word_points = 100 * told // (IN_NAME * sum(rarity.values()))
    witnesses = (label,) if reason != WORDS else _witnesses(found.values(), profile)
    return Sign(profile.slug, NAME_TIMES * name_points + word_points, reason, witnesses)


def _is_short_for(key: str, name: str) -> bool:
    return key in (_initials(name), name.replace(" ", ""))


def _initials(name: str) -> str:
    parts = name.split()
    return "".join(part[0] for part in parts) if len(parts) > 2 else ""


def _best_name(key: str, names: Iterable[tuple[str, str]]) -> tuple[int, str, str]:
    """(likeness 0 to 100, reason, label) of the name nearest to `key`."""
    words = tuple(key.split())
    best = (0, WORDS, "")
    for name, label in names:
        if name == key:
            return (100, EXACT, label)
        parts = tuple(name.split())
        alike = 0 if confusable(words, parts) else likeness(key, name)
        reason = NEAR if alike >= 50 else WORDS
        if _is_short_for(key, name):
            alike, reason = OTHERWISE_LIKENESS, NEAR
        if contains_words(words, parts) and set(parts) - EMPTY_HANDED:
            alike, reason = max(alike, SAID_LIKENESS), SAID
        if alike > best[0]:
            best = (alike, reason, label)
    return best


def _centrality(words: Iterable[str], profile: ProfileVocabulary) -> int:
    """How many of the job's names hold all of `words`, from 0 to CENTRALITY."""
    asked = set(words)
    holding = sum(1 for key, _label in profile.names if asked <= set(singular(key)))
    return CENTRALITY * holding // len(profile.names)


def _find(word: str, profile: ProfileVocabulary) -> tuple[int, str]:
    """(place, the job's word): a long word mistyped, or in another form ("enseigner", "enseignant"), is still found."""
    place = profile.places.get(word, 0)
    if place or len(word) < SAME_START:
        return place, word
    near = [known for known in profile.long_words if not confusable([word], [known])]
    alike, meant = max(((likeness(word, known), known) for known in near), default=(0, ""))
    if alike < TYPO_LIKENESS:
        meant = next((known for known in near if known.startswith(word[:LONG_WORD])), "")
        return (IN_EXTRA, meant) if meant else (0, word)
    return profile.places[meant], meant


def _witnesses(found: Iterable[tuple[int, str]], profile: ProfileVocabulary) -> tuple[str, ...]:
    """The job's names or skills that hold the words found, or the words its description holds; at most three."""
    labels = []
    for place, word in found:
        pairs = {IN_NAME: profile.names, IN_SKILL: profile.skills, IN_EXTRA: profile.extras}.get(place, ())
        labels += [label for key, label in pairs if word in singular(key)][:1]
        labels += [word] if place == IN_TEXT else []
    return tuple(dict.fromkeys(labels))[:3]
