"""The last half hour before the demo opens: a crisis builds up, the detector sees it, and people act on it.

Minute by minute the accounts are pulled, the mentions routed and watched, as a collector does; and what people do takes
the way that it takes from a desktop.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from inbox.flow import holds
from inbox.flow.connection import KnownNetworks
from inbox.flow.hot import deciding, statements, tasks
from inbox.flow.hot.watching import Watcher
from inbox.flow.pull_once import pull_all
from inbox.model.account import Account
from inbox.model.ids import AccountId, IncidentId
from inbox.model.incident import Severity
from inbox.networks.base import NetworkClient, Stop
from inbox.networks.demo.client import DemoClient
from inbox.networks.demo.world import World
from inbox.networks.demo.world import accounts as offered
from inbox.store import accounts, incident_tasks, incidents
from inbox.store.engine import Store

BEFORE: Final = timedelta(minutes=33)
_STEP: Final = timedelta(minutes=1)
LEAD: Final = "grace"
NAME: Final = "Smoke on EX731"
HELD: Final = "bluesky"
SUPERVISOR: Final = "farid"
_WORDS: Final = (
    "We know about a smell of smoke reported on EX731 before departure. Everyone has left the aircraft safely and"
    " engineers are on board. We will write again here within half an hour."
)
_FIRST: Final = "We know about a smell of smoke reported on EX731 before departure. Engineers are on board."

Deed = Callable[[Store, IncidentId, datetime], object]


class Then(KnownNetworks):
    """The demo network as it was at a time."""

    def __init__(self, made: World) -> None:
        """``at`` is set before each use."""
        super().__init__("")
        self._made = made
        self.at = made.clock.begun

    def open_with(self, account: Account, secret: str, stop: Stop, save_secret: Callable[[str], None]) -> NetworkClient:
        """A client that looks at that time, and is not kept waiting."""
        del secret, save_secret
        found = next(each for each in offered() if each.handle == account.handle)
        return DemoClient(self._made, found, stop=stop, now=lambda: self.at, pace=0)


def build_up(store: Store, then: Then, *, since: datetime, now: datetime) -> None:
    """Play the minutes from ``since`` until ``now``. Raises ``StoreError``."""
    watcher, found, at = Watcher(store), None, since
    waiting = list(_DEEDS)
    while at < now:
        at = then.at = min(at + _STEP, now)
        pull_all(store, now=lambda: then.at, networks=then)
        while watcher.step(at) is not None:
            pass
        with store.read() as s:
            opened = incidents.open_ones(s)
        found = opened[-1] if opened else None
        while found is not None and waiting and found.opened_at + waiting[0][0] <= at:
            waiting.pop(0)[1](store, found.id, at)


def _confirm(store: Store, incident: IncidentId, now: datetime) -> None:
    deciding.confirm(store, incident, actor=LEAD, now=now)
    deciding.set_severity(store, incident, Severity.HIGH, actor=LEAD, now=now)
    deciding.rename(store, incident, NAME, actor=LEAD, now=now)


def _hold(store: Store, incident: IncidentId, now: datetime) -> None:
    """On one account; the other goes on answering."""
    why = "nothing cheerful goes out while EX731 is evacuated"
    handle = next(each.handle for each in offered() if each.key == HELD)
    with store.read() as s:
        account = next(each.id for each in accounts.all(s) if each.handle == handle)
    holds.hold(store, account=account, why=why, incident=incident, actor=LEAD, now=now)


def _tick(store: Store, incident: IncidentId, now: datetime) -> None:
    """The next task of the playbook."""
    with store.read() as s:
        todo = next((each for each in incident_tasks.of(s, incident) if each.done_at is None), None)
    if todo is not None:
        tasks.tick(store, incident, todo.id, actor=LEAD, now=now)


def _draft(store: Store, incident: IncidentId, now: datetime) -> None:
    statements.draft(store, incident, _FIRST, _both(store), actor=SUPERVISOR, now=now)


def _edit_and_ask(store: Store, incident: IncidentId, now: datetime) -> None:
    number = _statement(store, incident)
    statements.edit(store, incident, number, _WORDS, actor=SUPERVISOR, now=now)
    statements.ask(store, incident, number, actor=SUPERVISOR, now=now)


def _approve(store: Store, incident: IncidentId, now: datetime) -> None:
    statements.approve(store, incident, _statement(store, incident), actor=LEAD, now=now)


def _note(text: str, store: Store, incident: IncidentId, now: datetime) -> None:
    deciding.note(store, incident, text, actor=LEAD, now=now)


def _own(store: Store, incident: IncidentId, now: datetime) -> None:
    deciding.own(store, incident, LEAD, actor=LEAD, now=now)


def _statement(store: Store, incident: IncidentId) -> int:
    with store.read() as s:
        return statements.of(s, incident)[0].id


def _both(store: Store) -> list[AccountId]:
    with store.read() as s:
        return [each.id for each in accounts.all(s)]


_DEEDS: Final[tuple[tuple[timedelta, Deed], ...]] = tuple(
    (timedelta(minutes=minutes), deed)
    for minutes, deed in (
        (1, _own),
        (3, _confirm),
        (3, partial(_note, "The duty manager confirms: everybody is out, nobody is hurt.")),
        (4, _hold),
        (4, _tick),
        (5, _tick),
        (5, _draft),
        (7, _edit_and_ask),
        (8, _approve),
        (9, _tick),
    )
)
"""What people do, and how long after the incident opened."""
