"""What was written, page by page, in the words of the screen, to be read once more before it leaves."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jobs.employers.answers import COMMITMENT, HOW, WHAT, WHO, Answers, Commitments, How, What, Who
from jobs.enums import Commitment, CompanyState, Contract
from portal.reference.enums import Importance, Level, SkillLevel
from portal.reference.models import Commune, Skill

Lines = list[dict[str, str]]


def summary_of(answers: Answers) -> list[tuple[str, str, Lines]]:
    """(page, title, its lines as terms and values) of the pages that are written."""
    found: list[tuple[str, str, Lines]] = []
    if answers.who:
        found.append((WHO, _("Qui recrute"), _who(answers.who)))
    if answers.what:
        found.append((WHAT, _("Le poste"), _what(answers.what)))
    if answers.how:
        found.append((HOW, _("Les conditions"), _how(answers.how)))
    if answers.commitment:
        found.append((COMMITMENT, _("Vos engagements"), _commitment(answers.commitment)))
    return found


def _lines(*pairs: tuple[str, str]) -> Lines:
    return [{"term": term, "value": value} for term, value in pairs if value]


def _who(who: Who) -> Lines:
    company = who.company
    return _lines(
        (_("Entreprise"), who.name),
        ("SIRET", company.siret),
        (_("Adresse"), company.address),
        (_("Ville"), company.town),
        (_("Registre"), str(CompanyState(company.state).label)),
        (_("Vous"), f"{who.person}, {who.email}"),
    )


def _what(what: What) -> Lines:
    labels = dict(Skill.objects.filter(code__in=[each.code for each in what.skills]).values_list("code", "label"))
    told = [
        (each.importance, f"{labels[each.code]} ({SkillLevel(each.level).label})")
        for each in what.skills
        if each.code in labels
    ]
    essential, desirable = (
        ", ".join(text for importance, text in told if importance == wanted)
        for wanted in (Importance.ESSENTIAL, Importance.DESIRABLE)
    )
    return _lines(
        (_("Intitulé"), what.title),
        (_("Métier"), what.chosen.label or _("aucun de nos métiers")),
        (_("Description"), what.description),
        (_("Niveau"), str(Level(what.level).label) if what.level is not None else _("peu importe")),
        (_("Indispensable"), essential),
        (_("Souhaité"), desirable),
    )


def _how(how: How) -> Lines:
    commune = Commune.objects.filter(insee=how.insee).select_related("department").first() if how.insee else None
    day = datetime.date.fromisoformat(how.wished_on) if how.wished_on else None
    return _lines(
        (_("Postes"), str(how.headcount)),
        (_("Contrat"), str(Contract(how.contract).label)),
        (_("Lieu"), commune.full_name if commune else _("à distance")),
        (_("À distance"), {True: _("entièrement"), False: _("non")}.get(how.is_remote, _("en partie, ou à voir"))
         if how.is_remote is not None else _("en partie, ou à voir")),
        (_("À partir du"), date_format(day) if day else _("à voir")),
        (_("Salaire brut par an"), salary(how.salary_min, how.salary_max)),
    )  # fmt: skip


def salary(lowest: int | None, highest: int | None) -> str:
    """ "de 30 000 à 36 000 €"; empty where nothing was said."""
    low, high = (f"{each:,}".replace(",", "\N{NARROW NO-BREAK SPACE}") if each else "" for each in (lowest, highest))
    if low and high:
        return _("de %(low)s à %(high)s €") % {"low": low, "high": high}
    if low:
        return _("au moins %(low)s €") % {"low": low}
    return _("au plus %(high)s €") % {"high": high} if high else ""


def _commitment(commitment: Commitments) -> Lines:
    said = ", ".join(str(Commitment(each).label) for each in commitment.said)
    named = _("montré avec le besoin") if commitment.may_be_named else _("jamais montré")
    return _lines((_("Vous seriez prêts à"), said or _("rien de précis")), (_("Nom de l’entreprise"), named))
