"""A report as Markdown tables, for docs/performance.md."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from courses.bench import bars
from courses.bench.extras import EXTRAS

Report = Mapping[str, Any]

# parts whose rows tell what visitors met
VISITED = ("load", "import")


def title_of(part: str) -> str:
    titles = {
        "search": _("Texte, trois filtres, six critères comptés, vingt premières réponses"),
        "text": _("Texte seul"),
        "broad": _("Mots courants"),
        "browse": _("Tout le catalogue"),
        "geo": _("Texte, à 30 km d'une ville, deux filtres"),
        "typo": _("Une faute dans le mot le plus long"),
        "prefix": _("Huit mots à partir de leur début"),
        "page": _("Page entière"),
        "fresh": _("Une modification, puis la trouver"),
        "load": _("Charge : serveur réel, deux processus"),
        "import": _("Import de tout le catalogue, pendant 40 demandes par seconde"),
    }
    return str(titles.get(part) or (EXTRAS[part].title if part in EXTRAS else part))


def markdown(report: Report) -> str:
    """The whole report, one table a part."""
    return (
        "\n".join([*head(report), *(line for part in report["parts"] for line in part_lines(part)), *tail(report)])
        + "\n"
    )


def head(report: Report) -> list[str]:
    machine = report["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in report["versions"].items() if version)
    return [
        _("Catalogue de %(courses)s formations, graine %(seed)s, %(when)s. %(cpu)s, %(cores)s cœurs, charge %(load)s.")
        % {
            "courses": number_format(report["courses"], force_grouping=True),
            "seed": report["seed"],
            "when": report["finished_at"][:10],
            "cpu": machine["cpu"],
            "cores": machine["cores"],
            "load": machine["load"][0],
        },
        f"{versions}.",
        _("PostgreSQL : %(settings)s.") % {"settings": ", ".join(report["settings"]["postgresql"])},
        *[f"{name} : {_('non installé')} ({how})." for name, how in report["absent"].items()],
    ]


def part_lines(part: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield f"### {title_of(part['part'])}"
    yield ""
    yield from load_lines(part) if part["part"] in VISITED else engine_lines(part)
    said = [f"{name} : {value}" for name, value in part.items() if name not in ("part", "rows", "ratios")]
    if said and part["part"] != "load":
        yield ""
        yield " ; ".join(said)


def engine_lines(part: Mapping[str, Any]) -> Iterator[str]:
    if part["rows"]:
        yield _("| moteur | justes | p50 ms | p95 ms | cpu ms | dont serveur | cpu p95 | camins / lui (95 %) |")
        yield "|---|---|---|---|---|---|---|---|"
    for row in part["rows"]:
        equal = f"{row['equal'][0]}/{row['equal'][1]}" if "equal" in row else "–"
        ratios = [each for each in part["ratios"] if each["engine"] == row["engine"]]
        compared = " ; ".join(ratio_text(each) for each in ratios) or "–"
        wall, cpu = row["wall_ms"], row["cpu_ms"]
        yield (
            f"| {row['engine']} | {equal} | {figure(wall['p50'])} | {figure(wall['p95'])} | {figure(cpu['mean'])} "
            f"| {figure(cpu['of_servers'])} "
            f"| {figure(cpu['p95'])} | {compared} |"
        )


def ratio_text(ratio: Mapping[str, Any]) -> str:
    mark = "" if ratio["of"] == "mean" else f"{ratio['of']} "
    return f"{mark}{figure(ratio['value'])} ({figure(ratio['low'])}–{figure(ratio['high'])})"


def load_lines(part: Mapping[str, Any]) -> Iterator[str]:
    yield _("| visiteurs | pages/s | p50 ms | p95 ms | erreurs |")
    yield "|---|---|---|---|---|"
    for row in part["rows"]:
        yield (
            f"| {row['clients']} | {figure(row['pages_per_second'])} | {figure(row['p50_ms'])} "
            f"| {figure(row['p95_ms'])} | {row['errors']} |"
        )


def tail(report: Report) -> list[str]:
    found = bars.verdicts(report)
    rows = [
        f"| {each.bar.name} | {figure(each.figure)} | {'≥' if each.bar.at_least else '≤'} {figure(each.bar.limit)} "
        f"| {each.word} |"
        for each in found
    ]
    return ["", f"### {_('Barres')}", "", _("| barre | mesuré | attendu | |"), "|---|---|---|---|", *rows]


def figure(value: float | None) -> str:
    """Three digits that mean something, with a comma."""
    if value is None:
        return "–"
    text = f"{value:.3g}" if abs(value) < 1_000 else f"{value:.0f}"
    return text.replace(".", ",")
