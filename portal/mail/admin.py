from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.mail.models import OutgoingMail
from portal.web.backoffice import WaitingList
from portal.web.gestion import ReadOnlyAdmin, gestion


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    """Counts and times; the text of a message that waits is nobody's business here."""

    list_display = ["kind", "created_at", "sent_at", "tries"]
    list_filter = ["kind", ("sent_at", admin.EmptyFieldListFilter)]
    search_fields = ["kind"]
    fields = ["kind", "created_at", "sent_at", "tries"]


def waiting(request):
    stuck = OutgoingMail.objects.filter(sent_at__isnull=True, tries__gt=0).count()
    yield WaitingList(
        label=_("Courriels qui n'ont pas pu partir"),
        count=stuck,
        url=reverse("gestion:mail_outgoingmail_changelist") + "?sent_at__isempty=1",
    )


gestion().show_waiting(waiting)
