"""One Mastodon account: pulling its sources, refreshing, posting and reading back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from inbox.model.account import Account, Source
from inbox.model.mention import BadPayload, IncomingAuthor, IncomingMention
from inbox.model.words import SourceKind, Visibility
from inbox.networks.answers import Answer
from inbox.networks.base import Budget, Identity, Posted, PulledPage, ReplyTarget, Stop, refuse_private
from inbox.networks.errors import Gone, NetworkError, RateLimited, Refused, SignInAgain, Unreachable
from inbox.networks.http import Http
from inbox.networks.mastodon import paging
from inbox.networks.mastodon.cursor import Cursor
from inbox.networks.mastodon.instance import Instance, read_instance
from inbox.networks.mastodon.lists import Lists
from inbox.networks.mastodon.parents import Parents
from inbox.networks.mastodon.parse import MENTION_TYPES, Reader
from inbox.networks.mastodon.secret import Secret
from inbox.networks.mastodon.stream import Stream
from inbox.networks.mastodon.wording import addressed, same_words

OWN_OVERLAP = timedelta(minutes=2)
FOUND_OVERLAP = timedelta(minutes=30)
_SEEN_AT_MOST = 20_000
_SPARE_BUDGET = 0.2
_CLOCKS_APART = timedelta(minutes=2)
_UNPROCESSABLE = 422


def judge(answer: Answer) -> NetworkError | None:
    """A token that belongs to nobody (an app's own, or of a deleted user) is answered by 422."""
    if answer.status == _UNPROCESSABLE and "authenticated user" in answer.error_code:
        return SignInAgain("This token does not belong to an account. Sign in again.")
    return None


class MastodonClient:
    """The connection of an account; keeps the ``NetworkClient`` protocol."""

    def __init__(self, account: Account, secret: Secret, http: Http, *, stop: Stop) -> None:
        self._account = account
        self._secret = secret
        self._http = http
        self._stop = stop
        domain = account.details.get("domain") or urlsplit(http.server).netloc
        handle = account.handle if "@" in account.handle else f"{account.handle}@{domain}"
        self._reader = Reader(handle, account.remote_id, private_is_direct=not account.limits.idempotent)
        self._parents = Parents(http, self._reader)
        self._lists = Lists(http, lambda: account.remote_id or self.identify().remote_id)
        self._seen: dict[tuple[Any, ...], None] = {}
        self._instance: Instance | None = None
        self._stream: Stream | None = None

    @property
    def budget(self) -> Budget:
        """What the last answer's rate headers said."""
        return self._http.budget

    def identify(self) -> Identity:
        """Whose token it is, on which server, with which limits."""
        me = self._http.get("/api/v1/accounts/verify_credentials").data
        instance = self._about()
        username, remote_id = (me.get("username"), me.get("id")) if isinstance(me, dict) else (None, None)
        if not isinstance(username, str) or not username or not isinstance(remote_id, str | int):
            raise Unreachable(f"{self._http.title} sent something that is not an answer of its network.")
        domain = instance.domain or urlsplit(self._http.server).netloc
        may, may_not = _rights(self._secret.scopes)
        shown = me.get("display_name")
        return Identity(
            remote_id=str(remote_id),
            handle=f"{username}@{domain}",
            display_name=shown if isinstance(shown, str) and shown else username,
            server=self._http.server,
            limits=instance.limits,
            may=may,
            may_not=may_not,
            details={"domain": domain, "version": instance.version, "stream": instance.stream},
        )

    def pull(self, source: Source, *, since: datetime | None) -> Iterator[PulledPage]:
        """Pages after the source's cursor; see ``paging`` for the order and what survives a kill."""
        cursor, now = Cursor.load(source.cursor), datetime.now(UTC)
        if source.cursor and cursor is None:
            since = since or source.last_mention_at
        if source.kind in {SourceKind.MENTIONS, SourceKind.MESSAGES}:
            pages, read = paging.by_id(self._lists.notifications, cursor, since, now), self._reader.notification
        else:
            overlap = OWN_OVERLAP if source.kind is SourceKind.OWN_POSTS else FOUND_OVERLAP
            pages, read = paging.by_time(self._lists.of(source), cursor, since, now, overlap), self._reader.status
        for page in pages:
            marks = [_mark(source, item) for item in page.items]
            unseen = [item for item, mark in zip(page.items, marks, strict=True) if mark not in self._seen]
            yield self._page(replace(page, items=unseen), source, read)
            # Only now are they stored: a caller who died in between is given them again.
            self._remember([mark for mark in marks if mark is not None])

    def refresh(self, global_ids: list[tuple[str, str | None]]) -> list[IncomingMention]:
        """The present state of posts; stops early, leaving the rest out, when the budget runs low."""
        found: list[IncomingMention] = []
        for global_id, local in global_ids:
            if self.budget.left is not None and self.budget.left < _SPARE_BUDGET:
                break
            try:
                now = self._look_up(global_id, local)
            except (Unreachable, RateLimited):
                if not found:
                    raise
                break
            if now is not None:
                found.append(now)
        return found

    def post(
        self,
        text: str,
        target: ReplyTarget | None,
        *,
        key: str,
        visibility: Visibility,
        language: str | None = None,
    ) -> Posted:
        """Post a reply that names the author, or a post that names nobody. Raises ``Refused`` when what it answers is
        not to be found.
        """
        refuse_private(target, visibility)
        form = {"status": text, "visibility": _posted_visibility(visibility, target)}
        if target is not None:
            form["status"] = addressed(text, target.author_handle, self._reader.domain)
            form["in_reply_to_id"] = self._answerable(target)
        if language is not None:
            form["language"] = language
        idempotent = self._account.limits.idempotent
        headers = {"Idempotency-Key": key} if idempotent else {}
        answer = self._http.post("/api/v1/statuses", form=form, headers=headers, repeat_safe=idempotent)
        found = self._reader.status(answer.data, "post")
        if isinstance(found, BadPayload):
            raise Unreachable(f"{self._http.title} took the post but its answer cannot be read.", maybe_done=True)
        return _posted(found)

    def find_posted(self, key: str, text: str, target: ReplyTarget | None, *, since: datetime) -> Posted | None:
        """Look through the own posts since then for this text in answer to this target, or to nothing. ``key`` is
        not read: no server tells it back.
        """
        del key
        for item in self._own_since(since - _CLOCKS_APART):
            found = self._reader.status(item, "own posts")
            if isinstance(found, BadPayload) or found.created_at < since - _CLOCKS_APART:
                continue
            if same_words(found.text, text) and self._answers(found, target):
                return _posted(found)
        return None

    def wait_for_news(self, seconds: float) -> bool:
        """Wait on the stream where there is one; else just wait."""
        if self._stream is None:
            address = self._account.details.get("stream")
            self._stream = Stream(address if isinstance(address, str) else "", self._secret.token, stop=self._stop)
        return self._stream.wait(seconds)

    def close(self) -> None:
        """Give back connections; never raises."""
        if self._stream is not None:
            self._stream.close()
        self._http.close()

    def _about(self) -> Instance:
        if self._instance is None:
            try:
                told = self._http.get("/api/v2/instance").data
            except Refused:
                told = self._http.get("/api/v1/instance").data
            self._instance = read_instance(told)
        return self._instance

    def _page(self, page: paging.RawPage, source: Source, read: Callable[..., Any]) -> PulledPage:
        items = [item for item in page.items if _is_wanted(item, source)]
        parents, context = self._parents.of(items, with_posts=source.kind is SourceKind.OWN_POSTS)
        read_in = [read(item, source.kind.value, parents) for item in items]
        mentions = [found for found in read_in if isinstance(found, IncomingMention) and not found.is_repost]
        bad = tuple(found for found in read_in if isinstance(found, BadPayload))
        known = {found.id for found in mentions}
        before = [found for found in context if found.id not in known]
        return PulledPage((*before, *mentions), bad, page.cursor.dump(), page.more, len(page.items), page.gap)

    def _remember(self, marks: list[tuple[Any, ...]]) -> None:
        self._seen.update(dict.fromkeys(marks))
        while len(self._seen) > _SEEN_AT_MOST:
            self._seen.pop(next(iter(self._seen)))

    def _look_up(self, global_id: str, local: str | None) -> IncomingMention | None:
        try:
            found = self._parents.fetch(local) if local else self._parents.search(global_id)
        except Gone:
            # Some servers give an edited post a new id: it is gone only if its global id is unknown too.
            found = None if self._is_mastodon else self._parents.search(global_id)
            if found is None:
                return _deleted(global_id, local, self._reader.handle)
        except Refused:
            return None
        return found if found is not None and found.id == global_id else None

    @property
    def _is_mastodon(self) -> bool:
        return self._account.limits.idempotent

    def _answerable(self, target: ReplyTarget) -> str:
        """The id on our instance of what is answered; it is looked up where it is unknown or has changed."""
        if target.local_id and (self._is_mastodon or self._still_there(target.local_id)):
            return target.local_id
        found = self._parents.search(target.global_id)
        if found is None or found.local_id is None:
            raise Gone(f"{self._http.title} does not find the post that this answers. It may have been deleted.")
        return found.local_id

    def _still_there(self, local: str) -> bool:
        try:
            return self._parents.fetch(local) is not None
        except Gone:
            return False

    def _answers(self, found: IncomingMention, target: ReplyTarget | None) -> bool:
        if target is None:
            public = found.visibility is Visibility.PUBLIC
            return public and found.in_reply_to is None and found.in_reply_to_local is None
        if target.local_id is not None and found.in_reply_to_local == target.local_id:
            return True
        if found.in_reply_to_local is None:
            return False
        try:
            return self._parents.global_id(found.in_reply_to_local) == target.global_id
        except Refused:
            return False

    def _own_since(self, since: datetime) -> Iterator[Any]:
        begun = Cursor(since, start=since)
        for page in paging.by_time(self._lists.own, begun, None, datetime.now(UTC), timedelta(0)):
            yield from page.items


def _mark(source: Source, item: Any) -> tuple[Any, ...] | None:  # noqa: ANN401 - whatever came
    """What tells an item, in its present edition, from all others of its source; None for the unreadable."""
    status = item.get("status", item) if isinstance(item, dict) else None
    if not isinstance(status, dict) or not isinstance(status.get("uri"), str) or not status["uri"].strip():
        return None
    return source.id, status["uri"], str(status.get("edited_at"))


def _is_wanted(item: Any, source: Source) -> bool:  # noqa: ANN401 - whatever came
    """Likes and follows are not; what cannot be judged is, so that it comes to light in quarantine."""
    if source.kind not in {SourceKind.MENTIONS, SourceKind.MESSAGES} or not isinstance(item, dict):
        return True
    kind = item.get("type")
    if not isinstance(kind, str):
        return True
    if source.kind is SourceKind.MESSAGES:
        status = item.get("status")
        return kind == "mention" and isinstance(status, dict) and status.get("visibility") in {"direct", "private"}
    return kind in MENTION_TYPES


def _posted(found: IncomingMention) -> Posted:
    return Posted(found.id, found.local_id, found.url, found.created_at, found.text)


def _posted_visibility(visibility: Visibility, target: ReplyTarget | None) -> str:
    """A reply to an unlisted post stays unlisted, as its author wished."""
    if visibility is Visibility.PRIVATE:
        return "direct"
    asked = target.raw.get("visibility") if target is not None and isinstance(target.raw, dict) else None
    return "unlisted" if asked == "unlisted" else "public"


def _deleted(global_id: str, local: str | None, handle: str) -> IncomingMention:
    nobody = IncomingAuthor(id="", handle="deleted")
    at = datetime.now(UTC)
    return IncomingMention("mastodon", global_id, nobody, "", at, account=handle, local_id=local, deleted=True)


_RIGHTS = (
    ("read mentions", ("read", "read:notifications")),
    ("read own posts", ("read", "read:statuses")),
    ("search", ("read", "read:search")),
    ("reply", ("write", "write:statuses")),
)


def _rights(scopes: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the token may do and may not; a pasted token does not tell its scopes."""
    held = set(scopes.split())
    if not held:
        return (), ()
    may = tuple(words for words, enough in _RIGHTS if held & set(enough))
    return may, tuple(words for words, _ in _RIGHTS if words not in may)
