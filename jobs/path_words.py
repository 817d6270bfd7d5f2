"""Paths in French: what each is, its figures in one table, what it leaves, and what a limit less would give."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobs.matching.facts import Gain, Remainder
from jobs.matching.path_problem import PathsAsked, SessionShown
from jobs.matching.paths import (
    BEST,
    CHEAPEST,
    CLOSEST,
    FASTEST,
    LabelledPath,
    Path,
    PathAnswers,
    Relaxation,
    Step,
    Totals,
    merged,
)
from portal.reference.enums import SkillLevel
from portal.web.templatetags.camins import day as civil_day
from portal.web.templatetags.camins import euros, km, partial_day

LABELS = {
    BEST: gettext_lazy("le plus complet"),
    FASTEST: gettext_lazy("le plus rapide"),
    CHEAPEST: gettext_lazy("le moins cher"),
    CLOSEST: gettext_lazy("le plus proche"),
}
ROWS = (
    gettext_lazy("Ce qu’il couvre"),
    gettext_lazy("Fin"),
    gettext_lazy("Reste à votre charge"),
    gettext_lazy("Distances en tout"),
    gettext_lazy("Formations"),
    gettext_lazy("Heures"),
)
LETTERS = "ABCD"


@dataclass(frozen=True, slots=True)
class StepWords:
    """One course of a path. `taken` tells its dates, `notes` what to check or what is estimated."""

    number: int
    title: str
    url: str
    provider: str
    taken: str
    where: str
    cost: str
    gains: tuple[str, ...]
    opens: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PathWords:
    """A path as a card and as a column of the table: `figures` are in the order of ROWS."""

    letter: str
    title: str
    figures: tuple[str, ...]
    steps: tuple[StepWords, ...]
    leaves: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def name(self) -> str:
        return _("Parcours %(letter)s") % {"letter": self.letter}


def paths_in_words(asked: PathsAsked, answers: PathAnswers, *, has_place: bool) -> list[PathWords]:
    """The different answers, each once with all that it is; without a place, no distance is known of any."""
    different = merged(answers)
    return [
        PathWords(
            letter=LETTERS[place],
            title=_joined([str(LABELS[label]) for label in true_labels(each)]),
            figures=figures_of(each.path.totals, answers.wanted),
            steps=tuple(_step(asked, step, number, has_place) for number, step in enumerate(each.path.steps, 1)),
            leaves=tuple(_left(left) for left in each.path.leaves),
            against=tuple(_against(each.path, other, LETTERS[rank]) for rank, other in _others(different, place)),
        )
        for place, each in enumerate(different)
    ]


def rows_of(found: Sequence[PathWords]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The table of the paths: (label of a row, (name of a path, its figure) of each)."""
    return [(str(label), [(path.name, path.figures[place]) for path in found]) for place, label in enumerate(ROWS)]


def figures_of(totals: Totals, wanted: int) -> tuple[str, ...]:
    """The same columns for every path: coverage, end, cost, distance, steps, hours."""
    return (
        _("%(share)d %% de ce qui vous manque") % {"share": 100 * totals.coverage // wanted},
        civil_day(date.fromordinal(totals.ends)),
        _with_unknown(euros(totals.cost_cents), totals.unknown_costs, totals.steps),
        _with_unknown(km(totals.km) if totals.km else _("aucune"), totals.unknown_kms, totals.steps),
        str(totals.steps),
        _with_unknown(_("%(n)d h") % {"n": totals.hours}, totals.unknown_hours, totals.steps),
    )


def relaxations_in_words(found: Sequence[Relaxation], covered: int, wanted: int) -> list[str]:
    """ "Jusqu'à 45 km au lieu de 30 : 60 % au lieu de 40 %, 2 formations de plus." """
    told = []
    for each in found:
        values = {"value": _limit(each.limit, each.value), "was": _limit(each.limit, each.was)}
        sentence = {
            "max_km": _("Jusqu’à %(value)s au lieu de %(was)s"),
            "budget_cents": _("Avec %(value)s au lieu de %(was)s de votre poche"),
            "deadline": _("Avec une fin au %(value)s au lieu du %(was)s"),
            "hours": _("Avec %(value)s au lieu de %(was)s"),
            "modality": _("En acceptant aussi l’autre manière, à distance ou sur place"),
            "steps": _("Avec %(value)s à la suite au lieu de %(was)s"),
        }[each.limit]
        if each.value is None:
            sentence = {
                "max_km": _("Sans limite de distance"),
                "budget_cents": _("Sans limite de budget"),
                "deadline": _("Sans date de fin"),
                "hours": _("Sans limite d’heures"),
            }.get(each.limit, sentence)
        shares = {"now": 100 * each.coverage // wanted, "before": 100 * covered // wanted}
        gain = _("%(now)d %% au lieu de %(before)d %%") % shares
        more = ngettext("%(n)d formation de plus", "%(n)d formations de plus", each.opened) % {"n": each.opened}
        told.append(sentence % values + _(" : ") + ", ".join(filter(None, (gain, more if each.opened else ""))))
    return told


def bound_in_words(answers: PathAnswers) -> str:
    """What is said when the search was stopped before its proof; empty when all is proven."""
    if answers.is_proven:
        return ""
    return _(
        "Il y a tant de combinaisons que toutes n’ont pas été comparées : ce sont les meilleurs parcours trouvés, un "
        "autre pourrait couvrir au mieux %(percent)d %% de plus."
    ) % {"percent": answers.percent_more_at_most}


def true_labels(each: LabelledPath) -> list[str]:
    """Without those that rest on nothing known: nobody is the nearest where no distance is."""
    totals = each.path.totals
    untold = {CHEAPEST: totals.unknown_costs, CLOSEST: totals.unknown_kms}
    kept = [label for label in each.labels if untold.get(label, 0) < totals.steps]
    return kept or [BEST]


def _step(asked: PathsAsked, step: Step, number: int, has_place: bool) -> StepWords:
    shown = asked.shown[step.session.code]
    openers = [asked.shown[code].course.title for code in step.opens]
    return StepWords(
        number=number,
        title=shown.course.title,
        url=shown.course.get_absolute_url(),
        provider=str(shown.course.provider),
        taken=_dates(step, shown),
        where=_where(step, shown),
        cost=_cost(step.session.cost_cents),
        gains=tuple(_gain(gain, gain.code in shown.suggested) for gain in step.gains),
        opens=_("Ouvre la porte de la suite : %(titles)s.") % {"titles": ", ".join(openers)} if openers else "",
        notes=_notes(step, shown, has_place),
    )


def _dates(step: Step, shown: SessionShown) -> str:
    ends = civil_day(date.fromordinal(step.placed.ends))
    if shown.session is None:
        starts = civil_day(date.fromordinal(step.placed.starts))
        return _("Entrée toute l’année : du %(start)s au %(end)s, par exemple") % {"start": starts, "end": ends}
    starts = partial_day(shown.session.starts_on, shown.session.starts_precision)
    if shown.session.starts_precision == "day":
        return _("Du %(start)s au %(end)s") % {"start": starts, "end": ends}
    return _("Début : %(start)s ; fin au plus tard le %(end)s") % {"start": starts, "end": ends}


def _where(step: Step, shown: SessionShown) -> str:
    if step.session.is_remote:
        return _("Entièrement à distance")
    place = shown.offering.where
    return f"{place}, {km(step.session.km)}" if step.session.km is not None else place


def _cost(cents: int | None) -> str:
    if cents is None:
        return _("reste à votre charge non communiqué")
    return _("%(amount)s à votre charge") % {"amount": euros(cents)}


def _gain(gain: Gain, is_suggested: bool) -> str:
    start = str(SkillLevel(gain.from_level).label) if gain.from_level else _("rien")
    told = _("%(skill)s : %(start)s → %(end)s") % {
        "skill": gain.label,
        "start": start,
        "end": SkillLevel(gain.to_level).label,
    }
    return f"{told} ({_('proposé, à confirmer')})" if is_suggested else told


def _notes(step: Step, shown: SessionShown, has_place: bool) -> tuple[str, ...]:
    notes = []
    if shown.to_check:
        notes.append(_("À vérifier à l’entrée : %(skills)s.") % {"skills": ", ".join(shown.to_check)})
    if shown.has_estimated_end:
        notes.append(_("Fin estimée d’après les heures, à vérifier auprès de l’organisme."))
    if has_place and step.session.km is None and not step.session.is_remote:
        notes.append(_("Distance inconnue, à vérifier."))
    return tuple(notes)


def _left(left: Remainder) -> str:
    reached = str(SkillLevel(left.reached_level).label) if left.reached_level else _("rien")
    return _("%(skill)s (%(reached)s → %(wanted)s)") % {
        "skill": left.label,
        "reached": reached,
        "wanted": SkillLevel(left.wanted_level).label,
    }


def _others(different: Sequence[LabelledPath], place: int) -> list[tuple[int, Path]]:
    return [(rank, each.path) for rank, each in enumerate(different) if rank != place]


def _against(path: Path, other: Path, letter: str) -> str:
    """What this path has that the other has not, in figures: "Finit 40 jours avant B, coûte 300 € de moins"."""
    mine, theirs = path.totals, other.totals
    told = []
    if mine.ends < theirs.ends:
        days = theirs.ends - mine.ends
        told.append(ngettext("finit %(n)d jour plus tôt", "finit %(n)d jours plus tôt", days) % {"n": days})
    if mine.unknown_costs == theirs.unknown_costs == 0 and mine.cost_cents < theirs.cost_cents:
        told.append(_("coûte %(amount)s de moins") % {"amount": euros(theirs.cost_cents - mine.cost_cents)})
    if mine.unknown_kms == theirs.unknown_kms == 0 and mine.km < theirs.km:
        told.append(_("est %(far)s plus près en tout") % {"far": km(theirs.km - mine.km)})
    if mine.coverage > theirs.coverage:
        told.append(_("couvre davantage"))
    if mine.steps < theirs.steps:
        told.append(_("demande moins de formations"))
    if not told:
        return _("Face à %(letter)s : rien de mieux que ce qui le nomme.") % {"letter": letter}
    return _("Face à %(letter)s : %(told)s.") % {"letter": letter, "told": ", ".join(told)}


def _limit(limit: str, value: int | str | None) -> str:
    if not isinstance(value, int):
        return ""
    if limit == "steps":
        return ngettext("%(n)d formation", "%(n)d formations", value) % {"n": value}
    return {
        "max_km": lambda: km(value),
        "budget_cents": lambda: euros(value),
        "deadline": lambda: civil_day(date.fromordinal(value)),
        "hours": lambda: _("%(n)d h") % {"n": value},
    }[limit]()


def _with_unknown(known: str, unknown: int, steps: int) -> str:
    if not unknown:
        return known
    if unknown == steps:
        return _("inconnu")
    told = ngettext("sans compter %(n)d formation", "sans compter %(n)d formations", unknown) % {"n": unknown}
    return f"{known}, {told}"


def _joined(labels: Sequence[str]) -> str:
    """ "le plus rapide, le moins cher et le plus proche" """
    *first, last = labels
    return _("%(first)s et %(last)s") % {"first": ", ".join(first), "last": last} if first else last
