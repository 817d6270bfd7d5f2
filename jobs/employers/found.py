"""A need and all that its page shows."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jobs.board.read import need_url
from jobs.employers.around import centres_near, composed, lacks_training, others_near, wants_apprentices
from jobs.employers.drafts import OPEN_STATES
from jobs.employers.life import why_not_renew
from jobs.employers.offered import Offered, offered_for
from jobs.employers.summary import salary
from jobs.models import EmployerNeed, Pool
from jobs.models.need_link import read_token
from portal.moderation.models import ModerationEvent, Status


def need_behind(token: str) -> EmployerNeed | None:
    """The need of a signed address; None for one that is not ours, or of links that were replaced."""
    said = read_token(token)
    if said is None:
        return None
    number, links = said
    return with_all(EmployerNeed.objects.filter(pk=number, link_number=links)).first()


def with_all(rows: QuerySet[EmployerNeed]) -> QuerySet[EmployerNeed]:
    """With what the page of a need reads of other tables."""
    return rows.select_related(
        "employer__organisation", "profile", "occupation", "commune__department", "filled_course"
    )


def state_context(need: EmployerNeed, day: datetime.date) -> dict[str, Any]:
    offered = offered_for(need, day)
    return {
        "need": need,
        "facts": facts_of(need),
        "state": state_of(need, day),
        "reason": reason_of(need),
        "is_shown": need.is_public,
        "is_open": need.is_open_on(day),
        "public_url": need_url(need) if need.is_open_on(day) else "",
        "pool": Pool.objects.shown().filter(members__in=need.pool_links.present()).first(),
        "why_not_renew": why_not_renew(need, day),
        "may_correct": need.status in OPEN_STATES,
        "may_withdraw": need.status in (Status.SUBMITTED, Status.PUBLISHED),
        **offered_context(need, offered, day),
    }


def offered_context(need: EmployerNeed, offered: Offered, day: datetime.date) -> dict[str, Any]:
    """What the employer gets back at once."""
    lacks = lacks_training(offered)
    return {
        "offered": offered,
        "lacks_training": lacks,
        "parts": composed(offered) if lacks or offered.untaught_near else [],
        "centres": centres_near(need, offered.asked) if wants_apprentices(need) else [],
        "wants_apprentices": wants_apprentices(need),
        "others": others_near(need, day),
    }


def facts_of(need: EmployerNeed) -> list[dict[str, str]]:
    place = need.commune.full_name if need.commune else _("à distance")
    lines = [
        (_("Métier"), str(need.profile or need.occupation or _("aucun de nos métiers"))),
        (_("Postes"), str(need.headcount)),
        (_("Contrat"), need.get_contract_display()),
        (_("Lieu"), place),
        (_("Salaire brut par an"), salary(need.salary_min_euros, need.salary_max_euros)),
    ]
    return [{"term": term, "value": value} for term, value in lines if value]


def state_of(need: EmployerNeed, day: datetime.date) -> dict[str, str]:
    """Where it stands: a title, a sentence, a tone."""
    until = {"day": f"{need.expires_on:%d/%m/%Y}" if need.expires_on else ""}
    if need.filled_on is not None:
        return {"title": _("Pourvu"), "text": _("Il n’est plus montré. Merci de nous l’avoir dit."), "tone": "success"}
    if need.is_open_on(day):
        return {"title": _("Montré au public"), "text": _("Jusqu’au %(day)s.") % until, "tone": "success"}
    if need.is_expired_on(day):
        ended = _("Montré jusqu’au %(day)s. Un bouton le prolonge.") % until
        return {"title": _("Terminé"), "text": ended, "tone": "warn"}
    said = {
        Status.SUBMITTED: (_("Envoyé"), _("Un agent de la Région le lit. Sa décision arrive par courriel."), "info"),
        Status.CHANGES_ASKED: (_("À corriger"), _("Un agent demande une correction avant de le montrer."), "warn"),
        Status.WITHDRAWN: (_("Retiré"), _("Il n’est plus montré. Vous pouvez le corriger et le renvoyer."), "warn"),
        Status.QUARANTINED: (_("En vérification"), _("Il n’est pas montré, le temps d’une vérification."), "warn"),
    }
    title, text, tone = said.get(Status(need.status), (_("En attente"), _("Il n’est pas montré."), "info"))
    return {"title": title, "text": text, "tone": tone}


def reason_of(need: EmployerNeed) -> str:
    """What the agent wrote, where the need waits for a correction."""
    if need.status not in (Status.CHANGES_ASKED, Status.WITHDRAWN):
        return ""
    last = ModerationEvent.objects.about(need).filter(verb__in=("ask_changes", "withdraw"), undone_at=None).first()
    return last.reason if last else ""
