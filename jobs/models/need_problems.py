"""What an agent should look at before a need is shown: signs of a false employer, never a decision."""

from typing import Any

from django.utils.translation import gettext as _

from courses.checks import COPIED_PERCENT, EMAIL, PHONE, SHOWN, copied_percent
from jobs.enums import CompanyState
from portal.accounts.tombstones import MAIL_FOR_ALL, Identifiers, domain_of, likenesses
from portal.moderation.models import FlagKind, Status

CANDIDATES = 20
SIREN = 9


def problems_of(need: Any) -> list[tuple[str, str]]:
    """(kind of flag, what was found), each kind once. At most three queries."""
    found = [
        (FlagKind.PHONE_IN_TITLE, _reached(need)),
        (FlagKind.NEAR_DUPLICATE, _copied(need)),
        (FlagKind.FREE_MAIL, _free_mail(need)),
        (FlagKind.COMPANY, _company(need)),
        (FlagKind.STRUCK_OFF, _struck_off(need)),
    ]
    return [(str(kind), detail) for kind, detail in found if detail]


def _reached(need: Any) -> str:
    seen = PHONE.search(need.title) or EMAIL.search(need.title)
    return _("Dans l’intitulé : « %(text)s »") % {"text": seen[0][:SHOWN]} if seen else ""


def _free_mail(need: Any) -> str:
    """Members were let in by a code or an agent: only who wrote without an account is asked about."""
    domain = domain_of(need.poster_email)
    if need.is_attached or domain not in MAIL_FOR_ALL:
        return ""
    return _("Écrit sans compte, avec une adresse que tout le monde peut avoir (%(domain)s)") % {"domain": domain}


def _company(need: Any) -> str:
    state = CompanyState(need.employer.register_state)
    siret = need.employer.organisation.siret
    return "" if state == CompanyState.OPEN else f"SIRET {siret} : {state.label}"


def _struck_off(need: Any) -> str:
    siret = need.employer.organisation.siret
    alike = likenesses(Identifiers(sirens=(siret,), emails=(need.poster_email,) if need.poster_email else ()))
    return _("En commun avec une organisation radiée : %(shared)s") % {"shared": alike[0].shared[0]} if alike else ""


def _copied(need: Any) -> str:
    """The need of another company that this text repeats most, among the nearest by title."""
    own = f"{need.title} {need.description}"
    others = (
        type(need)
        ._default_manager.filter(status__in=(Status.PUBLISHED, Status.SUBMITTED), title__trigram_similar=need.title)
        .exclude(employer__organisation__siret__startswith=need.employer.organisation.siret[:SIREN])
        .select_related("employer")
        .only("title", "description", "employer__name")
        .order_by("pk")[:CANDIDATES]
    )
    judged = [(copied_percent(own, f"{each.title} {each.description}"), -each.pk, each) for each in others]
    percent, _number, other = max(judged, key=lambda found: found[:2], default=(0, 0, None))
    if percent < COPIED_PERCENT or other is None:
        return ""
    told = {"percent": percent, "title": other.title[:SHOWN], "number": other.pk, "name": other.employer.name[:SHOWN]}
    return _("%(percent)d pour cent du texte sont dans « %(title)s » (nº %(number)d) de %(name)s") % told
