"""The Celery application: tasks are found in each floor's `tasks.py`, the schedule lies in the settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")

app = Celery("camins")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
