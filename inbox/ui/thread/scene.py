"""Everything the thread on screen needs, read in one go on the read lane."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inbox.model.account import Account
from inbox.model.outbox import Draft, Reply
from inbox.model.people import Area, Employee
from inbox.model.thread import Thread
from inbox.model.words import DraftKind

if TYPE_CHECKING:
    from datetime import datetime

    from inbox.model.ids import ThreadId
    from inbox.store.engine import Session


@dataclass(frozen=True, slots=True)
class Scene:
    """A thread with its account, its replies in the outbox, what I left unsent, and who there is to assign it to."""

    thread: Thread
    account: Account | None
    replies: tuple[Reply, ...] = ()
    draft: Draft | None = None
    employees: tuple[Employee, ...] = ()
    areas: tuple[Area, ...] = ()
    collector: bool = True
    note: Draft | None = None


def load(
    session: "Session", thread_id: "ThreadId", employee: str, *, now: "datetime", newest: int | None = None
) -> Scene:
    """Reads the scene, of the mentions only the ``newest``. Raises ``StoreError``, ``NotFound`` for a thread
    that is no more.
    """
    from inbox.store import accounts, drafts, lease, outbox, people, presence, threads

    thread = threads.get(session, thread_id, newest=newest)
    thread = replace(thread, presence=presence.who(session, thread_id, now=now))
    employees = people.employees(session)
    me = next((person for person in employees if person.name == employee), None)
    return Scene(
        thread,
        accounts.get(session, thread.row.account_id),
        outbox.for_thread(session, thread_id),
        drafts.get(session, thread_id, me.id) if me is not None else None,
        employees,
        people.areas(session),
        lease.living(session, now) is not None,
        drafts.get(session, thread_id, me.id, DraftKind.NOTE) if me is not None else None,
    )
