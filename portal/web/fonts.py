"""A static files finder that makes the two fonts of the site: Atkinson Hyperlegible, cut for French, as woff2.

The installed package fontpkg-atkinson-hyperlegible (SIL Open Font License 1.1) ships static TrueType files: the regular
and the bold are cut and packed once into CAMINS_VAR/fonts. Nothing is fetched and no font is committed.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import fontpkg_atkinson_hyperlegible as family
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage
from fontTools import subset
from fontTools.ttLib import TTFont

PACKAGE = "fontpkg-atkinson-hyperlegible"
FACES = {
    "fonts/atkinson-regular.woff2": "AtkinsonHyperlegible-Regular.ttf",
    "fonts/atkinson-bold.woff2": "AtkinsonHyperlegible-Bold.ttf",
}
LICENCE = "fonts/atkinson-licence.txt"
# Latin with the accents of western Europe, French ligatures, typographic marks, euro, arrows the font has
CHARACTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2010, 0x2028),
    0x2030,
    0x2039,
    0x203A,
    0x20AC,
    0x2122,
    0x2212,
]


def build_face(source: Path) -> bytes:
    """The woff2 bytes of one TrueType file, cut to CHARACTERS, without hinting."""
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.layout_features = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # the licence travels with the font
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=CHARACTERS)
    cutter.subset(font)
    font.flavor = "woff2"
    with tempfile.TemporaryFile() as packed:
        font.save(packed)
        packed.seek(0)
        return packed.read()


def font_folder() -> Path:
    """CAMINS_VAR/fonts/<digest>, filled once; the digest names the package and the cut, so a change rebuilds."""
    recipe = f"{version(PACKAGE)} {version('fonttools')} {CHARACTERS}"
    folder = Path(settings.CAMINS_VAR) / "fonts" / hashlib.sha256(recipe.encode()).hexdigest()[:12]
    for name, source in FACES.items():
        write_once(folder / name, partial(build_face, family.ROOT / "files" / source))
    write_once(folder / LICENCE, (family.ROOT / "LICENSE").read_bytes)
    return folder


def write_once(path: Path, make: Callable[[], bytes]) -> None:
    """Write `make()` to `path` unless it is there; two processes at once leave one whole file."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(make())
    Path(draft).chmod(0o644)
    Path(draft).replace(path)


class FontFinder(BaseFinder):
    """Finds `fonts/atkinson-*.woff2` and the licence; builds them at the first question."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False) -> Any:  # a path, or a list of paths
        if path not in FACES and path != LICENCE:
            return []
        found = str(font_folder() / path)
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        storage = FileSystemStorage(location=font_folder())
        for path in (*FACES, LICENCE):
            yield path, storage
