"""Load ROME: occupations, titles, skills with their links, moves; one transaction, nothing half-loaded.

ROME's label and definition win over the portal's own words for the same code; the portal's own titles and links stay
beside (JobTitle without OGR number, OccupationSkill of source "Camins"). A code that the version read no longer holds
becomes obsolete and keeps its links: feeds, certifications and courses still carry it. Titles are never removed,
since the file of titles is often an extract.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.reference.loaders.report import FileRefused, Report, ThingCount, figure
from portal.reference.loaders.rome_files import rome_files
from portal.reference.loaders.rome_rows import ACCESS, DEFINITION, Rome, read_rome
from portal.reference.loaders.sync import Key, retire, sync, sync_exactly, take_stock
from portal.reference.models import JobTitle, Occupation, OccupationMove, OccupationSkill, Skill
from portal.reference.wording import title_key

SOURCE = "ROME"
# a new version drops a few codes; a file that drops more than this share of them is an extract
MOST_RETIRED = 0.2


@transaction.atomic
def load_rome(path: Path, report: Report | None = None, *, is_partial: bool = False) -> Report:
    """Load the version of ROME found in `path`, a folder or a ZIP archive; a second run writes nothing.

    `is_partial`: the list of codes is an extract, so that nothing absent from it is retired. Without it, a list that
    would retire more than a fifth of the known codes raises FileRefused, as does any file that cannot be read.
    """
    report = report or Report()
    with rome_files(path) as files:
        report.note(_("Version lue : %s") % files.version)
        rome = read_rome(files, report)
    if not is_partial:
        _refuse_an_extract(rome)
    _load_occupations(rome, report, is_partial=is_partial)
    ids = dict(Occupation.objects.filter(code__in=rome.occupations).values_list("code", "id"))
    _load_titles(rome, ids, report)
    _load_skills(rome, report, is_partial=is_partial)
    _load_links(rome, ids, report)
    _load_moves(rome, ids, report)
    if report.touched:
        take_stock(Occupation, JobTitle, Skill, OccupationSkill, OccupationMove)
    return report


def _refuse_an_extract(rome: Rome) -> None:
    known = Occupation.objects.filter(version__startswith=SOURCE, is_obsolete=False)
    lost = known.exclude(code__in=rome.occupations).count()
    if lost > MOST_RETIRED * known.count():
        raise FileRefused(
            _(
                "Cette liste ne contient pas %(lost)s des %(known)s codes ROME connus : c'est sans doute un extrait. "
                "Ajoutez --extract pour la charger sans retirer de code."
            )
            % {"lost": lost, "known": known.count()}
        )


def _load_occupations(rome: Rome, report: Report, *, is_partial: bool) -> None:
    """Parents before the codes that name them; a code that is its own parent has none here."""
    report.progress(_("métiers"), None, None)
    thing = report.thing(_("métiers"))
    waiting = {code: row.parent if row.parent != code else "" for code, row in rome.occupations.items()}
    ids: dict[str, int | None] = {"": None}
    while waiting:
        ready = {code: parent for code, parent in waiting.items() if parent in ids}
        if not ready:
            ready = _without_parent(waiting, ids, report)
        rows = {(code,): _occupation_values(rome, code, ids[parent]) for code, parent in ready.items()}
        sync(Occupation.objects.all(), ("code",), rows, thing)
        ids |= dict(Occupation.objects.filter(code__in=ready).values_list("code", "id"))
        waiting = {code: parent for code, parent in waiting.items() if code not in ready}
    if not is_partial:
        retire(Occupation.objects.exclude(code__in=rome.occupations), thing)


def _without_parent(waiting: Mapping[str, str], ids: dict[str, int | None], report: Report) -> dict[str, str]:
    """What to do when no waiting code has its parent: look for it among the codes of earlier versions, else do without.

    Codes that are each other's parents lose them too.
    """
    ids |= dict(Occupation.objects.filter(code__in=set(waiting.values()) - waiting.keys()).values_list("code", "id"))
    ready = {code: parent for code, parent in waiting.items() if parent in ids}
    if ready:
        return ready
    report.note(_("Code parent absent de la liste, ignoré pour : %s") % ", ".join(sorted(waiting)[:20]))
    return dict.fromkeys(waiting, "")


def _occupation_values(rome: Rome, code: str, parent_id: int | None) -> dict[str, Any]:
    label = rome.occupations[code].label
    domain_code, domain_label = rome.domains.get(code, (code[:3], ""))
    return {
        "label": label,
        "key": title_key(label),
        "parent_id": parent_id,
        "domain_code": domain_code,
        "domain_label": domain_label,
        "definition": rome.text(code, DEFINITION),
        "access": rome.text(code, ACCESS),
        "version": rome.version,
        "is_obsolete": False,
    }


def _load_titles(rome: Rome, ids: Mapping[str, int], report: Report) -> None:
    report.progress(_("appellations"), None, None)
    titles: dict[Key, dict[str, Any]] = {
        (ogr,): {
            "label": title.label,
            "short_label": title.short_label,
            "key": title_key(title.label),
            "occupation_id": ids[title.code],
            "is_main": title.is_main,
        }
        for ogr, title in rome.titles.items()
    }
    known = JobTitle.objects.filter(ogr__isnull=False)
    sync(known, ("ogr",), titles, report.thing(_("appellations")))
    unread = known.count() - len(titles)
    if unread:
        report.note(_("Appellations connues, absentes de ce fichier et gardées : %s") % figure(unread))


def _load_skills(rome: Rome, report: Report, *, is_partial: bool) -> None:
    report.progress(_("compétences et savoirs"), None, None)
    skills: dict[Key, dict[str, Any]] = {
        (skill_code(ogr),): {
            "label": row.label,
            "kind": str(row.kind),
            "family": row.family,
            "description": row.description,
            "key": title_key(row.label),
            "is_obsolete": False,
        }
        for ogr, row in rome.skills.items()
    }
    thing = report.thing(_("compétences et savoirs"))
    sync(Skill.objects.of_rome(), ("code",), skills, thing)
    if not is_partial:
        gone = [code for code in Skill.objects.of_rome().values_list("code", flat=True) if (code,) not in skills]
        retire(Skill.objects.filter(code__in=gone), thing)


def _load_links(rome: Rome, ids: Mapping[str, int], report: Report) -> None:
    """The links of each occupation that the file names replace its earlier ones; the others keep theirs."""
    report.progress(_("compétences des métiers"), None, None)
    skill_ids = dict(Skill.objects.of_rome().values_list("code", "id"))
    links: dict[Key, dict[str, Any]] = {
        (ids[code], skill_ids[skill_code(ogr)]): {"core": str(core), "source": SOURCE}
        for (code, ogr), core in rome.links.items()
    }
    named = {ids[code] for code, _ogr in rome.links}
    own = Q(source=SOURCE, occupation_id__in=named)
    sync_exactly(
        OccupationSkill.objects.all(),
        own,
        ("occupation_id", "skill_id"),
        links,
        report.thing(_("compétences des métiers")),
    )


def _load_moves(rome: Rome, ids: Mapping[str, int], report: Report) -> None:
    """As the links, start by start."""
    report.progress(_("mobilités"), None, None)
    moves: dict[Key, dict[str, Any]] = {
        (ids[start], ids[target]): {"rank": rank} for (start, target), rank in rome.moves.items()
    }
    named = {ids[start] for start, _target in rome.moves}
    thing: ThingCount = report.thing(_("mobilités"))
    sync_exactly(OccupationMove.objects.all(), Q(start_id__in=named), ("start_id", "target_id"), moves, thing)


def skill_code(ogr: int) -> str:
    """The code of ROME's item in the base."""
    return f"ogr-{ogr}"
