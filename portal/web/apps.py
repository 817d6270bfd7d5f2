from django.apps import AppConfig
from django.contrib.admin import autodiscover
from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.module_loading import autodiscover_modules


class WebConfig(AppConfig):
    name = "portal.web"
    label = "web"
    default = True


class GestionAdminConfig(SimpleAdminConfig):
    """Django's admin with the agents' site as its default: `admin.register` finds it, at /gestion/.

    The bodies' site gets the screens of each floor's room "space".
    """

    default = False
    default_site = "portal.web.gestion.GestionSite"

    def ready(self) -> None:
        super().ready()
        from portal.web.space import SPACE  # models are ready only now

        autodiscover()
        autodiscover_modules("space", register_to=SPACE)
