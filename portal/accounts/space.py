"""The team of one's organisation, in both spaces: who is in it, who is invited. Managers write, members read."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts import team
from portal.accounts.enums import MEMBER_ROLES, Role
from portal.accounts.models import Invitation, Membership
from portal.accounts.person import person_of
from portal.web.space import EMPLOYERS, SPACE, SpaceScreen, may, organisation_of

MANAGERS = frozenset({Role.MANAGER.value})
ROLE_CHOICES = [(role.value, role.label) for role in MEMBER_ROLES]


class RoleForm(forms.ModelForm):
    role = forms.ChoiceField(label=_("Rôle"), choices=ROLE_CHOICES)

    def clean_role(self) -> str:
        role: str = self.cleaned_data["role"]
        if role != Role.MANAGER and (refusal := team.why_not_without(Membership.objects.get(pk=self.instance.pk))):
            raise forms.ValidationError(refusal, code="last")
        return role


class TeamScreen(SpaceScreen):
    """A base: what the verbs of the team refuse is a sentence, not a fault."""

    changed_by = MANAGERS

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except team.TeamRefused as refused:  # what the form found right changed meanwhile
            messages.error(request, str(refused))
            return HttpResponseRedirect(request.path)

    def each(self, request: HttpRequest, rows: QuerySet, act: Any, done: str) -> None:
        """Carry out a verb on each chosen row; say what is refused, row by row."""
        count = 0
        for row in rows:
            try:
                act(row)
                count += 1
            except team.TeamRefused as refused:
                messages.error(request, f"{row} : {refused}")
        if count:
            messages.success(request, done)


@admin.register(Membership, site=SPACE)
@admin.register(Membership, site=EMPLOYERS)
class MembershipScreen(TeamScreen):
    form = RoleForm
    menu = _("Équipe")
    rank = 7
    may_be_added = False  # by invitation
    list_display = ["user", "role", "joined_at"]
    list_select_related = ["user"]
    search_fields = ["user__name", "user__email"]
    fields = ["user", "role", "joined_at"]
    readonly_fields = ["user", "joined_at"]
    actions = ["end_membership"]
    change_list_template = "admin/team_change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(left_at__isnull=True)

    def get_urls(self):
        own = path("quitter/", self.admin_site.admin_view(self.leave_view), name="accounts_membership_leave")
        return [own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context=None):
        leave = reverse(f"{self.admin_site.name}:accounts_membership_leave")
        return super().changelist_view(request, {"leave_url": leave, **(extra_context or {})})

    def save_model(self, request, obj, form, change) -> None:
        team.change_role(obj, role=obj.role, by=person_of(request))

    @admin.action(description=_("Mettre fin à l'appartenance"), permissions=["change"])
    def end_membership(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.each(
            request,
            queryset,
            lambda row: team.leave(row, by=person_of(request)),
            gettext("Ces personnes n'ont plus de droit dans l'organisation."),
        )

    def leave_view(self, request: HttpRequest) -> HttpResponse:
        """POST: end one's own membership; readers too."""
        if request.method != "POST":
            raise Http404
        organisation = organisation_of(request)
        try:
            team.leave(organisation.memberships.present().get(user=request.user), by=person_of(request))
        except team.TeamRefused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse(f"{self.admin_site.name}:accounts_membership_changelist"))
        messages.success(request, _("Vous avez quitté %(name)s.") % {"name": organisation.name})
        return HttpResponseRedirect(reverse("home"))


class InvitationForm(forms.ModelForm):
    role = forms.ChoiceField(label=_("Rôle"), choices=ROLE_CHOICES, initial=Role.EDITOR.value)
    organisation: Any = None  # set by the screen

    class Meta:
        model = Invitation
        fields = ["email", "role"]

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if {"email", "role"} <= set(cleaned):
            cleaned["email"] = cleaned["email"].lower()
            refusal = team.why_not_invite(self.organisation, cleaned["email"], cleaned["role"], timezone.now())
            if refusal:
                self.add_error("email", refusal)
        return cleaned


@admin.register(Invitation, site=SPACE)
@admin.register(Invitation, site=EMPLOYERS)
class InvitationScreen(TeamScreen):
    """Sent once, then withdrawn or accepted: never changed."""

    form = InvitationForm
    rank = 8
    about = _("Une personne invitée reçoit un lien par courriel ; elle entre dans l’équipe quand elle l’ouvre.")
    list_display = ["email", "role", "invited_by", "invited_at", "state"]
    list_select_related = ["invited_by"]
    search_fields = ["email"]
    actions = ["withdraw"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is not None:  # shown, with what became of it
            return super().get_form(request, obj, change, **{**kwargs, "form": forms.ModelForm})
        form: Any = super().get_form(request, obj, change, **kwargs)
        return type(form)(form.__name__, (form,), {"organisation": organisation_of(request)})

    def get_fields(self, request, obj=None):
        return (
            ["email", "role"] if obj is None else ["email", "role", "invited_by", "invited_at", "expires_at", "state"]
        )

    def get_readonly_fields(self, request, obj=None):
        return [] if obj is None else self.get_fields(request, obj)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return may(request, self.changed_by)

    @admin.display(description=_("état"))
    def state(self, invitation: Invitation) -> str:
        if invitation.accepted_at:
            return str(_("acceptée"))
        if invitation.withdrawn_at:
            return str(_("retirée"))
        return str(_("en attente") if invitation.expires_at > timezone.now() else _("expirée"))

    def save_model(self, request, obj, form, change) -> None:
        here, by = organisation_of(request), person_of(request)
        obj.organisation = here  # the journal of the screens names it
        obj.pk = team.invite(organisation=here, email=obj.email, role=obj.role, by=by).pk

    @admin.action(description=_("Retirer les invitations choisies"), permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.each(
            request,
            queryset,
            lambda row: team.withdraw_invitation(row, by=person_of(request)),
            gettext("Ces invitations ne valent plus."),
        )
