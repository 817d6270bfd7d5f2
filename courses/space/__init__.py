"""The screens of the bodies' space (/espace-organisme/) for what the courses floor holds."""

from courses.space import bodies, course, imports, lists, sessions, statistics

__all__ = ["bodies", "course", "imports", "lists", "sessions", "statistics"]
