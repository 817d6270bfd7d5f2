"""The page of demand at /gestion/: by skill, each direction in its own column."""

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from jobs.offers.directions import OFFER_DAYS, directions
from portal.reference.models import Department
from portal.web.clock import today
from portal.web.gestion import gestion


class WhereForm(forms.Form):
    """Which département; the whole region where none, or none of ours, is asked."""

    departement = forms.ModelChoiceField(
        Department.objects.all(), label=_("Département"), required=False, empty_label=_("Toute l’Occitanie")
    )


def demand_view(request: HttpRequest) -> HttpResponse:
    """GET: posts posted here and imported, seats, and what each direction lacks."""
    if request.method == "POST":
        raise Http404
    form = WhereForm(request.GET)
    department = form.cleaned_data["departement"] if form.is_valid() else None
    context = {
        **admin.site.each_context(request),
        "title": _("Demande par compétence"),
        "form": form,
        "rows": directions(department.code if department else "", today()),
        "day": today(),
        "offer_days": OFFER_DAYS,
    }
    return TemplateResponse(request, "admin/demand.html", context)


gestion().show_page("demande/", demand_view, name="demand")
