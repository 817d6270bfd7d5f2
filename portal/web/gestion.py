"""/gestion/: Django's admin for agents, behind a second factor; a stranger, or a stranger's object, is a 404."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.web.backoffice import BackOfficeInline, BackOfficeScreen, BackOfficeSite


class GestionModelAdmin(BackOfficeScreen):
    """The base of every screen: every agent reads, the roles of `changed_by` write, superusers do both."""

    # roles of the Région (portal.accounts.enums.Role) that may add and change rows
    changed_by: frozenset[str] = frozenset({"manager"})
    may_be_deleted = False

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


class GestionSite(BackOfficeSite):
    """The agents' site."""

    site_header = _("Camins – gestion")
    site_title = _("Camins – gestion")
    screen = GestionModelAdmin

    def __init__(self, name: str = "gestion"):
        super().__init__(name)

    def is_for(self, request: HttpRequest) -> bool:
        return bool(request.user.is_staff)


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


class ReadOnlyAdmin(GestionModelAdmin):
    """A screen that only shows: traces, counters, what a database trigger or a command wrote."""

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


class GestionInline(BackOfficeInline):
    """Rows of a parent at /gestion/."""
