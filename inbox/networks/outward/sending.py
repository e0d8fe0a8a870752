"""Sends one message to one service. Its address is a secret: it stands in no error.

Chat, phone and mail go through apprise (https://github.com/caronc/apprise/wiki); only the schemes listed here are
allowed, all of them over TLS, none of which can name a file, a command or a plug-in.
"""

import re
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from inbox.networks.address import Resolve, check_url, loopback_allowed
from inbox.networks.errors import Refused, Unreachable
from inbox.networks.outward import webhook

HOSTED: Final = frozenset(
    (
        "slack", "tgram", "discord", "msteams", "workflow", "workflows", "gchat", "wxteams", "pover", "pbul",
        "pagerduty", "opsgenie", "twilio", "clicksend", "vonage", "sinch", "whatsapp", "signl4", "squadcast", "zulip",
        "mailgun", "sendgrid", "ses", "sparkpost", "resend", "prowl", "pushed", "simplepush", "line", "guilded",
    )
)  # fmt: skip
"""Services with addresses of their own."""
SELF_HOSTED: Final = frozenset(("mmosts", "rockets", "gotifys", "ntfys", "matrixs", "nclouds", "mailtos", "signals"))
"""Services that stand wherever the address says: that must be no private network."""
_FOR_TESTS: Final = frozenset(("mmost",))
_WEBHOOK: Final = "webhook:"
_SCHEME: Final = re.compile(r"([a-z0-9]+)://", re.IGNORECASE)


def check(name: str, secret: str, resolve: Resolve | None = None) -> None:
    """Refuse an address that will not be used. ``name`` is as a ladder has it: ``apprise:slack``, ``webhook:pager``.

    Raises ``Refused`` with a sentence that does not repeat the address, or ``Unreachable``.
    """
    if name.startswith(_WEBHOOK):
        address, key = webhook.parts(secret)
        if not key:
            raise Refused("A webhook needs its address, a space, and the key that it is signed with.")
        check_url(address, resolve)
        return
    found = _SCHEME.match(secret)
    scheme = found.group(1).lower() if found else ""
    allowed = HOSTED | SELF_HOSTED | (_FOR_TESTS if loopback_allowed() else frozenset())
    if scheme not in allowed:
        raise Refused(f"Addresses that begin with “{scheme or secret[:0] or 'nothing'}://” are not allowed here.")
    if scheme not in HOSTED:
        host = urlsplit(secret).hostname or ""
        check_url(f"{'http' if scheme in _FOR_TESTS else 'https'}://{host}", resolve)


def send(name: str, secret: str, title: str, body: str, *, now: datetime, key: str) -> None:
    """Send a message; ``key`` names it for a webhook, so that a second copy is known for one.

    Raises ``Refused`` where trying again will not help, else ``Unreachable``.
    """
    check(name, secret)
    if name.startswith(_WEBHOOK):
        webhook.post(*webhook.parts(secret), {"title": title, "body": body, "key": key}, now=now)
        return
    _notify(secret, title, body)


def _notify(secret: str, title: str, body: str) -> None:
    # Imported here: it takes a fifth of a second, and most workspaces never call a service.
    import apprise

    service = apprise.Apprise.instantiate(secret, suppress_exceptions=True)
    if service is None:
        raise Refused("The address of the service is not complete. Enter it anew.")
    try:
        done = service.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT)
    except Exception as error:  # noqa: BLE001 - the library promises no errors, and what it raises may quote the address
        raise Unreachable(f"The service could not be asked ({type(error).__name__}).") from None
    if not done:
        raise Unreachable("The service does not answer, or refused the message.")
