"""Handling: from when somebody opened a thread's composer to when their reply there was sent."""

from datetime import datetime, timedelta

from sqlalchemy import select

from inbox.flow import reply, sent
from inbox.networks.base import Posted
from inbox.store import outbox
from inbox.store.engine import Store
from inbox.store.schema import employee, handling
from inbox.store.schema import outbox as outbox_table
from tests.support.world import NOON, World, world


def _answer(store: Store, here: World, *, who: str, at: datetime) -> None:
    made = reply.send(store, here.thread, "We are looking for it.", employee=who, now=at, undo=timedelta())
    posted = Posted(f"https://network.test/{made.id}", None, "", at)
    with store.write() as s:
        s.execute(outbox_table.update().where(outbox_table.c.id == made.id).values(state="sending"))
        sent.record(s, here.account, outbox.get(s, made.id), None, posted, now=at)


def _rows(store: Store) -> list[tuple[str, timedelta, timedelta | None]]:
    names = select(employee.c.name).where(employee.c.id == handling.c.employee_id).scalar_subquery()
    with store.read() as s:
        found = s.execute(select(names.label("name"), handling).order_by(handling.c.id))
        return [(row.name, row.opened_at - NOON, None if row.sent_at is None else row.sent_at - NOON) for row in found]


def test_handling_runs_from_the_first_opening_to_the_same_persons_reply(store: Store) -> None:
    here = world(store)
    with store.write() as s:
        s.execute(employee.insert().values(name="ben"))
    minute = timedelta(minutes=1)
    reply.claim(store, here.thread, "ana", now=NOON + minute)
    reply.claim(store, here.thread, "ben", now=NOON + 2 * minute)
    reply.claim(store, here.thread, "ana", now=NOON + 3 * minute)
    assert _rows(store) == [("ana", minute, None), ("ben", 2 * minute, None)]
    _answer(store, here, who="ana", at=NOON + 5 * minute)
    assert _rows(store) == [("ana", minute, 5 * minute), ("ben", 2 * minute, None)]
    reply.claim(store, here.thread, "ana", now=NOON + 8 * minute)
    _answer(store, here, who="ana", at=NOON + 9 * minute)
    assert _rows(store)[2:] == [("ana", 8 * minute, 9 * minute)]


def test_a_reply_of_somebody_who_opened_nothing_is_not_measured(store: Store) -> None:
    here = world(store)
    _answer(store, here, who="ana", at=NOON + timedelta(minutes=5))
    assert _rows(store) == []
