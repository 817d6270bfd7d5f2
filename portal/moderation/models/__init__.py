from portal.moderation.models.fields import (
    changed_line,
    cleaned_value,
    fields_of,
    name_of,
    shown_value,
    stored_text,
    value_text,
)
from portal.moderation.models.flag import Flag, FlagKind
from portal.moderation.models.moderated import Moderated, ModeratedQuerySet, is_shown
from portal.moderation.models.proposal import Proposal, ProposalState
from portal.moderation.models.status import (
    ConflictOfInterest,
    ContentChanged,
    ModerationError,
    MoveRefused,
    ReasonMissing,
    Status,
    content_hash,
)
from portal.moderation.models.traces import ModerationEvent, Revision, Subject, SubjectQuerySet

__all__ = [
    "ConflictOfInterest",
    "ContentChanged",
    "Flag",
    "FlagKind",
    "Moderated",
    "ModeratedQuerySet",
    "ModerationError",
    "ModerationEvent",
    "MoveRefused",
    "Proposal",
    "ProposalState",
    "ReasonMissing",
    "Revision",
    "Status",
    "Subject",
    "SubjectQuerySet",
    "changed_line",
    "cleaned_value",
    "content_hash",
    "fields_of",
    "is_shown",
    "name_of",
    "shown_value",
    "stored_text",
    "value_text",
]
