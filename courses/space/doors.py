"""A body's sources and keys: the address that is read every night, and the keys of its software. Managers write."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.import_screens.feed_forms import FeedForm, TokenForm
from courses.import_screens.health import HealthColumns
from courses.importers import doors, flow
from courses.models import FeedToken, ImportSource
from portal.accounts.person import person_of
from portal.web.space import SPACE, SpaceScreen, organisation_of

MANAGERS = frozenset({"manager"})


@admin.register(ImportSource, site=SPACE)
class SourceScreen(HealthColumns, SpaceScreen):
    """Where files come from; a body that has no source yet adds its own."""

    form = FeedForm
    changed_by = MANAGERS
    rank = 5
    menu = _("Sources et lecture automatique")
    about = _("Une adresse qui donne votre offre (LHÉO, CSV, Excel) : elle est lue chaque nuit, et comparée au site.")
    list_display = ["__str__", "feed_url", "feed_checked_at", "last_run", "days_since", "last_count", "health"]
    fields = ["feed_url", "feed_is_whole", "is_draft_only", "is_trusted", "feed_checked_at", "feed_fault"]
    readonly_fields = ["is_trusted", "feed_checked_at", "feed_fault"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: Any = super().get_queryset(request)
        return rows.with_last_run()

    def get_fields(self, request: HttpRequest, obj: ImportSource | None = None):
        """What the portal says of a source comes with its first reading."""
        fields = super().get_fields(request, obj)
        return fields if obj else [name for name in fields if name not in self.readonly_fields]

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        allowed = super().has_add_permission(request, obj)
        return allowed and not ImportSource.objects.filter(organisation=organisation_of(request)).exists()

    def save_model(self, request: HttpRequest, obj: ImportSource, form: Any, change: bool) -> None:
        if not change:
            own = flow.own_source(organisation_of(request))
            obj.pk, obj.name, obj.label, obj.organisation = own.pk, own.name, own.label, own.organisation
            obj._state.adding = False
        if form.is_address_new():
            obj.feed_given(person_of(request))
        super().save_model(request, obj, form, change)


@admin.register(FeedToken, site=SPACE)
class TokenScreen(SpaceScreen):
    """Made and shown once, then revoked: never changed."""

    owner_path = "source__organisation"
    changed_by = MANAGERS
    rank = 6
    menu = _("Clés d’envoi")
    about = _("Une clé permet à un logiciel d’envoyer vos fichiers de formations, sans ouvrir votre espace.")
    list_display = ["label", "source", "made_by", "made_at", "last_used_on", "revoked_at"]
    list_select_related = ["source", "made_by"]
    search_fields = ["label"]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context=None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = TokenForm(request.POST or None, organisation=organisation_of(request))
        if request.method == "POST" and form.is_valid():
            try:
                token, secret = form.make(person_of(request))
            except doors.TooManyTokens as refused:
                form.add_error(None, str(refused))
            else:
                self.log_addition(request, token, [{"added": {}}])
                return self._page(request, {"title": token.label, "token": token, "secret": secret})
        return self._page(request, {"title": _("Nouvelle clé"), "form": form})

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context=None) -> HttpResponse:
        """GET: what the key does. POST: revoke it."""
        token = self.get_object(request, object_id)
        if token is None:
            raise Http404
        if request.method == "POST":
            if not self.has_change_permission(request, token):
                raise PermissionDenied
            if doors.revoke(token, by=person_of(request)):
                messages.success(request, str(_("Clé révoquée : elle n’ouvre plus rien.")))
            return HttpResponseRedirect(reverse("organisme:courses_feedtoken_change", args=[token.pk]))
        may_revoke = self.has_change_permission(request, token) and token.revoked_at is None
        return self._page(request, {"title": token.label, "token": token, "may_revoke": may_revoke})

    def _page(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "site_name": self.admin_site.name}
        return TemplateResponse(request, "admin/feed_token.html", {**frame, **context})
