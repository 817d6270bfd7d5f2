"""A body's imports: its own files, for itself only."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.import_screens.forms import OwnUploadForm, UploadForm
from courses.import_screens.screen import ImportScreens
from courses.importers.lheo_export import exported, lheo_bytes
from courses.models import Course, ImportRun
from portal.web.space import SPACE, SpaceScreen, organisation_of


@admin.register(ImportRun, site=SPACE)
class ImportScreen(ImportScreens, SpaceScreen):
    owner_path = "source__organisation"
    rank = 4
    menu = _("Imports")
    is_by_member = True

    def get_urls(self) -> list[URLPattern]:
        own = path("export-lheo/", self.admin_site.admin_view(self.export_view), name="courses_importrun_export")
        return [own, *super().get_urls()]

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """The published courses of the body, as LHEO 2.3: another portal takes them, or this one takes them back."""
        courses = Course.objects.published().of_organisation(organisation_of(request))
        if not courses.exists():  # LHEO knows no file without a course
            messages.info(request, _("Aucune de vos formations n’est publiée : il n’y a rien à exporter."))
            return HttpResponseRedirect(reverse("organisme:courses_importrun_changelist"))
        told = timezone.localtime().isoformat(timespec="seconds")
        return HttpResponse(
            lheo_bytes(exported(courses), exported_at=told),
            content_type="application/xml; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="formations-lheo.xml"'},
        )

    def upload_form(self, request: HttpRequest, *given: Any) -> UploadForm:
        return OwnUploadForm(*given, organisation=organisation_of(request))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Their own: what an agent imports for a source may speak of other bodies."""
        return super().get_queryset(request).filter(is_by_member=True)
