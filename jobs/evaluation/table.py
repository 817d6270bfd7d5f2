"""What was measured, as a report and as a Markdown table, for docs/matching.md."""

import datetime
import platform
from collections.abc import Iterable, Mapping
from typing import Any

import django
import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs.evaluation.measures import Figure

MADE_BY = "manage.py evaluate"
# what each group is judged by, with the figure under which the work is not done, and the one it aims at
AIMS: dict[str, tuple[tuple[str, float | None, float | None], ...]] = {
    "titles-known": (("acc1", 0.98, 0.99),),
    "titles-unknown": (("mrr", 0.57, 0.60),),
    "certifications": (("ndcg", 0.67, 0.70), ("acc5", 0.88, 0.90)),
    "skills": (("acc1", 0.48, 0.55),),
    "formacode": (("acc5", 0.50, 0.66),),
    "profiles": (("acc1", None, None), ("acc3", None, None)),
    "profiles-given": (("acc1", None, None), ("acc3", None, None)),
    "courses": (("ndcg", 0.64, 0.75),),
    "courses-given": (("ndcg", 0.64, 0.75),),
    "paths": (
        *((name, 1.0, 1.0) for name in ("valid", "best", "fastest", "cheapest", "closest")),
        ("proven", 0.95, 1.0),
    ),
}
TITLES = {
    "titles-known": gettext_lazy("intitulés connus"),
    "titles-unknown": gettext_lazy("intitulés inconnus"),
    "certifications": gettext_lazy("certification → ROME"),
    "skills": gettext_lazy("phrase de compétence"),
    "formacode": gettext_lazy("Formacodes"),
    "profiles": gettext_lazy("texte libre → métier, ceux du portail"),
    "profiles-given": gettext_lazy("– ceux du fichier seul"),
    "courses": gettext_lazy("formations d’un métier confirmé, ceux du portail"),
    "courses-given": gettext_lazy("– ceux du fichier seul"),
    "paths": gettext_lazy("parcours"),
}


def report(measured: Mapping[str, Mapping[str, Figure]], asked: Mapping[str, int]) -> dict[str, Any]:
    """`asked`: how many judged queries each group has."""
    return {
        "made_by": MADE_BY,
        "finished_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "versions": {"Python": platform.python_version(), "Django": django.get_version(), "numpy": np.__version__},
        "asked": dict(asked),
        "figures": {group: {name: vars(each) for name, each in found.items()} for group, found in measured.items()},
    }


def markdown(told: Mapping[str, Any]) -> str:
    """The measures that a group is judged by; of a group that nobody judges here, all of them."""
    versions = ", ".join(f"{name} {version}" for name, version in told["versions"].items())
    return "\n".join(
        [
            f"{told['finished_at'][:10]}, {versions}.",
            "",
            _("| ensemble | jugés | mesure | atteint (95 %) | plancher | but | |"),
            "|---|---|---|---|---|---|---|",
            *_lines(told),
            "",
        ]
    )


def _lines(told: Mapping[str, Any]) -> Iterable[str]:
    for group, found in told["figures"].items():
        name = str(TITLES.get(group, group))
        asked = told["asked"].get(group)
        for measure, floor, goal in AIMS.get(group, tuple((each, None, None) for each in found)):
            each = found[measure]
            yield (
                f"| {name} | {asked or ''} | {measure} "
                f"| {_figure(each['value'])} ({_figure(each['low'])}–{_figure(each['high'])}) "
                f"| {_figure(floor)} | {_figure(goal)} | {_word(each['value'], floor, goal)} |"
            )
            name, asked = "", None


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}".replace(".", ",")


def _word(value: float, floor: float | None, goal: float | None) -> str:
    if floor is None or goal is None:
        return ""
    # as figures are shown
    shown = round(value, 3)
    if shown >= goal:
        return _("but atteint")
    return _("plancher tenu, but manqué") if shown >= floor else _("sous le plancher")
