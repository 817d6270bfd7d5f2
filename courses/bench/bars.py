"""The bars that `--check` holds the portal to: ratios of processor time as measured; tables show their interval."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.bench.extras import EXTRAS

# the parts whose answers are compared with a recount
QUESTION_PARTS = ("search", "text", "broad", "browse", "geo")
Report = Mapping[str, Any]
# bars that are read of any part that asks questions
QUESTIONS = "questions"
SMALL = ("257", "3k")
AT_LEAST = True


@dataclass(frozen=True)
class Bar:
    """`figure` reads the report: None where it was not measured. It must be at most, or at least, `limit`."""

    name: str | Promise
    figure: "Figure | Callable[[Report], float | None]"
    limit: float
    at_least: bool = False
    # a small catalogue is held to it too
    small: bool = False
    # counted, the same on every machine: nothing is left to neighbours
    is_count: bool = False
    # a time of this machine: told, and no reason for a check to fail, since its neighbours share it
    is_seconds: bool = False

    @property
    def part(self) -> str:
        """The part of the report that it is read of."""
        return self.figure.part if isinstance(self.figure, Figure) else QUESTIONS


@dataclass(frozen=True)
class Figure:
    """A figure of one part of a report."""

    part: str
    read: Callable[[Report], float | None]

    def __call__(self, report: Report) -> float | None:
        return self.read(report)


@dataclass(frozen=True)
class Verdict:
    bar: Bar
    figure: float | None

    @property
    def is_held(self) -> bool:
        if self.figure is None:
            return False
        return self.figure >= self.bar.limit if self.bar.at_least else self.figure <= self.bar.limit

    @property
    def excess(self) -> float:
        """How many times the limit: over 1 is missed."""
        if not self.figure:
            return float("inf") if self.bar.at_least else 0.0
        return self.bar.limit / self.figure if self.bar.at_least else self.figure / self.bar.limit

    def fails(self, spare: int = 0) -> bool:
        """Whether a check ends here. `spare` percent of a ratio are left to the neighbours of a shared machine; what
        is counted and what must be at least something (equal answers) leave no room. Seconds fail nothing.
        """
        if self.bar.is_seconds and self.figure is not None:
            return False
        if self.bar.at_least or self.bar.is_count or self.figure is None:
            return not self.is_held
        return self.excess > 1 + spare / 100

    @property
    def word(self) -> str:
        if self.figure is None:
            return str(_("non mesuré"))
        return str(_("tenu") if self.is_held else _("manqué"))


def part(report: Report, name: str) -> Mapping[str, Any]:
    return next((each for each in report["parts"] if each["part"] == name), {})


def times(name: str, engine: str, of: str = "mean") -> Figure:
    """The portal's time over an engine's."""

    def figure(report: Report) -> float | None:
        rows = part(report, name).get("ratios", [])
        return next((row["value"] for row in rows if row["engine"] == engine and row["of"] == of), None)

    return Figure(name, figure)


def faster(name: str, engine: str) -> Figure:
    """An engine's time over the portal's."""
    slower = times(name, engine)

    def figure(report: Report) -> float | None:
        found = slower(report)
        return None if found is None else 1 / found

    return Figure(name, figure)


def told(name: str, key: str) -> Figure:
    return Figure(name, lambda report: part(report, name).get(key))


def share(name: str, key: str) -> Figure:
    def figure(report: Report) -> float | None:
        found = part(report, name).get(key)
        return found[0] / found[1] if found else None

    return Figure(name, figure)


def growth(report: Report) -> float | None:
    return report.get("growth", {}).get("text")


BARS = (
    Bar(_("réponses égales au recompte"), lambda report: report["equal_share"], 1, AT_LEAST, small=True),
    Bar(_("texte et 3 filtres : fois tantivy"), times("search", "tantivy"), 4, small=True),
    Bar(_("texte et 3 filtres : fois Typesense"), times("search", "typesense"), 0.6),
    Bar(
        _("texte et 3 filtres : plus rapide que le naïf"),
        faster("search", "naive"),
        500,
        AT_LEAST,
    ),
    Bar(_("mots courants, 95e centile : fois tantivy"), times("broad", "tantivy", "p95"), 20),
    Bar(_("tout le catalogue compté : fois tantivy"), times("browse", "tantivy"), 0.2),
    Bar(
        _("tout le catalogue compté : égal au recompte après chaque modification"),
        told("browse", "edits_recounted"),
        1,
        AT_LEAST,
    ),
    Bar(_("à 30 km : fois tantivy"), times("geo", "tantivy"), 5),
    Bar(_("faute de frappe : fois tantivy"), times("typo", "tantivy"), 3),
    Bar(_("début de mot : fois tantivy"), times("prefix", "tantivy"), 0.5),
    Bar(_("page entière : fois la page vide"), times("page", "empty"), 18, small=True),
    Bar(_("page entière : plus rapide que l'ORM et les gabarits"), faster("page", "orm"), 3.5, AT_LEAST),
    Bar(_("page entière : plus rapide que la page naïve"), faster("page", "naive"), 150, AT_LEAST),
    Bar(_("page entière : requêtes"), told("page", "statements"), 3, small=True, is_count=True),
    Bar(_("page entière : ko compressés"), told("page", "gz_kb"), 15, small=True, is_count=True),
    Bar(
        _("modification trouvée dans la même transaction"),
        share("fresh", "found_in_the_same_transaction"),
        1,
        AT_LEAST,
    ),
    Bar(_("import : pages servies pendant ce temps"), share("import", "served"), 1, AT_LEAST),
    Bar(_("import : Mo au plus"), told("import", "peak_mb"), 1_000),
)
GROWTH = Bar(_("croissance : texte à 300k, fois 60k"), growth, 6)


def verdicts(report: Report) -> list[Verdict]:
    """Every bar of the size that was measured, and of the parts that were asked for, where the report tells them."""
    extra = [bar for name in asked_of(report) & EXTRAS.keys() for bar in EXTRAS[name].read_bars()]
    bars = [bar for bar in (*BARS, *extra) if bar.small or report["size"] not in SMALL]
    if "asked" in report:
        bars = [bar for bar in bars if bar.part in asked_of(report)]
    if report["size"] == "300k":
        bars.append(GROWTH)
    return [Verdict(bar, bar.figure(report)) for bar in bars]


def asked_of(report: Report) -> set[str]:
    """The parts asked for, and QUESTIONS if one of them has right answers to compare."""
    asked = {*report.get("asked", ()), *(each["part"] for each in report["parts"])}
    return asked | {QUESTIONS} if asked & set(QUESTION_PARTS) else asked


def lines(found: list[Verdict]) -> list[str]:
    """The verdicts as a table to read."""
    widest = max((len(str(each.bar.name)) for each in found), default=0)
    made = []
    for each in found:
        figure = "–" if each.figure is None else f"{each.figure:.3g}"
        sign = "≥" if each.bar.at_least else "≤"
        made.append(f"  {each.word:<11} {each.bar.name!s:<{widest}}  {figure:>8} {sign} {each.bar.limit:g}")
    return made
