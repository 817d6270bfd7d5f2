"""Sign-in, second factor and password: django-allauth's pages under our templates; and invitations."""

from allauth import urls as allauth_urls
from django.urls import include, path

from portal.accounts import views

urlpatterns = [
    path("invitation/<slug:token>/", views.invitation, name="invitation"),
    path("", include(allauth_urls)),
]
