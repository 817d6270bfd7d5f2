"""A ZIP archive from outside: what it holds is checked against its own table of contents before anything is read.

What that table says of a size is a bound for the reading too: zipfile stops there, and refuses a wrong sum.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from portal.reference.loaders.report import FileRefused, figure, shown

MAX_MEMBERS = 2_000
MAX_ARCHIVE_BYTES = 200_000_000
MAX_UNPACKED_BYTES = 1_500_000_000
# tables of text shrink ten or twenty times; a bomb, a thousand times
MAX_RATIO = 100
# below, an extract of repeated lines may shrink as much
SMALL_BYTES = 1_000_000

Opener = Callable[[], AbstractContextManager[IO[bytes]]]
Members = list[tuple[str, Opener]]


@contextmanager
def opened_archive(path: Path, refusal: str) -> Iterator[Members]:
    """The members of the archive `path`, by the last part of their names.

    Raises FileRefused: with `refusal` where it is no ZIP archive, with its own words where it is a bomb or too large.
    """
    if path.stat().st_size > MAX_ARCHIVE_BYTES:
        raise FileRefused(
            _("%(file)s : plus de %(size)s Mo.") % {"file": shown(path.name), "size": MAX_ARCHIVE_BYTES // 1_000_000}
        )
    try:
        archive = ZipFile(path)
    except (BadZipFile, NotImplementedError, ValueError) as error:
        raise FileRefused(refusal) from error
    with archive:
        yield _members(archive, shown(path.name))


def _members(archive: ZipFile, name: str) -> Members:
    files = [member for member in archive.infolist() if not member.is_dir()]
    if len(files) > MAX_MEMBERS:
        raise FileRefused(
            _("%(file)s : l'archive contient plus de %(most)s fichiers.") % {"file": name, "most": figure(MAX_MEMBERS)}
        )
    unpacked = sum(member.file_size for member in files)
    if unpacked > MAX_UNPACKED_BYTES or any(map(_swells, files)):
        raise FileRefused(_("%(file)s : l'archive grossirait trop en s'ouvrant.") % {"file": name})
    return [
        (PurePosixPath(member.filename.replace("\\", "/")).name, partial(_open, archive, member)) for member in files
    ]


def _swells(member: ZipInfo) -> bool:
    return member.file_size > SMALL_BYTES and member.file_size > MAX_RATIO * max(1, member.compress_size)


def _open(archive: ZipFile, member: ZipInfo) -> IO[bytes]:
    try:
        return archive.open(member)
    except (BadZipFile, NotImplementedError, RuntimeError) as error:
        raise FileRefused(
            _("%(file)s : lecture impossible dans l'archive (%(why)s).")
            % {"file": shown(member.filename), "why": shown(str(error), 200)}
        ) from error
