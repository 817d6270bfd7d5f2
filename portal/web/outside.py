"""Reading an address that somebody gave us, without letting it lead inside.

The name is resolved once, every answer must be a public address, and the connection goes to that address: a name that
changes its mind between the check and the call changes nothing. Redirections stay on their host. Time and size are
capped. Nothing of ours (cookie, key) is ever sent.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext as _

PORTS = {"https": 443, "http": 80}
MOST_REDIRECTS = 3
PIECE = 65_536
AGENT = "Camins (portail des formations à l'IA en Occitanie)"
# host, port → addresses
Resolve = Callable[[str, int], list[str]]


class OutsideRefused(Exception):
    """The address cannot be read; `str()` says why, in French."""


@dataclass(frozen=True)
class Fetched:
    status: int
    body: bytes
    url: str


def resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def fetch(
    url: str,
    *,
    most_bytes: int,
    seconds: float,
    schemes: tuple[str, ...] = ("https",),
    method: str = "GET",
    resolver: Resolve = resolve,
) -> Fetched:
    """Read an address. Raises OutsideRefused: not public, too slow, too big, unreachable, redirected elsewhere."""
    deadline = time.monotonic() + seconds
    host = None
    for _turn in range(MOST_REDIRECTS + 1):
        parts = _checked(url, schemes)
        if host is not None and parts.hostname != host:
            raise OutsideRefused(_("Cette adresse renvoie vers un autre site : donnez l’adresse finale."))
        host = parts.hostname
        status, body, target = _once(parts, method, deadline, most_bytes, resolver)
        if status not in (301, 302, 303, 307, 308) or not target:
            return Fetched(status, body, url)
        url = urljoin(url, target)
    raise OutsideRefused(_("Cette adresse renvoie trop de fois vers une autre."))


def check_address(url: str, schemes: tuple[str, ...] = ("https",)) -> None:
    """What can be said of an address without asking anybody. Raises OutsideRefused."""
    _checked(url, schemes)


def _checked(url: str, schemes: tuple[str, ...]) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise OutsideRefused(_("Cette adresse est mal écrite.")) from wrong
    if parts.scheme not in schemes:
        raise OutsideRefused(
            _("L’adresse doit commencer par %(schemes)s.") % {"schemes": " ou ".join(f"{s}://" for s in schemes)}
        )
    if not parts.hostname or parts.username or parts.password or port not in (None, PORTS[parts.scheme]):
        raise OutsideRefused(_("Donnez une adresse simple, sans identifiant ni numéro de port."))
    if any(ord(each) <= 32 or ord(each) == 127 for each in url):
        raise OutsideRefused(_("Cette adresse est mal écrite."))
    return parts


def public_address(host: str, port: int, resolver: Resolve) -> str:
    """The address to connect to. Raises OutsideRefused unless every answer of the name is public."""
    try:
        found = [ipaddress.ip_address(each.partition("%")[0]) for each in resolver(host, port)]
    except (OSError, ValueError, UnicodeError) as wrong:
        raise OutsideRefused(_("Ce site est introuvable : vérifiez son nom.")) from wrong
    if not found or not all(_is_public(each) for each in found):
        raise OutsideRefused(_("Cette adresse n’est pas sur l’internet public."))
    return str(found[0])


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if inner is not None:
        return _is_public(inner)
    return address.is_global and not address.is_multicast


def _once(
    parts: SplitResult, method: str, deadline: float, most_bytes: int, resolver: Resolve
) -> tuple[int, bytes, str]:
    host, port = parts.hostname or "", PORTS[parts.scheme]
    address = public_address(host, port, resolver)
    line = _Line(host, address, port, is_secure=parts.scheme == "https", seconds=_left(deadline))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        line.request(method, path, headers={"User-Agent": AGENT.encode("ascii", "ignore").decode(), "Accept": "*/*"})
        answer = line.getresponse()
        return answer.status, _read(answer, line, deadline, most_bytes), answer.getheader("Location") or ""
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as wrong:
        raise OutsideRefused(_("Ce site ne répond pas comme il faut : réessayez plus tard.")) from wrong
    finally:
        line.close()


def _read(answer: http.client.HTTPResponse, line: "_Line", deadline: float, most_bytes: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while True:
        if line.sock is not None:
            line.sock.settimeout(_left(deadline))
        piece = answer.read1(PIECE)
        if not piece:
            if answer.length:  # the line was cut before the end
                raise OutsideRefused(_("Ce site a coupé la lecture : réessayez plus tard."))
            return b"".join(pieces)
        size += len(piece)
        if size > most_bytes:
            most = max(1, most_bytes // 1_000_000)
            raise OutsideRefused(_("Le fichier dépasse %(most)d Mo.") % {"most": most})
        pieces.append(piece)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise OutsideRefused(_("Ce site est trop lent : réessayez plus tard."))
    return left


class _Line(http.client.HTTPConnection):
    """A connection to an address that was checked, which speaks to the host of the name."""

    def __init__(self, host: str, address: str, port: int, *, is_secure: bool, seconds: float):
        super().__init__(host, port, timeout=seconds)
        self.address, self.is_secure = address, is_secure

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.is_secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
