"""Where a course stands in a search, in words: the terms of its score, what moves each, what leaves it out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.filters import CourseFilterSet
from courses.models import Course
from courses.search import facets, worth
from courses.search.cards import facts_of
from courses.search.lexicon import State, code_number
from courses.search.order import NEAR_POINTS, TITLE_POINTS
from courses.search.question import CourseQuestion
from courses.search.standing import LeftOut, Standing, Terms, left_out, standing_of
from jobs.space.lines import Row, Table, form_part, neighbours
from portal.web.templatetags.camins import day as day_in_words

ITEM_WORDS = {
    "summary": gettext_lazy("la présentation en quelques mots"),
    "objective": gettext_lazy("l’objectif"),
    "what_you_learn": gettext_lazy("ce qu’on apprend"),
    "entry_level": gettext_lazy("le niveau d’entrée"),
    "is_certifying": gettext_lazy("si elle est certifiante"),
    "place": gettext_lazy("le lieu"),
    "hours": gettext_lazy("la durée"),
    "access": gettext_lazy("l’accès aux personnes handicapées"),
    "cost": gettext_lazy("le reste à charge d’un demandeur d’emploi"),
}
OF_OFFERINGS = frozenset({"place", "hours", "access", "cost"})
NEAR_MOST = NEAR_POINTS[0][1]


def searched(course: Course, asked: CourseFilterSet) -> Table:
    """The standing of a published course in a search by text and place."""
    question, state = asked.question, asked.state
    standing = standing_of(course.pk, question, state=state)
    url = f"{reverse('courses:search')}?{urlencode(asked.address.pairs)}"
    notes = _notes(standing, question)
    if standing.own is None:
        out = left_out(course.pk, standing.found, state=state)
        return Table(standing.total, reasons=_reasons(course, question, out, state), notes=notes, url=url)
    nearest_first = standing.above[::-1]
    shown = [(each.course_id, each.total) for each in nearest_first]
    return Table(
        total=standing.total,
        rank=(standing.place or 0) + 1,
        points=standing.own.total,
        rows=_rows(course, standing, standing.own, nearest_first),
        above=neighbours(facts_of(pk for pk, _points in shown), shown),
        notes=notes,
        url=url,
    )


def _notes(standing: Standing, question: CourseQuestion) -> list[str]:
    mended = standing.found.mended
    notes = []
    if mended is not None:
        notes.append(
            _("Personne ne dit « %(typed)s » : la recherche comprend « %(meant)s ».")
            % {
                "typed": question.text,
                "meant": mended.text,
            }
        )
    if standing.found.understood.is_partial:
        notes.append(_("Aucune fiche ne dit tous ces mots : un seul suffit."))
    return notes


@dataclass(frozen=True)
class Term:
    """One term of the order by relevance: where to find it, its most, what to do about it and where."""

    label: Any
    read: Callable[[Terms], int]
    most: int
    advice: Callable[[Course, Terms], str]
    where: Callable[[Terms], str]


def _rows(course: Course, standing: Standing, own: Terms, above: Sequence[Terms]) -> list[Row]:
    columns = (own, *above)
    shown = [
        *([TEXT] if standing.found.question.text else []),
        *([NEAR] if own.near is not None else []),
        *WHATEVER_IS_ASKED,
    ]
    return [_row(course, standing, columns, term) for term in shown]


def _row(course: Course, standing: Standing, columns: Sequence[Terms], term: Term) -> Row:
    """What would move it is told only where it is not at its most."""
    cells = tuple(map(term.read, columns))
    most, own = max(*cells, term.most), columns[0]
    more = most - cells[0]
    then = standing.place_with(more) if more > 0 else None
    return Row(
        str(term.label),
        cells,
        most,
        term.advice(course, own) if more > 0 else "",
        form_part(course.pk, term.where(own)),
        then + 1 if then is not None and then < (standing.place or 0) else None,
    )


def _of_text(course: Course, own: Terms) -> str:
    return _(
        "Ce que l’on cherche compte d’abord dans l’intitulé, puis dans les compétences, selon leur niveau, les métiers "
        "visés et les certifications : écrivez-y ces mots s’ils disent vrai."
    )


def _of_place(course: Course, own: Terms) -> str:
    return _("Une action plus proche de ce lieu, ou à distance, compterait davantage.")


def _of_demand(course: Course, own: Terms) -> str:
    posts = ngettext("%(n)d poste ouvert", "%(n)d postes ouverts", course.demand) % {"n": course.demand}
    return _("%(posts)s dans les métiers que la fiche vise : dites tous ceux où elle mène vraiment.") % {"posts": posts}


def _of_freshness(course: Course, own: Terms) -> str:
    if course.verified_on is None:
        return _("Personne n’a encore vérifié cette fiche : confirmez qu’elle est exacte.")
    return _("Vérifiée le %(day)s : confirmez qu’elle est toujours exacte, tous les mois.") % {
        "day": day_in_words(course.verified_on)
    }


def _of_completeness(course: Course, own: Terms) -> str:
    names = ", ".join(str(ITEM_WORDS[name]) for name in own.worth.missing)
    return _("Dites : %(names)s.") % {"names": names} if names else ""


def _first_missing(own: Terms) -> str:
    first = own.worth.missing[0] if own.worth.missing else ""
    return "offerings" if first in OF_OFFERINGS else first


def _of_start(course: Course, own: Terms) -> str:
    return _("Ajoutez une date, ouverte et non complète, dans les trois mois qui viennent.")


TEXT = Term(gettext_lazy("Vos mots"), lambda each: each.text, TITLE_POINTS, _of_text, lambda own: "title")
NEAR = Term(gettext_lazy("Proximité"), lambda each: each.near or 0, NEAR_MOST, _of_place, lambda own: "offerings")
WHATEVER_IS_ASKED = (
    Term(
        gettext_lazy("Demande des employeurs"),
        lambda each: each.worth.demand,
        worth.DEMAND_MOST,
        _of_demand,
        lambda own: "profile_links",
    ),
    Term(
        gettext_lazy("Prochain début"),
        lambda each: each.worth.start,
        worth.START_MOST,
        _of_start,
        lambda own: "sessions",
    ),
    Term(gettext_lazy("Fraîcheur"), lambda each: each.worth.fresh, worth.FRESH_MOST, _of_freshness, lambda own: ""),
    Term(
        gettext_lazy("Complétude"),
        lambda each: each.worth.complete,
        worth.COMPLETE_MOST,
        _of_completeness,
        _first_missing,
    ),
)


# --- what leaves it out


def _reasons(course: Course, question: CourseQuestion, out: LeftOut, state: State) -> list[str]:
    reasons = []
    if out.unsaid:
        reasons.append(
            _("Ni ses textes ni ses compétences, métiers ou certifications ne disent : %(words)s.")
            % {"words": ", ".join(f"« {word} »" for word in out.unsaid)}
        )
    for facet in out.unmet:
        reasons.append(_too_far(course, question, state) if facet is facets.RADIUS else str(facet.title))
    if not reasons:
        reasons.append(_("Elle remplit chaque condition, mais aucune de ses actions ne les remplit toutes."))
    return reasons


def _too_far(course: Course, question: CourseQuestion, state: State) -> str:
    home = question.home
    assert home is not None
    facts = facts_of([course.pk]).get(course.pk, {})
    places = [each["insee"] for each in facts.get("offerings", ()) if each["insee"]]
    kms = [km for insee in places if (km := state.lexicon.km_to(home, code_number(insee))) is not None]
    told = {"km": question.radius_km, "place": home.name}
    if not kms:
        return _("Aucune de ses actions n’a de lieu connu à moins de %(km)s km de %(place)s, ni à distance.") % told
    return _("La plus proche de ses actions est à %(nearest)d km de %(place)s, au-delà des %(km)s km demandés.") % {
        **told,
        "nearest": round(min(kms)),
    }
