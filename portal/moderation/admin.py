"""Moderation at /gestion/: the queue, traces to read, and one page per moderated row that calls the verbs."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.moderation import actions, queue
from portal.moderation.compare import with_approved, with_proposed
from portal.moderation.flags import close_flag
from portal.moderation.forms import AnswerForm, DecisionForm, MoveForm, QueueForm, WithReason
from portal.moderation.models import (
    Flag,
    Moderated,
    ModerationError,
    ModerationEvent,
    Proposal,
    ProposalState,
    Revision,
    Status,
    content_hash,
)
from portal.moderation.possible import Asked, carry_out, carry_out_proposal, possible, possible_of_proposal
from portal.moderation.undo import is_undoable, refusals, undo
from portal.moderation.words import said
from portal.web.backoffice import WaitingList
from portal.web.gestion import GestionModelAdmin, ReadOnlyAdmin, gestion, is_agent_with

QUEUE = _("File de modération")
EVENTS_SHOWN = 20


def _may_moderate(request: HttpRequest) -> bool:
    return is_agent_with(request, "moderator", "manager")


class ModeratedAdmin(GestionModelAdmin):
    """A moderated model: states are read only; an agent's edit of a published row leaves its revision at once."""

    changed_by = frozenset({"manager", "moderator"})
    change_form_template = "admin/moderated_change_form.html"
    moderation_readonly = ["status", "version", "submitted_at", "published_at", "hidden_since", "created_at"]

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        return [*super().get_readonly_fields(request, obj), *self.moderation_readonly]

    def get_urls(self):
        info = (self.opts.app_label, self.opts.model_name)
        own = path(
            "<path:object_id>/moderer/",
            self.admin_site.admin_view(self.moderate_view),
            name="{}_{}_moderate".format(*info),
        )
        return [own, *super().get_urls()]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        actions.revise_if_changed(self.model._base_manager.get(pk=form.instance.pk), by=request.user)

    def moderate_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """GET: what would be published, beside what is, and what can be done. POST: one verb, or one undoing."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if request.method == "POST":
            if not _may_moderate(request):
                raise PermissionDenied
            self._carry_out(request, row)
            here = f"gestion:{self.opts.app_label}_{self.opts.model_name}_moderate"
            return HttpResponseRedirect(reverse(here, args=[row.pk]))
        return TemplateResponse(request, "admin/moderate.html", self._moderation_of(request, row))

    def _moderation_of(self, request: HttpRequest, row: Moderated) -> dict[str, Any]:
        may_moderate = _may_moderate(request)
        was_approved = row.revision is not None and not row.is_as_approved()
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "title": _("Modération"),
            "possible": possible(row, by=request.user) if may_moderate else [],
            "seen": content_hash(row.moderated_content()),
            "compared": with_approved(row) if was_approved else [],
            "content": row.moderated_lines(),
            "owner": queue.owner_of(row),
            "proposals": Proposal.objects.waiting().about(row),
            "flags": Flag.objects.open().about(row),
            "history": history(row, by=request.user, may_moderate=may_moderate),
        }

    def _carry_out(self, request: HttpRequest, row: Moderated) -> None:
        form = MoveForm(request.POST)
        form.is_valid()
        if not form.is_known:
            raise Http404
        number = form.cleaned_data.get("undo")
        if number is None:
            verb = form.cleaned_data["verb"]
            attempt(request, form, lambda asked: carry_out(row, verb, asked), done=_("C'est fait."))
        else:
            event = get_object_or_404(ModerationEvent.objects.about(row), pk=number)
            attempt(request, form, lambda asked: undo(event, by=asked.by), done=_("La décision est annulée."))


def attempt(request: HttpRequest, form: WithReason, act: Callable[[Asked], object], *, done: str | Promise) -> None:
    """Do what was asked, and say in a message that it is done, or why not."""
    if form.errors:
        messages.error(request, form.sentence)
        return
    try:
        act(Asked(request.user, form.cleaned_data["reason"], form.cleaned_data["seen"]))
    except ModerationError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, str(done))


def history(row: Moderated, *, by: Any, may_moderate: bool) -> list[dict[str, Any]]:
    """The last events of a row in words; beside a decision, whether it can be undone, or why not."""
    events = list(ModerationEvent.objects.about(row).select_related("by", "undone_by")[:EVENTS_SHOWN])
    refused = list(refusals(row, events, by=by)) if may_moderate else ["" for _event in events]
    return [
        {
            "event": event,
            "said": said(event.verb),
            "reason": said(event.reason) if event.verb == "undo" else event.reason,
            "is_undoable": may_moderate and is_undoable(event),
            "why_not": why,
        }
        for event, why in zip(events, refused, strict=True)
    ]


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["subject_type", "subject_id", "number", "approved_by", "origin", "approved_at"]
    list_filter = ["subject_type", "approved_at"]
    list_select_related = ["subject_type", "approved_by"]
    search_fields = ["=subject_id", "origin", "sha256"]
    date_hierarchy = "approved_at"


@admin.register(ModerationEvent)
class ModerationEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "verb", "subject_type", "subject_id", "from_status", "to_status", "by", "reason"]
    list_filter = ["verb", "subject_type"]
    list_select_related = ["subject_type", "by"]
    search_fields = ["=subject_id", "reason", "by__email"]
    date_hierarchy = "at"


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ["proposed_at", "subject_type", "subject_id", "state", "proposed_by", "decided_by"]
    list_filter = ["state", "subject_type"]
    list_select_related = ["subject_type", "proposed_by", "decided_by"]
    search_fields = ["=subject_id", "proposed_by__email"]
    # what changes is told above them, word by word
    exclude = ["changes"]
    change_form_template = "admin/proposal_change_form.html"

    def get_queryset(self, request):
        """What a file prepared is its body's until they send it."""
        return super().get_queryset(request).exclude(state=ProposalState.PREPARED)

    def get_urls(self):
        own = path(
            "<path:object_id>/decider/", self.admin_site.admin_view(self.decide_view), name="moderation_proposal_decide"
        )
        return [own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        proposal = self.get_object(request, object_id)
        extra = {**(extra_context or {}), **(self._decision_of(request, proposal) if proposal else {})}
        return super().change_view(request, object_id, form_url, extra)

    def _decision_of(self, request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
        row = proposal.subject
        if not isinstance(row, Moderated):
            return {}
        may_decide = proposal.state == ProposalState.WAITING and _may_moderate(request)
        return {
            "row": row,
            "row_url": moderation_address(row),
            "owner": queue.owner_of(row),
            "seen": content_hash(row.moderated_content()),
            "compared": with_proposed(proposal),
            "possible": possible_of_proposal(proposal, by=request.user) if may_decide else [],
        }

    def decide_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """POST: accept, or a refusal with its reason."""
        proposal = self.get_object(request, object_id)
        if request.method != "POST" or proposal is None:
            raise Http404
        if not _may_moderate(request):
            raise PermissionDenied
        form = DecisionForm(request.POST)
        form.is_valid()
        if not form.is_known:
            raise Http404
        verb = form.cleaned_data["verb"]
        attempt(request, form, lambda asked: carry_out_proposal(proposal, verb, asked), done=_("C'est décidé."))
        return HttpResponseRedirect(reverse("gestion:moderation_proposal_change", args=[proposal.pk]))


@admin.register(Flag)
class FlagAdmin(ReadOnlyAdmin):
    """What a person should look at; closed with what they found."""

    list_display = ["opened_at", "kind", "subject_type", "subject_id", "detail", "times", "closed_at", "closed_by"]
    list_filter = ["kind", ("closed_at", admin.EmptyFieldListFilter), "subject_type"]
    list_select_related = ["subject_type", "closed_by"]
    search_fields = ["=subject_id", "detail", "said"]
    date_hierarchy = "opened_at"
    change_form_template = "admin/flag_change_form.html"

    def get_urls(self):
        own = path("<path:object_id>/clore/", self.admin_site.admin_view(self.close_view), name="moderation_flag_close")
        return [own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        flag = self.get_object(request, object_id)
        extra = {**(extra_context or {})}
        if flag and isinstance(flag.subject, Moderated):
            may_close = _may_moderate(request) and flag.closed_at is None
            extra |= {"row": flag.subject, "row_url": moderation_address(flag.subject), "may_close": may_close}
        return super().change_view(request, object_id, form_url, extra)

    def close_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """POST: what was found; then back to the flag."""
        flag = self.get_object(request, object_id)
        if request.method != "POST" or flag is None:
            raise Http404
        if not _may_moderate(request):
            raise PermissionDenied
        form = AnswerForm(request.POST)
        form.is_valid()
        attempt(
            request, form, lambda asked: close_flag(flag, by=asked.by, said=asked.reason), done=_("Signalement clos.")
        )
        return HttpResponseRedirect(reverse("gestion:moderation_flag_change", args=[flag.pk]))


def moderation_address(row: Moderated) -> str:
    return reverse(f"gestion:{row._meta.app_label}_{row._meta.model_name}_moderate", args=[quote(row.pk)])


def queue_view(request: HttpRequest) -> HttpResponse:
    """All that waits, oldest first, of one kind or of all."""
    form = QueueForm(request.GET)
    page = queue.page_of(form.kind, request.GET.get("page"))
    context = {
        **gestion().each_context(request),
        "title": QUEUE,
        "form": form,
        "kind": form.kind,
        "page": page,
    }
    return TemplateResponse(request, "admin/moderation_queue.html", context)


def waiting(request: HttpRequest):
    """What waits for a moderator: the queue, then each moderated model with submitted rows, proposals and flags."""
    total = queue.page_of("", 1).paginator.count
    yield WaitingList(
        label=QUEUE, count=total, url=reverse("gestion:moderation_queue"), hint=_("du plus ancien au plus récent")
    )
    for model in apps.get_models():
        if issubclass(model, Moderated) and model in admin.site._registry:
            rows = model._default_manager.filter(status=Status.SUBMITTED).order_by("submitted_at")
            oldest = rows.values_list("submitted_at", flat=True).first()
            yield WaitingList(
                label=_("%(things)s à modérer") % {"things": capfirst(model._meta.verbose_name_plural)},
                count=rows.count(),
                url=reverse(f"gestion:{model._meta.label_lower.replace('.', '_')}_changelist")
                + f"?status__exact={Status.SUBMITTED}",
                hint=_("plus ancienne : %(day)s") % {"day": f"{timezone.localtime(oldest):%d/%m/%Y}"} if oldest else "",
            )
    yield WaitingList(
        label=_("Signalements ouverts"),
        count=Flag.objects.open().count(),
        url=reverse("gestion:moderation_flag_changelist") + "?closed_at__isempty=1",
    )
    yield WaitingList(
        label=_("Modifications proposées"),
        count=Proposal.objects.waiting().count(),
        url=reverse("gestion:moderation_proposal_changelist") + f"?state__exact={ProposalState.WAITING}",
    )


gestion().show_page("file-de-moderation/", queue_view, name="moderation_queue")
gestion().show_waiting(waiting, is_first=True)
