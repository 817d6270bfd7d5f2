"""Courses at /gestion/: repair tools; states move by the verbs of moderation."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from courses import actions, claim_screen  # noqa: F401 (claim_screen: the screen of claims)
from courses.forms import SuggestionForm
from courses.import_screens.feed_forms import FeedForm
from courses.import_screens.forms import AgentUploadForm
from courses.import_screens.health import HealthColumns, HealthFilter
from courses.import_screens.screen import ImportScreens
from courses.models import (
    ApprenticeshipCentre,
    CodeSuggestion,
    Contact,
    Course,
    CourseDailyCount,
    CourseProfile,
    CourseProfileCount,
    CourseSkill,
    ImportFault,
    ImportRun,
    ImportSource,
    Offering,
    OfferingCost,
    QualiopiCertificate,
    SearchDailyCount,
    Session,
    TrainingProvider,
)
from courses.models.suggestion import has_waiting
from courses.suggestion_panel import panel_of
from portal.accounts.models import User
from portal.moderation.actions import revise_if_changed
from portal.moderation.admin import ModeratedAdmin
from portal.moderation.models import ModerationError
from portal.web.backoffice import WaitingList
from portal.web.gestion import GestionInline, GestionModelAdmin, ReadOnlyAdmin, gestion, is_agent_with

WRITERS = frozenset({"manager", "moderator"})


class QualiopiInline(GestionInline):
    """Computed from the public list (courses.qualiopi): shown, never typed in."""

    model = QualiopiCertificate

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(TrainingProvider)
class TrainingProviderAdmin(ModeratedAdmin):
    list_display = ["name", "commune", "nda", "status", "verified_on"]
    list_filter = ["status", "commune__department"]
    list_select_related = ["commune"]
    search_fields = ["name", "nda", "organisation__siret"]
    autocomplete_fields = ["organisation", "commune"]
    readonly_fields = ["contact_as_said", "contact_said_by"]
    inlines = [QualiopiInline]


@admin.register(ApprenticeshipCentre)
class ApprenticeshipCentreAdmin(ModeratedAdmin):
    list_display = ["name", "commune", "uai", "status", "verified_on"]
    list_filter = ["status", "commune__department"]
    list_select_related = ["commune"]
    search_fields = ["name", "uai", "organisation__siret"]
    autocomplete_fields = ["organisation", "provider", "commune"]


@admin.register(Contact)
class ContactAdmin(GestionModelAdmin):
    changed_by = WRITERS
    may_be_deleted = True
    list_display = ["organisation", "role", "name", "centre", "is_shown"]
    list_filter = ["role", "is_shown"]
    list_select_related = ["organisation", "centre"]
    search_fields = ["organisation__name", "name"]
    autocomplete_fields = ["organisation", "centre"]


@admin.register(QualiopiCertificate)
class QualiopiCertificateAdmin(ReadOnlyAdmin):
    list_display = ["provider", "category", "source", "checked_on"]
    list_filter = ["category"]
    list_select_related = ["provider"]
    search_fields = ["provider__name"]


class CourseSkillInline(GestionInline):
    model = CourseSkill
    autocomplete_fields = ["skill"]


class CourseProfileInline(GestionInline):
    model = CourseProfile
    autocomplete_fields = ["profile"]


class OfferingInline(GestionInline):
    model = Offering
    fields = ["modality", "commune", "duration_hours", "price_cents", "entry_mode"]
    autocomplete_fields = ["commune"]


class WaitingSuggestions(admin.SimpleListFilter):
    """Courses for which a code waits to be accepted or refused."""

    title = _("codes proposés")
    parameter_name = "propositions"
    WAITING, WITHOUT_CODES = "a-decider", "sans-code"

    def lookups(self, request, model_admin):
        return [
            (self.WITHOUT_CODES, _("à décider, fiche sans code ROME ou sans Formacode")),
            (self.WAITING, _("à décider, toutes les fiches")),
        ]

    def queryset(self, request, queryset):
        if self.value() == self.WITHOUT_CODES:
            return queryset.lacking_codes().filter(has_waiting())
        return queryset.filter(has_waiting()) if self.value() == self.WAITING else queryset


@admin.register(Course)
class CourseAdmin(ModeratedAdmin):
    list_display = ["title", "provider", "status", "entry_level", "demand", "verified_on"]
    list_filter = ["status", WaitingSuggestions, "entry_level", "is_certifying", "source"]
    list_select_related = ["provider"]
    search_fields = ["title", "provider__name", "external_id"]
    autocomplete_fields = ["provider", "centre", "certifications", "formacodes", "nsf", "occupations", "source"]
    readonly_fields = ["demand", "demand_counted_on"]
    inlines = [CourseSkillInline, CourseProfileInline, OfferingInline]
    change_form_template = "admin/course_change_form.html"

    def get_urls(self):
        own = path(
            "<path:object_id>/propositions/",
            self.admin_site.admin_view(self.suggestions_view),
            name="courses_course_suggestions",
        )
        return [own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        course = self.get_object(request, object_id)
        panel = panel_of(course) if course else ()
        extra = {
            **(extra_context or {}),
            "suggestions": panel,
            "suggestions_count": sum(len(group.lines) for group in panel),
            "may_decide": self.has_change_permission(request, course),
        }
        return super().change_view(request, object_id, form_url, extra)

    def suggestions_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """POST: one decision of the panel. Then, or on a GET, back to the panel."""
        course = self.get_object(request, object_id)
        if course is None:
            raise Http404
        if request.method == "POST":
            if not self.has_change_permission(request, course):
                raise PermissionDenied
            form = SuggestionForm(request.POST)
            if not form.is_valid():
                raise Http404
            self._decide(request, course, *form.cleaned_data["decision"])
        return HttpResponseRedirect(reverse("gestion:courses_course_change", args=[course.pk]))

    def _decide(self, request: HttpRequest, course: Course, verb: str, kind: str, number: int) -> None:
        assert isinstance(request.user, User)
        try:
            name = actions.decide_suggestion(course, kind, number, is_accepted=verb == "accept", by=request.user)
        except ModerationError as refused:
            messages.error(request, str(refused))
        else:
            said = _("Accepté : %(name)s.") if verb == "accept" else _("Refusé, et ne reviendra pas : %(name)s.")
            messages.success(request, said % {"name": name})


@admin.register(CodeSuggestion)
class CodeSuggestionAdmin(ReadOnlyAdmin):
    """What was proposed and decided; decisions are made on the page of the course."""

    list_display = ["course", "kind", "target", "rank", "witness", "state", "decided_by", "decided_at"]
    list_filter = ["state", "kind", "is_wide"]
    list_select_related = ["course", "occupation", "formacode", "skill", "decided_by"]
    search_fields = ["course__title", "occupation__code", "=formacode__code", "witness"]
    date_hierarchy = "decided_at"

    @admin.display(description=_("proposition"))
    def target(self, row: CodeSuggestion) -> str:
        return str(row.target)


class RevisesCourse(GestionModelAdmin):
    """A part of a course that its approval covers: an agent's edit leaves a revision of the course."""

    changed_by = WRITERS

    # how a row leads to its course
    course_path = "course"

    def get_readonly_fields(self, request, obj=None):
        """It stays where it was approved: moved, it would change two courses and leave a revision of one."""
        own = super().get_readonly_fields(request, obj)
        return [*own, self.course_path.partition(".")[0]] if obj else own

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        course = Course.objects.get(pk=attrgetter(self.course_path)(form.instance).pk)
        revise_if_changed(course, by=request.user)


class CostInline(GestionInline):
    model = OfferingCost


class SessionInline(GestionInline):
    model = Session
    fields = ["starts_on", "starts_precision", "ends_on", "ends_precision", "seats", "seats_left", "recruitment"]


@admin.register(Offering)
class OfferingAdmin(RevisesCourse):
    list_display = ["course", "modality", "commune", "duration_hours", "price_cents"]
    list_filter = ["modality", "entry_mode", "commune__department"]
    list_select_related = ["course", "commune"]
    search_fields = ["course__title", "external_id"]
    autocomplete_fields = ["course", "commune"]
    inlines = [CostInline, SessionInline]


@admin.register(OfferingCost)
class OfferingCostAdmin(RevisesCourse):
    list_display = ["offering", "audience", "left_to_pay_cents", "source", "stated_on"]
    list_filter = ["audience"]
    list_select_related = ["offering__course"]
    search_fields = ["offering__course__title"]
    autocomplete_fields = ["offering"]
    course_path = "offering.course"


@admin.register(Session)
class SessionAdmin(GestionModelAdmin):
    changed_by = WRITERS
    list_display = ["offering", "starts_on", "starts_precision", "seats_left", "recruitment", "is_full"]
    list_filter = ["recruitment", "is_full", "starts_precision"]
    list_select_related = ["offering__course"]
    search_fields = ["offering__course__title", "external_id"]
    autocomplete_fields = ["offering"]
    date_hierarchy = "starts_on"


@admin.register(CourseSkill)
class CourseSkillAdmin(GestionModelAdmin):
    changed_by = WRITERS
    may_be_deleted = True
    list_display = ["course", "skill", "level_required", "level_given", "origin", "evidence"]
    list_filter = ["origin", "level_given"]
    list_select_related = ["course", "skill"]
    search_fields = ["course__title", "skill__label"]
    autocomplete_fields = ["course", "skill"]


@admin.register(CourseProfile)
class CourseProfileAdmin(GestionModelAdmin):
    changed_by = WRITERS
    may_be_deleted = True
    list_display = ["course", "profile", "origin"]
    list_filter = ["origin", "profile"]
    list_select_related = ["course", "profile"]
    search_fields = ["course__title", "profile__name"]
    autocomplete_fields = ["course", "profile"]


@admin.register(CourseDailyCount)
class CourseDailyCountAdmin(ReadOnlyAdmin):
    list_display = ["day", "course", "appearances", "views", "contacts"]
    list_select_related = ["course"]
    search_fields = ["course__title"]
    date_hierarchy = "day"


@admin.register(CourseProfileCount)
class CourseProfileCountAdmin(ReadOnlyAdmin):
    list_display = ["day", "course", "profile", "recommended"]
    list_select_related = ["course", "profile"]
    list_filter = ["profile"]
    search_fields = ["course__title"]
    date_hierarchy = "day"


@admin.register(SearchDailyCount)
class SearchDailyCountAdmin(ReadOnlyAdmin):
    """What is looked for, and what is not found: by filter and choice, never by person or by text."""

    list_display = ["day", "facet", "value", "searches", "without_answer"]
    list_filter = ["facet"]
    search_fields = ["value"]
    date_hierarchy = "day"


@admin.register(ImportSource)
class ImportSourceAdmin(HealthColumns, GestionModelAdmin):
    """Sources with their health: the last file, since when, and what is wrong."""

    form = FeedForm
    changed_by = frozenset({"manager", "importer"})
    list_display = [
        "name", "label", "is_trusted", "organisation", "last_run", "days_since", "last_count", "health",
    ]  # fmt: skip
    list_filter = ["is_trusted", HealthFilter]
    list_select_related = ["organisation"]
    search_fields = ["name", "label"]
    autocomplete_fields = ["organisation"]
    readonly_fields = ["feed_set_by", "feed_checked_at", "feed_fault"]

    def get_queryset(self, request):
        rows: Any = super().get_queryset(request)
        return rows.with_last_run()

    def get_readonly_fields(self, request, obj=None):
        """Trust lets a source publish without a moderator: a manager gives it."""
        told = list(super().get_readonly_fields(request, obj))
        return told if is_agent_with(request, "manager") else ["is_trusted", *told]

    def save_model(self, request, obj, form, change):
        if form.is_address_new():
            obj.feed_given(request.user)
        super().save_model(request, obj, form, change)


@admin.register(ImportRun)
class ImportRunAdmin(ImportScreens, GestionModelAdmin):
    """Imports of every source; for any organisation, by who is in charge of imports."""

    changed_by = frozenset({"manager", "importer"})
    list_filter = ["state", "source", "dialect"]
    search_fields = ["file_name", "sha256"]
    date_hierarchy = "started_at"

    def upload_form(self, request: HttpRequest, *given: Any) -> AgentUploadForm:
        return AgentUploadForm(*given)


@admin.register(ImportFault)
class ImportFaultAdmin(ReadOnlyAdmin):
    list_display = ["run", "line", "element", "severity", "message", "value"]
    list_filter = ["severity", "code"]
    list_select_related = ["run__source"]
    search_fields = ["element", "message", "value"]


def waiting(request: HttpRequest) -> Iterator[WaitingList]:
    """Courses that lack codes and for which some are proposed; sources in trouble."""
    yield WaitingList(
        label=_("Formations sans code, avec des codes proposés"),
        count=Course.objects.lacking_codes().filter(has_waiting()).count(),
        url=reverse("gestion:courses_course_changelist")
        + f"?{WaitingSuggestions.parameter_name}={WaitingSuggestions.WITHOUT_CODES}",
    )
    yield WaitingList(
        label=_("Sources en défaut"),
        count=ImportSource.objects.with_last_run().in_trouble().count(),
        url=reverse("gestion:courses_importsource_changelist")
        + f"?{HealthFilter.parameter_name}={HealthFilter.TROUBLE}",
        hint=_("Adresse illisible, ou dernier fichier qui n’est pas passé."),
    )


gestion().show_waiting(waiting)
