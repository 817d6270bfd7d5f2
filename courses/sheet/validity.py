"""Whether one may still enter a certification, in words: what a source says, with its name and its day."""

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _

from portal.reference.enums import Register, Validity
from portal.reference.models import Certification
from portal.web.templatetags.camins import day as in_words


def expiry_of(certification: Certification, day: datetime.date) -> str:
    """ "expirée le 31 août 2023, remplacée par RNCP38228"; of an expired certification."""
    end = certification.valid_until
    is_over = end is not None and end < day
    said = _("expirée le %(day)s") % {"day": in_words(end)} if is_over else _("n’est plus active")
    if certification.replaced_by:
        said += _(", remplacée par %(numbers)s") % {"numbers": certification.replaced_by}
    return said


def expired_of(certifications: Iterable[Certification], day: datetime.date) -> list[Certification]:
    return [each for each in certifications if each.validity_on(day) == Validity.EXPIRED]


def warnings_on(certifications: Iterable[Certification], day: datetime.date) -> list[str]:
    """A sentence for each expired one."""
    return [
        _("%(title)s (%(code)s) : %(expiry)s.%(source)s")
        % {"title": each.title, "code": each.code, "expiry": expiry_of(each, day), "source": _source(each)}
        for each in expired_of(certifications, day)
    ]


def validity_note(certification: Certification, day: datetime.date) -> str:
    """What is known of one that is not expired; silence is said of the public registers, which always have an end."""
    validity = certification.validity_on(day)
    source = _source(certification)
    if validity == Validity.UNKNOWN and certification.register in (Register.RNCP, Register.RS):
        return _("Personne ne nous a dit jusqu’à quand elle est enregistrée.")
    # nobody vouches for it: neither do we
    if validity != Validity.VALID or not source:
        return ""
    if certification.valid_until is None:
        return _("Certification active.") + source
    return _("Enregistrée jusqu’au %(day)s.") % {"day": in_words(certification.valid_until)} + source


def _source(certification: Certification) -> str:
    """A last sentence, after a space; nothing where nobody is known to say it."""
    if not certification.source or certification.checked_on is None:
        return ""
    said = _(" Source : %(source)s, liste du %(day)s.")
    return said % {"source": certification.source, "day": in_words(certification.checked_on)}
