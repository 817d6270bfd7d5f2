"""A body's courses: texts, offerings and the sessions of the year on one screen."""

from typing import Any

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from courses import actions
from courses.completeness import completeness, with_what_counts
from courses.edits import HeldEdit, as_if_accepted, waiting_changes
from courses.enums import SkillOrigin
from courses.filters import CourseFilterSet
from courses.forms import SuggestionForm
from courses.models import Course, CourseProfile, CourseSkill, Offering, Session, TrainingProvider
from courses.page_slug import page_slug
from courses.sheet.page import course_page
from courses.sheet.validity import warnings_on
from courses.space import held
from courses.space.fields import InEuros
from courses.space.moves import MOVES, history_of, moves_of
from courses.space.todo import CourseToDo
from courses.space.year import YearSessionInline
from courses.suggestion_panel import panel_of
from courses.suggestions import look_for_suggestions
from portal.accounts.models import User
from portal.moderation.models import ModerationError, Status
from portal.web.clock import today
from portal.web.space import SPACE, SpaceInline, SpaceScreen, organisation_of


class OfferingInline(InEuros, SpaceInline):
    model = Offering
    formset = held.HeldOfferingFormSet
    fields = ["modality", "commune", "place_name", "duration_hours", "price_cents", "can_be_funded", "is_accessible"]
    autocomplete_fields = ["commune"]
    show_change_link = True


class SkillInline(SpaceInline):
    model = CourseSkill
    classes = ["collapse"]
    fields = ["skill", "level_required", "level_given"]
    autocomplete_fields = ["skill"]

    def get_queryset(self, request):
        """Those that wait to be accepted are decided above, with the words that led there."""
        return super().get_queryset(request).exclude(origin=SkillOrigin.SUGGESTED)


class ProfileInline(SpaceInline):
    model = CourseProfile
    classes = ["collapse"]
    fields = ["profile"]
    autocomplete_fields = ["profile"]


class CourseForm(ModelForm):
    """Drawn with what already waits: certifications live in a table beside."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and HeldEdit.holds(self.instance):
            waiting = waiting_changes(self.instance)
            if "certifications" in waiting:
                self.initial["certifications"] = waiting["certifications"]


@admin.register(Course, site=SPACE)
class CourseScreen(SpaceScreen):
    form = CourseForm
    owner_path = "provider__organisation"
    rank = 1
    list_display = ["title", "status", "said", "next_missing", "verified_on"]
    list_filter = [CourseToDo, "status"]
    search_fields = ["title", "external_id"]
    autocomplete_fields = ["certifications", "formacodes", "nsf", "occupations"]
    inlines = [OfferingInline, YearSessionInline, SkillInline, ProfileInline]
    change_form_template = "admin/space_course.html"
    change_list_template = "admin/space_courses.html"
    fieldsets = [
        (None, {"fields": ["title", "centre", "summary", "objective", "what_you_learn"]}),
        (_("Pour qui"), {"fields": ["for_whom", "entry_requirements", "entry_level", "entry_level_is_mandatory"]}),
        (_("Comment"), {"fields": ["how_you_learn", "how_assessed", "what_to_bring"]}),
        (
            _("Et après"),
            {"fields": ["what_next", "exit_level", "is_certifying", "certifications", "certification_note", "website"]},
        ),
        (_("Mise à jour"), {"fields": ["update_months"], "classes": ["collapse"]}),
        (_("Codes"), {"fields": ["occupations", "formacodes", "nsf"], "classes": ["collapse"]}),
    ]

    # --- the list
    def get_queryset(self, request):
        return super().get_queryset(request).select_related("provider", "centre")

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        changelist.result_list = with_what_counts(changelist.result_list)
        return changelist

    @admin.display(description=_("complétude"))
    def said(self, course: Course) -> str:
        found = completeness(course)
        return f"{found.said} / {found.total}"

    @admin.display(description=_("à ajouter"))
    def next_missing(self, course: Course) -> str:
        found = completeness(course).next
        return str(found.label) if found else ""

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        """A course is taught by a body: an organisation without its sheet fills it in first."""
        return super().has_add_permission(request, obj) and provider_of(request) is not None

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.status != Status.ARCHIVED)

    # --- one course
    def get_object(self, request, object_id, from_field=None):
        course = super().get_object(request, object_id, from_field)
        if course is not None:
            held.begin(request, course)
        return course

    def get_urls(self):
        own = [
            path(f"<path:object_id>/{name}/", self.admin_site.admin_view(view), name=f"courses_course_{key}")
            for name, key, view in (
                ("propositions", "suggestions", self.suggestions_view),
                ("apercu", "preview", self.preview_view),
                ("etat", "move", self.move_view),
            )
        ]
        return [*own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        course = self.get_object(request, object_id)
        extra: dict[str, Any] = dict(extra_context or {})
        if course is not None:
            panel = panel_of(course)
            extra |= {
                "suggestions": panel,
                "suggestions_count": sum(len(group.lines) for group in panel),
                "may_decide": self.has_change_permission(request, course),
                "codes_come": course.codes_asked_at is not None,
                "completeness": completeness(with_what_counts(self.get_queryset(request)).get(pk=course.pk)),
                "expired": warnings_on(course.certifications.all(), today()),
                "moves": moves_of(course) if self._writes(request) else [],
                **history_of(course),
            }
        return super().change_view(request, object_id, form_url, extra)

    def _writes(self, request: HttpRequest) -> bool:
        return super().has_change_permission(request)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.provider = provider_of(request)
            obj.slug = page_slug(obj.title, otherwise="formation")
            obj.save()
            return
        edit = held.held_edit(request, obj)
        if edit is not None:
            edit.own(obj)
            edit.certifications(obj, [each.pk for each in form.cleaned_data.pop("certifications", [])])
        obj.save()

    def save_formset(self, request, form, formset, change):
        if formset.model is Offering:
            held.save_offerings(request, form.instance, formset, held.held_edit(request, form.instance))
            formset.save_m2m()
        elif formset.model is Session:
            held.save_sessions(request, formset)
        else:
            super().save_formset(request, form, formset, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        held.leave(request, held.held_edit(request, form.instance))
        look_for_suggestions(form.instance)

    # --- what may be done with it
    def suggestions_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """POST: accept or refuse one proposal of the panel. Then, or on a GET, back to the course."""
        course = self._own_or_404(request, object_id)
        if request.method == "POST":
            form = SuggestionForm(request.POST)
            if not form.is_valid() or not self.has_change_permission(request, course):
                raise Http404
            self._decide(request, course, *form.cleaned_data["decision"])
        return HttpResponseRedirect(self._address(course) + "#propositions")

    def _decide(self, request: HttpRequest, course: Course, verb: str, kind: str, number: int) -> None:
        assert isinstance(request.user, User)
        try:
            name = actions.decide_suggestion(course, kind, number, is_accepted=verb == "accept", by=request.user)
        except ModerationError as refused:
            messages.error(request, str(refused))
        else:
            said = _("Accepté : %(name)s.") if verb == "accept" else _("Refusé, et ne reviendra pas : %(name)s.")
            messages.success(request, said % {"name": name})

    def move_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """POST verb=…: submit, withdraw, archive or open again."""
        course = self._own_or_404(request, object_id)
        verb = request.POST.get("verb", "")
        if request.method != "POST" or verb not in MOVES or not self._writes(request):
            raise Http404
        try:
            assert isinstance(request.user, User)
            MOVES[verb].act(course, request.user)
        except ModerationError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, str(MOVES[verb].said))
        return HttpResponseRedirect(self._address(course))

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The public page as it would be with what waits; nothing of it is kept."""
        course = self._own_or_404(request, object_id)
        with as_if_accepted(course, waiting_changes(course)) as shown:
            context = {**course_page(shown, CourseFilterSet({})), "preview_of": self._address(course), "back_url": ""}
            return render(request, "courses/course.html", context)

    def _own_or_404(self, request: HttpRequest, object_id: str) -> Course:
        course = super().get_object(request, object_id)
        if course is None:
            raise Http404
        return course

    def _address(self, course: Course) -> str:
        return reverse("organisme:courses_course_change", args=[course.pk])


def provider_of(request: HttpRequest) -> TrainingProvider | None:
    """The sheet of the body that the person acts for."""
    return TrainingProvider.objects.filter(organisation=organisation_of(request)).first()
