"""What a listing is about, by the vote of what is labelled already: certifications lend their codes to titles alike.

Pure: no database, no Django. Every suggestion comes with its witness; a person accepts or refuses it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from portal.reference.grams import Grams, first_rows
from portal.reference.names import Names
from portal.reference.passages import Passages
from portal.reference.wording import fold_gender, plain, title_key

# how many neighbours vote, each by its likeness raised to this power
VOTERS, SHARPNESS = 30, 4
# the other witnesses beside the vote: names of the code, and what its description says
OCCUPATION_NAME_SHARE, OCCUPATION_TEXT_SHARE = 0.3, 0.45
FORMACODE_NAME_SHARE = 0.5
DESCRIPTIONS_READ = 60

# code → its share of a vote, and the witness
Shares = Mapping[str, tuple[float, str]]


def course_key(title: str) -> str:
    """What titles of courses and certifications are compared by."""
    return fold_gender(plain(title))


@dataclass(frozen=True)
class Suggestion:
    """`witness`: the labelled title that speaks most for this code; empty when only its own names or text do."""

    code: str
    points: float
    witness: str = ""


class Votes:
    """Labelled titles. `labelled`: (title, its codes). `names`: what each is called as a witness, else its title."""

    def __init__(self, labelled: Sequence[tuple[str, Sequence[str]]], names: Sequence[str] | None = None):
        self.labelled = labelled
        self.names = names or [title for title, _codes in labelled]
        self.index = Grams([course_key(title) for title, _codes in labelled])

    def of(self, title: str) -> dict[str, tuple[float, str]]:
        """Code → its share of the vote and the nearest title that has it.

        The whole vote weighs what its nearest voter is like the title: neighbours that are far decide little.
        """
        found = self.index.likeness(course_key(title))
        voters = first_rows(found, VOTERS)
        weights = [float(found[row]) ** SHARPNESS for row in voters]
        scale = float(found[voters[0]]) / sum(weights) if voters else 0.0
        shares: dict[str, tuple[float, str]] = {}
        for row, weight in zip(voters, weights, strict=True):
            for code in self.labelled[row][1]:
                before, witness = shares.get(code, (0.0, self.names[row]))
                shares[code] = (before + weight * scale, witness)
        return shares


class OccupationSuggester:
    """ROME codes for a title. `titles`: (job title, code); `descriptions`: code → what is said of it."""

    def __init__(self, votes: Votes, titles: Iterable[tuple[str, str]], descriptions: Mapping[str, Iterable[str]]):
        self.votes = votes
        self.titles = Names(titles, title_key, further=0)
        self.codes = sorted(descriptions)
        self.texts = Passages([descriptions[code] for code in self.codes])

    def suggest(self, title: str, objectives: str = "", most: int = 5) -> list[Suggestion]:
        """The `most` likeliest codes, likeliest first."""
        return self.weigh(self.votes.of(title), self.titles.likeness(title), title, objectives, most)

    def weigh(
        self, shares: Shares, names: np.ndarray, title: str, objectives: str = "", most: int = 5
    ) -> list[Suggestion]:
        """As ``suggest``, once the votes are counted and the likeness of the `names` (``titles``) is known."""
        near = self.titles.ranked(names, DESCRIPTIONS_READ)
        said = self.texts.likeness(f"{title} {objectives}")
        told = {self.codes[row]: float(said[row]) for row in first_rows(said, DESCRIPTIONS_READ)}
        return _together(shares, [(dict(near), OCCUPATION_NAME_SHARE), (told, OCCUPATION_TEXT_SHARE)], most)


class FormacodeSuggester:
    """Formacodes for a title. `labels`: (label, code)."""

    def __init__(self, votes: Votes, labels: Iterable[tuple[str, str]]):
        self.votes, self.labels = votes, Names(labels, course_key, further=0)

    def suggest(self, title: str, most: int = 5) -> list[Suggestion]:
        near = dict(self.labels.nearest(title, DESCRIPTIONS_READ))
        return _together(self.votes.of(title), [(near, FORMACODE_NAME_SHARE)], most)


def _together(shares: Shares, others: Sequence[tuple[Mapping[str, float], float]], most: int) -> list[Suggestion]:
    points: dict[str, float] = defaultdict(float)
    for code, (share, _witness) in shares.items():
        points[code] += share
    for found, weight in others:
        for code, likeness in found.items():
            points[code] += weight * likeness
    first = sorted(points, key=lambda code: (-points[code], code))[:most]
    return [Suggestion(code, points[code], shares.get(code, (0.0, ""))[1]) for code in first]
