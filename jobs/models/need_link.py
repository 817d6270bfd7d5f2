"""The signed address of a need's own page: who has it got it by mail, or on the page that followed the code."""

from typing import Any

from django.core import signing
from django.urls import reverse

SALT = "jobs.need"


def token_of(need: Any) -> str:
    """The same each time: the page of a need keeps its address."""
    return signing.Signer(salt=SALT).sign_object([need.pk, need.link_number])


def state_path(need: Any) -> str:
    return reverse("jobs:need_state", args=[token_of(need)])


def read_token(token: str) -> tuple[int, int] | None:
    """(number of the need, number of its links); None for an address that is not ours."""
    try:
        need, number = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (need, number) if isinstance(need, int) and isinstance(number, int) else None
