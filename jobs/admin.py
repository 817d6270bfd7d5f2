from django.contrib import admin

from jobs import demand_screen, pool_screen  # noqa: F401 (the screens of demand and of pooled needs)
from jobs.models import Employer, EmployerNeed, NeedDailyCount, NeedSkill, SeekerProject
from portal.moderation.admin import ModeratedAdmin
from portal.web.gestion import GestionInline, GestionModelAdmin, ReadOnlyAdmin


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
    autocomplete_fields = ["employer", "profile", "occupation", "commune"]
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


@admin.register(NeedDailyCount)
class NeedDailyCountAdmin(ReadOnlyAdmin):
    list_display = ["day", "need", "contacts"]
    list_select_related = ["need"]
    search_fields = ["need__title"]
    date_hierarchy = "day"
