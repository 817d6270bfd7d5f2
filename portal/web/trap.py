"""A field that people neither see nor fill: what fills it is a robot."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TrappedForm(forms.Form):
    relance = forms.CharField(
        label=_("Laissez ce champ vide"),
        required=False,
        max_length=1_000,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def is_from_a_robot(self) -> bool:
        return bool(self.data.get("relance"))
