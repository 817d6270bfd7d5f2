"""The tasks: for each, what is indexed, what a query holds, and how it is answered. Same code as the portal's pages."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from courses.suggest.votes import FormacodeSuggester, OccupationSuggester, Votes, course_key
from jobs.evaluation.files import Ranking, Row, gains_of, rows_of
from jobs.evaluation.measures import DEPTH
from portal.reference.names import Names
from portal.reference.wording import title_key

ROME = "rome/unix_{}_v460_utf8.csv"
UNKNOWN, KNOWN = "non", "oui"
# the listings set aside to measure Formacodes, which vote for nothing
HELD_OUT, HELD_OUT_SEED = 100, 1
Gains = dict[str, dict[str, int]]


@dataclass
class Task:
    """`index`: the folder of public files. `columns`: what a query must hold besides its qid."""

    index: Path
    # the jobs are those of the sets' own file, not the portal's
    is_given: bool = False
    columns: tuple[str, ...] = field(default=(), init=False)
    name: str = field(default="", init=False)

    def answer(self, query: Row) -> Ranking:
        """The codes for a query, best first, ten at most."""
        raise NotImplementedError

    def group(self, query: Row) -> str:
        """Queries of one group are measured together."""
        return self.name

    def own_set(self, folder: Path) -> tuple[list[Row], Gains]:
        """The development queries of `folder` and their judgements."""
        raise NotImplementedError

    def queries(self, path: Path) -> list[Row]:
        return rows_of(path, ("qid", *self.columns))


class Titles(Task):
    """A job title as people write it → ROME occupations. `dans_index=non`: the title must be unknown to the index."""

    name, columns = "titles", ("requete",)

    def answer(self, query: Row) -> Ranking:
        names = self.unseen if query.get("dans_index") == UNKNOWN else self.seen
        return [code for code, _points in names.nearest(query["requete"], DEPTH)]

    def group(self, query: Row) -> str:
        return "titles-unknown" if query.get("dans_index") == UNKNOWN else "titles-known"

    def own_set(self, folder: Path) -> tuple[list[Row], Gains]:
        return self.queries(folder / "titres_dev.csv"), gains_of(folder / "titres_dev_juges.csv")

    @cached_property
    def _rows(self) -> list[Row]:
        return job_titles(self.index)

    @cached_property
    def seen(self) -> Names:
        return Names(((row["libelle_appellation_long"], row["code_rome"]) for row in self._rows), title_key)

    @cached_property
    def unseen(self) -> Names:
        withheld = {row["code_ogr"] for row in rows_of(self.index / "eval/titres_hors_index.csv", ("code_ogr",))}
        rows = (row for row in self._rows if row["code_ogr"] not in withheld)
        return Names(((row["libelle_appellation_long"], row["code_rome"]) for row in rows), title_key)


class Certifications(Task):
    """The title of a certification and those of its blocks → the 532 codes of ROME 3."""

    name, columns = "certifications", ("intitule",)

    def answer(self, query: Row) -> Ranking:
        found = self.suggester.suggest(query["intitule"], query.get("blocs", ""), DEPTH)
        return [each.code for each in found]

    def own_set(self, folder: Path) -> tuple[list[Row], Gains]:
        return self.queries(folder / "certifications_dev.csv"), gains_of(folder / "certifications_dev_juges.csv")

    @cached_property
    def suggester(self) -> OccupationSuggester:
        rows = rows_of(self.index / "eval/certifications_rome_appui.csv", ("intitule", "codes_rome"))
        votes = Votes([(row["intitule"], row["codes_rome"].split("|")) for row in rows])
        titles = [(row["libelle_appellation_long"], parent(row)) for row in job_titles(self.index)]
        return OccupationSuggester(votes, titles, self._descriptions())

    def _descriptions(self) -> dict[str, list[str]]:
        """Parent code → the definitions, the titles and the items of its occupations."""
        occupations = rows_of(self._rome("referentiel_code_rome"), ("code_rome", "code_rome_parent"))
        parents = {row["code_rome"]: parent(row) for row in occupations}
        labels = {
            row["code_ogr"]: row["libelle_competence"] for row in rows_of(self._rome("referentiel_competence"), ())
        }
        labels |= {
            row["code_ogr_savoir"]: row["libelle_savoir"] for row in rows_of(self._rome("referentiel_savoir"), ())
        }
        said: dict[str, list[str]] = defaultdict(list)
        for row in rows_of(self._rome("texte"), ("code_rome", "libelle_type_texte", "libelle_texte")):
            if row["libelle_type_texte"] == "definition" and row["code_rome"] in parents:
                said[parents[row["code_rome"]]].append(row["libelle_texte"])
        for row in rows_of(self._rome("coherence_item"), ("code_rome", "code_ogr")):
            if row["code_ogr"] in labels and row["code_rome"] in parents:
                said[parents[row["code_rome"]]].append(labels[row["code_ogr"]])
        for row in job_titles(self.index):
            said[parent(row)].append(row["libelle_appellation_long"])
        return said

    def _rome(self, table: str) -> Path:
        return self.index / ROME.format(table)


class Skills(Task):
    """A skill as people say it → ESCO concepts."""

    name, columns = "skills", ("requete",)

    def answer(self, query: Row) -> Ranking:
        return [code for code, _points in self.names.nearest(query["requete"], DEPTH)]

    def own_set(self, folder: Path) -> tuple[list[Row], Gains]:
        return self.queries(folder / "competences_dev.csv"), gains_of(folder / "competences_dev_juges.csv")

    @cached_property
    def names(self) -> Names:
        columns = ("concept", "libelle")
        rows = [
            *rows_of(self.index / "eval/competences_concepts.csv", columns),
            *rows_of(self.index / "eval/competences_autres_libelles.csv", columns),
        ]
        return Names(((row["libelle"], row["concept"]) for row in rows), course_key, further=0)


class Formacodes(Task):
    """The title of a listing → Formacodes. The development set is a hundred listings set aside, which do not vote."""

    name, columns = "formacode", ("intitule",)

    def answer(self, query: Row) -> Ranking:
        return [each.code for each in self.suggester.suggest(query["intitule"], DEPTH)]

    def own_set(self, folder: Path) -> tuple[list[Row], Gains]:
        held = [(f"fc{number:04d}", row) for number, row in self._held_out]
        queries: list[Row] = [{"qid": qid, "intitule": row["Libelle_Diplome"]} for qid, row in held]
        return queries, {qid: {row["Code_FormaCode"].strip(): 1} for qid, row in held}

    @cached_property
    def _listings(self) -> list[Row]:
        columns = ("Libelle_Diplome", "Code_FormaCode")
        rows = rows_of(self.index / "certifications/certif_info_extrait.csv", columns, delimiter=";")
        return [row for row in rows if row["Code_FormaCode"].strip()]

    @cached_property
    def _held_out(self) -> list[tuple[int, Row]]:
        most = min(HELD_OUT, len(self._listings))
        chosen = random.Random(HELD_OUT_SEED).sample(range(len(self._listings)), most)
        return [(number, self._listings[number]) for number in sorted(chosen)]

    @cached_property
    def suggester(self) -> FormacodeSuggester:
        apart = {number for number, _row in self._held_out}
        voters = [row for number, row in enumerate(self._listings) if number not in apart]
        votes = Votes([(row["Libelle_Diplome"], [row["Code_FormaCode"].strip()]) for row in voters])
        labels = rows_of(self.index / "nomenclatures/formacode_certifinfo.csv", ("code", "libelle"))
        return FormacodeSuggester(votes, [(row["libelle"], row["code"]) for row in labels])


def job_titles(index: Path) -> list[Row]:
    """ROME's titles, as its file has them."""
    columns = ("code_ogr", "libelle_appellation_long", "code_rome", "code_rome_parent")
    return rows_of(index / ROME.format("referentiel_appellation"), columns)


def parent(row: Row) -> str:
    """The code of ROME 3 that an occupation or a title comes from."""
    return row["code_rome_parent"] or row["code_rome"]


def answer_all(task: Task, queries: Sequence[Row], report: Callable[[int, int], None]) -> dict[str, Ranking]:
    """qid → ranking; `report(done, total)` now and then."""
    answers: dict[str, Ranking] = {}
    for done, query in enumerate(queries, 1):
        answers[query["qid"]] = task.answer(query)
        if done % 200 == 0 or done == len(queries):
            report(done, len(queries))
    return answers


def grouped(task: Task, queries: Iterable[Row]) -> dict[str, list[str]]:
    """Group → the qids of its queries."""
    groups: dict[str, list[str]] = defaultdict(list)
    for query in queries:
        groups[task.group(query)].append(query["qid"])
    return groups
