"""Accounts at /gestion/: who is who. Rights are given by joining and leaving, never by a tick in a form."""

from django import forms
from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from portal.accounts import actions
from portal.accounts.enums import OrganisationKind
from portal.accounts.models import Membership, Organisation, User
from portal.web.gestion import GestionModelAdmin


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

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Membership of the Région gives rights here: only a superuser says which organisation is the Région."""
        form = forms.ModelForm if request.user.is_superuser else NoRegionForm
        return super().get_form(request, obj, change, **{**kwargs, "form": form})

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "kinds" in form.changed_data:
            actions.write_staff_of(obj)


class MembershipForm(forms.ModelForm):
    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        organisation = cleaned.get("organisation") or getattr(self.instance, "organisation", None)
        if organisation and cleaned.get("role") and cleaned["role"] not in actions.roles_in(organisation):
            self.add_error("role", _("Ce rôle n'existe pas dans cette organisation."))
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
