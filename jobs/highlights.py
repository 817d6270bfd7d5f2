"""A course's best reasons in a few words each, and apart from them what does not suit and what nobody told."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobs.gap import Step
from jobs.matching.facts import MET, PERMANENT, UNKNOWN, UNMET, Answer, Term
from jobs.reasons import fact
from portal.web.templatetags.camins import euros, km, level, partial_day

MOST_SHOWN = 3
UNTOLD = {
    "place": gettext_lazy("le lieu"),
    "date": gettext_lazy("la date de début"),
    "cost": gettext_lazy("le reste à votre charge"),
    "prerequisite": gettext_lazy("les compétences demandées à l’entrée"),
    "entry_level": gettext_lazy("le diplôme demandé à l’entrée"),
}


@dataclass(frozen=True, slots=True)
class Highlights:
    """`best` are the reasons that count most; `unmet` what is known and does not suit; `unknown` what to ask."""

    best: tuple[str, ...]
    unmet: tuple[str, ...]
    unknown: tuple[str, ...]


def highlights(answer: Answer, step: Step) -> Highlights:
    """The few words shown under a course before anything is opened."""
    by_criterion: dict[str, list[Term]] = {}
    for term in answer.terms:
        if term.state == MET and term.criterion in GOOD:
            by_criterion.setdefault(term.criterion, []).append(term)
    ranked = sorted(by_criterion.items(), key=_place_told)
    return Highlights(
        best=tuple(GOOD[criterion](terms[0], step) for criterion, terms in ranked[:MOST_SHOWN]),
        unmet=tuple(BAD[term.criterion](term) for term in answer.terms if term.state == UNMET),
        unknown=tuple(dict.fromkeys(str(UNTOLD[term.criterion]) for term in answer.terms if term.state == UNKNOWN)),
    )


def _place_told(reason: tuple[str, list[Term]]) -> tuple[int, int]:
    """What it teaches first; a title that looks alike, which proves little, last; the others by their points."""
    criterion, terms = reason
    return {"coverage": 0, "title": 2}.get(criterion, 1), -sum(term.points for term in terms)


def _covers(_term: Term, step: Step) -> str:
    missing = step.missing_count
    if not step.gained:
        return _("Fait progresser %(n)d de vos %(missing)d compétences manquantes") % {
            "n": len(step.partly),
            "missing": missing,
        }
    if missing == 1:
        return _("Couvre votre seule compétence manquante")
    if len(step.gained) == missing:
        return _("Couvre vos %(n)d compétences manquantes") % {"n": missing}
    return _("Couvre %(n)d de vos %(missing)d compétences manquantes") % {"n": len(step.gained), "missing": missing}


def _link(term: Term, _step: Step) -> str:
    if fact(term, "kind") == "profile":
        return _("Mène à ce métier, dit l’organisme")
    return _("Classée sous ce métier")


def _where(term: Term) -> str:
    if fact(term, "remote"):
        return _("À distance")
    if fact(term, "distance_km") == 0:
        return _("Dans votre commune")
    return _("À %(far)s") % {"far": km(fact(term, "distance_km"))}


def _when(term: Term) -> str:
    if fact(term, "note") == PERMANENT:
        return _("On y entre toute l’année")
    return _("Commence : %(day)s") % {"day": partial_day(fact(term, "starts_on"), str(fact(term, "precision")))}


def _pays(term: Term) -> str:
    return _("%(amount)s à votre charge") % {"amount": euros(fact(term, "left_to_pay_cents"))}


def _posts(term: Term, _step: Step) -> str:
    posts = fact(term, "posts")
    return ngettext("%(n)d poste recherché", "%(n)d postes recherchés", posts) % {"n": posts}


def _asks(term: Term) -> str:
    labels = ", ".join(label for _code, label, _required, _held in fact(term, "skills") or ())
    return _("demande à l’entrée : %(skills)s") % {"skills": labels}


def _diploma(term: Term) -> str:
    return _("diplôme conseillé : %(level)s") % {"level": level(fact(term, "course_level"))}


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


GOOD: dict[str, Callable[[Term, Step], str]] = {
    "coverage": _covers,
    "link": _link,
    "title": lambda _term, _step: _("Son intitulé ressemble au métier"),
    "place": lambda term, _step: _where(term),
    "date": lambda term, _step: _when(term),
    "cost": lambda term, _step: _pays(term),
    "demand": _posts,
}
BAD: dict[str, Callable[[Term], str]] = {
    "place": lambda term: _lower(_where(term)),
    "date": lambda term: _lower(_when(term)),
    "cost": _pays,
    "prerequisite": _asks,
    "entry_level": _diploma,
}
