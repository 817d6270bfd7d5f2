"""The jobs of AI: the list, one profile, and what a ROME code leads to."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.search.cards import Shown, cards_of
from courses.search.question import CourseQuestion
from jobs.families import by_family, family_name
from jobs.observatory.demand import posts_by_department, posts_by_profile
from jobs.observatory.neighbours import neighbours_of
from jobs.observatory.supply import courses_by_profile, courses_leading_to
from portal.reference.enums import Importance
from portal.reference.models import JobProfile, Occupation, ProfileSkill
from portal.web.clock import today
from portal.web.outlines import department_map
from portal.web.page import PUBLIC, page

SHOWN_COURSES = 6
SKILLS_OF_CARD = Prefetch(
    "skill_links", ProfileSkill.objects.filter(importance=Importance.ESSENTIAL).select_related("skill")
)


def _cards(profiles, posts: dict[int, int], courses: dict[int, int]) -> list[dict]:
    return [
        {
            "url": profile.get_absolute_url(),
            "title": profile.name,
            "summary": profile.summary,
            "entry_level": profile.usual_level,
            "needs": posts.get(profile.pk, 0),
            "courses": courses.get(profile.pk, 0),
            "skills": [link.skill.label for link in profile.skill_links.all()[:4]],
        }
        for profile in profiles
    ]


def _posts_in_words(count: int) -> str:
    return ngettext("%(n)d poste", "%(n)d postes", count) % {"n": count} if count else _("0 poste")


@page(who=PUBLIC, reads={"GET"})
def profiles(request: HttpRequest) -> HttpResponse:
    day = today()
    posts, courses = posts_by_profile(day), courses_by_profile()
    found = JobProfile.objects.shown().prefetch_related(SKILLS_OF_CARD)
    shown = [(family, _cards(rows, posts, courses)) for family, rows in by_family(found)]
    context = {"families": shown, "day": day, "breadcrumb": [{"title": _("Métiers de l’IA")}]}
    return render(request, "jobs/profiles.html", context)


@page(who=PUBLIC, reads={"GET"})
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(JobProfile.objects.shown(), slug=slug)
    day = today()
    links = list(found.skill_links.select_related("skill").order_by("-level", "skill__label"))
    by_department = posts_by_department(found, day)
    shown = [Shown(course, offering) for course, offering in courses_leading_to(found, SHOWN_COURSES)]
    search = f"{reverse('courses:search')}?metier={found.slug}"
    context = {
        "profile": found,
        "family": family_name(found.family),
        "essential": [link for link in links if link.importance == Importance.ESSENTIAL],
        "desirable": [link for link in links if link.importance == Importance.DESIRABLE],
        "posts": posts_by_profile(day).get(found.pk, 0),
        "departments": department_map(
            by_department,
            url_for=lambda code: f"{search}&departement={code}",
            say=_posts_in_words,
        ),
        "courses": cards_of(shown, CourseQuestion(day=day)),
        "course_count": courses_by_profile().get(found.pk, 0),
        "search_url": search,
        "neighbours": neighbours_of(found),
        "occupations": found.occupation_links.select_related("occupation"),
        "day": day,
        "breadcrumb": [{"title": _("Métiers de l’IA"), "url": reverse("jobs:profiles")}, {"title": found.name}],
    }
    return render(request, "jobs/profile.html", context)


@page(who=PUBLIC, reads={"GET"})
def occupation(request: HttpRequest, code: str) -> HttpResponse:
    """A ROME code leads to its profile; to a page of its own where it has none, or several."""
    if code != code.upper():
        return HttpResponsePermanentRedirect(reverse("jobs:occupation", args=[code.upper()]))
    found = get_object_or_404(Occupation, code=code)
    linked = list(JobProfile.objects.shown().filter(occupation_links__occupation=found).order_by("name"))
    if len(linked) == 1:
        return redirect(linked[0])
    skills = found.skill_links.select_related("skill").order_by("core", "skill__label")
    context = {
        "occupation": found,
        "profiles": linked,
        "main_skills": skills.exclude(core="other")[:30],
        "skill_count": skills.count(),
        "moves": found.moves.select_related("target")[:10],
        "breadcrumb": [{"title": _("Métiers de l’IA"), "url": reverse("jobs:profiles")}, {"title": found.label}],
    }
    return render(request, "jobs/occupation.html", context)
