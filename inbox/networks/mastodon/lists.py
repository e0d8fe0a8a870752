"""The lists of an instance that sources are pulled from, each as a ``fetch`` for ``paging``."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from inbox.model.account import Source
from inbox.model.words import SourceKind
from inbox.networks.errors import Unreachable
from inbox.networks.http import Http, TooLarge
from inbox.networks.mastodon.paging import Fetch
from inbox.networks.mastodon.parse import MENTION_TYPES

# The most that Mastodon gives at once.
NOTIFICATIONS = 80
STATUSES = 40

_FEWER = 8


class Lists:
    """Asks for pages; ``own_id`` gives the account's id on its instance."""

    def __init__(self, http: Http, own_id: Callable[[], str]) -> None:
        self._http = http
        self._own_id = own_id

    def of(self, source: Source) -> Fetch:
        """The list behind a source other than mentions."""
        if source.kind is SourceKind.OWN_POSTS:
            return self.own
        if source.kind is SourceKind.HASHTAG or source.query.startswith("#"):
            tag = quote(source.query.lstrip("#").strip(), safe="")
            return lambda params: self._page(f"/api/v1/timelines/tag/{tag}", STATUSES, params)
        return lambda params: self._matching(source.query, params)

    def notifications(self, params: dict[str, str]) -> list[Any]:
        """Servers that ignore ``types[]`` send likes and follows along; they are left out of the page later."""
        return self._page("/api/v1/notifications", NOTIFICATIONS, {"types[]": list(MENTION_TYPES), **params})

    def own(self, params: dict[str, str]) -> list[Any]:
        """The account's own posts and replies."""
        place = f"/api/v1/accounts/{quote(self._own_id(), safe='')}/statuses"
        return self._page(place, STATUSES, {"exclude_reblogs": "true", **params})

    def _matching(self, query: str, params: dict[str, str]) -> list[Any]:
        """Results are paged by place; older instances know nothing of ``max_id`` here, nor of an order."""
        found = self._ask("/api/v2/search", STATUSES, {"q": query, "type": "statuses", **params, "max_id": ""})
        statuses = self._list(found.get("statuses") if isinstance(found, dict) else None)
        return sorted(statuses, key=_written_at, reverse=True)

    def _page(self, path: str, most: int, params: dict[str, Any]) -> list[Any]:
        return self._list(self._ask(path, most, {**params, "offset": ""}))

    def _ask(self, path: str, most: int, params: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON is any
        """Ask for fewer when the answer is too large: a few huge posts must not stop a source for good."""
        asked = {name: value for name, value in params.items() if value}
        size = int(asked.get("limit", most))
        while True:
            try:
                return self._http.get(path, {**asked, "limit": str(size)}).data
            except TooLarge:
                if size == 1:
                    raise
                size = max(1, size // _FEWER)

    def _list(self, found: Any) -> list[Any]:  # noqa: ANN401 - JSON is any
        if isinstance(found, list):
            return found
        raise Unreachable(f"{self._http.title} sent something that is not an answer of its network.")


def _written_at(item: Any) -> str:  # noqa: ANN401 - whatever came
    at = item.get("created_at") if isinstance(item, dict) else None
    return at if isinstance(at, str) else ""
