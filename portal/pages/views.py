"""The pages that belong to no floor: home, legal pages, health. What floors show here comes through template tags."""

import datetime

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from portal.pages.content.ecosystem import ACTORS
from portal.pages.content.figures import KEY_FIGURES
from portal.pages.content.resources import RESOURCES
from portal.web import heart
from portal.web.context import THEME_COOKIE, THEMES
from portal.web.page import PUBLIC, page

# a worker that has said nothing for so long is not well
QUIET_SECONDS = 180


@page(who=PUBLIC, reads={"GET"})
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html", {"figures": KEY_FIGURES})


@page(who=PUBLIC, reads={"GET"})
def ecosystem(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/ecosystem.html", {"actors": ACTORS, "figures": KEY_FIGURES})


@page(who=PUBLIC, reads={"GET"})
def resources(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/resources.html", {"resources": RESOURCES})


@page(who=PUBLIC, reads={"GET"})
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html", {"contact": settings.CAMINS_CONTACT_EMAIL})


@page(who=PUBLIC, reads={"GET"})
def accessibility_scheme(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility_scheme.html")


@page(who=PUBLIC, reads={"GET"})
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/legal.html", {"contact": settings.CAMINS_CONTACT_EMAIL})


@page(who=PUBLIC, reads={"GET"})
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html", {"contact": settings.CAMINS_CONTACT_EMAIL})


@page(who=PUBLIC, reads={"GET"})
def site_map(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/site_map.html")


@page(who=PUBLIC, reads={"GET"})
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/help.html")


@page(who=PUBLIC, writes={"POST"})
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen appearance in a cookie of one year, then go back where the person was."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = reverse("home")
    chosen = request.POST.get("theme", "auto")
    response = HttpResponseRedirect(target)
    if chosen in THEMES:
        response.set_cookie(
            THEME_COOKIE,
            chosen,
            max_age=datetime.timedelta(days=365),
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@page(who=PUBLIC, reads={"GET"})
def health(request: HttpRequest) -> JsonResponse:
    """Database, cache and worker, for a probe: 200 when pages can be served, 503 otherwise (by the middleware)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    cache.set("health", "1", timeout=10)
    beat = heart.last_beat()
    quiet = None if beat is None else round((timezone.now() - beat).total_seconds())
    answer = {
        "database": "ok",
        "cache": "ok" if cache.get("health") == "1" else "away",
        "worker": "unknown" if quiet is None else ("ok" if quiet <= QUIET_SECONDS else "quiet"),
        "worker_quiet_seconds": quiet,
    }
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})


@page(who=PUBLIC, reads={"GET"})
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /gestion/", "Disallow: /compte/", "Disallow: /orientation/projet/"]
    lines.append(f"Sitemap: {settings.CAMINS_SITE_URL}/sitemap.xml")
    if settings.CAMINS_DEMO:
        lines = ["User-agent: *", "Disallow: /"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@page(who=PUBLIC, reads={"GET"})
def security_txt(request: HttpRequest) -> HttpResponse:
    expires = timezone.now().replace(microsecond=0) + datetime.timedelta(days=180)
    text = (
        f"Contact: mailto:{settings.CAMINS_CONTACT_EMAIL}\n"
        f"Expires: {expires.isoformat()}\n"
        "Preferred-Languages: fr, oc, en\n"
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
