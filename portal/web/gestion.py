"""/gestion/: Django's admin for agents, behind a second factor; a stranger, or a stranger's object, is a 404."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import admin
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from portal.web.exports import csv_answer
from portal.web.gestion_fields import GestionFields


@dataclass(frozen=True)
class WaitingList:
    """One line of the index: what waits, how many, since when, and where to see it."""

    label: str | Promise
    count: int
    url: str
    hint: str | Promise = ""


class GestionSite(admin.AdminSite):
    """The agents' site. Floors register their models here, and a function for what waits on the index."""

    site_header = _("Camins – gestion")
    site_title = _("Camins – gestion")
    index_title = _("Ce qui attend")
    index_template = "admin/camins_index.html"
    enable_nav_sidebar = False
    empty_value_display = "–"

    def __init__(self, name: str = "gestion"):
        super().__init__(name)
        self._waiting: list[Callable[[HttpRequest], Iterable[WaitingList]]] = []

    def show_waiting(self, give: Callable[[HttpRequest], Iterable[WaitingList]]) -> None:
        """Add a function that gives lines for the index."""
        self._waiting.append(give)

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return bool(user.is_active and user.is_staff and is_mfa_enabled(user))

    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        """Screens of other packages (groups, second factors) know nothing of our roles: they stay out."""
        if admin_class is not None and issubclass(admin_class, GestionModelAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def admin_view(self, view, cacheable: bool = False):
        """The guard of every screen: a visitor signs in, an agent sets up a second factor, a stranger gets a 404."""
        screen = super().admin_view(view, cacheable)

        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(screen)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            return screen(request, *args, **kwargs) if self.has_permission(request) else self.login(request)

        return guarded

    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """Sign-in belongs to the accounts; an agent without a second factor is sent to set one up."""
        target = request.get_full_path() if not request.path.endswith("/login/") else reverse("gestion:index")
        if not request.user.is_authenticated:
            return redirect_to_login(target)
        if request.user.is_staff and request.user.is_active and not is_mfa_enabled(request.user):
            return HttpResponseRedirect(reverse("mfa_index"))
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("gestion:index"))
        raise Http404

    def password_change(self, request: HttpRequest, extra_context=None) -> HttpResponse:  # type: ignore[override]
        return HttpResponseRedirect(reverse("account_change_password"))

    def password_change_done(self, request: HttpRequest, extra_context=None) -> HttpResponse:  # type: ignore[override]
        return HttpResponseRedirect(reverse("gestion:index"))

    def logout(self, request: HttpRequest, extra_context=None) -> HttpResponse:  # type: ignore[override]
        return HttpResponseRedirect(reverse("account_logout"))

    def index(self, request: HttpRequest, extra_context=None) -> TemplateResponse:
        waiting = [line for give in self._waiting for line in give(request)]
        return super().index(request, {**(extra_context or {}), "waiting": waiting})


def region_roles(request: HttpRequest) -> frozenset[str]:
    """The person's roles in the Région, read once per request: an index asks for each of its screens."""
    known: frozenset[str] | None = getattr(request, "_region_roles", None)
    if known is None:
        user: Any = request.user  # the accounts' User, which lies above this room
        present = user.memberships.present().filter(organisation__kinds__contains=["region"])
        known = frozenset(present.values_list("role", flat=True))
        request._region_roles = known  # type: ignore[attr-defined]
    return known


def is_agent_with(request: HttpRequest, *roles: str) -> bool:
    """Whether the person has one of these roles in the Région; a superuser has them all."""
    user = request.user
    if not user.is_authenticated:
        return False
    return bool(user.is_superuser or region_roles(request) & set(roles))


# the site that `admin.register` and the floors find; GestionAdminConfig makes it Django's default
def gestion() -> GestionSite:
    site = admin.site
    assert isinstance(site, GestionSite)
    return site


class GestionModelAdmin(GestionFields, admin.ModelAdmin):
    """The base of every screen: every agent reads, the roles of `changed_by` write, superusers do both."""

    # roles of the Région (portal.accounts.enums.Role) that may add and change rows
    changed_by: frozenset[str] = frozenset({"manager"})
    may_be_deleted = False
    list_per_page = 50
    show_full_result_count = False
    actions = ["export_csv"]

    @admin.action(description=_("Exporter en CSV les lignes choisies"))
    def export_csv(self, request: HttpRequest, queryset: QuerySet) -> StreamingHttpResponse:
        """The columns of the list, as they are shown; every agent may read, so every agent may export."""
        names = [name for name in self.get_list_display(request) if isinstance(name, str)]
        header = [str(label_for_field(name, self.model, self)) for name in names]
        rows = ([self._cell(name, row) for name in names] for row in queryset.iterator(chunk_size=500))
        return csv_answer(self.opts.label_lower.replace(".", "-"), header, rows)

    def _cell(self, name: str, row: Model) -> object:
        field, _attribute, value = lookup_field(name, row, self)
        if field is not None and field.choices:
            return getattr(row, f"get_{field.name}_display")()
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def _may_write(self, request: HttpRequest) -> bool:
        return is_agent_with(request, *self.changed_by)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._may_write(request)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._may_write(request)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return self.may_be_deleted and self._may_write(request)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None):
        return super().get_object(request, object_id, from_field or None)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts, object_id: str) -> HttpResponse:
        raise Http404


class ReadOnlyAdmin(GestionModelAdmin):
    """A screen that only shows: traces, counters, what a database trigger or a command wrote."""

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


class GestionInline(GestionFields, admin.StackedInline):
    """Rows of a parent, with the parent's rights."""

    extra = 0
    show_change_link = True
    max_num = 200

    def get_fieldsets(self, request: HttpRequest, obj=None):
        """One line per row: each field keeps its own label, and the line folds on a narrow screen."""
        return [(None, {"fields": [tuple(self.get_fields(request, obj))]})]

    def get_formset(self, request: HttpRequest, obj=None, **kwargs):
        """Django would draw 2,000 rows for whoever asks; no parent has so many, and each costs some milliseconds."""
        return super().get_formset(request, obj, absolute_max=self.max_num + 50, **kwargs)

    def _parent(self) -> admin.ModelAdmin:
        return self.admin_site.get_model_admin(self.parent_model)

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._parent().has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._parent().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._parent().has_change_permission(request, obj)
