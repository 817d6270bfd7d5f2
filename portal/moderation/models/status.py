"""The states of a moderated row, what a verb says when it cannot be carried out, and the hash of a content."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    SUBMITTED = "submitted", _("à modérer")
    PUBLISHED = "published", _("publiée")
    CHANGES_ASKED = "changes_asked", _("à corriger")
    WITHDRAWN = "withdrawn", _("retirée")
    QUARANTINED = "quarantined", _("en quarantaine")
    ARCHIVED = "archived", _("archivée")


class ModerationError(Exception):
    """A verb that cannot be carried out; `str()` is the French sentence for the person who tried."""


class MoveRefused(ModerationError):
    def __init__(self, subject, verb):
        super().__init__(
            _("Cette fiche a changé d'état entre-temps (« %(state)s ») : rechargez la page avant de recommencer.")
            % {"state": Status(type(subject)._base_manager.values_list("status", flat=True).get(pk=subject.pk)).label}
        )
        self.verb = verb


class ReasonMissing(ModerationError):
    def __init__(self):
        super().__init__(_("Écrivez le motif : l'organisme le lira pour corriger sa fiche."))


class ConflictOfInterest(ModerationError):
    def __init__(self):
        super().__init__(
            _("Vous êtes membre de l'organisation à qui appartient cette fiche : un autre agent doit décider.")
        )


class ContentChanged(ModerationError):
    def __init__(self):
        super().__init__(_("La fiche a changé depuis que vous l'avez ouverte : relisez-la."))


def _content_of(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _content_of(each) for name, each in value.items() if not name.startswith("_")}
    return [_content_of(each) for each in value] if isinstance(value, list) else value


def content_hash(content: dict) -> str:
    """SHA-256, in hexadecimal, of the canonical JSON of a moderated content.

    A key that begins with "_" says which row is spoken of, and is no content.
    """
    canonical = json.dumps(
        _content_of(content), cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
