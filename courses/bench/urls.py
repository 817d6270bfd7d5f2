"""The portal's addresses, and the pages that it is measured against."""

from django.urls import include, path

from courses.bench import pages

urlpatterns = [
    path("banc/vide/", pages.empty),
    path("banc/orm/", pages.with_orm),
    path("banc/naif/", pages.naive),
    path("", include("portal.urls")),
]
