"""What both back-offices share: a guarded admin site, and screens where a stranger's object is a 404.

/gestion/ (`gestion.py`) is the agents'; /espace-organisme/ (`space.py`) the training bodies'.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from portal.web.backoffice_fields import BackOfficeFields
from portal.web.exports import csv_answer


@dataclass(frozen=True)
class WaitingList:
    """One line of the index: what waits, how many, since when, and where to see it. None counts nothing: a way in."""

    label: str | Promise
    count: int | None
    url: str
    hint: str | Promise = ""


class FormSearch(AutocompleteJsonView):
    """Django's search for the keys of a form; asked from the other end of a key, it would fail."""

    def process_request(self, request: HttpRequest):
        asked = super().process_request(request)
        if asked[2].auto_created:
            raise PermissionDenied
        return asked


class BackOfficeSite(admin.AdminSite):
    """A guarded site. Floors register their models there, and functions for what waits on the index."""

    index_title = _("Ce qui attend")
    index_template = "admin/camins_index.html"
    enable_nav_sidebar = False
    empty_value_display = "–"
    # the screens that may stand here: those of other packages know nothing of our roles
    screen: type[admin.ModelAdmin] = admin.ModelAdmin

    def __init__(self, name: str):
        super().__init__(name)
        self._waiting: list[Callable[[HttpRequest], Iterable[WaitingList]]] = []
        self._pages: list[tuple[str, Callable[..., HttpResponse], str]] = []

    def show_waiting(self, give: Callable[[HttpRequest], Iterable[WaitingList]], *, is_first: bool = False) -> None:
        """Add a function that gives lines for the index; `is_first`: above those of the others."""
        self._waiting.insert(0 if is_first else len(self._waiting), give)

    def show_page(self, route: str, view: Callable[..., HttpResponse], name: str) -> None:
        """Add a page of its own, behind the guard of the site, before those of the screens."""
        self._pages.append((route, view, name))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own: list[URLPattern | URLResolver] = [
            path(route, self.admin_view(view), name=name) for route, view, name in self._pages
        ]
        return [*own, *super().get_urls()]

    def is_for(self, request: HttpRequest) -> bool:
        """Whether this active person belongs here, second factor or not; each site says it."""
        raise NotImplementedError

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return bool(user.is_active and self.is_for(request) and is_mfa_enabled(user))

    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        """Screens of other packages (groups, second factors) know nothing of our roles: they stay out."""
        if admin_class is not None and issubclass(admin_class, self.screen):
            super().register(model_or_iterable, admin_class, **options)

    def admin_view(self, view, cacheable: bool = False):
        """The guard of every screen: a visitor signs in, a member sets up a second factor, a stranger gets a 404."""
        screen = super().admin_view(view, cacheable)

        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(screen)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            return screen(request, *args, **kwargs) if self.has_permission(request) else self.login(request)

        return guarded

    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """Sign-in belongs to the accounts; a member without a second factor is sent to set one up."""
        index = reverse(f"{self.name}:index")
        if not request.user.is_authenticated:
            return redirect_to_login(index if request.path.endswith("/login/") else request.get_full_path())
        if self.has_permission(request):
            return HttpResponseRedirect(index)
        if request.user.is_active and self.is_for(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        raise Http404

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]
        return FormSearch.as_view(admin_site=self)(request)

    def password_change(self, request: HttpRequest, extra_context=None) -> HttpResponse:  # type: ignore[override]
        return HttpResponseRedirect(reverse("account_change_password"))

    def password_change_done(self, request: HttpRequest, extra_context=None) -> HttpResponse:  # type: ignore[override]
        return HttpResponseRedirect(reverse(f"{self.name}:index"))

    def logout(self, request: HttpRequest, extra_context=None) -> HttpResponse:  # type: ignore[override]
        return HttpResponseRedirect(reverse("account_logout"))

    def index(self, request: HttpRequest, extra_context=None) -> TemplateResponse:
        waiting = [line for give in self._waiting for line in give(request)]
        quiet = [line for line in waiting if line.count == 0]
        busy = [line for line in waiting if line.count != 0]
        return super().index(request, {**(extra_context or {}), "waiting": busy, "quiet": quiet})


class BackOfficeScreen(BackOfficeFields, admin.ModelAdmin):
    """What the screens of both sites share."""

    change_list_template = "admin/list.html"
    # the name of the list where the model's own says it badly
    menu: str | Promise = ""
    # what the list is for, where its name does not say it
    about: str | Promise = ""
    list_per_page = 50
    show_full_result_count = False
    actions = ["export_csv"]

    def changelist_view(self, request: HttpRequest, extra_context=None):
        frame = {"about": self.about, "title": self.menu or capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**frame, **(extra_context or {})})

    def changeform_view(self, request: HttpRequest, object_id=None, form_url="", extra_context=None):
        """Titles without the article that Django's own sentences would need in French."""
        name = capfirst(self.opts.verbose_name)
        title = name if object_id else _("%(name)s : ajout") % {"name": name}
        return super().changeform_view(request, object_id, form_url, {"title": title, **(extra_context or {})})

    @admin.action(description=_("Exporter en CSV les lignes choisies"))
    def export_csv(self, request: HttpRequest, queryset: QuerySet) -> StreamingHttpResponse:
        """The columns of the list, as they are shown; whoever may read may export."""
        names = [name for name in self.get_list_display(request) if isinstance(name, str)]
        header = [str(label_for_field(name, self.model, self)) for name in names]
        rows = ([self._cell(name, row) for name in names] for row in queryset.iterator(chunk_size=500))
        return csv_answer(self.opts.label_lower.replace(".", "-"), header, rows)

    def _cell(self, name: str, row: Model) -> object:
        field, _attribute, value = lookup_field(name, row, self)
        if field is not None and field.choices:
            return getattr(row, f"get_{field.name}_display")()
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def response_action(self, request, queryset, *args, **where):
        """Chosen rows come from a form, and a form may hold anything: what names no row stops before the database."""
        if not all(map(self._names_a_row, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            messages.error(request, _("Une des lignes choisies n'existe pas : rechargez la liste."))
            return HttpResponseRedirect(request.get_full_path())
        return super().response_action(request, queryset, *args, **where)

    def _names_a_row(self, chosen: str) -> bool:
        assert self.opts.pk is not None
        try:
            self.opts.pk.to_python(chosen)
        except ValidationError:
            return False
        return "\x00" not in chosen

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None):
        return super().get_object(request, object_id, from_field or None)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts, object_id: str) -> HttpResponse:
        raise Http404


class BackOfficeInline(BackOfficeFields, admin.StackedInline):
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
