"""Sessions: when they start, how long they last, how many seats are left. Days are offsets from the world's day."""

import math

from courses.demo_data.shapes import Kind, SessionFacts, Variant
from courses.demo_data.variety import number

DAY_HOURS, WEEK_HOURS = 7, 35
SATURDAY = 5
LONG_WEEKS, BREAKS = 10, 1.12  # long courses stop for holidays
WEEKLY_HOURS = {"full_time": 35.0, "part_time": 17.5, "evening": 6.0}
SEATS = {
    Kind.PUBLIC: (8, 5),
    Kind.SHORT: (8, 6),
    Kind.REGION: (12, 4),
    Kind.LONG: (12, 6),
    Kind.MASTER: (22, 9),
    Kind.APPRENTICE: (16, 9),
}
NOTES = ("Une deuxième date s'ouvrira si la première est complète.", "Réunion d'information trois semaines avant.")


def is_one_saturday(variant: Variant, rhythm: str) -> bool:
    """A single day for people who work during the week."""
    return rhythm == "evening" and variant.hours <= DAY_HOURS


def length_days(variant: Variant, kind: Kind, rhythm: str) -> int | None:
    """Calendar days from the first to the last; None at one's own pace."""
    if rhythm == "own_pace":
        return None
    if is_one_saturday(variant, rhythm):
        return 0
    if kind in (Kind.APPRENTICE, Kind.MASTER):
        return 655 if variant.hours >= 800 else 330
    if variant.weeks:
        return variant.weeks * 7 - 3
    total = variant.hours + variant.company_hours
    weekly = WEEKLY_HOURS[rhythm]
    if rhythm == "full_time" and total <= WEEK_HOURS:
        return math.ceil(total / DAY_HOURS) - 1
    weeks = total / weekly
    return math.ceil(weeks * BREAKS if weeks > LONG_WEEKS else weeks) * 7 - 3


def duration_note(variant: Variant, kind: Kind, rhythm: str) -> str:
    days = length_days(variant, kind, rhythm)
    if days is None:
        return f"environ {variant.hours} heures, à votre rythme"
    if kind in (Kind.APPRENTICE, Kind.MASTER):
        return "2 ans" if days > 400 else "1 an"
    if is_one_saturday(variant, rhythm):
        return "1 jour, le samedi"
    if rhythm == "evening" and days < 120:
        return f"{math.ceil(variant.hours / 3)} séances du soir"
    worked = math.ceil(variant.hours / DAY_HOURS)
    if rhythm == "full_time" and worked <= 10 and not variant.company_hours:
        return "1 jour" if worked == 1 else f"{worked} jours"
    weeks = math.ceil(days / 7)
    return f"{weeks} semaines" if weeks < 12 else f"{round(days / 30.4)} mois environ"


def sessions(variant: Variant, kind: Kind, rhythm: str, key: str) -> tuple[SessionFacts, ...]:
    """The sessions of one offering, soonest first; long courses also show the one that has just begun."""
    if rhythm == "own_pace":
        return (_permanent(key),)
    offsets = _offsets(variant, kind, key)
    length = length_days(variant, kind, rhythm)
    weekday = SATURDAY if is_one_saturday(variant, rhythm) else None
    return tuple(_session(f"{key}-s{rank + 1}", offset, length, kind, weekday) for rank, offset in enumerate(offsets))


def _offsets(variant: Variant, kind: Kind, key: str) -> list[int]:
    shift = number(f"{key}shift", 60)
    if kind in (Kind.APPRENTICE, Kind.MASTER):
        return [232 + shift % 14 + 140 * rank for rank in range(variant.sessions)]
    if kind in (Kind.LONG, Kind.REGION):
        return [-110 + shift, *(20 + shift + 150 * rank for rank in range(variant.sessions))]
    if variant.sessions == 1:
        return [15 + 3 * shift]
    step = 330 // variant.sessions
    return [-30 + shift + step * rank + (7 * rank if shift % 2 else 0) for rank in range(variant.sessions)]


def _permanent(key: str) -> SessionFacts:
    return SessionFacts(
        key=f"{key}-s1",
        start_offset=None,
        start_precision="unknown",
        weekday=0,
        length_days=None,
        registration_lead_days=None,
        seats=None,
        seats_left=None,
        recruitment="open",
        is_full=False,
        note="Vous commencez quand vous voulez.",
    )


def _precision(key: str, offset: int) -> str:
    """Most dates are told to the day; some of those to come only to the month or year, or not yet."""
    if offset < 45:
        return "day"
    draw = number(f"{key}precision", 100)
    return "unknown" if draw < 4 else "year" if draw < 6 else "month" if draw < 14 else "day"


def _session(key: str, offset: int, length: int | None, kind: Kind, weekday: int | None) -> SessionFacts:
    precision = _precision(key, offset)
    low, spread = SEATS[kind]
    seats = low + number(f"{key}seats", spread) if number(f"{key}told", 12) else None
    left = _seats_left(key, seats, offset)
    draw = number(f"{key}recruits", 30)
    recruitment = "closed" if offset < 0 else "suspended" if draw == 0 else "unknown" if draw < 5 else "open"
    return SessionFacts(
        key=key,
        start_offset=None if precision == "unknown" else offset,
        start_precision=precision,
        weekday=_weekday(key, length) if weekday is None else weekday,
        length_days=length,
        registration_lead_days=_lead(key, kind) if precision == "day" else None,
        seats=seats,
        seats_left=left,
        recruitment=recruitment,
        is_full=left is None and offset > 0 and number(f"{key}full", 33) == 0,
        note=NOTES[draw % 2] if draw in (7, 8) and offset > 20 else "",
    )


def _weekday(key: str, length: int | None) -> int:
    """A Monday for a week or more; otherwise any working day from which the last one is not a weekend."""
    return 0 if length is None or length > 3 else number(f"{key}weekday", 5 - length)


def _seats_left(key: str, seats: int | None, offset: int) -> int | None:
    """Fewer as the day comes near; unknown for two sessions in five and for those begun."""
    if seats is None or offset < 0 or number(f"{key}left", 5) < 2:
        return None
    if number(f"{key}gone", 14) == 0:
        return 0
    taken = max(0.1, 1 - offset / 300) * (0.5 + number(f"{key}taken", 50) / 100)
    return max(1, seats - int(seats * min(taken, 1)))


def _lead(key: str, kind: Kind) -> int | None:
    if number(f"{key}lead", 5) < 2:
        return None
    long_ones = kind in (Kind.LONG, Kind.REGION, Kind.MASTER, Kind.APPRENTICE)
    return 14 + number(key, 25) if long_ones else 4 + number(key, 14)
