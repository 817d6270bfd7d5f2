"""What a source that is not trusted wants to change in a published course: a proposal for a moderator, once."""

from typing import Any, Literal

from courses.importers.plan import differing
from courses.importers.rows import Row
from courses.models import Course, Offering
from portal.accounts.models import User
from portal.moderation.actions import prepare, propose
from portal.moderation.models import ModerationError, Proposal

Answer = Literal["", "waiting", "held"]


def leave_proposal(course: Course, changes: dict[str, Any], *, by: User | None, is_draft: bool = False) -> Answer:
    """Leave the moderated changes waiting; "" when there is none, "held" when nobody (`by`) or no rule lets them wait.

    `is_draft`: they wait for the body, which sends them to the agents or not.

    The same changes to the same version are never proposed twice, not even after a refusal.
    """
    if not changes:
        return ""
    if by is None:
        return "held"
    last = Proposal.objects.about(course).order_by("-proposed_at", "-pk").first()
    if last is None or last.changes != changes or last.base_version != course.version:
        try:
            (prepare if is_draft else propose)(course, changes=changes, by=by)
        except ModerationError:  # a value that the portal's own forms would refuse
            return "held"
    return "waiting"


def moderated_changes(offerings: dict[str, Offering], row: Row, before: Row) -> dict[str, Any]:
    """Changed moderated fields of the course, and those of offerings on both sides under "offering.<id>.<field>"."""
    changes = {
        name: row.values[name] for name in differing(row.values, before.values) if name in Course.MODERATED_FIELDS
    }
    for child in row.children:
        old = before.child(child.key)
        if old is None:
            continue
        for name in differing(child.values, old.values):
            if name in Offering.MODERATED_FIELDS:
                changes[f"offering.{offerings[child.key].pk}.{name}"] = child.values[name]
    return changes


def offerings_to_hold(row: Row, before: Row) -> bool:
    """Whether the source adds, removes or re-prices offerings, or names another body.

    That goes through no proposal and waits for an agent.
    """
    keys, old_keys = {child.key for child in row.children}, {child.key for child in before.children}
    old_costs = {child.key: dict(child.costs) for child in before.children}
    if row.values["provider_id"] != before.values["provider_id"]:
        return True
    return keys != old_keys or any(dict(child.costs) != old_costs[child.key] for child in row.children)
