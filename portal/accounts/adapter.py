from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from portal.web.space import EMPLOYERS, SPACE, acting


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by an invitation or a claim, never by a public form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Everybody to their own back-office: agents to theirs, members to the space of their organisation."""
        if request.user.is_staff:
            return reverse("gestion:index")
        space = next((each for each in (SPACE, EMPLOYERS) if acting(request, each)), None)
        return reverse(f"{space.name}:index") if space else super().get_login_redirect_url(request)

    def get_from_email(self) -> str:
        return settings.DEFAULT_FROM_EMAIL
