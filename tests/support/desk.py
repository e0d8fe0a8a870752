"""A staffed workspace for tests of decisions: areas, employees, one policy, and threads whose clocks run."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from inbox.flow.clocks import recompute
from inbox.model.clock import Clock
from inbox.model.ids import AccountId, AreaId, ClockId, EmployeeId, ThreadId
from inbox.model.people import Area, Employee, Interval
from inbox.model.workspace import Calendar, Policy, Settings, Workspace
from inbox.store import config, people, threads
from inbox.store.decisions import State, states
from inbox.store.engine import Store
from inbox.store.schema import account, author, clock, mention, thread
from tests.support.world import connected, put_thread

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""A Monday."""


def person(
    name: str, *areas: str, capacity: int | None = None, shifts: dict[str, tuple[Interval, ...]] | None = None
) -> Employee:
    """An employee, not stored yet."""
    return Employee(EmployeeId(0), name, f"{name.title()} Doe", areas=areas, capacity=capacity, shifts=shifts)


def staffed(store: Store, *staff: Employee, return_after: timedelta | None = timedelta(minutes=30)) -> Workspace:
    """Save a workspace with the areas Billing and Baggage and an hour to answer."""
    new = Workspace(
        Settings(return_after=return_after),
        areas=(Area(AreaId(0), "Billing"), Area(AreaId(0), "Baggage")),
        employees=staff or (person("ana", "Billing"), person("ben", "Billing", "Baggage")),
        calendars=(Calendar("always"),),
        policies=(Policy("all", calendar="always", first_response=timedelta(hours=1), resolution=timedelta(hours=8)),),
    )
    with store.write() as s:
        config.save(s, new, "command", NOON)
    with store.read() as s:
        return config.load(s)


def waiting_thread(store: Store, area: str | None = "Billing", *, at: datetime = NOON, who: str = "kim") -> ThreadId:
    """A new thread in an area, with its clocks running since ``at``."""
    with store.read() as s:
        found_id = s.scalar(select(account.c.id))
    account_id = AccountId(found_id) if found_id else connected(store).id
    thread_id, _ = put_thread(store, account_id, who=who, at=at)
    with store.write() as s:
        found = None if area is None else people.area(s, area)
        values = {"area_id": found.id if found else None, "needs_reply": True}
        s.execute(thread.update().where(thread.c.id == thread_id).values(values))
        recompute(s, thread_id, workspace=config.load(s), now=at)
    return thread_id


def state(store: Store, thread_id: ThreadId) -> State:
    """How the thread stands."""
    with store.read() as s:
        return states(s, [thread_id])[thread_id]


def clocks(store: Store, thread_id: ThreadId) -> tuple[Clock, ...]:
    """The thread's clocks, whatever their row numbers."""
    with store.read() as s:
        return tuple(replace(each, id=ClockId(0)) for each in threads.clocks(s, thread_id))


def holders(store: Store, ids: list[ThreadId]) -> dict[ThreadId, str | None]:
    """Who has each thread."""
    with store.read() as s:
        return {each.id: each.assignee for each in threads.rows(s, ids)}


def replied(store: Store, thread_id: ThreadId, by: str | None, *, at: datetime = NOON) -> None:
    """A reply of ours that stands on the network; ``by`` None was written in the network's own app."""
    with store.write() as s:
        found = s.execute(select(thread.c.account_id, thread.c.author_id).where(thread.c.id == thread_id)).one()
        row = {
            "network": "fake",
            "global_id": f"ours://{thread_id}/{at.timestamp()}",
            "account_id": found.account_id,
            "author_id": found.author_id,
            "thread_id": thread_id,
            "direction": "outbound",
            "text": "We will look into it.",
            "created_at": at,
            "stored_at": at,
            "needs_reply": False,
            "by_employee": by,
            "triaged": True,
        }
        s.execute(mention.insert().values(row))
        s.execute(thread.update().where(thread.c.id == thread_id).values(last_outbound_at=at))


def many_waiting(
    store: Store, area: str | None, n: int, *, at: datetime = NOON, target: timedelta | None = timedelta(hours=1)
) -> list[ThreadId]:
    """Many threads of one author at once, posted a second apart, the oldest first; without a target no deadline."""
    with store.read() as s:
        found_id = s.scalar(select(account.c.id))
    account_id = AccountId(found_id) if found_id else connected(store).id
    with store.write() as s:
        where = None if area is None else people.area(s, area)
        values = {"network": "fake", "remote_id": f"many {at} {area} {n}", "handle": "many", "name": "Many", "tags": []}
        author_id = s.scalar(author.insert().values(values).returning(author.c.id))
        posted = [at + timedelta(seconds=number) for number in range(n)]
        rows = [
            {
                "account_id": account_id,
                "author_id": author_id,
                "network": "fake",
                "area_id": where.id if where else None,
                "needs_reply": True,
                "first_mention_at": each,
                "last_mention_at": each,
                "last_inbound_at": each,
                "next_due_at": each + target if target else None,
                "mentions": 1,
            }
            for each in posted
        ]
        ids = sorted(s.execute(thread.insert().returning(thread.c.id), rows).scalars())
        clocks = [
            {"thread_id": number, "metric": "first", "cycle": 1, "started_at": each,
             "due_at": each + target if target else None}
            for number, each in zip(ids, posted, strict=True)
        ]  # fmt: skip
        s.execute(clock.insert(), clocks)
        s.execute(mention.insert(), [_asked(account_id, author_id, *each) for each in zip(ids, posted, strict=True)])
        s.changed(many=True)
    return [ThreadId(number) for number in ids]


def _asked(account_id: AccountId, author_id: int, thread_id: int, at: datetime) -> dict[str, object]:
    return {
        "network": "fake",
        "global_id": f"many://{thread_id}",
        "account_id": account_id,
        "author_id": author_id,
        "thread_id": thread_id,
        "direction": "inbound",
        "text": "Where is my bag?",
        "created_at": at,
        "stored_at": at,
        "needs_reply": True,
        "triaged": True,
    }
