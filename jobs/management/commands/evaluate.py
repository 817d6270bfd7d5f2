"""`manage.py evaluate`: the portal's answers to judged queries, read from files. No database is opened."""

import json
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jobs.evaluation import baseline, paths, table
from jobs.evaluation.files import Ranking, Row, Unreadable, gains_of, write_run
from jobs.evaluation.measures import Figure, figures, of_query
from jobs.evaluation.registry import ABOUT_JOBS, TASKS
from jobs.evaluation.tasks import Gains, Task, answer_all, grouped
from portal.settings.base import BASE_DIR

SHARED = BASE_DIR.parent / "shared" / "data"
Measured = dict[str, dict[str, Figure]]


class Command(BaseCommand):
    help = _(
        "Mesure ce que le portail comprend : intitulés de métier, certifications, compétences, Formacodes, profils, "
        "formations, parcours. "
        "Avec --set, les jeux de développement ; avec --queries, un fichier de requêtes."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--set", type=Path, help=_("dossier des jeux de développement"))
        parser.add_argument(
            "--task", choices=sorted([*TASKS, paths.NAME]), action="append", help=_("une tâche (toutes par défaut)")
        )
        parser.add_argument("--queries", type=Path, help=_("fichier de requêtes, avec --task"))
        parser.add_argument("--judged", type=Path, help=_("jugements de ces requêtes : qid, code, gain"))
        parser.add_argument("--index", type=Path, help=_("dossier des fichiers publics (../shared/data)"))
        parser.add_argument(
            "--given-profiles",
            action="store_true",
            help=_("tâches profiles et courses : les métiers du fichier profils_cibles.json, pas ceux du portail"),
        )
        parser.add_argument("--out", type=Path, help=_("écrit les réponses : qid, rang, code ; pour paths, du JSON"))
        parser.add_argument("--json", type=Path, help=_("écrit les mesures"))
        parser.add_argument(
            "--table", type=Path, metavar="FICHIER", help=_("écrit en tableau des mesures déjà prises, sans mesurer")
        )
        parser.add_argument("--check", action="store_true", help=_("échoue si une mesure baisse de plus de 0,01"))
        parser.add_argument("--keep", action="store_true", help=_("garde ces mesures comme référence"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["table"]:
            self.stdout.write(table.markdown(_report_in(options["table"])))
            return
        self.asked: dict[str, int] = {}
        if (options["set"] is None) == (options["queries"] is None):
            raise CommandError(_("Donnez --set DOSSIER, ou --task TÂCHE --queries FICHIER."))
        try:
            answers, measured = self.from_set(options) if options["set"] else self.from_queries(options)
            if options["out"] and options["task"] != [paths.NAME]:
                write_run(options["out"], answers)
            if options["json"]:
                told = table.report(measured, self.asked)
                options["json"].write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
        except Unreadable as fault:
            raise CommandError(str(fault)) from fault
        except OSError as fault:
            raise CommandError(_("Écriture impossible : %(fault)s.") % {"fault": fault}) from fault
        self.show(measured)
        if options["keep"]:
            baseline.write(measured)
        if options["check"]:
            self.check_falls(measured)

    def from_set(self, options: dict[str, Any]) -> tuple[dict[str, Ranking], Measured]:
        folder: Path = options["set"]
        if not folder.is_dir():
            raise CommandError(_("Dossier absent : %(path)s.") % {"path": folder})
        answers: dict[str, Ranking] = {}
        measured: Measured = {}
        for name in options["task"] or [*TASKS, paths.NAME]:
            if name == paths.NAME:
                measured |= self.paths(options, folder / paths.SET, folder / paths.OPTIMUM)
                continue
            # without a task, both ways are measured
            both = name in ABOUT_JOBS and not options["task"]
            for is_given in (False, True) if both else (options["given_profiles"],):
                task = TASKS[name](options["index"] or folder.parent, is_given)
                queries, gains = task.own_set(folder)
                found = self.answered(task, queries)
                answers |= {
                    f"{task.group(query)}:{query['qid']}" if both else query["qid"]: found[query["qid"]]
                    for query in queries
                }
                measured |= self.measured(task, queries, found, gains)
        return answers, measured

    def from_queries(self, options: dict[str, Any]) -> tuple[dict[str, Ranking], Measured]:
        names = options["task"] or []
        if len(names) != 1:
            raise CommandError(_("--queries demande une --task, et une seule."))
        if not options["out"] and not options["judged"]:
            raise CommandError(_("Donnez --out FICHIER pour les réponses, ou --judged FICHIER pour les mesurer."))
        if names == [paths.NAME]:
            return {}, self.paths(options, options["queries"], options["judged"])
        task = TASKS[names[0]](options["index"] or SHARED, options["given_profiles"])
        queries = task.queries(options["queries"])
        gains = gains_of(options["judged"]) if options["judged"] else {}
        found = self.answered(task, queries)
        return found, self.measured(task, queries, found, gains)

    def paths(self, options: dict[str, Any], queries: Path, judged: Path | None) -> Measured:
        """Answer and measure paths; alone, they are written to --out, as JSON: they have no ranked codes."""
        problems = paths.problems_of(queries)
        optima = paths.optima_of(judged) if judged else {}
        answers = paths.answer_all(problems, partial(self.report, paths.NAME))
        if options["out"] and options["task"] == [paths.NAME]:
            paths.write_answers(options["out"], answers)
        elif options["out"]:
            self.stderr.write(_("paths : ses réponses s’écrivent en JSON, avec --task paths seule."))
        found = paths.measured(problems, answers, optima)
        if found:
            lost = paths.regrets(answers, optima)
            self.stderr.write(_("paths : écarts à l’optimum %(lost)s") % {"lost": lost})
            self.asked[paths.NAME] = len(problems)
        return {paths.NAME: found} if found else {}

    def answered(self, task: Task, queries: list[Row]) -> dict[str, Ranking]:
        self.stderr.write(f"{task.name}…")
        return answer_all(task, queries, partial(self.report, task.name))

    def report(self, name: str, done: int, total: int) -> None:
        self.stderr.write(f"{name} : {done}/{total}")

    def measured(self, task: Task, queries: list[Row], answers: dict[str, Ranking], gains: Gains) -> Measured:
        """The measures of each group; queries that nobody judged are answered, and measured by nothing."""
        found: Measured = {}
        for group, qids in grouped(task, queries).items():
            rows = [of_query(answers[qid], gains[qid]) for qid in qids if qid in gains]
            if rows:
                found[group] = figures(rows)
                self.asked[group] = len(rows)
        return found

    def show(self, measured: Measured) -> None:
        kept = baseline.read()
        for group, found in measured.items():
            self.stdout.write(group)
            for name, each in found.items():
                was = kept.get(group, {}).get(name)
                change = "" if was is None else f"  ({each.value - was:+.3f})"
                self.stdout.write(f"  {name:<8} {each.value:.3f}  [{each.low:.3f} – {each.high:.3f}]{change}")

    def check_falls(self, measured: Measured) -> None:
        fallen = baseline.falls(measured, baseline.read())
        for each in fallen:
            told = {"group": each.group, "measure": each.measure, "was": each.was, "now": round(each.now, 4)}
            self.stderr.write(_("%(group)s, %(measure)s : %(now)s, au lieu de %(was)s") % told)
        if fallen:
            raise CommandError(_("Des mesures ont baissé de plus de 0,01."))


def _report_in(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text())
        if told["made_by"] != table.MADE_BY:
            raise ValueError(told["made_by"])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise CommandError(
            _("%(path)s n’est pas un rapport de --json : %(fault)s.") % {"path": path, "fault": fault}
        ) from fault
    return told
