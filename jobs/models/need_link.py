"""The signed address of a need's own page: who has it got it by mail, or on the page that followed the code."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "jobs.need"


def token_of(need: Any) -> str:
    return signing.dumps([need.pk, need.link_number], salt=SALT, compress=True)


def state_path(need: Any) -> str:
    return reverse("jobs:need_state", args=[token_of(need)])


def state_address(need: Any) -> str:
    """With the name of the site, for a mail."""
    return settings.CAMINS_SITE_URL + state_path(need)


def read_token(token: str) -> tuple[int, int] | None:
    """(number of the need, number of its links); None for an address that is not ours."""
    try:
        need, number = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (need, number) if isinstance(need, int) and isinstance(number, int) else None
