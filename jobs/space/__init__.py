"""What the jobs floor shows in the two spaces: to bodies, why a listing is where it is; to employers, their needs."""

from jobs.space import attaching, near, needs, why

__all__ = ["attaching", "near", "needs", "why"]
