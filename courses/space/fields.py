"""How the space asks for money and for dates: euros where the base keeps cents, a date and what is known of it."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from courses.enums import DatePrecision
from courses.models import Session
from courses.models.offering import DEAREST_CENTS

CENTS = Decimal(100)


class EuroField(forms.DecimalField):
    """Euros on screen, whole cents for the base. Empty: unknown."""

    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_value=DEAREST_CENTS // 100, decimal_places=2, localize=False, **kwargs)

    def to_python(self, value):
        text = (
            value.strip().replace("\u202f", "").replace("\xa0", "").replace(" ", "")
            if isinstance(value, str)
            else value
        )
        return super().to_python(text.replace(",", ".") if isinstance(text, str) else text)

    def clean(self, value) -> int | None:
        euros = super().clean(value)
        return None if euros is None else int(euros * CENTS)

    def prepare_value(self, value):
        return Decimal(value) / CENTS if isinstance(value, int) else value

    def has_changed(self, initial, data) -> bool:
        try:
            return self.clean(data) != initial
        except ValidationError:
            return True


class InEuros:
    """For screens and inlines: columns in cents are asked for in euros."""

    def formfield_for_dbfield(self, db_field: models.Field, request, **kwargs):
        if not db_field.name.endswith("_cents"):
            return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        label = capfirst(str(db_field.verbose_name).replace(str(_("centimes")), str(_("euros"))))
        return EuroField(
            label=label, required=not db_field.blank, widget=forms.TextInput(attrs={"inputmode": "decimal"})
        )


class SessionForm(forms.ModelForm):
    """Dates with what is known of them, and seats that fit; each fault says what to do."""

    class Meta:
        model = Session
        fields = [
            "starts_on",
            "starts_precision",
            "ends_on",
            "ends_precision",
            "registration_closes_on",
            "seats",
            "seats_left",
            "is_full",
            "recruitment",
            "note",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"seats_left", "is_full"} & set(self.fields):
            # what this page showed: a number that it only repeats is no new statement
            self.fields[name].show_hidden_initial = True

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for name in ("starts", "ends"):
            self._settle(cleaned, name)
        begin, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        is_exact = cleaned.get("starts_precision") == cleaned.get("ends_precision") == DatePrecision.DAY
        if begin and end and is_exact and end < begin:
            self.add_error("ends_on", _("La fin vient avant le début : corrigez l’une des deux dates."))
        seats, left = cleaned.get("seats"), cleaned.get("seats_left")
        if seats is not None and left is not None and left > seats:
            self.add_error("seats_left", _("Il ne peut pas rester plus de places qu’il n’y en a."))
        self._settle_seats(cleaned)
        return cleaned

    def _settle_seats(self, cleaned: dict) -> None:
        """Full is no seat left, and no seat left is full; what was full says how many seats it has again."""
        if "is_full" in self.changed_data and cleaned.get("is_full"):
            cleaned["seats_left"] = 0
        elif "is_full" in self.changed_data and not cleaned.get("seats_left"):
            self.add_error("seats_left", _("Elle n’est plus complète : dites combien de places restent."))
        elif "seats_left" in self.changed_data:
            cleaned["is_full"] = cleaned.get("seats_left") == 0
        if "seats_left" in self.changed_data and cleaned.get("seats_left") is None and self.instance.pk:
            self.add_error("seats_left", _("Dites combien de places restent, ou que la session est complète."))

    def name_fields(self) -> None:
        """In a list, where columns name them for the eye only: each field says its name and its session."""
        about = f"{self.instance.offering.course}, {self.instance}" if self.instance.pk else ""
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}, {about}"

    def _settle(self, cleaned: dict, name: str) -> None:
        """No date is an unknown one; a date is a day unless a month or a year is all that is known."""
        day, precision = cleaned.get(f"{name}_on"), cleaned.get(f"{name}_precision")
        if f"{name}_on" not in self.fields or f"{name}_on" in self.errors:
            return
        if day is None:
            precision = DatePrecision.UNKNOWN
        elif precision in (None, "", DatePrecision.UNKNOWN):
            precision = DatePrecision.DAY
        cleaned[f"{name}_precision"] = precision
        if f"{name}_precision" not in self.fields:  # a list that shows days only
            setattr(self.instance, f"{name}_precision", precision)
