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
from inbox.networks.outward import ntfy, telegram, webhook
from inbox.networks.outward.answer_words import Heard
from inbox.networks.outward.asking import Stop, never

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
_FOR_TESTS: Final = frozenset(("mmost", "ntfy"))
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
        for each in filter(None, (address, webhook.answers_address(secret))):
            check_url(each, resolve)
        return
    scheme = _scheme(secret)
    allowed = HOSTED | SELF_HOSTED | (_FOR_TESTS if loopback_allowed() else frozenset())
    if scheme not in allowed:
        raise Refused(f"Addresses that begin with “{scheme or 'nothing'}://” are not allowed here.")
    if scheme in ntfy.SCHEMES:
        check_url(ntfy.place(secret).server, resolve)
    elif scheme not in HOSTED:
        host = urlsplit(secret).hostname or ""
        check_url(f"{'http' if scheme in _FOR_TESTS else 'https'}://{host}", resolve)


def send(name: str, secret: str, title: str, body: str, *, now: datetime, key: str, code: str = "") -> None:
    """Send a message; ``key`` names it for a webhook, so that a second copy is known for one, and ``code`` is what
    acknowledges it, told where it can be answered.

    Raises ``Refused`` where trying again will not help, else ``RateLimited`` or ``Unreachable``.
    """
    check(name, secret)
    if name.startswith(_WEBHOOK):
        webhook.post(secret, {"title": title, "body": body, "key": key}, now=now, code=code)
    elif _scheme(secret) in ntfy.SCHEMES:
        ntfy.send(secret, title, body, now=now, code=code)
    elif _scheme(secret) in telegram.SCHEMES:
        telegram.send(secret, title, body, now=now, code=code)
    else:
        _notify(secret, title, body)


def can_answer(name: str, secret: str) -> bool:
    """Whether people can acknowledge on this service: it can be asked for what they wrote."""
    if name.startswith(_WEBHOOK):
        return bool(webhook.answers_address(secret))
    return _scheme(secret) in ntfy.SCHEMES | telegram.SCHEMES


def answers(name: str, secret: str, cursor: str, *, since: datetime, now: datetime, stop: Stop = never) -> Heard:
    """What people answered on a service since ``cursor``, or since then where there is none yet.

    Raises ``Refused`` where nobody can answer there, and as ``send`` does.
    """
    check(name, secret)
    if name.startswith(_WEBHOOK) and webhook.answers_address(secret):
        return webhook.answers(secret, cursor, since=since, now=now, stop=stop)
    if _scheme(secret) in ntfy.SCHEMES:
        return ntfy.answers(secret, cursor, since=since, now=now, stop=stop)
    if _scheme(secret) in telegram.SCHEMES:
        return telegram.answers(secret, cursor, since=since, now=now, stop=stop)
    raise Refused("Nobody can answer on this service.")


def kind(name: str, secret: str) -> str:
    """What a service is called where its answers are told: “ntfy”, “Telegram”, else its own name."""
    if not name.startswith(_WEBHOOK) and _scheme(secret) in ntfy.SCHEMES:
        return ntfy.TITLE
    if not name.startswith(_WEBHOOK) and _scheme(secret) in telegram.SCHEMES:
        return telegram.TITLE
    return name.partition(":")[2]


def _scheme(secret: str) -> str:
    found = _SCHEME.match(secret)
    return found.group(1).lower() if found else ""


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
