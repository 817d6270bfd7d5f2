"""Pages that exist only in the demonstration."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from portal.demo import mailbox
from portal.web.page import PUBLIC, page


@page(who=PUBLIC, reads={"GET"})
def mail(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/mail.html", {"letters": mailbox.letters(settings.CAMINS_MAIL_FOLDER)})


@page(who=PUBLIC, reads={"GET"})
def letter(request: HttpRequest, name: str) -> HttpResponse:
    found = mailbox.letter_named(settings.CAMINS_MAIL_FOLDER, name)
    if found is None:
        raise Http404
    return render(request, "demo/letter.html", {"letter": found})
