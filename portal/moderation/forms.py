"""What a moderator's page sends: text until these made values of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.moderation import queue
from portal.moderation.possible import OF_PROPOSALS, VERBS

LONGEST_REASON = 2_000
LARGEST_KEY = 9_223_372_036_854_775_807


class WithReason(forms.Form):
    reason = forms.CharField(
        label=_("motif"),
        required=False,
        max_length=LONGEST_REASON,
        error_messages={"max_length": _("Le motif est trop long : %(limit_value)d caractères au plus.")},
    )
    # the hash of the content that the page showed
    seen = forms.CharField(required=False, max_length=64)

    @property
    def is_known(self) -> bool:
        """False where the page could not have sent this verb: the address of that does not exist."""
        return "verb" not in self.errors and "undo" not in self.errors

    @property
    def sentence(self) -> str:
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


class MoveForm(WithReason):
    """One verb of a row, or the number of a decision to undo."""

    verb = forms.ChoiceField(choices=[(name, name) for name in VERBS], required=False)
    undo = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY)

    def clean(self):
        said = self.cleaned_data
        if not self.errors and not said.get("verb") and said.get("undo") is None:
            self.add_error("verb", _("Choisissez un geste."))


class DecisionForm(WithReason):
    """Accept or refuse a proposal."""

    verb = forms.ChoiceField(choices=[(name, name) for name in OF_PROPOSALS])


class AnswerForm(WithReason):
    """What was found about a flag."""


class QueueForm(forms.Form):
    """What the queue is narrowed to."""

    nature = forms.ChoiceField(label=_("Nature"), required=False, choices=lambda: [("", _("tout")), *queue.kinds()])

    @property
    def kind(self) -> str:
        return self.cleaned_data["nature"] if self.is_valid() else ""
