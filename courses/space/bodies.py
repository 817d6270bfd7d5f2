"""The sheet of the organisation, its CFA sites and its contacts."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from courses.edits import waiting_lines
from courses.models import ApprenticeshipCentre, Contact, QualiopiCertificate, TrainingProvider
from courses.page_slug import page_slug
from courses.space import held
from portal.moderation.models import Moderated
from portal.web.space import SPACE, SpaceInline, SpaceScreen, organisation_of

ADDRESS = ["address", "postcode", "commune"]
REACHED = ["website", "phone", "contact_email", "disability_contact"]


class HeldScreen(SpaceScreen):
    """A sheet of which some fields are approved: the rest changes at once."""

    change_form_template = "admin/space_body.html"

    def get_object(self, request, object_id, from_field=None):
        row = super().get_object(request, object_id, from_field)
        if row is not None:
            held.begin(request, row)
        return row

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, object_id)
        extra = {**(extra_context or {}), "waiting_lines": waiting_lines(row) if row else []}
        return super().change_view(request, object_id, form_url, extra)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.organisation = organisation_of(request)
            self.name_page(obj)
        edit = held.held_edit(request, obj) if change else None
        if edit is not None:
            edit.own(obj)
        obj.save()
        if edit is None:
            return
        held.leave(request, edit)

    def name_page(self, obj: Moderated) -> None:
        """Give a new sheet the address of its page."""


class QualiopiInline(SpaceInline):
    """What the public list says; nobody types it in."""

    model = QualiopiCertificate
    fields = ["category", "source", "checked_on"]
    readonly_fields = ["category", "source", "checked_on"]

    def has_add_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(TrainingProvider, site=SPACE)
class ProviderScreen(HeldScreen):
    rank = 4
    menu = _("Fiche de l’organisme")
    list_display = ["name", "status", "nda", "commune", "verified_on"]
    list_select_related = ["commune"]
    search_fields = ["name"]
    autocomplete_fields = ["commune"]
    readonly_fields = ["nda", "status"]
    inlines = [QualiopiInline]
    fieldsets = [
        (None, {"fields": ["name", "presentation", "nda", "status"]}),
        (_("Adresse"), {"fields": [*ADDRESS]}),
        (_("Joindre l’organisme"), {"fields": [*REACHED]}),
    ]

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        """One sheet per organisation."""
        return super().has_add_permission(request, obj) and not self.get_queryset(request).exists()

    def name_page(self, obj):
        obj.slug = page_slug(obj.name, otherwise="organisme")


@admin.register(ApprenticeshipCentre, site=SPACE)
class CentreScreen(HeldScreen):
    rank = 5
    menu = _("Sites de CFA")
    about = _("Un site par lieu d’apprentissage, avec son numéro UAI. Une formation peut nommer le sien.")
    list_display = ["name", "status", "uai", "commune", "verified_on"]
    list_select_related = ["commune"]
    search_fields = ["name", "uai"]
    autocomplete_fields = ["commune"]
    fieldsets = [
        (None, {"fields": ["name", "uai", "presentation"]}),
        (_("Adresse"), {"fields": [*ADDRESS]}),
        (_("Joindre le CFA"), {"fields": [*REACHED]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        """The UAI is who it is: said once, then corrected by an agent."""
        return ["uai"] if obj else []


@admin.register(Contact, site=SPACE)
class ContactScreen(SpaceScreen):
    may_be_deleted = True
    rank = 6
    about = _("À qui s’adresser, et pour quoi : référent handicap, admission… Les contacts affichés le sont partout.")
    list_display = ["name", "role", "centre", "phone", "is_shown"]
    list_filter = ["role", "is_shown"]
    list_select_related = ["centre"]
    search_fields = ["name"]
    fields = ["role", "name", "centre", "phone", "email", "is_shown"]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.organisation = organisation_of(request)
        obj.save()
