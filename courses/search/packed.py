"""Documents as arrays: what the packed columns of `SearchDocument` hold, read without a copy per course.

The columns are written by the view of migration 0003: numbers in network order, one record per course in `head`, one
per offering in the others, in one and the same order.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property

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
        found = np.flatnonzero(self.mark_keys == key)
        worth[self.mark_owners[found]] = self.marks[found] & WORTH_MASK
        return worth

    @cached_property
    def firsts(self) -> np.ndarray:
        """Where the offerings of each course begin."""
        counts = self.head["offerings"].astype(np.int64)
        return np.cumsum(counts) - counts

    @cached_property
    def departments(self) -> np.ndarray:
        """The département of each offering, as `lexicon.code_number` writes it; 0 for none."""
        return (self.bits >> np.uint64(DEPARTMENT_BIT)).astype(np.int64)


def mark_key(key: str) -> int:
    """A word, as the text search knows it, or a label, as marks write it."""
    return int(hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()[:7], 16) >> 1


def any_of(owners: np.ndarray, chosen: np.ndarray, length: int) -> np.ndarray:
    """Per course: whether one of its offerings is `chosen`."""
    found = np.zeros(length, dtype=bool)
    found[owners[chosen]] = True
    return found


def least_of(values: np.ndarray, owners: np.ndarray, chosen: np.ndarray, length: int, none: float) -> np.ndarray:
    """Per course: the least value of its `chosen` offerings; `none` where it has none."""
    least = np.full(length, none, dtype=values.dtype if values.dtype.kind == "f" else np.int64)
    kept = owners[chosen]
    if len(kept):
        starts = _starts(kept)
        least[kept[starts]] = np.minimum.reduceat(values[chosen], starts)
    return least


def bits_together(bits: np.ndarray, owners: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """The bits of the `chosen` offerings, those of one course made one."""
    kept = owners[chosen]
    if not len(kept):
        return np.zeros(0, dtype=np.uint64)
    starts = _starts(kept)
    return bits[chosen] if len(starts) == len(kept) else np.bitwise_or.reduceat(bits[chosen], starts)


def _starts(owners: np.ndarray) -> np.ndarray:
    """Where each owner's run begins; there is at least one."""
    is_first = np.empty(len(owners), dtype=bool)
    is_first[0] = True
    np.not_equal(owners[1:], owners[:-1], out=is_first[1:])
    return np.flatnonzero(is_first)


def count_bits(bits: np.ndarray) -> np.ndarray:
    """How many of the numbers have each bit, from bit 0 to bit 63."""
    octets = bits.astype("<u8").view(np.uint8).reshape(-1, 8)
    if len(bits) < FEW:
        return np.unpackbits(octets, axis=1, bitorder="little").sum(axis=0, dtype=np.int64)
    return np.concatenate([np.bincount(octets[:, place], minlength=256) @ OCTET_BITS for place in range(8)])


# below so many numbers it is quicker to spread them than to count their octets
FEW = 1_000
OCTET_BITS = np.unpackbits(np.arange(256, dtype=np.uint8).reshape(-1, 1), axis=1, bitorder="little").astype(np.int64)
