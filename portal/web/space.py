"""/espace-organisme/ and /espace-employeur/: Django's admin for organisations, each in front of its own rows.

A person acts for one organisation at a time, the one they chose or the first of theirs. Every queryset, every key and
every right starts from it; what belongs to another organisation does not exist. Nothing here opens in a popup.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from operator import attrgetter
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.web.backoffice import BackOfficeInline, BackOfficeScreen, BackOfficeSite
from portal.web.page import read_only_database
from portal.web.traces import traces_of

WRITERS = frozenset({"manager", "editor"})


@dataclass(frozen=True)
class Acting:
    """For whom a person acts: an organisation, with their role there, and the others they could act for."""

    organisation: Any
    role: str
    others: tuple[Any, ...] = ()


def acting(request: HttpRequest, site: "SpaceSite | None" = None) -> Acting | None:
    """Read once per request and space from present memberships; None for who belongs to no organisation of the space.

    Without a site, the space that the request came to.
    """
    space = site or getattr(request, "space", None)
    if space is None:
        return None
    known: dict[str, Acting | None] = request.__dict__.setdefault("_acting", {})
    if space.name not in known:
        known[space.name] = _read_acting(request, space)
    return known[space.name]


def _read_acting(request: HttpRequest, space: "SpaceSite") -> Acting | None:
    user: Any = request.user  # the accounts' User, which lies above this room
    if not user.is_authenticated:
        return None
    present = user.memberships.present().filter(organisation__kinds__overlap=list(space.kinds))
    links = list(present.select_related("organisation").order_by("organisation__name", "pk"))
    if not links:
        return None
    chosen = request.session.get(space.chosen)
    here = next((link for link in links if link.organisation_id == chosen), links[0])
    return Acting(here.organisation, here.role, tuple(each.organisation for each in links if each is not here))


def organisation_of(request: HttpRequest) -> Any:
    """The organisation that the person acts for; 404 for who has none, so that no screen works without it."""
    known = acting(request)
    if known is None:
        raise Http404
    return known.organisation


def may(request: HttpRequest, roles: Iterable[str]) -> bool:
    known = acting(request)
    return known is not None and known.role in roles


class _Own:
    """What screens and their inlines share: keys lead to own rows or public lists, and nothing opens in a popup."""

    admin_site: admin.AdminSite

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def get_field_queryset(self, db, db_field, request) -> QuerySet:
        """The rows that a key may name: those of the related screen of this space; none where there is no such."""
        related = db_field.remote_field.model
        screen = self.admin_site._registry.get(related)
        return screen.get_queryset(request) if screen else related._default_manager.none()


class SpaceScreen(_Own, BackOfficeScreen):
    """The base of every screen: members read, managers and editors write; rows of others are a 404."""

    # how a row leads to the organisation it belongs to
    owner_path = "organisation"
    changed_by: frozenset[str] = WRITERS
    may_be_added = True
    may_be_deleted = False
    view_on_site = False
    # its place on the index
    rank = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(**{self.owner_path: organisation_of(request)})

    def history_view(self, request: HttpRequest, object_id: str, extra_context=None) -> TemplateResponse:
        """What the triggers of the database wrote; people of other organisations, agents too, are not named."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        people = organisation_of(request).memberships.values_list("user_id", flat=True)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Historique"),
            "opts": self.opts,
            "object": row,
            "traces": traces_of(row, set(people)),
        }
        return TemplateResponse(request, "admin/space_history.html", context)

    def is_own(self, request: HttpRequest, obj: Model | None) -> bool:
        """True of no row, or of one that is not saved: the question is then about the screen."""
        owner = attrgetter(self.owner_path.replace("__", ".") + "_id")
        return obj is None or obj.pk is None or owner(obj) == organisation_of(request).pk

    def has_module_permission(self, request: HttpRequest) -> bool:
        return acting(request) is not None

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return acting(request) is not None and self.is_own(request, obj)

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return self.may_be_added and may(request, self.changed_by)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return may(request, self.changed_by) and self.is_own(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return self.may_be_deleted and self.has_change_permission(request, obj)


class PublicListScreen(SpaceScreen):
    """A public list (communes, ROME, Formacode...) that forms search in: no page of its own, the same for all."""

    may_be_added = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super(SpaceScreen, self).get_queryset(request)

    def get_urls(self) -> list[URLPattern]:
        return []

    def is_own(self, request: HttpRequest, obj: Model | None) -> bool:
        return True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


class SpaceInline(_Own, BackOfficeInline):
    """Rows of a parent of this space."""

    show_change_link = False

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._parent().has_view_permission(request, obj)


ReadingView = Callable[..., HttpResponse]


class SpaceSite(BackOfficeSite):
    """The site of one sort of organisations; agents are no members of it, superusers neither.

    `kinds` are those (portal.accounts.enums.OrganisationKind) that have this space.
    """

    index_title = _("À faire")
    index_template = "admin/space_index.html"
    screen = SpaceScreen

    def __init__(self, name: str, *, kinds: tuple[str, ...], title: str | Promise):
        super().__init__(name)
        self.kinds = kinds
        self.site_header = self.site_title = title  # type: ignore[assignment]
        self.chosen = f"espace_{name}"
        self._menu: list[tuple[str, str | Promise]] = []

    def show_reading_page(self, route: str, view: ReadingView, name: str, *, menu: str | Promise = "") -> None:
        """Add a page that only reads; one with a `menu` text stands on the index too. `view` starts from
        `organisation_of(request)`, as every screen does.
        """
        self.show_page(route, require_safe(self._reading(view)), name)
        if menu:
            self._menu.append((name, menu))

    def _reading(self, view: ReadingView) -> ReadingView:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            request.current_app = self.name
            with read_only_database():
                return view(request, *args, **kwargs)

        return guarded

    def is_for(self, request: HttpRequest) -> bool:
        return acting(request, self) is not None

    def admin_view(self, view, cacheable: bool = False):
        """Every screen knows which space it stands in."""
        screen = super().admin_view(view, cacheable)

        @wraps(screen)
        def here(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            request.space = self  # type: ignore[attr-defined]
            return screen(request, *args, **kwargs)

        return here

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Without the address that shows any row by its number, and with the choice of the organisation."""
        kept = [line for line in super().get_urls() if getattr(line, "name", None) != "view_on_site"]
        return [path("pour/<int:number>/", self.admin_view(self.choose), name="choose"), *kept]

    def choose(self, request: HttpRequest, number: int) -> HttpResponseRedirect:
        """POST: act for another organisation of mine."""
        known = acting(request, self)
        mine = {each.pk for each in (known.organisation, *known.others)} if known else set()
        if request.method != "POST" or number not in mine:
            raise Http404
        request.session[self.chosen] = number
        return HttpResponseRedirect(reverse(f"{self.name}:index"))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """One list, in the order of use: whose floor a screen stands on means nothing to a body."""
        found = [line for app in super().get_app_list(request, app_label) for line in app["models"]]
        for line in found:
            screen: Any = self._registry[line["model"]]
            line["name"], line["rank"] = screen.menu or line["name"], screen.rank
        if not found:
            return []
        lines = sorted(found, key=lambda line: (line["rank"], str(line["name"])))
        url = reverse(f"{self.name}:index")
        return [{"name": _("Mes fiches"), "app_label": "", "app_url": url, "has_module_perms": True, "models": lines}]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        pages = [(reverse(f"{self.name}:{name}"), menu) for name, menu in self._menu]
        known = acting(request, self)
        mine = known.others if known else ()
        others = [(reverse(f"{self.name}:choose", args=[each.pk]), each.name) for each in mine]
        return {**super().each_context(request), "acting": known, "acting_others": others, "space_pages": pages}


# floors register their screens here, in their room "space"
SPACE = SpaceSite("organisme", kinds=("body", "cfa"), title=_("Camins – espace organisme"))
EMPLOYERS = SpaceSite("employeur", kinds=("employer",), title=_("Camins – espace employeur"))
