"""A browser that keeps what went wrong behind a page: refusals of the security policy, errors, foreign calls."""

from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page
from pytest_playwright_axe.axe import MIN_AXE_PATH

AXE = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
# how far a page goes past its window, in CSS pixels, and the first element that does
OVERFLOW = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return null;
  const scrolls = (each) => each !== document.body
    && (getComputedStyle(each).overflowX !== 'visible' || scrolls(each.parentElement));
  const out = [...document.body.querySelectorAll('*')].find((each) =>
    each.getBoundingClientRect().right > document.documentElement.clientWidth && !scrolls(each.parentElement));
  return `${wide} px, ${out ? out.tagName + '.' + out.className : '?'}`;
}"""


@cache
def axe_source() -> str:
    return MIN_AXE_PATH.read_text(encoding="utf-8")


@dataclass
class Watched:
    """A page and what was heard of it since the last `hear()`."""

    page: Page
    host: str
    heard: list[str] = field(default_factory=list)

    def hear(self) -> list[str]:
        told, self.heard = self.heard, []
        return told

    def axe(self) -> list[str]:
        """The violations that axe finds now, each with the first element it is about."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(axe_source())
        found = self.page.evaluate(AXE)
        return [
            f"{each['id']} ({each['impact']}, {len(each['nodes'])}): {each['nodes'][0]['html'][:160]} "
            f"{' '.join(each['nodes'][0]['failureSummary'].split())[:240]}"
            for each in found
        ]

    def overflow(self) -> str | None:
        return self.page.evaluate(OVERFLOW)


def watch(context: BrowserContext, site: str, *, expected: tuple[str, ...] = ()) -> Watched:
    """A new page of this context; console messages that hold one of `expected` are not faults."""
    page = context.new_page()
    watched = Watched(page, urlsplit(site).netloc)

    def on_console(message) -> None:
        if message.type == "error" and not any(words in message.text for words in expected):
            watched.heard.append(f"console: {message.text[:300]}")

    def on_request(request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != watched.host:
            watched.heard.append(f"asked another host: {request.url[:200]}")

    page.on("console", on_console)
    page.on("pageerror", lambda raised: watched.heard.append(f"script: {raised}"))
    page.on("request", on_request)
    return watched
