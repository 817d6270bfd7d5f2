"""Numbers that look right and belong to nobody.

SIREN numbers begin with "0000": below the first one ever given by Insee (000325175). Activity numbers carry the
département "00", which does not exist. Telephone numbers come from the ranges kept for fiction by the French
numbering plan (05 36 49 and 04 65 71). UAI numbers use the 9 thousands, where no school was registered.
"""

from typing import Final

UAI_KEYS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ"
WESTERN_PREFIXES: Final = frozenset({"09", "12", "31", "32", "46", "65", "81", "82"})


def luhn_key(digits: str) -> str:
    """The digit that makes `digits` + key divisible by 10 in Luhn's sense."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def siret(rank: int, *, establishment: int = 1) -> str:
    """A SIRET of 14 digits for the fictional body number `rank` (1 to 3 200): both its keys are right."""
    start = f"0000{rank:04d}"
    siren = start + luhn_key(start)
    nic = f"{establishment:04d}"
    return siren + nic + luhn_key(siren + nic)


def activity_number(rank: int) -> str:
    """An activity number (NDA) of 11 digits: region 76, then nine digits."""
    return f"7600{rank:07d}"


def uai(department: str, rank: int) -> str:
    """A UAI of 8 characters with its true key letter: "0319004V"."""
    number = f"0{department}9{rank:03d}"
    return number + UAI_KEYS[int(number) % len(UAI_KEYS)]


def telephone(department: str, rank: int) -> str:
    prefix = "05 36 49" if department in WESTERN_PREFIXES else "04 65 71"
    return f"{prefix} {rank // 100:02d} {rank % 100:02d}"
