from django.apps import AppConfig
from django.contrib.admin import autodiscover
from django.contrib.admin.apps import SimpleAdminConfig


class WebConfig(AppConfig):
    name = "portal.web"
    label = "web"
    default = True


class GestionAdminConfig(SimpleAdminConfig):
    """Django's admin with the agents' site as its default: `admin.register` finds it, at /gestion/."""

    default = False
    default_site = "portal.web.gestion.GestionSite"

    def ready(self) -> None:
        super().ready()
        autodiscover()
