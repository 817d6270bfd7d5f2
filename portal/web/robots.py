"""Who says of itself that it is a program: its visits are served like any other, and counted nowhere."""

import re

from django.http import HttpRequest

ROBOT = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|slurp|archiver|preview|monitor|uptime|curl/|wget|python-|httpx|aiohttp|go-http|java/|libwww|scrapy",
    re.IGNORECASE,
)
LONGEST_READ = 500


def is_robot(request: HttpRequest) -> bool:
    """Only what a visitor declares: one that says nothing, or lies, counts as a person."""
    return ROBOT.search(request.headers.get("User-Agent", "")[:LONGEST_READ]) is not None
