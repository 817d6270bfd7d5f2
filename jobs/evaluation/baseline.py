"""The figures that must not fall, committed beside the code that reaches them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jobs.evaluation.measures import Figure

FILE = Path(__file__).with_name("baseline.json")
# a figure may fall by so much before it is a fault
TOLERANCE = 0.01
DECIMALS = 4
Measured = Mapping[str, Mapping[str, Figure]]


@dataclass(frozen=True)
class Fall:
    """A figure under its baseline by more than is tolerated."""

    group: str
    measure: str
    was: float
    now: float


def read(path: Path = FILE) -> dict[str, dict[str, float]]:
    return json.loads(path.read_text()) if path.is_file() else {}


def write(measured: Measured, path: Path = FILE) -> None:
    """Keep these figures; those of groups that were not measured stay."""
    kept = read(path)
    kept |= {
        group: {name: round(each.value, DECIMALS) for name, each in found.items()} for group, found in measured.items()
    }
    path.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")


def falls(measured: Measured, kept: Mapping[str, Mapping[str, float]]) -> list[Fall]:
    """The figures that fell, of the groups that both have."""
    return [
        Fall(group, name, was, found[name].value)
        for group, found in measured.items()
        for name, was in kept.get(group, {}).items()
        if name in found and found[name].value < was - TOLERANCE
    ]
