"""From the facts of a search document to the words of the API."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from courses.enums import Audience, Recruitment
from courses.search.cards import NextSession
from courses.search.lexicon import Lexicon, code_number
from courses.search.question import CourseQuestion, Home
from portal.reference.enums import Validity
from portal.reference.models import Certification

Facts = Mapping[str, Any]
# what is known of how long a certification is valid, by register and number
Validities = Mapping[tuple[str, str], Mapping[str, Any]]


def absolute(route: str, *args: object) -> str:
    return settings.CAMINS_SITE_URL + reverse(route, args=args)


def course_words(pk: int, facts: Facts, lexicon: Lexicon, validities: Validities) -> dict[str, Any]:
    """A course without its offerings."""
    names = dict(lexicon.profiles)
    return {
        "id": pk,
        "url": absolute("courses:course", facts["slug"], pk),
        "api": absolute("courses:api_course", pk),
        "intitule": facts["title"],
        "organisme": {
            "id": facts["provider_id"],
            "nom": facts["provider"],
            "url": absolute("courses:provider", facts["provider_slug"], facts["provider_id"]),
        },
        "cfa": _centre(facts),
        "resume": facts["summary"] or None,
        "niveau_entree": facts["entry_level"],
        "niveau_sortie": facts["exit_level"],
        "certifiante": facts["is_certifying"],
        "certifications": [_certification(each, validities) for each in facts["certifications"]],
        "metiers": [
            {"code": slug, "intitule": names[slug], "url": absolute("jobs:profile", slug)}
            for slug in facts["profiles"]
            if slug in names
        ],
        "competences": [{"code": code, "intitule": name, "niveau": level} for code, name, level in facts["skills"]],
        "verifiee_le": facts["verified_on"],
        "publiee_le": facts["published_at"],
    }


def offering_words(offering: Facts, day: datetime.date) -> dict[str, Any]:
    return {
        "id": offering["id"],
        "lieu": {
            "commune": offering["town"] or None,
            "code_insee": offering["insee"],
            "departement": offering["department_code"],
            "departement_nom": offering["department"],
            "latitude": offering["latitude"],
            "longitude": offering["longitude"],
        },
        "modalite": offering["modality"],
        "duree_heures": offering["hours"],
        "entrees": offering["entry_mode"],
        "financements": offering["fundings"] or None,
        "accessible": offering["accessible"],
        "restes_a_charge": {str(audience): _cost(offering["costs"].get(audience)) for audience in Audience},
        "prochaine_session": _session(offering["session"], day) if offering["session"] else None,
    }


def found_words(
    pk: int,
    facts: Facts,
    answering: Iterable[int],
    question: CourseQuestion,
    lexicon: Lexicon,
    validities: Validities,
    day: datetime.date,
) -> dict[str, Any]:
    """A course that answers a question; each of its offerings tells whether it does, and how far it is."""
    answering = set(answering)
    actions = [
        {
            **offering_words(offering, day),
            "repond": place in answering,
            "distance_km": _distance(offering, question.home, lexicon),
        }
        for place, offering in enumerate(facts["offerings"])
    ]
    return {**course_words(pk, facts, lexicon, validities), "actions": actions}


def _centre(facts: Facts) -> dict[str, str] | None:
    if not facts["uai"]:
        return None
    return {"uai": facts["uai"], "nom": facts["centre"], "url": absolute("courses:centre", facts["uai"])}


def validities_of(every: Iterable[Facts], day: datetime.date) -> Validities:
    """Of the certifications that these courses name: one statement, none where they name none."""
    numbers = {said["number"] for facts in every for said in facts["certifications"]}
    rows = Certification.objects.numbered(numbers) if numbers else []
    return {(row.register, row.number): _validity(row, day) for row in rows}


def _validity(row: Certification, day: datetime.date) -> dict[str, Any]:
    return {
        "expiree": {Validity.EXPIRED: True, Validity.VALID: False}.get(row.validity_on(day)),
        "fin_enregistrement": row.valid_until,
        "remplacee_par": row.replaced_by or None,
        "selon": row.source or None,
        "verifiee_le": row.checked_on,
    }


def _certification(said: Facts, validities: Validities) -> dict[str, Any]:
    return {
        "code": f"{said['register']}{said['number']}",
        "repertoire": said["register"],
        "numero": said["number"],
        "intitule": said["title"],
        "niveau": said["level"],
        "validite": validities.get((said["register"], said["number"])),
    }


def _cost(said: Sequence | None) -> dict[str, Any]:
    cents, condition = said or (None, "")
    return {"centimes": cents, "condition": condition or None}


def _session(said: Facts, day: datetime.date) -> dict[str, Any]:
    session = NextSession.of(said)
    is_full = True if session.is_full or session.seats_left == 0 else None
    return {
        "debut": session.starts_on,
        "precision": session.starts_precision if session.starts_on else None,
        "places_restantes": session.seats_left,
        "complete": False if is_full is None and session.seats_left else is_full,
        "recrutement": None if session.recruitment == Recruitment.UNKNOWN else session.recruitment,
        "inscription_jusqu_au": session.registration_closes_on,
        "etat": session.call_to_action(day),
    }


def _distance(offering: Facts, home: Home | None, lexicon: Lexicon) -> float | None:
    if home is None or not offering["insee"]:
        return None
    km = lexicon.km_to(home, code_number(offering["insee"]))
    return None if km is None else round(km, 1)
