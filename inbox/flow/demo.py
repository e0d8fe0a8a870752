"""Prepares the demo: a workspace of its own, connected to a small made-up network that has a past and talks back."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from inbox.flow import campaigns, connect, decide, demo_crisis, demo_past, demo_usual, workspace
from inbox.flow.hot import by_hand, deciding, tasks
from inbox.flow.pull_once import pull_all
from inbox.model.ids import ThreadId
from inbox.model.incident import Severity
from inbox.model.placement import Corrected
from inbox.model.view import ThreadFilter
from inbox.model.words import CloseReason, Status
from inbox.networks.demo import capabilities, world
from inbox.networks.demo.world import DemoAccount, Staged
from inbox.store import accounts, incident_tasks, learned, mentions, people, unsorted, views
from inbox.store.engine import Store, open_store

NETWORK = "demo"
_STORM = timedelta(days=9)
"""So long ago a storm cancelled flights."""
_LASTED = timedelta(hours=8)
SEARCH = "example air"


def prepare(folder: Path, *, now: datetime, speed: float = 1.0) -> str:
    """Make the demo's workspace in a folder and bring in its world's past; the workspace's address.

    ``speed`` 10 makes the world's minutes six seconds long. Raises ``StoreError`` and ``NetworkError``.
    """
    address, place, told = str(folder / "demo.inbox"), folder / "world.json", folder / "workspace.toml"
    told.write_text(world.workspace_toml(), encoding="utf-8")
    made = world.seed(place, now, speed)
    workspace.init(address, told, actor="command", now=now)
    store = open_store(address)
    try:
        then, before = demo_crisis.Then(made), now - demo_crisis.BEFORE
        for each in world.accounts():
            _connect(store, each, then, place, made.earliest)
        demo_past.bring_in(store, tuple(each.handle for each in world.accounts()), now=now)
        then.at = before
        pull_all(store, now=lambda: before, networks=then)
        demo_usual.learn(store, made, counted_to=now - _STORM + _LASTED, now=before)
        _storm(store, now)
        _announce(store, now)
        demo_crisis.build_up(store, then, since=before, now=now)
        for staged in made.staged():
            _decide(store, staged, now)
    finally:
        store.close()
    return address


def taught(store: Store) -> bool:
    """Whether the learned area knows the demo's past and was asked about what is unsorted."""
    with store.read() as s:
        if learned.current(s, Corrected.AREA) is None:
            return False
        waiting = unsorted.candidates(s)
    return not waiting or any(each.ranked for each in waiting)


def _connect(store: Store, known: DemoAccount, then: demo_crisis.Then, place: Path, begun: datetime) -> None:
    """As if the account had been connected when its past began, so that the past has clocks."""
    with store.write() as s:
        account = accounts.add(s, NETWORK, known.handle)
        account = replace(account, details={"world": str(place)})
    client = then.open_with(account, "", lambda: False, lambda _secret: None)
    try:
        identity = client.identify()
    finally:
        client.close()
    # The demo's own network needs to find its world again.
    identity = replace(identity, details={**identity.details, "world": str(place)})
    with store.write() as s:
        connect.save(s, account.id, identity, capabilities, searches=[SEARCH], look_back_to=begun, now=begun)


def _announce(store: Store, now: datetime) -> None:
    """What the brand is about to do: then more is written than usual, and that is no alarm."""
    hour, actor = now.replace(minute=0, second=0, microsecond=0), "grace"
    asked, fares = hour + timedelta(days=2, hours=3), hour + timedelta(days=6)
    for name, begins, lasts, times, words in (
        ("Question hour with a pilot", asked, timedelta(hours=2), 5.0, ("askapilot",)),
        ("Spring fares", fares, timedelta(days=2), 3.0, ("springfares", "19 euros")),
    ):
        campaigns.add(store, name, begins, begins + lasts, times=times, words=words, actor=actor, now=now)


def _storm(store: Store, now: datetime) -> None:
    """An incident of the past that is over: people whose flights a storm had cancelled."""
    begun = now - _STORM
    with store.read() as s:
        area = next(each.id for each in people.areas(s) if each.name == "Rebooking")
        wanted = ThreadFilter(statuses=(Status.CLOSED,), areas=(area,))
        rows = views.page(s, wanted, limit=1000).rows
    hit = [each.id for each in rows if begun - _LASTED < each.first_mention_at < begun + _LASTED]
    number, _ = by_hand.open_incident(
        store, "Storm over the coast", hit, severity=Severity.HIGH, actor="farid", now=begun
    )
    deciding.own(store, number, "grace", actor="grace", now=begun + timedelta(minutes=4))
    for minutes, words in ((10, "All flights out of Porto are off until six."), (95, "The first flights are leaving.")):
        deciding.note(store, number, words, actor="grace", now=begun + timedelta(minutes=minutes))
    with store.read() as s:
        todo = incident_tasks.of(s, number)
    for place, task in enumerate(todo, 1):
        tasks.tick(store, number, task.id, actor="grace", now=begun + timedelta(minutes=12 * place))
    deciding.contain(store, number, actor="grace", now=begun + timedelta(hours=3))
    deciding.close(store, number, actor="grace", now=begun + _LASTED)


def _decide(store: Store, staged: Staged, now: datetime) -> None:
    """Close or snooze a thread of the past, as its employee would have."""
    with store.read() as s:
        found = mentions.find(s, NETWORK, [staged.global_id])
    if staged.global_id not in found:
        return
    thread_id = ThreadId(found[staged.global_id].thread_id)
    if staged.until is not None:
        decide.snooze(store, [thread_id], staged.until, actor="command", now=now)
    else:
        decide.close(store, [thread_id], CloseReason(staged.reason), actor="command", now=now)
