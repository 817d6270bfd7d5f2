"""Moderation at /gestion/: traces to read, and one page per moderated row that calls the verbs of actions.py."""

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.moderation import actions
from portal.moderation.models import (
    Moderated,
    ModerationError,
    ModerationEvent,
    Proposal,
    ProposalState,
    Revision,
    Status,
)
from portal.web.backoffice import WaitingList
from portal.web.gestion import GestionModelAdmin, ReadOnlyAdmin, gestion, is_agent_with

VERBS = {  # verb: (label of the button, whether a reason is asked, what it does)
    "approve": (_("Publier"), False, lambda row, by, reason: actions.approve(row, by=by)),
    "ask_changes": (
        _("Demander des corrections"),
        True,
        lambda row, by, reason: row.ask_changes(by=by, reason=reason),
    ),
    "withdraw": (_("Retirer"), True, lambda row, by, reason: row.withdraw(by=by, reason=reason)),
    "submit": (_("Remettre à modérer"), False, lambda row, by, reason: row.submit(by=by)),
    "archive": (_("Archiver"), False, lambda row, by, reason: row.archive(by=by, reason=reason)),
    "reopen": (_("Rouvrir en brouillon"), False, lambda row, by, reason: row.reopen(by=by)),
}


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
        """GET: what would be published and the possible verbs. POST: one verb, with its reason."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        here = reverse(f"gestion:{self.opts.app_label}_{self.opts.model_name}_moderate", args=[row.pk])
        if request.method == "POST":
            if not _may_moderate(request):
                raise PermissionDenied
            self._carry_out(request, row)
            return HttpResponseRedirect(here)
        possible = [
            {"verb": verb, "label": label, "asks_reason": asks}
            for verb, (label, asks, _act) in VERBS.items()
            if row.status in Moderated.MOVES[verb][0]
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "title": _("Modération"),
            "possible": possible if _may_moderate(request) else [],
            "content": row.moderated_lines(),
            "proposals": Proposal.objects.waiting().about(row),
            "events": ModerationEvent.objects.about(row).select_related("by")[:20],
        }
        return TemplateResponse(request, "admin/moderate.html", context)

    def _carry_out(self, request: HttpRequest, row: Moderated) -> None:
        verb = request.POST.get("verb", "")
        if verb not in VERBS:
            raise Http404
        try:
            VERBS[verb][2](row, request.user, request.POST.get("reason", "")[:2_000])
        except ModerationError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("C'est fait."))


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
    change_form_template = "admin/proposal_change_form.html"

    def get_urls(self):
        own = path(
            "<path:object_id>/decider/", self.admin_site.admin_view(self.decide_view), name="moderation_proposal_decide"
        )
        return [own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        proposal = self.get_object(request, object_id)
        rows = []
        if proposal and proposal.subject:
            rows = [proposal.subject.change_line(name, new) for name, new in proposal.changes.items()]
        may_decide = _may_moderate(request) and proposal and proposal.state == ProposalState.WAITING
        extra = {**(extra_context or {}), "compared": rows, "may_decide": may_decide}
        return super().change_view(request, object_id, form_url, extra)

    def decide_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """POST accept=1, or a refusal with its reason."""
        if request.method != "POST" or not object_id.isascii() or not object_id.isdigit() or len(object_id) > 18:
            raise Http404
        if not _may_moderate(request):
            raise PermissionDenied
        proposal = get_object_or_404(Proposal, pk=int(object_id))
        try:
            if request.POST.get("accept"):
                actions.accept_proposal(proposal, by=request.user)
            else:
                actions.refuse_proposal(proposal, by=request.user, reason=request.POST.get("reason", "")[:2_000])
        except ModerationError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("C'est décidé."))
        return HttpResponseRedirect(reverse("gestion:moderation_proposal_change", args=[proposal.pk]))


def waiting(request: HttpRequest):
    """What waits for a moderator: each moderated model with submitted rows, then the proposals."""
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
        label=_("Modifications proposées"),
        count=Proposal.objects.waiting().count(),
        url=reverse("gestion:moderation_proposal_changelist") + f"?state__exact={ProposalState.WAITING}",
    )


gestion().show_waiting(waiting)
