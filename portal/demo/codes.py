"""Second factors of the demonstration's accounts: the link for an application, the code of the moment."""

from urllib.parse import quote, urlencode

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings


def totp_link(email: str, secret: str) -> str:
    """The otpauth:// address that an authenticator application reads."""
    issuer = settings.MFA_TOTP_ISSUER
    return f"otpauth://totp/{quote(issuer)}:{quote(email)}?{urlencode({'secret': secret, 'issuer': issuer})}"


def current_code(secret: str) -> str:
    """The code that the portal accepts now for `secret`."""
    # From the oldest counter accepted to the newest: the present lies in the middle.
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))
