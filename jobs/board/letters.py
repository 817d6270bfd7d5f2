"""Writing to an employer without seeing its address: the portal relays the letter and keeps a count."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from courses.actions import Letter, NobodyToWriteTo, leave_letter
from jobs.board.read import need_url
from jobs.models import EmployerNeed, NeedDailyCount
from portal.mail.models import OutgoingMail


def address_of(need: EmployerNeed) -> str:
    """Where letters about this need go; empty when nobody said. Private."""
    return need.reply_email


@transaction.atomic
def relay_letter(*, need: EmployerNeed, letter: Letter, day: datetime.date) -> OutgoingMail:
    """Leave a mail for the employer, to be answered to the sender, and count it. Raises NobodyToWriteTo."""
    address = address_of(need)
    if not address:
        raise NobodyToWriteTo(need)
    mail = leave_letter(
        letter,
        to=address,
        kind="need_contact",
        about=_("Message de %(name)s"),
        title=need.title,
        lines=[
            _("Besoin : %(title)s") % {"title": need.title},
            _("Page : %(address)s") % {"address": settings.CAMINS_SITE_URL + need_url(need)},
        ],
    )
    NeedDailyCount.objects.get_or_create(need=need, day=day)
    NeedDailyCount.objects.filter(need=need, day=day).update(contacts=F("contacts") + 1)
    return mail
