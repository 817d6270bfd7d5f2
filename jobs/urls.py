from django.urls import path, re_path

from jobs.api import views as api
from jobs.views import (
    board,
    need_pages,
    need_state,
    orientation,
    paths,
    pools,
    profiles,
    projects,
    ranking,
    recommendation,
    sitemap,
)

app_name = "jobs"
urlpatterns = [
    # /metiers/
    path("metiers/", profiles.profiles, name="profiles"),
    re_path(r"^metiers/(?P<code>[A-Na-n][0-9]{4})/$", profiles.occupation, name="occupation"),
    path("metiers/<slug:slug>/", profiles.profile, name="profile"),
    # /besoins/
    path("besoins/", board.needs, name="needs"),
    path("besoins/flux.atom", board.needs_atom, name="needs_atom"),
    path("besoins/export.csv", board.needs_csv, name="needs_csv"),
    path("besoins/groupes/", pools.pools, name="pools"),
    path("besoins/groupes/<int:pk>/", pools.pool, name="pool"),
    path("besoins/groupes/entree/<str:token>/", pools.pool_member, name="pool_member"),
    path("comment-les-besoins-se-groupent/", pools.pooling, name="pooling"),
    path("besoins/<slug:slug>-<int:pk>/", board.need, name="need"),
    path("besoins/<slug:slug>-<int:pk>/contact/", board.need_contact, name="need_contact"),
    # /orientation/
    path("orientation/", orientation.question, name="orientation"),
    path("orientation/resultats/", recommendation.recommendation, name="recommendation"),
    path("orientation/parcours/", paths.paths, name="paths"),
    path("orientation/projet/", projects.keep, name="keep_project"),
    path("orientation/projet/<slug:secret>/", projects.project, name="project"),
    # /entreprises/
    path("entreprises/besoins/", need_pages.begin, name="need_begin"),
    path("entreprises/besoins/suivi/<str:token>/", need_state.state, name="need_state"),
    path("entreprises/besoins/<slug:secret>/", need_pages.draft, name="need_draft"),
    re_path(
        r"^entreprises/besoins/(?P<secret>[-\w]+)/(?P<name>qui|quoi|comment|engagement|envoi)/$",
        need_pages.step,
        name="need_step",
    ),
    path("comment-les-resultats-sont-classes/", ranking.ranking, name="ranking"),
    path("api/v1/metiers/", api.api_jobs, name="api_jobs"),
    path("api/v1/recommandations/", api.api_recommendations, name="api_recommendations"),
    path("api/v1/parcours/", api.api_paths, name="api_paths"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
]
