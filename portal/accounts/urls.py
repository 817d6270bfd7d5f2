"""Sign-in, second factor and password: django-allauth's pages under our templates."""

from allauth import urls as allauth_urls
from django.urls import include, path

urlpatterns = [path("", include(allauth_urls))]
