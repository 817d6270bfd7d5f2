"""The ROME codes and Formacodes to propose for a course: votes of certifications, then the occupation in its family.

Certifications speak the 532 wider codes of ROME (the parents, here "families"); courses and people speak 1,584
occupations. A family is voted for; the occupation inside it is the one that the title of the course names, else the
one that the voters themselves named; else the family alone is proposed, and said to be wide.

Pure: no database, no Django.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from courses.suggest.votes import FormacodeSuggester, OccupationSuggester, Shares, Suggestion, Votes

RULE = "votes-1"  # goes with each proposal; a change of method is a new name
ROME, FORMACODE = "rome", "formacode"
MOST = 5
# what fewer thousandths say is right one time in fifteen or less: not worth a person's reading
FEWEST_POINTS = {ROME: 200, FORMACODE: 100}
# how near a title of the occupation must be to the title of the course; right four times in five (docs/matching.md)
NAMED_FROM = 0.4
# the share of their family's vote that voters must give an occupation
VOTED_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Labelled:
    """A certification that votes: its short name ("RNCP34757"), its title and its codes."""

    name: str
    title: str
    rome: tuple[str, ...] = ()
    formacodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the base knows. `families`: occupation → its family, or itself; `said`: (occupation, text)."""

    certifications: tuple[Labelled, ...]
    families: Mapping[str, str]
    titles: tuple[tuple[str, str], ...]
    said: tuple[tuple[str, str], ...]
    formacodes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ProposedCode:
    """`points`: thousandths; `witness`: the certification's short name, empty when only the code's own words speak.

    `is_wide`: a whole family of occupations, of which nothing says which one.
    """

    kind: str
    code: str
    rank: int
    points: int
    witness: str = ""
    is_wide: bool = False


class CodeSuggester:
    """The indexes of everything that votes: slow to build (seconds), quick to ask (milliseconds)."""

    def __init__(self, known: Known):
        self.families = known.families
        voters = [each for each in known.certifications if each.rome]
        self.votes = Votes(
            [(each.title, tuple(self._with_families(each.rome))) for each in voters], [each.name for each in voters]
        )
        self.occupations = OccupationSuggester(
            self.votes, [(title, known.families[code]) for title, code in known.titles], self._descriptions(known)
        )
        self.titles = [code for _title, code in known.titles]
        self.rows = self._rows_by_family()
        voters = [each for each in known.certifications if each.formacodes]
        votes = Votes([(each.title, each.formacodes) for each in voters], [each.name for each in voters])
        self.formacodes = FormacodeSuggester(votes, known.formacodes)

    def suggest(self, title: str, objectives: str = "", most: int = MOST) -> list[ProposedCode]:
        """At most `most` ROME codes, then at most `most` Formacodes, likeliest first of each kind."""
        found = self._occupations(title, objectives, most)
        labels = _enough(FORMACODE, self.formacodes.suggest(title, most))
        return found + [
            ProposedCode(FORMACODE, said.code, rank, _points(said), said.witness) for rank, said in enumerate(labels, 1)
        ]

    def _occupations(self, title: str, objectives: str, most: int) -> list[ProposedCode]:
        shares = self.votes.of(title)
        own = {code: share for code, share in shares.items() if self.families.get(code) == code}
        near = self.occupations.titles.likeness(title)
        said = _enough(ROME, self.occupations.weigh(own, near, title, objectives, most))
        named = self._named(near, [each.code for each in said])
        found = []
        for rank, each in enumerate(said, 1):
            code = named.get(each.code) or self._voted(each.code, shares)
            is_wide = code is None and self.sizes[each.code] > 1
            found.append(ProposedCode(ROME, code or each.code, rank, _points(each), each.witness, is_wide))
        return found

    def _named(self, near: np.ndarray, families: Sequence[str]) -> dict[str, str]:
        """Family → the occupation of it that has the nearest title (`near`: of each), where one is near enough."""
        named = {}
        for family in families:
            rows = self.rows.get(family)
            if rows is not None:
                best = rows[int(np.argmax(near[rows]))]
                if near[best] >= NAMED_FROM:
                    named[family] = self.titles[best]
        return named

    def _voted(self, family: str, shares: Shares) -> str | None:
        """The occupation of a family that its voters name themselves, where most of them do."""
        inside = [code for code in shares if code != family and self.families.get(code) == family]
        best = min(inside, key=lambda code: (-shares[code][0], code), default=None)
        return best if best is not None and shares[best][0] >= VOTED_SHARE * shares[family][0] else None

    def _with_families(self, codes: Iterable[str]) -> list[str]:
        """Each known code with its family, each once."""
        known = [code for code in codes if code in self.families]
        return sorted({*known, *(self.families[code] for code in known)})

    def _descriptions(self, known: Known) -> dict[str, list[str]]:
        """Family → all that is said of its occupations, their titles included."""
        said: dict[str, list[str]] = {family: [] for family in known.families.values()}
        for code, text in known.said:
            said[known.families[code]].append(text)
        for title, code in known.titles:
            said[known.families[code]].append(title)
        return said

    def _rows_by_family(self) -> dict[str, np.ndarray]:
        """Family → the rows of its titles; `sizes`: family → how many occupations it has."""
        rows: dict[str, list[int]] = defaultdict(list)
        for row, code in enumerate(self.titles):
            rows[self.families[code]].append(row)
        self.sizes: dict[str, int] = defaultdict(int)
        for family in self.families.values():
            self.sizes[family] += 1
        return {family: np.array(listed) for family, listed in rows.items()}


def _enough(kind: str, said: Sequence[Suggestion]) -> list[Suggestion]:
    return [each for each in said if _points(each) >= FEWEST_POINTS[kind]]


def _points(said: Suggestion) -> int:
    return round(said.points * 1000)
