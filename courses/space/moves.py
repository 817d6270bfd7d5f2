"""What members do with the state of their course, and what its page tells of decisions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.edits import missing_to_submit, prepared_lines, submit, waiting_lines
from courses.freshness import confirm
from courses.models import Course
from portal.accounts.models import User
from portal.moderation.actions import drop_prepared, send_prepared
from portal.moderation.models import Moderated, ModerationEvent, Proposal, Status
from portal.web.clock import today

# not a move of moderation: the listing stays as it is, and is said to be exact
CONFIRM = "confirm"
# of what a file prepared beside a published listing
SEND, SET_ASIDE = "send", "set_aside"


@dataclass(frozen=True)
class Move:
    label: str | Promise
    said: str | Promise
    act: Callable[[Course, User], object]
    is_grave: bool = False


MOVES = {
    CONFIRM: Move(
        _("Confirmer : tout est exact"),
        _("Merci : la fiche est confirmée aujourd’hui."),
        lambda course, by: confirm(course, organisation=course.provider.organisation, day=today(), by=by),
    ),
    SEND: Move(
        _("Envoyer à la Région ce que le fichier change"),
        _("Un agent relit ces changements. La fiche publiée reste visible."),
        lambda course, by: send_prepared(course, by=by),
    ),
    SET_ASIDE: Move(
        _("Écarter ce que le fichier change"),
        _("Ces changements sont écartés : la fiche publiée reste telle quelle."),
        lambda course, by: drop_prepared(course, by=by),
        is_grave=True,
    ),
    "submit": Move(
        _("Soumettre à la Région"),
        _("Votre fiche est soumise : un agent la relit. Vous recevrez sa réponse par courriel."),
        lambda course, by: submit(course, by=by),
    ),
    "withdraw": Move(
        _("Retirer de la publication"),
        _("Votre fiche n’est plus visible. Soumettez-la de nouveau pour la republier."),
        lambda course, by: course.withdraw(by=by),
        is_grave=True,
    ),
    "archive": Move(
        _("Archiver"), _("Votre fiche est archivée."), lambda course, by: course.archive(by=by), is_grave=True
    ),
    "reopen": Move(
        _("Rouvrir en brouillon"),
        _("Votre fiche est de nouveau un brouillon."),
        lambda course, by: course.reopen(by=by),
    ),
}


def moves_of(course: Course) -> list[dict[str, Any]]:
    """The possible moves; one that must wait says why."""
    missing = missing_to_submit(course)
    why = _("Il manque : %(names)s.") % {"names": ", ".join(missing)} if missing else ""
    possible = {verb: Moderated.MOVES[verb][0] for verb in MOVES if verb in Moderated.MOVES}
    anywhere = set(Status) if Proposal.objects.prepared().about(course).exists() else set()
    possible |= {CONFIRM: {Status.PUBLISHED}, SEND: anywhere, SET_ASIDE: anywhere}
    return [
        {"verb": verb, "label": move.label, "is_grave": move.is_grave, "why_not": why if verb == "submit" else ""}
        for verb, move in MOVES.items()
        if course.status in possible[verb]
    ]


def history_of(course: Course) -> dict[str, Any]:
    """What the page says of decisions: the reason of a refusal, what waits beside what is published."""
    last = ModerationEvent.objects.about(course).filter(verb="ask_changes").first()
    refused = Proposal.objects.about(course).filter(state="refused").order_by("-decided_at").first()
    lines = waiting_lines(course)
    return {
        "asked": last if course.status == Status.CHANGES_ASKED else None,
        "refused": refused if refused and not lines and course.status == Status.PUBLISHED else None,
        "waiting_lines": lines,
        "prepared_lines": prepared_lines(course),
    }
