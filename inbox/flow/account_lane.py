"""The lane of one account: pulls its sources, as often as something comes and its network allows."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from inbox.flow.connection import Line, Networks
from inbox.flow.pulling import Pulled, pull_source
from inbox.flow.refreshing import refresh
from inbox.flow.steady import back_off, seconds
from inbox.model.account import Account, Source
from inbox.model.ids import AccountId, SourceId
from inbox.model.words import HealthState, SourceKind
from inbox.networks.base import Budget, Stop
from inbox.networks.errors import NetworkError, RateLimited, SignInAgain, Unreachable
from inbox.secrets import SecretError
from inbox.store import accounts, sources
from inbox.store.engine import Store

log = logging.getLogger(__name__)

SHORTEST: Final = 5.0
LONGEST: Final = 60.0
"""Seconds between two pulls of a source: few while something comes, more while nothing does."""
_APART: Final = 1.0
_NOTE_EVERY: Final = 30.0
_REFRESH_EVERY: Final = 60.0
_SPARE: Final = 0.3
IDLE: Final = 30.0
_TALK: Final = frozenset({SourceKind.MENTIONS, SourceKind.MESSAGES, SourceKind.OWN_POSTS})


@dataclass(slots=True)
class _Turn:
    """When a source is pulled next, by the steady clock."""

    next_at: float = 0.0
    every: float = SHORTEST
    last_at: float = -1e9
    noted_at: float = -1e9
    failures: int = 0


@dataclass(slots=True)
class Puller:
    """All sources of one account, pulled by one thread. ``stored`` is told when something new is there."""

    store: Store
    account_id: AccountId
    networks: Networks
    now: Callable[[], datetime]
    stop: Stop
    stored: Callable[[], None] = lambda: None
    _turns: dict[SourceId, _Turn] = field(default_factory=dict)
    _hurry: threading.Event = field(default_factory=threading.Event)
    _line: Line | None = None
    _hold_until: float = 0.0
    _failures: int = 0
    _refresh_at: float = 0.0

    def hurry(self) -> None:
        """Something may be new: pull now. From any thread."""
        self._hurry.set()

    def step(self) -> float:
        """Pull what is due; in how many seconds the next is. Raises ``StoreError``."""
        with self.store.read() as s:
            account = accounts.get(s, self.account_id)
            found = sources.for_account(s, self.account_id)
        if account.connected_at is None or account.paused:
            return IDLE
        if self._hurry.is_set():
            self._hurry.clear()
            self._hasten(found)
        if (held := self._hold_until - seconds()) > 0:
            return held
        for source in found:
            turn = self._turns.setdefault(source.id, _Turn())
            if turn.next_at <= seconds() and not self.stop() and self._hold_until <= seconds():
                self._pull(account, source, turn)
        if seconds() >= self._refresh_at and self._hold_until <= seconds() and not self.stop():
            self._refresh(account)
        return self._next(found)

    def close(self) -> None:
        """Give back the connection."""
        if self._line is not None:
            self._line.drop()

    def _hasten(self, found: tuple[Source, ...]) -> None:
        for source in found:
            turn = self._turns.setdefault(source.id, _Turn())
            if source.kind in _TALK and not turn.failures:
                turn.next_at = min(turn.next_at, turn.last_at + _APART)

    def _next(self, found: tuple[Source, ...]) -> float:
        if self._hold_until > seconds():
            return self._hold_until - seconds()
        times = [self._turns[source.id].next_at for source in found if source.id in self._turns]
        return max(0.05, min([*times, self._refresh_at], default=seconds() + IDLE) - seconds())

    def _pull(self, account: Account, source: Source, turn: _Turn) -> None:
        if self._line is None:
            self._line = Line(self.networks, self.stop)
        turn.last_at = seconds()
        try:
            client = self._line.client(account)
            pulled = pull_source(self.store, client, account, source, now=self.now, stop=self.stop, stored=self.stored)
        except (NetworkError, SecretError) as error:
            if not self.stop():
                self._failed(account, source, turn, error)
            return
        self._succeeded(account, source, turn, pulled, client.budget)

    def _succeeded(self, account: Account, source: Source, turn: _Turn, pulled: Pulled, budget: Budget) -> None:
        turn.every = SHORTEST if pulled.anything else min(LONGEST, turn.every * 1.4)
        turn.next_at = seconds() + max(turn.every, self._spread(budget))
        recovered = turn.failures > 0 or bool(source.error)
        turn.failures = 0
        self._failures, self._hold_until = 0, 0.0
        if recovered or seconds() - turn.noted_at > _NOTE_EVERY:
            turn.noted_at = seconds()
            self._note_success(account, source, budget, recovered=recovered)
        elif account.health is not HealthState.WORKING:
            self._note_success(account, source, budget, recovered=True)

    def _note_success(self, account: Account, source: Source, budget: Budget, *, recovered: bool) -> None:
        with self.store.write(durable=False) as s:
            sources.succeeded(s, source.id, now=self.now())
            if recovered:
                s.changed(accounts=[account.id])
            known = accounts.get(s, account.id)
            told = (known.budget_left, known.budget_resets_at) != (budget.left, budget.resets_at)
            if known.connected_at is None or known.paused:
                return
            if known.health is not HealthState.WORKING or told:
                left, resets = budget.left, budget.resets_at
                working = HealthState.WORKING
                accounts.set_health(s, account.id, working, now=self.now(), budget_left=left, budget_resets_at=resets)
        if account.health is not HealthState.WORKING:
            log.info("%s: %s works again.", account.handle, source.kind)

    def _failed(self, account: Account, source: Source, turn: _Turn, error: NetworkError | SecretError) -> None:
        turn.failures += 1
        wait = self._wait(error, turn)
        turn.next_at = seconds() + wait
        health = _health(error)
        if health is not None:
            # Trouble with the whole account: its other sources need not find out, too.
            self._failures += 1
            self._hold_until = seconds() + wait
            if self._line is not None and not isinstance(error, RateLimited):
                self._line.drop()
        said = f"{error} Trying again in {_spoken(wait)}."
        if isinstance(error, SignInAgain):
            said = str(error)
        if turn.failures == 1:
            log.warning("%s, %s: %s", account.handle, source.kind, said)
        at = self.now()
        with self.store.write(durable=False) as s:
            sources.failed(s, source.id, said, now=at, next_pull_at=at + timedelta(seconds=wait))
            known = accounts.get(s, account.id)
            if health is not None and known.connected_at is not None and not known.paused:
                budget = (known.budget_left, known.budget_resets_at)
                accounts.set_health(
                    s, account.id, health, error=said, now=at, budget_left=budget[0], budget_resets_at=budget[1]
                )

    def _wait(self, error: NetworkError | SecretError, turn: _Turn) -> float:
        if isinstance(error, (SignInAgain, SecretError)):
            # Somebody may have signed in or unlocked the keyring: looking costs the network nothing.
            return back_off(turn.failures, shortest=10.0, longest=30.0)
        asked = error.retry_at if isinstance(error, (RateLimited, Unreachable)) else None
        if asked is not None and asked > self.now():
            return (asked - self.now()).total_seconds() + back_off(1, shortest=1.0)
        failures = max(turn.failures, self._failures + 1)
        return back_off(failures, shortest=2.0, longest=300.0 if isinstance(error, RateLimited) else 120.0)

    def _spread(self, budget: Budget) -> float:
        """Seconds between pulls that make what is left of the rate limit last until it is renewed."""
        if budget.left is None or budget.resets_at is None or budget.left >= _SPARE:
            return 0.0
        until = (budget.resets_at - self.now()).total_seconds()
        return max(0.0, min(until, 900.0)) if budget.left < _SPARE / 3 else min(LONGEST, max(0.0, until / 4))

    def _refresh(self, account: Account) -> None:
        """Ask for the present state of recent mentions: edits and deletions."""
        self._refresh_at = seconds() + _REFRESH_EVERY
        if self._line is None or account.health is not HealthState.WORKING:
            return
        try:
            client = self._line.client(account)
            if client.budget.left is None or client.budget.left >= _SPARE:
                refresh(self.store, client, account, now=self.now())
        except (NetworkError, SecretError) as error:
            # The next pull finds the same trouble and says so; this is only for edits.
            log.debug("%s: no refresh: %s", account.handle, error)


def _health(error: NetworkError | SecretError) -> HealthState | None:
    """What an error says of the whole account; None when it is one source's own."""
    if isinstance(error, SignInAgain):
        return HealthState.SIGN_IN
    if isinstance(error, RateLimited):
        return HealthState.SLOWED
    if isinstance(error, (Unreachable, SecretError)):
        return HealthState.TROUBLE
    return None


def _spoken(wait: float) -> str:
    return f"{max(1, round(wait))} s" if wait < 100 else f"{round(wait / 60)} min"  # noqa: PLR2004 - reads better so
