"""The client of one Bluesky account: what ``NetworkClient`` promises, put together from the parts of this room."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from inbox.model.account import Account, Limits, Source
from inbox.model.ids import SourceId
from inbox.model.mention import IncomingMention
from inbox.model.words import LengthRule, Visibility
from inbox.networks.base import Budget, Identity, Posted, PulledPage, ReplyTarget
from inbox.networks.bluesky.feeds import feed_for
from inbox.networks.bluesky.fields import maybe_word
from inbox.networks.bluesky.parse import Me
from inbox.networks.bluesky.people import People
from inbox.networks.bluesky.posting import Poster
from inbox.networks.bluesky.present import present_state
from inbox.networks.bluesky.session import Session, claims_of
from inbox.networks.bluesky.stream import Jetstream, Polling, news
from inbox.networks.bluesky.walk import Puller, Seen
from inbox.networks.errors import Refused, Unreachable

SERVER = "https://bsky.social"
LIMITS = Limits(length=300, length_rule=LengthRule.GRAPHEMES, can_message=False, can_search=True, idempotent=True)

_MAY = ("read mentions, replies and quotes", "read the account's own posts", "search", "reply")
_NOT_MESSAGES = "read or send private messages"
_ACCOUNT_PASSWORD = "com.atproto.access"  # noqa: S105 - the name of a scope


class BlueskyClient:
    """See ``NetworkClient``."""

    def __init__(
        self,
        account: Account,
        session: Session,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        page_size: int = 100,
    ) -> None:
        """Asks nobody."""
        self._account, self._session, self._now, self._page_size = account, session, now, page_size
        self._people = People(session)
        self._seen: dict[SourceId, Seen] = {}
        self._news: Polling | Jetstream | None = None

    @property
    def budget(self) -> Budget:
        """What the last answer's rate headers said."""
        return self._session.budget

    def identify(self) -> Identity:
        """Sign in, and ask whose the session is."""
        told = self._session.get("com.atproto.server.getSession", [])
        if not isinstance(told, dict) or not maybe_word(told, "did"):
            raise Unreachable("Bluesky sent something that is not an answer of its network.")
        if told.get("active") is False:
            raise Refused(f"This account is {maybe_word(told, 'status') or 'not active'} on Bluesky.")
        did, handle = maybe_word(told, "did"), maybe_word(told, "handle")
        scope = claims_of(self._session.secret.accessJwt).get("scope")
        main = {"sign_in": "the account's own password; an app password is safer"} if scope == _ACCOUNT_PASSWORD else {}
        return Identity(
            remote_id=did,
            handle=handle,
            display_name=self._display_name(did) or handle,
            server=self._account.server or SERVER,
            limits=LIMITS,
            may=_MAY,
            may_not=(_NOT_MESSAGES,),
            details={"pds": self._session.http.server, **main},
        )

    def pull(self, source: Source, *, since: datetime | None) -> Iterator[PulledPage]:
        """Pages after ``source.cursor``, the newest page first; oldest first within a page."""
        seen = self._seen.setdefault(source.id, Seen())
        feed = feed_for(source, self._session, self._me(), self._people, limit=self._page_size)
        yield from Puller(feed, seen, now=self._now).pages(source, since)

    def refresh(self, global_ids: list[tuple[str, str | None]]) -> list[IncomingMention]:
        """The present counts of stored posts, and which of them are deleted; texts do not change on Bluesky."""
        return present_state(self._session, self._me(), [uri for uri, _ in global_ids], now=self._now())

    def post(
        self,
        text: str,
        target: ReplyTarget | None,
        *,
        key: str,
        visibility: Visibility,
        language: str | None = None,
    ) -> Posted:
        """Post a reply, or a post of its own, under ``key``, once."""
        poster = Poster(self._session, self._me())
        return poster.post(text, target, key=key, visibility=visibility, language=language, now=self._now())

    def find_posted(self, key: str, text: str, target: ReplyTarget | None, *, since: datetime) -> Posted | None:  # noqa: ARG002 - the key is enough
        """The post that stands under ``key``."""
        return Poster(self._session, self._me()).standing(key, text)

    def wait_for_news(self, seconds: float) -> bool:
        """Watch Jetstream where ``account.details["jetstream"]`` names a server, else the unread count."""
        if self._news is None:
            address = self._account.details.get("jetstream")
            me = self._me()
            self._news = news(address if isinstance(address, str) else "", me.did, self._session)
        return self._news.wait(seconds)

    def close(self) -> None:
        """Give back connections."""
        if self._news is not None:
            self._news.close()
        self._session.close()

    def _me(self) -> Me:
        self._session.sign_in()
        secret = self._session.secret
        return Me(secret.did or self._account.remote_id, secret.handle or self._account.handle)

    def _display_name(self, did: str) -> str:
        try:
            told = self._session.get("app.bsky.actor.getProfile", [("actor", did)])
        except Refused:
            # A new account that the app view has not seen yet.
            return ""
        return maybe_word(told, "displayName") if isinstance(told, dict) else ""
