"""What people write on the screens of imports, as values."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.enums import PlanVerb
from courses.importers import flow
from courses.importers.columns import COLUMNS, REQUIRED
from courses.importers.table_file import LONGEST_CELL
from courses.models import ImportSource
from portal.accounts.models import Organisation

STATES = [("faulty", _("en faute")), ("left_out", _("écartées")), *PlanVerb.choices]
NO_COLUMN = ("", _("Ne pas lire cette colonne"))
FAULT_CODE = re.compile(r"[\w-]{0,40}:[\w-]{1,40}", re.ASCII)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Fichier"),
        max_length=255,
        help_text=_("LHÉO 2.3 ou 2.2, EDOF (.xml), CSV ou Excel (.xlsx) ; 50 Mo au plus."),
        error_messages={"empty": _("Ce fichier est vide : choisissez-en un autre.")},
    )
    is_whole_offer = forms.BooleanField(
        label=_("Ce fichier contient toute mon offre"),
        required=False,
        help_text=_(
            "Cochez pour retirer du site les formations de cette source qui n’y sont plus. Rien n’est supprimé."
        ),
    )

    def source(self) -> ImportSource:
        """The source of a valid form."""
        raise NotImplementedError


class OwnUploadForm(UploadForm):
    """A body that has several sources says which one the file comes from; one that has none gets its own."""

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.sources = list(ImportSource.objects.filter(organisation=organisation).order_by("pk"))
        if len(self.sources) > 1:
            self.fields["source"] = forms.ChoiceField(
                label=_("Source"),
                choices=[(str(source.pk), str(source)) for source in self.sources],
                help_text=_(
                    "Une formation est reconnue par sa source et son numéro : gardez la même d’une fois sur l’autre."
                ),
            )

    def source(self) -> ImportSource:
        chosen = self.cleaned_data.get("source")
        found = next((each for each in self.sources if str(each.pk) == chosen), next(iter(self.sources), None))
        return found or flow.own_source(self.organisation)


class AgentUploadForm(UploadForm):
    source_name = forms.SlugField(
        label=_("Source"),
        max_length=60,
        help_text=_("Son nom court, en lettres sans accent, chiffres et tirets ; une nouvelle source est créée."),
    )

    def source(self) -> ImportSource:
        return ImportSource.objects.get_or_create(name=self.cleaned_data["source_name"])[0]


class ColumnsForm(forms.Form):
    """Which field each header of a table is."""

    def __init__(self, *args: Any, headers: list[str], fields: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.headers = headers
        choices = [
            NO_COLUMN,
            *((column.name, f"{column.name}{' *' if column.is_required else ''}") for column in COLUMNS),
        ]
        for rank, (header, name) in enumerate(zip(headers, fields, strict=False)):
            self.fields[f"c-{rank}"] = forms.ChoiceField(
                label=header or _("(sans en-tête)"), choices=choices, required=False, initial=name
            )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        chosen = [name for name in told.values() if name]
        missing = [name for name in REQUIRED if name not in chosen]
        if missing:
            message = _("Il manque encore : %(names)s. Dites quelle colonne les contient, ou ajoutez-la au fichier.")
            raise forms.ValidationError(message % {"names": ", ".join(missing)})
        twice = sorted({name for name in chosen if chosen.count(name) > 1})
        if twice:
            message = _("Deux colonnes ne peuvent pas être la même : %(names)s.")
            raise forms.ValidationError(message % {"names": ", ".join(twice)})
        return told

    def said(self) -> dict[str, str]:
        return {header: self.cleaned_data[f"c-{rank}"] for rank, header in enumerate(self.headers)}


class RowForm(forms.Form):
    """The values of one row: (name, label, value now) of each."""

    def __init__(self, *args: Any, cells: Iterable[tuple[str, str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.values = {}
        for name, label, value in cells:
            self.values[name] = value
            is_long = len(value) > 80 or "\n" in value
            self.fields[f"v-{name}"] = forms.CharField(
                label=label,
                required=False,
                max_length=LONGEST_CELL,
                initial=value,
                strip=False,
                widget=forms.Textarea(attrs={"rows": 4}) if is_long else forms.TextInput(attrs={"size": 40}),
            )

    def changed(self) -> dict[str, str]:
        """What a person wrote otherwise; line ends as the file has them."""
        told = {name: self.cleaned_data[f"v-{name}"].replace("\r\n", "\n") for name in self.values}
        return {name: text for name, text in told.items() if text != self.values[name].replace("\r\n", "\n")}


class ReplaceForm(forms.Form):
    field = forms.ChoiceField(label=_("Dans la colonne"), choices=[(column.name, column.name) for column in COLUMNS])
    old = forms.CharField(label=_("remplacer"), required=False, max_length=LONGEST_CELL)
    new = forms.CharField(label=_("par"), required=False, max_length=LONGEST_CELL)


class RowsForm(forms.Form):
    """Which rows are shown."""

    faute = forms.RegexField(FAULT_CODE, required=False, max_length=90)
    etat = forms.ChoiceField(
        required=False,
        choices=STATES,
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    def told(self) -> dict[str, Any]:
        """The values that can be read; the others are as if nobody had written them."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}
