from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.reference.models import (
    Certification,
    Commune,
    Department,
    EmploymentBasin,
    Formacode,
    FormerCommune,
    JobProfile,
    JobProfileAlias,
    JobTitle,
    ListedBody,
    ListedCentre,
    Nsf,
    Occupation,
    OccupationMove,
    OccupationSkill,
    ProfileOccupation,
    ProfileSkill,
    Skill,
    SkillAlias,
    SkillEvidence,
)
from portal.web.gestion import GestionInline, GestionModelAdmin, ReadOnlyAdmin


class ReferenceAdmin(GestionModelAdmin):
    changed_by = frozenset({"manager", "importer"})


@admin.register(Department)
class DepartmentAdmin(ReferenceAdmin):
    list_display = ["code", "name", "chief_town", "population"]
    search_fields = ["code", "name"]


@admin.register(EmploymentBasin)
class EmploymentBasinAdmin(ReferenceAdmin):
    list_display = ["code", "name"]
    search_fields = ["code", "name"]


class FormerCommuneInline(GestionInline):
    model = FormerCommune


@admin.register(Commune)
class CommuneAdmin(ReferenceAdmin):
    list_display = ["name", "department", "insee", "postcodes", "population"]
    list_filter = ["department"]
    list_select_related = ["department"]
    search_fields = ["key", "insee", "name"]
    autocomplete_fields = ["department", "basin"]
    readonly_fields = ["key"]
    inlines = [FormerCommuneInline]


@admin.register(FormerCommune)
class FormerCommuneAdmin(ReferenceAdmin):
    list_display = ["insee", "name", "commune"]
    search_fields = ["insee", "name"]
    autocomplete_fields = ["commune"]


class SkillAliasInline(GestionInline):
    model = SkillAlias
    readonly_fields = ["key"]


class SkillEvidenceInline(GestionInline):
    """Judged with the words, and loaded with them: shown here, never changed here."""

    model = SkillEvidence
    fields = ["source", "code", "closeness", "address"]
    readonly_fields = ["address"]

    @admin.display(description=_("adresse"))
    def address(self, evidence: SkillEvidence) -> str:
        uri = evidence.uri
        return format_html('<a href="{}">{}</a>', uri, uri) if uri else self.get_empty_value_display()

    def has_add_permission(self, request: HttpRequest, obj: Skill | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Skill | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Skill | None = None) -> bool:
        return False


@admin.register(Skill)
class SkillAdmin(ReferenceAdmin):
    list_display = ["label", "kind", "family", "code", "is_obsolete"]
    list_filter = ["kind", "family", "is_obsolete"]
    search_fields = ["label", "code", "aliases__label"]
    readonly_fields = ["key", "levels"]
    inlines = [SkillAliasInline, SkillEvidenceInline]


@admin.register(SkillAlias)
class SkillAliasAdmin(ReferenceAdmin):
    list_display = ["label", "skill"]
    list_select_related = ["skill"]
    search_fields = ["label", "skill__label"]
    autocomplete_fields = ["skill"]
    readonly_fields = ["key"]


@admin.register(Occupation)
class OccupationAdmin(ReferenceAdmin):
    list_display = ["code", "label", "domain_label", "is_common_start", "is_obsolete", "version"]
    list_filter = ["is_common_start", "is_obsolete", "version"]
    search_fields = ["code", "label"]
    autocomplete_fields = ["parent"]
    readonly_fields = ["key"]


@admin.register(JobTitle)
class JobTitleAdmin(ReferenceAdmin):
    list_display = ["label", "occupation", "is_main", "ogr"]
    list_filter = ["is_main"]
    list_select_related = ["occupation"]
    search_fields = ["label", "occupation__code"]
    autocomplete_fields = ["occupation"]
    readonly_fields = ["key"]


@admin.register(OccupationSkill)
class OccupationSkillAdmin(ReferenceAdmin):
    list_display = ["occupation", "skill", "core", "level", "source"]
    list_filter = ["core", "source"]
    list_select_related = ["occupation", "skill"]
    search_fields = ["occupation__code", "skill__label"]
    autocomplete_fields = ["occupation", "skill"]
    may_be_deleted = True


@admin.register(OccupationMove)
class OccupationMoveAdmin(ReferenceAdmin):
    list_display = ["start", "target", "rank"]
    list_select_related = ["start", "target"]
    search_fields = ["start__code", "target__code"]
    autocomplete_fields = ["start", "target"]


@admin.register(Formacode)
class FormacodeAdmin(ReferenceAdmin):
    list_display = ["code", "label"]
    search_fields = ["code", "label"]


@admin.register(Nsf)
class NsfAdmin(ReferenceAdmin):
    list_display = ["code", "label"]
    search_fields = ["code", "label"]


@admin.register(Certification)
class CertificationAdmin(ReferenceAdmin):
    list_display = ["title", "register", "number", "level", "is_active", "valid_until", "replaced_by"]
    list_filter = ["register", "level", "is_active", "source"]
    search_fields = ["number", "title"]
    autocomplete_fields = ["occupations", "formacodes", "nsf"]


class ProfileSkillInline(GestionInline):
    model = ProfileSkill
    autocomplete_fields = ["skill"]


class ProfileAliasInline(GestionInline):
    model = JobProfileAlias
    readonly_fields = ["key"]


class ProfileOccupationInline(GestionInline):
    model = ProfileOccupation
    autocomplete_fields = ["occupation"]


@admin.register(JobProfile)
class JobProfileAdmin(ReferenceAdmin):
    list_display = ["name", "family", "usual_level", "is_shown", "version"]
    list_filter = ["family", "usual_level", "is_shown"]
    search_fields = ["name", "aliases__label"]
    autocomplete_fields = ["formacodes"]
    readonly_fields = ["key"]
    inlines = [ProfileSkillInline, ProfileAliasInline, ProfileOccupationInline]


@admin.register(JobProfileAlias)
class JobProfileAliasAdmin(ReferenceAdmin):
    list_display = ["label", "profile", "source"]
    list_select_related = ["profile"]
    search_fields = ["label", "profile__name"]
    autocomplete_fields = ["profile"]
    readonly_fields = ["key"]


@admin.register(ProfileSkill)
class ProfileSkillAdmin(ReferenceAdmin):
    list_display = ["profile", "skill", "importance", "level"]
    list_filter = ["importance", "level"]
    list_select_related = ["profile", "skill"]
    search_fields = ["profile__name", "skill__label"]
    autocomplete_fields = ["profile", "skill"]
    may_be_deleted = True


@admin.register(ProfileOccupation)
class ProfileOccupationAdmin(ReferenceAdmin):
    list_display = ["profile", "occupation", "why"]
    list_select_related = ["profile", "occupation"]
    search_fields = ["profile__name", "occupation__code"]
    autocomplete_fields = ["profile", "occupation"]
    may_be_deleted = True


@admin.register(ListedBody)
class ListedBodyAdmin(ReadOnlyAdmin):
    """What the public list says: corrected by a newer list, never here."""

    list_display = ["name", "nda", "siret", "town", "does_training", "does_apprenticeship", "listed_on", "gone_on"]
    list_filter = ["department", "does_training", "does_apprenticeship", ("gone_on", admin.EmptyFieldListFilter)]
    search_fields = ["=nda", "=siret", "=siren", "name"]


@admin.register(ListedCentre)
class ListedCentreAdmin(ReadOnlyAdmin):
    list_display = ["name", "uai", "siret", "town", "is_certified", "source", "listed_on", "gone_on"]
    list_filter = ["source", "sector", "is_certified", ("gone_on", admin.EmptyFieldListFilter)]
    search_fields = ["=uai", "=siret", "name"]
