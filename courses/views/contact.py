"""Writing to a body without seeing its address, or telling the portal about an error."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.actions import Letter, address_of, relay_message, report_error
from courses.forms import ContactAboutForm, ContactForm
from courses.models import Course
from courses.sheet.read import find_course, near_links, session_of
from courses.views.found import moved, public_or_gone
from portal.web.page import PUBLIC, page
from portal.web.throttle import slow_down

# generous: an agency or a library shares one address
LETTERS = 20
HOUR = 3_600


@page(who=PUBLIC, reads={"GET"}, writes={"POST"})
def contact(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    if request.method == "POST":
        slow_down(request, "contact", limit=LETTERS, window_seconds=HOUR)
    course = public_or_gone(find_course(pk), sentence=_("Cette formation n’est plus proposée."), near=near_links)
    if request.method != "POST":
        redirect = moved(request, slug, course.slug, reverse("courses:contact", args=[course.slug, course.pk]))
        initial = {"message": ContactAboutForm(request.GET).first_words}
        return redirect or _ask(request, course, ContactForm(initial=initial))
    form = ContactForm(request.POST)
    about_error = ContactAboutForm(request.GET).about_error
    if form.is_from_a_robot:
        return _thank(request, course, about_error)
    if not form.is_valid() or not (about_error or address_of(course)):
        return _ask(request, course, form)
    letter = Letter(**{name: form.cleaned_data[name] for name in ("name", "email", "message")})
    if about_error:
        report_error(course=course, letter=letter)
    else:
        relay_message(course=course, letter=letter, session=_session(request, course))
    return _thank(request, course, about_error)


def _session(request: HttpRequest, course: Course):
    return session_of(course, ContactAboutForm(request.GET).session_number)


def _ask(request: HttpRequest, course: Course, form: ContactForm) -> HttpResponse:
    about_error = ContactAboutForm(request.GET).about_error
    title = _("Signaler une erreur") if about_error else _("Écrire à l’organisme")
    context = {
        "course": course,
        "body": course.centre or course.provider,
        "form": form,
        "session": None if about_error else _session(request, course),
        "about_error": about_error,
        "can_write": about_error or bool(address_of(course)),
        "title": title,
        "breadcrumb": [
            {"title": _("Formations"), "url": reverse("courses:search")},
            {"title": course.title, "url": course.get_absolute_url()},
            {"title": title},
        ],
    }
    return render(request, "courses/contact.html", context, status=422 if form.errors else 200)


def _thank(request: HttpRequest, course: Course, about_error: bool) -> HttpResponse:
    if about_error:
        messages.success(request, _("Merci. Votre signalement est parti : nous vérifions la fiche avec l’organisme."))
    else:
        said = _("Votre message est parti à %(body)s. La réponse arrivera à votre adresse électronique.")
        messages.success(request, said % {"body": (course.centre or course.provider).name})
    return HttpResponseRedirect(course.get_absolute_url())
