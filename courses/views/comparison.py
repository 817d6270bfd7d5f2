"""Two or three courses side by side: their facts in words, row by row, and what sets them apart."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.enums import Audience, EntryMode, Funding, Modality
from courses.filters import CourseFilterSet
from courses.models import OfferingCost
from courses.search.cards import CourseCard, card_of, in_line
from courses.search.taken import Taken, costs_told, km_to
from courses.views.table import certifications_in_words, skills_in_words, words_of, yes_or_no
from portal.reference.enums import Level
from portal.web.templatetags.camins import day, euros, hours, km, partial_day

LONGEST_NAME = 60
# things that one course alone has, named in a sentence; the table has them all
MOST_OWN = 3


@dataclass(frozen=True)
class Cell:
    """What one course says of one thing: the first line counts, the others explain. No line: nobody told."""

    lines: Sequence[str] = ()
    is_list: bool = False

    @property
    def words(self) -> str:
        return ", ".join(self.lines if self.is_list else self.lines[:1]) or _("non communiqué")


@dataclass(frozen=True)
class Column:
    """One course, the offering shown of it, and how it is called in a sentence."""

    taken: Taken
    card: CourseCard
    offering: Mapping[str, Any]
    cost: OfferingCost | None
    name: str
    # the same comparison without it
    without_url: str


@dataclass(frozen=True)
class Row:
    term: str
    cells: list[tuple[Column, Cell]]
    # whether a difference in it is worth a sentence
    is_told: bool = True

    @property
    def differs(self) -> bool:
        return len({cell.words for _column, cell in self.cells}) > 1


@dataclass
class Comparison:
    """What compare.html shows of some courses, for the audience and the place of a search."""

    asked: CourseFilterSet
    courses: Sequence[Taken]
    without: Callable[[int], str]

    @cached_property
    def columns(self) -> list[Column]:
        shown = [each.offerings[0] if each.offerings else {} for each in self.courses]
        told = costs_told(offering["id"] for offering in shown if offering)
        question, state = self.asked.question, self.asked.state
        columns = []
        for place, (each, offering) in enumerate(zip(self.courses, shown, strict=True), start=1):
            distance = km_to(offering, question, state) if offering else None
            card = card_of(each.course_id, each.facts, each.places[0] if each.places else None, question, distance)
            cost = told.get((offering["id"], question.audience)) if offering else None
            columns.append(Column(each, card, offering, cost, self._name(place, each), self.without(each.course_id)))
        return columns

    def _name(self, place: int, each: Taken) -> str:
        """The title, shortened; with its rank when another has the same."""
        name = Truncator(each.facts["title"]).chars(LONGEST_NAME)
        same = [other for other in self.courses if Truncator(other.facts["title"]).chars(LONGEST_NAME) == name]
        return f"{name} ({place})" if len(same) > 1 else name

    @cached_property
    def rows(self) -> list[Row]:
        told: list[tuple[str, Callable[[Column], Cell]]] = [
            (_("Reste à charge"), _cost),
            (_("Prochaine date"), _start),
            (_("Durée"), lambda column: _one(hours(column.card.duration_hours), column.card.duration_hours)),
            (_("Lieu"), _place),
            (_("Sur place ou à distance"), lambda column: _of(Modality, column.offering.get("modality"))),
            (_("Niveau demandé pour entrer"), lambda column: _of(Level, column.card.entry_level)),
            (_("Niveau à la sortie"), lambda column: _of(Level, column.taken.facts["exit_level"])),
            (_("Compétences"), lambda column: Cell(skills_in_words(column.taken.facts), is_list=True)),
            (_("Certification"), _certification),
            (_("Qui peut financer"), _fundings),
            (_("Accessible aux personnes handicapées"), _access),
            (_("Organisme"), lambda column: Cell([column.taken.facts["provider"]])),
        ]
        plain = {_("Sur place ou à distance"), _("Organisme")}  # the place says it; nobody doubts it
        return [
            Row(term, [(column, tell(column)) for column in self.columns], term not in plain) for term, tell in told
        ]

    @property
    def audience(self) -> str:
        return str(Audience(self.asked.question.audience).label)

    @cached_property
    def differences(self) -> list[str]:
        """What sets them apart, a sentence for each row that differs."""
        said = []
        for row in self.rows:
            if not row.differs or not row.is_told:
                continue
            if row.cells[0][1].is_list:
                said += _only(row)
            else:
                said.append(_("%(term)s : %(values)s.") % {"term": row.term, "values": _by_value(row)})
        return said

    @cached_property
    def alike(self) -> str:
        """What they have in common; what nobody told is no likeness."""
        terms = [row.term for row in self.rows if not row.differs and row.cells[0][1].lines]
        listed = ", ".join(in_line(term) for term in terms)
        return _("Pareil pour toutes : %(terms)s.") % {"terms": listed} if terms else ""


def _by_value(row: Row) -> str:
    """ "0 € pour « A » et « B », 1 200 € pour « C »"."""
    names: dict[str, list[str]] = {}
    for column, cell in row.cells:
        names.setdefault(cell.words, []).append(f"« {column.name} »")
    return ", ".join(
        _("%(value)s pour %(names)s") % {"value": value, "names": _(" et ").join(which)}
        for value, which in names.items()
    )


def _only(row: Row) -> list[str]:
    """What one course alone has, of rows that are lists."""
    said = []
    for column, cell in row.cells:
        others = {line for other, its in row.cells if other is not column for line in its.lines}
        own = [line for line in cell.lines if line not in others]
        more = len(own) - MOST_OWN
        if more > 0:
            own[MOST_OWN:] = [ngettext("et %(n)d autre", "et %(n)d autres", more) % {"n": more}]
        names = {"term": row.term, "name": column.name, "own": ", ".join(own)}
        if own:
            said.append(_("%(term)s : seule « %(name)s » annonce %(own)s.") % names)
        elif not cell.lines:
            said.append(_("%(term)s : non communiqué pour « %(name)s ».") % names)
    return said


def _one(words: str, value: object) -> Cell:
    return Cell() if value is None else Cell([words])


def _of(choices: Any, value: Any) -> Cell:
    return _one(words_of(choices, value), value)


def _cost(column: Column) -> Cell:
    """Cents left to pay, on what condition, who says so and when."""
    cost = column.cost
    if cost is None or cost.left_to_pay_cents is None:
        return Cell()
    source = ", ".join(each for each in (cost.source, day(cost.stated_on)) if each)
    return Cell([each for each in (euros(cost.left_to_pay_cents), cost.condition, source) if each])


def _start(column: Column) -> Cell:
    card = column.card
    if card.starts_on is not None:
        return Cell([partial_day(card.starts_on, card.starts_precision)])
    return Cell([str(EntryMode.PERMANENT.label)]) if card.is_permanent else Cell()


def _place(column: Column) -> Cell:
    card = column.card
    if card.modality == Modality.REMOTE:
        return Cell([_("à distance")])
    if not card.town:
        return Cell()
    distance = _("à %(distance)s") % {"distance": km(card.distance_km)} if card.distance_km is not None else ""
    return Cell(
        [", ".join(each for each in (card.town, distance) if each), *([card.department] if card.department else [])]
    )


def _certification(column: Column) -> Cell:
    """Named, or said to be none, or not told."""
    facts = column.taken.facts
    named = certifications_in_words(facts)
    if named:
        return Cell(["; ".join(named)])
    return {True: Cell([_("oui")]), False: Cell([_("aucune")])}.get(facts["is_certifying"], Cell())


def _fundings(column: Column) -> Cell:
    return Cell([words_of(Funding, each) for each in column.offering.get("fundings", ())], is_list=True)


def _access(column: Column) -> Cell:
    value = column.offering.get("accessible")
    return _one(yes_or_no(value), value)
