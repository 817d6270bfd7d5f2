"""Codes that leave by mail instead of a password: made, kept as a hash, read as people type them."""

import re
import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

# without 0, O, 1 and I: read over the telephone, typed by hand
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
SEPARATORS = re.compile(r"[\s.\-–]+")


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))


def hash_of_code(scope: str, code: str) -> str:
    """What the base keeps; `scope` names the act and the row, so that a code opens nothing else."""
    return salted_hmac(scope, code, algorithm="sha256").hexdigest()


def dashed(code: str) -> str:
    """As a letter writes it: "ABCD-2345"."""
    return f"{code[:4]}-{code[4:]}"


def read_code(written: str) -> str:
    """The code that somebody typed, with or without spaces. Raises ValidationError."""
    code = SEPARATORS.sub("", written).upper()
    if len(code) != CODE_LENGTH or not set(code) <= set(ALPHABET):
        raise ValidationError(_("Un code a huit lettres ou chiffres, sans I, O, 0 ni 1 : vérifiez-le."), code="shape")
    return code


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Le code reçu"),
        max_length=40,
        help_text=_("Huit lettres et chiffres, comme ABCD-2345."),
        error_messages={"required": _("Écrivez le code reçu.")},
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        return read_code(self.cleaned_data["code"])
