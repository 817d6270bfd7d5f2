"""The list of public pages for search engines: it needs all floors, so it lies on the last."""

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as draw
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from courses.models import ApprenticeshipCentre, Course, TrainingProvider
from jobs.board.read import known_needs, need_url
from portal.reference.models import JobProfile
from portal.web.clock import today
from portal.web.page import PUBLIC, page

PAGES = ("home", "courses:search", "jobs:profiles", "jobs:needs", "jobs:pools", "jobs:orientation")
BODIES = ("courses:providers", "courses:centres")
TEXTS = (
    "pages:help",
    "pages:ecosystem",
    "pages:resources",
    "jobs:ranking",
    "jobs:pooling",
    "pages:accessibility",
    "pages:legal",
)


class Pages(Sitemap):
    def items(self):
        return [*PAGES, *BODIES, *TEXTS]

    def location(self, item):
        return reverse(item)


class Profiles(Sitemap):
    def items(self):
        return JobProfile.objects.shown()


class Published(Sitemap):
    """What moderation published, with the day it was last said to be exact."""

    limit = 5_000

    def __init__(self, model):
        self.model = model

    def items(self):
        return self.model.objects.published().order_by("pk")

    def lastmod(self, item):
        return item.verified_on


class Needs(Sitemap):
    """Needs that are open: a search engine is told of no other."""

    limit = 5_000

    def items(self):
        return known_needs(today()).order_by("pk")

    def location(self, item):
        return need_url(item)

    def lastmod(self, item):
        return item.published_at


@page(who=PUBLIC, reads={"GET"})
def sitemap(request: HttpRequest) -> HttpResponse:
    published = {model.__name__: Published(model) for model in (Course, TrainingProvider, ApprenticeshipCentre)}
    return draw(request, sitemaps={"pages": Pages, "profiles": Profiles, "needs": Needs, **published})
