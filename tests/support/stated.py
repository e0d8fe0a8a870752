"""An incident with a published statement on one or two accounts, and their publishers under a clock of the test's."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from inbox.flow.hot import by_hand
from inbox.flow.publish import Publisher
from inbox.model.account import Account
from inbox.model.ids import IncidentId
from inbox.model.incident import Incident, StatementPost, StatementState, TimelineEvent
from inbox.store import incidents, statements
from inbox.store.engine import Store
from tests.support.fake_network import FakeNetworks, FakeServer
from tests.support.world import NOON

TEXT = "We know about the smoke on EX731. Everybody is safe. We write again at three."
UNDO = timedelta(seconds=10)


@dataclass
class Watch:
    """The steady clock of a test."""

    moved: float = 1000.0

    def __call__(self) -> float:
        return self.moved


def incident(store: Store, title: str = "Smoke on EX731") -> IncidentId:
    """A confirmed incident."""
    return by_hand.open_incident(store, title, actor="ana", now=NOON)[0]


def published(store: Store, of: IncidentId, *accounts: Account, text: str = TEXT, at: datetime = NOON) -> int:
    """A statement that goes out on the accounts when the undo time is over; its number."""
    ids = [each.id for each in accounts]
    with store.write() as s:
        number = statements.add(s, of, text, ids, by="ana", at=at)
        statements.move(s, number, {"state": str(StatementState.PUBLISHED)})
        statements.queue(s, number, ids, at + UNDO)
    return number


@dataclass
class Stage:
    """A store with a statement on its way."""

    store: Store
    accounts: list[Account]
    networks: FakeNetworks = field(default_factory=FakeNetworks)
    at: datetime = NOON
    watch: Watch = field(default_factory=Watch)
    workers: list[Publisher] = field(init=False)
    incident: IncidentId = field(init=False)
    statement: int = field(init=False)

    def __post_init__(self) -> None:
        self.incident = incident(self.store)
        self.statement = published(self.store, self.incident, *self.accounts)
        self.restart()

    def restart(self) -> None:
        """A new collector, which knows nothing of the one before."""
        self.workers = [
            Publisher(self.store, each.id, self.networks, lambda: self.at, lambda: False) for each in self.accounts
        ]

    @property
    def server(self) -> FakeServer:
        """The first account's."""
        return self.networks.server(self.accounts[0].handle)

    def post(self, place: int = 0, statement: int | None = None) -> StatementPost:
        with self.store.read() as s:
            found = statements.get(s, self.incident, self.statement if statement is None else statement)
        assert found is not None
        return next(each for each in found.posts if each.account_id == self.accounts[place].id)

    def of_incident(self) -> Incident:
        with self.store.read() as s:
            found = incidents.get(s, self.incident)
        assert found is not None
        return found

    def told(self) -> list[TimelineEvent]:
        """The timeline's lines about statements, oldest first."""
        with self.store.read() as s:
            return [each for each in reversed(incidents.timeline(s, self.incident)) if each.kind == "statement"]

    def change(self, **values: Any) -> None:
        """Another state of the statement."""
        with self.store.write() as s:
            statements.move(s, self.statement, values)

    def pass_time(self, span: timedelta = UNDO) -> float:
        self.at += span
        self.watch.moved += span.total_seconds()
        return min(each.step() for each in self.workers)
