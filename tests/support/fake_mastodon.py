"""A Mastodon instance in memory, by its documentation: ``min_id`` climbs, keys are honoured, limits are told."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import httpx

from inbox.networks.http import Http
from inbox.networks.mastodon.client import MastodonClient, judge
from inbox.networks.mastodon.secret import Secret
from tests.support.malformed import a_status, as_body
from tests.support.mastodon import an_account

ME = {"id": "1", "username": "brand", "acct": "brand", "display_name": "Example Air", "url": "https://s.example/@brand"}


class FakeMastodon:
    """Answers requests of one signed-in brand; tests put posts in and look at what was asked."""

    def __init__(self) -> None:
        self.notifications: list[dict[str, Any]] = []
        self.statuses: dict[str, dict[str, Any]] = {}
        self.own: list[str] = []
        self.found: list[str] = []
        self.keys: dict[str, str] = {}
        self.asked: list[httpx.Request] = []
        self.headers: dict[str, str] = {}
        self.instance: tuple[str, Any] = ("v2", {"domain": "social.example", "version": "4.3.1"})
        self.before: Callable[[httpx.Request], httpx.Response | None] = lambda _: None

    def client(self, **changes: Any) -> MastodonClient:
        """A connection to it."""
        http = Http("https://social.example", bearer="t0ken", judge=judge, transport=httpx.MockTransport(self.answer))
        return MastodonClient(an_account(**changes), Secret("t0ken"), http, stop=lambda: False)

    def keep(self, status: dict[str, Any]) -> dict[str, Any]:
        """A post that the instance knows."""
        self.statuses[status["id"]] = status
        return status

    def answer(self, request: httpx.Request) -> httpx.Response:
        """As the instance would."""
        self.asked.append(request)
        early = self.before(request)
        if early is not None:
            return early
        found = self._found(request, request.url.path, dict(request.url.params))
        if found is None:
            return httpx.Response(404, json={"error": "Record not found"}, headers=self.headers)
        return httpx.Response(200, content=as_body(found), headers=self.headers)

    def _found(self, request: httpx.Request, path: str, params: dict[str, str]) -> Any:
        if request.method == "POST":
            return self._post(request)
        if path.startswith("/api/v1/statuses/"):
            return self.statuses.get(path.rpartition("/")[2])
        tagged = path.startswith("/api/v1/timelines/tag/")
        places: dict[str, Callable[[], Any]] = {
            "/api/v1/accounts/verify_credentials": lambda: ME,
            f"/api/{self.instance[0]}/instance": lambda: self.instance[1],
            "/api/v1/notifications": lambda: _page(self.notifications, params),
            "/api/v1/accounts/1/statuses": lambda: _page([self.statuses[each] for each in self.own], params),
            "tag": lambda: _page([self.statuses[each] for each in self.found], params),
            "/api/v2/search": lambda: {"statuses": [] if params.get("offset") else self._search(params["q"])},
        }
        found = places.get("tag" if tagged else path)
        return None if found is None else found()

    def _search(self, query: str) -> list[dict[str, Any]]:
        return [each for each in self.statuses.values() if query == each["uri"] or query in each["content"]]

    def _post(self, request: httpx.Request) -> Any:
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        key = request.headers.get("idempotency-key", "")
        if key and key in self.keys:
            return self.statuses[self.keys[key]]
        number = 900_000 + len(self.own)
        made = a_status(number, f"<p>{form['status']}</p>", account=ME, visibility=form["visibility"])
        made |= {"in_reply_to_id": form.get("in_reply_to_id"), "uri": f"https://s.example/brand/{number}"}
        made["created_at"] = datetime.now(UTC).isoformat()
        self.keep(made)
        self.own.append(made["id"])
        self.keys[key] = made["id"]
        return made


def _page(items: list[dict[str, Any]], params: dict[str, str]) -> list[dict[str, Any]]:
    found = sorted(items, key=lambda item: (len(item["id"]), item["id"]), reverse=True)
    size = int(params.get("limit", "20"))
    if "max_id" in params:
        found = [item for item in found if (len(item["id"]), item["id"]) < (len(params["max_id"]), params["max_id"])]
    if "min_id" in params:
        after = (len(params["min_id"]), params["min_id"])
        return [item for item in found if (len(item["id"]), item["id"]) > after][-size:]
    return found[:size]
