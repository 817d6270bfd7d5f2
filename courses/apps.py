from typing import Any
from uuid import uuid4

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class CoursesConfig(AppConfig):
    name = "courses"
    label = "courses"
    verbose_name = "Formations"

    def ready(self) -> None:
        post_migrate.connect(keep_search_state, sender=self)
        bring_holdings()


def bring_holdings() -> None:
    """What this floor keeps of an organisation, for whoever strikes one off."""
    from courses.holdings import HOLDINGS  # models are ready only now
    from portal.accounts.striking import register

    register(HOLDINGS)


def keep_search_state(using: str, apps: Any = apps, **_said: Any) -> None:
    """The row that search reads on itself; `flush` ends like a migration, and has emptied its table."""
    from portal.web.clock import today

    try:
        state = apps.get_model("courses", "SearchState")
    except LookupError:  # migrated back to before search
        return
    state.objects.using(using).get_or_create(pk=1, defaults={"day": today(), "words": uuid4()})
