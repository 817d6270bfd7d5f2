"""The screens of the bodies' space (/espace-organisme/) for what the courses floor holds."""

from courses.space import bodies, course, doors, imports, lists, sessions, statistics

__all__ = ["bodies", "course", "doors", "imports", "lists", "sessions", "statistics"]
