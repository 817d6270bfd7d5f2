"""The terms of a score in French: one sentence per term, none without a term."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.enums import Audience, SkillOrigin
from jobs.matching import criteria
from jobs.matching.facts import MET, SUGGESTED, UNKNOWN, Excluded, Term
from portal.reference.enums import SkillLevel
from portal.web.templatetags.camins import euros, level, partial_day

LINK_KINDS = {
    "profile": gettext_lazy("L’organisme dit que cette formation mène à ce métier."),
    "formacode": gettext_lazy("Ses codes de spécialité (Formacode) sont ceux de ce métier."),
    "rome": gettext_lazy("Son code métier (ROME) est celui de ce métier."),
    "rome_parent": gettext_lazy("Son code métier (ROME) est la famille de ce métier : un indice faible."),
}
SUGGESTED_KINDS = {
    "profile": gettext_lazy("Ce métier est proposé %(witness)s, à confirmer : compté aux trois quarts."),
    "formacode": gettext_lazy(
        "Un code de spécialité (Formacode) de ce métier est proposé %(witness)s, à confirmer : compté aux trois quarts."
    ),
    "rome": gettext_lazy("Le code métier (ROME) est proposé %(witness)s, à confirmer : compté aux trois quarts."),
    "rome_parent": gettext_lazy(
        "La famille de ce métier (ROME) est proposée %(witness)s, à confirmer : indice faible, compté aux trois quarts."
    ),
}
CRITERION_LABELS = {
    "coverage": gettext_lazy("Compétences qui vous manquent et qu’elle apporte"),
    "link": gettext_lazy("Indices d’un lien avec le métier"),
    "title": gettext_lazy("Intitulé proche du métier (indice faible)"),
    "place": gettext_lazy("Distance"),
    "date": gettext_lazy("Date de début"),
    "cost": gettext_lazy("Reste à votre charge"),
    "demand": gettext_lazy("Postes recherchés"),
    "prerequisite": gettext_lazy("Compétences demandées à l’entrée"),
    "entry_level": gettext_lazy("Diplôme demandé à l’entrée"),
}
WEIGHTS = {criterion.code: criterion.weight for criterion in criteria.CRITERIA}


@dataclass(frozen=True)
class Reason:
    """One term as a page shows it; skills brought are listed apart from the other reasons."""

    criterion: str
    sentence: str
    state: str
    points: int
    points_max: int


def reason_of(term: Term) -> Reason:
    weight = WEIGHTS[term.criterion]
    if term.criterion == "link":
        weight = criteria.LINK_SHARES[str(term.fact("kind"))]
    return Reason(term.criterion, SENTENCES[term.criterion](term), term.state, term.points, max(0, weight))


def fact(term: Term, name: str) -> Any:
    """A fact of a term; its type is the criterion's, see jobs.matching.criteria."""
    return term.fact(name)


def _coverage(term: Term) -> str:
    sentence = _("%(skill)s : %(start)s → %(end)s.") % {
        "skill": fact(term, "label"),
        "start": _level_word(fact(term, "from_level")),
        "end": _level_word(fact(term, "to_level")),
    }
    if fact(term, "origin") == SUGGESTED:
        sentence += " " + _("Compétence %(origin)s : comptée aux trois quarts.") % {
            "origin": SkillOrigin(SUGGESTED).label
        }
    return sentence


def _level_word(value: int) -> str:
    return str(SkillLevel(value).label) if value else _("rien")


def _link(term: Term) -> str:
    kind = fact(term, "kind")
    if fact(term, "source") != SUGGESTED:
        return str(LINK_KINDS[kind])
    witness = fact(term, "witness")
    words = _("d’après %(name)s") % {"name": witness} if witness else _("d’après l’intitulé")
    return SUGGESTED_KINDS[kind] % {"witness": words}


def _title(term: Term) -> str:
    return _("Son intitulé ressemble au nom du métier : un indice faible.")


def _place(term: Term) -> str:
    if term.state == UNKNOWN:
        return _("Lieu non communiqué : à vérifier auprès de l’organisme.")
    if fact(term, "remote"):
        return _("Entièrement à distance.")
    return _("À %(km)s km de chez vous.") % {"km": fact(term, "distance_km")}


def _date(term: Term) -> str:
    if fact(term, "note") == "permanent":
        return _("On peut y entrer toute l’année.")
    if fact(term, "starts_on") is None:
        return {
            "full": _("Toutes les dates annoncées sont complètes : à vérifier."),
            "closed": _("Les inscriptions annoncées sont closes : à vérifier."),
        }.get(fact(term, "note"), _("Dates à venir : à vérifier auprès de l’organisme."))
    starts = partial_day(fact(term, "starts_on"), fact(term, "precision"))
    if term.state == UNKNOWN:
        return _("Commence en %(day)s, jour non précisé : à vérifier.") % {"day": starts}
    return _("Commence : %(day)s.") % {"day": starts}


def _cost(term: Term) -> str:
    audience = Audience(fact(term, "audience")).label
    if term.state == UNKNOWN:
        return _("Reste à charge non communiqué pour un public « %(audience)s » : à vérifier.") % {"audience": audience}
    return _("%(amount)s à votre charge (public « %(audience)s »).") % {
        "amount": euros(fact(term, "left_to_pay_cents")),
        "audience": audience,
    }


def _demand(term: Term) -> str:
    posts = fact(term, "posts")
    return ngettext(
        "%(n)d poste recherché en Occitanie dans les métiers où elle mène.",
        "%(n)d postes recherchés en Occitanie dans les métiers où elle mène.",
        posts,
    ) % {"n": posts}


def _prerequisite(term: Term) -> str:
    named = ", ".join(
        f"{label} ({_level_word(required)})" for _code, label, required, _held in fact(term, "skills") or ()
    )
    if term.state == UNKNOWN:
        return _("Demande à l’entrée : %(skills)s. Vous n’avez rien dit de ces compétences : à vérifier.") % {
            "skills": named
        }
    if term.state == MET:
        return _("Vous avez ce qu’elle demande à l’entrée : %(skills)s.") % {"skills": named}
    return _("Demande à l’entrée, et vous n’y êtes pas encore : %(skills)s.") % {"skills": named}


def _entry_level(term: Term) -> str:
    if fact(term, "course_level") is None:
        return _("Niveau d’entrée non communiqué : à vérifier auprès de l’organisme.")
    asked = level(fact(term, "course_level"))
    if term.state == MET:
        return _("Votre diplôme suffit (niveau d’entrée : %(level)s).") % {"level": asked}
    if term.state == UNKNOWN:
        return _("Niveau d’entrée : %(level)s ; on ne sait pas s’il est obligatoire, à vérifier.") % {"level": asked}
    return _("Niveau d’entrée conseillé au-dessus du vôtre : %(level)s.") % {"level": asked}


SENTENCES = {
    "coverage": _coverage,
    "link": _link,
    "title": _title,
    "place": _place,
    "date": _date,
    "cost": _cost,
    "demand": _demand,
    "prerequisite": _prerequisite,
    "entry_level": _entry_level,
}


def exclusion_sentence(reason: str, count: int) -> str:
    """ "23 trop loin": why courses were left out, with how many."""
    sentences = {
        "not_remote": ngettext("%(n)d n’est pas à distance", "%(n)d ne sont pas à distance", count),
        "remote_refused": ngettext("%(n)d est à distance", "%(n)d sont à distance", count),
        "too_far": ngettext("%(n)d est trop loin", "%(n)d sont trop loin", count),
        "starts_outside": ngettext("%(n)d commence hors de vos dates", "%(n)d commencent hors de vos dates", count),
        "level_too_high": ngettext(
            "%(n)d demande un diplôme plus élevé", "%(n)d demandent un diplôme plus élevé", count
        ),
        "over_budget": ngettext("%(n)d dépasse votre budget", "%(n)d dépassent votre budget", count),
    }
    return sentences[reason] % {"n": count}


def exclusion_detail(left_out: Excluded) -> str:
    """Why one named course was left out, with its facts."""
    facts: dict[str, Any] = dict(left_out.facts)
    details = {
        "not_remote": lambda: _("il faut y aller"),
        "remote_refused": lambda: _("elle est entièrement à distance"),
        "too_far": lambda: _("à %(km)s km") % {"km": facts["distance_km"]},
        "starts_outside": lambda: (
            _("commence : %(day)s") % {"day": partial_day(facts["starts_on"], str(facts["precision"]))}
        ),
        "level_too_high": lambda: _("niveau obligatoire : %(level)s") % {"level": level(facts["course_level"])},
        "over_budget": lambda: _("%(amount)s à votre charge") % {"amount": euros(facts["left_to_pay_cents"])},
    }
    return details[left_out.reason]()
