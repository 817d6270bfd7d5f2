"""Opening an account: from an invitation, or from the link that a first password needs."""

from allauth.account.forms import ResetPasswordKeyForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.accounts.actions import verify_email
from portal.accounts.models import User


class PasswordFromLinkForm(ResetPasswordKeyForm):
    """A password chosen through a link that came by mail: whoever has the link reads the mailbox."""

    def save(self) -> None:
        super().save()
        verify_email(self.user)


class OpenAccountForm(forms.Form):
    """The account of somebody who was invited; `email` is the invitation's."""

    name = forms.CharField(
        label=_("Votre nom"), max_length=150, error_messages={"required": _("Écrivez votre prénom et votre nom.")}
    )
    password = forms.CharField(
        label=_("Un mot de passe"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput,
        help_text=_("14 caractères au moins : une phrase que vous retenez convient bien."),
        error_messages={"required": _("Choisissez un mot de passe.")},
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_name(self) -> str:
        """One line: the name goes into mails."""
        return " ".join(self.cleaned_data["name"].split())

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if "password" in cleaned:
            try:
                validate_password(cleaned["password"], User(email=self.email, name=cleaned.get("name", "")))
            except ValidationError as refused:
                self.add_error("password", refused)
        return cleaned
