"""What can be done with a row or a proposal, from one list: screens show it, and nothing is carried out beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.moderation import actions
from portal.moderation.models import (
    ConflictOfInterest,
    Moderated,
    ModerationError,
    Proposal,
    ProposalState,
    ReasonMissing,
    Status,
)


class NotPossible(ModerationError):
    """The sentence is the one that the screen shows beside the button."""


@dataclass(frozen=True)
class Asked:
    """Who asks for it, why, and the hash of the content they read."""

    by: Any
    reason: str = ""
    seen: str = ""


@dataclass(frozen=True)
class Verb:
    """One thing to do: `starts` are the states it starts from; a decision is closed to members of an owner."""

    name: str
    label: str | Promise
    starts: frozenset[str]
    act: Callable[[Any, Asked], object]
    asks_reason: bool = False
    is_decision: bool = False


@dataclass(frozen=True)
class Possible:
    """A verb as it stands for one row and one person; `why_not` is empty where it can be done."""

    verb: str
    label: str | Promise
    asks_reason: bool
    why_not: str = ""


def _of_row(name: str, label: str | Promise, act: Callable[[Any, Asked], object], **how: bool) -> Verb:
    """A verb of a row; where it starts from is said by MOVES."""
    return Verb(name, label, frozenset(Moderated.MOVES[name][0]), act, **how)


VERBS = {
    verb.name: verb
    for verb in (
        _of_row(
            "approve",
            gettext_lazy("Publier"),
            lambda row, a: actions.approve(row, by=a.by, seen=a.seen),
            is_decision=True,
        ),
        _of_row(
            "ask_changes",
            gettext_lazy("Demander des corrections"),
            lambda row, a: row.ask_changes(by=a.by, reason=a.reason),
            asks_reason=True,
            is_decision=True,
        ),
        _of_row(
            "quarantine",
            gettext_lazy("Mettre en quarantaine"),
            lambda row, a: row.quarantine(by=a.by, reason=a.reason),
            asks_reason=True,
            is_decision=True,
        ),
        _of_row(
            "release",
            gettext_lazy("Sortir de quarantaine"),
            lambda row, a: actions.release(row, by=a.by),
            is_decision=True,
        ),
        _of_row(
            "withdraw", gettext_lazy("Retirer"), lambda row, a: row.withdraw(by=a.by, reason=a.reason), asks_reason=True
        ),
        _of_row("submit", gettext_lazy("Remettre à modérer"), lambda row, a: row.submit(by=a.by)),
        _of_row("archive", gettext_lazy("Archiver"), lambda row, a: row.archive(by=a.by, reason=a.reason)),
        _of_row("reopen", gettext_lazy("Rouvrir en brouillon"), lambda row, a: row.reopen(by=a.by)),
    )
}
_WAITING = frozenset({ProposalState.WAITING.value})
OF_PROPOSALS = {
    verb.name: verb
    for verb in (
        Verb(
            "accept",
            gettext_lazy("Accepter la modification"),
            _WAITING,
            lambda proposal, a: actions.accept_proposal(proposal, by=a.by, seen=a.seen),
            is_decision=True,
        ),
        Verb(
            "refuse",
            gettext_lazy("Refuser la modification"),
            _WAITING,
            lambda proposal, a: actions.refuse_proposal(proposal, by=a.by, reason=a.reason),
            asks_reason=True,
            is_decision=True,
        ),
    )
}


def possible(row: Moderated, *, by: Any) -> list[Possible]:
    """Every verb of a row, each with the reason why this person cannot do it now, if so."""
    conflict = str(ConflictOfInterest()) if row.has_conflict(by) else ""
    return [
        Possible(verb.name, verb.label, verb.asks_reason, _why_not(verb, row.status, Status, conflict))
        for verb in VERBS.values()
    ]


def possible_of_proposal(proposal: Proposal, *, by: Any) -> list[Possible]:
    row = proposal.subject
    is_conflict = isinstance(row, Moderated) and row.has_conflict(by)
    conflict = str(ConflictOfInterest()) if is_conflict else ""
    late = _outdated(proposal, row)
    return [
        Possible(
            verb.name,
            verb.label,
            verb.asks_reason,
            _why_not(verb, proposal.state, ProposalState, conflict) or (late if verb.name == "accept" else ""),
        )
        for verb in OF_PROPOSALS.values()
    ]


def _outdated(proposal: Proposal, row: Any) -> str:
    if isinstance(row, Moderated) and row.version == proposal.base_version and row.status == Status.PUBLISHED:
        return ""
    return str(actions.ProposalOutdated())


def _why_not(verb: Verb, state: str, states: Any, conflict: str) -> str:
    if state not in verb.starts:
        known = " ou ".join(f"« {each.label} »" for each in states if each.value in verb.starts)
        return _("État « %(state)s » : possible seulement depuis %(starts)s.") % {
            "state": states(state).label,
            "starts": known,
        }
    return conflict if verb.is_decision else ""


def carry_out(row: Moderated, name: str, asked: Asked) -> None:
    """Do one verb of the list. Raises KeyError for none of it, ModerationError with the sentence to show."""
    verb = VERBS[name]
    # another state than the screen's is refused by the verb itself, under its lock
    if verb.asks_reason and not asked.reason.strip():
        raise ReasonMissing
    if verb.is_decision:
        row.refuse_conflict(asked.by)
    verb.act(row, asked)


def carry_out_proposal(proposal: Proposal, name: str, asked: Asked) -> None:
    OF_PROPOSALS[name].act(proposal, asked)
