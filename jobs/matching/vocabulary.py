"""Which AI job do these words speak of? Pure: vocabulary in, points and witnesses out.

Two signs are added: how alike the text is to a name of the job, and how much of what the text says is in the job's
vocabulary, a word counting the more the fewer jobs use it. Synonyms are made one first ("IA", "AI", "intelligence
artificielle"), and what an advert adds to a title ("stage", "CDI", "confirmé") is left out. Points compare jobs; they
are never shown as a confidence.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from jobs.matching.nearness import contains_words, likeness
from portal.reference.grams import Grams
from portal.reference.traps import EMPTY_HANDED, confusable
from portal.reference.wording import fold_gender, plain, title_key
from portal.reference.words.synonyms import GROUPS

EXACT, SAID, NEAR, WORDS = "exact", "said", "near", "words"
# a job under these points is not proposed; calibrated on the development requests
FLOOR = 33
# a name said whole is worth more than any likeness; inside a longer text it is worth this, and more the longer it is
EXACT_LIKENESS = 150
SAID_LIKENESS, SAID_PER_WORD = 50, 5
# from this likeness, the name itself is the reason told
NEAR_FROM = 50
# "DPO" for "data protection officer", "datascientist" for "data scientist"
OTHERWISE_LIKENESS = 90
NAME_TIMES = 2
# where a word is found: in a name, in a skill, in what the person does all day
IN_NAME, IN_SKILL, IN_EXTRA, IN_TEXT = 6, 4, 3, 1
RARITY = 60
# names written as one word, beside the synonyms of the field
ONE_WORD = (("data scientist", "datascientist"), ("data analyst", "dataanalyst"), ("data engineer", "dataengineer"))
# the names of a role in English, for the same role
SAME_WORDS = {
    "data": "donnee",
    "engineer": "ingenieur",
    "developer": "developpeur",
    "architect": "architecte",
    "analyst": "analyste",
    "administrator": "administrateur",
    "security": "securite",
    "cybersecurity": "cybersecurite",
}
# a word alone that five jobs or more share ("donnée", "IA") tells no job by its likeness to one of its names
VAGUE = RARITY // 5
CENTRALITY = 10
# the shape of a post, not its matter: found in every branch
_ROLES = """
technicien ingenieur charge chef responsable conseiller consultant assistant agent expert specialiste directeur adjoint
gestionnaire referent animateur operateur projet mission service manager coordinateur analyste developpeur redacteur
assistance support produit etude architecte administrateur concepteur integrateur lead head
"""
ROLE_WORDS: frozenset[str] = frozenset(_ROLES.split())
ROLE_RARITY = 4
LONG_WORD = 6
DESCRIPTION_LENGTH = 3_000
SAME_START = 5
TYPO_LIKENESS = 55

_LITTLE = """
a au aux avec ce ces dans de des du elle en et etre eux faire il je la le les leur lui ma mais me meme mes moi mon ne
nos notre nous on ou par pas plus pour qu que qui sa se ses son sur ta te tes toi ton tu un une vos votre vous y veut
veux bien tres chez sans travailler metier metiers travail job emploi poste domaine secteur monde formation utiliser
savoir pouvoir devenir apprendre aider aide comprendre chose choses truc trucs besoin nouveau nouvelle autre autres
j ai aime adore sors terminal euro assez depuis encore
"""


def _without_s(word: str) -> str:
    """A word without the s that looks like a plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


# as they are compared
LITTLE_WORDS: frozenset[str] = frozenset(map(_without_s, _LITTLE.split()))
# what an advert adds to the name of a job
_ADVERT = """
stage stagiaire alternance alternant apprenti apprentissage recrutement offre emploi cdi cdd freelance independant nb
senior junior confirme experimente debutant intern internship all gender mois an annee bac teletravail niveau h f x
"""
ADVERT_WORDS: frozenset[str] = frozenset(_ADVERT.split())
# "Data engineer, recrutement par X": what follows names an employer
EMPLOYER_FOLLOWS = "recrutement"


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
            places |= {word: place for key, _label in pairs for word in meaning(key)}
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
    return [SAME_WORDS.get(word, word) for word in map(_without_s, key.split())]


# "j'ai" is no artificial intelligence
_HAVING = re.compile(r" (?:j|n|t|l|m) ai (?=\S)")


@lru_cache(maxsize=5_000)
def meaning(key: str) -> tuple[str, ...]:
    """As `meaning_of`, kept: names and skills are asked for again and again."""
    return meaning_of(key)


def meaning_of(key: str) -> tuple[str, ...]:
    """The words of `key`, a title_key, each group of synonyms said in one way: "ia" and "intelligence artificielle"."""
    left = singular(_HAVING.sub(" ", f" {key} "))
    said: list[str] = []
    while left:
        found = next((rule for rule in _SYNONYMS.get(left[0], ()) if tuple(left[: len(rule[0])]) == rule[0]), None)
        said += found[1] if found else left[:1]
        left = left[len(found[0]) if found else 1 :]
    return tuple(said)


def description_words(texts: Iterable[str]) -> frozenset[str]:
    """The words of what a job does all day, as `ProfileVocabulary.text` takes them."""
    return frozenset(meaning_of(fold_gender(plain(" ".join(texts), DESCRIPTION_LENGTH))))


def _synonyms() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """First word → (what is said, how it is said here), the longest first. The first of several words stands for a
    group, so that no acronym is compared letter by letter.
    """
    rules: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for group in (*GROUPS, *ONE_WORD):
        writings = [tuple(singular(title_key(name))) for name in group]
        chosen = next((words for words in writings if len(words) > 1), writings[-1])
        for words in writings:
            if words != chosen and not ADVERT_WORDS & set(chosen):
                rules.setdefault(words[0], []).append((words, chosen))
    return {first: sorted(found, key=lambda rule: -len(rule[0])) for first, found in rules.items()}


_SYNONYMS = _synonyms()


def advert_title(key: str) -> tuple[str, ...]:
    """The meaning of `key` without what adverts add; all of it where nothing else is said."""
    words = meaning(key)
    if EMPLOYER_FOLLOWS in words[1:]:
        words = words[: words.index(EMPLOYER_FOLLOWS, 1)]
    return tuple(word for word in words if word not in ADVERT_WORDS and not word.isdigit()) or words


@dataclass(frozen=True)
class _Name:
    """A name of a job: its place among the jobs, the key it is known by, its meaning, and how it is shown."""

    job: int
    key: str
    words: tuple[str, ...]
    label: str


class JobWords:
    """The vocabulary of all jobs, made ready to be asked many times."""

    def __init__(self, profiles: Sequence[ProfileVocabulary]):
        self.profiles = profiles
        self.names = [
            _Name(job, key, meaning(key), label) for job, profile in enumerate(profiles) for key, label in profile.names
        ]
        self.index = Grams([" ".join(name.words) for name in self.names])
        told = (profile.places.items() for profile in profiles)
        self.users = Counter(word for places in told for word, place in places if place >= IN_EXTRA)

    def meant(self, key: str) -> list[Sign]:
        """Return the jobs that `key`, a title_key, may mean, best first; none when nothing is near enough."""
        words = advert_title(key)
        said = [word for word in dict.fromkeys(words) if word not in LITTLE_WORDS]
        if not said:
            return []
        rarity = {word: self.rarity(word) for word in said}
        near = self.nearest_names(key, words, rarity)
        signs = [_sign(rarity, profile, near.get(job)) for job, profile in enumerate(self.profiles)]
        kept = [sign for sign in signs if sign.points >= FLOOR]
        return sorted(kept, key=lambda sign: (-sign.points, sign.slug))

    def rarity(self, word: str) -> int:
        """How much a word tells: the fewer jobs use it the more; one that none uses counts like a shared one."""
        if word in ROLE_WORDS:
            return ROLE_RARITY
        users = self.users[word]
        return RARITY // users if users else RARITY // 4

    def nearest_names(self, key: str, words: tuple[str, ...], rarity: dict[str, int]) -> dict[int, "_Near"]:
        """Job → the name nearest to the text. A name that shares only the shape of a post with it is none."""
        only_roles = all(word in ROLE_WORDS for word in rarity)
        found = self.index.likeness(" ".join(words))
        best: dict[int, _Near] = {}
        for name, alike in zip(self.names, found, strict=True):
            near = _nearness(name, key, words, int(100 * alike))
            if near.points <= best.get(name.job, _NOT_NEAR).points:
                continue
            telling = set(name.words) - ROLE_WORDS
            if only_roles or near.reason == EXACT or _is_short_for(key, name.key) or _share_a_word(rarity, telling):
                best[name.job] = near
        return best


@lru_cache(maxsize=4)
def job_words(profiles: tuple[ProfileVocabulary, ...]) -> JobWords:
    """The same vocabulary is made ready once."""
    return JobWords(profiles)


def jobs_meant(key: str, vocabulary: Iterable[ProfileVocabulary]) -> list[Sign]:
    """Return the jobs that `key`, a title_key, may mean, best first; none when nothing is near enough."""
    return job_words(tuple(vocabulary)).meant(key)


@dataclass(frozen=True, slots=True)
class _Near:
    """How near a name is, 0 to 100, why, and the name."""

    points: int
    reason: str
    label: str


_NOT_NEAR = _Near(0, WORDS, "")


def _nearness(name: _Name, key: str, words: tuple[str, ...], alike: int) -> _Near:
    if name.key == key or name.words == words:
        return _Near(EXACT_LIKENESS, EXACT, name.label)
    if confusable(words, name.words):
        alike = 0
    reason = NEAR if alike >= NEAR_FROM else WORDS
    if _is_short_for(key, name.key):
        alike, reason = OTHERWISE_LIKENESS, NEAR
    if contains_words(words, name.words) and (len(name.words) > 1 or name.words[0] not in EMPTY_HANDED):
        alike, reason = max(alike, SAID_LIKENESS + SAID_PER_WORD * len(name.words)), SAID
    return _Near(alike, reason, name.label)


def _share_a_word(said: Iterable[str], telling: set[str]) -> bool:
    """Whether the text says one of these words, mistyped or not."""
    return any(
        word in telling
        or (len(word) >= SAME_START and any(likeness(word, other) >= TYPO_LIKENESS for other in telling))
        for word in said
    )


def _sign(rarity: dict[str, int], profile: ProfileVocabulary, near: _Near | None) -> Sign:
    found = {word: _find(word, profile) for word in rarity}
    name_points, reason, label = (near.points, near.reason, near.label) if near else (0, WORDS, "")
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


def _centrality(words: Iterable[str], profile: ProfileVocabulary) -> int:
    """How many of the job's names hold all of `words`, from 0 to CENTRALITY."""
    asked = set(words)
    holding = sum(1 for key, _label in profile.names if asked <= set(meaning(key)))
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
        labels += [label for key, label in pairs if word in meaning(key)][:1]
        labels += [word] if place == IN_TEXT else []
    return tuple(dict.fromkeys(labels))[:3]
