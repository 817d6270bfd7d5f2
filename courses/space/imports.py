"""A body's imports: its own files, for itself only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from courses.import_screens.forms import OwnUploadForm, UploadForm
from courses.import_screens.screen import ImportScreens
from courses.models import ImportRun
from portal.web.space import SPACE, SpaceScreen, organisation_of


@admin.register(ImportRun, site=SPACE)
class ImportScreen(ImportScreens, SpaceScreen):
    owner_path = "source__organisation"
    rank = 4
    menu = _("Imports")
    is_by_member = True

    def upload_form(self, request: HttpRequest, *given: Any) -> UploadForm:
        return OwnUploadForm(*given, organisation=organisation_of(request))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Their own: what an agent imports for a source may speak of other bodies."""
        return super().get_queryset(request).filter(is_by_member=True)
