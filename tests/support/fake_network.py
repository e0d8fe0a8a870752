"""A network in memory, with customers, the account's own posts, and faults to order."""

import itertools
import threading
from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from inbox.model.account import Account, Limits, Source
from inbox.model.mention import BadPayload, IncomingAuthor, IncomingMention
from inbox.model.words import Direction, LengthRule, SourceKind, Visibility
from inbox.networks.base import (
    Budget,
    Capabilities,
    Identity,
    NetworkClient,
    Posted,
    PulledPage,
    ReplyTarget,
    Stop,
    refuse_private,
)
from inbox.networks.errors import NetworkError, SignInAgain, Unreachable
from inbox.secrets import SecretError

CAPABILITIES = Capabilities(
    name="fake",
    title="Fake",
    sources=(SourceKind.MENTIONS, SourceKind.OWN_POSTS),
    honours_keys=True,
    needs_server=True,
    sign_in="token",
    reach_back="For ever.",
)

Fault = BaseException


class FakeServer:
    """The network's side. ``faults`` holds, per method, what its next calls raise (None: that call works);
    ``after`` the same for posts that were made all the same.
    """

    def __init__(self) -> None:
        self.honours_keys = False
        self.page_size = 2
        self.budget = Budget()
        self.inbound: list[IncomingMention] = []
        self.bad: list[BadPayload] = []
        self.posts: list[tuple[str, str, ReplyTarget | None, Posted]] = []
        self.languages: list[str | None] = []
        self.faults: dict[str, deque[Fault | None]] = {}
        self.after: deque[Fault] = deque()
        self.calls: list[str] = []
        self.broken: dict[str, Exception | None] = {}
        self.news = threading.Event()
        self.hang = threading.Event()
        self.hang.set()
        self.now = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
        self.changed: dict[str, IncomingMention] = {}
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)

    def fail(self, method: str, *faults: Fault | None) -> None:
        """The next calls of a method fail so, one after the other."""
        self.faults.setdefault(method, deque()).extend(faults)

    def break_for_good(self, method: str, error: Exception | None) -> None:
        """Every call of a method fails so, until told otherwise by None."""
        self.broken[method] = error

    def say(self, text: str, *, at: datetime | None = None, who: str = "kim", answers: str | None = None) -> str:
        """A customer writes; the post's id."""
        name = f"fake://in/{next(self._numbers)}"
        author = IncomingAuthor(f"id-{who}", who, who.title())
        self.inbound.append(IncomingMention("fake", name, author, text, at or self.now, in_reply_to=answers))
        self.news.set()
        return name

    def enter(self, method: str, account: Account, stop: Stop) -> None:
        """What every call passes: the order to fail, and to hang until let go or stopped."""
        with self._lock:
            self.calls.append(f"{account.handle}:{method}")
            queue = self.faults.get(method)
            fault = queue.popleft() if queue else self.broken.get(method)
        while not self.hang.wait(0.01):
            if stop():
                raise Unreachable("Stopped before it was done.")
        if fault is not None:
            raise fault

    def publish(self, text: str, key: str, target: ReplyTarget | None) -> Posted:
        """Make a post; one key makes one post where keys are honoured."""
        with self._lock:
            for known, _, _, posted in self.posts:
                if self.honours_keys and known == key:
                    return posted
            number = next(self._numbers)
            posted = Posted(f"fake://out/{number}", str(number), f"https://network.test/{number}", self.now)
            self.posts.append((key, text, target, posted))
            return posted

    @property
    def texts(self) -> list[str]:
        """What stands on the network from the account."""
        return [text for _, text, _, _ in self.posts]


class FakeClient:
    """One account's connection; keeps the ``NetworkClient`` protocol."""

    def __init__(self, server: FakeServer, account: Account, stop: Stop) -> None:
        self._server, self._account, self._stop = server, account, stop
        self.closed = False

    @property
    def budget(self) -> Budget:
        return self._server.budget

    def identify(self) -> Identity:
        self._enter("identify")
        limits = Limits(length=300, length_rule=LengthRule.GRAPHEMES, idempotent=self._server.honours_keys)
        handle = self._account.handle
        return Identity(f"id-{handle}", handle, handle.title(), self._account.server, limits, ("read",), ("message",))

    def pull(self, source: Source, *, since: datetime | None) -> Iterator[PulledPage]:
        self._enter("pull")
        if source.kind is SourceKind.OWN_POSTS:
            found = [self._own(*post) for post in self._server.posts]
        else:
            found = list(self._server.inbound)
        start = 0 if since is not None else len(found)
        place = start if source.cursor is None else int(source.cursor)
        while True:
            end = min(place + self._server.page_size, len(found))
            page, bad = tuple(found[place:end]), tuple(self._server.bad)
            self._server.bad.clear()
            yield PulledPage(page, bad, str(end), end < len(found), len(page) + len(bad))
            place = end
            if place >= len(found):
                return
            self._enter("page")

    def refresh(self, global_ids: list[tuple[str, str | None]]) -> list[IncomingMention]:
        self._enter("refresh")
        return [self._server.changed[name] for name, _ in global_ids if name in self._server.changed]

    def post(
        self,
        text: str,
        target: ReplyTarget | None,
        *,
        key: str,
        visibility: Visibility,
        language: str | None = None,
    ) -> Posted:
        refuse_private(target, visibility)
        self._enter("post")
        self._server.languages.append(language)
        posted = self._server.publish(text, key, target)
        if self._server.after:
            raise self._server.after.popleft()
        return posted

    def find_posted(self, key: str, text: str, target: ReplyTarget | None, *, since: datetime) -> Posted | None:
        self._enter("find_posted")
        for known, said, answered, posted in self._server.posts:
            by_words = said == text and _same(answered, target) and posted.created_at >= since
            if known == key if self._server.honours_keys else by_words:
                return posted
        return None

    def wait_for_news(self, seconds: float) -> bool:
        self._enter("wait_for_news")
        end = timedelta(seconds=seconds).total_seconds()
        while end > 0 and not self._stop():
            if self._server.news.wait(0.02):
                self._server.news.clear()
                return True
            end -= 0.02
        return False

    def close(self) -> None:
        self.closed = True

    def _enter(self, method: str) -> None:
        self._server.enter(method, self._account, self._stop)

    def _own(self, key: str, text: str, target: ReplyTarget | None, posted: Posted) -> IncomingMention:
        account = self._account
        author = IncomingAuthor(account.remote_id, account.handle, account.display_name)
        return IncomingMention(
            "fake",
            posted.global_id,
            author,
            text,
            posted.created_at,
            direction=Direction.OUTBOUND,
            local_id=posted.local_id,
            in_reply_to=None if target is None else target.global_id,
            url=posted.url,
            send_key=key,
        )


def _same(one: ReplyTarget | None, other: ReplyTarget | None) -> bool:
    return (one and one.global_id) == (other and other.global_id)


class FakeNetworks:
    """Where a collector under test gets its connections from: one server for each account's handle."""

    def __init__(self) -> None:
        self.servers: dict[str, FakeServer] = {}
        self.trouble: SecretError | NetworkError | None = None
        self.opened: list[FakeClient] = []
        self.tokens: dict[str, str | None] = {}
        self._keys = itertools.count(1)

    def server(self, handle: str = "exampleair") -> FakeServer:
        """The server of an account."""
        return self.servers.setdefault(handle, FakeServer())

    def open(self, account: Account, stop: Stop) -> NetworkClient:
        if self.trouble is not None:
            raise self.trouble
        if self.tokens.get(account.handle, "token") is None:
            raise SignInAgain(f"There is no token for {account.handle}.")
        client = FakeClient(self.server(account.handle), account, stop)
        self.opened.append(client)
        return client

    def open_with(self, account: Account, secret: str, stop: Stop, save_secret: Callable[[str], None]) -> NetworkClient:
        save_secret(secret)
        return FakeClient(self.server(account.handle), account, stop)

    def key(self, network: str) -> str:
        return f"{network}-key-{next(self._keys)}"

    def capabilities(self, network: str) -> Capabilities:
        del network
        return CAPABILITIES
