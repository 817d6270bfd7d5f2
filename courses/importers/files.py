"""Where the files of imports lie: under CAMINS_VAR/imports, each under a name drawn by chance, for 30 days."""

import datetime
import hashlib
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from courses.importers.faults import ImportRefused
from courses.importers.table_file import MAX_BYTES
from courses.models import ImportRun

KEPT_DAYS = 30


def folder() -> Path:
    path = Path(settings.CAMINS_VAR) / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def store(chunks: Iterable[bytes]) -> tuple[str, str]:
    """Write a file; its name there and its SHA-256. Raises ImportRefused above MAX_BYTES, and keeps nothing."""
    name, digest, size = secrets.token_hex(24), hashlib.sha256(), 0
    path = folder() / name
    try:
        with path.open("xb") as stream:
            for chunk in chunks:
                size += len(chunk)
                if size > MAX_BYTES:
                    message = _("Le fichier dépasse %(most)d Mo : envoyez-le en plusieurs morceaux.")
                    raise ImportRefused("too-big", message % {"most": MAX_BYTES // 1024 // 1024})
                digest.update(chunk)
                stream.write(chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return name, digest.hexdigest()


def forget(name: str) -> None:
    """Delete a file that no import names."""
    (folder() / name).unlink(missing_ok=True)


def forget_old(now: datetime.datetime) -> int:
    """Delete the files of 30 days ago, and those that no import names (a request that ended half-way)."""
    limit = now - datetime.timedelta(days=KEPT_DAYS)
    old = ImportRun.objects.exclude(stored_name="").filter(started_at__lt=limit)
    old.update(stored_name="")
    named = set(ImportRun.objects.exclude(stored_name="").values_list("stored_name", flat=True))
    gone = [
        path
        for path in folder().iterdir()
        if path.name not in named and path.stat().st_mtime < (now - datetime.timedelta(days=1)).timestamp()
    ]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
