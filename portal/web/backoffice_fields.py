"""The fields of the back-offices: native controls with a search beside them, and lists of values to tick.

Django's own autocomplete draws a list that no reader of screens can name, and asks the database with whatever it is
sent. Here a key is a plain select; static/js/gestion.js puts a search field above it, which asks the same address.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _


class _Searched:
    """What both selects share: chosen rows only, found by a search, unreadable values shown as no choice."""

    field: Any

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=["js/gestion.js"])

    def build_attrs(self, base_attrs, extra_attrs=None) -> dict[str, Any]:
        told = super().build_attrs(base_attrs, extra_attrs)  # type: ignore[misc]
        kept = {name: value for name, value in told.items() if not name.startswith("data-") and name != "lang"}
        return {
            **kept,
            "class": "searched",
            "data-url": self.get_url(),  # type: ignore[attr-defined]
            **{f"data-{name}-name": told[f"data-{name}-name"] for name in ("model", "field")},
            "data-app-label": told["data-app-label"],
            "data-search": _("Chercher"),
            "data-found": _("Réponses dans la liste :"),
        }

    def optgroups(self, name: str, value: list[str], attrs=None):
        return super().optgroups(name, [each for each in value if self._is_readable(each)], attrs)  # type: ignore[misc]

    def _is_readable(self, value: str) -> bool:
        remote = self.field.remote_field
        key = remote.model._meta.get_field(getattr(remote, "field_name", None) or remote.model._meta.pk.name)
        try:
            key.to_python(value)
        except ValidationError:
            return False
        return "\x00" not in value


class SearchedSelect(_Searched, AutocompleteSelect):  # type: ignore[misc]
    pass


class SearchedSelectMultiple(_Searched, AutocompleteSelectMultiple):  # type: ignore[misc]
    pass


class BackOfficeFields:
    """How screens and their inlines ask for keys, and for several values out of a list."""

    admin_site: admin.AdminSite

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
            # the browser's own calendar: it works without a script and on a telephone
            kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            return db_field.formfield(**kwargs)
        if isinstance(db_field, ArrayField) and db_field.base_field.choices:
            return forms.MultipleChoiceField(
                label=capfirst(db_field.verbose_name),
                choices=db_field.base_field.choices,
                required=not db_field.blank,
                help_text=db_field.help_text,
                widget=forms.CheckboxSelectMultiple,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = SearchedSelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = SearchedSelectMultiple(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]
