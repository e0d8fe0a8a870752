"""Processes that decide on the same threads at once: collectors that hand out, desktops that take, give and move,
and somebody who changes the team. Each has a store of its own; all begin together.
"""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.synchronize import Barrier

from sqlalchemy import select

from inbox.flow import assign, decide
from inbox.flow import workspace as workspaces
from inbox.flow.telling import tell
from inbox.model.ids import ThreadId
from inbox.store import config, people
from inbox.store.engine import Store, open_store
from inbox.store.errors import LostRace, Refused
from inbox.store.schema import employee, thread

_start: list[Barrier] = []
AREAS = ("Billing", "Baggage")


@dataclass
class Raced:
    """What one process did, and how long it took in seconds."""

    name: str
    done: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    longest: float = 0.0


def race(
    address: str, collectors: int, desks: Sequence[str], *, now: datetime, actions: int, lead: bool = False
) -> list[Raced]:
    """Run all of them at once, each in a process of its own, until each has done its part."""
    context = multiprocessing.get_context("spawn")
    count = collectors + len(desks) + int(lead)
    barrier = context.Barrier(count)
    with ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(barrier,)) as pool:
        going = [pool.submit(_collect, address, now, actions) for _ in range(collectors)]
        going += [pool.submit(_desk, address, name, now, actions) for name in desks]
        if lead:
            going.append(pool.submit(_lead, address, now, actions))
        return [each.result(timeout=110) for each in going]


def _begin(barrier: Barrier) -> None:
    _start.append(barrier)


def _collect(address: str, now: datetime, rounds: int) -> Raced:
    """Hand out in small transactions, so that many of them meet."""
    store = open_store(address)
    done = Raced("collector")

    def step() -> None:
        change = assign.drain(store, now, limit=5, most=20)
        tell(store, now)
        done.done["handed out"] += len(change.threads)

    return _run(store, done, step, rounds)


def _desk(address: str, name: str, now: datetime, actions: int) -> Raced:
    """Take, give back, move; whoever else was quicker has it."""
    store = open_store(address)
    done = Raced(name)
    chance = random.Random(name)

    def step() -> None:
        free, mine = _seen(store, name)
        act = chance.choice(("take", "take", "give back", "move"))
        pool = mine if act == "give back" and mine else free
        if not pool:
            return
        number, version = chance.choice(sorted(pool.items()))
        try:
            if pool is mine:
                decide.assign(store, [number], None, actor=name, now=now, expect=version)
            elif act == "move":
                decide.move(store, [number], chance.choice(AREAS), actor=name, now=now, expect=version)
            else:
                decide.assign(store, [number], name, actor=name, now=now, expect=version)
            done.done[act] += 1
        except LostRace:
            done.done["lost"] += 1
        except Refused:
            # Sent away this moment: nothing is given to whoever is away.
            done.done["away"] += 1

    return _run(store, done, step, actions)


def _lead(address: str, now: datetime, actions: int) -> Raced:
    """Send people away and back, and import the workspace file anew, as a supervisor and an admin would."""
    store = open_store(address)
    done = Raced("lead")
    with store.read() as s:
        workspace = config.load(s)
    names = [each.name for each in workspace.employees]

    def step() -> None:
        turn = done.done["turns"]
        done.done["turns"] += 1
        if turn % 5 == 0:
            workspaces.apply(store, workspace, actor="command", now=now)
            return
        with store.write() as s:
            people.set_away(s, names[turn // 2 % len(names)], away=turn % 2 == 0, actor="lead", now=now)

    raced = _run(store, done, step, actions)
    again = open_store(address)
    with again.write() as s:
        for name in names:
            people.set_away(s, name, away=False, actor="lead", now=now)
    again.close()
    return raced


def _run(store: Store, done: Raced, step: Callable[[], None], times: int) -> Raced:
    _start[0].wait(60)
    began = time.perf_counter()
    for _ in range(times):
        before = time.perf_counter()
        step()
        done.longest = max(done.longest, time.perf_counter() - before)
    done.seconds = time.perf_counter() - began
    store.close()
    return done


def _seen(store: Store, name: str) -> tuple[dict[ThreadId, int], dict[ThreadId, int]]:
    """What a desktop shows: some threads that nobody has, and its own, with their versions."""
    with store.read() as s:
        number = s.scalar(select(employee.c.id).where(employee.c.name == name))
        free = select(thread.c.id, thread.c.version).where(thread.c.assignee_id.is_(None)).order_by(thread.c.due_order)
        mine = select(thread.c.id, thread.c.version).where(thread.c.assignee_id == number)
        return (
            {ThreadId(row.id): row.version for row in s.execute(free.limit(20))},
            {ThreadId(row.id): row.version for row in s.execute(mine.limit(20))},
        )
