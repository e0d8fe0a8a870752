"""Mastodon, and servers that speak its API (GoToSocial, Pleroma, snac ...). What it cannot do: README.md."""

import uuid
from collections.abc import Callable

from inbox.model.account import Account
from inbox.model.words import SourceKind
from inbox.networks.base import Capabilities, NetworkClient, Stop

# Keys are honoured by Mastodon itself (for an hour), not by everything that speaks its API: what a server does
# stands in ``account.limits.idempotent`` once it was tested, and that decides.
capabilities = Capabilities(
    name="mastodon",
    title="Mastodon",
    sources=(SourceKind.MENTIONS, SourceKind.OWN_POSTS),
    honours_keys=True,
    needs_server=True,
    sign_in="oauth",
    reach_back="As far as the server keeps notifications; many servers keep them all, small ones the latest few.",
)


def make_key() -> str:
    """A new ``Idempotency-Key``."""
    return str(uuid.uuid4())


def connect(account: Account, secret: str, *, stop: Stop, save_secret: Callable[[str], None]) -> NetworkClient:
    """A client for an account. Raises ``SignInAgain`` without a token, ``Refused`` for an address not https."""
    from inbox.networks.http import Http
    from inbox.networks.mastodon.client import MastodonClient, judge
    from inbox.networks.mastodon.secret import read_secret

    del save_secret  # its tokens do not run out
    known = read_secret(secret)
    http = Http(account.server, bearer=known.token, stop=stop, judge=judge)
    return MastodonClient(account, known, http, stop=stop)
