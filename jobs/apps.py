from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from courses.bench.extras import Extra, register


class JobsConfig(AppConfig):
    name = "jobs"
    label = "jobs"
    verbose_name = "Métiers et besoins"

    def ready(self) -> None:
        """Bring this floor's parts to `manage.py bench`, by name, and its listings to who strikes off."""
        from jobs.holdings import HOLDINGS  # models are ready only now
        from portal.accounts import striking

        striking.register(HOLDINGS)
        register(
            Extra(
                "recommend",
                _("Vingt formations pour une personne"),
                "jobs.bench.recommend:measure",
                "jobs.bench.bars:RECOMMEND",
            ),
            Extra(
                "batch",
                _("Vingt formations pour chacune de nombreuses personnes"),
                "jobs.bench.batch:measure",
                "jobs.bench.bars:BATCH",
            ),
            Extra("path", _("Parcours de trois formations au plus"), "jobs.bench.path:measure", "jobs.bench.bars:PATH"),
        )
