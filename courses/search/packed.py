"""Documents as arrays: what the packed columns of `SearchDocument` hold, read without a copy per course.

The columns are written by the view of migration 0003: numbers in network order, one record per course in `head`, one
per offering in the others, in one and the same order.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

HEAD = np.dtype(
    [
        ("course", ">i8"),
        ("bits", ">i4"),
        ("points", ">i2"),
        ("offerings", ">i2"),
        ("profiles", ">i2"),
        ("marks", ">i2"),
        ("start", ">i4"),
    ]
)
# a cost, a length, a start that nobody gives: after all that is known
UNKNOWN = 2**31 - 1
DEPARTMENT_BIT = 52
WORTH_BITS, WORTH_MASK = 4, 15
COST_AUDIENCES = ("jobseeker", "employee", "apprentice", "self_funded")


@dataclass(frozen=True)
class Packed:
    """The documents that a statement found. `head` has a row per course, `bits` one per offering."""

    head: np.ndarray
    profiles: np.ndarray
    # word or label (27 bits), and where it stands or how far it goes (4 bits)
    marks: np.ndarray
    bits: np.ndarray
    # what only some questions need, per offering
    communes: np.ndarray
    starts: np.ndarray
    costs: np.ndarray
    hours: np.ndarray

    @classmethod
    def read(cls, columns: dict[str, bytes | None]) -> "Packed":
        """From the columns as PostgreSQL joined them, by name; one that was not asked for is empty."""

        def numbers(name: str, kind: str) -> np.ndarray:
            raw = np.frombuffer(columns.get(name) or b"", dtype=f">{kind}")
            return raw.astype(f"={kind}")

        return cls(
            head=np.frombuffer(columns.get("head") or b"", dtype=HEAD),
            profiles=numbers("profiles", "i4"),
            marks=numbers("marks", "i4"),
            bits=numbers("offering_bits", "u8"),
            communes=numbers("offering_communes", "i4"),
            starts=numbers("offering_starts", "i4"),
            costs=numbers("offering_costs", "i4").reshape(-1, len(COST_AUDIENCES)),
            hours=numbers("offering_hours", "i4"),
        )

    def __len__(self) -> int:
        return len(self.head)

    @cached_property
    def courses(self) -> np.ndarray:
        return self.head["course"].astype(np.int64)

    @cached_property
    def course_bits(self) -> np.ndarray:
        return self.head["bits"].astype(np.uint64)

    @cached_property
    def points(self) -> np.ndarray:
        return self.head["points"].astype(np.int64)

    @cached_property
    def next_starts(self) -> np.ndarray:
        return self.head["start"].astype(np.int64)

    @cached_property
    def owners(self) -> np.ndarray:
        """The row in `head` of each offering."""
        return np.repeat(np.arange(len(self)), self.head["offerings"])

    @cached_property
    def profile_owners(self) -> np.ndarray:
        return np.repeat(np.arange(len(self)), self.head["profiles"])

    @cached_property
    def mark_owners(self) -> np.ndarray:
        return np.repeat(np.arange(len(self)), self.head["marks"])

    @cached_property
    def mark_keys(self) -> np.ndarray:
        return self.marks >> WORTH_BITS

    def worth_of(self, key: int) -> np.ndarray:
        """Per course: where the word of this key stands, or how far its label goes; 0 where it has none."""
        worth = np.zeros(len(self), dtype=np.int32)
        (found,) = (self.mark_keys == key).nonzero()
        worth[self.mark_owners[found]] = self.marks[found] & WORTH_MASK
        return worth

    @cached_property
    def firsts(self) -> np.ndarray:
        """Where the offerings of each course begin."""
        counts = self.head["offerings"].astype(np.int64)
        return np.cumsum(counts) - counts

    @cached_property
    def _runs(self) -> tuple[np.ndarray, np.ndarray]:
        """The rows that have offerings, and where those of each begin."""
        rows = np.flatnonzero(self.head["offerings"])
        return rows, self.firsts[rows]

    def any_offering(self, chosen: np.ndarray) -> np.ndarray:
        """Per course: whether one of its offerings is `chosen`."""
        rows, starts = self._runs
        if not len(rows):
            return np.zeros(len(self), dtype=bool)
        found = chosen if len(rows) == len(chosen) else np.logical_or.reduceat(chosen, starts)
        if len(rows) == len(self):
            return found
        spread = np.zeros(len(self), dtype=bool)
        spread[rows] = found
        return spread

    def bits_together(self, bits: np.ndarray) -> np.ndarray:
        """Rows of bits of the offerings, made into rows of bits of the courses that have any."""
        _rows, starts = self._runs
        return bits if len(starts) == bits.shape[1] else np.bitwise_or.reduceat(bits, starts, axis=1)

    @cached_property
    def departments(self) -> np.ndarray:
        """The département of each offering, as `lexicon.code_number` writes it; 0 for none."""
        return (self.bits >> np.uint64(DEPARTMENT_BIT)).astype(np.int64)


@lru_cache(maxsize=50_000)
def mark_key(key: str) -> int:
    """A word, as the text search knows it, or a label, as marks write it."""
    return int(hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()[:7], 16) >> 1


def least_of(values: np.ndarray, owners: np.ndarray, chosen: np.ndarray, length: int, none: float) -> np.ndarray:
    """Per course: the least value of its `chosen` offerings; `none` where it has none."""
    least = np.full(length, none, dtype=values.dtype if values.dtype.kind == "f" else np.int64)
    kept = owners[chosen]
    if len(kept):
        starts = _starts(kept)
        least[kept[starts]] = np.minimum.reduceat(values[chosen], starts)
    return least


def _starts(owners: np.ndarray) -> np.ndarray:
    """Where each owner's run begins; there is at least one."""
    is_first = np.empty(len(owners), dtype=bool)
    is_first[0] = True
    np.not_equal(owners[1:], owners[:-1], out=is_first[1:])
    return np.flatnonzero(is_first)


def count_bits(rows: np.ndarray) -> np.ndarray:
    """Of each row of numbers: how many have each bit, from bit 0 to bit 63."""
    octets = rows.astype("<u8", copy=False).view(np.uint8).reshape(*rows.shape, 8)
    if rows.shape[1] < FEW:
        return np.add.reduce(np.unpackbits(octets, axis=2, bitorder="little"), axis=1, dtype=np.int64)
    counts = [[np.bincount(row[:, place], minlength=256) @ OCTET_BITS for place in range(8)] for row in octets]
    return np.array(counts).reshape(len(rows), 64)


# below so many numbers a row it is quicker to spread them than to count their octets
FEW = 1_000
OCTET_BITS = np.unpackbits(np.arange(256, dtype=np.uint8).reshape(-1, 1), axis=1, bitorder="little").astype(np.int64)
