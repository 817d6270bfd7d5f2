from django.urls import path

from portal.pages import views

app_name = "pages"
urlpatterns = [
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("accessibilite/schema-pluriannuel/", views.accessibility_scheme, name="accessibility_scheme"),
    path("mentions-legales/", views.legal, name="legal"),
    path("donnees-personnelles/", views.privacy, name="privacy"),
    path("plan-du-site/", views.site_map, name="site_map"),
    path("ecosysteme/", views.ecosystem, name="ecosystem"),
    path("ressources/", views.resources, name="resources"),
    path("aide/", views.help_page, name="help"),
    path("sante/", views.health, name="health"),
    path("apparence/", views.theme, name="theme"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
]
