"""Prices and what is left to pay. Amounts are invented; what nobody said stays unknown and never becomes 0."""

from dataclasses import dataclass

from courses.demo_data.shapes import INHERITED, CostFacts, Kind, Variant
from courses.demo_data.variety import number, one_of

SHORT_RATES = (39, 43, 46, 52, 58)  # euros an hour
LONG_RATES = (10, 11, 12, 13, 14)
REGION_RATE = 9
CPF_HELD_CENTS = 250_000
CPF_CONDITION = "Avec 2 500 euros sur votre compte formation ; votre conseiller peut demander un complément."

JOBSEEKER, EMPLOYEE, APPRENTICE, SELF_FUNDED = "jobseeker", "employee", "apprentice", "self_funded"


@dataclass(frozen=True)
class Money:
    """`price_cents` and `can_be_funded` are None where nobody said."""

    price_cents: int | None
    can_be_funded: bool | None
    fundings: tuple[str, ...]
    note: str
    costs: tuple[CostFacts, ...]


def money(variant: Variant, kind: Kind, *, remote: bool, has_qualiopi: bool, key: str) -> Money:
    """What an offering costs, who may pay, and what each audience has left to pay."""
    price = _price_cents(variant, kind, remote=remote, key=key)
    if kind == Kind.APPRENTICE:
        return _apprenticeship()
    if kind == Kind.PUBLIC:
        return _public(price)
    if not has_qualiopi:
        return _without_qualiopi(price)
    if variant.region_pays:
        return _region(price, key)
    return {Kind.SHORT: _short, Kind.REGION: _region, Kind.LONG: _long, Kind.MASTER: _master}[kind](price, key)


def _price_cents(variant: Variant, kind: Kind, *, remote: bool, key: str) -> int | None:
    if variant.price_euros is None or (
        variant.price_euros == INHERITED and kind in (Kind.SHORT, Kind.LONG) and number(f"{key}price", 12) == 0
    ):
        return None
    if variant.price_euros != INHERITED:
        euros = float(variant.price_euros)
    elif kind == Kind.PUBLIC:
        euros = 0
    elif kind == Kind.REGION:
        euros = REGION_RATE * variant.hours
    else:
        rates = SHORT_RATES if kind == Kind.SHORT else LONG_RATES
        euros = (
            one_of(variant.provider, rates) * variant.hours * (0.8 if kind == Kind.SHORT and variant.hours > 35 else 1)
        )
    return round(euros * (0.85 if remote else 1) / 10) * 1000


def _known(price: int | None, audience: str, condition: str = "") -> CostFacts:
    return CostFacts(audience, price, condition if price is not None else "")


def _apprenticeship() -> Money:
    free = CostFacts(APPRENTICE, 0, "La formation est gratuite pour l'apprenti, qui reçoit un salaire.")
    return Money(None, True, ("opco",), "L'opérateur de compétences de l'entreprise paie la formation.", (free,))


def _public(price: int | None) -> Money:
    if price:
        costs = (
            CostFacts(JOBSEEKER, 0, "Gratuit sur présentation d'un justificatif."),
            _known(price, EMPLOYEE),
            _known(price, SELF_FUNDED),
        )
        return Money(price, None, ("self", "other"), "Participation demandée aux personnes qui travaillent.", costs)
    free = tuple(CostFacts(who, 0, "Ouvert à tous, sans rien payer.") for who in (JOBSEEKER, EMPLOYEE, SELF_FUNDED))
    return Money(0, True, ("region",), "Formation payée par de l'argent public.", free)


def _without_qualiopi(price: int | None) -> Money:
    costs = (_known(price, JOBSEEKER), CostFacts(EMPLOYEE, None, ""), _known(price, SELF_FUNDED))
    note = "L'organisme n'a pas de certificat Qualiopi connu : les fonds publics ne peuvent pas payer."
    return Money(price, None, ("employer", "self"), note, costs)


def _short(price: int | None, key: str) -> Money:
    case = number(f"{key}short", 10)
    if case < 3:
        seeker = CostFacts(JOBSEEKER, 0, "Si France Travail accepte le devis, à demander avant l'inscription.")
    elif case < 6:
        seeker = CostFacts(JOBSEEKER, None, "")
    else:
        seeker = _known(price, JOBSEEKER, "Aucune aide annoncée par l'organisme.")
    employee = (
        CostFacts(EMPLOYEE, 0, "Si l'employeur inscrit la formation et que son opérateur de compétences la paie.")
        if case != 6
        else CostFacts(EMPLOYEE, None, "")
    )
    fundings = ("france_travail", "opco", "self") if case < 3 else ("opco", "employer", "self")
    note = "Demandez l'accord de votre conseiller ou de votre employeur avant de vous inscrire." if case != 6 else ""
    return Money(price, True, fundings, note, (seeker, employee, _known(price, SELF_FUNDED)))


def _region(price: int | None, key: str) -> Money:
    seeker = CostFacts(JOBSEEKER, 0, "Si la Région finance votre place, après l'accord de votre conseiller.")
    costs = (seeker, CostFacts(EMPLOYEE, None, ""), _known(price, SELF_FUNDED))
    fundings = one_of(key, (("region",), ("region", "agefiph"), ("region", "france_travail")))
    return Money(price, True, fundings, "Places financées en nombre limité pour les demandeurs d'emploi.", costs)


def _long(price: int | None, key: str) -> Money:
    case = number(f"{key}long", 10)
    alone = _known(price, SELF_FUNDED)
    if case < 6:
        seeker = CostFacts(JOBSEEKER, 0, "Si la Région finance votre place, après l'accord de votre conseiller.")
        employee = (
            CostFacts(EMPLOYEE, 0, "Avec un projet de transition professionnelle accepté.")
            if case % 2
            else CostFacts(EMPLOYEE, None, "")
        )
        note = "Quelques places par session sont financées par la Région ; les autres se paient autrement."
        return Money(price, True, ("region", "transition_pro", "cpf"), note, (seeker, employee, alone))
    if case < 8:
        left = max(0, price - CPF_HELD_CENTS) if price is not None else None
        costs = (
            _known(left, JOBSEEKER, CPF_CONDITION),
            CostFacts(EMPLOYEE, 0, "Si l'employeur complète votre compte formation."),
            alone,
        )
        return Money(price, True, ("cpf", "employer", "self"), "Le compte formation peut payer une partie.", costs)
    costs = (CostFacts(JOBSEEKER, None, ""), CostFacts(EMPLOYEE, None, ""), alone)
    return Money(price, None, (), "", costs)


def _master(price: int | None, key: str) -> Money:
    costs = (
        CostFacts(JOBSEEKER, None, ""),
        CostFacts(EMPLOYEE, 0, "Si l'employeur finance la reprise d'études."),
        _known(price, SELF_FUNDED, "Frais pour toute la durée des études."),
    )
    return Money(price, None, one_of(key, (("employer", "self"), ("self",))), "Bourses possibles sur dossier.", costs)
