"""Accounts at /gestion/: who is who. Rights are given by joining and leaving, never by a tick in a form."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts import actions, striking
from portal.accounts.enums import OrganisationKind
from portal.accounts.models import Invitation, Membership, Organisation, Tombstone, User
from portal.accounts.person import person_of
from portal.web.gestion import GestionModelAdmin, ReadOnlyAdmin, is_agent_with


class UserForm(forms.ModelForm):
    def clean_email(self) -> str:
        """Written small: one mailbox is one account, whatever the capitals."""
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Un compte a déjà cette adresse."), code="unique")
        return email


@admin.register(User)
class UserAdmin(GestionModelAdmin):
    form = UserForm
    list_display = ["email", "name", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "is_active", "is_staff", "is_superuser", "last_login", "date_joined"]
    readonly_fields = ["is_staff", "is_superuser", "last_login", "date_joined"]

    def has_change_permission(self, request, obj=None):
        """A superuser is changed by superusers only."""
        return super().has_change_permission(request, obj) and (
            obj is None or not obj.is_superuser or request.user.is_superuser
        )

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            actions.change_email(obj, obj.email)


class ReasonForm(forms.Form):
    """Why an organisation is struck off, or comes back."""

    reason = forms.CharField(
        label=_("Motif"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Gardé avec la radiation : n'y écrivez ni nom, ni numéro, ni adresse."),
        error_messages={"required": _("Écrivez le motif.")},
    )


def may_strike(request: HttpRequest) -> bool:
    return is_agent_with(request, "manager")


class NoRegionForm(forms.ModelForm):
    def clean_kinds(self) -> list[str]:
        kinds: list[str] = self.cleaned_data["kinds"]
        if (OrganisationKind.REGION in kinds) != (OrganisationKind.REGION in (self.instance.kinds or [])):
            raise forms.ValidationError(_("Seul un administrateur dit quelle organisation est la Région."))
        return kinds


@admin.register(Organisation)
class OrganisationAdmin(GestionModelAdmin):
    changed_by = frozenset({"manager", "moderator"})
    list_display = ["name", "siret", "kinds", "created_at"]
    search_fields = ["name", "siret"]
    readonly_fields = ["created_at"]
    change_form_template = "admin/organisation_change_form.html"

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Membership of the Région gives rights here: only a superuser says which organisation is the Région."""
        form = forms.ModelForm if request.user.is_superuser else NoRegionForm
        return super().get_form(request, obj, change, **{**kwargs, "form": form})

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "kinds" in form.changed_data:
            actions.write_staff_of(obj)

    def get_urls(self):
        own = path(
            "<path:object_id>/radier/",
            self.admin_site.admin_view(self.strike_view),
            name="accounts_organisation_strike",
        )
        return [own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        organisation = self.get_object(request, object_id)
        extra = {
            **(extra_context or {}),
            "may_strike": may_strike(request),
            "standing": organisation and organisation.tombstones.standing().first(),
            "likenesses": striking.likenesses_of(organisation) if organisation else [],
        }
        return super().change_view(request, object_id, form_url, extra)

    def strike_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """GET: what will happen, and the reason to write. POST: it happens."""
        organisation = self.get_object(request, object_id)
        if organisation is None:
            raise Http404
        if not may_strike(request):
            raise PermissionDenied
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                striking.strike_off(organisation, by=person_of(request), reason=form.cleaned_data["reason"])
            except striking.StrikeRefused as refused:
                form.add_error("reason", str(refused))
            else:
                messages.success(request, _("Radiée : ses fiches sont retirées, son équipe est close."))
                return HttpResponseRedirect(reverse("gestion:accounts_organisation_change", args=[organisation.pk]))
        title = _("Radier %(name)s") % {"name": organisation.name}
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": organisation}
        return TemplateResponse(request, "admin/strike_off.html", {**context, "title": title, "form": form})


class MembershipForm(forms.ModelForm):
    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        organisation = cleaned.get("organisation") or getattr(self.instance, "organisation", None)
        if organisation and cleaned.get("role") and (why := actions.why_not_join(organisation, cleaned["role"])):
            self.add_error("role", why)
        return cleaned


@admin.register(Membership)
class MembershipAdmin(GestionModelAdmin):
    form = MembershipForm
    list_display = ["user", "organisation", "role", "joined_at", "left_at"]
    list_filter = ["role", ("left_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "organisation"]
    search_fields = ["user__email", "organisation__name"]
    autocomplete_fields = ["user", "organisation"]
    fields = ["user", "organisation", "role", "joined_at", "left_at"]
    readonly_fields = ["joined_at", "left_at"]
    actions = ["export_csv", "end_membership"]

    def get_readonly_fields(self, request, obj=None):
        own = super().get_readonly_fields(request, obj)
        return [*own, "user", "organisation"] if obj else own

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.left_at is None)

    def save_model(self, request, obj, form, change):
        """Joining is a verb: it writes who is staff."""
        obj.pk = actions.join(user=obj.user, organisation=obj.organisation, role=obj.role).pk

    @admin.action(description=_("Mettre fin à l'appartenance"), permissions=["change"])
    def end_membership(self, request, queryset):
        for membership in queryset.filter(left_at__isnull=True):
            actions.leave(membership)
        messages.success(request, _("Ces personnes n'ont plus de droit dans l'organisation."))


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Sent, accepted, withdrawn by the managers of an organisation; agents read."""

    list_display = ["email", "organisation", "role", "invited_by", "invited_at", "accepted_at", "withdrawn_at"]
    list_filter = ["role", ("accepted_at", admin.EmptyFieldListFilter), ("withdrawn_at", admin.EmptyFieldListFilter)]
    list_select_related = ["organisation", "invited_by"]
    search_fields = ["email", "organisation__name"]


@admin.register(Tombstone)
class TombstoneAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "struck_at", "struck_by", "reason", "lifted_at", "lifted_by"]
    list_filter = [("lifted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["organisation", "struck_by", "lifted_by"]
    search_fields = ["organisation__name", "organisation__siret"]
    change_form_template = "admin/tombstone_change_form.html"

    def get_urls(self):
        own = path(
            "<path:object_id>/lever/", self.admin_site.admin_view(self.lift_view), name="accounts_tombstone_lift"
        )
        return [own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        tombstone = self.get_object(request, object_id)
        may_lift = may_strike(request) and tombstone and not tombstone.lifted_at
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "may_lift": may_lift})

    def lift_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """POST, with a reason: by another person than the one who struck off."""
        tombstone = self.get_object(request, object_id)
        if request.method != "POST" or tombstone is None:
            raise Http404
        if not may_strike(request):
            raise PermissionDenied
        form = ReasonForm(request.POST)
        try:
            striking.lift(
                tombstone, by=person_of(request), reason=form.cleaned_data["reason"] if form.is_valid() else ""
            )
        except striking.StrikeRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("La radiation est levée."))
        return HttpResponseRedirect(reverse("gestion:accounts_tombstone_change", args=[tombstone.pk]))
