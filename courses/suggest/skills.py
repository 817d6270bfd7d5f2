"""Skills named in a text: labels and aliases found as whole words, with the words that led there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from courses.suggest.guards import GUARDS
from courses.suggest.words import Word, key_words, words_of

RULE = "words-1"  # goes with each proposal; a change of method is a new name
MOST = 12
EVIDENCE_LENGTH = 200
LONGEST_NAME = 8  # words
ASIDE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A skill, the words of the text that name it, and how many times it is named."""

    code: str
    evidence: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Name:
    code: str
    words: tuple[str, ...]
    is_label: bool


@dataclass(slots=True)
class Vocabulary:
    """Names by their first word, the longest first."""

    names: dict[str, list[Name]] = field(default_factory=dict)

    @classmethod
    def of(cls, skills: Mapping[str, Iterable[str]]) -> "Vocabulary":
        """From skill code → its label then its aliases."""
        found = cls()
        for code, names in skills.items():
            for rank, name in enumerate(names):
                found.add(code, name, is_label=rank == 0)
        for listed in found.names.values():
            listed.sort(key=lambda name: (-len(name.words), name.code))
        return found

    def add(self, code: str, name: str, *, is_label: bool) -> None:
        words = key_words(ASIDE.sub(" ", name))
        if 0 < len(words) <= LONGEST_NAME:
            self.names.setdefault(words[0], []).append(Name(code, words, is_label))


@dataclass(frozen=True, slots=True)
class Found:
    name: Name
    first: int
    last: int


def suggest_skills(text: str, vocabulary: Vocabulary, most: int = MOST) -> list[Suggestion]:
    """Skills that `text` names, at most `most` of them: the oftenest named first, then in the order of the text."""
    words = words_of(text)
    found = [match for match in matches(words, vocabulary) if is_in_company(match, words)]
    kept = [match for match in found if match.name.is_label or not is_inside_another(match, found)]
    firsts: dict[str, Found] = {}
    times: dict[str, int] = {}
    for match in kept:
        firsts.setdefault(match.name.code, match)
        times[match.name.code] = times.get(match.name.code, 0) + 1
    chosen = sorted(firsts, key=lambda code: (-times[code], firsts[code].first, code))[:most]
    return [Suggestion(code, evidence(text, words, firsts[code]), times[code]) for code in chosen]


def matches(words: list[Word], vocabulary: Vocabulary) -> list[Found]:
    """Every name that stands in one sentence of the text; of one skill, the longest at each place."""
    found = []
    for first, word in enumerate(words):
        seen = set()
        for name in vocabulary.names.get(word.key, ()):
            last = first + len(name.words) - 1
            if name.code in seen or last >= len(words) or words[last].sentence != word.sentence:
                continue
            if all(words[first + step].key == key for step, key in enumerate(name.words)):
                seen.add(name.code)
                found.append(Found(name, first, last))
    return found


def is_in_company(match: Found, words: list[Word]) -> bool:
    """A guarded word alone needs one of its neighbours somewhere in the text."""
    company = GUARDS.get(match.name.words[0]) if len(match.name.words) == 1 else None
    return company is None or any(word.key in company for word in words)


def is_inside_another(match: Found, found: list[Found]) -> bool:
    """ "IA" inside "IA générative" says nothing more."""
    size = match.last - match.first
    return any(
        other.first <= match.first and match.last <= other.last and other.last - other.first > size for other in found
    )


def evidence(text: str, words: list[Word], match: Found) -> str:
    """The words of the text themselves, as a reader would point at them."""
    quoted = " ".join(text[words[match.first].start : words[match.last].end].split())
    return quoted.strip(" .,;:!?()[]«»\"'•–—-")[:EVIDENCE_LENGTH]
