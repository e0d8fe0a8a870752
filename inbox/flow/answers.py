"""Answers what desktops ask: tests of accounts, pulling now, trying the quarantine again, filling a gap."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from inbox.flow import connect, quarantine
from inbox.flow.connection import Networks
from inbox.flow.escalate.trying import try_service
from inbox.flow.ingest import store_page
from inbox.flow.quarantine import Parser
from inbox.model import duration
from inbox.model.account import Account, Gap
from inbox.model.ids import AccountId
from inbox.model.request import Request, RequestKind, RequestState
from inbox.model.words import HealthState
from inbox.networks.base import Stop
from inbox.networks.errors import NetworkError, SignInAgain
from inbox.secrets import SecretError
from inbox.store import accounts, gaps, requests, sources
from inbox.store.engine import Store
from inbox.store.errors import NotFound, Refused

log = logging.getLogger(__name__)

IDLE: Final = 30.0
_STEPS: Final = 3


@dataclass(slots=True)
class Answerer:
    """Works requests one after the other. ``hurry`` wakes the lanes of an account (None: all)."""

    store: Store
    networks: Networks
    now: Callable[[], datetime]
    stop: Stop
    hurry: Callable[[AccountId | None], None] = lambda _: None
    parsers: dict[str, Parser] = field(default_factory=dict)

    def step(self) -> float:
        """Answer everything that is asked. Raises ``StoreError``."""
        while not self.stop():
            with self.store.read() as s:
                if not requests.waiting(s):
                    return IDLE
            with self.store.write() as s:
                request = requests.take(s)
            if request is not None:
                self._answer(request)
        return IDLE

    def _answer(self, request: Request) -> None:
        work = {
            RequestKind.TEST: self._test,
            RequestKind.PULL_NOW: self._pull_now,
            RequestKind.RETRY_QUARANTINE: self._retry,
            RequestKind.FILL_GAP: self._fill,
            RequestKind.SERVICE: self._service,
        }[request.kind]
        try:
            state, said = RequestState.DONE, work(request)
        except (NetworkError, SecretError, Refused, NotFound) as error:
            if self.stop():
                # Not its fault: the next collector takes it up again.
                self._say(request, RequestState.ASKED, {})
                return
            state, said = RequestState.REFUSED, {"sentence": str(error), "error": str(error)}
            if request.kind is RequestKind.TEST:
                said |= {"steps": [*self._steps, {"state": "failed", "words": str(error)}], "total": _STEPS}
                self._note(request, error)
        except Exception as error:
            said = {"sentence": f"Something unexpected happened ({type(error).__name__}).", "steps": self._steps}
            self._say(request, RequestState.REFUSED, said)
            raise
        self._say(request, state, said)

    _steps: list[dict[str, str]] = field(default_factory=list)

    def _test(self, request: Request) -> dict[str, Any]:
        """Who are we, what may we, can mentions be read; with ``connect`` the account is saved and starts."""
        self._steps = []
        account = self._account(request)
        client = self.networks.open(account, self.stop)
        try:
            identity = client.identify()
            if account.connected_at is None:
                connect.same_handle(account.handle, identity)
            self._done(request, f"Signed in as {identity.handle}.")
            known = replace(account, remote_id=identity.remote_id, limits=identity.limits, details=identity.details)
            read, texts = connect.read_some(client, known)
            self._done(
                request, f"Mentions can be read ({read} in the first page)." if read else "Mentions can be read."
            )
            may_not = f" It may not: {', '.join(identity.may_not)}." if identity.may_not else ""
            limit = f" Up to {identity.limits.length} characters." if identity.limits.length else ""
            self._done(
                request,
                f"Replies can be sent.{limit}{may_not}" if identity.limits.can_reply else f"Read only.{may_not}",
            )
        finally:
            client.close()
        tested = connect.Tested(identity, read, texts)
        if request.arguments.get("connect") or account.connected_at is not None:
            self._save(request, account, tested)
        return {**tested.told(), "sentence": tested.sentence, "steps": self._steps, "total": _STEPS}

    def _save(self, request: Request, account: Account, tested: connect.Tested) -> None:
        at = self.now()
        look_back = _span(request.arguments.get("look_back"))
        searches = [str(each) for each in request.arguments.get("searches") or ()]
        capabilities = self.networks.capabilities(account.network)
        with self.store.write() as s:
            since = at - look_back if look_back else None
            connect.save(s, account.id, tested.identity, capabilities, searches=searches, look_back_to=since, now=at)
        self.hurry(account.id)

    def _note(self, request: Request, error: Exception) -> None:
        """A connected account whose token is dead shows it."""
        if not isinstance(error, SignInAgain) or request.account_id is None:
            return
        with self.store.write() as s:
            if accounts.get(s, request.account_id).connected_at is not None:
                accounts.set_health(s, request.account_id, HealthState.SIGN_IN, error=str(error), now=self.now())

    def _pull_now(self, request: Request) -> dict[str, Any]:
        self.hurry(request.account_id)
        return {"sentence": "Pulling now."}

    def _retry(self, request: Request) -> dict[str, Any]:
        del request
        done = quarantine.retry(self.store, parsers=self.parsers, now=self.now())
        self.hurry(None)
        return {
            "tried": done.tried,
            "stored": done.stored,
            "sentence": f"{done.stored} of {done.tried} could be read and are stored now.",
        }

    def _service(self, request: Request) -> dict[str, Any]:
        """Whether a service can be called, tried by a message or by looking at its address alone."""
        name, send = str(request.arguments.get("service", "")), bool(request.arguments.get("send"))
        return {"sentence": try_service(self.store, name, send=send, now=self.now())}

    def _fill(self, request: Request) -> dict[str, Any]:
        """Pull a gap's span once more; without a new gap in it, it is proven filled."""
        account = self._account(request)
        gap = self._gap(request, account)
        with self.store.read() as s:
            source = sources.get(s, gap.source_id)
        client = self.networks.open(account, self.stop)
        stored, whole = 0, True
        try:
            for page in client.pull(replace(source, cursor=None), since=gap.from_at):
                # The source's own cursor stays where it is.
                done = store_page(self.store, account, source, replace(page, cursor=None, gap=None), now=self.now())
                stored += done.stored
                whole = whole and page.gap is None
        finally:
            client.close()
        if whole:
            with self.store.write() as s:
                gaps.fill(s, source.id, gap.from_at, gap.to_at, now=self.now())
                s.changed(accounts=[account.id])
        self.hurry(account.id)
        end = "The gap is filled." if whole else "The network still does not reach back that far."
        return {"stored": stored, "filled": whole, "sentence": f"{stored} mentions found. {end}"}

    def _gap(self, request: Request, account: Account) -> Gap:
        with self.store.read() as s:
            found = gaps.open_of(s, account.id)
        wanted = request.arguments.get("gap")
        for each in found:
            if wanted in {None, each.id}:
                return each
        raise NotFound("This gap is filled already.")

    def _account(self, request: Request) -> Account:
        if request.account_id is None:
            raise NotFound("The request names no account.")
        with self.store.read() as s:
            return accounts.get(s, request.account_id)

    def _done(self, request: Request, words: str) -> None:
        self._steps.append({"state": "done", "words": words})
        self._say(request, RequestState.WORKING, {"steps": list(self._steps), "total": _STEPS})

    def _say(self, request: Request, state: RequestState, said: dict[str, Any]) -> None:
        with self.store.write() as s:
            requests.answer(s, request.id, state, said)


def _span(told: object) -> timedelta | None:
    """A look back as it was asked for: "24h", seconds, or none."""
    if isinstance(told, (int, float)) and not isinstance(told, bool):
        return timedelta(seconds=told)
    if isinstance(told, str) and told.strip() and told != "none":
        try:
            return duration.parse(told)
        except ValueError as error:
            raise Refused(f"{error}.") from error
    return None
