"""How often the listings of a body are seen and written to. Days and listings, never a visitor."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from courses.models import CourseDailyCount
from courses.statistics import figures_of
from portal.web.space import SPACE, SpaceScreen, organisation_of


@admin.register(CourseDailyCount, site=SPACE)
class CountScreen(SpaceScreen):
    owner_path = "course__provider__organisation"
    may_be_added = False
    rank = 9
    menu = _("Statistiques")
    list_display = ["day", "course", "views", "contacts"]
    list_select_related = ["course"]
    search_fields = ["course__title"]
    date_hierarchy = "day"
    change_list_template = "admin/space_statistics.html"

    def has_change_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        extra = {**(extra_context or {}), "figures": figures_of(organisation_of(request))}
        return super().changelist_view(request, extra)
