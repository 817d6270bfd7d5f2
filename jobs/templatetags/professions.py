"""What the ground's pages show of the jobs: a few profiles, by how many posts are open."""

from django import template
from django.core.cache import cache
from django.db.models import F, Q, Sum

from portal.moderation.models import is_shown
from portal.reference.models import JobProfile
from portal.web.clock import today

register = template.Library()


@register.simple_tag
def wanted_profiles(limit: int = 6) -> list[dict]:
    """The profiles with most open posts: [{"url", "title", "summary", "entry_level", "needs"}]."""
    day = today()

    def find() -> list[dict]:
        is_open = (
            is_shown("needs")
            & Q(needs__filled_on__isnull=True)
            & (Q(needs__expires_on__isnull=True) | Q(needs__expires_on__gte=day))
        )
        profiles = (
            JobProfile.objects.shown()
            .annotate(posts=Sum("needs__headcount", filter=is_open))
            .order_by(F("posts").desc(nulls_last=True), "name")[:limit]
        )
        return [
            {
                "url": profile.get_absolute_url(),
                "title": profile.name,
                "summary": profile.summary,
                "entry_level": profile.usual_level,
                "needs": profile.posts,
            }
            for profile in profiles
        ]

    return cache.get_or_set(f"wanted-profiles:{day}:{limit}", find, 60) or find()
