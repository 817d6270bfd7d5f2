"""The files of the project, and what is read out of them by the tests of the house."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("portal", "courses", "jobs")
PLACES = (*FLOORS, "templates", "static", "tests", "deploy", "docs", "requirements", ".ci")
WRITTEN = {
    ".py",
    ".html",
    ".txt",
    ".toml",
    ".md",
    ".sh",
    ".css",
    ".js",
    ".yml",
    ".yaml",
    ".conf",
    ".service",
    ".env",
    "",
}
# data written as Python: long by nature, split by theme
DATA = ("portal/reference/words/", "courses/demo_data/", "jobs/demo_data/", "portal/accounts/demo_data/")


def files(*suffixes: str, under: tuple[str, ...] = PLACES) -> Iterator[Path]:
    """Our files, as paths from the root; caches and what is generated left out."""
    found = [path for place in under for path in (ROOT / place).rglob("*")]
    for path in sorted([*found, *ROOT.glob("*")]):
        inside = path.relative_to(ROOT)
        if path.is_file() and "__pycache__" not in inside.parts and (not suffixes or path.suffix in suffixes):
            yield inside


def read(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def modules() -> list[Path]:
    """The modules of the three floors that people write: neither migrations nor data."""
    return [
        path
        for path in files(".py", under=FLOORS)
        if path.parts[0] in FLOORS and "migrations" not in path.parts and not str(path).startswith(DATA)
    ]


def screens() -> list[Path]:
    """The modules that speak to people: views and back-office."""
    return [path for path in modules() if {"views", "api"} & {*path.parts, path.stem} or path.stem == "admin"]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(read(path))


def templates() -> list[Path]:
    return list(files(".html", ".txt", under=("templates",)))


def without_comments(template: str) -> str:
    """A template without what it says to its readers only."""
    bare = re.sub(r"\{#.*?#\}", "", template, flags=re.DOTALL)
    return re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", bare, flags=re.DOTALL)
