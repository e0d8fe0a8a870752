"""Bluesky: accounts of the AT Protocol, by app password. See README.md for what it can and cannot give."""

from collections.abc import Callable
from datetime import UTC, datetime

from inbox.model.account import Account
from inbox.model.words import SourceKind
from inbox.networks.base import Capabilities, Stop
from inbox.networks.bluesky.client import SERVER, BlueskyClient
from inbox.networks.bluesky.keys import make_key
from inbox.networks.bluesky.session import TITLE, Secret, Session, judge, read_secret
from inbox.networks.http import Http

capabilities = Capabilities(
    name="bluesky",
    title=TITLE,
    sources=(SourceKind.MENTIONS, SourceKind.OWN_POSTS),
    honours_keys=True,
    needs_server=False,
    sign_in="app password",
    reach_back="As far back as Bluesky lists notifications and posts; a search reaches back less far.",
)


def connect(account: Account, secret: str, *, stop: Stop, save_secret: Callable[[str], None]) -> BlueskyClient:
    """A client for ``account``. ``secret`` is the app password, or the JSON that ``save_secret`` was given.
    Raises ``Refused`` when the account's server is no address.
    """

    def make_http(server: str) -> Http:
        return Http(server, title=TITLE, stop=stop, judge=judge)

    session = Session(
        account.server or SERVER,
        read_secret(secret, account.handle),
        make_http=make_http,
        save_secret=save_secret,
        now=lambda: datetime.now(UTC),
    )
    return BlueskyClient(account, session)


def app_password(identifier: str, password: str) -> str:
    """The secret of an account before its first sign-in: what ``connect`` is given to test it."""
    return Secret(identifier.strip().removeprefix("@"), password=password.strip()).written()


__all__ = ["SERVER", "BlueskyClient", "app_password", "capabilities", "connect", "make_key"]
