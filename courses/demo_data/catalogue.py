"""The 260 courses of the demonstration, built from their families. Two builds give equal results."""

from functools import cache

from courses.demo_data import (
    catalogue_analysts,
    catalogue_apprentice,
    catalogue_data,
    catalogue_discovery,
    catalogue_engineering,
    catalogue_fields,
    catalogue_generative,
    catalogue_leading,
    catalogue_machines,
    catalogue_models,
    catalogue_office,
    catalogue_safety,
    catalogue_technicians,
)
from courses.demo_data.centres import CENTRES
from courses.demo_data.money import money
from courses.demo_data.providers import PROVIDERS
from courses.demo_data.shapes import INHERITED, CourseFacts, Family, Kind, OfferingFacts, Variant
from courses.demo_data.texts import (
    DISTANCE,
    entry_requirements,
    how_assessed,
    how_you_learn,
    what_to_bring,
    what_you_learn,
)
from courses.demo_data.timetable import duration_note, sessions
from courses.demo_data.variety import number, one_of
from courses.demo_data.voices import VOICES, Voice

FAMILIES: tuple[Family, ...] = (
    *catalogue_discovery.FAMILIES,
    *catalogue_office.FAMILIES,
    *catalogue_technicians.FAMILIES,
    *catalogue_data.FAMILIES,
    *catalogue_analysts.FAMILIES,
    *catalogue_engineering.FAMILIES,
    *catalogue_models.FAMILIES,
    *catalogue_generative.FAMILIES,
    *catalogue_safety.FAMILIES,
    *catalogue_leading.FAMILIES,
    *catalogue_fields.FAMILIES,
    *catalogue_machines.FAMILIES,
    *catalogue_apprentice.FAMILIES,
)
CENTRE_PREFIX = "cfa/"
RHYTHM_NOTES = {
    "full_time": ("Du lundi au vendredi, 35 heures par semaine.", "Cinq jours par semaine, de 9 h à 17 h.", ""),
    "part_time": ("Deux jours et demi par semaine.", "17 h 30 par semaine, jours fixes.", ""),
    "evening": ("Deux soirées par semaine, de 18 h 30 à 21 h 30.", "Le mardi et le jeudi soir.", ""),
    "own_pace": ("Sans horaires imposés.",),
    "alternation": ("Le calendrier d'alternance est remis à la signature du contrat.",),
}
LENGTHY = (Kind.LONG, Kind.REGION, Kind.MASTER, Kind.APPRENTICE)


def levels(text: str) -> dict[str, int]:
    """{"python": 2} of "python:2"."""
    return {code: int(level) for code, _colon, level in (word.partition(":") for word in text.split())}


def skills(family: Family, variant: Variant) -> dict[str, tuple[int, int]]:
    """Each skill's (level required, level given); one that is only required is given at no higher level."""
    asked = levels(family.requires if variant.requires is None else variant.requires)
    given = levels(family.gives if variant.gives is None else variant.gives) | levels(variant.gives_too)
    return {code: (asked.get(code, 0), max(given.get(code, 0), asked.get(code, 0))) for code in (*given, *asked)}


@cache
def build_courses() -> tuple[CourseFacts, ...]:
    """Every course, in a fixed order; `key` is its lasting name ("data-analyst-03")."""
    numbers = certification_numbers()
    return tuple(
        _course(family, variant, f"{family.key}-{rank + 1:02d}", numbers)
        for family in FAMILIES
        for rank, variant in enumerate(family.variants)
    )


@cache
def certification_numbers() -> dict[str, str]:
    """A number of the demonstration ("DEMO-0001") for each certification, in order of appearance."""
    titles: dict[str, None] = {}
    for family in FAMILIES:
        for variant in family.variants:
            titles.setdefault(family.certification if variant.certification is None else variant.certification)
    titles.pop("", None)
    return {title: f"DEMO-{rank + 1:04d}" for rank, title in enumerate(titles)}


def _inherited(own: int | None, family: int | None) -> int | None:
    return family if own == INHERITED else own


def _course(family: Family, variant: Variant, key: str, numbers: dict[str, str]) -> CourseFacts:
    kind = variant.kind or family.kind
    centre, provider = _who_teaches(variant)
    voice = VOICES[provider]
    rhythm = variant.rhythm or ("alternation" if kind == Kind.APPRENTICE else "full_time")
    certification = family.certification if variant.certification is None else variant.certification
    level, mandatory = _entry(family, variant, kind, key)
    is_long = kind in LENGTHY
    return CourseFacts(
        key=key,
        family=family.key,
        provider=provider,
        centre=centre,
        title=variant.title,
        summary=variant.summary,
        objective=variant.objective or family.objective,
        for_whom=" ".join(filter(None, (variant.for_whom or family.for_whom, variant.who))),
        entry_requirements=entry_requirements(variant.before or family.before, level, mandatory, key),
        what_you_learn=what_you_learn(family, variant),
        how_you_learn=how_you_learn(variant.method or family.method, variant, kind, rhythm, voice, key),
        how_assessed=how_assessed(
            variant.assessed or family.assessed, certification, numbers.get(certification, ""), key
        ),
        what_to_bring=what_to_bring(family, variant, rhythm, key),
        what_next=f"{variant.next or family.next} {voice.follow}"
        if is_long and not centre
        else variant.next or family.next,
        entry_level=level,
        entry_level_is_mandatory=mandatory,
        exit_level=_inherited(variant.exit_level, family.exit_level),
        certification=certification,
        certification_number=numbers.get(certification, ""),
        profiles=family.profiles,
        skills=skills(family, variant),
        formacodes=family.formacodes,
        occupations=family.occupations,
        offerings=tuple(
            _offering(
                variant, kind, rhythm, place.strip(), voice, f"{key}-o{rank + 1}", has_qualiopi=_certified(provider)
            )
            for rank, place in enumerate(variant.places.split(","))
        ),
    )


def _who_teaches(variant: Variant) -> tuple[str, str]:
    """Keys of the CFA, if any, and of the body that answers for the course."""
    if not variant.provider.startswith(CENTRE_PREFIX):
        return "", variant.provider
    key = variant.provider.removeprefix(CENTRE_PREFIX)
    return key, next(centre.partner for centre in CENTRES if centre.key == key)


def _certified(provider: str) -> bool:
    return bool(next(facts.qualiopi for facts in PROVIDERS if facts.key == provider))


def _entry(family: Family, variant: Variant, kind: Kind, key: str) -> tuple[int | None, bool | None]:
    """Entry level and whether it is required; a few short courses do not say."""
    level = _inherited(variant.entry_level, family.entry_level)
    if kind == Kind.SHORT and variant.entry_level == INHERITED and number(f"{key}silent", 9) == 0:
        return None, None
    return level, False if level == 0 else family.entry_is_mandatory


def _offering(
    variant: Variant, kind: Kind, rhythm: str, place: str, voice: Voice, key: str, *, has_qualiopi: bool
) -> OfferingFacts:
    remote = place == DISTANCE
    paid = money(variant, kind, remote=remote, has_qualiopi=has_qualiopi, key=key)
    accessible = (
        None if variant.accessibility_unknown else (True if remote and voice.is_accessible else voice.is_accessible)
    )
    if remote and voice.is_accessible is False:
        accessible = None
    return OfferingFacts(
        key=key,
        modality="remote" if remote else "mixed" if place.endswith("~") else "onsite",
        town="" if remote else place.rstrip("~"),
        rhythm=rhythm,
        rhythm_note=_rhythm_note(variant, rhythm, key),
        entry_mode="permanent" if rhythm == "own_pace" else "fixed",
        admission=_admission(kind, voice),
        audience_note=_audience(kind, key),
        is_accessible=accessible,
        accessibility_note=voice.access_note if accessible is not None and not remote else "",
        hours_in_centre=variant.hours,
        hours_in_company=variant.company_hours,
        duration_note=duration_note(variant, kind, rhythm),
        price_cents=paid.price_cents,
        can_be_funded=paid.can_be_funded,
        fundings=paid.fundings,
        funding_note=paid.note,
        costs=paid.costs,
        sessions=sessions(variant, kind, rhythm, key),
    )


def _rhythm_note(variant: Variant, rhythm: str, key: str) -> str:
    if variant.weeks:
        return f"Environ {round((variant.hours + variant.company_hours) / variant.weeks)} heures par semaine."
    return one_of(key, RHYTHM_NOTES[rhythm]) if variant.hours > 35 else ""


def _admission(kind: Kind, voice: Voice) -> str:
    if kind == Kind.APPRENTICE:
        return "Entretien au centre, puis signature d'un contrat avec une entreprise. Le centre transmet ses offres."
    return voice.admission


def _audience(kind: Kind, key: str) -> str:
    return {
        Kind.PUBLIC: "Tout public",
        Kind.SHORT: one_of(key, ("Salariés, indépendants et demandeurs d'emploi", "Tout public")),
        Kind.REGION: "Demandeurs d'emploi",
        Kind.LONG: one_of(key, ("Demandeurs d'emploi et salariés en reconversion", "Adultes en reconversion")),
        Kind.MASTER: "Étudiants et adultes en reprise d'études",
        Kind.APPRENTICE: "Apprentis",
    }[kind]
