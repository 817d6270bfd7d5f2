"""The rows of ROME's tables as records: pure reading, no database."""

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from portal.reference.enums import CoreOfJob, SkillKind
from portal.reference.loaders import cells
from portal.reference.loaders.report import Report, figure
from portal.reference.loaders.rome_files import CONTEXTS, RomeFiles
from portal.reference.loaders.rows import Row, RowRefused, read_items
from portal.reference.wording import plain

CORES = {"": CoreOfJob.OTHER, "principale": CoreOfJob.MAIN, "emergente": CoreOfJob.EMERGING}
# PostgreSQL's smallint
MAX_RANK = 32_767
DEFINITION, ACCESS = "definition", "acces_metier"


class OccupationRow(NamedTuple):
    label: str
    parent: str


class TitleRow(NamedTuple):
    label: str
    short_label: str
    code: str
    is_main: bool


class SkillRow(NamedTuple):
    label: str
    kind: SkillKind
    family: str
    description: str


@dataclass
class Rome:
    """What the files say: everything by code; skills, of which many are used by no occupation, by OGR number."""

    version: str
    occupations: dict[str, OccupationRow] = field(default_factory=dict)
    domains: dict[str, tuple[str, str]] = field(default_factory=dict)
    # (code, definition or acces_metier) -> sentences by position
    texts: dict[tuple[str, str], dict[int, str]] = field(default_factory=dict)
    titles: dict[int, TitleRow] = field(default_factory=dict)
    skills: dict[int, SkillRow] = field(default_factory=dict)
    # (code, ogr) -> how central
    links: dict[tuple[str, int], CoreOfJob] = field(default_factory=dict)
    moves: dict[tuple[str, str], int] = field(default_factory=dict)

    def text(self, code: str, kind: str) -> str:
        """The sentences of one text, one a line."""
        sentences = self.texts.get((code, kind), {})
        return "\n".join(sentences[position] for position in sorted(sentences))


def read_rome(files: RomeFiles, report: Report) -> Rome:
    """Read every table; raises FileRefused as soon as one cannot be used."""
    tables = files.tables
    rome = Rome(files.version)
    known = rome.occupations = read_items(tables["referentiel_code_rome"], _occupation, report)
    rome.domains = read_items(tables["cr_gd_dp"], _of_known(_domain, known), report)
    texts = read_items(tables["texte"], _of_known(_text, known), report)
    for (code, kind, position), sentence in texts.items():
        rome.texts.setdefault((code, kind), {})[position] = sentence
    rome.titles = read_items(tables["referentiel_appellation"], _of_known(_title, known), report)
    rome.moves = read_items(tables["rubrique_mobilite"], _of_known(_move_to(known), known), report)
    _read_skills(files, rome, report)
    return rome


def _read_skills(files: RomeFiles, rome: Rome, report: Report) -> None:
    """Skills and knowledge that at least one occupation uses; work contexts are not skills and are only counted."""
    tables = files.tables
    contexts: dict[int, bool] = {}
    if CONTEXTS in tables:
        contexts = read_items(tables[CONTEXTS], lambda row: (cells.whole(row, "code_ogr"), True), report)
        report.sources[-1].set_aside = len(contexts)
    every: dict[int, SkillRow] = {}
    read = []
    for table, parse in (("referentiel_competence", _knowhow), ("referentiel_savoir", _knowledge)):
        items = read_items(tables[table], parse, report)
        read.append((report.sources[-1], items))
        every |= items
    rome.links = read_items(tables["coherence_item"], _of_known(_link_to(every, contexts), rome.occupations), report)
    links_source = report.sources[-1]
    used = {ogr for _code, ogr in rome.links}
    rome.skills = {ogr: row for ogr, row in every.items() if ogr in used}
    for source, items in read:
        source.set_aside = sum(ogr not in used for ogr in items)
    report.note(_("Compétences et savoirs gardés : ceux qu'au moins un métier demande."))
    report.note(
        _("Liens vers des contextes de travail, qui ne sont pas des compétences, laissés de côté : %(links)s")
        % {"links": figure(links_source.set_aside)}
    )


def _link_to(
    skills: Container[int], contexts: Container[int]
) -> Callable[[Row], tuple[tuple[str, int], CoreOfJob] | None]:
    def link(row: Row) -> tuple[tuple[str, int], CoreOfJob] | None:
        ogr = cells.whole(row, "code_ogr")
        if ogr in contexts:
            return None
        if ogr not in skills:
            raise RowRefused(_("code_ogr inconnu des compétences et des savoirs"))
        return (row["code_rome"], ogr), _core(row)

    return link


def _of_known[T](parse: Callable[[Row], T], known: Container[str]) -> Callable[[Row], T]:
    """`parse`, for rows whose code_rome is one of this version's."""

    def checked(row: Row) -> T:
        _known_code(row, "code_rome", known)
        return parse(row)

    return checked


def _known_code(row: Row, column: str, known: Container[str]) -> str:
    code = cells.code(row, column, cells.ROME)
    if code not in known:
        raise RowRefused(_("%(column)s inconnu : %(code)s") % {"column": column, "code": code})
    return code


def _occupation(row: Row) -> tuple[str, OccupationRow]:
    parent = cells.code(row, "code_rome_parent", cells.ROME) if row["code_rome_parent"] else ""
    return cells.code(row, "code_rome", cells.ROME), OccupationRow(cells.text(row, "libelle_rome", 200), parent)


def _domain(row: Row) -> tuple[str, tuple[str, str]]:
    code = cells.text(row, "code_domaine_professionel", 3)
    return row["code_rome"], (code, cells.text(row, "libelle_domaine_professionel", 200))


def _text(row: Row) -> tuple[tuple[str, str, int], str] | None:
    kind = row["libelle_type_texte"]
    if kind not in (DEFINITION, ACCESS):
        return None
    # the files are cut from SQL: every apostrophe is doubled
    sentence = cells.text(row, "libelle_texte", 10_000).replace("''", "'")
    return (row["code_rome"], kind, cells.whole(row, "position_phrase")), sentence


def _title(row: Row) -> tuple[int, TitleRow]:
    return cells.whole(row, "code_ogr"), TitleRow(
        cells.text(row, "libelle_appellation_long", 300),
        cells.text(row, "libelle_appellation_court", 300, may_be_empty=True),
        row["code_rome"],
        plain(row["classification"]) == "principale",
    )


def _knowhow(row: Row) -> tuple[int, SkillRow]:
    category = cells.text(row, "cat_comp", 60, may_be_empty=True)
    detail = cells.text(row, "sous_cat_comp", 60, may_be_empty=True)
    # know-how is told apart by its detail (technique, transverse…); behaviour has only its category to say so
    family = category if plain(category).startswith("savoir etre") else detail or category
    label = cells.text(row, "libelle_competence", 300)
    return cells.whole(row, "code_ogr"), SkillRow(label, SkillKind.ROME_KNOWHOW, family, row.get("definition", ""))


def _knowledge(row: Row) -> tuple[int, SkillRow]:
    family = cells.text(row, "categorie_savoir", 60, may_be_empty=True)
    label = cells.text(row, "libelle_savoir", 300)
    return cells.whole(row, "code_ogr_savoir"), SkillRow(label, SkillKind.ROME_KNOWLEDGE, family, "")


def _core(row: Row) -> CoreOfJob:
    core = CORES.get(plain(row["coeur_metier"]))
    if core is None:
        raise cells.refused("coeur_metier", row["coeur_metier"])
    return core


def _move_to(known: Container[str]) -> Callable[[Row], tuple[tuple[str, str], int]]:
    def move(row: Row) -> tuple[tuple[str, str], int]:
        rank = cells.whole(row, "numero_ordre")
        if rank > MAX_RANK:
            raise cells.refused("numero_ordre", row["numero_ordre"])
        return (row["code_rome"], _known_code(row, "code_rome_cible", known)), rank

    return move
