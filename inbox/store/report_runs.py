"""The runs of scheduled reports: one row for each report and period, so that none is made twice or forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Row, select

from inbox.model.report import Period
from inbox.store.schema import report_run
from inbox.store.session import Session, insert_for

STUCK: Final = timedelta(minutes=20)
"""A report that has been in the making for so long was left by a process that died."""
_FIRST_WAIT: Final = timedelta(minutes=1)
_LONGEST_WAIT: Final = timedelta(hours=1)
_SEPARATOR: Final = "\n"


class RunState(StrEnum):
    """Where a run stands; one that is ``skipped`` was due before its report was switched on."""

    MAKING = "making"
    MADE = "made"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class ReportRun:
    """A report of a period: ``at`` is when it was last begun, made or failed, ``files`` are the paths written."""

    name: str
    start: datetime
    end: datetime
    state: RunState
    at: datetime
    attempts: int
    late: bool
    files: tuple[str, ...]
    error: str

    def waits_until(self) -> datetime | None:
        """From when on it may be tried again; None where there is nothing more to do."""
        if self.state is RunState.FAILED:
            doubled: int = 2 ** max(0, min(self.attempts - 1, 10))
            return self.at + min(_LONGEST_WAIT, _FIRST_WAIT * doubled)
        return self.at + STUCK if self.state is RunState.MAKING else None


def newest(s: Session, name: str, limit: int = 60) -> list[ReportRun]:
    """The runs of a report, that of the newest period first."""
    query = select(report_run).where(report_run.c.name == name).order_by(report_run.c.start.desc()).limit(limit)
    return [_run(row) for row in s.execute(query)]


def of(s: Session, name: str, period: Period) -> ReportRun | None:
    """The run of a period, None where there is none."""
    row = s.execute(select(report_run).where(*_key(name, period))).first()
    return None if row is None else _run(row)


def claim(
    s: Session, name: str, period: Period, now: datetime, *, late: bool = False, anew: bool = False
) -> int | None:
    """Begin a run; gives which attempt it is, or None where somebody else makes it or it is made.

    ``anew`` makes again what is made; only one that is in the making is left alone. Two that claim at once get one
    attempt between them.
    """
    row = {"name": name, "start": period.start, "end": period.end, "state": str(RunState.MAKING), "at": now}
    insert = insert_for(s)(report_run).values(**row, attempts=1, late=late).on_conflict_do_nothing()
    if s.execute(insert.returning(report_run.c.id)).first() is not None:
        s.changed(topics=["reports"])
        return 1
    seen = s.execute(select(report_run).where(*_key(name, period))).one()
    run = _run(seen)
    other = run.end != period.end and run.state is not RunState.MAKING
    again = run.waits_until()
    free = other or (run.state is not RunState.MAKING if anew else False) or (again is not None and again <= now)
    if not free:
        return None
    same = (report_run.c.attempts == run.attempts, report_run.c.state == str(run.state), report_run.c.at == run.at)
    update = report_run.update().where(*_key(name, period), *same).values(**row, attempts=run.attempts + 1, late=late)
    if s.execute(update.returning(report_run.c.id)).first() is None:
        return None
    s.changed(topics=["reports"])
    return run.attempts + 1


def made(s: Session, name: str, period: Period, attempt: int, files: Sequence[str], *, now: datetime) -> bool:
    """A run has ended well; False where it was taken over meanwhile."""
    return _end(s, name, period, attempt, state=str(RunState.MADE), files=_SEPARATOR.join(files), error="", at=now)


def failed(s: Session, name: str, period: Period, attempt: int, error: str, *, now: datetime) -> bool:
    """A run has ended badly; False where it was taken over meanwhile."""
    return _end(s, name, period, attempt, state=str(RunState.FAILED), files="", error=error, at=now)


def skip(s: Session, name: str, period: Period, now: datetime) -> None:
    """Nobody wants a report of this period or one before it, unless it is made already."""
    row = {"name": name, "start": period.start, "end": period.end, "state": str(RunState.SKIPPED), "at": now}
    s.execute(insert_for(s)(report_run).values(**row, attempts=0).on_conflict_do_nothing())
    s.changed(topics=["reports"])


def rename(s: Session, name: str, new: str) -> None:
    """A report has another name: its runs go with it, unless there are such of that name."""
    taken = select(report_run.c.start).where(report_run.c.name == new)
    s.execute(report_run.update().where(report_run.c.name == name, report_run.c.start.not_in(taken)).values(name=new))


def _end(s: Session, name: str, period: Period, attempt: int, **values: Any) -> bool:  # noqa: ANN401 - columns
    mine = (report_run.c.attempts == attempt, report_run.c.state == str(RunState.MAKING))
    update = report_run.update().where(*_key(name, period), *mine).values(**values)
    ours = s.execute(update.returning(report_run.c.id)).first() is not None
    if ours:
        s.changed(topics=["reports"])
    return ours


def _key(name: str, period: Period) -> tuple[Any, Any]:
    return report_run.c.name == name, report_run.c.start == period.start


def _run(row: Row[Any]) -> ReportRun:
    files = tuple(each for each in row.files.split(_SEPARATOR) if each)
    state = RunState(row.state)
    return ReportRun(row.name, row.start, row.end, state, row.at, row.attempts, row.late, files, row.error)
