"""Decisions told by mail to those who write for the owner: one letter per person and decision, once."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.mail.models import OutgoingMail
from portal.moderation.models import Moderated, ModerationEvent
from portal.moderation.words import TOLD, said

# roles (portal.accounts.enums.Role) of those who write for an organisation
WRITERS = ("manager", "editor")
LONGEST_SUBJECT = 200
KIND = "decision"


def tell_waiting(limit: int = 200) -> int:
    """Leave the letters of the oldest untold decisions; how many were told. Two workers never take the same."""
    oldest = ModerationEvent.objects.untold().order_by("at").values_list("pk", flat=True)[:limit]
    return sum(tell(pk) for pk in list(oldest))


@transaction.atomic
def tell(pk: int) -> bool:
    """Leave the letters of one decision; False where it is told already, or being told now."""
    event = ModerationEvent.objects.untold().select_for_update(skip_locked=True).filter(pk=pk).first()
    if event is None:
        return False
    if isinstance(event.subject, Moderated):
        letters = [letter_about(event, event.subject, to=email) for email in sorted(readers_of(event.subject))]
        OutgoingMail.objects.bulk_create(letters)
    ModerationEvent.objects.filter(pk=pk).update(told_at=timezone.now())
    return True


def readers_of(row: Moderated) -> set[str]:
    """The addresses of the present managers and editors of its owners, and of others that the row names."""
    found = row.other_readers()
    for owner in row.owners():
        writing = owner.memberships.present().filter(role__in=WRITERS, user__is_active=True)
        found |= set(writing.values_list("user__email", flat=True))
    return found


def letter_about(event: ModerationEvent, row: Moderated, *, to: str) -> OutgoingMail:
    """One letter: what was decided of which row, why, and where it stands."""
    title, sentence = TOLD[event.verb]
    lines = [_("Bonjour,"), "", f"{capfirst(row._meta.verbose_name)} : {row}", str(sentence)]
    if event.verb == "undo":
        lines.append(_("Acte annulé : %(act)s.") % {"act": said(event.reason)})
        lines.append(_("État de la fiche : %(state)s.") % {"state": row.get_status_display()})
    elif event.reason:
        lines += ["", _("Motif : %(reason)s") % {"reason": event.reason}]
    lines += ["", _("La fiche : %(address)s") % {"address": address_of(row)}, "", _("L'équipe de Camins")]
    return OutgoingMail(
        to=to, subject=" ".join(f"[Camins] {title} : {row}".split())[:LONGEST_SUBJECT], body="\n".join(lines), kind=KIND
    )


def address_of(row: Any) -> str:
    """Its owner's own page; else the bodies' space; else its public page, else the portal's."""
    if path := row.owner_address():
        return settings.CAMINS_SITE_URL + path
    try:
        path = reverse(f"organisme:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        path = row.get_absolute_url() if hasattr(row, "get_absolute_url") else reverse("home")
    return settings.CAMINS_SITE_URL + path
