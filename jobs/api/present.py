"""From the facts of the orientation to the words of the API. What is not known is None, never 0."""

import datetime
from collections.abc import Mapping
from typing import Any

from courses.api.present import Facts, Validities, absolute, course_words, offering_words
from courses.search.cards import town_of
from courses.search.lexicon import Lexicon
from jobs.answers import REMOTE_NO, REMOTE_ONLY, REMOTE_YES, Answers
from jobs.gap import Gap
from jobs.matching.criteria import CRITERIA
from jobs.matching.facts import Answer, CourseFacts, Excluded, Gain, Remainder, Term
from jobs.matching.goals import GoalFound
from jobs.matching.path_problem import PathsAsked, SessionShown
from jobs.matching.paths import ANY, ON_SITE, REMOTE, LabelledPath, PathAnswers, Relaxation, Step, merged
from jobs.path_words import LABELS, LETTERS, true_labels
from jobs.reasons import exclusion_detail, exclusion_sentence, reason_of
from portal.reference.models import JobProfile, Occupation

POINTS_MAX = sum(rule.weight for rule in CRITERIA if rule.weight > 0)
# limits of the search of paths → the parameters that set them, in the order in which they are loosened
PARAMETERS = {
    "max_km": "rayon",
    "budget_cents": "budget",
    "deadline": "fin",
    "hours": "heures",
    "modality": "distance",
    "steps": "etapes",
}
MODALITIES = {ANY: REMOTE_YES, ON_SITE: REMOTE_NO, REMOTE: REMOTE_ONLY}
Words = dict[str, Any]


# --- jobs


def proposal(found: GoalFound, api: str) -> Words:
    target = found.profile or found.occupation
    assert target is not None
    return {
        **_target(target),
        "raison": found.why,
        "resume": found.summary or None,
        "niveau_usuel": found.profile.usual_level if found.profile else None,
        "api": api,
    }


def job(profile: JobProfile, family: str) -> Words:
    return {
        "code": profile.slug,
        "intitule": profile.name,
        "url": absolute("jobs:profile", profile.slug),
        "famille": family,
        "resume": profile.summary or None,
        "niveau_usuel": profile.usual_level,
    }


def goal(answers: Answers) -> Words | None:
    target = answers.profile or answers.occupation
    return _target(target) if target else None


def _target(target: JobProfile | Occupation) -> Words:
    """A job somebody aims at: the parameter and the value that name it."""
    if isinstance(target, JobProfile):
        url = absolute("jobs:profile", target.slug)
        return {"parametre": "metier", "code": target.slug, "intitule": target.name, "url": url}
    url = absolute("jobs:occupation", target.code)
    return {"parametre": "rome", "code": target.code, "intitule": target.label, "url": url}


# --- recommendations


def gap(found: Gap, held: Mapping[str, int]) -> list[Words]:
    return [
        {
            "code": line.code,
            "intitule": line.label,
            "niveau_acquis": held.get(line.code),
            "niveau_vise": line.wanted,
            "indispensable": line.is_essential,
            "situation": line.state,
            "formations": line.courses,
            "phrase": line.sentence or None,
        }
        for line in found.lines
    ]


def recommended(answer: Answer, facts: Facts, lexicon: Lexicon, validities: Validities, day: datetime.date) -> Words:
    """A course with the offering and the session that answer best, and every term of its score."""
    course = answer.course
    offering = next((each for each in facts["offerings"] if each["id"] == course.offering_pk), None)
    return {
        **course_words(course.pk, facts, lexicon, validities),
        "action": {**offering_words(offering, day), "distance_km": course.distance_km} if offering else None,
        "session": _session(course),
        "score": answer.score,
        "termes": [term(each) for each in answer.terms],
        "reste": [remainder(left) for left in answer.leaves],
    }


def term(each: Term) -> Words:
    reason = reason_of(each)
    return {
        "critere": each.criterion,
        "constat": each.state,
        "points": each.points,
        "points_maximum": reason.points_max,
        "phrase": reason.sentence,
    }


def _session(course: CourseFacts) -> Words | None:
    if course.session_pk is None:
        return None
    precision = course.start_precision if course.starts_on else None
    return {"id": course.session_pk, "debut": course.starts_on, "precision": precision}


def remainder(left: Remainder) -> Words:
    return {
        "code": left.code,
        "intitule": left.label,
        "niveau_atteint": left.reached_level,
        "niveau_vise": left.wanted_level,
    }


def exclusion(reason: str, count: int) -> Words:
    return {"motif": reason, "nombre": count, "phrase": exclusion_sentence(reason, count)}


def excluded(left: Excluded) -> Words:
    return {
        "id": left.course_pk,
        "api": absolute("courses:api_course", left.course_pk),
        "intitule": left.title,
        "motif": left.reason,
        "phrase": exclusion_detail(left),
        "aussi": list(left.also),
    }


# --- paths


def no_paths() -> Words:
    """Nothing is searched for without a goal, and so nothing is known of the paths."""
    empty: Words = {"parcours": [], "limites": []}
    return {**empty, **dict.fromkeys(("prouve", "mieux_au_plus_pourcent", "sessions_utiles", "laissees"))}


def paths(asked: PathsAsked, answers: PathAnswers) -> list[Words]:
    """The different answers, in the order and with the letters of the page."""
    found = zip(LETTERS, merged(answers), strict=False)
    return [_path(asked, each, letter, answers.wanted) for letter, each in found]


def _path(asked: PathsAsked, each: LabelledPath, letter: str, wanted: int) -> Words:
    totals = each.path.totals
    places = {step.session.code: number for number, step in enumerate(each.path.steps, 1)}
    return {
        "lettre": letter,
        "etiquettes": [{"code": label, "intitule": str(LABELS[label])} for label in true_labels(each)],
        "couverture_pourcent": 100 * totals.coverage // wanted,
        "debut": datetime.date.fromordinal(totals.starts),
        "fin": datetime.date.fromordinal(totals.ends),
        "reste_a_charge_centimes": _known(totals.cost_cents, totals.unknown_costs, totals.steps),
        "restes_a_charge_inconnus": totals.unknown_costs,
        "distance_km": _known(totals.km, totals.unknown_kms, totals.steps),
        "distances_inconnues": totals.unknown_kms,
        "heures": _known(totals.hours, totals.unknown_hours, totals.steps),
        "heures_inconnues": totals.unknown_hours,
        "etapes": [_step(step, asked.shown[step.session.code], places) for step in each.path.steps],
        "reste": [remainder(left) for left in each.path.leaves],
    }


def _known(total: int, unknown: int, steps: int) -> int | None:
    """A sum over the steps that say something; None when none does."""
    return None if unknown == steps else total


def _step(step: Step, shown: SessionShown, places: Mapping[str, int]) -> Words:
    session = shown.session
    return {
        "numero": places[step.session.code],
        "formation": _course(shown),
        "action": {
            "id": shown.offering.pk,
            "commune": town_of(shown.offering) or None,
            "code_insee": shown.offering.commune_id,
            "modalite": shown.offering.modality,
            "entrees": shown.offering.entry_mode,
        },
        "session": session and {"id": session.pk, "debut": session.starts_on, "precision": session.starts_precision},
        "debut": datetime.date.fromordinal(step.placed.starts),
        "fin": datetime.date.fromordinal(step.placed.ends),
        "fin_estimee": shown.has_estimated_end,
        "reste_a_charge_centimes": step.session.cost_cents,
        "distance_km": step.session.away_km,
        "heures": step.session.hours,
        "apporte": [_gain(gain, gain.code in shown.suggested) for gain in step.gains],
        "ouvre": [places[code] for code in step.opens],
        "a_verifier": list(shown.to_check),
    }


def _course(shown: SessionShown) -> Words:
    course, provider = shown.course, shown.course.provider
    return {
        "id": course.pk,
        "url": absolute("courses:course", course.slug, course.pk),
        "api": absolute("courses:api_course", course.pk),
        "intitule": course.title,
        "organisme": {
            "id": provider.pk,
            "nom": str(provider),
            "url": absolute("courses:provider", provider.slug, provider.pk),
        },
    }


def _gain(gain: Gain, is_suggested: bool) -> Words:
    return {
        "code": gain.code,
        "intitule": gain.label,
        "niveau_depart": gain.from_level,
        "niveau_atteint": gain.to_level,
        "proposee": is_suggested,
    }


def relaxation(each: Relaxation, sentence: str, wanted: int) -> Words:
    return {
        "parametre": PARAMETERS[each.limit],
        "valeur": _limit(each.limit, each.was),
        "valeur_proposee": _limit(each.limit, each.value),
        "couverture_pourcent": 100 * each.coverage // wanted,
        "formations_de_plus": each.opened,
        "prouve": each.is_proven,
        "phrase": sentence,
    }


def _limit(limit: str, value: int | str | None) -> str | None:
    """A limit as its parameter writes it."""
    if value is None:
        return None
    if isinstance(value, str):
        return MODALITIES[value]
    if limit == "deadline":
        return datetime.date.fromordinal(value).isoformat()
    return str(value // 100 if limit == "budget_cents" else value)
