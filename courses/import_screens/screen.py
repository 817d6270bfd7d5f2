"""The pages of imports: list, sending, one import, its rows, one row. A site adds whose imports they are."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from courses.enums import RunState
from courses.import_screens import shown
from courses.import_screens.forms import STATES, ColumnsForm, ReplaceForm, RowForm, RowsForm, UploadForm
from courses.import_screens.models_to_fill import KINDS, csv_model, xlsx_model
from courses.importers import flow
from courses.importers.faults import ImportRefused
from courses.importers.staging import TABLES
from courses.models import ImportRun, StagingRow
from courses.tasks import carry_imports
from portal.accounts.models import User
from portal.moderation.models import ModerationError
from portal.web.backoffice import BackOfficeScreen

ASKED: dict[str, tuple[Callable[..., Any], Any]] = {
    "plan": (lambda run, by: flow.plan(run), _("La comparaison avec le site commence.")),
    "apply": (lambda run, by: flow.apply(run), _("L’import s’applique : tout, ou rien si quelque chose échoue.")),
    "drop": (lambda run, by: flow.drop(run), _("Import abandonné : rien n’a été changé.")),
    "undo": (lambda run, by: flow.undo(run, by=by), _("L’annulation commence.")),
}
NOTHING = _("Choisissez une action de la page.")


def ring() -> None:
    """Wake a worker once the transaction is over; should the bell fail, the clock finds the run within a minute."""
    transaction.on_commit(partial(carry_imports.apply_async, retry=False), robust=True)


def user_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


class ImportScreens(BackOfficeScreen):
    """The screen of ImportRun, before the one that says whose site it is: rights and rows are that one's."""

    list_display = ["file_name", "state", "source", "dialect", "started_at", "by"]
    list_filter = ["state"]
    list_select_related = ["source", "by"]
    search_fields = ["file_name"]
    change_list_template = "admin/imports.html"
    is_by_member = False

    def upload_form(self, request: HttpRequest, *given: Any) -> UploadForm:
        raise NotImplementedError

    def get_urls(self):
        guard = self.admin_site.admin_view
        own = [
            path("modele/<str:kind>/", guard(self.model_view), name="courses_importrun_model"),
            path("<path:object_id>/lignes/", guard(self.rows_view), name="courses_importrun_rows"),
            path("<path:object_id>/lignes/<int:rank>/", guard(self.row_view), name="courses_importrun_row"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return super().changelist_view(request, {"site_name": self.admin_site.name, **(extra_context or {})})

    # --- sending a file
    def model_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        if kind not in KINDS:
            raise Http404
        return csv_model() if kind == "csv" else xlsx_model()

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context=None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = (
            self.upload_form(request, request.POST, request.FILES)
            if request.method == "POST"
            else self.upload_form(request)
        )
        if request.method == "POST" and form.is_valid():
            run = self._upload(request, form)
            if run is not None:
                return HttpResponseRedirect(self._at("change", run))
        return self._page(request, "admin/import_add.html", {"title": _("Nouvel import"), "form": form})

    def _upload(self, request: HttpRequest, form: UploadForm) -> ImportRun | None:
        file: UploadedFile = form.cleaned_data["file"]
        try:
            with transaction.atomic():
                run = flow.upload(
                    source=form.source(),
                    chunks=file.chunks(),
                    file_name=file.name or "",
                    by=user_of(request),
                    is_by_member=self.is_by_member,
                    is_whole_offer=form.cleaned_data["is_whole_offer"],
                )
                ring()
        except ImportRefused as refused:
            form.add_error("file", refused.fault.message)
            return None
        return run

    # --- one import
    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context=None) -> HttpResponse:
        """GET: where it is. POST verb=…: plan, apply, undo, drop, or name the columns."""
        run = self._run_or_404(request, object_id)
        columns = self._columns_form(request, run)
        if request.method == "POST":
            self._writers_only(request, run)
            if request.POST.get("verb") == "columns" and columns is not None:
                if self._name_columns(request, run, columns):
                    return HttpResponseRedirect(self._at("change", run))
            else:
                self._ask(request, run, request.POST.get("verb", ""))
                return HttpResponseRedirect(self._at("change", run))
        context = {
            "title": run.file_name,
            "columns": columns,
            "listings_url": reverse(f"{self.admin_site.name}:courses_course_changelist"),
            **shown.run_context(run),
        }
        context["rows_url"] = self._at("rows", run)
        answer = self._page(request, "admin/import_run.html", context)
        if request.headers.get("HX-Request") and not run.is_at_work:
            answer["HX-Refresh"] = "true"
        return answer

    def _ask(self, request: HttpRequest, run: ImportRun, verb: str) -> None:
        if verb not in ASKED:
            messages.error(request, str(NOTHING))
            return
        act, said = ASKED[verb]
        if self._carried_out(request, lambda: act(run, user_of(request))):
            messages.success(request, str(said))

    def _carried_out(self, request: HttpRequest, act: Callable[[], Any]) -> bool:
        try:
            with transaction.atomic():
                act()
                ring()
        except ModerationError as refused:
            messages.error(request, str(refused))
            return False
        return True

    def _columns_form(self, request: HttpRequest, run: ImportRun) -> ColumnsForm | None:
        if run.state != RunState.TO_MAP:
            return None
        given = [request.POST] if request.POST.get("verb") == "columns" else []
        return ColumnsForm(*given, headers=run.columns["headers"], fields=run.columns["fields"])

    def _name_columns(self, request: HttpRequest, run: ImportRun, form: ColumnsForm) -> bool:
        return form.is_valid() and self._carried_out(
            request, lambda: flow.name_columns(run, form.said(), by=user_of(request))
        )

    # --- its rows
    def rows_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """GET: rows, by fault or by what will be done. POST verb=…: mend or leave out many at once."""
        run = self._run_or_404(request, object_id)
        told = RowsForm(request.GET).told()
        replace = ReplaceForm(request.POST) if request.POST.get("verb") == "replace" else ReplaceForm()
        if request.method == "POST":
            self._writers_only(request, run)
            self._change_rows(request, run, told, replace)
            return HttpResponseRedirect(request.get_full_path())
        page = shown.rows_shown(run, told)
        context = {
            "title": _("Lignes de l’import"),
            "run": run,
            "page": page,
            "rows": page.object_list,
            "told": told,
            "kinds": shown.kinds_of(run),
            "replace": replace if run.dialect in TABLES else None,
            "states": STATES,
            "run_url": self._at("change", run),
            "may_mend": self._may_mend(request, run),
        }
        kept = {name: told[name] for name in ("faute", "etat") if told.get(name)}
        context["query"] = shown.urlencode(kept)
        return self._page(request, "admin/import_rows.html", context)

    def _change_rows(self, request: HttpRequest, run: ImportRun, told: dict[str, Any], replace: ReplaceForm) -> None:
        verb, counted = request.POST.get("verb", ""), []
        if verb == "replace" and run.dialect in TABLES and replace.is_valid():
            said = replace.cleaned_data
            act = lambda: counted.append(flow.mend_everywhere(run, said["field"], said["old"], said["new"]))  # noqa: E731
        elif verb in ("leave_out", "take_in") and (told.get("faute") or told.get("etat")):
            rows = shown.rows_meant(run, told).order_by()
            act = lambda: counted.append(flow.leave_out(run, rows, is_left_out=verb == "leave_out"))  # noqa: E731
        else:
            messages.error(request, str(NOTHING))
            return
        if self._carried_out(request, act):
            messages.success(request, str(_("%(count)d lignes changées.") % {"count": counted[0]}))

    def row_view(self, request: HttpRequest, object_id: str, rank: int) -> HttpResponse:
        """GET: one row, each raw value beside what it means. POST: other values, or leave it out."""
        run = self._run_or_404(request, object_id)
        row = run.rows.select_related("run__source").filter(rank=rank).first() if rank < 2**31 else None
        if row is None:
            raise Http404
        cells = shown.cells_of(row)
        form = RowForm(request.POST or None, cells=[(cell.name, cell.label, cell.now) for cell in cells])
        if request.method == "POST":
            self._writers_only(request, run)
            if self._change_row(request, run, row, form):
                return HttpResponseRedirect(self._after(run, row))
        return self._page(request, "admin/import_row.html", self._row_context(request, run, row, form, cells))

    def _change_row(self, request: HttpRequest, run: ImportRun, row: StagingRow, form: RowForm) -> bool:
        verb = request.POST.get("verb", "")
        if verb in ("leave_out", "take_in"):
            rows = StagingRow.objects.filter(pk=row.pk)
            return self._carried_out(request, lambda: flow.leave_out(run, rows, is_left_out=verb == "leave_out"))
        if not form.is_valid():
            return False
        if self._carried_out(request, lambda: flow.mend(row, form.changed())):
            told = (
                _("Ligne enregistrée : elle est sans faute.")
                if not row.has_errors
                else _("Ligne enregistrée, encore en faute.")
            )
            messages.success(request, str(told))
        return True

    def _after(self, run: ImportRun, row: StagingRow) -> str:
        """Where one goes from a row: to the next in fault, round to the first, then to the run; or stays."""
        if row.has_errors:
            return self._at("row", run, row.rank)
        faulty = run.rows.faulty().order_by("rank")
        following = faulty.filter(rank__gt=row.rank).first() or faulty.first()
        return self._at("row", run, following.rank) if following else self._at("change", run)

    def _row_context(
        self, request: HttpRequest, run: ImportRun, row: StagingRow, form: RowForm, cells
    ) -> dict[str, Any]:
        fields = [(cell, form[f"v-{cell.name}"]) for cell in cells]
        following = run.rows.faulty().filter(rank__gt=row.rank).order_by("rank").first()
        return {
            "title": _("Ligne %(line)d") % {"line": row.line},
            "run": run,
            "row": row,
            "form": form,
            "faulty_fields": [each for each in fields if each[0].is_faulty],
            "other_fields": [each for each in fields if not each[0].is_faulty],
            "may_mend": self._may_mend(request, run),
            "rows_url": self._at("rows", run),
            "run_url": self._at("change", run),
            "next_url": self._at("row", run, following.rank) if following else "",
        }

    # --- what all of them share
    def _run_or_404(self, request: HttpRequest, object_id: str) -> ImportRun:
        run = self.get_object(request, object_id)
        if run is None:
            raise Http404
        return run

    def _writers_only(self, request: HttpRequest, run: ImportRun) -> None:
        if not self.has_change_permission(request, run):
            raise PermissionDenied

    def _may_mend(self, request: HttpRequest, run: ImportRun) -> bool:
        is_open = run.state in (RunState.TO_MEND, RunState.PLANNED)
        return is_open and self.has_change_permission(request, run)

    def _at(self, page: str, run: ImportRun, *more: int) -> str:
        return reverse(f"{self.admin_site.name}:courses_importrun_{page}", args=[run.pk, *more])

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "site_name": self.admin_site.name}
        frame["may_write"] = self.has_change_permission(request)
        return TemplateResponse(request, template, {**frame, **context})
