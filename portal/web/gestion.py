"""/gestion/: Django's admin for agents, behind a second factor; a stranger's object is a 404."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class GestionSite(admin.AdminSite):
    """The agents' site. Floors add their screens by registering models and by `waiting_lists`."""

    site_header = _("Camins – gestion")
    site_title = _("Camins – gestion")
    index_title = _("Ce qui attend")
    index_template = "admin/camins_index.html"
    enable_nav_sidebar = False
    empty_value_display = "–"

    def __init__(self, name: str = "gestion"):
        super().__init__(name)
        # functions that give (label, count, address) for the index; each floor registers its own
        self.waiting_lists: list = []

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return bool(user.is_active and user.is_staff and is_mfa_enabled(user))

    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """Sign-in belongs to the accounts; an agent without a second factor is sent to set one up."""
        target = request.get_full_path() if not request.path.endswith("/login/") else reverse("gestion:index")
        if not request.user.is_authenticated:
            return redirect_to_login(target)
        if request.user.is_staff and not is_mfa_enabled(request.user):
            return HttpResponseRedirect(reverse("mfa_index"))
        raise Http404

    def index(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        waiting = [row for give in self.waiting_lists for row in give(request)]
        return super().index(request, {**(extra_context or {}), "waiting": waiting})


class GestionModelAdmin(admin.ModelAdmin):
    """The base of every screen: moderation states are read only, a stranger's object is a 404."""

    list_per_page = 50
    show_full_result_count = False
    save_on_top = True
