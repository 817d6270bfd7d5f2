"""A document that comes with a claim: what it is, told by its content; its name and its declared type say nothing."""

import hashlib
from dataclasses import dataclass
from typing import IO

from courses.enums import DocumentKind

MOST_BYTES = 5_000_000
# how a file of each kind begins, and what is found near its end
FIRST = {
    DocumentKind.PDF: b"%PDF-",
    DocumentKind.JPEG: b"\xff\xd8\xff",
    DocumentKind.PNG: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
}
LAST = {DocumentKind.PDF: b"%%EOF", DocumentKind.JPEG: b"\xff\xd9", DocumentKind.PNG: b"IEND"}
END = 2_048
MEDIA_TYPES = {
    DocumentKind.PDF: "application/pdf",
    DocumentKind.JPEG: "image/jpeg",
    DocumentKind.PNG: "image/png",
}


@dataclass(frozen=True)
class Proof:
    kind: DocumentKind
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def read_proof(stream: IO[bytes]) -> Proof | None:
    """The document, or None where its content is no PDF, JPEG or PNG, cut, or too long."""
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        return None
    for kind in DocumentKind:
        if content.startswith(FIRST[kind]) and LAST[kind] in content[-END:]:
            return Proof(kind, content)
    return None
