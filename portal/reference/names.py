"""Things found by their names: an occupation by its titles, a skill by its labels, as people write them.

Pure: no database, no Django.
"""

from collections.abc import Callable, Iterable

import numpy as np

from portal.reference.grams import Grams, first_rows

# names compared beyond the first: as many as one thing has, and those of a few others
NAMES_READ = 60
# what each further name of a thing that is near adds, by the square of its likeness, and of how many
FURTHER_SHARE, FURTHER_NAMES = 0.1, 3


class Names:
    """`pairs`: (name, code of the thing); `key`: what names and texts are compared by.

    A thing is as near as its nearest name, and a little more when others of its names are near too: "technicienne en
    hygiène" is nearer to an occupation that has five such titles than to one that has one.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]], key: Callable[[str], str], *, further: float = FURTHER_SHARE):
        kept = list(pairs)
        self.key, self.further = key, further
        self.codes = [code for _name, code in kept]
        self.index = Grams([key(name) for name, _code in kept])

    def nearest(self, text: str, most: int = 10) -> list[tuple[str, float]]:
        """The codes nearest to `text` with how near, 0 to about 1; nearest first, equals by their codes."""
        return self.ranked(self.likeness(text), most)

    def likeness(self, text: str) -> np.ndarray:
        """How near each name is to `text`: an array of shape (pairs,)."""
        return self.index.likeness(self.key(text))

    def ranked(self, found: np.ndarray, most: int = 10) -> list[tuple[str, float]]:
        """What ``nearest`` gives, once ``likeness`` is known."""
        by_code: dict[str, list[float]] = {}
        for row in first_rows(found, NAMES_READ):
            by_code.setdefault(self.codes[row], []).append(float(found[row]))
        points = {
            code: near[0] + self.further * sum(each * each for each in near[1 : 1 + FURTHER_NAMES])
            for code, near in by_code.items()
        }
        return sorted(points.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
