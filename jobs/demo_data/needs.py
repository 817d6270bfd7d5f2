"""Three hundred needs, written from the employers, the posts and the skills of each job profile."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from courses.demo_data.variety import number, one_of
from jobs.demo_data.employers import EMPLOYERS
from jobs.demo_data.posts import POSTS
from jobs.demo_data.shapes import EmployerFacts
from portal.reference.words import PROFILES
from portal.reference.words.shapes import ProfileWord

PERMANENT, FIXED_TERM, APPRENTICESHIP = "permanent", "fixed_term", "apprenticeship"
PROFESSIONALISATION, INTERNSHIP, POEI = "professionalisation", "internship", "poei"
# Out of 100 needs; internships and apprenticeships are kept from jobs that ask for no study.
CONTRACTS: Final = ((PERMANENT, 50), (FIXED_TERM, 12), (APPRENTICESHIP, 14), (PROFESSIONALISATION, 6), (INTERNSHIP, 8))
LEARNING: Final = (APPRENTICESHIP, PROFESSIONALISATION, INTERNSHIP, POEI)
SUFFIXES: Final = {
    APPRENTICESHIP: " – alternance",
    PROFESSIONALISATION: " – contrat de professionnalisation",
    INTERNSHIP: " – stage",
    POEI: " – formation avant embauche",
}
OPENINGS: Final = (
    "Nous cherchons quelqu'un qui aime comprendre avant d'agir.",
    "Le poste est ouvert à toutes et à tous, y compris en reconversion.",
    "Vous rejoindrez une petite équipe qui se parle beaucoup.",
    "Ce poste est une création : tout n'est pas écrit.",
    "Vous travaillerez avec des gens de métier, pas seulement avec des écrans.",
    "Nous avons commencé petit, et nous voulons faire les choses bien.",
    "Votre regard neuf nous sera utile.",
    "On vous laissera le temps d'apprendre notre activité.",
)
# said by an employer who wants somebody already trained, alone on the post or not
OPENINGS_OF_ONE: Final = (
    "Vous remplacez une collègue qui part à la retraite et vous transmettra son savoir.",
    "Une première expérience compte plus que le diplôme.",
)
CLOSINGS: Final = {
    PERMANENT: ("Un mois d'accueil est prévu.", "Les horaires sont souples.", "Le salaire est dit à l'entretien.", ""),
    FIXED_TERM: ("Contrat d'un an, qui peut se prolonger.", "Remplacement de dix mois."),
    APPRENTICESHIP: ("Un tuteur vous suit chaque semaine.", "Aide au logement possible."),
    PROFESSIONALISATION: ("Embauche envisagée à la fin du contrat.",),
    INTERNSHIP: ("Stage de quatre à six mois, indemnisé.", "Stage de fin d'études."),
    POEI: ("Formation payée avant l'embauche, avec France Travail.", "Nous formons, puis nous embauchons."),
}
NEARBY: Final = {"Toulouse": "Labège", "Montpellier": "Lattes", "Nîmes": "Alès", "Perpignan": "Rivesaltes"}


@dataclass(frozen=True)
class NeedFacts:
    """`wished_offset` and `expires_offset` are days from the world's day; None where nothing was said."""

    key: str
    employer: str
    profile: str
    title: str
    description: str
    town: str
    headcount: int
    contract: str
    level: int | None
    is_remote: bool | None
    wished_offset: int | None
    expires_offset: int
    commitments: tuple[str, ...]
    essential: dict[str, int]
    desirable: dict[str, int]


@cache
def build_needs() -> tuple[NeedFacts, ...]:
    """Every need, in a fixed order; `key` is its lasting name ("rodez-lait-02")."""
    profiles = {profile.slug: profile for profile in PROFILES}
    needs = []
    for employer in EMPLOYERS:
        wanted = [
            (slug, rank)
            for slug, _colon, count in (word.partition(":") for word in employer.wanted.split())
            for rank in range(int(count))
        ]
        for place, (slug, rank) in enumerate(wanted):
            needs.append(_need(employer, profiles[slug], rank, f"{employer.key}-{place + 1:02d}"))
    return tuple(needs)


def _need(employer: EmployerFacts, profile: ProfileWord, rank: int, key: str) -> NeedFacts:
    contract = _contract(profile, key)
    headcount = 1 + one_of(f"{key}heads", (0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 5))
    return NeedFacts(
        key=key,
        employer=employer.key,
        profile=profile.slug,
        title=_title(employer, profile, rank, contract),
        description=_description(profile, contract, headcount, key),
        town=_town(employer, key),
        headcount=headcount,
        contract=contract,
        level=_level(profile, contract, key),
        is_remote=one_of(f"{key}remote", (False, False, False, False, None, None, True)),
        wished_offset=None if number(f"{key}when", 6) == 0 else number(f"{key}wish", 300) - 20,
        expires_offset=40 + number(f"{key}until", 200),
        commitments=_commitments(contract, key),
        essential=_essential(profile, contract, key),
        desirable=_chosen(profile.desirable, 2 + number(f"{key}wishes", 2), f"{key}desirable"),
    )


def _contract(profile: ProfileWord, key: str) -> str:
    draw = number(f"{key}contract", 100)
    for contract, share in CONTRACTS:
        if draw < share:
            return POEI if contract in (INTERNSHIP, PROFESSIONALISATION) and profile.usual_level <= 4 else contract
        draw -= share
    return POEI


def _title(employer: EmployerFacts, profile: ProfileWord, rank: int, contract: str) -> str:
    """A title that the same employer does not use twice: after its four titles come the teams that ask."""
    titles = POSTS[profile.slug].titles
    shift = number(employer.key + profile.slug, len(titles))
    title = titles[(shift + rank) % len(titles)]
    team = f", équipe {rank // len(titles) + 1}" if rank >= len(titles) else ""
    return f"{title}{team}{SUFFIXES.get(contract, '')}"


def _description(profile: ProfileWord, contract: str, headcount: int, key: str) -> str:
    alone = contract == PERMANENT and headcount == 1
    opening = one_of(f"{key}opening", (*OPENINGS, *OPENINGS_OF_ONE) if alone else OPENINGS)
    tasks = POSTS[profile.slug].tasks
    left_out = {number(f"{key}task", len(tasks))} if number(f"{key}tasks", 2) else set()
    told = [task for place, task in enumerate(tasks) if place not in left_out]
    return " ".join(filter(None, (opening, *told, one_of(key, CLOSINGS[contract]))))


def _town(employer: EmployerFacts, key: str) -> str:
    """Most often the employer's own town; sometimes its second site."""
    return NEARBY.get(employer.town, employer.town) if number(f"{key}site", 8) == 0 else employer.town


def _level(profile: ProfileWord, contract: str, key: str) -> int | None:
    if number(f"{key}level", 6) == 0:
        return None
    return max(3, profile.usual_level - 1) if contract in LEARNING else profile.usual_level


def _commitments(contract: str, key: str) -> tuple[str, ...]:
    held = []
    if contract == POEI or number(f"{key}hire", 3) == 0:
        held.append("would_hire")
    if contract == APPRENTICESHIP or number(f"{key}apprentices", 7) == 0:
        held.append("apprentices")
    if number(f"{key}shared", 9) == 0:
        held.append("shared_group")
    if number(f"{key}pays", 8) == 0:
        held.append("pays_part")
    return tuple(held)


def _essential(profile: ProfileWord, contract: str, key: str) -> dict[str, int]:
    """Five to seven of the profile's essential skills; learners are asked one level less."""
    chosen = _chosen(profile.essential, 5 + number(f"{key}asks", 3), f"{key}essential")
    return {code: max(1, level - 1) for code, level in chosen.items()} if contract in LEARNING else chosen


def _chosen(skills: dict[str, int], count: int, key: str) -> dict[str, int]:
    """`count` of `skills`, the first two always among them: those name the job."""
    codes = list(skills)
    rest = sorted(codes[2:], key=lambda code: number(key + code, 10_000))
    return {code: skills[code] for code in codes if code in {*codes[:2], *rest[: max(0, count - 2)]}}
