"""Every way in: the query parameters of each address and the fields of each form, as the code itself tells them."""

import re
from collections.abc import Iterator

from django.contrib import admin
from django.http import HttpResponse
from lxml import html

from courses.api.answers import AnswerForm
from courses.claim_forms import NumberForm
from courses.filters import CourseFilterSet
from courses.forms import BodyForm
from courses.import_screens.forms import RowsForm
from jobs.board.filters import NeedFilterSet
from jobs.forms import NamedForm, OrientationForm
from jobs.parameters import SentenceForm
from portal.web.space import EMPLOYERS, SPACE

SEARCH = tuple(CourseFilterSet.base_filters)
ORIENTATION = (*OrientationForm.base_fields, "etape", "page")
TAKEN_AWAY = ("atom", "calendar", "csv", "xlsx")
QUERY = {
    "courses:api_courses": (*SEARCH, *AnswerForm.base_fields, "format"),
    "courses:api_course": ("format",),
    "courses:api_schema": ("format",),
    "courses:api_imports": ("nom", "toute_offre", "format"),
    "courses:api_import": ("format",),
    **dict.fromkeys(("courses:search", *(f"courses:search_{kind}" for kind in TAKEN_AWAY)), SEARCH),
    "courses:compare": (*SEARCH, "f"),
    "organisme:why": ("selon", "q", "lieu", "rayon", "metier"),
    "courses:course": SEARCH,
    "courses:contact": (*SEARCH, "session", "objet"),
    "courses:claim": tuple(NumberForm.base_fields),
    "courses:providers": tuple(BodyForm.base_fields),
    "courses:centres": tuple(BodyForm.base_fields),
    "courses:provider": tuple(BodyForm.base_fields),
    "courses:centre": tuple(BodyForm.base_fields),
    "jobs:orientation": ORIENTATION,
    **dict.fromkeys(("jobs:needs", "jobs:needs_atom", "jobs:needs_csv"), tuple(NeedFilterSet.base_filters)),
    "jobs:pools": ("page",),
    "jobs:recommendation": (*ORIENTATION, *NamedForm.base_fields),
    "jobs:paths": ORIENTATION,
    "jobs:api_jobs": (*SentenceForm.base_fields, "format"),
    **dict.fromkeys(("jobs:api_recommendations", "jobs:api_paths"), (*OrientationForm.base_fields, "page", "format")),
    "employeur:autocomplete": ("term", "page", "app_label", "model_name", "field_name"),
    "organisme:autocomplete": ("term", "page", "app_label", "model_name", "field_name"),
    "gestion:moderation_queue": ("nature", "page"),
    "gestion:demand": ("departement",),
    **dict.fromkeys(
        (f"{site}:courses_importrun_rows" for site in ("gestion", "organisme")), tuple(RowsForm.base_fields)
    ),
    "gestion:autocomplete": ("term", "page", "app_label", "model_name", "field_name"),
}
# forms that another page shows
POSTED = {
    "jobs:keep_project": dict.fromkeys(OrientationForm.base_fields, ""),
    "jobs:recommendation": {"page": "1"},
    "jobs:paths": {},
}
CHANGELIST = ("q", "p", "o", "all", "e", "_popup", "_to_field", "_changelist_filters", "_facets", "inconnu__exact")
ADMIN_FORM = ("_popup", "_to_field", "_changelist_filters")
# the second row and the following ones of an inline: as the first, cell for cell
REPEATED = re.compile(r"-([1-9][0-9]*)-")


def query_parameters(name: str, target: str = "") -> tuple[str, ...]:
    """The parameters to try on an address: those it reads, one it does not, and only this one where nothing shows."""
    site = {"gestion": admin.site, "organisme": SPACE, "employeur": EMPLOYERS}.get(name.partition(":")[0])
    if site and name.endswith("_changelist"):
        return CHANGELIST + tuple(_filters(site, name.partition(":")[2].removesuffix("_changelist")))
    if site and name.endswith(("_add", "_change")):
        return ADMIN_FORM
    if name.startswith(("account_", "mfa_")):
        return ("next", "inconnu")
    read = QUERY.get(name, ()) if target in ("", "published", "row") else ()
    return (*read, "inconnu")


def _filters(site: admin.AdminSite, screen: str) -> Iterator[str]:
    """The parameters of a list's filters and of its dates."""
    app, model = screen.split("_", 1)
    found = next(each for key, each in site._registry.items() if key._meta.label_lower == f"{app}.{model}")
    for each in found.list_filter:
        if isinstance(each, type):
            yield each.parameter_name
            continue
        yield f"{each[0] if isinstance(each, tuple) else each}{'__isempty' if isinstance(each, tuple) else '__exact'}"
    if found.date_hierarchy:
        yield from (f"{found.date_hierarchy}__{part}" for part in ("year", "month", "day"))


def forms_of(response: HttpResponse) -> list[dict[str, list[str]]]:
    """The POST forms of a page: each field with the values that the page gives it, the token left out."""
    if not response.content.strip().startswith(b"<"):
        return []
    page = html.fromstring(response.content.decode())
    found = []
    for form in page.iterfind(".//form"):
        if form.method.upper() == "POST" and form.get("id") != "logout-form" and "theme" not in form.classes:
            fields: dict[str, list[str]] = {}
            for name, value in form.form_values():
                fields.setdefault(name, []).append(value)
            for control in form.iterfind(".//button[@name]"):
                fields.setdefault(control.get("name"), [control.get("value", "")])
            for field in form.inputs:
                if field.name:
                    fields.setdefault(field.name, [])
            fields.pop("csrfmiddlewaretoken", None)
            found.append(fields)
    return found
