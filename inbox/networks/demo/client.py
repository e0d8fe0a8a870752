"""One account of the demo network; it takes its time to answer, has an outage, and needs nothing outside."""

import json
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from inbox.model.account import Source
from inbox.model.mention import IncomingMention
from inbox.model.words import Direction, MentionKind, SourceKind, Visibility
from inbox.networks.base import Budget, Identity, Posted, PulledPage, ReplyTarget, Stop, refuse_private
from inbox.networks.demo.script import DemoAccount
from inbox.networks.demo.story import DemoPost
from inbox.networks.demo.world import LATENCY, World
from inbox.networks.errors import Refused, Unreachable

NETWORK = "demo"
PAGE = 40
BUDGET = 300
WINDOW = timedelta(minutes=5)

_TICK = 0.1
_LOOK_EVERY = 1.0


def _now() -> datetime:
    return datetime.now(UTC)


class DemoClient:
    """The connection of an account; keeps the ``NetworkClient`` protocol. ``pace`` 0 answers at once (tests)."""

    def __init__(
        self,
        world: World,
        account: DemoAccount,
        *,
        stop: Stop,
        now: Callable[[], datetime] = _now,
        pace: float = 1.0,
    ) -> None:
        self._world, self._account = world, account
        self._stop, self._now, self._pace = stop, now, pace
        self._asked: list[datetime] = []
        self._looked_at = now()

    @property
    def budget(self) -> Budget:
        """As if 300 requests were allowed in 5 minutes."""
        if not self._asked:
            return Budget()
        return Budget(max(0.0, 1 - len(self._asked) / BUDGET), self._asked[0] + WINDOW)

    def identify(self) -> Identity:
        """Who we are."""
        self._request()
        found = self._account
        may = ("read mentions", "read own posts", "search", "reply")
        return Identity(found.key, found.handle, found.title, "", found.limits, may)

    def pull(self, source: Source, *, since: datetime | None) -> Iterator[PulledPage]:
        """Pages after the source's cursor, oldest first."""
        after = _load(source.cursor)
        self._request()
        now = self._now()
        if after is None:
            if since is None:
                yield PulledPage((), (), _dump(now, ""), more=False, read=0)
                return
            after = (since, "")
        found = self._news(source, after, now)
        parts = [found[at : at + PAGE] for at in range(0, len(found), PAGE)]
        for number, part in enumerate(parts):
            if number:
                self._request()
            cursor = _dump(*part[-1][0])
            mentions = tuple(mention for _, each in part for mention in each)
            yield PulledPage(mentions, (), cursor, more=number + 1 < len(parts), read=len(part))
        if not parts:
            yield PulledPage((), (), _dump(*after), more=False, read=0)
        self._looked_at = max(self._looked_at, now)

    def refresh(self, global_ids: list[tuple[str, str | None]]) -> list[IncomingMention]:
        """The present state of posts."""
        self._request()
        now = self._now()
        known = {post.id: post for post in self._world.posts(self._account.key, now)}
        return [self._mention(known[each], now) for each, _ in global_ids if each in known]

    def post(
        self,
        text: str,
        target: ReplyTarget | None,
        *,
        key: str,
        visibility: Visibility,
        language: str | None = None,
    ) -> Posted:
        """Post a reply or a post of its own, once for each key."""
        del language
        refuse_private(target, visibility)
        self._request()
        private = visibility is Visibility.PRIVATE
        answers = None if target is None else target.global_id
        return _posted(self._world.post(self._account.key, answers, text, key=key, private=private, now=self._now()))

    def find_posted(self, key: str, text: str, target: ReplyTarget | None, *, since: datetime) -> Posted | None:
        """By its key."""
        del text, target, since
        self._request()
        found = self._world.by_key(key)
        return None if found is None else _posted(found)

    def wait_for_news(self, seconds: float) -> bool:
        """True as soon as there are posts that were not pulled yet."""
        end = time.monotonic() + seconds
        look = time.monotonic() + min(_LOOK_EVERY, seconds / 2)
        while not self._stop() and (left := end - time.monotonic()) > 0:
            if time.monotonic() >= look:
                look = time.monotonic() + _LOOK_EVERY
                if self._has_news():
                    return True
            time.sleep(min(left, _TICK))
        return False

    def close(self) -> None:
        """Nothing is held open."""

    def _has_news(self) -> bool:
        now = self._now()
        if self._world.outage(self._account.key, now) is not None:
            return False
        posts = self._world.posts(self._account.key, now)
        return any(self._looked_at < at + LATENCY <= now for post in posts for at in _moments(post))

    def _news(
        self, source: Source, after: tuple[datetime, str], now: datetime
    ) -> list[tuple[tuple[datetime, str], list[IncomingMention]]]:
        """What happened after the cursor: posts as they stand, and edits and deletions of earlier ones."""
        posts = self._world.posts(self._account.key, now)
        known = {post.id: post for post in posts}
        found: list[tuple[tuple[datetime, str], list[IncomingMention]]] = []
        for post in (each for each in posts if _belongs(each, source)):
            gone = post.deleted_at is not None and post.deleted_at <= now
            if (post.at, post.id) > after:
                if not gone:
                    shown = [*_context(post, source, known), post]
                    found.append(((post.at, post.id), [self._mention(each, now) for each in shown]))
                continue
            changes = [at for at in _moments(post)[1:] if (at, post.id) > after and at + LATENCY <= now]
            if changes:
                found.append(((max(changes), post.id), [self._mention(post, now)]))
        return sorted(found, key=lambda each: each[0])

    def _mention(self, post: DemoPost, now: datetime) -> IncomingMention:
        edited = post.edited is not None and post.edited_at is not None and post.edited_at <= now
        return IncomingMention(
            network=NETWORK,
            id=post.id,
            author=post.author,
            text=(post.edited or post.text) if edited else post.text,
            created_at=post.at,
            account=self._account.handle,
            direction=Direction.OUTBOUND if post.ours else Direction.INBOUND,
            kind=MentionKind.MESSAGE if post.private else MentionKind.MENTION,
            visibility=Visibility.PRIVATE if post.private else Visibility.PUBLIC,
            in_reply_to=post.answers,
            url=f"https://{self._account.key}.example/{post.id.removeprefix('demo:')}",
            language=post.language or None,
            likes=post.likes,
            shares=post.shares,
            media=post.media,
            edited_at=post.edited_at if edited else None,
            deleted=post.deleted_at is not None and post.deleted_at <= now,
            raw={"id": post.id, "text": post.text, "thread": post.thread},
        )

    def _request(self) -> None:
        """What a request costs: some of the budget, a moment, and now and then an outage."""
        now = self._now()
        self._asked = [at for at in self._asked if at > now - WINDOW] + [now]
        self._take(random.uniform(0.02, 0.15) * self._pace)  # noqa: S311 - latency, not a secret
        over = self._world.outage(self._account.key, now)
        if over is not None:
            raise Unreachable("The demo network does not answer.", over)

    def _take(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while True:
            if self._stop():
                raise Unreachable("Stopped before it was done.")
            if (left := end - time.monotonic()) <= 0:
                return
            time.sleep(min(left, _TICK))


def _belongs(post: DemoPost, source: Source) -> bool:
    if source.kind is SourceKind.OWN_POSTS:
        return post.ours
    if post.ours:
        return False
    if source.kind is SourceKind.MESSAGES:
        return post.private
    if source.kind is SourceKind.MENTIONS:
        return post.tagged
    words = source.query.casefold().split()
    return not post.private and bool(words) and all(word in post.text.casefold() for word in words)


def _context(post: DemoPost, source: Source, known: dict[str, DemoPost]) -> list[DemoPost]:
    """An own reply brings the post that it answers, as on other networks."""
    asked = known.get(post.answers or "")
    return [asked] if asked is not None and source.kind is SourceKind.OWN_POSTS else []


def _moments(post: DemoPost) -> list[datetime]:
    return [at for at in (post.at, post.edited_at, post.deleted_at) if at is not None]


def _posted(post: DemoPost) -> Posted:
    return Posted(post.id, None, f"https://{post.account}.example/{post.id.removeprefix('demo:')}", post.at)


def _dump(at: datetime, last: str) -> str:
    return json.dumps({"at": at.isoformat(), "id": last})


def _load(cursor: str | None) -> tuple[datetime, str] | None:
    if cursor is None:
        return None
    try:
        told = json.loads(cursor)
        return datetime.fromisoformat(told["at"]), str(told["id"])
    except (ValueError, KeyError, TypeError) as error:
        raise Refused("The place where pulling the demo network stands cannot be read.") from error
