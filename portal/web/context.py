"""What the frame of every page needs."""

from django.conf import settings
from django.http import HttpRequest

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "apparence"


def frame(request: HttpRequest) -> dict:
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return {
        "theme": theme if theme in THEMES else "auto",
        "is_demo": settings.CAMINS_DEMO,
        "accessibility_status": settings.CAMINS_ACCESSIBILITY_STATUS,
        "site_url": settings.CAMINS_SITE_URL,
    }
