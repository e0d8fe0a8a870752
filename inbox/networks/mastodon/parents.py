"""What posts answer: an instance's own ids turned into the global ids that hold everywhere."""

from typing import Any
from urllib.parse import quote

from inbox.model.mention import IncomingMention
from inbox.networks.errors import Gone, Refused, Unreachable
from inbox.networks.http import Http
from inbox.networks.mastodon.parse import Reader

_KEPT = 5_000
_MOST_ASKED = 40
_SPARE_BUDGET = 0.3
_GIVE_UP = 3


class Parents:
    """Looks up posts by local or global id, and remembers which local id is which post."""

    def __init__(self, http: Http, reader: Reader) -> None:
        self._http = http
        self._reader = reader
        self._known: dict[str, str] = {}
        self._failures: dict[str, int] = {}

    def of(self, items: list[Any], *, with_posts: bool) -> tuple[dict[str, str], list[IncomingMention]]:
        """The global ids of what a page's posts answer; ``with_posts`` also gives the posts that had to be
        fetched, by others than us: the context of our own replies.
        """
        for item in items:
            self._learn(_status(item))
        wanted = dict.fromkeys(parent for item in items if (parent := _parent(_status(item))))
        context: list[IncomingMention] = []
        asked = 0
        for local in wanted:
            spare = self._http.budget.left is None or self._http.budget.left > _SPARE_BUDGET
            if local in self._known or not (with_posts or (asked < _MOST_ASKED and spare)):
                continue
            asked += 1
            try:
                found = self.fetch(local)
            except Refused:
                # Deleted or not for us: the post stands without its context.
                continue
            except Unreachable:
                # One post that its instance fails to give must not stop the source for good.
                self._failures[local] = self._failures.get(local, 0) + 1
                if self._failures[local] < _GIVE_UP:
                    raise
                continue
            if with_posts and found is not None:
                context.append(found)
        return {local: self._known[local] for local in wanted if local in self._known}, context

    def fetch(self, local: str) -> IncomingMention | None:
        """A post by its id on our instance; None when it cannot be read. Raises ``NetworkError``."""
        found = self._read(self._http.get(f"/api/v1/statuses/{quote(local, safe='')}").data)
        if found is not None:
            # Some servers change a post's id whenever they touch it, and still answer to the old one.
            self._keep(local, found.id)
        return found

    def search(self, global_id: str) -> IncomingMention | None:
        """A post by its global id, asked of our instance; None when it does not know it."""
        params = {"q": global_id, "type": "statuses", "resolve": "true", "limit": "5"}
        found = self._http.get("/api/v2/search", params).data
        statuses = found.get("statuses") if isinstance(found, dict) else None
        read = [self._read(each) for each in (statuses if isinstance(statuses, list) else [])]
        return next((post for post in read if post is not None and global_id in {post.id, post.url}), None)

    def global_id(self, local: str) -> str | None:
        """The global id of a post of our instance. Raises ``NetworkError``, ``Gone`` where there is none."""
        if local not in self._known and self.fetch(local) is None:
            raise Gone("The post is not there any more.")
        return self._known.get(local)

    def _read(self, payload: Any) -> IncomingMention | None:  # noqa: ANN401 - JSON is any
        self._learn(payload)
        parent = _parent(payload)
        known = {parent: self._known[parent]} if parent in self._known else {}
        found = self._reader.status(payload, "look-up", known)
        return found if isinstance(found, IncomingMention) else None

    def _learn(self, status: Any) -> None:  # noqa: ANN401 - JSON is any
        if not isinstance(status, dict):
            return
        local, uri = status.get("id"), status.get("uri")
        if isinstance(local, str | int) and isinstance(uri, str) and uri:
            self._keep(str(local), uri)

    def _keep(self, local: str, uri: str) -> None:
        if len(self._known) >= _KEPT:
            self._known.pop(next(iter(self._known)))
        self._known[local] = uri


def _status(item: Any) -> Any:  # noqa: ANN401 - a status, or the notification around it
    return item.get("status") if isinstance(item, dict) and isinstance(item.get("status"), dict) else item


def _parent(status: Any) -> str:  # noqa: ANN401 - JSON is any
    found = status.get("in_reply_to_id") if isinstance(status, dict) else None
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) and found else ""
