"""Offerings one by one, with their costs, and the list of sessions where dates and seats are edited in place."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from courses.edits import draw_over, of_offering, waiting_changes
from courses.models import Offering, OfferingCost, Session
from courses.space import held
from courses.space.fields import InEuros, SessionForm
from courses.space.todo import SessionToDo
from portal.web.space import SPACE, SpaceInline, SpaceScreen


class CostInline(InEuros, SpaceInline):
    model = OfferingCost
    formset = held.HeldCostFormSet
    fields = ["audience", "left_to_pay_cents", "condition"]


class SessionInline(SpaceInline):
    model = Session
    form = SessionForm
    fields = [*SessionForm.Meta.fields]


@admin.register(Offering, site=SPACE)
class OfferingScreen(InEuros, SpaceScreen):
    """Reached from its course, which is where offerings are added."""

    owner_path = "course__provider__organisation"
    may_be_added = False
    rank = 3
    list_display = ["course", "modality", "commune", "duration_hours"]
    list_filter = ["modality"]
    list_select_related = ["course", "commune"]
    search_fields = ["course__title", "place_name"]
    autocomplete_fields = ["commune"]
    inlines = [SessionInline, CostInline]
    change_form_template = "admin/space_offering.html"
    fieldsets = [
        (None, {"fields": ["modality", "rhythm", "rhythm_note", "entry_mode"]}),
        (_("Où"), {"fields": ["place_name", "address", "postcode", "commune", "transport_note"]}),
        (
            _("Pour qui"),
            {"fields": ["audience_note", "admission", "conditions", "is_accessible", "accessibility_note"]},
        ),
        (_("Durée"), {"fields": ["duration_hours", "hours_in_centre", "hours_in_company", "duration_note"]}),
        (_("Prix"), {"fields": ["price_cents", "hourly_price_cents", "can_be_funded", "fundings", "funding_note"]}),
    ]

    def get_object(self, request, object_id, from_field=None):
        offering = super().get_object(request, object_id, from_field)
        if offering is not None:
            held.lock(request, offering.course)
            draw_over(offering, waiting_changes(offering.course), of_offering(offering))
        return offering

    def save_model(self, request, obj, form, change):
        edit = held.held_edit(request, obj.course)
        if edit is not None:
            edit.offering(obj)
        obj.save()

    def save_formset(self, request, form, formset, change):
        if formset.model is OfferingCost:
            held.save_costs(request, form.instance, formset, held.held_edit(request, form.instance.course))
        else:
            held.save_sessions(request, formset)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        held.leave(request, held.held_edit(request, form.instance.course))


class ListedSessionForm(SessionForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.name_fields()


@admin.register(Session, site=SPACE)
class SessionScreen(SpaceScreen):
    owner_path = "offering__course__provider__organisation"
    may_be_added = False
    may_be_deleted = True
    form = SessionForm
    rank = 2
    list_display = ["course_title", "where", "starts_on", "ends_on", "seats", "seats_left", "is_full", "seats_said_at"]
    list_display_links = ["course_title"]
    list_editable = ["starts_on", "ends_on", "seats", "seats_left", "is_full"]
    list_filter = [SessionToDo, "is_full", "recruitment"]
    list_select_related = ["offering__course", "offering__commune"]
    search_fields = ["offering__course__title"]
    date_hierarchy = "starts_on"
    fields = [*SessionForm.Meta.fields]
    actions = ["export_csv"]

    @admin.display(description=_("formation"), ordering="offering__course__title")
    def course_title(self, session: Session) -> str:
        return session.offering.course.title

    @admin.display(description=_("lieu"))
    def where(self, session: Session) -> str:
        return session.offering.where

    def get_changelist_form(self, request, **kwargs):
        """Rows of the list obey the same rules as the form."""
        return super().get_changelist_form(request, **{**kwargs, "form": ListedSessionForm})

    def save_model(self, request, obj, form, change):
        held.save_session(request, obj, form.changed_data)
