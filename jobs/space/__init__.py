"""The pages of the bodies' space (/espace-organisme/) for what the jobs floor knows: why a listing is where it is."""

from jobs.space import near, why

__all__ = ["near", "why"]
