"""Likeness to an organisation that was struck off: keyed hashes of identifiers, never the identifiers themselves.

A SIREN has nine digits: a plain hash of it would be read back in a minute. The key is CAMINS_TOMBSTONE_KEY, else the
portal's secret key; with another key, former tombstones recognise nobody.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Tombstone

KINDS = {
    "siren": _("le même SIREN"),
    "nda": _("le même numéro de déclaration d'activité"),
    "domain": _("le même domaine de courriel"),
    "phone": _("le même téléphone"),
    "host": _("le même site internet"),
}
# addresses and pages that anybody may have say nothing of who has them
MAIL_FOR_ALL = frozenset(
    "gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.fr live.com live.fr msn.com yahoo.com "
    "yahoo.fr icloud.com me.com orange.fr wanadoo.fr free.fr sfr.fr neuf.fr bbox.fr laposte.net gmx.com gmx.fr "
    "proton.me protonmail.com".split()
)
SITES_FOR_ALL = frozenset(
    "facebook.com linkedin.com instagram.com youtube.com x.com twitter.com google.com linktr.ee wixsite.com".split()
)


@dataclass(frozen=True)
class Identifiers:
    """How an organisation can be told, as people write it."""

    sirens: tuple[str, ...] = ()
    ndas: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()

    def __add__(self, other: "Identifiers") -> "Identifiers":
        return Identifiers(*(mine + theirs for mine, theirs in zip(self._all(), other._all(), strict=True)))

    def _all(self) -> tuple[tuple[str, ...], ...]:
        return self.sirens, self.ndas, self.emails, self.phones, self.websites


@dataclass(frozen=True)
class Likeness:
    """A standing tombstone, and what a newcomer shares with it, in words."""

    tombstone: Tombstone
    shared: tuple[str, ...]


def marks_of(identifiers: Identifiers) -> list[str]:
    """The hashes of what can be told apart in these identifiers, in a fixed order, each once."""
    told = {f"{kind}:{_hash(kind, value)}" for kind, value in _readable(identifiers) if value}
    return sorted(told)


def likenesses(identifiers: Identifiers) -> list[Likeness]:
    """The standing tombstones that share an identifier, the newest first: for a person to judge, nothing follows."""
    marks = set(marks_of(identifiers))
    rows = Tombstone.objects.standing().select_related("organisation", "struck_by")
    return [
        Likeness(row, tuple(dict.fromkeys(str(KINDS[mark.partition(":")[0]]) for mark in row.marks if mark in marks)))
        for row in (rows.filter(marks__overlap=sorted(marks)) if marks else ())
    ]


def _readable(identifiers: Identifiers) -> Iterator[tuple[str, str]]:
    yield from (("siren", siren[:9]) for siren in identifiers.sirens)
    yield from (("nda", nda) for nda in identifiers.ndas)
    yield from (("domain", each) for each in _unless(MAIL_FOR_ALL, map(domain_of, identifiers.emails)))
    yield from (("phone", phone_key(phone)) for phone in identifiers.phones)
    yield from (("host", each) for each in _unless(SITES_FOR_ALL, map(host_of, identifiers.websites)))


def _unless(shared_by_all: frozenset[str], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if not any(name == each or name.endswith(f".{each}") for each in shared_by_all):
            yield name


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].strip().lower()


def phone_key(phone: str) -> str:
    """The nine digits after the 0 or the +33; empty for what is too short to be a number."""
    digits = re.sub(r"[^0-9]", "", phone)
    return digits[-9:] if len(digits) >= 9 else ""


def host_of(website: str) -> str:
    try:
        host = urlsplit(website if "//" in website else f"//{website}").hostname or ""
    except ValueError:  # a bracket that never closes
        return ""
    return host.removeprefix("www.")


def _hash(kind: str, value: str) -> str:
    key = settings.CAMINS_TOMBSTONE_KEY or settings.SECRET_KEY
    return hmac.new(key.encode(), f"camins tombstone {kind} {value}".encode(), hashlib.sha256).hexdigest()
