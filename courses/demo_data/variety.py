"""Variety without chance: the same key always gives the same number."""

from collections.abc import Sequence
from hashlib import blake2b


def number(key: str, below: int) -> int:
    """A whole number from 0 to `below` - 1 that depends on `key` only."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) % below


def one_of[T](key: str, choices: Sequence[T]) -> T:
    return choices[number(key, len(choices))]
