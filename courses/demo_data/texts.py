"""The texts of a course page, put together from what its family, its variant and its body say."""

import math
from collections.abc import Sequence

from courses.demo_data.shapes import Family, Kind, Variant
from courses.demo_data.variety import one_of
from courses.demo_data.voices import Voice

LEVEL_NAMES = {3: "un CAP", 4: "un bac", 5: "un bac+2", 6: "un bac+3", 7: "un bac+5"}
SPEAKS_OF_DIPLOMA = ("bac", "CAP", "diplôme", "licence")
WORKSHOPS = ("adour-machines", "gardon-techniques", "passerelle-garonne", "piste-et-pixels")
WEEK_HOURS = 35
DISTANCE = "distance"

ON_SITE_MATERIAL = (
    "Rien à apporter : les postes sont fournis.",
    "Un ordinateur vous est prêté ; venez avec de quoi noter.",
    "Venez avec votre ordinateur si vous en avez un ; sinon, demandez un prêt.",
    "De quoi écrire suffit, le matériel est sur place.",
)
REMOTE_MATERIAL = (
    "À distance, il vous faut un ordinateur, une connexion stable et un casque avec micro.",
    "Pour suivre de chez vous : un ordinateur récent, une bonne connexion, un endroit calme.",
    "Pour les séances à distance, prévoyez un ordinateur et un casque ; un prêt est possible sur demande.",
)
ATTESTATIONS = (
    "Une attestation de fin de formation vous est remise.",
    "Vous recevez une attestation qui détaille ce que vous savez faire.",
    "L'attestation remise à la fin nomme chaque compétence travaillée.",
)
CERTIFIED = (
    "La réussite donne « {title} », certification fictive de la démonstration ({number}).",
    "Vous présentez « {title} », une certification inventée pour cette démonstration ({number}).",
)


def bullets(items: Sequence[str]) -> str:
    return "\n".join(f"- {item[0].upper()}{item[1:]}" for item in items)


def what_you_learn(family: Family, variant: Variant) -> str:
    kept = variant.learn or family.learn[: len(family.learn) - variant.fewer]
    return bullets((*kept, *variant.more))


def entry_requirements(before: str, level: int | None, mandatory: bool | None, key: str) -> str:
    """What the body asks for, then the diploma, unless the first words already speak of it."""
    if level is None or any(word in before for word in SPEAKS_OF_DIPLOMA):
        return before
    if level == 0:
        return f"{before} " + one_of(
            key,
            (
                "Aucun diplôme n'est demandé.",
                "On entre sans condition de diplôme.",
                "Tous les niveaux d'études sont acceptés.",
            ),
        )
    name = LEVEL_NAMES[level]
    if mandatory:
        return f"{before} {name.capitalize()}, ou un titre de même niveau, est obligatoire."
    if mandatory is None:
        return f"{before} " + one_of(
            key, (f"Le plus souvent, les participants ont {name}.", f"Niveau habituel : {name.removeprefix('un ')}.")
        )
    return f"{before} Le niveau conseillé est {name}, mais l'expérience compte autant."


def how_you_learn(method: str, variant: Variant, kind: Kind, rhythm: str, voice: Voice, key: str) -> str:
    sentences = [method, _arrangement(variant.places, key), _rhythm_sentence(rhythm, key)]
    if kind == Kind.APPRENTICE:
        sentences.append("Le contrat d'apprentissage se signe avec une entreprise ; le centre aide à la trouver.")
    else:
        if variant.company_hours and kind != Kind.MASTER:
            sentences.append(_placement(variant.company_hours, key))
        sentences.append(voice.style)
    return " ".join(filter(None, sentences))


def _arrangement(places: str, key: str) -> str:
    """How the places are to be understood: one, several, part or all of it at a distance."""
    named = [place.strip() for place in places.split(",")]
    towns = [place.rstrip("~") for place in named if place != DISTANCE]
    where = " ou ".join(filter(None, (", ".join(towns[:-1]), *towns[-1:])))
    if not towns:
        return one_of(
            key,
            (
                "Tout se suit à distance, en direct pour l'essentiel.",
                "La formation se suit entièrement de chez vous, avec des rendez-vous à heure fixe.",
            ),
        )
    if any(place.endswith("~") for place in named):
        mixed = one_of(
            key,
            (
                f"Une partie se passe à {where}, une autre chez vous.",
                f"Les regroupements ont lieu à {where} ; le reste se suit à distance.",
            ),
        )
        return f"{mixed} On peut aussi tout suivre à distance." if DISTANCE in named else mixed
    if DISTANCE in named:
        return one_of(
            key,
            (
                f"Vous choisissez : sur place à {where}, ou à distance.",
                f"La formation existe à {where} et, dans une version adaptée, à distance.",
            ),
        )
    return f"Vous choisissez le lieu : {where}." if len(towns) > 1 else ""


def _rhythm_sentence(rhythm: str, key: str) -> str:
    choices = {
        "part_time": (
            "Le temps partiel laisse de la place à un emploi ou à une famille.",
            "On travaille à mi-temps, avec des jours fixes connus dès l'entrée.",
        ),
        "evening": ("Les séances ont lieu en dehors des heures de travail.", "Tout est prévu pour qui travaille."),
        "own_pace": ("Vous avancez à votre rythme, avec une réponse sous deux jours à chaque question.",),
    }.get(rhythm)
    return one_of(key, choices) if choices else ""


def _placement(company_hours: int, key: str) -> str:
    weeks = math.ceil(company_hours / WEEK_HOURS)
    length = "une semaine" if weeks == 1 else f"{weeks} semaines"
    return one_of(
        key + "stage",
        (f"Un stage de {length} en entreprise complète les cours.", f"Le stage en entreprise dure {length}."),
    )


def how_assessed(assessed: str, certification: str, number: str, key: str) -> str:
    closing = one_of(key, CERTIFIED).format(title=certification, number=number)
    return f"{assessed} {closing if certification else one_of(key, ATTESTATIONS)}"


def what_to_bring(family: Family, variant: Variant, rhythm: str, key: str) -> str:
    named = [place.strip() for place in variant.places.split(",")]
    on_site = any(place != DISTANCE and not place.endswith("~") for place in named)
    remote = any(place == DISTANCE or place.endswith("~") for place in named)
    parts = [family.bring]
    if on_site and variant.provider in WORKSHOPS:
        parts.append("Des chaussures de sécurité ; le reste de l'équipement est prêté.")
    elif on_site:
        parts.append(one_of(key, ON_SITE_MATERIAL))
    if remote:
        parts.append(one_of(key, REMOTE_MATERIAL) if rhythm != "own_pace" else "Un ordinateur et une connexion.")
    return " ".join(filter(None, parts))
