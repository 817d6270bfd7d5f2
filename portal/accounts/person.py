"""Who asks, for a screen that let nobody else in than people with an account."""

from django.http import HttpRequest

from portal.accounts.models import User


def person_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
