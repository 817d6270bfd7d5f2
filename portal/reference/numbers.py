"""Numbers that check themselves: pure, shared by accounts and importers."""

LA_POSTE = "356000000"


def luhn_is_right(digits: str) -> bool:
    """The check of SIREN and SIRET numbers (Luhn); La Poste's establishments may sum to a multiple of 5 instead."""
    if digits.startswith(LA_POSTE) and len(digits) == 14 and sum(map(int, digits)) % 5 == 0:
        return True
    doubled = (int(sign) * (2 if place % 2 else 1) for place, sign in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
