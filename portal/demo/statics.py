"""Static files are collected and compressed only when one of their sources has changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def fingerprint() -> str:
    """A hash of every static source's name, size and time, and of the way they are stored."""
    told = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    lines = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            lines.append(f"{name}:{found.st_size}:{found.st_mtime_ns}")
    told.update("\n".join(sorted(lines)).encode())
    return told.hexdigest()


def collect_if_changed() -> bool:
    """Collect into STATIC_ROOT where needed; True if it was."""
    mark = Path(settings.STATIC_ROOT).with_suffix(".fingerprint")
    now = fingerprint()
    if mark.exists() and mark.read_text() == now and Path(settings.STATIC_ROOT).is_dir():
        return False
    mark.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(now)
    return True
