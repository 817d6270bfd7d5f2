"""The page behind the address of a reminder: one button says that a listing is exact. Opening it says nothing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from courses import freshness
from courses.freshness import read_link, sessions_to_confirm
from courses.models import Course
from courses.seat_forms import ConfirmForm
from courses.sheet.read import find_course
from portal.accounts.models import Organisation
from portal.moderation.models import ModerationError
from portal.web.clock import today
from portal.web.errors import Gone
from portal.web.page import PUBLIC, page
from portal.web.throttle import slow_down

CONFIRMED, HOUR = 60, 3_600


@page(who=PUBLIC, reads={"GET"}, writes={"POST"})
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST":
        slow_down(request, "confirm", limit=CONFIRMED, window_seconds=HOUR)
    course, organisation = _meant(token)
    sessions = sessions_to_confirm(course, today())
    if request.method != "POST":
        return _ask(request, course, organisation, ConfirmForm(sessions=sessions))
    form = ConfirmForm(request.POST, sessions=sessions)
    if not form.is_valid():
        return _ask(request, course, organisation, form)
    try:
        freshness.confirm(course, organisation=organisation, day=today(), seats=form.seats)
    except ModerationError as refused:
        form.add_error(None, str(refused))
        return _ask(request, course, organisation, form)
    messages.success(request, _("Merci : la fiche est confirmée aujourd’hui."))
    return HttpResponseRedirect(course.get_absolute_url())


def _meant(token: str) -> tuple[Course, Organisation]:
    """What the address is about; Gone where it is too old, not ours, or of a listing that is published no more."""
    link = read_link(token)
    course = find_course(link.course_id) if link else None
    organisation = Organisation.objects.filter(pk=link.organisation_id).first() if link else None
    if link is None or course is None or organisation is None:
        raise Gone(_("Cette adresse ne vaut plus : elle date de plus de quatre mois, ou elle est incomplète."), ())
    if course.provider.organisation_id != organisation.pk or course.status != "published":
        raise Gone(_("Cette fiche n’est plus publiée au nom de cet organisme : il n’y a rien à confirmer."), ())
    return course, organisation


def _ask(request: HttpRequest, course: Course, organisation: Organisation, form: ConfirmForm) -> HttpResponse:
    context = {
        "course": course,
        "organisation": organisation,
        "form": form,
        "rows": form.rows(),
        "title": _("Confirmer une fiche"),
        "breadcrumb": [{"title": _("Confirmer une fiche")}],
    }
    return render(request, "courses/confirm.html", context, status=422 if form.errors else 200)
