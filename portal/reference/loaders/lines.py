"""The lines of a text file from outside, read one by one: encoding, size and control characters are checked here.

UTF-8 is expected. Some public copies announced as UTF-8 are CP1252: a line that is not UTF-8 is read as CP1252 as
long as the file has shown no accented letter in UTF-8; afterwards it is a damaged line, refused with its number.
"""

import re
import zlib
from collections.abc import Iterator
from typing import IO
from zipfile import BadZipFile

from django.utils.translation import gettext as _

from portal.reference.loaders.report import FileRefused

MAX_LINE_BYTES = 100_000
# the complete ROME is 30 MB, its largest file 5 MB
MAX_FILE_BYTES = 300_000_000
# a quoted cell may hold line breaks, but never that many: a quotation mark was left open
MAX_LINES_PER_ROW = 200

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNREADABLE = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Lines:
    """Iterator over the lines of `stream` as text; a faulty line comes out empty and is kept in `faults`."""

    def __init__(self, stream: IO[bytes], name: str):
        self.stream = stream
        self.name = name
        self.number = 0
        self.row_start = 1
        # line number -> why it cannot be read
        self.faults: dict[int, str] = {}
        self.cp1252_lines = 0
        self._has_utf8 = False
        self._bytes = 0

    def __iter__(self) -> Iterator[str]:
        while raw := self._read():
            self.number += 1
            if self.number - self.row_start > MAX_LINES_PER_ROW:
                raise open_quote(self.name, self.row_start)
            yield self._text(raw)

    def header(self) -> str:
        """The first line that holds something; raises FileRefused where the file is not a text with a first line."""
        for line in self:
            self.row_start = self.number
            if self.number in self.faults:
                raise FileRefused(
                    _("%(file)s : ce n'est pas un fichier CSV (ligne %(line)s : %(why)s).")
                    % {"file": self.name, "line": self.number, "why": self.faults[self.number]}
                )
            if line.strip():
                return line
        raise FileRefused(_("%(file)s : le fichier est vide.") % {"file": self.name})

    def fault_since(self, first: int) -> str:
        """Why one of the lines from `first` to the last one read cannot be read, or nothing."""
        return next((self.faults[n] for n in range(first, self.number + 1) if n in self.faults), "")

    def _read(self) -> bytes:
        try:
            raw = self.stream.readline(MAX_LINE_BYTES + 1)
            self._bytes += len(raw)
            if len(raw) > MAX_LINE_BYTES and not raw.endswith(b"\n"):
                raw = self._skip_the_rest()
        except _UNREADABLE as error:
            raise FileRefused(
                _("%(file)s : lecture impossible (%(why)s).") % {"file": self.name, "why": error}
            ) from error
        if self._bytes > MAX_FILE_BYTES:
            raise FileRefused(
                _("%(file)s : plus de %(size)s Mo, ce n'est pas le fichier attendu.")
                % {"file": self.name, "size": MAX_FILE_BYTES // 1_000_000}
            )
        if self.number == 0 and raw.startswith(_UTF16):
            raise FileRefused(
                _("%(file)s : encodé en UTF-16. Enregistrez-le en CSV UTF-8 et recommencez.") % {"file": self.name}
            )
        return raw

    def _skip_the_rest(self) -> bytes:
        """Pass over a line too long to be true, without ever holding it whole."""
        self.faults[self.number + 1] = _("ligne de plus de %s octets") % MAX_LINE_BYTES
        while rest := self.stream.readline(MAX_LINE_BYTES):
            self._bytes += len(rest)
            if rest.endswith(b"\n") or self._bytes > MAX_FILE_BYTES:
                break
        return b"\n"

    def _text(self, raw: bytes) -> str:
        try:
            text = raw.decode("utf-8-sig" if self.number == 1 else "utf-8")
            self._has_utf8 = self._has_utf8 or not text.isascii()
        except UnicodeDecodeError:
            text = self._cp1252(raw)
        if _CONTROL.search(text):
            self.faults[self.number] = _("caractère de contrôle")
            return "\n"
        return text

    def _cp1252(self, raw: bytes) -> str:
        try:
            text = "" if self._has_utf8 else raw.decode("cp1252")
        except UnicodeDecodeError:
            text = ""
        if not text:
            self.faults[self.number] = _("caractères illisibles en UTF-8")
            return "\n"
        self.cp1252_lines += 1
        return text


def open_quote(name: str, line: int) -> FileRefused:
    return FileRefused(
        _("%(file)s : un guillemet ouvert à la ligne %(line)s n'est jamais refermé.") % {"file": name, "line": line}
    )
