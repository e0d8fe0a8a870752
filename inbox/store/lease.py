"""The collector's lease: one collector for each workspace, whatever dies and whatever the clocks do.

A holder in the same world of process numbers (machine and container) is alive as long as its process is: no
clock is asked. One elsewhere must beat: on PostgreSQL by the server's clock; on SQLite, whose file two containers
may share, by a watcher that saw no beat for a while by its own steady clock (``stale``).
"""

import os
import platform
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select, text

from inbox.store.engine import Session, insert_for
from inbox.store.schema import lease
from inbox.store.types import from_micros

HOLD = timedelta(seconds=20)
"""How long a lease is good without a beat."""
BEAT_SECONDS = 5.0
_NAME = "collector"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lease. ``world`` names the machine's boot and the container; ``started`` tells a process from
    a later one of the same number. ``sure`` is False when only watching can tell whether it is alive.
    """

    token: str
    machine: str
    world: str
    pid: int
    started: str
    since: datetime | None = None
    beat_at: datetime | None = None
    sure: bool = True

    @property
    def sentence(self) -> str:
        """What to say to a second collector."""
        return f"Another collector holds this workspace (process {self.pid} on {self.machine})."


def this_process() -> Holder:
    """A new holder: this process."""
    return Holder(uuid.uuid4().hex, platform.node(), _world(), os.getpid(), _started(os.getpid()) or "")


def acquire(s: Session, me: Holder, now: datetime, *, stale: Holder | None = None) -> Holder | None:
    """Take the lease: None when it is ours now, else who holds it. ``stale`` is a holder whose beat the caller
    has watched for longer than ``HOLD`` without seeing it move.
    """
    row = s.execute(_locked(s)).one_or_none()
    if row is not None and row.holder != me.token:
        other = _holder(row)
        watched = stale is not None and (stale.token, stale.beat_at) == (other.token, other.beat_at)
        if not watched and _lives(s, row, other):
            return other
    moment = _clock(s, now)
    values = {
        "name": _NAME,
        "holder": me.token,
        "since": moment,
        "beat_at": moment,
        "expires_at": moment + HOLD,
        "details": {"machine": me.machine, "world": me.world, "pid": me.pid, "started": me.started},
    }
    insert = insert_for(s)(lease).values(values)
    # Two may find no row at the same moment: the second waits here for the first, then finds it.
    unless = insert.on_conflict_do_update(
        index_elements=["name"], set_=values, where=lease.c.holder == (row.holder if row is not None else me.token)
    )
    if s.execute(unless.returning(lease.c.holder)).scalar() != me.token:
        return _holder(s.execute(_locked(s)).one())
    s.changed(topics=["collector"])
    return None


def beat(s: Session, me: Holder, now: datetime) -> bool:
    """Say that we are alive; False when the lease is no longer ours."""
    moment = _clock(s, now)
    update = lease.update().where(lease.c.name == _NAME, lease.c.holder == me.token)
    return s.execute(update.values(beat_at=moment, expires_at=moment + HOLD)).rowcount == 1


def held_by(s: Session, me: Holder) -> bool:
    """True while the lease is ours; in a writing transaction nobody can take it until the commit."""
    row = s.execute(_locked(s)).one_or_none()
    return row is not None and row.holder == me.token


def release(s: Session, me: Holder) -> None:
    """Give the lease back, if it is ours."""
    s.execute(lease.delete().where(lease.c.name == _NAME, lease.c.holder == me.token))
    s.changed(topics=["collector"])


def living(s: Session, now: datetime) -> Holder | None:
    """Who holds the lease and is alive as far as one look can tell; None when no collector runs."""
    row = s.execute(select(lease).where(lease.c.name == _NAME)).one_or_none()
    if row is None:
        return None
    other = _holder(row)
    if not other.sure and row.expires_at < now:
        return None
    return other if _lives(s, row, other) else None


def _locked(s: Session) -> Any:  # noqa: ANN401 - a statement
    query = select(lease).where(lease.c.name == _NAME)
    return query.with_for_update() if s.kind == "postgresql" and s.writing else query


def _holder(row: Row[Any]) -> Holder:
    told = row.details
    here = told["world"] == _world() or told["machine"] == platform.node()
    return Holder(
        row.holder, told["machine"], told["world"], told["pid"], told["started"], row.since, row.beat_at, sure=here
    )


def _lives(s: Session, row: Row[Any], other: Holder) -> bool:
    if other.world == _world():
        return _started(other.pid) == other.started
    if other.machine == platform.node():
        # The machine was started anew since, and nothing of before is left.
        return False
    if s.kind == "postgresql":
        return bool(row.expires_at > _clock(s, row.expires_at))
    return True


def _clock(s: Session, now: datetime) -> datetime:
    """The clock that beats are told by: PostgreSQL's own, so that desktops may disagree about the time."""
    if s.kind != "postgresql":
        return now
    return from_micros(s.scalar(text("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")))


def _world() -> str:
    """The machine's boot and the namespace of process numbers; elsewhere than on Linux the machine's name."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}/{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return platform.node()


def _started(pid: int) -> str | None:
    """When the process was started, in the kernel's ticks ("" where it does not say); None when it is gone."""
    try:
        state, *rest = (
            Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        )
    except FileNotFoundError:
        return None if Path("/proc/self/stat").exists() else _signalled(pid)
    except (OSError, ValueError):
        return None
    # A zombie has ended: nobody has asked for its exit code yet.
    return None if state in {"Z", "X"} else rest[18]


def _signalled(pid: int) -> str | None:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        return ""
    return ""
