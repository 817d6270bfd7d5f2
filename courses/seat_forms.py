"""What a body says of a listing from the address of a reminder."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Session

# a session whose seats are unknown; more is a slip
MOST_SEATS = 9_999


class ConfirmForm(forms.Form):
    """What a body says of a listing and of the seats of its sessions: "left" seats, or full; empty says nothing."""

    def __init__(self, *args, sessions: Iterable[Session], **kwargs):
        super().__init__(*args, **kwargs)
        self.sessions = list(sessions)
        for session in self.sessions:
            self.fields[f"left-{session.pk}"] = forms.IntegerField(
                label=_("Places restantes"), required=False, min_value=0, max_value=session.seats or MOST_SEATS
            )
            self.fields[f"full-{session.pk}"] = forms.BooleanField(label=_("Complet"), required=False)

    def rows(self) -> list[tuple[Session, forms.BoundField, forms.BoundField]]:
        return [(each, self[f"left-{each.pk}"], self[f"full-{each.pk}"]) for each in self.sessions]

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for session in self.sessions:
            if cleaned.get(f"full-{session.pk}") and cleaned.get(f"left-{session.pk}"):
                self.add_error(f"left-{session.pk}", _("Complet, ou des places restantes : choisissez."))
        return cleaned

    @property
    def seats(self) -> dict[int, int]:
        """Session → seats left, of those of which something is said."""
        said = {}
        for session in self.sessions:
            left = 0 if self.cleaned_data.get(f"full-{session.pk}") else self.cleaned_data.get(f"left-{session.pk}")
            if left is not None:
                said[session.pk] = left
        return said
