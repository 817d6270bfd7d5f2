"""Two doors that open without anybody: software that sends a file with its key, and an address read every night."""

import datetime
import hashlib
import secrets
from collections.abc import Callable, Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.importers import files, flow
from courses.importers.faults import ImportRefused
from courses.importers.table_file import MAX_BYTES
from courses.models import FeedToken, ImportRun, ImportSource
from portal.accounts.models import Organisation, User
from portal.moderation.models import ModerationError
from portal.web.outside import Fetched, OutsideRefused, fetch

MOST_TOKENS = 5
SECONDS = 60
MARK = "camins_"  # a leaked key is found by it
Fetch = Callable[..., Fetched]


class TooManyTokens(ModerationError):
    def __init__(self) -> None:
        super().__init__(
            _("Votre organisation a déjà %(most)d clés : révoquez celles qui ne servent plus.") % {"most": MOST_TOKENS}
        )


class OtherBody(Exception):
    """The same key of sending came with another file; `str()` says what to do."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette clé d'envoi (Idempotency-Key) a déjà servi pour un autre fichier : donnez-en une nouvelle.")
        )


def hash_of(secret: str) -> str:
    """What the base keeps of a key: 256 bits of chance need no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def make_token(source: ImportSource, *, label: str, by: User) -> tuple[FeedToken, str]:
    """A key for a source, and its text, which is told once. Raises TooManyTokens."""
    organisation = Organisation.objects.select_for_update(no_key=True).get(sources=source)
    if FeedToken.objects.alive().filter(source__organisation=organisation).count() >= MOST_TOKENS:
        raise TooManyTokens
    secret = MARK + secrets.token_urlsafe(32)
    return FeedToken.objects.create(source=source, label=label, token_hash=hash_of(secret), made_by=by), secret


def revoke(token: FeedToken, *, by: User) -> bool:
    """Whether this call ended the key; one that is over stays as it ended."""
    alive = FeedToken.objects.alive().filter(pk=token.pk)
    return bool(alive.update(revoked_at=timezone.now(), revoked_by=by))


def token_of(secret: str) -> FeedToken | None:
    """The key that this text is, alive, of an organisation that is not struck off."""
    known = FeedToken.objects.alive().select_related("source__organisation", "made_by")
    token: FeedToken | None = known.filter(token_hash=hash_of(secret)).first()
    if token is None or token.source.organisation is None or token.source.organisation.is_struck_off:
        return None
    return token


def note_use(token: FeedToken, day: datetime.date) -> None:
    FeedToken.objects.filter(pk=token.pk).exclude(last_used_on=day).update(last_used_on=day)


def answering_for(source: ImportSource, preferred: User | None) -> User | None:
    """In whose name a machine's changes wait for a moderator: who made the key or gave the address, while they are
    there; else a manager of the organisation. Agents answer for the sources of nobody.
    """
    if source.organisation is None:
        return preferred if preferred is not None and preferred.is_active else None
    present = source.organisation.memberships.present().filter(user__is_active=True).select_related("user")
    if preferred is not None and present.filter(user=preferred).exists():
        return preferred
    managers: list[User] = [each.user for each in present.filter(role="manager").order_by("pk")[:1]]
    return managers[0] if managers else None


def push(
    token: FeedToken, *, chunks: Iterable[bytes], file_name: str, key: str = "", is_whole_offer: bool = False
) -> tuple[ImportRun, bool]:
    """A file sent with a key: its run, and whether it is new. Raises ImportRefused, OtherBody.

    The database says which of two sendings of one `key` came first; the other gets its run.
    """
    stored_name, digest = files.store(chunks)
    try:
        with transaction.atomic():
            return ImportRun.objects.create(
                **flow.arrival(stored_name, digest, file_name),
                source=token.source,
                by=answering_for(token.source, token.made_by),
                is_by_member=True,
                is_unattended=True,
                is_whole_offer=is_whole_offer,
                push_key=key,
            ), True
    except IntegrityError:
        known = ImportRun.objects.filter(source=token.source, push_key=key).exclude(push_key="").first()
        files.forget(stored_name)
        if known is None:
            raise
        if known.sha256 != digest or known.is_whole_offer != is_whole_offer:
            raise OtherBody from None
        return known, False


def pull(source: ImportSource, *, read: Fetch = fetch) -> ImportRun | None:
    """Read the address of a source; the run of what is new there. What goes wrong is kept beside the source."""
    if source.organisation is not None and source.organisation.is_struck_off:
        _told(source, _("L'organisme est radié du portail : son adresse n'est plus lue."))
        return None
    try:
        found = read(source.feed_url, most_bytes=MAX_BYTES, seconds=SECONDS, schemes=("https",))
        if found.status != 200:
            raise OutsideRefused(
                _("Cette adresse répond par une erreur (%(status)d) : vérifiez-la.") % {"status": found.status}
            )
        if not found.body:
            raise OutsideRefused(_("Le fichier de cette adresse est vide : vérifiez son export."))
    except OutsideRefused as refused:
        _told(source, str(refused))
        return None
    return _take(source, found)


@transaction.atomic
def _take(source: ImportSource, found: Fetched) -> ImportRun | None:
    """Leave a run of a file that is not the last one; of two tasks at once, one does."""
    here = ImportSource.objects.select_for_update(no_key=True).select_related(None).get(pk=source.pk)
    if here.feed_url != source.feed_url:  # another address meanwhile: the next night reads it
        return None
    here.feed_read()
    last = here.runs.order_by("-started_at", "-pk").first()
    if last is not None and last.sha256 == hashlib.sha256(found.body).hexdigest():
        return None
    try:
        return flow.upload(
            source=here,
            chunks=[found.body],
            file_name=name_of(found.url),
            by=answering_for(here, here.feed_set_by),
            is_by_member=here.organisation_id is not None,
            is_whole_offer=here.feed_is_whole,
            is_unattended=True,
            is_pulled=True,
        )
    except ImportRefused as refused:
        here.feed_read(refused.fault.message)
        return None


@transaction.atomic
def _told(source: ImportSource, fault: str) -> None:
    here = ImportSource.objects.select_for_update(no_key=True).get(pk=source.pk)
    if here.feed_url == source.feed_url:
        here.feed_read(fault)


def name_of(url: str) -> str:
    """The end of an address as the name of its file."""
    path = url.partition("?")[0].partition("#")[0].rstrip("/")
    return path.rpartition("/")[2][-255:] or "flux"
