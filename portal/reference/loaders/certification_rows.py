"""Certifications as a list of them says, brought to the base: words, validity, codes.

What a list does not say (an empty cell) leaves what another one said. Of validity France compétences has the last word:
its registers are the law, and the others copy them, late.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from portal.reference.loaders.report import FileRefused, Report, SourceCount, ThingCount, figure
from portal.reference.loaders.sync import BATCH, sync, sync_exactly, take_stock
from portal.reference.models import Certification, Formacode, Nsf, Occupation

FRANCE_COMPETENCES = "France compétences"
LONGEST_TITLE, LONGEST_CERTIFIER, LONGEST_LABEL = 500, 250, 200
VALIDITY = ("is_active", "valid_until", "replaced_by")

Key = tuple[str, str]
Values = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """Who publishes a list, and its day."""

    source: str
    on: datetime.date


@dataclass
class Read:
    """A certification as a file says it; None and empty: not said."""

    title: str
    level: int | None = None
    certifier: str = ""
    is_active: bool | None = None
    valid_until: datetime.date | None = None
    replaced_by: str = ""
    rome: set[str] = field(default_factory=set)
    formacodes: dict[str, str] = field(default_factory=dict)
    nsf: set[str] = field(default_factory=set)

    def add(self, other: "Read") -> None:
        """Take the codes of another row of the same certification, and what this one did not say."""
        self.level = other.level if self.level is None else self.level
        self.certifier = self.certifier or other.certifier
        self.is_active = other.is_active if self.is_active is None else self.is_active
        self.rome |= other.rome
        self.formacodes |= other.formacodes

    @property
    def says_validity(self) -> bool:
        return self.is_active is not None or self.valid_until is not None or bool(self.replaced_by)

    @property
    def validity(self) -> Values:
        return {name: getattr(self, name) for name in VALIDITY}


def refuse_an_empty_file(source: SourceCount) -> None:
    if source.kept or source.set_aside:
        return
    why = source.refusals()[0] if source.read else _("aucune ligne après celle des noms de colonnes.")
    raise FileRefused(_("%(file)s : aucune ligne utilisable. %(why)s") % {"file": source.name, "why": why})


def write(found: dict[Key, Read], report: Report, said: Said) -> None:
    """Bring the base to what a list says; a second time writes nothing. Raises FileRefused on a list out of date."""
    _refuse_an_older_list(said)
    report.progress(_("certifications"), None, None)
    known = {(row.register, row.number): row for row in Certification.objects.all()}
    dated = [key for key, read in found.items() if read.says_validity and _is_to_stamp(known.get(key), said)]
    values = {key: _values(read, known.get(key), said) for key, read in found.items()}
    sync(Certification.objects.all(), ("register", "number"), values, report.thing(_("certifications")))
    numbers = {(register, number): pk for register, number, pk in _numbers()}
    _stamp([numbers[key] for key in dated], said)
    _link_occupations(found, numbers, report)
    _link_formacodes(found, numbers, report)
    _link_nsf(found, numbers, report)
    unread = len(numbers) - len(found)
    if unread:
        report.note(_("Certifications connues, absentes de ce fichier et gardées : %s") % figure(unread))
    if report.touched:
        take_stock(Certification, Certification.occupations.through, Certification.formacodes.through)


def _refuse_an_older_list(said: Said) -> None:
    newest = Certification.objects.filter(source=said.source).aggregate(day=models.Max("checked_on"))["day"]
    if newest and newest > said.on:
        raise FileRefused(
            _("Une liste plus récente de cette source est déjà chargée, celle du %(day)s : vérifiez --date.")
            % {"day": f"{newest:%d/%m/%Y}"}
        )


def _numbers() -> Iterable[tuple[str, str, int]]:
    return Certification.objects.order_by().values_list("register", "number", "pk")


def _is_settled(before: Certification | None, said: Said) -> bool:
    """Whether the register itself spoke of the validity, and this list is not the register."""
    return before is not None and before.source == FRANCE_COMPETENCES != said.source


def _is_to_stamp(before: Certification | None, said: Said) -> bool:
    if before is None:
        return True
    return not _is_settled(before, said) and (before.source, before.checked_on) != (said.source, said.on)


def _values(read: Read, before: Certification | None, said: Said) -> Values:
    """What the base is to say: the file's words, and the base's own where the file says nothing."""
    if before is None:
        return {"title": read.title, "level": read.level, "certifier": read.certifier, **read.validity}
    validity = read.validity
    if _is_settled(before, said):
        validity = {name: getattr(before, name) for name in VALIDITY}
    elif not (before.source == said.source == FRANCE_COMPETENCES and read.is_active is not None):
        # the register takes back what it said itself, and nobody else's words
        validity = {name: getattr(before, name) if value in (None, "") else value for name, value in validity.items()}
    return {
        "title": read.title,
        "level": before.level if read.level is None else read.level,
        "certifier": read.certifier or before.certifier,
        **validity,
    }


def _stamp(numbers: list[int], said: Said) -> None:
    """Write who said it and the day of their list."""
    for some in batched(numbers, BATCH):
        Certification.objects.filter(pk__in=some).update(source=said.source, checked_on=said.on)


def _link_occupations(found: dict[Key, Read], numbers: dict[Key, int], report: Report) -> None:
    known = dict(Occupation.objects.values_list("code", "pk"))
    unknown = {code for read in found.values() for code in read.rome} - known.keys()
    if unknown:
        report.note(_("Codes ROME inconnus de la base, laissés de côté : %s") % _some(unknown))
    codes = {key: {known[code] for code in read.rome & known.keys()} for key, read in found.items()}
    _link(
        Certification.occupations.through,
        "occupation_id",
        codes,
        numbers,
        report.thing(_("codes ROME des certifications")),
    )


def _link_formacodes(found: dict[Key, Read], numbers: dict[Key, int], report: Report) -> None:
    labels = {code: label for read in found.values() for code, label in read.formacodes.items() if label}
    rows = {(code,): {"label": label} for code, label in sorted(labels.items())}
    sync(Formacode.objects.all(), ("code",), rows, report.thing(_("Formacodes")), change=False)
    known = set(Formacode.objects.values_list("code", flat=True))
    unknown = {code for read in found.values() for code in read.formacodes} - known
    if unknown:
        report.note(_("Formacodes sans libellé, laissés de côté : %s") % _some(unknown))
    codes = {key: read.formacodes.keys() & known for key, read in found.items()}
    _link(
        Certification.formacodes.through,
        "formacode_id",
        codes,
        numbers,
        report.thing(_("Formacodes des certifications")),
    )


def _link_nsf(found: dict[Key, Read], numbers: dict[Key, int], report: Report) -> None:
    """Codes of four characters ("221w") are kept as the three of the list where it lacks them."""
    told = {code for read in found.values() for code in read.nsf}
    if not told:
        return
    known = set(Nsf.objects.values_list("code", flat=True))
    near = {code: code if code in known else code[:3] for code in told}
    unknown = {code for code, kept in near.items() if kept not in known}
    if unknown:
        report.note(_("Codes NSF inconnus de la base, laissés de côté : %s") % _some(unknown))
    codes = {key: {near[code] for code in read.nsf - unknown} for key, read in found.items()}
    _link(Certification.nsf.through, "nsf_id", codes, numbers, report.thing(_("NSF des certifications")))


def _link(
    through: type[models.Model], column: str, codes: dict[Key, set[Any]], numbers: dict[Key, int], thing: ThingCount
) -> None:
    """Bring the links of the certifications that say some to what they say; the others keep theirs."""
    said = {numbers[key] for key, wanted in codes.items() if wanted}
    pairs: dict[tuple[Any, ...], Values] = {(numbers[key], code): {} for key, each in codes.items() for code in each}
    own = models.Q(certification_id__in=said)
    sync_exactly(through._default_manager.all(), own, ("certification_id", column), pairs, thing)


def _some(codes: Iterable[str], most: int = 20) -> str:
    listed = sorted(codes)
    return ", ".join(listed[:most]) + ("…" if len(listed) > most else "")
