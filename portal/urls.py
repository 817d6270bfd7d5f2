"""The front door: each floor's addresses, named as a string."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from portal.pages.views import home
from portal.web.space import EMPLOYERS, SPACE

urlpatterns = [
    path("", home, name="home"),
    path("", include("portal.pages.urls")),
    path("", include("courses.urls")),
    path("", include("jobs.urls")),
    path("compte/", include("portal.accounts.urls")),
    path("gestion/", admin.site.urls),
    path("espace-organisme/", SPACE.urls),
    path("espace-employeur/", EMPLOYERS.urls),
]
if settings.CAMINS_DEMO:
    urlpatterns += [path("demo/", include("portal.demo.urls"))]

handler400 = "portal.web.errors.bad_request"
handler403 = "portal.web.errors.permission_denied"
handler404 = "portal.web.errors.not_found"
handler500 = "portal.web.errors.server_error"
