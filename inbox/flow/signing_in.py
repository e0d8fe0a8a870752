"""Signing in on a network's own page, in the person's browser."""

import sys
import webbrowser
from collections.abc import Callable
from typing import Final

from inbox.model.account import Account
from inbox.networks.errors import Refused

_PAGES: Final = ("mastodon",)


def by_page(account: Account, *, say: Callable[[str], None]) -> str:
    """Open the page and wait for its answer; the secret for the keyring. Raises ``NetworkError``."""
    if account.network not in _PAGES:
        raise Refused(f"{account.network} has no page to sign in on. Give a token instead.")
    from inbox.networks.mastodon.signin import sign_in

    def open_page(address: str) -> None:
        say(f"Sign in on this page: {address}")
        # A terminal without a screen would start a text browser in the middle of this.
        if sys.stderr.isatty() or sys.platform in {"win32", "darwin"}:
            webbrowser.open(address)

    return sign_in(account.server, open_page, lambda: False)
