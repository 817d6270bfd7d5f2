from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from jobs import demand_screen, pool_screen  # noqa: F401 (the screens of demand and of pooled needs)
from jobs.employers import attaching
from jobs.models import Employer, EmployerNeed, NeedAttachment, NeedDailyCount, NeedSkill, SeekerProject
from portal.accounts.person import person_of
from portal.moderation.admin import ModeratedAdmin
from portal.web.backoffice import WaitingList
from portal.web.gestion import GestionInline, GestionModelAdmin, ReadOnlyAdmin, gestion, is_agent_with


@admin.register(Employer)
class EmployerAdmin(GestionModelAdmin):
    changed_by = frozenset({"manager", "moderator"})
    list_display = ["name", "sector", "commune", "may_be_named"]
    list_filter = ["may_be_named", "sector"]
    list_select_related = ["commune"]
    search_fields = ["name", "organisation__siret"]
    autocomplete_fields = ["organisation", "commune"]


class NeedSkillInline(GestionInline):
    model = NeedSkill
    autocomplete_fields = ["skill"]


@admin.register(EmployerNeed)
class EmployerNeedAdmin(ModeratedAdmin):
    list_display = ["title", "employer", "profile", "commune", "headcount", "contract", "status", "wished_on"]
    list_filter = ["status", "contract", "profile", "commune__department"]
    list_select_related = ["employer", "profile", "commune"]
    search_fields = ["title", "employer__name"]
    autocomplete_fields = ["employer", "profile", "occupation", "commune", "filled_course"]
    moderation_readonly = [
        *ModeratedAdmin.moderation_readonly,
        *("poster_name", "poster_email", "is_attached", "renewals"),
    ]
    inlines = [NeedSkillInline]


@admin.register(NeedSkill)
class NeedSkillAdmin(GestionModelAdmin):
    changed_by = frozenset({"manager", "moderator"})
    may_be_deleted = True
    list_display = ["need", "skill", "importance", "level"]
    list_filter = ["importance", "level"]
    list_select_related = ["need", "skill"]
    search_fields = ["need__title", "skill__label"]
    autocomplete_fields = ["need", "skill"]


@admin.register(SeekerProject)
class SeekerProjectAdmin(ReadOnlyAdmin):
    """How many projects are kept and until when; the answers are nobody's business here."""

    list_display = ["kept_on", "expires_on"]
    fields = ["kept_on", "expires_on"]
    date_hierarchy = "kept_on"


class AttachmentForm(forms.Form):
    decision = forms.ChoiceField(choices=[("accept", _("rattacher")), ("refuse", _("refuser"))])


@admin.register(NeedAttachment)
class NeedAttachmentAdmin(ReadOnlyAdmin):
    """A member asks for a need that was written without an account; whoever answers first, code or agent, decides."""

    list_display = ["need", "asked_by", "asked_at", "decided_at", "decided_by", "is_accepted"]
    list_filter = ["is_accepted", ("decided_at", admin.EmptyFieldListFilter)]
    list_select_related = ["need", "asked_by", "decided_by"]
    search_fields = ["need__title", "asked_by__email"]
    fields = ["need", "asked_by", "asked_at", "decided_at", "decided_by", "is_accepted"]
    change_form_template = "admin/attachment_change_form.html"

    def get_urls(self):
        own = path(
            "<path:object_id>/decider/",
            self.admin_site.admin_view(self.decide_view),
            name="jobs_needattachment_decide",
        )
        return [own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        asked = self.get_object(request, object_id)
        extra = {"may_decide": asked is not None and asked.decided_at is None and may_decide(request)}
        return super().change_view(request, object_id, form_url, {**extra, **(extra_context or {})})

    def decide_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """POST: attach it, or not."""
        asked, form = self.get_object(request, object_id), AttachmentForm(request.POST)
        if asked is None or request.method != "POST":
            raise Http404
        if not may_decide(request):
            raise PermissionDenied
        if not form.is_valid():
            raise Http404
        try:
            attaching.decide(asked, by=person_of(request), is_accepted=form.cleaned_data["decision"] == "accept")
        except attaching.AttachRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("C'est décidé."))
        return HttpResponseRedirect(reverse("gestion:jobs_needattachment_change", args=[asked.pk]))


def may_decide(request: HttpRequest) -> bool:
    return is_agent_with(request, "moderator", "manager")


def waiting(request: HttpRequest):
    yield WaitingList(
        label=_("Besoins à rattacher"),
        count=NeedAttachment.objects.waiting().count(),
        url=f"{reverse('gestion:jobs_needattachment_changelist')}?decided_at__isempty=1",
    )


gestion().show_waiting(waiting)


@admin.register(NeedDailyCount)
class NeedDailyCountAdmin(ReadOnlyAdmin):
    list_display = ["day", "need", "contacts"]
    list_select_related = ["need"]
    search_fields = ["need__title"]
    date_hierarchy = "day"
