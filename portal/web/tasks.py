from celery import shared_task

from portal.web import heart


@shared_task
def beat_heart() -> None:
    heart.beat()
