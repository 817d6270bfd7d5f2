"""The words in the address of a page."""

from django.utils.text import slugify

LONGEST = 80  # as the models' columns


def page_slug(name: str, *, otherwise: str) -> str:
    """A name as words of an address; `otherwise` for one with no letter or digit that an address can hold."""
    return slugify(name)[:LONGEST].strip("-") or otherwise
