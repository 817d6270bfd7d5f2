"""The address of a source and its keys, as people write them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.importers import doors, flow
from courses.models import FeedToken, ImportSource
from portal.accounts.models import Organisation
from portal.web.outside import OutsideRefused, check_address


class FeedForm(forms.ModelForm):
    """A source with its address: what can be said of one without asking it."""

    def clean_feed_url(self) -> str:
        url: str = self.cleaned_data["feed_url"]
        if url:
            try:
                check_address(url)
            except OutsideRefused as refused:
                raise forms.ValidationError(str(refused), code="outside") from refused
        return url

    def is_address_new(self) -> bool:
        return "feed_url" in self.changed_data


class TokenForm(forms.Form):
    """A body that has several sources says which one the key sends to; one that has none gets its own."""

    label = forms.CharField(
        label=_("Nom de la clé"), max_length=80, help_text=_("Par exemple le logiciel qui s’en servira.")
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.sources = list(ImportSource.objects.filter(organisation=organisation).order_by("pk"))
        if len(self.sources) > 1:
            self.fields["source"] = forms.ChoiceField(
                label=_("Source"), choices=[(str(source.pk), str(source)) for source in self.sources]
            )

    def make(self, by: Any) -> tuple[FeedToken, str]:
        """The key of a valid form, and its text. Raises TooManyTokens."""
        chosen = self.cleaned_data.get("source")
        found = next((each for each in self.sources if str(each.pk) == chosen), next(iter(self.sources), None))
        source = found or flow.own_source(self.organisation)
        return doors.make_token(source, label=self.cleaned_data["label"], by=by)
