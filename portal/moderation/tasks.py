from celery import shared_task

from portal.moderation import flags, letters


@shared_task
def tell_decisions() -> int:
    """Leave the letters of decisions that nobody was told of yet."""
    return letters.tell_waiting()


@shared_task
def check_texts() -> int:
    """Look over the texts that were submitted, proposed or published since the last time."""
    return flags.check_texts()
