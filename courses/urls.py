from django.urls import path

from courses.api import push_views
from courses.api import views as api
from courses.views import bodies, catalogue, claim, compare, confirm, contact, places, taken_away

app_name = "courses"
urlpatterns = [
    path("formations/", catalogue.search, name="search"),
    path("formations/comparer/", compare.compare, name="compare"),
    path("formations/flux.atom", taken_away.search_atom, name="search_atom"),
    path("formations/dates.ics", taken_away.search_calendar, name="search_calendar"),
    path("formations/export.csv", taken_away.search_csv, name="search_csv"),
    path("formations/export.xlsx", taken_away.search_xlsx, name="search_xlsx"),
    path("formations/lieu-proche/", places.nearest_place, name="nearest_place"),
    path("formations/<slug:slug>-<int:pk>/", catalogue.course, name="course"),
    path("formations/<slug:slug>-<int:pk>/contact/", contact.contact, name="contact"),
    path("formations/confirmer/<str:token>/", confirm.confirm, name="confirm"),
    path("organismes/", bodies.providers, name="providers"),
    path("organismes/rejoindre/", claim.claim, name="claim"),
    path("organismes/rejoindre/<uuid:key>/", claim.claim_followed, name="claim_followed"),
    path("organismes/<slug:slug>-<int:pk>/", bodies.provider, name="provider"),
    path("cfa/", bodies.centres, name="centres"),
    path("cfa/<str:uai>/", bodies.centre, name="centre"),
    path("api/", api.api_page, name="api_page"),
    path("api/v1/formations/", api.api_courses, name="api_courses"),
    path("api/v1/formations/<int:id>/", api.api_course, name="api_course"),
    path("api/v1/imports/", push_views.api_imports, name="api_imports"),
    path("api/v1/imports/<int:id>/", push_views.api_import, name="api_import"),
    path("api/v1/schema/", api.api_schema, name="api_schema"),
]
